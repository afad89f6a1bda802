//! Elements of the field of p in eight lanes: R = 2^260, which is more than 16 p.

use core::arch::x86_64::{
    _mm512_add_epi64, _mm512_set1_epi64, _mm512_slli_epi64, _mm512_srai_epi64, _mm512_sub_epi64,
};

use crate::lanes::{self, Element, Modulus, limbs_of};

/// p = 2^256 - 2^224 + 2^192 + 2^96 - 1.
#[derive(Clone, Copy)]
pub(super) struct P;

impl Modulus<5> for P {
    const LIMBS: [u64; 5] = limbs_of(&[u64::MAX, 0xffff_ffff, 0, 0xffff_ffff_0000_0001]);
}

/// Eight elements. What is said of them in multiples of p is the most that they may be.
pub(super) type Field = Element<P, 5>;

/// A sum of elements that is not carried yet.
pub(super) type Sum = lanes::Sum<P, 5>;

/// 2^256 mod p: a factor that divides by 16, and that turns a Montgomery form for R into one for 2^256.
///
/// It is below 2^224. So the products of elements below 4p with it are below p + 2^222, which is below 2^256.
pub(super) const SIXTEENTH: [u64; 5] = limbs_of(&[1, 0xffff_ffff_0000_0000, u64::MAX, 0x0000_0000_ffff_fffe]);

/// 2^264 mod p: the factor that multiplies by 16.
pub(super) const SIXTEEN: [u64; 5] =
    limbs_of(&[0x100, 0xffff_ff00_0000_0000, u64::MAX, 0x0000_00ff_ffff_feff]);

/// The elements, below p + 2^228, of sums of at most eight elements and multiples of p, in 0..8p.
///
/// All limbs but the highest, t, are below 2^55 in size, and come to less than 2^212 together, 16 of t's units. So
/// with q = floor((t - 16) / 2^48), the sum less q 2^256 is in 0..2^256 + 2^213. Less q p it is larger by
/// q (2^256 - p), which is below 2^227, or, for q = -1, below p + 2^213.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
pub(super) fn folded(mut sum: Sum) -> Field {
    let [l0, l1, _, l3, l4] = sum.limbs_mut();
    let q = _mm512_srai_epi64::<48>(_mm512_sub_epi64(*l4, _mm512_set1_epi64(16)));
    // q p = q 2^256 - q 2^224 + q 2^192 + q 2^96 - q; the limbs begin at 2^0, 2^52, 2^156 and 2^208.
    *l0 = _mm512_add_epi64(*l0, q);
    *l1 = _mm512_sub_epi64(*l1, _mm512_slli_epi64::<44>(q));
    *l3 = _mm512_sub_epi64(*l3, _mm512_slli_epi64::<36>(q));
    let of_highest = _mm512_sub_epi64(_mm512_slli_epi64::<48>(q), _mm512_slli_epi64::<16>(q));
    *l4 = _mm512_sub_epi64(*l4, of_highest);
    sum.carried()
}

#[cfg(test)]
#[path = "field_tests.rs"]
mod tests;
