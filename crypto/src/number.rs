//! Numbers of 256 bits in limbs, least significant limb first.

use super::limb::Limb;

/// Octets of a limb.
const LIMB_LEN: usize = size_of::<Limb>();

/// Limbs of a number: 4 of 64 bits or 8 of 32.
pub(crate) const LIMBS: usize = 32 / LIMB_LEN;

/// 256 bits.
pub(crate) type Number = [Limb; LIMBS];

/// The number in four words of 64 bits, least significant first.
#[expect(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "const; all operands are below 64, and what a limb cannot hold belongs to the next one"
)]
#[inline(always)]
pub(crate) const fn from_words(words: [u64; 4]) -> Number {
    let mut number = [0; LIMBS];
    let mut i = 0;
    while i < LIMBS {
        number[i] = (words[i * LIMB_LEN / 8] >> (i * LIMB_LEN * 8 % 64)) as Limb;
        i += 1;
    }
    number
}

/// Four words of 64 bits, least significant first.
#[allow(clippy::useless_conversion, reason = "limbs may have 32 bits")]
#[inline(always)]
pub(crate) fn to_words(number: &Number) -> [u64; 4] {
    let mut words = [0; 4];
    for (word, limbs) in words.iter_mut().zip(number.chunks_exact(8 / LIMB_LEN)) {
        // At most one limb has all 64 bits; two shifts, because one by 64 bits is none.
        *word = limbs
            .iter()
            .rev()
            .fold(0, |word: u64, &limb| (word << (Limb::BITS / 2) << (Limb::BITS / 2)) | u64::from(limb));
    }
    words
}

/// The number in 32 octets, least significant first.
pub(crate) fn from_le(octets: &[u8; 32]) -> Number {
    let mut number = [0; LIMBS];
    for (limb, octets) in number.iter_mut().zip(octets.as_chunks().0) {
        *limb = Limb::from_le_bytes(*octets);
    }
    number
}

/// Its 32 octets, least significant first.
pub(crate) fn to_le(number: &Number) -> [u8; 32] {
    let mut octets = [0; 32];
    for (octets, limb) in octets.as_chunks_mut().0.iter_mut().zip(number) {
        *octets = limb.to_le_bytes();
    }
    octets
}

/// Whether a < b.
pub(crate) fn is_below(a: &Number, b: &Number) -> bool {
    a.iter().rev().lt(b.iter().rev())
}

/// a - b mod 2^256.
pub(crate) fn subtract(a: &Number, b: &Number) -> Number {
    let (mut difference, mut borrow) = (*a, false);
    for (difference, &b) in difference.iter_mut().zip(b) {
        (*difference, borrow) = difference.borrowing_sub(b, borrow);
    }
    difference
}

/// Whether the number is odd.
pub(crate) fn is_odd(number: &Number) -> bool {
    number.first().is_some_and(|lowest| lowest & 1 == 1)
}

/// Bit `at`; 0 above the highest limb.
pub(crate) fn bit(number: &Number, at: u32) -> bool {
    let limb = usize::try_from(at / Limb::BITS).ok().and_then(|limb| number.get(limb));
    limb.is_some_and(|limb| (limb >> (at % Limb::BITS)) & 1 == 1)
}
