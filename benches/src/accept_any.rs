//! An algorithm without arithmetic, so that what stands beside a verification is not lost in its noise.
//!
//! It lives here, in a package that is not published, and nowhere else.

use jotgate_core::{
    AlgorithmName, KeyFault, Word,
    crypto::{Algorithm, BadSignature, Prepared, PublicKey, SigningInput},
};

/// Accepts ANY signature of the right length. Never for anything but a measurement.
pub struct AcceptsAnySignature {
    /// The algorithm whose tokens it takes.
    pub name: AlgorithmName,
    /// Bytes of its signatures.
    pub signature_len: usize,
}

/// Takes RS256 tokens with signatures of 2048 bits.
pub static ANY_RS256: AcceptsAnySignature =
    AcceptsAnySignature { name: AlgorithmName::Rs256, signature_len: 256 };

/// Takes ES256 tokens.
pub static ANY_ES256: AcceptsAnySignature =
    AcceptsAnySignature { name: AlgorithmName::Es256, signature_len: 64 };

impl Algorithm for AcceptsAnySignature {
    fn name(&self) -> AlgorithmName {
        self.name
    }

    fn words(&self, _: &PublicKey<'_>) -> Result<usize, KeyFault> {
        Ok(0)
    }

    fn prepare(&self, _: &PublicKey<'_>, _: &mut [Word]) -> Result<(), KeyFault> {
        Ok(())
    }

    fn signature_len(&self, _: Prepared<'_>) -> usize {
        self.signature_len
    }

    fn verify(
        &self,
        _: Prepared<'_>,
        input: &SigningInput<'_>,
        signature: &[u8],
    ) -> Result<(), BadSignature> {
        // The hash is part of what a real algorithm does: it must not be optimised away.
        std::hint::black_box(input.sha256());
        if signature.len() == self.signature_len { Ok(()) } else { Err(BadSignature) }
    }
}
