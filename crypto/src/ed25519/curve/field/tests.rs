//! The field against num-bigint, for any numbers below 2^256 and most of all for those at the edges.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

extern crate std;

use num_bigint::BigUint;
use proptest::prelude::*;
use std::vec::Vec;

use super::{Arithmetic, Called, Element, Inlined};
use crate::Backend;
use crate::backend::dispatch::{self, Computation};
use crate::number;
use crate::patterns::{self, power_of_two};

fn p() -> BigUint {
    power_of_two(255) - 19_u8
}

/// The number modulo 2^256, as an element: not always below p.
fn element(number: &BigUint) -> Element {
    let mut bytes = (number % power_of_two(256)).to_bytes_le();
    bytes.resize(32, 0);
    Element::from_number(number::from_le(&bytes.try_into().unwrap()))
}

/// The number that the element is kept as.
fn raw(element: &Element) -> BigUint {
    BigUint::from_bytes_le(&number::to_le(&element.0))
}

fn value(element: &Element) -> BigUint {
    BigUint::from_bytes_le(&number::to_le(&element.to_number()))
}

fn edges() -> Vec<BigUint> {
    let mut edges = patterns::table(256, 32, &p());
    edges.extend(carries_of_38());
    edges
}

/// What reduction multiplies by 38 carries from limb to limb only where the products of limbs end just below 2^64: the
/// number whose multiple does so in every limb, doubled, for its product with 2^255, and the root of it times 2^256.
fn carries_of_38() -> [BigUint; 2] {
    let just_below = |multiple: u8| (BigUint::from(multiple) * power_of_two(64) - 1_u8) / 38_u8;
    let limbs = [power_of_two(64) - 1_u8, just_below(37), just_below(37), just_below(18)];
    let number = limbs.iter().rev().fold(BigUint::ZERO, |number, limb| (number << 64_u8) + limb);
    [&number << 1_u8, ((number + 1_u8) << 256_u16).sqrt()]
}

/// Product, square, sum and difference, inlined into what is compiled for a backend.
struct Operations(Element, Element);

impl Computation for Operations {
    type Output = [Element; 4];

    #[inline(always)]
    fn compute(&self) -> [Element; 4] {
        operations::<Inlined>(&self.0, &self.1)
    }
}

#[inline(always)]
fn operations<A: Arithmetic>(x: &Element, y: &Element) -> [Element; 4] {
    [A::mul(x, y), A::square(x), A::add(x, y), A::sub(x, y)]
}

/// Every operation, called, and inlined for each backend.
fn assert_operations(a: &BigUint, b: &BigUint) {
    let (x, y, p) = (element(a), element(b), p());
    let expected = [a * b, a * a, a + b, a + &p * 4_u8 - b].map(|of| of % &p);
    let is_right = |results: [Element; 4], how: &str| {
        assert_eq!(results.map(|result| raw(&result) % &p), expected, "{how}: {a:x} {b:x}");
    };
    is_right(operations::<Called>(&x, &y), "called");
    for backend in Backend::available() {
        is_right(dispatch::run(backend, &Operations(x, y)), backend.name());
    }
    assert_eq!(x.equals(&y), a % &p == b % &p, "{a:x} {b:x}");
}

fn assert_conversions(a: &BigUint) {
    let (x, p) = (element(a), p());
    assert_eq!(raw(&x), *a);
    assert_eq!(x.is_canonical(), a < &p, "{a:x}");
    assert_eq!(x.is_zero(), a % &p == BigUint::ZERO, "{a:x}");
    assert_eq!(x.is_odd(), (a % &p).bit(0), "{a:x}");
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
fn every_pair() {
    patterns::pairs(&edges(), assert_operations);
    edges().iter().for_each(assert_conversions);
}

#[test]
fn edges_of_division() {
    let edges = edges();
    for a in edges.iter().step_by(17) {
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
        assert_conversions(&BigUint::from_bytes_le(&a));
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
