//! The claims set of an access token (RFC 7519 section 4, RFC 9068 section 2.2).

use super::{
    scope::ScopeValue,
    text::{denied, text},
};
use crate::{
    Denied, UnixSeconds,
    ground::scratch::Scratch,
    limits::{MAX_AUDIENCES, MAX_CLAIMS},
    wire::json::{Array, JsonError, Members, Number, Object, Str, Value},
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
    pub(crate) typ: Option<Value<'s>>,
    pub(crate) token_use: Option<Value<'s>>,
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
        let mut seen = Seen::default();
        let object = seen.read(json, scratch.names(MAX_CLAIMS))?;
        let confirmation = match seen.cnf {
            None => None,
            Some(Value::Object(cnf)) => Some(without_duplicates(cnf)?),
            Some(_) => return Err(Denied::ClaimWrongType),
        };
        let mut string = |value: Option<Value<'s>>| match value {
            None => Ok(None),
            Some(Value::String(string)) => text(string, scratch).map(Some),
            Some(_) => Err(Denied::ClaimWrongType),
        };
        Ok(Self {
            object,
            issuer: string(seen.iss)?,
            subject: string(seen.sub)?,
            token_id: string(seen.jti)?,
            clients: Clients {
                client_id: string(seen.client_id)?,
                azp: string(seen.azp)?,
                cid: string(seen.cid)?,
                appid: string(seen.appid)?,
            },
            acr: string(seen.acr)?,
            purpose: string(seen.purpose)?,
            audience: audience(seen.aud, scratch)?,
            scopes: ScopeClaims {
                scope: scope(seen.scope, scratch)?,
                scp: scope(seen.scp, scratch)?,
                roles: scope(seen.roles, scratch)?,
                permissions: scope(seen.permissions, scratch)?,
            },
            expires: date(seen.exp, |number| number.floor().ok())?,
            not_before: date(seen.nbf, |number| number.ceil().ok())?,
            issued_at: date(seen.iat, |number| number.ceil().ok())?,
            auth_time: date(seen.auth_time, |number| number.floor().ok())?,
            confirmation,
            kind: seen.kind,
        })
    }
}

/// The claims that matter, as they stand there.
#[derive(Default)]
struct Seen<'s> {
    iss: Option<Value<'s>>,
    sub: Option<Value<'s>>,
    aud: Option<Value<'s>>,
    exp: Option<Value<'s>>,
    nbf: Option<Value<'s>>,
    iat: Option<Value<'s>>,
    jti: Option<Value<'s>>,
    client_id: Option<Value<'s>>,
    azp: Option<Value<'s>>,
    cid: Option<Value<'s>>,
    appid: Option<Value<'s>>,
    scope: Option<Value<'s>>,
    scp: Option<Value<'s>>,
    roles: Option<Value<'s>>,
    permissions: Option<Value<'s>>,
    purpose: Option<Value<'s>>,
    acr: Option<Value<'s>>,
    auth_time: Option<Value<'s>>,
    cnf: Option<Value<'s>>,
    kind: KindClaims<'s>,
}

impl<'s> Seen<'s> {
    fn read(&mut self, json: &'s [u8], names: &mut [u64]) -> Result<Object<'s>, Denied> {
        let fail = |error| denied(error, Denied::TooManyClaims);
        let mut members = Members::open(json, names).map_err(fail)?;
        let mut buffer = [0; LONGEST_NAME];
        while let Some((name, value)) = members.next().map_err(fail)? {
            // A name that does not fit the buffer, or holds a lone surrogate, is none of these.
            match name.resolve(&mut buffer).unwrap_or_default().as_bytes() {
                b"iss" => self.iss = Some(value),
                b"sub" => self.sub = Some(value),
                b"aud" => self.aud = Some(value),
                b"exp" => self.exp = Some(value),
                b"nbf" => self.nbf = Some(value),
                b"iat" => self.iat = Some(value),
                b"jti" => self.jti = Some(value),
                b"client_id" => self.client_id = Some(value),
                b"azp" => self.azp = Some(value),
                b"cid" => self.cid = Some(value),
                b"appid" => self.appid = Some(value),
                b"scope" => self.scope = Some(value),
                b"scp" => self.scp = Some(value),
                b"roles" => self.roles = Some(value),
                b"permissions" => self.permissions = Some(value),
                b"purpose" => self.purpose = Some(value),
                b"acr" => self.acr = Some(value),
                b"auth_time" => self.auth_time = Some(value),
                b"cnf" => self.cnf = Some(value),
                b"typ" => self.kind.typ = Some(value),
                b"token_use" => self.kind.token_use = Some(value),
                b"sid" => self.kind.has_session = true,
                b"nonce" | b"at_hash" | b"c_hash" | b"events" => self.kind.is_of_another_kind = true,
                _ => {}
            }
        }
        Ok(members.object())
    }
}

/// The longest name in the match above: `permissions`.
const LONGEST_NAME: usize = 11;

/// Most members of `cnf`: methods of confirmation. Two are registered that access tokens use.
const MAX_CONFIRMATIONS: usize = 8;

fn without_duplicates(object: Object<'_>) -> Result<Object<'_>, Denied> {
    let fail = |error: JsonError| denied(error, Denied::ClaimWrongType);
    let mut names = [0; MAX_CONFIRMATIONS];
    let mut members = Members::open(object.text().as_bytes(), &mut names).map_err(fail)?;
    while members.next().map_err(fail)?.is_some() {}
    Ok(object)
}

fn audience<'s>(aud: Option<Value<'s>>, scratch: &mut Scratch<'s>) -> Result<Option<Audience<'s>>, Denied> {
    match aud {
        None => Ok(None),
        Some(Value::String(one)) => Ok(Some(Audience::One(text(one, scratch)?))),
        Some(Value::Array(several)) => {
            let mut count = 0_usize;
            for item in several.items() {
                let Value::String(name) = item else { return Err(Denied::ClaimWrongType) };
                usable(name)?;
                count = count.saturating_add(1);
                if count > MAX_AUDIENCES {
                    return Err(Denied::TooManyAudiences);
                }
            }
            if count == 0 { Err(Denied::ClaimWrongType) } else { Ok(Some(Audience::Several(several))) }
        }
        Some(_) => Err(Denied::ClaimWrongType),
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
fn scope<'s>(value: Option<Value<'s>>, scratch: &mut Scratch<'s>) -> Result<Option<ScopeValue<'s>>, Denied> {
    Ok(match value {
        None => None,
        Some(Value::String(words)) => Some(ScopeValue::Words(text(words, scratch)?)),
        Some(Value::Array(list)) => Some(ScopeValue::List(list)),
        Some(_) => Some(ScopeValue::Other),
    })
}

/// A NumericDate (RFC 7519, section 2): any JSON number; never a string.
fn date(
    value: Option<Value<'_>>,
    round: fn(Number<'_>) -> Option<i64>,
) -> Result<Option<UnixSeconds>, Denied> {
    match value {
        None => Ok(None),
        Some(Value::Number(number)) => {
            round(number).map(|seconds| Some(UnixSeconds(seconds))).ok_or(Denied::DateOutOfRange)
        }
        Some(_) => Err(Denied::ClaimWrongType),
    }
}
