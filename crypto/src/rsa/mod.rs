//! RSA signatures: one public operation, two paddings, three hashes.
//!
//! * `checked_key`: what is checked at load, first; `roca`: for keys of one generator.
//! * `word_key`: how a key lies in machine words, the public operation; `montgomery`: the arithmetic below it;
//!   `simd`: the same for processors that have more instructions, and for some of them in another layout.
//! * `key`: the layout that belongs to a backend.
//! * `pkcs1`, `pss`: what the result of the public operation has to look like.

mod checked_key;
mod key;
mod montgomery;
mod pkcs1;
mod pss;
mod roca;
mod simd;
#[cfg(test)]
mod steps;
mod word_key;

use core::marker::PhantomData;

use sha2::{Sha256, Sha384, Sha512};

use crate::{
    Algorithm, AlgorithmName, Backend, BadSignature, KeyFault, Prepared, PublicKey, SigningInput, Word,
};
use checked_key::CheckedKey;
use key::RsaKey;
use pkcs1::Pkcs1;
use pss::Pss;

/// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518, section 3.3); keys of 2048 to 4096 bits.
pub static RS256: Rsa<Pkcs1<Sha256>> = Rsa::NEW;
/// RSASSA-PKCS1-v1_5 with SHA-384 (RFC 7518, section 3.3); keys of 2048 to 4096 bits.
pub static RS384: Rsa<Pkcs1<Sha384>> = Rsa::NEW;
/// RSASSA-PKCS1-v1_5 with SHA-512 (RFC 7518, section 3.3); keys of 2048 to 4096 bits.
pub static RS512: Rsa<Pkcs1<Sha512>> = Rsa::NEW;
/// RSASSA-PSS with SHA-256 and a salt of 32 bytes (RFC 7518, section 3.5); keys of 2048 to 4096 bits.
pub static PS256: Rsa<Pss<Sha256>> = Rsa::NEW;
/// RSASSA-PSS with SHA-384 and a salt of 48 bytes (RFC 7518, section 3.5); keys of 2048 to 4096 bits.
pub static PS384: Rsa<Pss<Sha384>> = Rsa::NEW;
/// RSASSA-PSS with SHA-512 and a salt of 64 bytes (RFC 7518, section 3.5); keys of 2048 to 4096 bits.
pub static PS512: Rsa<Pss<Sha512>> = Rsa::NEW;

/// RSA under one padding.
pub struct Rsa<P> {
    /// What to use instead of the fastest backend.
    forced: Option<Backend>,
    padding: PhantomData<fn() -> P>,
}

/// The encoding of a hash that an RSA signature holds.
pub(crate) trait Padding: 'static {
    /// The algorithm with this padding.
    const NAME: AlgorithmName;

    /// Whether `message`, what the public operation gave, encodes the hash of `input`.
    ///
    /// It has as many bytes as the modulus, most significant first; `unused_bits`, 0 to 7, are the high bits of
    /// its first byte that the modulus does not reach. It is working memory.
    ///
    /// # Errors
    /// [`BadSignature`]; nothing more is said.
    fn check(message: &mut [u8], unused_bits: u32, input: &SigningInput<'_>) -> Result<(), BadSignature>;
}

impl<P> Rsa<P> {
    const NEW: Self = Self { forced: None, padding: PhantomData };

    /// The same algorithm with `backend` instead of the fastest, for tests and measurements; nothing if this
    /// processor cannot run it.
    pub fn with_backend(&self, backend: Backend) -> Option<Self> {
        backend.is_available().then_some(Self { forced: Some(backend), padding: PhantomData })
    }

    fn backend(&self) -> Backend {
        self.forced.filter(|backend| backend.is_available()).unwrap_or_else(Backend::detected)
    }
}

impl<P: Padding> Algorithm for Rsa<P> {
    fn name(&self) -> AlgorithmName {
        P::NAME
    }

    fn words(&self, key: &PublicKey<'_>) -> Result<usize, KeyFault> {
        Ok(key::words(CheckedKey::new(key)?, self.backend()))
    }

    fn prepare(&self, key: &PublicKey<'_>, words: &mut [Word]) -> Result<(), KeyFault> {
        key::prepare(CheckedKey::new(key)?, self.backend(), words)
    }

    fn signature_len(&self, key: Prepared<'_>) -> usize {
        RsaKey::view(key.words(), self.backend()).map_or(0, |key| key.modulus_len())
    }

    fn verify(
        &self,
        key: Prepared<'_>,
        input: &SigningInput<'_>,
        signature: &[u8],
    ) -> Result<(), BadSignature> {
        let key = RsaKey::view(key.words(), self.backend()).ok_or(BadSignature)?;
        key.open(signature, |message| P::check(message, key.unused_bits(), input))
    }
}

/// All but the last `len` bytes, and those.
fn split_before_last(bytes: &mut [u8], len: usize) -> Result<(&mut [u8], &mut [u8]), BadSignature> {
    let front = bytes.len().checked_sub(len).ok_or(BadSignature)?;
    bytes.split_at_mut_checked(front).ok_or(BadSignature)
}
