//! The digits of the joint sparse form.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

extern crate std;

use num_bigint::BigInt;
use proptest::prelude::*;
use std::vec::Vec;

use super::super::oracle::{Oracle, P256, P384, value};
use super::{Digit, JointSparseForm, Scalar, Sign};
use crate::number::Number;

fn digit_value(digit: Digit) -> i32 {
    match digit {
        None => 0,
        Some(Sign::Plus) => 1,
        Some(Sign::Minus) => -1,
    }
}

/// As many bytes of both as a scalar has.
fn assert_form<C: Oracle>(a: &[u8], b: &[u8]) {
    let scalars = [a, b].map(|bytes| Scalar::<C>::reduced(&bytes[..C::Number::LEN]).unwrap());
    let pairs: Vec<_> = JointSparseForm::new(&scalars[0], &scalars[1]).pairs().collect();
    let sum = |digit: fn(&(Digit, Digit)) -> Digit| {
        pairs.iter().fold(BigInt::ZERO, |sum, pair| sum * 2 + digit_value(digit(pair)))
    };
    let numbers = scalars.map(|scalar| BigInt::from(value(scalar.number())));
    assert_eq!([sum(|pair| pair.0), sum(|pair| pair.1)], numbers);
    // What makes it sparse: of three pairs side by side one at least is (0, 0).
    assert!(pairs.windows(3).all(|three| three.contains(&(None, None))), "{a:x?} {b:x?}");
}

#[test]
fn edges() {
    let mut edges: Vec<[u8; 48]> = [0, 1, 3, 5, 0x55, 0xaa, 0xff].map(|byte| [byte; 48]).into();
    edges.extend((0..384).step_by(15).map(|bit| {
        let mut bytes = [0; 48];
        bytes[bit / 8] = 1 << (bit % 8);
        bytes
    }));
    for a in &edges {
        for b in &edges {
            assert_form::<P256>(a, b);
            assert_form::<P384>(a, b);
        }
    }
}

proptest! {
    #[test]
    fn any_pair(a in prop::collection::vec(any::<u8>(), 48), b in prop::collection::vec(any::<u8>(), 48)) {
        assert_form::<P256>(&a, &b);
        assert_form::<P384>(&a, &b);
    }
}
