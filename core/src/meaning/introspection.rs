//! What an authorization server says of a token (RFC 7662, section 2.2).

use super::confirmation::Confirmation;
use crate::{
    Scratch, UnixSeconds,
    limits::{MAX_AUDIENCES, MAX_CLAIMS},
    wire::json::{Members, Object, Str, Value},
};

/// A response that was read, strictly and once. It may speak of another token: who sent it is the host's to know.
#[derive(Clone, Copy)]
pub struct Introspection<'r> {
    state: State,
    object: Object<'r>,
    pub(crate) issuer: Option<Str<'r>>,
    pub(crate) subject: Option<Str<'r>>,
    pub(crate) client_id: Option<Str<'r>>,
    pub(crate) token_id: Option<Str<'r>>,
    pub(crate) expires: Option<UnixSeconds>,
    pub(crate) not_before: Option<UnixSeconds>,
    /// Words, escapes not resolved.
    pub(crate) scope: Option<Str<'r>>,
    /// A string, or an array of strings.
    audience: Option<Value<'r>>,
    pub(crate) confirmation: Option<Confirmation<&'r str>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Active,
    Inactive,
}

/// The response does not follow RFC 7662, section 2.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IntrospectionMalformed;

impl<'r> Introspection<'r> {
    /// Reads a response: strict JSON, no name twice, `active` a boolean, every member that the RFC names of its type.
    /// What follows `"active":false` is checked as well, and means nothing.
    ///
    /// # Errors
    /// [`IntrospectionMalformed`].
    pub fn read(response: &'r [u8], scratch: &mut Scratch<'_>) -> Result<Self, IntrospectionMalformed> {
        let malformed = |_| IntrospectionMalformed;
        let mut members = Members::open(response, scratch.for_object(MAX_CLAIMS).0).map_err(malformed)?;
        let mut state = None;
        let mut read = Self {
            state: State::Inactive,
            object: members.object(),
            issuer: None,
            subject: None,
            client_id: None,
            token_id: None,
            expires: None,
            not_before: None,
            scope: None,
            audience: None,
            confirmation: None,
        };
        let mut buffer = [0; LONGEST_NAME];
        while let Some((name, value)) = members.next().map_err(malformed)? {
            match name.resolve(&mut buffer).unwrap_or_default() {
                "active" => state = Some(active(value)?),
                "iss" => read.issuer = Some(string(value)?),
                "sub" => read.subject = Some(string(value)?),
                "client_id" => read.client_id = Some(string(value)?),
                "jti" => read.token_id = Some(string(value)?),
                "exp" => read.expires = Some(seconds(value)?),
                "nbf" => read.not_before = Some(seconds(value)?),
                "iat" => drop(seconds(value)?),
                "scope" => read.scope = Some(string(value)?),
                "username" | "token_type" => drop(string(value)?),
                "aud" => read.audience = Some(audience(value)?),
                // RFC 9449, section 6.2; RFC 8705, section 3.2.
                "cnf" => {
                    read.confirmation = Some(Confirmation::read(value).map_err(|_| IntrospectionMalformed)?)
                }
                _ => {}
            }
        }
        read.state = state.ok_or(IntrospectionMalformed)?;
        Ok(read)
    }

    /// Whether the authorization server says that the token is active.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.state == State::Active
    }

    /// Any member of the response.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<Value<'r>> {
        self.object.first(name)
    }

    /// `aud`, if the response has it: one audience or several, or none of them any more.
    pub(crate) fn audiences(&self) -> Option<impl Iterator<Item = Str<'r>> + use<'r>> {
        let (one, several) = match self.audience? {
            Value::Array(several) => (None, Some(several.items())),
            one => (one.as_str(), None),
        };
        Some(one.into_iter().chain(several.into_iter().flatten().filter_map(|name| name.as_str())))
    }
}

impl core::fmt::Debug for Introspection<'_> {
    /// Says nothing of the token.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Introspection").field("is_active", &self.is_active()).finish_non_exhaustive()
    }
}

/// The longest name in the match above: `token_type`.
const LONGEST_NAME: usize = 10;

fn active(value: Value<'_>) -> Result<State, IntrospectionMalformed> {
    match value {
        Value::Bool(true) => Ok(State::Active),
        Value::Bool(false) => Ok(State::Inactive),
        _ => Err(IntrospectionMalformed),
    }
}

fn string(value: Value<'_>) -> Result<Str<'_>, IntrospectionMalformed> {
    value.as_str().ok_or(IntrospectionMalformed)
}

/// An integer timestamp (RFC 7662, section 2.2): no fraction.
fn seconds(value: Value<'_>) -> Result<UnixSeconds, IntrospectionMalformed> {
    let number = value.as_number().and_then(|number| number.as_i64());
    number.map(UnixSeconds).ok_or(IntrospectionMalformed)
}

/// As many as a token may name, at most.
fn audience(value: Value<'_>) -> Result<Value<'_>, IntrospectionMalformed> {
    match value {
        Value::String(_) => {}
        Value::Array(several) => {
            several.items().try_for_each(|item| string(item).map(drop))?;
            if several.items().nth(MAX_AUDIENCES).is_some() {
                return Err(IntrospectionMalformed);
            }
        }
        _ => return Err(IntrospectionMalformed),
    }
    Ok(value)
}
