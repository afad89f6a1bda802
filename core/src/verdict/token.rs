//! The states of a token on its way: read, then authentic. Neither gives a claim away.

use super::jws::Jws;
use crate::{
    Denied, IssuerIndex, Scratch, TrustedKey,
    limits::MAX_TOKEN_LEN_RAISED,
    meaning::{claims::Claims, header::Header},
};

/// A token that was read, strictly and once. Not verified: a stranger may have written all of it, so no
/// claim can be asked for.
#[derive(Clone, Copy)]
pub struct Unverified<'s> {
    pub(super) jws: Jws<'s>,
    pub(super) claims: Claims<'s>,
}

/// A token signed by a trusted key. Not judged: it may be expired, revoked, or meant for somebody else, so
/// no claim can be asked for.
#[derive(Clone, Copy)]
pub struct Authentic<'s> {
    pub(super) header: Header<'s>,
    pub(super) claims: Claims<'s>,
    pub(super) issuer: IssuerIndex,
    pub(super) signing_input_digest: [u8; 32],
}

impl<'s> Unverified<'s> {
    /// Reads `token` into `scratch`.
    ///
    /// # Errors
    /// A reason of the 2xxx group, [`Denied::AlgorithmNotSupported`], or [`Denied::ScratchTooSmall`].
    pub fn read(token: &'s [u8], scratch: &'s mut Scratch<'_>) -> Result<Self, Denied> {
        Self::read_within(token, MAX_TOKEN_LEN_RAISED, &mut scratch.reborrow())
    }

    pub(super) fn read_within(
        token: &'s [u8],
        max_len: usize,
        scratch: &mut Scratch<'s>,
    ) -> Result<Self, Denied> {
        let jws = Jws::read_within(token, max_len, scratch)?;
        // RFC 7519, section 5.2: the payload would be a token again.
        if jws.header.is_nested {
            return Err(Denied::NestedToken);
        }
        let claims = Claims::read(jws.payload, scratch)?;
        Ok(Self { jws, claims })
    }

    /// Verifies the signature; the same reading becomes the authentic token, there is no second one.
    ///
    /// # Errors
    /// [`Denied::AlgorithmMismatch`], [`Denied::BadSignature`].
    pub fn verify(self, key: &TrustedKey<'_>) -> Result<Authentic<'s>, Denied> {
        let signed = self.jws.verify(key)?;
        Ok(Authentic {
            header: self.jws.header,
            claims: self.claims,
            issuer: key.issuer(),
            signing_input_digest: *signed.signing_input_digest(),
        })
    }
}
