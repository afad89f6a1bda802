//! An RSA public key in machine words: its layout in memory, and the public operation.

use super::checked_key::{CheckedKey, MAX_MODULUS_LEN};
use super::montgomery::Modulus;
use super::simd;
use crate::number::word::{WORD_LEN, bytes_be, fill, words_from_be};
use crate::{Backend, BadSignature, KeyFault, Word};

/// Words of a modulus up to 2048, 3072 and 4096 bits: the sizes of numbers on the stack.
const WORDS_2048: usize = 256 / WORD_LEN;
const WORDS_3072: usize = 384 / WORD_LEN;
const WORDS_4096: usize = MAX_MODULUS_LEN / WORD_LEN;

/// How many words [`prepare`] fills for this key: twice those of the modulus, and two.
pub(super) fn words(key: CheckedKey<'_>) -> usize {
    key.n.len().div_ceil(WORD_LEN).wrapping_mul(2).wrapping_add(2)
}

/// Lays the key out: `[ n | R^2 mod n | -1/n | e ]`, where the numbers have L words and the two last have one;
/// R = 2^(bits of L words). A key of 2048 bits takes 528 bytes with words of 64 bits.
///
/// # Errors
/// [`KeyFault::OutOfMemory`] if the words are fewer than [`words`] said.
pub(super) fn prepare(key: CheckedKey<'_>, words: &mut [Word]) -> Result<(), KeyFault> {
    let (numbers, constants) = words.split_last_chunk_mut::<2>().ok_or(KeyFault::OutOfMemory)?;
    let (n, rr) =
        numbers.split_at_mut_checked(key.n.len().div_ceil(WORD_LEN)).ok_or(KeyFault::OutOfMemory)?;
    fill(&mut *n, words_from_be(key.n));
    let modulus = Modulus::new(n);
    *constants = [modulus.constant(), Word::from(key.exponent)];
    match n.len() {
        len if len <= WORDS_2048 => r_squared::<WORDS_2048>(&modulus, rr),
        len if len <= WORDS_3072 => r_squared::<WORDS_3072>(&modulus, rr),
        _ => r_squared::<WORDS_4096>(&modulus, rr),
    }
    Ok(())
}

/// R^2 mod n, with 2 N words on the stack.
#[inline(never)]
fn r_squared<const N: usize>(modulus: &Modulus<'_>, rr: &mut [Word]) {
    let mut wide = [[0; N]; 2];
    modulus.r_squared(rr, double_length(&mut wide, modulus));
}

/// The first words of `wide`, twice as many as the modulus has.
fn double_length<'w, const N: usize>(wide: &'w mut [[Word; N]; 2], modulus: &Modulus<'_>) -> &'w mut [Word] {
    let len = modulus.words().len().wrapping_mul(2);
    wide.as_flattened_mut().get_mut(..len).unwrap_or_default()
}

/// A view of the words of a prepared key.
pub(super) struct WordKey<'m> {
    backend: Backend,
    modulus: Modulus<'m>,
    rr: &'m [Word],
    exponent: Word,
}

impl<'m> WordKey<'m> {
    /// Reads what [`prepare`] laid out; nothing if that many words were never laid out so.
    pub(super) fn view(words: &'m [Word], backend: Backend) -> Option<Self> {
        let (numbers, &[n0, exponent]) = words.split_last_chunk::<2>()?;
        let (n, rr) = numbers.split_at_checked(numbers.len() / 2)?;
        // Keys in limbs have an odd number of words.
        (n.len() == rr.len()).then_some(Self {
            backend,
            modulus: Modulus::with_constant(n, n0),
            rr,
            exponent,
        })
    }

    /// Bytes of the modulus, and so of a signature: k of RFC 8017.
    pub(super) fn modulus_len(&self) -> usize {
        let n = self.modulus.words();
        let unused =
            n.last().map_or(0, |top| top.to_be_bytes().iter().take_while(|&&byte| byte == 0).count());
        n.len().wrapping_mul(WORD_LEN).saturating_sub(unused)
    }

    /// Unused high bits of the modulus' first byte, 0 to 7.
    pub(super) fn unused_bits(&self) -> u32 {
        self.modulus.words().last().map_or(0, |top| top.leading_zeros() % 8)
    }

    /// Raises `signature` to the public exponent (RSAVP1 of RFC 8017, section 5.2.2) and hands the result to `check`,
    /// in as many bytes as the modulus has, most significant first.
    ///
    /// Stack: three numbers during the arithmetic, two while `check` runs; a number takes 256, 384 or 512 bytes,
    /// whichever the modulus needs.
    ///
    /// # Errors
    /// [`BadSignature`] before any arithmetic if the signature is not exactly as long as the modulus (section
    /// 8.2.2, step 1) or not below it; else what `check` says.
    pub(super) fn open(
        &self,
        signature: &[u8],
        check: impl FnOnce(&mut [u8]) -> Result<(), BadSignature>,
    ) -> Result<(), BadSignature> {
        if signature.len() != self.modulus_len() {
            return Err(BadSignature);
        }
        let n = self.modulus.words();
        if words_from_be(signature).rev().ge(n.iter().rev().copied()) {
            return Err(BadSignature);
        }
        match n.len() {
            len if len <= WORDS_2048 => self.open_within::<WORDS_2048>(signature, check),
            len if len <= WORDS_3072 => self.open_within::<WORDS_3072>(signature, check),
            _ => self.open_within::<WORDS_4096>(signature, check),
        }
    }

    // Not inlined, as all below: else a short key would take the stack of the longest.
    #[inline(never)]
    fn open_within<const N: usize>(
        &self,
        signature: &[u8],
        check: impl FnOnce(&mut [u8]) -> Result<(), BadSignature>,
    ) -> Result<(), BadSignature> {
        let mut message = [0; N];
        let message = message.get_mut(..self.modulus.words().len()).ok_or(BadSignature)?;
        self.power_within::<N>(signature, message);
        self.check_within::<N>(message, check)
    }

    // Its own frame: the double-length number is gone when the padding is checked.
    #[inline(never)]
    fn power_within<const N: usize>(&self, signature: &[u8], message: &mut [Word]) {
        let mut wide = [[0; N]; 2];
        let wide = double_length(&mut wide, &self.modulus);
        match self.backend {
            Backend::Portable => self.modulus.power(signature, self.exponent, self.rr, message, wide),
            // What has IFMA has BMI2.
            Backend::Bmi2 | Backend::Ifma => {
                simd::power(&self.modulus, signature, self.exponent, self.rr, message, wide);
            }
        }
    }

    #[inline(never)]
    fn check_within<const N: usize>(
        &self,
        message: &[Word],
        check: impl FnOnce(&mut [u8]) -> Result<(), BadSignature>,
    ) -> Result<(), BadSignature> {
        let mut bytes = [[0; WORD_LEN]; N];
        check(self.bytes(message, bytes.as_flattened_mut()))
    }

    /// Writes the bytes of a message below the modulus (I2OSP of RFC 8017, section 4.1) to the front of `bytes`.
    #[inline(never)]
    fn bytes<'o>(&self, message: &[Word], bytes: &'o mut [u8]) -> &'o mut [u8] {
        let bytes = bytes.get_mut(..self.modulus_len()).unwrap_or_default();
        // The message is below the modulus: what is skipped is zero.
        let unused = message.len().wrapping_mul(WORD_LEN).saturating_sub(bytes.len());
        fill(&mut *bytes, bytes_be(message).skip(unused));
        bytes
    }
}
