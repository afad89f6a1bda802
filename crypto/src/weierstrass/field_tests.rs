//! The field against num-bigint, for any numbers of as many bits and most of all for those at the edges.
#![allow(clippy::arithmetic_side_effects)]

extern crate std;

use num_bigint::BigUint;
use proptest::prelude::*;
use std::vec::Vec;

use super::super::number::Number;
use super::super::oracle::{Oracle, P256, P384, end, near, number, power_of_two, value};
use super::{Arithmetic, Called, Element, Inlined};

/// The number, as an element: not always below p.
fn element<C: Oracle>(a: &BigUint) -> Element<C> {
    Element::from_montgomery(number::<C>(a))
}

/// Near 0, 2^32 k, p and R, and where carries run through all limbs.
fn edges<C: Oracle>() -> Vec<BigUint> {
    let (p, end) = (C::p(), end::<C>());
    let mut edges = Vec::new();
    let mut centres: Vec<BigUint> = (0..=C::Number::BITS / 32).map(|limb| power_of_two(32 * limb)).collect();
    centres.extend([p.clone(), &p + power_of_two(96), &end - &p, &p >> 1_u8, &end >> 1_u8]);
    centres.extend([96, 128, 224].map(|bits| &end - power_of_two(bits)));
    for centre in centres {
        for distance in 0_u8..3 {
            edges.push((&centre + distance) % &end);
            edges.push((&end + &centre - distance) % &end);
        }
    }
    edges
}

fn assert_operations<C: Oracle>(a: &BigUint, b: &BigUint) {
    let p = C::p();
    let r_inverse = end::<C>().modpow(&(&p - 2_u8), &p);
    assert_with::<C, Called>(a, b, &p, &r_inverse);
    assert_with::<C, Inlined>(a, b, &p, &r_inverse);
    let (x, y) = (element::<C>(a), element::<C>(b));
    assert_eq!(x.is_zero(), a % &p == BigUint::ZERO, "{a:x}");
    assert_eq!(x.equals(&y), a % &p == b % &p, "{a:x} {b:x}");
    assert_eq!(value(&x.to_montgomery()), a % &p, "{a:x}");
}

fn assert_with<C: Oracle, A: Arithmetic>(a: &BigUint, b: &BigUint, p: &BigUint, r_inverse: &BigUint) {
    let (x, y) = (element::<C>(a), element::<C>(b));
    let with = |operation: fn(&mut Element<C>, &Element<C>)| {
        let mut result = x;
        operation(&mut result, &y);
        result
    };
    let equals = |result: Element<C>, expected: BigUint, what: &str| {
        assert_eq!(value(&result.to_montgomery()), expected % p, "{what} {a:x} {b:x}");
        assert_eq!(value(&result.0) % p, value(&result.to_montgomery()), "{what} {a:x} {b:x}");
    };
    equals(with(A::multiply), a * b * r_inverse, "product");
    equals(with(|a, _| A::square(a)), a * a * r_inverse, "square");
    equals(with(A::add), a + b, "sum");
    equals(with(A::subtract), p + p + a - b, "difference");
}

fn assert_edges_with_edges<C: Oracle>() {
    let edges = edges::<C>();
    for a in &edges {
        for b in &edges {
            assert_operations::<C>(a, b);
        }
    }
}

#[test]
fn edges_with_edges() {
    assert_edges_with_edges::<P256>();
    assert_edges_with_edges::<P384>();
}

fn assert_double_corrections<C: Oracle>() {
    let (p, largest) = (C::p(), end::<C>() - 1_u8);
    for distance in 0_u8..4 {
        assert_operations::<C>(&(&largest - distance), &largest);
        assert_operations::<C>(&BigUint::from(distance), &(&largest - distance));
        // A sum of R + p, where the second correction begins, and on both sides of it.
        assert_operations::<C>(&largest, &(&p + distance));
        assert_operations::<C>(&largest, &(&p - distance));
        // A difference of -p, likewise.
        assert_operations::<C>(&BigUint::from(distance), &p);
        assert_operations::<C>(&BigUint::from(distance), &(&p + distance));
        assert_operations::<C>(&BigUint::from(distance), &(&p + distance + 1_u8));
    }
}

/// The corrections that random numbers need once in 2^32 times, or in 2^256.
#[test]
fn sums_and_differences_that_are_corrected_twice() {
    assert_double_corrections::<P256>();
    assert_double_corrections::<P384>();
}

fn assert_conversions<C: Oracle>() {
    for edge in edges::<C>() {
        let element = Element::<C>::from_number(&number::<C>(&edge));
        let expected = (edge < C::p()).then(|| &edge * end::<C>() % C::p());
        assert_eq!(element.map(|element| value(&element.to_montgomery())), expected, "{edge:x}");
    }
}

#[test]
fn numbers_below_p_become_elements() {
    assert_conversions::<P256>();
    assert_conversions::<P384>();
}

fn assert_inverse<C: Oracle>(a: &BigUint) {
    let x = element::<C>(a);
    let inverse = x.inverse();
    if x.is_zero() {
        assert!(inverse.is_zero(), "{a:x}");
    } else {
        assert!(x.times(&inverse).equals(&Element::ONE), "{a:x}");
        assert!(inverse.0 == inverse.to_montgomery(), "{a:x}");
    }
}

#[test]
fn inverses_of_edges() {
    edges::<P256>().iter().for_each(assert_inverse::<P256>);
    edges::<P384>().iter().for_each(assert_inverse::<P384>);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_numbers(a: [u64; 6], b: [u64; 6], at_a in 0_usize..200, at_b in 0_usize..200) {
        let edges_256 = edges::<P256>();
        let [x, y] = [(a, at_a), (b, at_b)].map(|(random, at)| near::<P256>(&edges_256, &random, at));
        assert_operations::<P256>(&x, &y);
        assert_inverse::<P256>(&x);
        let edges_384 = edges::<P384>();
        let [x, y] = [(a, at_a), (b, at_b)].map(|(random, at)| near::<P384>(&edges_384, &random, at));
        assert_operations::<P384>(&x, &y);
        assert_inverse::<P384>(&x);
    }
}
