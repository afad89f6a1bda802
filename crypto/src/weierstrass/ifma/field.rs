//! Elements of the field of p in eight lanes: R = 2^(52 N), which is at least 16 p.

use core::arch::x86_64::{
    __m512i, _mm_cvtsi32_si128, _mm512_add_epi64, _mm512_set1_epi64, _mm512_sll_epi64, _mm512_srai_epi64,
    _mm512_sub_epi64,
};

use super::LaneCurve;
use crate::lanes;

/// Eight elements. What is said of them in multiples of p is the most that they may be.
pub(super) type Field<C, const N: usize, const W: usize> = lanes::Element<<C as LaneCurve<N, W>>::Prime, N>;

/// A sum of elements that is not carried yet.
pub(super) type Sum<C, const N: usize, const W: usize> = lanes::Sum<<C as LaneCurve<N, W>>::Prime, N>;

/// Bits of the highest limb below 2^256, where sums are folded: five limbs.
const IN_HIGHEST: u32 = 48;

/// The elements of sums of at most eight elements and multiples of p, in 0..8p; for curves with a
/// [`FOLDING`](LaneCurve::FOLDING) below p + 2^228.
///
/// All limbs but the highest, t, are below 2^55 in size, and come to less than 2^212 together, 16 of t's units. So
/// with q = floor((t - 16) / 2^48), the sum less q 2^256 is in 0..2^256 + 2^213. Less q p it is larger by
/// q (2^256 - p), which is below 2^227, or, for q = -1, below p + 2^213.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
pub(super) fn folded<C: LaneCurve<N, W>, const N: usize, const W: usize>(
    mut sum: Sum<C, N, W>,
) -> Field<C, N, W> {
    if let Some(powers) = C::FOLDING {
        const { assert!(C::FOLDING.is_none() || (N == 5 && W == 4)) };
        let limbs = sum.limbs_mut();
        let Some(highest) = limbs.last() else { return sum.carried() };
        let q = _mm512_srai_epi64::<IN_HIGHEST>(_mm512_sub_epi64(*highest, _mm512_set1_epi64(16)));
        for &(exponent, is_subtracted) in powers {
            // The limbs begin at 2^0, 2^52, 2^104, 2^156 and 2^208.
            let at = usize::try_from((exponent / 52).min(4)).unwrap_or(0);
            let Some(limb) = limbs.get_mut(at) else { continue };
            let of_q = shifted_up(q, exponent.wrapping_sub(52_u32.wrapping_mul((exponent / 52).min(4))));
            // Less q p.
            *limb = if is_subtracted { _mm512_add_epi64(*limb, of_q) } else { _mm512_sub_epi64(*limb, of_q) };
        }
    }
    sum.carried()
}

/// By a constant, once the loop is unrolled.
#[target_feature(enable = "avx512f")]
#[inline]
fn shifted_up(vector: __m512i, bits: u32) -> __m512i {
    _mm512_sll_epi64(vector, _mm_cvtsi32_si128(bits.cast_signed()))
}

#[cfg(test)]
mod tests;
