//! Ed25519 without tables: takes little memory, and suits keys that verify one signature.

use super::curve::{Joint, verify};
use super::key;
use crate::{
    Algorithm, AlgorithmName, Backend, BadSignature, KeyFault, Prepared, PublicKey, SigningInput, Word,
};

/// Ed25519, without tables; signatures of 64 bytes. `EdDSA` and `Ed25519` both name it (RFC 8037, RFC 9864).
pub static EDDSA: EdDsa = EdDsa { backend: None };

/// Pure Ed25519, strict, without tables. A key takes 64 bytes.
///
/// RFC 8032 leaves room, and each reading of it accepts other signatures. Here the encodings of key and R are
/// canonical and not of small order, S < L, and the equation is the one without cofactor.
pub struct EdDsa {
    /// None for the fastest there is.
    backend: Option<Backend>,
}

impl EdDsa {
    /// With the instructions of `backend`, for tests and measurements; portable ones where the processor lacks them.
    pub const fn with_backend(backend: Backend) -> Self {
        Self { backend: Some(backend) }
    }
}

impl Algorithm for EdDsa {
    fn name(&self) -> AlgorithmName {
        AlgorithmName::EdDsa
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
        verify(&way, &key::minus_point(key.words())?, input.bytes(), signature)
    }
}
