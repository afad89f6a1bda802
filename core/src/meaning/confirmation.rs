//! `cnf`: what the sender of a token must prove (RFC 7800, section 3.1).

use super::text::denied;
use crate::{
    Denied,
    wire::{
        digest::sha256_of_text,
        json::{JsonError, Members, Str, Value},
    },
};

/// The methods of confirmation that a token names, as texts or as places of texts. Those that are not known do not count.
#[derive(Clone, Copy)]
pub(crate) struct Confirmation<T> {
    key: Option<T>,
    certificate: Option<T>,
}

/// What a token is bound to: at least one of them.
#[derive(Clone, Copy)]
pub(crate) struct BoundTo {
    /// `jkt`: thumbprint of the key that signs DPoP proofs (RFC 9449, section 6.1).
    pub(crate) key: Option<[u8; 32]>,
    /// `x5t#S256`: SHA-256 of the client's certificate in DER (RFC 8705, section 3.1).
    pub(crate) certificate: Option<[u8; 32]>,
}

/// Most members of `cnf`. Two are registered that access tokens use.
const MAX_METHODS: usize = 8;

/// The longest name in the match below: `x5t#S256`.
const LONGEST_NAME: usize = 8;

impl<'s> Confirmation<&'s str> {
    /// Reads `cnf`: an object whose members are looked at, so none may stand there twice.
    pub(crate) fn read(cnf: Value<'s>) -> Result<Self, Denied> {
        let Value::Object(object) = cnf else { return Err(Denied::ClaimWrongType) };
        let fail = |error: JsonError| denied(error, Denied::ClaimWrongType);
        let (mut names, mut buffer) = ([0; MAX_METHODS], [0; LONGEST_NAME]);
        let mut members = Members::open(object.text().as_bytes(), &mut names).map_err(fail)?;
        let mut methods = Self { key: None, certificate: None };
        while let Some((name, value)) = members.next().map_err(fail)? {
            // As it is written: a digest has no escapes, and what is no string is none either.
            let text = value.as_str().map_or("", |text| text.raw());
            match name.resolve(&mut buffer).unwrap_or_default().as_bytes() {
                b"jkt" => methods.key = Some(text),
                b"x5t#S256" => methods.certificate = Some(text),
                _ => {}
            }
        }
        Ok(methods)
    }

    /// The digests that stand there.
    pub(crate) fn digests(&self) -> Result<BoundTo, Denied> {
        let digest = |text: Option<&str>| match text {
            None => Ok(None),
            Some(text) => sha256_of_text(Str::plain(text)).map(Some).ok_or(Denied::ConfirmationMalformed),
        };
        let bound_to = BoundTo { key: digest(self.key)?, certificate: digest(self.certificate)? };
        if bound_to.key.is_none() && bound_to.certificate.is_none() {
            return Err(Denied::ConfirmationUnknown);
        }
        Ok(bound_to)
    }
}

impl<T: Copy> Confirmation<T> {
    /// The same with other texts, if each has one.
    pub(crate) fn map<U>(&self, mut of: impl FnMut(T) -> Option<U>) -> Option<Confirmation<U>> {
        let mut text = |text: Option<T>| if let Some(text) = text { of(text).map(Some) } else { Some(None) };
        Some(Confirmation { key: text(self.key)?, certificate: text(self.certificate)? })
    }
}
