//! The parameters that a curve needs besides for computing in lanes.

use super::super::Curve;
use crate::CacheLine;
use crate::lanes::{Modulus, power_of_two};

/// A curve whose numbers of W words have N limbs of 52 bits in lanes, where R = 2^(52 N) is at least 16 p.
pub(crate) trait LaneCurve<const N: usize, const W: usize>: Curve {
    /// p, in lanes.
    type Prime: Modulus<N>;

    /// p = 2^e - 2^f + ... by exponents and whether the power is subtracted, the highest first; see
    /// [`folded`](super::field::folded). None where R is at least 2^32 p: there is room for sums as they are.
    const FOLDING: Option<&'static [(u32, bool)]>;

    /// As tables have points.
    type Entry<'t>: TableEntry<'t>;

    /// The number in words of 64 bits, least significant first.
    fn from_words(words: [u64; W]) -> Self::Number;

    /// Bits of a number.
    const BITS: usize = 64_usize.wrapping_mul(W);

    /// Bits of R^2 / 2^bits.
    const BITS_OF_UP: usize = 104_usize.wrapping_mul(N).wrapping_sub(Self::BITS);

    /// 2^bits mod p: a factor that turns a Montgomery form for R into one for 2^bits, or divides by R / 2^bits.
    const DOWN: [u64; N] = power_of_two(Self::BITS, &Self::Prime::LIMBS);

    /// R^2 / 2^bits mod p: the factor that multiplies by R / 2^bits.
    const UP: [u64; N] = power_of_two(Self::BITS_OF_UP, &Self::Prime::LIMBS);

    /// Multiples of p that first coordinates are kept below.
    const X_BELOW: i64 = if Self::FOLDING.is_some() { 2 } else { 6 };
}

/// A point of a table, by where it is.
pub(crate) trait TableEntry<'t>: Copy {
    /// The entry at this place, if there is one.
    fn at(lines: &'t [CacheLine], place: usize) -> Option<Self>;

    /// The first eight words of x || y.
    fn line(self) -> &'t CacheLine;

    /// The words of x || y after these, if there are any.
    fn rest(self) -> Option<&'t [u64; 4]>;

    /// Begins to load it.
    fn prefetch(self);
}
