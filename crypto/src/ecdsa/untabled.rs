//! ECDSA without tables: takes little memory, and suits keys that verify one signature.

use core::marker::PhantomData;

use super::key;
use super::suite::Suite;
use crate::hash::SignatureHash;
use crate::number::Number;
use crate::weierstrass::{Joint, verify};
use crate::{
    Algorithm, AlgorithmName, Backend, BadSignature, KeyFault, Prepared, PublicKey, SigningInput, Word,
};

/// ECDSA over the curve `S`, without tables.
pub struct Ecdsa<S> {
    /// None for the fastest there is.
    backend: Option<Backend>,
    suite: PhantomData<fn() -> S>,
}

impl<S> Ecdsa<S> {
    pub(super) const DETECTED: Self = Self { backend: None, suite: PhantomData };

    /// With the instructions of `backend`, for tests and measurements; portable ones where the processor lacks them.
    pub const fn with_backend(backend: Backend) -> Self {
        Self { backend: Some(backend), suite: PhantomData }
    }
}

impl<S: Suite> Algorithm for Ecdsa<S> {
    fn name(&self) -> AlgorithmName {
        S::NAME
    }

    fn words(&self, key: &PublicKey<'_>) -> Result<usize, KeyFault> {
        key::words::<S>(key)
    }

    fn prepare(&self, key: &PublicKey<'_>, words: &mut [Word]) -> Result<(), KeyFault> {
        key::prepare::<S>(key, words)
    }

    fn signature_len(&self, _: Prepared<'_>) -> usize {
        S::Number::LEN.wrapping_mul(2)
    }

    fn verify(
        &self,
        key: Prepared<'_>,
        input: &SigningInput<'_>,
        signature: &[u8],
    ) -> Result<(), BadSignature> {
        let way = Joint { backend: self.backend.unwrap_or_else(Backend::detected) };
        verify(&way, &key::point::<S>(key.words())?, &S::Hash::hash(input), signature)
    }
}
