//! Eight field elements in N registers: lane i of the registers has the limbs of element i. They are in Montgomery form,
//! but for primes that have a faster reduction.
//!
//! R = 2^(52 N). Every limb of an element is below 2^52, because the multiplications drop the bits above silently; so
//! an element is below R. How far above p it may be is bounded where it is computed:
//!
//! * a product of a and b is below a b / R + p, as Montgomery's reduction leaves it: (a b + m p) / R with m < R;
//! * modulo 2^b - c it is below 2^b + 2^(b - 32), for any factors;
//! * a sum or a difference is as large as it is, see [`Sum`](super::Sum).
//!
//! Where R is at least 16 p, a product of two elements below 4p is below 2p, and nothing has to be subtracted between
//! products.
//!
//! A column of a product is a sum of halves of products of limbs, each below 2^52. There are at most 2N of them from
//! one product and 2N from its reduction, and what is carried from the column below: with N at most 16 and four
//! products at a time, less than 2^8 halves in all, so that columns stay below 2^60.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "the loops over limbs have constant bounds, at most N and 2N, and are unrolled"
)]

use core::arch::x86_64::{
    __m512i, __mmask8, _mm_cvtsi32_si128, _mm512_add_epi64, _mm512_and_si512, _mm512_madd52hi_epu64,
    _mm512_madd52lo_epu64, _mm512_mask_blend_epi64, _mm512_permutexvar_epi64, _mm512_set1_epi64,
    _mm512_setzero_si512, _mm512_sll_epi64, _mm512_srl_epi64, _mm512_srli_epi64,
};
use core::marker::PhantomData;

use super::modulus::{place, plus_one};
use super::{LIMB, LIMB_BITS, Modulus, Reduction};

/// Eight numbers modulo that of `M`.
#[derive(Clone, Copy)]
pub(crate) struct Element<M, const N: usize> {
    limbs: [__m512i; N],
    modulus: PhantomData<M>,
}

impl<M: Modulus<N>, const N: usize> Element<M, N> {
    /// The elements with these limbs, which are below 2^52.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(crate) fn new(limbs: [__m512i; N]) -> Self {
        Self { limbs, modulus: PhantomData }
    }

    /// One element in all lanes.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(crate) fn splat(limbs: &[u64; N]) -> Self {
        let mut splat = [_mm512_setzero_si512(); N];
        for (splat, limb) in splat.iter_mut().zip(limbs) {
            *splat = _mm512_set1_epi64(limb.cast_signed());
        }
        Self::new(splat)
    }

    /// Numbers of W words of 64 bits, least significant first; below R.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(crate) fn from_words<const W: usize>(words: &[__m512i; W]) -> Self {
        let mask = _mm512_set1_epi64(LIMB.cast_signed());
        let mut limbs = [_mm512_setzero_si512(); N];
        for (i, limb) in limbs.iter_mut().enumerate() {
            let (word, shift) = place(i);
            if word < W {
                *limb = shifted_down(words[word], shift);
            }
            if word + 1 < W && shift > 64 - LIMB_BITS {
                *limb = _mm512_add_epi64(*limb, shifted_up(words[word + 1], 64 - shift));
            }
            *limb = _mm512_and_si512(*limb, mask);
        }
        Self::new(limbs)
    }

    /// The W lowest words of the numbers as they are, least significant first.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(crate) fn to_words<const W: usize>(self) -> [__m512i; W] {
        let mut words = [_mm512_setzero_si512(); W];
        for i in 0..N {
            let (word, shift) = place(i);
            if word < W {
                // Limbs do not overlap: nothing is carried.
                words[word] = _mm512_add_epi64(words[word], shifted_up(self.limbs[i], shift));
            }
            if word + 1 < W && shift > 64 - LIMB_BITS {
                words[word + 1] = shifted_down(self.limbs[i], 64 - shift);
            }
        }
        words
    }

    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(crate) fn limbs(self) -> [__m512i; N] {
        self.limbs
    }

    /// self * other / R mod p, below self * other / R + p, for factors whose product is below R (R - p); where products
    /// are folded self * other mod p, for any factors.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(crate) fn times(&self, other: &Self) -> Self {
        let mut columns = Columns::zero();
        columns.add_product(self, other);
        columns.reduced()
    }

    /// self * self / R mod p, bounded as a product.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(crate) fn squared(&self) -> Self {
        Columns::of_square(self).reduced()
    }

    /// (a * b + c * d) / R mod p, below (a * b + c * d) / R + p, for a sum that is below R (R - p). One reduction for
    /// both; not where products are folded.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(crate) fn sum_of_products([a, b]: [&Self; 2], [c, d]: [&Self; 2]) -> Self {
        let mut columns = Columns::zero();
        columns.add_product(a, b);
        columns.add_product(c, d);
        columns.reduced()
    }

    /// These, but where the mask has ones `other`.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(crate) fn blend(mut self, mask: __mmask8, other: &Self) -> Self {
        for (limb, &other) in self.limbs.iter_mut().zip(&other.limbs) {
            *limb = _mm512_mask_blend_epi64(mask, *limb, other);
        }
        self
    }

    /// In each lane, the element of the lane whose number is there in `from`.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(crate) fn permuted(mut self, from: __m512i) -> Self {
        for limb in &mut self.limbs {
            *limb = _mm512_permutexvar_epi64(from, *limb);
        }
        self
    }
}

/// The columns of products: sums of the halves of products that lie 52 bits apart, lower and upper ones by themselves, so
/// that a sum waits for fewer before it. Upper halves belong one column above that of their place.
struct Columns<M, const N: usize> {
    lower: [[__m512i; N]; 2],
    upper: [[__m512i; N]; 2],
    modulus: PhantomData<M>,
}

impl<M: Modulus<N>, const N: usize> Columns<M, N> {
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    fn zero() -> Self {
        let zero = [[_mm512_setzero_si512(); N]; 2];
        Self { lower: zero, upper: zero, modulus: PhantomData }
    }

    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    fn add_product(&mut self, a: &Element<M, N>, b: &Element<M, N>) {
        for i in 0..N {
            for j in 0..N {
                self.add(i + j, a.limbs[i], b.limbs[j]);
            }
        }
    }

    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    fn of_square(a: &Element<M, N>) -> Self {
        let mut columns = Self::zero();
        for i in 0..N {
            for j in i + 1..N {
                columns.add(i + j, a.limbs[i], a.limbs[j]);
            }
        }
        // Each pair of different limbs stands for two.
        for half in [columns.lower.as_flattened_mut(), columns.upper.as_flattened_mut()] {
            for column in half {
                *column = _mm512_add_epi64(*column, *column);
            }
        }
        for i in 0..N {
            columns.add(i + i, a.limbs[i], a.limbs[i]);
        }
        columns
    }

    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    fn add(&mut self, at: usize, a: __m512i, b: __m512i) {
        let (lower, upper) = (self.lower.as_flattened_mut(), self.upper.as_flattened_mut());
        lower[at] = _mm512_madd52lo_epu64(lower[at], a, b);
        upper[at] = _mm512_madd52hi_epu64(upper[at], a, b);
    }

    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    fn reduced(mut self) -> Element<M, N> {
        let columns = self.lower.as_flattened_mut();
        for (column, &upper) in columns.iter_mut().skip(1).zip(self.upper.as_flattened()) {
            *column = _mm512_add_epi64(*column, upper);
        }
        match M::REDUCTION {
            Reduction::Montgomery => self.divided(),
            Reduction::Folding { bits, c } => self.folded(bits, c),
        }
    }

    /// R = c 2^k mod p, for 2^k = R / 2^bits; that factor is below 2^10.
    ///
    /// So a column from R up, which is below 2^60, is that many times itself in the column N below: its lower 52 bits give
    /// two halves, and what is above them, below 2^8, less than 2^18. With at most 2^6 halves columns stay below 2^58.
    ///
    /// What reaches R once more is below 2^11: the upper half of a product with the factor, of a column of one half alone.
    /// In units of 2^bits that is below 2^16, as is what the highest column has from 2^bits up, 2^47 of its units or
    /// more. c times both is below 2^22 and goes to the lowest column. Carries are below 2^8 then, so that the highest
    /// limb, with less than 2^bits and a carry, is below 2^bits (1 + 2^-39).
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    fn folded(self, bits: u32, c: u64) -> Element<M, N> {
        let zero = _mm512_setzero_si512();
        let [mut limbs, high] = self.lower;
        let in_highest = bits % LIMB_BITS;
        let factor = _mm512_set1_epi64((c << (LIMB_BITS - in_highest)).cast_signed());
        let mut above = zero;
        for (i, column) in high.into_iter().enumerate() {
            limbs[i] = _mm512_madd52lo_epu64(limbs[i], column, factor);
            let next = limbs.get_mut(i + 1).unwrap_or(&mut above);
            *next = _mm512_madd52hi_epu64(*next, column, factor);
            *next = _mm512_madd52lo_epu64(*next, shifted_down(column, LIMB_BITS), factor);
        }
        let top = _mm512_add_epi64(
            shifted_down(limbs[N - 1], in_highest),
            shifted_up(above, LIMB_BITS - in_highest),
        );
        limbs[N - 1] = _mm512_and_si512(limbs[N - 1], _mm512_set1_epi64((1 << in_highest) - 1));
        limbs[0] = _mm512_madd52lo_epu64(limbs[0], top, _mm512_set1_epi64(c.cast_signed()));
        carried(limbs)
    }

    /// Montgomery's reduction, from the lowest column up.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    fn divided(mut self) -> Element<M, N> {
        let mask = _mm512_set1_epi64(LIMB.cast_signed());
        let columns = self.lower.as_flattened_mut();
        for i in 0..N {
            // m p clears the lowest 52 bits of the column, for m = column * (-1/p). Where p = -1 mod 2^52, m is these
            // bits themselves, and m p is m (p + 1) less them.
            let m = if M::NEGATIVE_INVERSE == 1 {
                _mm512_and_si512(columns[i], mask)
            } else {
                let inverse = _mm512_set1_epi64(M::NEGATIVE_INVERSE.cast_signed());
                let m = _mm512_madd52lo_epu64(_mm512_setzero_si512(), columns[i], inverse);
                let p = _mm512_set1_epi64(M::LIMBS[0].cast_signed());
                columns[i] = _mm512_madd52lo_epu64(columns[i], m, p);
                columns[i + 1] = _mm512_madd52hi_epu64(columns[i + 1], m, p);
                m
            };
            columns[i + 1] = _mm512_add_epi64(columns[i + 1], _mm512_srli_epi64::<LIMB_BITS>(columns[i]));
            for j in 1..N {
                let limb = if M::NEGATIVE_INVERSE == 1 { plus_one(&M::LIMBS, j) } else { M::LIMBS[j] };
                if j == 1 && limb.is_power_of_two() {
                    // The next column waits for this one: shifts take less time than a product.
                    let shift = limb.trailing_zeros();
                    let lower = _mm512_and_si512(shifted_up(columns[i], shift), mask);
                    columns[i + 1] = _mm512_add_epi64(columns[i + 1], lower);
                    columns[i + 2] = _mm512_add_epi64(columns[i + 2], shifted_down(m, LIMB_BITS - shift));
                } else if limb != 0 {
                    let limb = _mm512_set1_epi64(limb.cast_signed());
                    columns[i + j] = _mm512_madd52lo_epu64(columns[i + j], m, limb);
                    columns[i + j + 1] = _mm512_madd52hi_epu64(columns[i + j + 1], m, limb);
                }
            }
        }
        carried(self.lower[1])
    }
}

/// The elements of columns that come to less than R.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn carried<M: Modulus<N>, const N: usize>(mut columns: [__m512i; N]) -> Element<M, N> {
    let mask = _mm512_set1_epi64(LIMB.cast_signed());
    for i in 1..N {
        let carry = _mm512_srli_epi64::<LIMB_BITS>(columns[i - 1]);
        columns[i] = _mm512_add_epi64(columns[i], carry);
        columns[i - 1] = _mm512_and_si512(columns[i - 1], mask);
    }
    Element::new(columns)
}

/// By a constant, once loops are unrolled.
#[target_feature(enable = "avx512f")]
#[inline]
fn shifted_up(vector: __m512i, bits: u32) -> __m512i {
    _mm512_sll_epi64(vector, _mm_cvtsi32_si128(bits.cast_signed()))
}

/// By a constant, once loops are unrolled.
#[target_feature(enable = "avx512f")]
#[inline]
fn shifted_down(vector: __m512i, bits: u32) -> __m512i {
    _mm512_srl_epi64(vector, _mm_cvtsi32_si128(bits.cast_signed()))
}

#[cfg(test)]
mod tests;
