//! A signed object in compact form, whatever its payload (RFC 7515).

use crate::{
    Denied, KeyRing, Scratch, SectionIndex, TrustedKey,
    limits::MAX_TOKEN_LEN_RAISED,
    meaning::{header::Header, known_headers::KnownHeaders},
    wire::compact::{Compact, Opened, Segments, prefer_shape_error},
};
use jotgate_crypto::{Hashing, SigningInput};

/// A JWS that was read, not verified: nothing of it can be asked for.
///
/// For signed objects other than access tokens. It answers for the signature and for nothing else: whether
/// the payload is current, or meant for you, is yours to judge.
#[derive(Clone, Copy)]
pub struct Jws<'s> {
    pub(super) header: Header<&'s str>,
    pub(super) segments: Segments<'s>,
}

/// The payload of a JWS whose signature is good under the key that was given.
#[derive(Clone, Copy)]
pub struct SignedPayload<'s> {
    bytes: &'s [u8],
    signing_input_digest: [u8; 32],
}

impl<'s> SignedPayload<'s> {
    /// The bytes that were signed. They may be expired, revoked, or meant for somebody else.
    #[must_use]
    pub fn bytes(&self) -> &'s [u8] {
        self.bytes
    }

    /// SHA-256 of the signing input, 32 bytes.
    #[must_use]
    pub fn signing_input_digest(&self) -> &[u8; 32] {
        &self.signing_input_digest
    }
}

impl<'s> Jws<'s> {
    /// Where nothing was read yet. No signature of it is good: it has none.
    pub(super) const UNREAD: Self = Self { header: Header::UNREAD, segments: Segments::UNREAD };

    /// Reads a token of at most `max_len` bytes into `scratch`.
    ///
    /// # Errors
    /// A reason of the 2xxx group, [`Denied::AlgorithmNotSupported`], or [`Denied::ScratchTooSmall`].
    pub fn read(token: &'s [u8], max_len: usize, scratch: &'s mut Scratch<'_>) -> Result<Self, Denied> {
        let max_len = max_len.min(MAX_TOKEN_LEN_RAISED);
        Self::read_within(token, max_len, &mut scratch.reborrow())
    }

    /// The same without the bound on tokens.
    pub(super) fn read_within(
        token: &'s [u8],
        max_len: usize,
        scratch: &mut Scratch<'s>,
    ) -> Result<Self, Denied> {
        let mut jws = Self::UNREAD;
        Compact::split(token, max_len)
            .and_then(|compact| jws.fill(compact, scratch, None, &mut []))
            .map_err(|denied| prefer_shape_error(token, denied))?;
        Ok(jws)
    }

    /// Reads what is cut already, and hashes meanwhile.
    #[inline]
    pub(super) fn fill(
        &mut self,
        compact: Compact<'s>,
        scratch: &mut Scratch<'s>,
        known: Option<&KnownHeaders<'_>>,
        meanwhile: &mut [Hashing<'_>],
    ) -> Result<(), Denied> {
        Hashing::advance_each(meanwhile);
        let opened = Opened::read(compact, scratch.text())?;
        Hashing::advance_each(meanwhile);
        self.header = match known.and_then(|known| known.find(compact.header, opened.header)) {
            Some(header) => header,
            None => Header::read(opened.header, scratch, meanwhile)?,
        };
        Hashing::advance_each(meanwhile);
        self.segments = opened.segments(scratch.text(), meanwhile)?;
        Hashing::advance_each(meanwhile);
        Ok(())
    }

    /// Picks the key of `section` that may verify it.
    ///
    /// # Errors
    /// A reason of the 3xxx group, or [`Denied::EmbeddedKey`].
    pub fn select<'m>(
        &self,
        ring: &KeyRing<'m>,
        section: SectionIndex,
    ) -> Result<&'m TrustedKey<'m>, Denied> {
        if !self.header.key_parameters.are_within(crate::KeyParameters::NONE) {
            return Err(Denied::EmbeddedKey);
        }
        ring.select(section, &self.header)
    }

    /// Verifies the signature.
    ///
    /// # Errors
    /// [`Denied::AlgorithmMismatch`] when the key serves another algorithm than the header names,
    /// [`Denied::BadSignature`] whatever failed inside.
    pub fn verify(&self, key: &TrustedKey<'_>) -> Result<SignedPayload<'s>, Denied> {
        let input = SigningInput::new(self.segments.compact.signing_input);
        self.verify_input(key, &input)?;
        Ok(SignedPayload { bytes: self.segments.payload, signing_input_digest: *input.sha256() })
    }

    pub(super) fn verify_input(&self, key: &TrustedKey<'_>, input: &SigningInput<'_>) -> Result<(), Denied> {
        if key.algorithm() != self.header.algorithm {
            return Err(Denied::AlgorithmMismatch);
        }
        key.verifying().verify(input, self.segments.signature).map_err(|_| Denied::BadSignature)
    }
}
