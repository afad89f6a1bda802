//! What signatures come to before any point is looked at, eight at a time.

use core::arch::x86_64::{__m512i, _mm512_set_epi64};

use super::super::scalar::Scalar;
use super::super::verification::Numbers;
use super::LaneCurve;
use super::terms::rows;
use crate::CacheLine;
use crate::lanes::{self, Element, LANES, limbs_of};
use crate::number;

type Scalars<C, const N: usize, const W: usize> = Element<<C as LaneCurve<N, W>>::Order, N>;

/// e/s and r/s for each of eight; no s is 0.
///
/// There is one inversion, of the product of all s. The inverse of one is that of the product, times the product of all
/// others, which are at hand from the tree of products that led to it.
///
/// Every product of two numbers below 2n is below 2n: 4 n^2 / R + n, with R above 16 n.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline(never)]
pub(super) fn divide<C: LaneCurve<N, W>, const N: usize, const W: usize>(
    numbers: &[Numbers<C>; LANES],
) -> [[Scalar<C>; 2]; LANES] {
    let e = in_lanes::<C, N, W>(numbers.each_ref().map(|numbers| numbers.e));
    let r = in_lanes::<C, N, W>(numbers.each_ref().map(|numbers| numbers.r));
    let s = in_lanes::<C, N, W>(numbers.each_ref().map(|numbers| numbers.s));
    let inverse = inverses::<C, N, W>(&s);
    let [u1, u2] = [e, r].map(|a| rows::<W>(a.times(&inverse).reduced_once().to_words()));
    let mut quotients = [[Scalar::ZERO; 2]; LANES];
    for ((quotients, u1), u2) in quotients.iter_mut().zip(u1).zip(u2) {
        *quotients = [u1, u2].map(|words| Scalar::below_n(C::from_words(words)));
    }
    quotients
}

/// Each in its lane.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn in_lanes<C: LaneCurve<N, W>, const N: usize, const W: usize>(
    scalars: [Scalar<C>; LANES],
) -> Scalars<C, N, W> {
    let lines = scalars.map(|scalar| {
        let mut line = CacheLine::EMPTY;
        for (word, next) in line.0.iter_mut().zip(number::words(scalar.number())) {
            *word = next;
        }
        lanes::load(&line)
    });
    let mut words = [lines[0]; W];
    for (word, column) in words.iter_mut().zip(lanes::transposed(lines)) {
        *word = column;
    }
    Scalars::<C, N, W>::from_words(&words)
}

/// R/x, below 2n.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn inverses<C: LaneCurve<N, W>, const N: usize, const W: usize>(x: &Scalars<C, N, W>) -> Scalars<C, N, W> {
    // Over R, R^3 and R^7: the products of two, four and eight.
    let (partners, of_two) = with_partners::<C, N, W>(x, _mm512_set_epi64(3, 2, 1, 0, 7, 6, 5, 4));
    let (pairs, of_four) = with_partners::<C, N, W>(&of_two, _mm512_set_epi64(5, 4, 7, 6, 1, 0, 3, 2));
    let (fours, of_eight) = with_partners::<C, N, W>(&of_four, _mm512_set_epi64(6, 7, 4, 5, 2, 3, 0, 1));
    let [product, ..] = rows::<W>(of_eight.reduced_once().to_words());
    let inverse = C::quotient_modulo_n(&C::PARAMETERS.one_modulo_n, &C::from_words(product));
    let inverse = Scalars::<C, N, W>::splat(&limbs_of(&number::to_words::<_, W>(&inverse)));
    // R^8 over the product of all; the others are over R^6.
    let inverse = inverse.times(&Scalars::<C, N, W>::splat(&C::UP_MODULO_N));
    partners.times(&pairs).times(&fours).times(&inverse)
}

/// The numbers of the lanes `partners`, and the products with them.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn with_partners<C: LaneCurve<N, W>, const N: usize, const W: usize>(
    numbers: &Scalars<C, N, W>,
    partners: __m512i,
) -> (Scalars<C, N, W>, Scalars<C, N, W>) {
    let of_partners = numbers.permuted(partners);
    (of_partners, numbers.times(&of_partners))
}

#[cfg(test)]
mod tests;
