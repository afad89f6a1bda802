//! ES256 without tables: small, and for keys that are seen once.

use super::key;
use crate::weierstrass::{Joint, verify};
use crate::{
    Algorithm, AlgorithmName, Backend, BadSignature, KeyFault, Prepared, PublicKey, SigningInput, Word,
};

/// ECDSA with P-256 and SHA-256, without tables; signatures of 64 bytes.
pub static ES256: Es256 = Es256 { backend: None };

/// ECDSA with P-256 and SHA-256, without tables. A key takes 64 bytes.
pub struct Es256 {
    /// None for the fastest there is.
    backend: Option<Backend>,
}

impl Es256 {
    /// With the instructions of `backend`, for tests and measurements; portable ones where the processor lacks them.
    pub const fn with_backend(backend: Backend) -> Self {
        Self { backend: Some(backend) }
    }
}

impl Algorithm for Es256 {
    fn name(&self) -> AlgorithmName {
        AlgorithmName::Es256
    }

    fn words(&self, key: &PublicKey<'_>) -> Result<usize, KeyFault> {
        key::words(key)
    }

    fn prepare(&self, key: &PublicKey<'_>, words: &mut [Word]) -> Result<(), KeyFault> {
        key::prepare(key, words)
    }

    fn signature_len(&self, _: Prepared<'_>) -> usize {
        super::SIGNATURE_LEN
    }

    fn verify(
        &self,
        key: Prepared<'_>,
        input: &SigningInput<'_>,
        signature: &[u8],
    ) -> Result<(), BadSignature> {
        let way = Joint { backend: self.backend.unwrap_or_else(Backend::detected) };
        verify(&way, &key::point(key.words())?, input.sha256(), signature)
    }
}
