//! Sums and differences of elements, limb by limb, before anything is carried.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "the loops over limbs have constant bounds, at most N, and are unrolled"
)]

use core::arch::x86_64::{
    __m512i, __mmask8, _mm512_add_epi64, _mm512_and_si512, _mm512_mask_sub_epi64, _mm512_set1_epi64,
    _mm512_setzero_si512, _mm512_srai_epi64, _mm512_sub_epi64,
};
use core::marker::PhantomData;

use super::{Element, LIMB, LIMB_BITS, Modulus};

/// Eight sums. Their limbs have signs.
///
/// Of at most 2^8 elements and multiples of p: every limb is below 2^60 in size, and so is what is carried.
#[derive(Clone, Copy)]
pub(crate) struct Sum<M, const N: usize> {
    limbs: [__m512i; N],
    modulus: PhantomData<M>,
}

impl<M: Modulus<N>, const N: usize> Sum<M, N> {
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(crate) fn of(element: &Element<M, N>) -> Self {
        Self { limbs: element.limbs(), modulus: PhantomData }
    }

    /// `multiple` times p.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(crate) fn of_modulus(multiple: i64) -> Self {
        let mut limbs = [_mm512_setzero_si512(); N];
        for (limb, p) in limbs.iter_mut().zip(M::LIMBS) {
            *limb = _mm512_set1_epi64(p.cast_signed() * multiple);
        }
        Self { limbs, modulus: PhantomData }
    }

    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(crate) fn plus(mut self, other: &Element<M, N>) -> Self {
        for (limb, other) in self.limbs.iter_mut().zip(other.limbs()) {
            *limb = _mm512_add_epi64(*limb, other);
        }
        self
    }

    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(crate) fn minus(mut self, other: &Element<M, N>) -> Self {
        for (limb, other) in self.limbs.iter_mut().zip(other.limbs()) {
            *limb = _mm512_sub_epi64(*limb, other);
        }
        self
    }

    /// Plus `multiple` times p.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(crate) fn plus_modulus(mut self, multiple: i64) -> Self {
        for (limb, other) in self.limbs.iter_mut().zip(Self::of_modulus(multiple).limbs) {
            *limb = _mm512_add_epi64(*limb, other);
        }
        self
    }

    /// Where the mask has ones `multiple` times p less the sum.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(crate) fn negated_where(mut self, mask: __mmask8, multiple: i64) -> Self {
        for (limb, other) in self.limbs.iter_mut().zip(Self::of_modulus(multiple).limbs) {
            *limb = _mm512_mask_sub_epi64(*limb, mask, other, *limb);
        }
        self
    }

    /// Limbs with signs, as they are.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(crate) fn limbs_mut(&mut self) -> &mut [__m512i; N] {
        &mut self.limbs
    }

    /// The elements, for sums in 0..R.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(crate) fn carried(mut self) -> Element<M, N> {
        self.carry();
        Element::new(self.limbs)
    }

    /// All limbs but the highest come into 0..2^52.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    fn carry(&mut self) {
        let mask = _mm512_set1_epi64(LIMB.cast_signed());
        for i in 1..N {
            let carry = _mm512_srai_epi64::<LIMB_BITS>(self.limbs[i - 1]);
            self.limbs[i] = _mm512_add_epi64(self.limbs[i], carry);
            self.limbs[i - 1] = _mm512_and_si512(self.limbs[i - 1], mask);
        }
    }
}
