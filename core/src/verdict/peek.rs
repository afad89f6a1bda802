//! A look at a token that nobody has verified: for logs and for debugging, never for a decision.

use crate::{
    Denied, Scratch,
    limits::MAX_TOKEN_LEN_RAISED,
    wire::{
        compact::{Compact, decoded, shape_fault},
        json::Value,
    },
};

/// What a token says of itself. A stranger may have written all of it, and most of it need not even be JSON.
#[derive(Clone, Copy)]
pub struct Peek<'s> {
    header: &'s [u8],
    payload: &'s [u8],
}

impl<'s> Peek<'s> {
    /// Decodes the first two segments of `token` into `scratch`.
    ///
    /// # Errors
    /// [`Denied::TokenTooLong`], [`Denied::NotJwt`], [`Denied::EncryptedToken`], [`Denied::NotBase64url`], or
    /// [`Denied::ScratchTooSmall`].
    pub fn read(token: &'s [u8], scratch: &'s mut Scratch<'_>) -> Result<Self, Denied> {
        let mut scratch = scratch.reborrow();
        let compact = Compact::split(token, MAX_TOKEN_LEN_RAISED)?;
        if let Some(fault) = shape_fault(token) {
            return Err(fault);
        }
        let header = decoded(compact.header, scratch.text())?;
        let payload = decoded(compact.payload, scratch.text())?;
        Ok(Self { header, payload })
    }

    /// The header's bytes, as a stranger may have written them.
    #[must_use]
    pub fn header_unverified(&self) -> &'s [u8] {
        self.header
    }

    /// The payload's bytes, as a stranger may have written them.
    #[must_use]
    pub fn payload_unverified(&self) -> &'s [u8] {
        self.payload
    }

    /// The key id that the token claims, if it is a string without escapes.
    #[must_use]
    pub fn kid_unverified(&self) -> Option<&'s str> {
        plain_member(self.header, "kid")
    }

    /// The issuer that the token claims, if it is a string without escapes.
    #[must_use]
    pub fn issuer_unverified(&self) -> Option<&'s str> {
        plain_member(self.payload, "iss")
    }
}

fn plain_member<'s>(json: &'s [u8], name: &str) -> Option<&'s str> {
    Value::read(json).ok()?.as_object()?.get(name).ok()??.as_str()?.as_plain()
}
