//! A look at a token that nobody has verified: for logs and for debugging, never for a decision.

use super::jws::Jws;
use crate::{Denied, Scratch, limits::MAX_TOKEN_LEN_RAISED, wire::json::Object};

/// What a token says of itself. A stranger may have written all of it.
#[derive(Clone, Copy)]
pub struct Peek<'s> {
    jws: Jws<'s>,
}

impl<'s> Peek<'s> {
    /// Reads `token` into `scratch`; its payload is not looked at.
    ///
    /// # Errors
    /// As for [`Jws::read`].
    pub fn read(token: &'s [u8], scratch: &'s mut Scratch<'_>) -> Result<Self, Denied> {
        Ok(Self { jws: Jws::read(token, MAX_TOKEN_LEN_RAISED, scratch)? })
    }

    /// The header, as a stranger may have written it.
    #[must_use]
    pub fn header_unverified(&self) -> Object<'s> {
        self.jws.header.object
    }

    /// The key id that the token claims, as a stranger may have written it.
    #[must_use]
    pub fn kid_unverified(&self) -> Option<&'s str> {
        self.jws.header.kid
    }

    /// The payload's octets, as a stranger may have written them.
    #[must_use]
    pub fn payload_unverified(&self) -> &'s [u8] {
        self.jws.payload
    }
}
