//! An RSA public key in 52-bit limbs: its layout in memory, and the public operation.

use super::Ifma;
use super::montgomery::Modulus;
use super::number::{BLOCK, LIMB_BITS, Number};
use crate::number::word::fill;
use crate::rsa::checked_key::CheckedKey;
use crate::{BadSignature, KeyFault, Word};

/// Words behind the numbers: bytes of the modulus, its first byte's unused bits, the exponent.
const CONSTANTS: usize = 3;

/// Words of a key of Z blocks.
const fn words_of(blocks: usize) -> usize {
    blocks.wrapping_mul(3 * BLOCK).wrapping_add(CONSTANTS)
}

const WORDS_2048: usize = words_of(5);
const WORDS_3072: usize = words_of(8);
const WORDS_4096: usize = words_of(10);

// 984, 1560 and 1944 bytes. Odd, as no key in machine words is: the layouts cannot be mistaken for each other.
const _: () = assert!(WORDS_2048 == 123 && WORDS_3072 == 195 && WORDS_4096 == 243);

/// How many words [`prepare`] fills for this key: 123, 195 or 243.
///
/// The arithmetic wants R, 2^2080, 2^3328 or 2^4160, to be at least 4n.
pub(in crate::rsa) fn words(key: CheckedKey<'_>) -> usize {
    match bits(key) {
        0..=2078 => WORDS_2048,
        2079..=3326 => WORDS_3072,
        _ => WORDS_4096,
    }
}

fn bits(key: CheckedKey<'_>) -> usize {
    key.n.len().wrapping_mul(8).saturating_sub(usize::try_from(unused_bits(key)).unwrap_or(0))
}

fn unused_bits(key: CheckedKey<'_>) -> u32 {
    key.n.first().map_or(0, |first| first.leading_zeros())
}

/// Lays the key out: `[ n | -1/n mod R | R^2 mod n, or that and n | k | unused bits | e ]`, where the numbers have
/// 8 Z words and the last three have one; R = 2^(52 * 8 Z).
///
/// # Errors
/// [`KeyFault::OutOfMemory`] if the words are not as many as [`words`] said.
pub(in crate::rsa) fn prepare(ifma: Ifma, key: CheckedKey<'_>, words: &mut [Word]) -> Result<(), KeyFault> {
    match words.len() {
        len if len != self::words(key) => Err(KeyFault::OutOfMemory),
        WORDS_2048 => prepare_blocks::<5>(ifma, key, words),
        WORDS_3072 => prepare_blocks::<8>(ifma, key, words),
        _ => prepare_blocks::<10>(ifma, key, words),
    }
}

#[inline(never)]
fn prepare_blocks<const Z: usize>(
    ifma: Ifma,
    key: CheckedKey<'_>,
    words: &mut [Word],
) -> Result<(), KeyFault> {
    let n = Number::<Z>::from_be(key.n);
    let negative_inverse = n.negative_inverse();
    let modulus = Modulus { n: &n, negative_inverse: &negative_inverse };
    // The Montgomery form of 2^(13 Z), squared five times, is that of 2^(416 Z), which is R.
    const { assert!(13 << 5 == 8 * LIMB_BITS) };
    let exponent = Z.wrapping_mul(416 + 13);
    let mut rr = n.power_of_two(bits(key), exponent);
    for _ in 0..5 {
        modulus.square(ifma, &mut rr);
    }
    let constants = [key.n.len(), usize::try_from(unused_bits(key)).unwrap_or(0)];
    let numbers = [&n, &negative_inverse, &rr];
    let source = numbers.into_iter().flat_map(|number| number.limbs().iter().copied());
    let constants = constants.into_iter().map(|constant| constant.try_into().unwrap_or(0));
    fill(words, source.chain(constants).chain([key.exponent.into()]));
    Ok(())
}

/// A view of the words of a prepared key.
pub(in crate::rsa) struct IfmaKey<'m> {
    ifma: Ifma,
    numbers: &'m [Word],
    modulus_len: usize,
    unused_bits: u32,
    exponent: Word,
}

impl<'m> IfmaKey<'m> {
    /// Reads what [`prepare`] laid out; nothing if the words were not laid out so, or not on this processor.
    pub(in crate::rsa) fn view(words: &'m [Word]) -> Option<Self> {
        let (WORDS_2048 | WORDS_3072 | WORDS_4096) = words.len() else { return None };
        let (numbers, &[len, unused, exponent]) = words.split_last_chunk::<CONSTANTS>()?;
        Some(Self {
            ifma: Ifma::detected()?,
            numbers,
            modulus_len: usize::try_from(len).ok()?,
            unused_bits: u32::try_from(unused).ok()?,
            exponent,
        })
    }

    /// Bytes of the modulus, and so of a signature: k of RFC 8017.
    pub(in crate::rsa) fn modulus_len(&self) -> usize {
        self.modulus_len
    }

    /// Unused high bits of the modulus' first byte, 0 to 7.
    pub(in crate::rsa) fn unused_bits(&self) -> u32 {
        self.unused_bits
    }

    /// As [`WordKey::open`](crate::rsa::word_key::WordKey::open).
    ///
    /// Stack during the arithmetic: about 5, 7 and 11.5 KiB for 5, 8 and 10 blocks.
    ///
    /// # Errors
    /// [`BadSignature`] before any arithmetic if the signature is not exactly as long as the modulus (section
    /// 8.2.2, step 1) or not below it; else what `check` says.
    pub(in crate::rsa) fn open(
        &self,
        signature: &[u8],
        check: impl FnOnce(&mut [u8]) -> Result<(), BadSignature>,
    ) -> Result<(), BadSignature> {
        if signature.len() != self.modulus_len {
            return Err(BadSignature);
        }
        let mut message = [0; 512];
        let message = message.get_mut(..self.modulus_len).ok_or(BadSignature)?;
        match self.numbers.len().wrapping_add(CONSTANTS) {
            WORDS_2048 => self.power::<5>(signature, message)?,
            WORDS_3072 => self.power::<8>(signature, message)?,
            _ => self.power::<10>(signature, message)?,
        }
        check(message)
    }

    // Not inlined: the numbers are gone when the padding is checked.
    #[inline(never)]
    fn power<const Z: usize>(&self, signature: &[u8], message: &mut [u8]) -> Result<(), BadSignature> {
        // Copied, between the zeros that numbers have on both sides, and where no load crosses a cache line.
        let mut numbers = [Number::<Z>::ZERO; 3];
        for (number, limbs) in numbers.iter_mut().zip(self.numbers.chunks_exact(BLOCK.wrapping_mul(Z))) {
            number.set_limbs(limbs);
        }
        let [n, negative_inverse, rr] = &numbers;
        let signature = Number::from_be(signature);
        if !signature.is_below(n) {
            return Err(BadSignature);
        }
        let mut power = Number::ZERO;
        Modulus { n, negative_inverse }.power(self.ifma, &signature, self.exponent, rr, &mut power);
        power.write_be(message);
        Ok(())
    }
}
