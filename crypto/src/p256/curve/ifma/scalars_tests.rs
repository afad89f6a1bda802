//! Eight divisions at once against one by one.
#![allow(unsafe_code, clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

extern crate std;

use num_bigint::BigUint;
use proptest::prelude::*;
use std::eprintln;

use super::super::super::number::{self, from_words};
use super::super::super::scalar::{N, Scalar};
use super::{Fraction, LANES, Modulus, Order, R, divide};
use crate::backend::Ifma;
use crate::lanes::limbs_of;

fn check(fractions: &[Fraction; LANES]) {
    if Ifma::detected().is_none() {
        eprintln!("SKIPPED: this processor has no AVX-512 IFMA");
        return;
    }
    // SAFETY: the processor has the instructions, as was just asked.
    let quotients = unsafe { divide(fractions) };
    for (fraction, quotients) in fractions.iter().zip(quotients) {
        let Fraction { numerators: [a, b], denominator } = fraction;
        let expected = Scalar::divide([a, b], denominator).map(|scalar| *scalar.number());
        assert_eq!(quotients.map(|scalar| *scalar.number()), expected);
    }
}

fn scalar(octets: &[u8; 32]) -> Scalar {
    Scalar::reduced(octets)
}

/// 1 for 0.
fn nonzero(octets: &[u8; 32]) -> Scalar {
    let one = Scalar::below_n(from_words([1, 0, 0, 0]));
    let scalar = scalar(octets);
    if number::to_words(scalar.number()) == [0; 4] { one } else { scalar }
}

#[test]
fn constants() {
    assert_eq!(Order::LIMBS, limbs_of(&number::to_words(&N)));
    let value = |number| {
        let words = number::to_words(number);
        words.iter().rev().fold(BigUint::ZERO, |value, word| (value << 64_u8) + *word)
    };
    assert_eq!(value(&R), (BigUint::from(1_u8) << 260_u16) % value(&N));
}

#[test]
fn edges() {
    let mut least = [0; 32];
    least[31] = 1;
    // n - 1, n - 2: n itself is reduced to 0.
    let largest = [
        0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa,
        0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x50,
    ];
    let edges = [[0; 32], least, [0x55; 32], [0xaa; 32], [0xff; 32], largest, [1; 32], [0x80; 32]];
    for shift in 0..8 {
        let at = |lane: usize| &edges[lane % 8];
        check(&std::array::from_fn(|lane| Fraction {
            numerators: [scalar(at(lane)), scalar(at(lane + shift))],
            denominator: nonzero(at(lane + 2 * shift + 1)),
        }));
        check(&std::array::from_fn(|lane| Fraction {
            numerators: [scalar(at(lane)), scalar(at(lane + shift))],
            denominator: nonzero(at(shift)),
        }));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_fractions(octets in any::<[[[u8; 32]; 3]; LANES]>()) {
        check(&octets.map(|[a, b, x]| Fraction { numerators: [scalar(&a), scalar(&b)], denominator: nonzero(&x) }));
    }
}
