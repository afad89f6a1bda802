//! Numbers of a fixed width in limbs, least significant limb first.
//!
//! * `word`: the machine's word, and numbers in slices of words. `limb`: the types that go with it.
//! * `field_limbs`: what a field computes with; each curve implements it for both widths of limbs.
//! * `limbs64` and `limbs32`: the parts that these implementations share. `carry`: a chain of 64-bit limbs.
//! * `safegcd`: division modulo an odd number.

pub(crate) mod carry;
mod field_limbs;
mod limb;
pub(crate) mod limbs32;
pub(crate) mod limbs64;
pub(crate) mod safegcd;
pub(crate) mod word;

pub(crate) use field_limbs::FieldLimbs;
pub(crate) use limb::Limb;
pub use word::Word;

/// Bytes of a limb.
const LIMB_LEN: usize = size_of::<Limb>();

/// Bits of a limb.
const LIMB_BITS: usize = LIMB_LEN * 8;

/// 256 bits: 4 limbs of 64 bits or 8 of 32.
pub(crate) type U256 = [Limb; 32 / LIMB_LEN];

/// 384 bits: 6 limbs of 64 bits or 12 of 32.
pub(crate) type U384 = [Limb; 48 / LIMB_LEN];

/// A number in an array of limbs.
pub(crate) trait Number: Copy + Eq + AsRef<[Limb]> + AsMut<[Limb]> {
    const ZERO: Self;

    /// How many limbs.
    const LIMBS: usize;

    /// How many bits they have.
    const BITS: usize;

    /// How many bytes they are.
    const LEN: usize;

    /// The number with these limbs, if they are as many as it has.
    fn of(limbs: &[Limb]) -> Option<&Self>;
}

impl<const LIMBS: usize> Number for [Limb; LIMBS] {
    const ZERO: Self = [0; LIMBS];
    const LIMBS: usize = LIMBS;
    const BITS: usize = LIMBS * LIMB_BITS;
    const LEN: usize = LIMBS * LIMB_LEN;

    fn of(limbs: &[Limb]) -> Option<&Self> {
        limbs.try_into().ok()
    }
}

/// The words of a number as standards print it, least significant first: in hexadecimal digits, all that the words have,
/// most significant first, with spaces between them; for constants.
#[expect(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "const; what is no such number does not compile"
)]
pub(crate) const fn words_from_hex<const WORDS: usize>(hex: &str) -> [u64; WORDS] {
    let (text, mut at) = (hex.as_bytes(), hex.len());
    let (mut words, mut digits) = ([0; WORDS], 0);
    while at > 0 {
        at -= 1;
        let digit = match text[at] {
            b' ' => continue,
            digit @ b'0'..=b'9' => digit - b'0',
            digit @ b'a'..=b'f' => digit - b'a' + 10,
            _ => panic!("not a hexadecimal digit"),
        };
        words[digits / 16] |= (digit as u64) << (digits % 16 * 4);
        digits += 1;
    }
    assert!(digits == WORDS * 16, "as many digits as the words have");
    words
}

/// The number in words of 64 bits, least significant first.
#[expect(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "const; all operands are small, and what a limb cannot hold belongs to the next one"
)]
#[inline(always)]
pub(crate) const fn from_words<const WORDS: usize, const LIMBS: usize>(words: [u64; WORDS]) -> [Limb; LIMBS] {
    const { assert!(WORDS * 8 == LIMBS * LIMB_LEN) };
    let mut number = [0; LIMBS];
    let mut i = 0;
    while i < LIMBS {
        number[i] = (words[i * LIMB_LEN / 8] >> (i * LIMB_BITS % 64)) as Limb;
        i += 1;
    }
    number
}

/// Words of 64 bits, least significant first, as many as the number has.
#[inline(always)]
pub(crate) fn to_words<N: Number, const WORDS: usize>(number: &N) -> [u64; WORDS] {
    let mut all = [0; WORDS];
    for (word, next) in all.iter_mut().zip(words(number)) {
        *word = next;
    }
    all
}

/// The word that these limbs make, least significant first.
#[allow(clippy::useless_conversion, reason = "limbs may have 32 bits")]
#[inline(always)]
fn word(limbs: &[Limb]) -> u64 {
    // At most one limb has all 64 bits; two shifts, because one by 64 bits is none.
    limbs
        .iter()
        .rev()
        .fold(0, |word: u64, &limb| (word << (Limb::BITS / 2) << (Limb::BITS / 2)) | u64::from(limb))
}

/// All words of 64 bits, least significant first.
pub(crate) fn words<N: Number>(number: &N) -> impl Iterator<Item = u64> {
    number.as_ref().chunks_exact(8 / LIMB_LEN).map(word)
}

/// The number in bytes, most significant first, if they are as many as it has.
pub(crate) fn from_be<N: Number>(bytes: &[u8]) -> Option<N> {
    let mut number = N::ZERO;
    for (limb, bytes) in number.as_mut().iter_mut().zip(bytes.rchunks_exact(LIMB_LEN)) {
        *limb = bytes.iter().fold(0, |limb, &byte| (limb << 8) | Limb::from(byte));
    }
    (bytes.len() == N::LEN).then_some(number)
}

/// The number in 32 bytes, least significant first.
pub(crate) fn from_le(bytes: &[u8; 32]) -> U256 {
    let mut number = U256::ZERO;
    for (limb, bytes) in number.iter_mut().zip(bytes.as_chunks().0) {
        *limb = Limb::from_le_bytes(*bytes);
    }
    number
}

/// Its 32 bytes, least significant first.
pub(crate) fn to_le(number: &U256) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (bytes, limb) in bytes.as_chunks_mut().0.iter_mut().zip(number) {
        *bytes = limb.to_le_bytes();
    }
    bytes
}

/// Whether a < b.
pub(crate) fn is_below<N: Number>(a: &N, b: &N) -> bool {
    subtract(a, b).1
}

/// a + b mod 2^bits.
pub(crate) fn add<N: Number>(a: &N, b: &N) -> N {
    let (mut sum, mut carry) = (*a, false);
    for (sum, &b) in sum.as_mut().iter_mut().zip(b.as_ref()) {
        (*sum, carry) = sum.carrying_add(b, carry);
    }
    sum
}

/// a - b mod 2^bits, and whether a < b.
#[inline(never)]
pub(crate) fn subtract<N: Number>(a: &N, b: &N) -> (N, bool) {
    let (mut difference, mut borrow) = (*a, false);
    for (difference, &b) in difference.as_mut().iter_mut().zip(b.as_ref()) {
        (*difference, borrow) = difference.borrowing_sub(b, borrow);
    }
    (difference, borrow)
}

/// a mod b, for a < 2 b.
pub(crate) fn reduce_once<N: Number>(a: &N, b: &N) -> N {
    let (difference, is_below) = subtract(a, b);
    if is_below { *a } else { difference }
}

/// 1; for constants.
pub(crate) const fn one<const LIMBS: usize>() -> [Limb; LIMBS] {
    let mut one = [0; LIMBS];
    if let Some(lowest) = one.first_mut() {
        *lowest = 1;
    }
    one
}

/// As [`subtract`], for constants.
#[expect(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "const; indices below LIMBS"
)]
pub(crate) const fn difference<const LIMBS: usize>(
    a: &[Limb; LIMBS],
    b: &[Limb; LIMBS],
) -> ([Limb; LIMBS], bool) {
    let (mut difference, mut borrow, mut i) = ([0; LIMBS], false, 0);
    while i < LIMBS {
        // What `borrowing_sub` does, which is not const yet.
        let (limb, below) = a[i].overflowing_sub(b[i]);
        let (limb, below_that) = limb.overflowing_sub(borrow as Limb);
        (difference[i], borrow) = (limb, below | below_that);
        i += 1;
    }
    (difference, borrow)
}

/// a * 2^bits mod the modulus, for a below it; for constants.
#[expect(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "const; indices below LIMBS")]
pub(crate) const fn shifted<const LIMBS: usize>(
    a: &[Limb; LIMBS],
    bits: usize,
    modulus: &[Limb; LIMBS],
) -> [Limb; LIMBS] {
    let mut number = *a;
    let mut bit = 0;
    while bit < bits {
        // Twice the number, less the modulus unless it is smaller.
        let (mut double, mut carry, mut i) = ([0; LIMBS], 0, 0);
        while i < LIMBS {
            double[i] = number[i] << 1 | carry;
            carry = number[i] >> (Limb::BITS - 1);
            i += 1;
        }
        let (reduced, is_smaller) = difference(&double, modulus);
        number = if is_smaller && carry == 0 { double } else { reduced };
        bit += 1;
    }
    number
}

/// 1/a modulo 2^(bits of a limb), for an odd a.
pub(crate) const fn inverse<const LIMBS: usize>(a: &[Limb; LIMBS]) -> Limb {
    let lowest = a[0];
    // It is its own inverse mod 2^3, and each step doubles the bits: 6, 12, 24, 48, 96.
    let mut inverse = lowest;
    let mut step = 0_u8;
    while step < 5 {
        inverse = inverse.wrapping_mul(Limb::wrapping_sub(2, lowest.wrapping_mul(inverse)));
        step = step.wrapping_add(1);
    }
    inverse
}

/// Whether the number is odd.
pub(crate) fn is_odd<N: Number>(number: &N) -> bool {
    lowest(number) & 1 == 1
}

/// The least significant limb.
pub(crate) fn lowest<N: Number>(number: &N) -> Limb {
    number.as_ref().first().copied().unwrap_or(0)
}

/// Bit `at` of a number; 0 above the highest limb.
#[inline(always)]
pub(crate) fn bit<N: Number>(number: &N, at: usize) -> bool {
    number.as_ref().get(at / LIMB_BITS).is_some_and(|limb| (limb >> (at % LIMB_BITS)) & 1 == 1)
}
