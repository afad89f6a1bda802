//! The field against num-bigint, for any numbers below 2^256 and most of all for those at the edges.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

extern crate std;

use num_bigint::BigUint;
use proptest::prelude::*;
use std::vec::Vec;

use super::super::number::{self, Number};
use super::{Arithmetic, Called, Element, Inlined};

fn p() -> BigUint {
    power_of_two(256) - power_of_two(224) + power_of_two(192) + power_of_two(96) - 1_u8
}

fn power_of_two(bits: u32) -> BigUint {
    BigUint::from(1_u8) << bits
}

/// The number modulo 2^256, as an element: not always below p.
fn element(number: &BigUint) -> Element {
    let octets = (number % power_of_two(256)).to_bytes_be();
    let mut all = [0; 32];
    all[32 - octets.len()..].copy_from_slice(&octets);
    Element::from_montgomery(number::from_be(&all))
}

fn value(number: &Number) -> BigUint {
    number::to_words(number).iter().rev().fold(BigUint::ZERO, |value, word| (value << 64_u8) + *word)
}

/// Near 0, 2^32 k, p and 2^256, and where carries run through all limbs.
fn edges() -> Vec<BigUint> {
    let mut edges = Vec::new();
    let mut centres: Vec<BigUint> = (0..=8).map(|limb| power_of_two(32 * limb)).collect();
    centres.extend([p(), p() + power_of_two(96), power_of_two(256) - p(), &p() >> 1_u8, power_of_two(255)]);
    centres.extend([power_of_two(256) - power_of_two(96), power_of_two(256) - power_of_two(224)]);
    for centre in centres {
        for distance in 0_u8..3 {
            edges.push((&centre + distance) % power_of_two(256));
            edges.push((power_of_two(256) + &centre - distance) % power_of_two(256));
        }
    }
    edges
}

fn assert_operations(a: &BigUint, b: &BigUint) {
    let p = p();
    let r_inverse = power_of_two(256).modpow(&(&p - 2_u8), &p);
    assert_with::<Called>(a, b, &p, &r_inverse);
    assert_with::<Inlined>(a, b, &p, &r_inverse);
    let (x, y) = (element(a), element(b));
    assert_eq!(x.is_zero(), a % &p == BigUint::ZERO, "{a:x}");
    assert_eq!(x.equals(&y), a % &p == b % &p, "{a:x} {b:x}");
    assert_eq!(value(&x.to_montgomery()), a % &p, "{a:x}");
}

fn assert_with<A: Arithmetic>(a: &BigUint, b: &BigUint, p: &BigUint, r_inverse: &BigUint) {
    let (x, y) = (element(a), element(b));
    let with = |operation: fn(&mut Element, &Element)| {
        let mut result = x;
        operation(&mut result, &y);
        result
    };
    let equals = |result: Element, expected: BigUint, what: &str| {
        assert_eq!(value(&result.to_montgomery()), expected % p, "{what} {a:x} {b:x}");
        assert_eq!(value(&result.0) % p, value(&result.to_montgomery()), "{what} {a:x} {b:x}");
    };
    equals(with(A::multiply), a * b * r_inverse, "product");
    equals(with(|a, _| A::square(a)), a * a * r_inverse, "square");
    equals(with(A::add), a + b, "sum");
    equals(with(A::subtract), p + p + a - b, "difference");
}

#[test]
fn edges_with_edges() {
    let edges = edges();
    for a in &edges {
        for b in &edges {
            assert_operations(a, b);
        }
    }
}

/// The corrections that random numbers need once in 2^32 times.
#[test]
fn sums_and_differences_that_are_corrected_twice() {
    let largest = power_of_two(256) - 1_u8;
    for distance in 0_u8..4 {
        assert_operations(&(&largest - distance), &largest);
        assert_operations(&BigUint::from(distance), &(&largest - distance));
        // A sum of 2^256 + p, where the second correction begins, and on both sides of it.
        assert_operations(&largest, &(p() + distance));
        assert_operations(&largest, &(p() - distance));
        // A difference of -p, likewise.
        assert_operations(&BigUint::from(distance), &p());
        assert_operations(&BigUint::from(distance), &(p() + distance));
        assert_operations(&BigUint::from(distance), &(p() + distance + 1_u8));
    }
}

#[test]
fn numbers_below_p_become_elements() {
    for edge in edges() {
        let element = Element::from_number(&element(&edge).0);
        let expected = (edge < p()).then(|| (&edge << 256_u16) % p());
        assert_eq!(element.map(|element| value(&element.to_montgomery())), expected, "{edge:x}");
    }
}

#[test]
fn inverses_of_edges() {
    for edge in edges() {
        assert_inverse(&edge);
    }
}

fn assert_inverse(a: &BigUint) {
    let x = element(a);
    let inverse = x.inverse();
    if x.is_zero() {
        assert!(inverse.is_zero(), "{a:x}");
    } else {
        assert!(x.times(&inverse).equals(&Element::ONE), "{a:x}");
        assert_eq!(inverse.0, inverse.to_montgomery(), "{a:x}");
    }
}

/// Half of them near an edge: less than 2^32 away.
fn numbers() -> impl Strategy<Value = BigUint> {
    (any::<[u64; 4]>(), 0..2 * edges().len()).prop_map(|(words, at)| {
        let random = words.iter().fold(BigUint::ZERO, |number, word| (number << 64_u8) + *word);
        match edges().get(at) {
            Some(edge) => (edge + (random >> 224_u8)) % power_of_two(256),
            None => random,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_numbers(a in numbers(), b in numbers()) {
        assert_operations(&a, &b);
    }

    #[test]
    fn inverses(a in numbers()) {
        assert_inverse(&a);
    }
}
