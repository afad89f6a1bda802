//! The claims set of an access token (RFC 7519 section 4, RFC 9068 section 2.2).

use super::{
    scope::ScopeValue,
    text::{denied, text},
};
use crate::{
    Denied, UnixSeconds,
    ground::scratch::{Scratch, Text},
    limits::{MAX_AUDIENCES, MAX_CLAIMS},
    wire::json::{Array, JsonError, Members, Number, Object, OutOfRange, Str, Value},
};

/// What the claims set says. Every claim that is interpreted has its type; a claim of a wrong type is
/// refused, never taken for absent. Nothing is authentic yet.
#[derive(Clone, Copy)]
pub(crate) struct Claims<'s> {
    pub(crate) object: Object<'s>,
    pub(crate) issuer: Option<&'s str>,
    pub(crate) subject: Option<&'s str>,
    pub(crate) token_id: Option<&'s str>,
    pub(crate) audience: Option<Audience<'s>>,
    /// Rounded down: a fraction never lengthens a token's life.
    pub(crate) expires: Option<UnixSeconds>,
    /// Rounded up, for the same reason.
    pub(crate) not_before: Option<UnixSeconds>,
    /// Rounded up.
    pub(crate) issued_at: Option<UnixSeconds>,
    pub(crate) clients: Clients<'s>,
    pub(crate) scopes: ScopeClaims<'s>,
    pub(crate) acr: Option<&'s str>,
    /// Rounded down.
    pub(crate) auth_time: Option<UnixSeconds>,
    /// `purpose`, where a provider writes it beside the scopes.
    pub(crate) purpose: Option<&'s str>,
    pub(crate) confirmation: Option<Object<'s>>,
    pub(crate) kind: KindClaims<'s>,
}

/// The claims in which providers name the client. `None` where a token does not have them.
#[derive(Clone, Copy, Default)]
pub(crate) struct Clients<'s> {
    pub(crate) client_id: Option<&'s str>,
    pub(crate) azp: Option<&'s str>,
    pub(crate) cid: Option<&'s str>,
    pub(crate) appid: Option<&'s str>,
}

/// The claims in which providers write what a token covers.
#[derive(Clone, Copy, Default)]
pub(crate) struct ScopeClaims<'s> {
    pub(crate) scope: Option<ScopeValue<'s>>,
    pub(crate) scp: Option<ScopeValue<'s>>,
    pub(crate) roles: Option<ScopeValue<'s>>,
    pub(crate) permissions: Option<ScopeValue<'s>>,
}

/// Claims that tell one kind of token from another where `typ` does not.
#[derive(Clone, Copy, Default)]
pub(crate) struct KindClaims<'s> {
    /// The claim, not the header's parameter; what is no string says nothing.
    pub(crate) typ: Option<Str<'s>>,
    pub(crate) token_use: Option<Str<'s>>,
    /// `nonce`, `at_hash`, `c_hash` or `events`: an ID token, a logout token, a security event.
    pub(crate) is_of_another_kind: bool,
    pub(crate) has_session: bool,
}

/// `aud`: one audience or several (RFC 7519, section 4.1.3).
#[derive(Clone, Copy)]
pub(crate) enum Audience<'s> {
    One(&'s str),
    Several(Array<'s>),
}

impl Audience<'_> {
    /// Whether `name` is among them, exactly.
    pub(crate) fn contains(&self, name: &str) -> bool {
        match self {
            Self::One(audience) => *audience == name,
            Self::Several(audiences) => {
                audiences.items().any(|audience| audience.as_str().is_some_and(|audience| audience == *name))
            }
        }
    }
}

impl<'s> Claims<'s> {
    /// Reads a decoded payload, once.
    pub(crate) fn read(json: &'s [u8], scratch: &mut Scratch<'s>) -> Result<Self, Denied> {
        let fail = |error| denied(error, Denied::TooManyClaims);
        let (names, scratch) = scratch.for_object(MAX_CLAIMS);
        let mut members = Members::open(json, names).map_err(fail)?;
        let mut claims = Self::none_of(members.object());
        let mut buffer = [0; LONGEST_NAME];
        while let Some((name, value)) = members.next().map_err(fail)? {
            // A name that does not fit the buffer, or holds a lone surrogate, is none of these.
            match name.resolve(&mut buffer).unwrap_or_default().as_bytes() {
                b"iss" => claims.issuer = Some(string(value, scratch)?),
                b"sub" => claims.subject = Some(string(value, scratch)?),
                b"aud" => claims.audience = Some(audience(value, scratch)?),
                b"exp" => claims.expires = Some(date(value, Number::floor)?),
                b"nbf" => claims.not_before = Some(date(value, Number::ceil)?),
                b"iat" => claims.issued_at = Some(date(value, Number::ceil)?),
                b"jti" => claims.token_id = Some(string(value, scratch)?),
                b"client_id" => claims.clients.client_id = Some(string(value, scratch)?),
                b"azp" => claims.clients.azp = Some(string(value, scratch)?),
                b"cid" => claims.clients.cid = Some(string(value, scratch)?),
                b"appid" => claims.clients.appid = Some(string(value, scratch)?),
                b"scope" => claims.scopes.scope = Some(scope(value, scratch)?),
                b"scp" => claims.scopes.scp = Some(scope(value, scratch)?),
                b"roles" => claims.scopes.roles = Some(scope(value, scratch)?),
                b"permissions" => claims.scopes.permissions = Some(scope(value, scratch)?),
                b"purpose" => claims.purpose = Some(string(value, scratch)?),
                b"acr" => claims.acr = Some(string(value, scratch)?),
                b"auth_time" => claims.auth_time = Some(date(value, Number::floor)?),
                b"cnf" => claims.confirmation = Some(confirmation(value)?),
                b"typ" => claims.kind.typ = value.as_str(),
                b"token_use" => claims.kind.token_use = value.as_str(),
                b"sid" => claims.kind.has_session = true,
                b"nonce" | b"at_hash" | b"c_hash" | b"events" => claims.kind.is_of_another_kind = true,
                _ => {}
            }
        }
        Ok(claims)
    }

    fn none_of(object: Object<'s>) -> Self {
        Self {
            object,
            issuer: None,
            subject: None,
            token_id: None,
            audience: None,
            expires: None,
            not_before: None,
            issued_at: None,
            clients: Clients::default(),
            scopes: ScopeClaims::default(),
            acr: None,
            auth_time: None,
            purpose: None,
            confirmation: None,
            kind: KindClaims::default(),
        }
    }
}

/// The longest name in the match above: `permissions`.
const LONGEST_NAME: usize = 11;

/// Most members of `cnf`: methods of confirmation. Two are registered that access tokens use.
const MAX_CONFIRMATIONS: usize = 8;

/// `cnf` (RFC 7800, section 3.1): an object, whose members are looked at, so none may stand there twice.
fn confirmation(cnf: Value<'_>) -> Result<Object<'_>, Denied> {
    let Value::Object(object) = cnf else { return Err(Denied::ClaimWrongType) };
    let fail = |error: JsonError| denied(error, Denied::ClaimWrongType);
    let mut names = [0; MAX_CONFIRMATIONS];
    let mut members = Members::open(object.text().as_bytes(), &mut names).map_err(fail)?;
    while members.next().map_err(fail)?.is_some() {}
    Ok(object)
}

#[inline]
fn string<'s>(value: Value<'s>, scratch: &mut Text<'s>) -> Result<&'s str, Denied> {
    let Value::String(string) = value else { return Err(Denied::ClaimWrongType) };
    text(string, scratch)
}

fn audience<'s>(aud: Value<'s>, scratch: &mut Text<'s>) -> Result<Audience<'s>, Denied> {
    match aud {
        Value::String(one) => Ok(Audience::One(text(one, scratch)?)),
        Value::Array(several) => {
            let mut count = 0_usize;
            for item in several.items() {
                let Value::String(name) = item else { return Err(Denied::ClaimWrongType) };
                usable(name)?;
                count = count.saturating_add(1);
                if count > MAX_AUDIENCES {
                    return Err(Denied::TooManyAudiences);
                }
            }
            if count == 0 { Err(Denied::ClaimWrongType) } else { Ok(Audience::Several(several)) }
        }
        _ => Err(Denied::ClaimWrongType),
    }
}

/// The checks of [`text`] for a string that is compared where it stands.
fn usable(string: Str<'_>) -> Result<(), Denied> {
    if string.as_plain().is_some() {
        return Ok(());
    }
    for character in string.chars() {
        match character {
            Ok('\0') => return Err(Denied::NulCharacter),
            Ok(_) => {}
            Err(error) => return Err(denied(error, Denied::TooManyClaims)),
        }
    }
    Ok(())
}

/// Only strings are resolved here; whether the claim matters, and which form it may have, the policy says.
fn scope<'s>(value: Value<'s>, scratch: &mut Text<'s>) -> Result<ScopeValue<'s>, Denied> {
    Ok(match value {
        Value::String(words) => ScopeValue::Words(text(words, scratch)?),
        Value::Array(list) => ScopeValue::List(list),
        _ => ScopeValue::Other,
    })
}

/// A NumericDate (RFC 7519, section 2): any JSON number; never a string.
#[inline]
fn date<'s>(
    value: Value<'s>,
    round: impl FnOnce(&Number<'s>) -> Result<i64, OutOfRange>,
) -> Result<UnixSeconds, Denied> {
    let Value::Number(number) = value else { return Err(Denied::ClaimWrongType) };
    round(&number).map(UnixSeconds).map_err(|_| Denied::DateOutOfRange)
}
