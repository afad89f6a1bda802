//! The states of a token on its way: read, then authentic. Neither gives a claim away.

use super::{jws::Jws, worker::WorkerState};
use crate::{
    Denied, Scratch, TrustedKey,
    limits::MAX_TOKEN_LEN_RAISED,
    meaning::claims::Claims,
    trust::token_cache::KnownToken,
    wire::compact::{Compact, prefer_shape_error},
};
use jotgate_crypto::Hashing;

/// A token that was read, strictly and once. Not verified: a stranger may have written all of it, so no
/// claim can be asked for.
#[derive(Clone, Copy)]
pub struct Unverified<'s> {
    pub(super) jws: Jws<'s>,
    pub(super) claims: Claims<&'s str>,
    /// What is signed, hashed as far as reading it left time.
    input: Hashing<'s>,
    /// What the worker knows of this very token.
    pub(super) known: Option<KnownToken>,
}

/// A token signed by a trusted key. Not judged: it may be expired, revoked, or meant for somebody else, so
/// no claim can be asked for.
#[derive(Clone, Copy)]
pub struct Authentic<'c, 's> {
    pub(super) reading: &'c Unverified<'s>,
    /// The key itself: a number of it would be another key's in another ring.
    pub(super) key: &'c TrustedKey<'c>,
    pub(super) signing_input_digest: [u8; 32],
    /// The worker knew: nothing was verified anew.
    pub(super) was_known: bool,
}

impl<'s> Unverified<'s> {
    /// Where nothing was read yet.
    pub(super) const UNREAD: Self =
        Self { jws: Jws::UNREAD, claims: Claims::UNREAD, input: Hashing::of(&[]), known: None };

    /// Reads `token` into `scratch`.
    ///
    /// # Errors
    /// A reason of the 2xxx group, [`Denied::AlgorithmNotSupported`], or [`Denied::ScratchTooSmall`].
    pub fn read(token: &'s [u8], scratch: &'s mut Scratch<'_>) -> Result<Self, Denied> {
        let mut read = Self::UNREAD;
        read.fill(token, MAX_TOKEN_LEN_RAISED, &mut scratch.reborrow(), 0, &mut WorkerState::new())?;
        Ok(read)
    }

    /// Reads by a worker that remembers, for keys of this generation; in place, because what is read is too large to be
    /// handed on.
    // Where memory is scarce, verifying takes the same stack as reading did.
    #[cfg_attr(not(target_pointer_width = "64"), inline(never))]
    pub(super) fn fill(
        &mut self,
        token: &'s [u8],
        max_len: usize,
        scratch: &mut Scratch<'s>,
        generation: u64,
        worker: &mut WorkerState<'_>,
    ) -> Result<(), Denied> {
        Compact::split(token, max_len)
            .and_then(|compact| self.fill_from(compact, scratch, generation, worker))
            .map_err(|denied| prefer_shape_error(token, denied))
    }

    fn fill_from(
        &mut self,
        compact: Compact<'s>,
        scratch: &mut Scratch<'s>,
        generation: u64,
        worker: &mut WorkerState<'_>,
    ) -> Result<(), Denied> {
        let Self { jws, claims, input, known } = self;
        *input = Hashing::of(compact.signing_input);
        let meanwhile = core::slice::from_mut(input);
        jws.fill(compact, scratch, worker.known_headers.as_ref(), meanwhile)?;
        // RFC 7519, section 5.2: the payload would be a token again.
        if jws.header.is_nested {
            return Err(Denied::NestedToken);
        }
        *known = worker.cache.as_mut().and_then(|cache| cache.find(&jws.segments, generation, input, claims));
        match known {
            Some(_) => Ok(()),
            None => claims.fill(jws.segments.payload, scratch, core::slice::from_mut(input)),
        }
    }

    /// SHA-256 of all of `token`, from where that of its signing input stands.
    pub(super) fn hashing_on<'t>(&self, token: &'t [u8]) -> Hashing<'t> {
        self.input.continued(token).unwrap_or(Hashing::of(token))
    }

    /// Verifies the signature; the same reading becomes the authentic token, there is no second one.
    ///
    /// # Errors
    /// [`Denied::AlgorithmMismatch`], [`Denied::BadSignature`].
    pub fn verify<'c>(&'c self, key: &'c TrustedKey<'c>) -> Result<Authentic<'c, 's>, Denied> {
        let (signing_input_digest, was_known) = match &self.known {
            Some(known) if known.key == key.thumbprint() && key.algorithm() == self.jws.header.algorithm => {
                (known.digest, true)
            }
            _ => {
                let input = self.input.finish();
                self.jws.verify_input(key, &input)?;
                (*input.sha256(), false)
            }
        };
        Ok(Authentic { reading: self, key, signing_input_digest, was_known })
    }
}

impl Authentic<'_, '_> {
    /// Has the worker remember a token whose signature is good under a key of this generation, or count it if it did.
    pub(super) fn remember_in(&self, worker: &mut WorkerState<'_>, generation: u64) {
        if self.was_known {
            worker.count_known();
            return;
        }
        let Self { reading, key, signing_input_digest: digest, .. } = *self;
        let segments = &reading.jws.segments;
        if let Some(headers) = &mut worker.known_headers {
            headers.keep(segments.compact.header, segments.header, &reading.jws.header);
        }
        if let Some(cache) = &mut worker.cache {
            let known = KnownToken { digest, key: key.thumbprint(), position: key.position() };
            cache.keep(segments, &reading.claims, known, generation);
        }
    }
}
