//! What an authorization server says of a token (RFC 7662, section 2.2).

use crate::{
    Scratch, UnixSeconds,
    limits::MAX_CLAIMS,
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
                "iat" | "nbf" => drop(seconds(value)?),
                "scope" | "username" | "token_type" => drop(string(value)?),
                "aud" => audience(value)?,
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
        self.object.get(name)
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

fn audience(value: Value<'_>) -> Result<(), IntrospectionMalformed> {
    match value {
        Value::String(_) => Ok(()),
        Value::Array(several) => several.items().try_for_each(|item| string(item).map(drop)),
        _ => Err(IntrospectionMalformed),
    }
}
