//! What signatures come to before any point is looked at, eight at a time.

use core::arch::x86_64::{__m512i, _mm512_set_epi64, _mm512_setzero_si512};

use super::super::number::{self, Number};
use super::super::scalar::{self, Scalar};
use crate::CacheLine;
use crate::lanes::{self, Element, LANES, Modulus, limbs_of};

/// The order n of the group.
#[derive(Clone, Copy)]
struct Order;

impl Modulus<5> for Order {
    const LIMBS: [u64; 5] = limbs_of(&[
        0xf3b9_cac2_fc63_2551,
        0xbce6_faad_a717_9e84,
        0xffff_ffff_ffff_ffff,
        0xffff_ffff_0000_0000,
    ]);
}

type Scalars = Element<Order, 5>;

/// R = 2^260 mod n.
const R: Number =
    number::from_words([0xc463_53d0_39cd_aaf0, 0x3190_5525_8e86_17b0, 4, 0x0000_000f_ffff_fff0]);

/// The numbers of one signature.
#[derive(Clone, Copy)]
pub(super) struct Fraction {
    pub(super) numerators: [Scalar; 2],
    /// Not 0.
    pub(super) denominator: Scalar,
}

/// (a/x, b/x) for each of eight.
///
/// There is one inversion, of the product of all x. The inverse of one is that of the product, times the product of all
/// others, which are at hand from the tree of products that led to it.
///
/// Every product of two numbers below 2n is below 2n: 4 n^2 / R + n, with R above 16 n.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline(never)]
pub(super) fn divide(fractions: &[Fraction; LANES]) -> [[Scalar; 2]; LANES] {
    let zero = _mm512_setzero_si512();
    let (mut numerators, mut denominators) = ([zero; LANES], [zero; LANES]);
    for (at, fraction) in fractions.iter().enumerate() {
        let [a, b] = fraction.numerators.each_ref().map(|scalar| number::to_words(scalar.number()));
        let x = number::to_words(fraction.denominator.number());
        if let (Some(of_a_b), Some(of_x)) = (numerators.get_mut(at), denominators.get_mut(at)) {
            *of_a_b = lanes::load(&row(a, b));
            *of_x = lanes::load(&row(x, [0; 4]));
        }
    }
    let [a0, a1, a2, a3, b0, b1, b2, b3] = lanes::transposed(numerators);
    let [x0, x1, x2, x3, ..] = lanes::transposed(denominators);
    let (a, b) = (Scalars::from_words(&[a0, a1, a2, a3]), Scalars::from_words(&[b0, b1, b2, b3]));
    let inverse = inverses(&Scalars::from_words(&[x0, x1, x2, x3]));
    let [a0, a1, a2, a3] = a.times(&inverse).reduced_once().to_words();
    let [b0, b1, b2, b3] = b.times(&inverse).reduced_once().to_words();
    let rows = lanes::rows(&lanes::transposed([a0, a1, a2, a3, b0, b1, b2, b3]));
    rows.map(|CacheLine([a0, a1, a2, a3, b0, b1, b2, b3])| {
        [[a0, a1, a2, a3], [b0, b1, b2, b3]].map(|words| Scalar::below_n(number::from_words(words)))
    })
}

/// R/x, below 2n.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn inverses(x: &Scalars) -> Scalars {
    // Over R, R^3 and R^7: the products of two, four and eight.
    let (partners, of_two) = with_partners(x, _mm512_set_epi64(3, 2, 1, 0, 7, 6, 5, 4));
    let (pairs, of_four) = with_partners(&of_two, _mm512_set_epi64(5, 4, 7, 6, 1, 0, 3, 2));
    let (fours, of_eight) = with_partners(&of_four, _mm512_set_epi64(6, 7, 4, 5, 2, 3, 0, 1));
    let product = of_eight.reduced_once();
    let [x0, x1, x2, x3] = product.to_words();
    let zero = _mm512_setzero_si512();
    let [CacheLine([x0, x1, x2, x3, ..]), ..] =
        lanes::rows(&lanes::transposed([x0, x1, x2, x3, zero, zero, zero, zero]));
    // R^8 over the product of all; the others are over R^6.
    let inverse = number::to_words(&scalar::quotient(&R, &number::from_words([x0, x1, x2, x3])));
    let inverse = Scalars::splat(&limbs_of(&inverse));
    partners.times(&pairs).times(&fours).times(&inverse)
}

/// The numbers of the lanes `partners`, and the products with them.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn with_partners(numbers: &Scalars, partners: __m512i) -> (Scalars, Scalars) {
    let of_partners = numbers.permuted(partners);
    (of_partners, numbers.times(&of_partners))
}

fn row([a0, a1, a2, a3]: [u64; 4], [b0, b1, b2, b3]: [u64; 4]) -> CacheLine {
    CacheLine([a0, a1, a2, a3, b0, b1, b2, b3])
}

#[cfg(test)]
#[path = "scalars_tests.rs"]
mod tests;
