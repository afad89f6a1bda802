//! From a reason to an HTTP answer: status, challenge, and CAMARA's error body.

use super::validator::Validator;
use crate::{
    Denied, Scheme, SenderBinding,
    ground::{denied::Class, words::Words},
    trust::{
        policy::{Dialect, Policy, ScopeRule},
        purpose_rule::{PurposeDemand, PurposeForm},
    },
};
use core::fmt::{self, Write};
use serde::Serialize;

/// What to answer a request that was refused. Nothing of it comes from the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer<'b> {
    status: u16,
    www_authenticate: Option<&'b str>,
    dpop_nonce: Option<&'b str>,
    code: &'static str,
    message: &'static str,
}

/// The lent buffer is too short for the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BufferTooShort;

impl<'b> Answer<'b> {
    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The value of `WWW-Authenticate` (RFC 6750, section 3; RFC 9449, section 7.1), for 400, 401 and 403.
    #[must_use]
    pub fn www_authenticate(&self) -> Option<&'b str> {
        self.www_authenticate
    }

    /// The value of the field `DPoP-Nonce`, of which there must be exactly one (RFC 9449, section 9).
    #[must_use]
    pub fn dpop_nonce(&self) -> Option<&'b str> {
        self.dpop_nonce
    }

    /// CAMARA's error code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Writes CAMARA's error body (`application/json`; API design guide, section 3.2). 256 bytes suffice.
    ///
    /// # Errors
    /// [`BufferTooShort`].
    pub fn body<'o>(&self, buffer: &'o mut [u8]) -> Result<&'o str, BufferTooShort> {
        #[derive(Serialize)]
        struct ErrorInfo {
            status: u16,
            code: &'static str,
            message: &'static str,
        }
        let info = ErrorInfo { status: self.status, code: self.code, message: self.message };
        let len = serde_json_core::to_slice(&info, buffer).map_err(|_| BufferTooShort)?;
        buffer.get(..len).and_then(|body| core::str::from_utf8(body).ok()).ok_or(BufferTooShort)
    }
}

/// What an answer depends on besides the reason.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'b> {
    /// The scheme under which the token came; `Bearer` when none came.
    pub scheme: Scheme,
    /// The nonce that the host gives out now ([`DpopNonces`](crate::DpopNonces)), if it gives any: visible
    /// ASCII without quotes or backslashes (RFC 9449, section 8.1).
    pub nonce: Option<&'b str>,
}

impl<S: AsRef<str>> Validator<'_, S> {
    /// What to answer a request that brought its token under `Bearer`, with the challenge written to `buffer`:
    /// 424 bytes, the realm twice and the address of metadata twice, and the product's scopes or authentication classes.
    ///
    /// # Errors
    /// [`BufferTooShort`].
    pub fn answer<'b>(&self, denied: Denied, buffer: &'b mut [u8]) -> Result<Answer<'b>, BufferTooShort> {
        self.answer_to(Asked { scheme: Scheme::Bearer, nonce: None }, denied, buffer)
    }

    /// The same for any request.
    ///
    /// # Errors
    /// [`BufferTooShort`].
    pub fn answer_to<'b>(
        &self,
        asked: Asked<'b>,
        denied: Denied,
        buffer: &'b mut [u8],
    ) -> Result<Answer<'b>, BufferTooShort> {
        let policy = self.policy();
        let camara = policy.dialect == Dialect::Camara;
        let class = denied.class();
        let (status, code, message) = match class {
            Class::InvalidRequest if !camara => {
                (400, "INVALID_ARGUMENT", "The Authorization header is malformed.")
            }
            // CAMARA Security and Interoperability Profile, DPoP: a proof that is invalid or was used before.
            Class::InvalidProof if camara => {
                (400, "INVALID_ARGUMENT", "The DPoP proof is invalid or was used before.")
            }
            Class::InvalidRequest
            | Class::NoCredentials
            | Class::InvalidToken
            | Class::InvalidDpopToken
            | Class::BindingMissing
            | Class::InvalidProof
            | Class::NonceNeeded
            | Class::InsufficientAuthentication => (
                401,
                "UNAUTHENTICATED",
                "Request not authenticated due to missing, invalid, or expired credentials. \
                 A new authentication is required.",
            ),
            Class::InsufficientScope | Class::Forbidden => (
                403,
                "PERMISSION_DENIED",
                "Client does not have sufficient permissions to perform this action.",
            ),
            Class::TooManyRequests => (429, "TOO_MANY_REQUESTS", "Rate limit reached."),
            Class::Unavailable => (503, "UNAVAILABLE", "Service Unavailable."),
            Class::Internal => (500, "INTERNAL", "Unknown server error."),
        };
        let www_authenticate = match class {
            // RFC 9110, section 15.5.4: no challenge, because other credentials of the same holder would not help.
            Class::Forbidden | Class::TooManyRequests | Class::Unavailable | Class::Internal => None,
            _ => {
                let mut out = Text { buffer, len: 0 };
                write_challenges(policy, asked.scheme, denied, &mut out).map_err(|_| BufferTooShort)?;
                Some(out.finish().ok_or(BufferTooShort)?)
            }
        };
        let dpop_nonce = asked.nonce.filter(|_| class == Class::NonceNeeded);
        Ok(Answer { status, www_authenticate, dpop_nonce, code, message })
    }
}

/// The challenges of one field, with commas between them (RFC 9110, section 11.6.1).
fn write_challenges<S: AsRef<str>>(
    policy: &Policy<'_, S>,
    scheme: Scheme,
    denied: Denied,
    out: &mut Text<'_>,
) -> fmt::Result {
    // RFC 6750, section 3.1: without credentials no error is named.
    let error = match denied.class() {
        Class::NoCredentials => None,
        // RFC 6750 pairs the error with the status 400, which CAMARA does not give.
        Class::InvalidRequest if policy.dialect == Dialect::Camara => None,
        Class::InvalidRequest => Some("invalid_request"),
        Class::InvalidProof => Some("invalid_dpop_proof"),
        Class::NonceNeeded => Some("use_dpop_nonce"),
        Class::InsufficientScope => Some("insufficient_scope"),
        Class::InsufficientAuthentication => Some("insufficient_user_authentication"),
        _ => Some("invalid_token"),
    };
    let takes_bearer = policy.binding != SenderBinding::Dpop;
    let Some(error) = error else {
        // Every way that a token may come is offered.
        if takes_bearer {
            write_head(policy, Scheme::Bearer, out)?;
        }
        if policy.dpop.is_some() {
            out.write_str(if takes_bearer { ", " } else { "" })?;
            write_algorithms(policy, write_head(policy, Scheme::Dpop, out)?, out)?;
        }
        return Ok(());
    };
    let scheme = match denied.class() {
        Class::InvalidDpopToken | Class::InvalidProof | Class::NonceNeeded => Scheme::Dpop,
        Class::BindingMissing if policy.dpop.is_some() => Scheme::Dpop,
        _ => scheme,
    };
    let separator = write_head(policy, scheme, out)?;
    write!(out, "{separator}error=\"{error}\", error_description=\"{}\"", denied.sentence())?;
    match denied.class() {
        Class::InsufficientScope => write_scope(policy, out)?,
        Class::InsufficientAuthentication => write_step_up(policy, out)?,
        _ => {}
    }
    if scheme == Scheme::Dpop { write_algorithms(policy, ", ", out) } else { Ok(()) }
}

/// Scheme, realm and the address of metadata (RFC 9728, section 5.1); what stands between them and the next parameter.
fn write_head<S>(
    policy: &Policy<'_, S>,
    scheme: Scheme,
    out: &mut Text<'_>,
) -> Result<&'static str, fmt::Error> {
    out.write_str(match scheme {
        Scheme::Bearer => "Bearer",
        Scheme::Dpop => "DPoP",
    })?;
    let mut separator = " ";
    for (name, value) in [("realm", policy.realm), ("resource_metadata", policy.resource_metadata)] {
        if let Some(value) = value {
            write!(out, "{separator}{name}=\"{value}\"")?;
            separator = ", ";
        }
    }
    Ok(separator)
}

/// The algorithms that proofs may be signed with (RFC 9449, section 7.1).
fn write_algorithms<S>(policy: &Policy<'_, S>, before: &str, out: &mut Text<'_>) -> fmt::Result {
    let Some(rule) = &policy.dpop else { return Ok(()) };
    let mut separator = "algs=\"";
    out.write_str(before)?;
    for algorithm in rule.algorithms {
        write!(out, "{separator}{}", algorithm.name().as_jose())?;
        separator = " ";
    }
    out.write_str("\"")
}

/// The first alternative, which is the one that the policy's author put first, and the first purpose.
fn write_scope<S: AsRef<str>>(policy: &Policy<'_, S>, out: &mut Text<'_>) -> fmt::Result {
    let alternative = match policy.scopes {
        ScopeRule::AnyOf([first, ..]) => first.as_ref(),
        _ => "",
    };
    let purpose = match policy.purpose {
        Some(PurposeDemand { names: [first, ..], form: PurposeForm::Scope, .. }) => Some(first.as_ref()),
        _ => None,
    };
    if alternative.is_empty() && purpose.is_none() {
        return Ok(());
    }
    out.write_str(", scope=\"")?;
    let mut separator = "";
    for scope in Words::of(alternative) {
        write!(out, "{separator}{scope}")?;
        separator = " ";
    }
    if let Some(purpose) = purpose {
        write!(out, "{separator}dpv:{purpose}")?;
    }
    out.write_str("\"")
}

/// RFC 9470, section 3.
fn write_step_up<S: AsRef<str>>(policy: &Policy<'_, S>, out: &mut Text<'_>) -> fmt::Result {
    let mut separator = ", acr_values=\"";
    for class in policy.step_up.classes {
        write!(out, "{separator}{}", class.as_ref())?;
        separator = " ";
    }
    if !policy.step_up.classes.is_empty() {
        out.write_str("\"")?;
    }
    if let Some(seconds) = policy.step_up.max_age {
        write!(out, ", max_age=\"{seconds}\"")?;
    }
    Ok(())
}

/// Text in a lent buffer.
struct Text<'b> {
    buffer: &'b mut [u8],
    len: usize,
}

impl<'b> Text<'b> {
    fn finish(self) -> Option<&'b str> {
        let written: &'b [u8] = self.buffer.get(..self.len)?;
        core::str::from_utf8(written).ok()
    }
}

impl Write for Text<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        // Cut to the length of the text, so that the compiler sees that both are alike.
        let rest = self.buffer.get_mut(self.len..).ok_or(fmt::Error)?;
        rest.get_mut(..text.len()).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.len = self.len.saturating_add(text.len());
        Ok(())
    }
}
