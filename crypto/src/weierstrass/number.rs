//! Numbers of 256 bits in limbs, least significant limb first.

use super::Limb;

/// Octets of a limb.
const LIMB_LEN: usize = size_of::<Limb>();

/// Bits of a limb.
const LIMB_BITS: usize = LIMB_LEN * 8;

/// Limbs of a number: 4 of 64 bits or 8 of 32.
pub(super) const LIMBS: usize = 32 / LIMB_LEN;

/// 256 bits.
pub(super) type Number = [Limb; LIMBS];

/// The number in four words of 64 bits, least significant first.
#[expect(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "const; all operands are below 64, and what a limb cannot hold belongs to the next one"
)]
#[inline(always)]
pub(super) const fn from_words(words: [u64; 4]) -> Number {
    let mut number = [0; LIMBS];
    let mut i = 0;
    while i < LIMBS {
        number[i] = (words[i * LIMB_LEN / 8] >> (i * LIMB_BITS % 64)) as Limb;
        i += 1;
    }
    number
}

/// Four words of 64 bits, least significant first.
#[allow(clippy::useless_conversion, reason = "limbs may have 32 bits")]
#[inline(always)]
pub(super) fn to_words(number: &Number) -> [u64; 4] {
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

/// The number in 32 octets, most significant first.
pub(super) fn from_be(octets: &[u8; 32]) -> Number {
    let mut number = [0; LIMBS];
    for (limb, octets) in number.iter_mut().zip(octets.rchunks_exact(LIMB_LEN)) {
        *limb = octets.iter().fold(0, |limb, &octet| (limb << 8) | Limb::from(octet));
    }
    number
}

/// Whether a < b.
pub(super) fn is_below(a: &Number, b: &Number) -> bool {
    subtract(a, b).1
}

/// a + b mod 2^256.
pub(super) fn add(a: &Number, b: &Number) -> Number {
    let (mut sum, mut carry) = (*a, false);
    for (sum, &b) in sum.iter_mut().zip(b) {
        (*sum, carry) = sum.carrying_add(b, carry);
    }
    sum
}

/// a - b mod 2^256, and whether a < b.
#[inline(never)]
pub(super) fn subtract(a: &Number, b: &Number) -> (Number, bool) {
    let (mut difference, mut borrow) = (*a, false);
    for (difference, &b) in difference.iter_mut().zip(b) {
        (*difference, borrow) = difference.borrowing_sub(b, borrow);
    }
    (difference, borrow)
}

/// a mod b, for a < 2 b.
pub(super) fn reduce_once(a: &Number, b: &Number) -> Number {
    let (difference, is_below) = subtract(a, b);
    if is_below { *a } else { difference }
}

/// Bit `at` of a number in limbs; 0 above the highest limb.
#[inline(always)]
pub(super) fn bit(limbs: &[Limb], at: usize) -> Limb {
    limbs.get(at / LIMB_BITS).map_or(0, |limb| (limb >> (at % LIMB_BITS)) & 1)
}

/// As [`bit`], for arithmetic on octets.
pub(super) fn bit_at(number: &Number, at: usize) -> u8 {
    u8::from(bit(number, at) != 0)
}
