//! The digits of the joint sparse form.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

extern crate std;

use num_bigint::BigInt;
use proptest::prelude::*;
use std::vec::Vec;

use super::{Digit, JointSparseForm, Scalar, Sign};

fn value(digit: Digit) -> i32 {
    match digit {
        None => 0,
        Some(Sign::Plus) => 1,
        Some(Sign::Minus) => -1,
    }
}

fn assert_form(a: [u8; 32], b: [u8; 32]) {
    let scalars = [Scalar::reduced(&a), Scalar::reduced(&b)];
    let pairs: Vec<_> = JointSparseForm::new(&scalars[0], &scalars[1]).pairs().collect();
    let sum = |digit: fn(&(Digit, Digit)) -> Digit| {
        pairs.iter().fold(BigInt::ZERO, |sum, pair| sum * 2 + value(digit(pair)))
    };
    let number = |scalar: &Scalar| {
        let words = super::number::to_words(scalar.number());
        words.iter().rev().fold(BigInt::ZERO, |number, word| (number << 64_u8) + *word)
    };
    assert_eq!([sum(|pair| pair.0), sum(|pair| pair.1)], [number(&scalars[0]), number(&scalars[1])]);
    // What makes it sparse: of three pairs side by side one at least is (0, 0).
    assert!(pairs.windows(3).all(|three| three.contains(&(None, None))), "{a:x?} {b:x?}");
}

#[test]
fn edges() {
    let mut edges: Vec<[u8; 32]> = [0, 1, 3, 5, 0x55, 0xaa, 0xff].map(|octet| [octet; 32]).into();
    edges.extend((0..256).step_by(15).map(|bit| {
        let mut octets = [0; 32];
        octets[bit / 8] = 1 << (bit % 8);
        octets
    }));
    for a in &edges {
        for b in &edges {
            assert_form(*a, *b);
        }
    }
}

proptest! {
    #[test]
    fn any_pair(a in any::<[u8; 32]>(), b in any::<[u8; 32]>()) {
        assert_form(a, b);
    }
}
