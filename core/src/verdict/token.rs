//! The states of a token on its way: read, then authentic. Neither gives a claim away.

use super::{jws::Jws, worker::WorkerState};
use crate::{
    Denied, IssuerIndex, Scratch, Thumbprint, TrustedKey,
    limits::MAX_TOKEN_LEN_RAISED,
    meaning::{claims::Claims, header::Header},
    wire::compact::{Opened, told_first},
};
use jotgate_crypto::SigningInput;

/// A token that was read, strictly and once. Not verified: a stranger may have written all of it, so no
/// claim can be asked for.
#[derive(Clone, Copy)]
pub struct Unverified<'s> {
    pub(super) jws: Jws<'s>,
    pub(super) claims: Claims<&'s str>,
    /// What is signed with its digest, where reading needed it.
    pub(super) input: Option<SigningInput<'s>>,
    /// The key under which this very signature was good before.
    pub(super) good_under: Option<Thumbprint>,
}

/// A token signed by a trusted key. Not judged: it may be expired, revoked, or meant for somebody else, so
/// no claim can be asked for.
#[derive(Clone, Copy)]
pub struct Authentic<'c, 's> {
    pub(super) reading: &'c Unverified<'s>,
    pub(super) key: Thumbprint,
    pub(super) issuer: IssuerIndex,
    pub(super) signing_input_digest: [u8; 32],
}

impl<'s> Unverified<'s> {
    /// Reads `token` into `scratch`.
    ///
    /// # Errors
    /// A reason of the 2xxx group, [`Denied::AlgorithmNotSupported`], or [`Denied::ScratchTooSmall`].
    pub fn read(token: &'s [u8], scratch: &'s mut Scratch<'_>) -> Result<Self, Denied> {
        Self::read_within(token, MAX_TOKEN_LEN_RAISED, &mut scratch.reborrow(), 0, &mut WorkerState::new())
    }

    /// The same by a worker that remembers, for keys of this generation.
    pub(super) fn read_within(
        token: &'s [u8],
        max_len: usize,
        scratch: &mut Scratch<'s>,
        generation: u64,
        worker: &mut WorkerState<'_>,
    ) -> Result<Self, Denied> {
        Self::read_into(token, max_len, scratch, generation, worker)
            .map_err(|denied| told_first(token, denied))
    }

    fn read_into(
        token: &'s [u8],
        max_len: usize,
        scratch: &mut Scratch<'s>,
        generation: u64,
        worker: &mut WorkerState<'_>,
    ) -> Result<Self, Denied> {
        let opened = Opened::read(token, max_len, scratch.text())?;
        let header = match worker.known_headers.find(opened.compact.header, opened.header) {
            Some(header) => header,
            None => Header::read(opened.header, scratch)?,
        };
        // RFC 7519, section 5.2: the payload would be a token again.
        if header.is_nested {
            return Err(Denied::NestedToken);
        }
        let segments = opened.segments(scratch.text())?;
        let input = worker.cache.is_lent().then(|| SigningInput::new(segments.compact.signing_input));
        let cached = input.and_then(|input| worker.cache.find(&segments, input.sha256(), generation));
        let (claims, good_under) = match cached {
            Some((claims, key)) => (claims, Some(key)),
            None => (Claims::read(segments.payload, scratch)?, None),
        };
        Ok(Self { jws: Jws { header, segments }, claims, input, good_under })
    }

    /// Verifies the signature; the same reading becomes the authentic token, there is no second one.
    ///
    /// # Errors
    /// [`Denied::AlgorithmMismatch`], [`Denied::BadSignature`].
    pub fn verify(&self, key: &TrustedKey<'_>) -> Result<Authentic<'_, 's>, Denied> {
        let input = match self.input {
            Some(input) => input,
            None => SigningInput::new(self.jws.segments.compact.signing_input),
        };
        if self.good_under != Some(key.thumbprint()) {
            self.jws.verify_input(key, &input)?;
        }
        Ok(Authentic {
            reading: self,
            key: key.thumbprint(),
            issuer: key.issuer(),
            signing_input_digest: *input.sha256(),
        })
    }
}
