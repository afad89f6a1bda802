//! What stands for `simd` where there is none: the portable arithmetic.

use super::montgomery::Modulus;
use crate::Word;

#[inline]
pub(super) fn power(
    modulus: &Modulus<'_>,
    base: &[u8],
    exponent: Word,
    rr: &[Word],
    power: &mut [Word],
    wide: &mut [Word],
) {
    modulus.power(base, exponent, rr, power, wide);
}
