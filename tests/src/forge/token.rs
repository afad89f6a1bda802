//! Tokens: a good one, and every way to spoil it.

use super::{AUDIENCE, ISSUER, Key, NOW};
use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::{Value, json};

/// A token before it is signed: header and claims to be changed at will.
#[derive(Clone)]
pub struct Token {
    header: Value,
    claims: Value,
    key: Key,
}

/// The claims of an access token (RFC 9068) that the default [`Fixture`](super::Fixture) grants.
#[must_use]
pub fn good_claims() -> Value {
    json!({
        "iss": ISSUER,
        "sub": "user-1",
        "aud": AUDIENCE,
        "exp": NOW + 600,
        "iat": NOW,
        "jti": "token-1",
        "client_id": "client-1",
        "scope": "openid sim-swap:check",
    })
}

/// The token with a bit of its signature flipped.
///
/// # Panics
/// When it has no signature.
#[must_use]
pub fn flipped(token: &str) -> String {
    let (input, signature) = token.rsplit_once('.').expect("a token");
    let (first, rest) = signature.split_at_checked(1).expect("a signature");
    let other = if first == "A" { "B" } else { "A" };
    format!("{input}.{other}{rest}")
}

impl Token {
    /// A token that is good in every respect, signed by `key`.
    #[must_use]
    pub fn good(key: &Key) -> Self {
        let mut header = json!({"alg": key.algorithm(), "typ": "at+jwt"});
        if let Some(kid) = key.kid() {
            header["kid"] = kid.into();
        }
        Self { header, claims: good_claims(), key: key.clone() }
    }

    /// With these claims and no others.
    #[must_use]
    pub fn with_claims(mut self, claims: Value) -> Self {
        self.claims = claims;
        self
    }

    /// With this header and nothing else.
    #[must_use]
    pub fn with_header(mut self, header: Value) -> Self {
        self.header = header;
        self
    }

    /// With a header parameter, or another value of it.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.header[name] = value.into();
        self
    }

    /// With a claim, or another value of it.
    #[must_use]
    pub fn claim(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.claims[name] = value.into();
        self
    }

    /// Without a header parameter.
    #[must_use]
    pub fn without_header(mut self, name: &str) -> Self {
        remove(&mut self.header, name);
        self
    }

    /// Without a claim.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        remove(&mut self.claims, name);
        self
    }

    /// The header as JSON.
    #[must_use]
    pub fn header_text(&self) -> String {
        self.header.to_string()
    }

    /// The claims as JSON.
    #[must_use]
    pub fn claims_text(&self) -> String {
        self.claims.to_string()
    }

    /// The token.
    #[must_use]
    pub fn sign(&self) -> String {
        raw(&self.key, self.header_text(), self.claims_text())
    }

    /// The token with this claim, written as it is, whatever the claim was before.
    #[must_use]
    pub fn sign_with(&self, name: &str, value: &str) -> String {
        let others = self.clone().claim(name, 0).without(name);
        self.sign_payload(with_member(&others.claims_text(), &format!("\"{name}\":{value}")))
    }

    /// The token with this text, JSON or not, for its header.
    #[must_use]
    pub fn sign_header(&self, header: impl AsRef<[u8]>) -> String {
        raw(&self.key, header, self.claims_text())
    }

    /// The token with this text, JSON or not, for its payload.
    #[must_use]
    pub fn sign_payload(&self, payload: impl AsRef<[u8]>) -> String {
        raw(&self.key, self.header_text(), payload)
    }
}

fn remove(object: &mut Value, name: &str) {
    let members = object.as_object_mut().expect("an object");
    members.shift_remove(name).expect("the member is there");
}

/// The text of an object with one more member, as it is: serde would neither write a name twice nor in
/// another spelling.
#[must_use]
pub fn with_member(object: &str, member: &str) -> String {
    format!("{},{member}}}", object.strip_suffix('}').expect("an object"))
}

/// base64url.
#[must_use]
pub fn b64(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// Three segments of these bytes.
#[must_use]
pub fn compact(header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>, signature: impl AsRef<[u8]>) -> String {
    [header.as_ref(), payload.as_ref(), signature.as_ref()].map(b64).join(".")
}

/// Signs these bytes, whatever they are, for header and payload.
#[must_use]
pub fn raw(key: &Key, header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>) -> String {
    let input = format!("{}.{}", b64(header.as_ref()), b64(payload.as_ref()));
    let signature = b64(&key.sign(input.as_bytes()));
    format!("{input}.{signature}")
}

/// A key set of these JWKs.
#[must_use]
pub fn key_set(keys: impl IntoIterator<Item = Value>) -> String {
    json!({"keys": keys.into_iter().collect::<Vec<_>>()}).to_string()
}
