//! An RSA public key in the layout of its backend.

use super::checked_key::CheckedKey;
use super::roca;
use super::simd::{self, Ifma, IfmaKey};
use super::word_key::{self, WordKey};
use crate::{Backend, BadSignature, KeyFault, Word};

/// How many words [`prepare`] fills for this key.
pub(super) fn words(key: CheckedKey<'_>, backend: Backend) -> usize {
    match ifma(backend) {
        Some(_) => simd::words(key),
        None => word_key::words(key),
    }
}

/// Lays the key out for `backend`.
///
/// # Errors
/// [`KeyFault::ModulusRoca`], or [`KeyFault::OutOfMemory`] if the words are not as many as [`words`] said.
pub(super) fn prepare(key: CheckedKey<'_>, backend: Backend, words: &mut [Word]) -> Result<(), KeyFault> {
    if roca::has_fingerprint(key.n) {
        return Err(KeyFault::ModulusRoca);
    }
    match ifma(backend) {
        Some(ifma) => simd::prepare(ifma, key, words),
        None => word_key::prepare(key, words),
    }
}

fn ifma(backend: Backend) -> Option<Ifma> {
    if backend == Backend::Ifma { Ifma::detected() } else { None }
}

/// A view of the words of a prepared key.
///
/// The words say by their number which layout they have: in limbs for IFMA there are odd numbers of them, in machine
/// words even ones. So a key is verified as it was prepared, whatever backend is asked for, and the only choice left
/// is between two backends that read the same words.
pub(super) enum RsaKey<'m> {
    Words(WordKey<'m>),
    Ifma(IfmaKey<'m>),
}

impl<'m> RsaKey<'m> {
    /// Reads what [`prepare`] laid out; nothing if that many words were never laid out so.
    pub(super) fn view(words: &'m [Word], backend: Backend) -> Option<Self> {
        match IfmaKey::view(words) {
            Some(key) => Some(Self::Ifma(key)),
            None => WordKey::view(words, backend).map(Self::Words),
        }
    }

    /// Bytes of the modulus, and so of a signature: k of RFC 8017.
    pub(super) fn modulus_len(&self) -> usize {
        match self {
            Self::Words(key) => key.modulus_len(),
            Self::Ifma(key) => key.modulus_len(),
        }
    }

    /// Unused high bits of the modulus' first byte, 0 to 7.
    pub(super) fn unused_bits(&self) -> u32 {
        match self {
            Self::Words(key) => key.unused_bits(),
            Self::Ifma(key) => key.unused_bits(),
        }
    }

    /// Raises `signature` to the public exponent (RSAVP1 of RFC 8017, section 5.2.2) and hands the result to `check`,
    /// in as many bytes as the modulus has, most significant first.
    ///
    /// # Errors
    /// [`BadSignature`] before any arithmetic if the signature is not exactly as long as the modulus (section
    /// 8.2.2, step 1) or not below it; else what `check` says.
    pub(super) fn open(
        &self,
        signature: &[u8],
        check: impl FnOnce(&mut [u8]) -> Result<(), BadSignature>,
    ) -> Result<(), BadSignature> {
        match self {
            Self::Words(key) => key.open(signature, check),
            Self::Ifma(key) => key.open(signature, check),
        }
    }
}
