//! The field against num-bigint, for any numbers below 2^256 and most of all for those at the edges.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

extern crate std;

use num_bigint::BigUint;
use proptest::prelude::*;
use std::vec::Vec;

use super::super::number;
use super::{Arithmetic, Called, Element, Inlined};

fn power_of_two(bits: u32) -> BigUint {
    BigUint::from(1_u8) << bits
}

fn p() -> BigUint {
    power_of_two(255) - 19_u8
}

/// The number modulo 2^256, as an element: not always below p.
fn element(number: &BigUint) -> Element {
    let mut octets = (number % power_of_two(256)).to_bytes_le();
    octets.resize(32, 0);
    Element::from_number(number::from_le(&octets.try_into().unwrap()))
}

/// The number that the element is kept as.
fn raw(element: &Element) -> BigUint {
    BigUint::from_bytes_le(&number::to_le(&element.0))
}

fn value(element: &Element) -> BigUint {
    BigUint::from_bytes_le(&number::to_le(&element.to_number()))
}

/// Near 0, p, 2 p, 2^256 and the limits of limbs, and numbers whose limbs are all alike.
fn edges() -> Vec<BigUint> {
    let mut centres: Vec<BigUint> = (0..=8).map(|limb| power_of_two(32 * limb)).collect();
    centres.extend([p(), p() * 2_u8, &p() >> 1_u8, power_of_two(255), 19_u8.into(), 38_u8.into()]);
    centres.extend([power_of_two(256) - power_of_two(64), power_of_two(256) - power_of_two(192)]);
    let mut edges = Vec::new();
    for centre in centres {
        for distance in 0_u8..3 {
            edges.push((&centre + distance) % power_of_two(256));
            edges.push((power_of_two(256) + &centre - distance) % power_of_two(256));
        }
    }
    edges.extend([1_u8, 0x55, 0x7f, 0x80, 0xaa, 0xfe].map(|octet| BigUint::from_bytes_le(&[octet; 32])));
    edges
}

fn assert_with<A: Arithmetic>(a: &BigUint, b: &BigUint) {
    let (x, y, p) = (element(a), element(b), p());
    assert_eq!(raw(&A::mul(&x, &y)) % &p, a * b % &p, "{a:x} * {b:x}");
    assert_eq!(raw(&A::square(&x)) % &p, a * a % &p, "{a:x} ^ 2");
    assert_eq!(raw(&A::add(&x, &y)) % &p, (a + b) % &p, "{a:x} + {b:x}");
    assert_eq!(raw(&A::sub(&x, &y)) % &p, (a + &p * 4_u8 - b) % &p, "{a:x} - {b:x}");
}

fn assert_operations(a: &BigUint, b: &BigUint) {
    assert_with::<Called>(a, b);
    assert_with::<Inlined>(a, b);
    let (x, y, p) = (element(a), element(b), p());
    assert_eq!(x.is_canonical(), a < &p, "{a:x}");
    assert_eq!(x.is_zero(), a % &p == BigUint::ZERO, "{a:x}");
    assert_eq!(x.is_odd(), (a % &p).bit(0), "{a:x}");
    assert_eq!(x.equals(&y), a % &p == b % &p, "{a:x} {b:x}");
    assert_eq!(value(&x), a % &p, "{a:x}");
    assert_eq!(raw(&x.canonical()), a % &p, "{a:x}");
    assert_eq!(value(&x.canonical().negated_if(true)), (&p - a % &p) % &p, "-{a:x}");
    assert_eq!(raw(&x.canonical().negated_if(false)), a % &p, "{a:x}");
}

fn assert_division(a: &BigUint, b: &BigUint) {
    let (x, y, p) = (element(a), element(b), p());
    let quotient = (b % &p).modinv(&p).map_or(BigUint::ZERO, |inverse| a * inverse % &p);
    assert_eq!(value(&x.divided_by(&y)), quotient, "{a:x} / {b:x}");
    let is_square = quotient.modpow(&(&p >> 1_u8), &p) <= BigUint::from(1_u8);
    match Element::root_of_ratio(&x, &y) {
        Some(root) => assert_eq!(value(&root).pow(2) % &p, quotient, "{a:x} / {b:x}"),
        None => assert!(!is_square, "{a:x} / {b:x}"),
    }
}

#[test]
fn edges_of_all_operations() {
    let edges = edges();
    for a in &edges {
        for b in &edges {
            assert_operations(a, b);
        }
    }
}

#[test]
fn edges_of_division() {
    let edges = edges();
    for a in edges.iter().step_by(7) {
        for b in &edges {
            assert_division(a, b);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_numbers(a: [u8; 32], b: [u8; 32]) {
        assert_operations(&BigUint::from_bytes_le(&a), &BigUint::from_bytes_le(&b));
    }

    /// Runs of equal bits, which carry further than random ones do.
    #[test]
    fn long_carries(runs in prop::collection::vec((any::<bool>(), 1_u32..80), 1..12)) {
        let number = runs.iter().fold(BigUint::ZERO, |number, &(ones, len)| {
            (number << len) + if ones { power_of_two(len) - 1_u8 } else { BigUint::ZERO }
        }) % power_of_two(256);
        for other in [&number, &p(), &(power_of_two(256) - 1_u8), &(power_of_two(256) - 1_u8 - &number)] {
            assert_operations(&number, other);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_quotients(a: [u8; 32], b: [u8; 32]) {
        assert_division(&BigUint::from_bytes_le(&a), &BigUint::from_bytes_le(&b));
    }
}
