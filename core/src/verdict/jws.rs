//! A signed object in compact form, whatever its payload (RFC 7515).

use crate::{
    Denied, IssuerIndex, KeyRing, Scratch, TrustedKey,
    limits::MAX_HEADER_LEN,
    meaning::header::Header,
    wire::{
        base64url,
        compact::{Compact, decoded, shape_fault},
    },
};
use jotgate_crypto::SigningInput;

/// A JWS that was read, not verified: nothing of it can be asked for.
///
/// For signed objects other than access tokens. It answers for the signature and for nothing else: whether
/// the payload is current, or meant for you, is yours to judge.
#[derive(Clone, Copy)]
pub struct Jws<'s> {
    pub(super) header: Header<'s>,
    pub(super) payload: &'s [u8],
    pub(super) signature: &'s [u8],
    pub(super) signing_input: &'s [u8],
}

/// The payload of a JWS whose signature is good under the key that was given.
#[derive(Clone, Copy)]
pub struct SignedPayload<'s> {
    octets: &'s [u8],
    signing_input_digest: [u8; 32],
}

impl<'s> SignedPayload<'s> {
    /// The octets that were signed. They may be expired, revoked, or meant for somebody else.
    #[must_use]
    pub fn octets(&self) -> &'s [u8] {
        self.octets
    }

    /// SHA-256 of the signing input, 32 bytes.
    #[must_use]
    pub fn signing_input_digest(&self) -> &[u8; 32] {
        &self.signing_input_digest
    }
}

impl<'s> Jws<'s> {
    /// Reads a token of at most `max_len` bytes into `scratch`.
    ///
    /// # Errors
    /// A reason of the 2xxx group, [`Denied::AlgorithmNotSupported`], or [`Denied::ScratchTooSmall`].
    pub fn read(token: &'s [u8], max_len: usize, scratch: &'s mut Scratch<'_>) -> Result<Self, Denied> {
        Self::read_within(token, max_len, &mut scratch.reborrow())
    }

    pub(super) fn read_within(
        token: &'s [u8],
        max_len: usize,
        scratch: &mut Scratch<'s>,
    ) -> Result<Self, Denied> {
        let compact = Compact::split(token, max_len)?;
        // A wrong number of segments is told before whatever is wrong inside them.
        Self::decode(compact, scratch).map_err(|denied| match denied {
            Denied::ScratchTooSmall => denied,
            _ => shape_fault(token).unwrap_or(denied),
        })
    }

    fn decode(compact: Compact<'s>, scratch: &mut Scratch<'s>) -> Result<Self, Denied> {
        // RFC 8725, section 3.2; said before anything is decoded.
        if compact.signature.is_empty() {
            return Err(Denied::UnsignedToken);
        }
        if base64url::decoded_len(compact.header.len()).is_some_and(|len| len > MAX_HEADER_LEN) {
            return Err(Denied::HeaderTooLong);
        }
        let header = Header::read(decoded(compact.header, scratch)?, scratch)?;
        let payload = decoded(compact.payload, scratch)?;
        let signature = decoded(compact.signature, scratch)?;
        Ok(Self { header, payload, signature, signing_input: compact.signing_input })
    }

    /// Picks the key of `issuer` that may verify it.
    ///
    /// # Errors
    /// A reason of the 3xxx group, or [`Denied::EmbeddedKey`].
    pub fn select<'m>(&self, ring: &KeyRing<'m>, issuer: IssuerIndex) -> Result<&'m TrustedKey<'m>, Denied> {
        if !self.header.key_parameters.are_within(crate::KeyParameters::NONE) {
            return Err(Denied::EmbeddedKey);
        }
        ring.select(issuer, &self.header)
    }

    /// Verifies the signature.
    ///
    /// # Errors
    /// [`Denied::AlgorithmMismatch`] when the key serves another algorithm than the header names,
    /// [`Denied::BadSignature`] whatever failed inside.
    pub fn verify(&self, key: &TrustedKey<'_>) -> Result<SignedPayload<'s>, Denied> {
        if key.algorithm() != self.header.algorithm {
            return Err(Denied::AlgorithmMismatch);
        }
        let input = SigningInput::new(self.signing_input);
        key.verifying().verify(&input, self.signature).map_err(|_| Denied::BadSignature)?;
        Ok(SignedPayload { octets: self.payload, signing_input_digest: *input.sha256() })
    }
}
