//! From a reason to an HTTP answer: status, challenge, and CAMARA's error body.

use super::validator::Validator;
use crate::{
    Denied,
    ground::{denied::Class, words::Words},
    trust::policy::{Dialect, Policy, PurposeForm, PurposeRule, ScopeRule},
};
use core::fmt::{self, Write};
use serde::Serialize;

/// What to answer a request that was refused. Nothing of it comes from the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer<'b> {
    status: u16,
    www_authenticate: Option<&'b str>,
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

    /// The value of `WWW-Authenticate` (RFC 6750, section 3), for 400, 401 and 403.
    #[must_use]
    pub fn www_authenticate(&self) -> Option<&'b str> {
        self.www_authenticate
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

impl<S: AsRef<str>> Validator<'_, S> {
    /// What to answer, with the challenge written to `buffer`: 256 bytes and the realm, and the product's
    /// scopes or authentication classes.
    ///
    /// # Errors
    /// [`BufferTooShort`].
    pub fn answer<'b>(&self, denied: Denied, buffer: &'b mut [u8]) -> Result<Answer<'b>, BufferTooShort> {
        let policy = self.policy();
        let (status, code, message) = match denied.class() {
            Class::InvalidRequest if policy.dialect == Dialect::Rfc => {
                (400, "INVALID_ARGUMENT", "The Authorization header is malformed.")
            }
            Class::InvalidRequest
            | Class::NoCredentials
            | Class::InvalidToken
            | Class::InsufficientAuthentication => (
                401,
                "UNAUTHENTICATED",
                "Request not authenticated due to missing, invalid, or expired credentials. \
                 A new authentication is required.",
            ),
            Class::InsufficientScope => (
                403,
                "PERMISSION_DENIED",
                "Client does not have sufficient permissions to perform this action.",
            ),
            Class::Unavailable => (503, "UNAVAILABLE", "Service Unavailable."),
            Class::Internal => (500, "INTERNAL", "Unknown server error."),
        };
        let www_authenticate = match denied.class() {
            Class::Unavailable | Class::Internal => None,
            class => Some(challenge(policy, denied, class, buffer)?),
        };
        Ok(Answer { status, www_authenticate, code, message })
    }
}

fn challenge<'b, S: AsRef<str>>(
    policy: &Policy<'_, S>,
    denied: Denied,
    class: Class,
    buffer: &'b mut [u8],
) -> Result<&'b str, BufferTooShort> {
    let mut out = Text { buffer, len: 0 };
    write_challenge(policy, denied, class, &mut out).map_err(|_| BufferTooShort)?;
    out.finish().ok_or(BufferTooShort)
}

fn write_challenge<S: AsRef<str>>(
    policy: &Policy<'_, S>,
    denied: Denied,
    class: Class,
    out: &mut Text<'_>,
) -> fmt::Result {
    out.write_str("Bearer")?;
    let mut separator = " ";
    if let Some(realm) = policy.realm {
        write!(out, "{separator}realm=\"{realm}\"")?;
        separator = ", ";
    }
    let error = match class {
        // RFC 6750, section 3.1: without credentials no error is named.
        Class::NoCredentials | Class::Unavailable | Class::Internal => return Ok(()),
        Class::InvalidRequest => "invalid_request",
        Class::InvalidToken => "invalid_token",
        Class::InsufficientScope => "insufficient_scope",
        Class::InsufficientAuthentication => "insufficient_user_authentication",
    };
    write!(out, "{separator}error=\"{error}\", error_description=\"{}\"", denied.sentence())?;
    match class {
        Class::InsufficientScope => write_scope(policy, out),
        Class::InsufficientAuthentication => write_step_up(policy, out),
        _ => Ok(()),
    }
}

/// The first alternative, which is the one that the policy's author put first, and the first purpose.
fn write_scope<S: AsRef<str>>(policy: &Policy<'_, S>, out: &mut Text<'_>) -> fmt::Result {
    let alternative = match policy.scopes {
        ScopeRule::AnyOf([first, ..]) => first.as_ref(),
        _ => "",
    };
    let purpose = match policy.purpose {
        PurposeRule::OneOf([first, ..], PurposeForm::Scope) => Some(first.as_ref()),
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
        let end = self.len.saturating_add(text.len());
        let place = self.buffer.get_mut(self.len..end).ok_or(fmt::Error)?;
        place.copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }
}
