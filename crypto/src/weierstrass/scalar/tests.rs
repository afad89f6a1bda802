//! Scalars against num-bigint.
#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used)]

extern crate std;

use num_bigint::BigUint;
use proptest::prelude::*;
use std::vec::Vec;

use super::super::oracle::{Oracle, P256, P384, bytes, end, near, number, power_of_two, value};
use super::{Scalar, montgomery_product};
use crate::number::Number;
use crate::patterns;

fn edges<C: Oracle>() -> Vec<BigUint> {
    let (one, n) = (BigUint::from(1_u8), C::n());
    let mut edges = Vec::new();
    for distance in 0_u8..4 {
        edges.extend([BigUint::from(distance), &n - distance, &n + distance, &n / 2_u8 - distance]);
        edges.push(end::<C>() - 1_u8 - distance);
    }
    edges.extend(
        (0..C::Number::LEN).flat_map(|byte| [power_of_two(8 * byte), power_of_two(8 * byte + 8) - &one]),
    );
    edges
}

fn assert_scalars<C: Oracle>(a: &BigUint, b: &BigUint) {
    let (n, zero) = (C::n(), BigUint::ZERO);
    let reduced = Scalar::<C>::reduced(&bytes::<C>(a)).unwrap();
    assert_eq!(value(reduced.number()), a % &n, "{a:x}");
    let nonzero = Scalar::<C>::nonzero(&bytes::<C>(a));
    assert_eq!(nonzero.map(|scalar| value(scalar.number())), (a != &zero && a < &n).then(|| a.clone()));
    let divisor = Scalar::<C>::reduced(&bytes::<C>(b)).unwrap();
    let quotients = Scalar::divide([&reduced, &divisor], &divisor).map(|scalar| value(scalar.number()));
    let inverse = (b % &n).modpow(&(&n - 2_u8), &n);
    let one = if b % &n == zero { zero } else { BigUint::from(1_u8) };
    assert_eq!(quotients, [a * inverse % &n, one], "{a:x} {b:x}");
}

fn assert_edges_by_edges<C: Oracle>() {
    for a in edges::<C>() {
        for b in edges::<C>() {
            assert_scalars::<C>(&a, &b);
        }
    }
}

#[test]
fn edges_by_edges() {
    assert_edges_by_edges::<P256>();
    assert_edges_by_edges::<P384>();
}

/// All products, and every number as a dividend and as a divisor.
fn assert_every_pair<C: Oracle>() {
    let n = C::n();
    let table = patterns::table(u32::try_from(C::Number::BITS).unwrap_or(0), 32, &n);
    let r_inverse = end::<C>().modpow(&(&n - 2_u8), &n);
    for a in &table {
        assert_scalars::<C>(a, &(&n - 2_u8));
        assert_scalars::<C>(&(&n - 2_u8), a);
    }
    // Only numbers below n are factors.
    let below_n: Vec<_> = table.into_iter().filter(|number| number < &n).collect();
    patterns::pairs(&below_n, |a, b| {
        let product = montgomery_product::<C>(&number::<C>(a), &number::<C>(b));
        assert!(product.0 == number::<C>(&(a * b * &r_inverse % &n)), "{a:x} {b:x}");
    });
}

#[test]
fn every_pair_of_p256() {
    assert_every_pair::<P256>();
}

#[test]
fn every_pair_of_p384() {
    assert_every_pair::<P384>();
}

fn assert_lengths<C: Oracle>() {
    for len in 0..2 * C::Number::LEN {
        let bytes = std::vec![1; len];
        assert_eq!(Scalar::<C>::reduced(&bytes).is_some(), len == C::Number::LEN, "{len}");
        assert_eq!(Scalar::<C>::nonzero(&bytes).is_some(), len == C::Number::LEN, "{len}");
    }
}

#[test]
fn other_lengths() {
    assert_lengths::<P256>();
    assert_lengths::<P384>();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_numbers(a: [u64; 6], b: [u64; 6]) {
        assert_scalars::<P256>(&near::<P256>(&[], &a, 0), &near::<P256>(&[], &b, 0));
        assert_scalars::<P384>(&near::<P384>(&[], &a, 0), &near::<P384>(&[], &b, 0));
    }
}
