//! The field against num-bigint, for any numbers of as many bits and most of all for those at the edges.
#![allow(clippy::arithmetic_side_effects)]

extern crate std;

use num_bigint::BigUint;
use proptest::prelude::*;
use std::vec::Vec;

use super::super::oracle::{Oracle, P256, P384, end, near, number, value};
use super::{Arithmetic, Called, Element, Inlined};
use crate::Backend;
use crate::backend::dispatch::{self, Computation};
use crate::number::Number;
use crate::patterns;

/// The number, as an element: not always below p.
fn element<C: Oracle>(a: &BigUint) -> Element<C> {
    Element::from_montgomery(number::<C>(a))
}

/// Limbs of 32 bits are the narrower ones, and reduction moves by halves of the wider ones.
fn edges<C: Oracle>() -> Vec<BigUint> {
    patterns::table(u32::try_from(C::Number::BITS).unwrap_or(0), 32, &C::p())
}

/// Product, square, sum and difference, inlined into what is compiled for a backend.
struct Operations<C: Oracle>(Element<C>, Element<C>);

impl<C: Oracle> Computation for Operations<C> {
    type Output = [Element<C>; 4];

    #[inline(always)]
    fn compute(&self) -> [Element<C>; 4] {
        operations::<C, Inlined>(&self.0, &self.1)
    }
}

#[inline(always)]
fn operations<C: Oracle, A: Arithmetic>(x: &Element<C>, y: &Element<C>) -> [Element<C>; 4] {
    let mut results = [*x; 4];
    let [product, square, sum, difference] = &mut results;
    A::multiply(product, y);
    A::square(square);
    A::add(sum, y);
    A::subtract(difference, y);
    results
}

/// 1/R mod p.
fn r_inverse<C: Oracle>() -> BigUint {
    end::<C>().modpow(&(C::p() - 2_u8), &C::p())
}

/// Every operation, called, and inlined for each backend.
fn assert_operations<C: Oracle>(a: &BigUint, b: &BigUint, r_inverse: &BigUint) {
    let p = &C::p();
    let expected =
        [a * b * r_inverse, a * a * r_inverse, a + b, p + p + a - b].map(|of| number::<C>(&(of % p)));
    let (x, y) = (element::<C>(a), element::<C>(b));
    let is_right = |results: [Element<C>; 4], how: &str| {
        let results = results.map(Element::to_montgomery);
        assert!(results == expected, "{how}: {:x?} of {a:x} {b:x}", results.map(|result| value(&result)));
    };
    is_right(operations::<C, Called>(&x, &y), "called");
    for backend in Backend::available() {
        is_right(dispatch::run(backend, &Operations(x, y)), backend.name());
    }
    assert_eq!(x.equals(&y), a % p == b % p, "{a:x} {b:x}");
}

fn assert_every_pair<C: Oracle>() {
    let r_inverse = r_inverse::<C>();
    patterns::pairs(&edges::<C>(), |a, b| assert_operations::<C>(a, b, &r_inverse));
}

#[test]
fn every_pair_of_p256() {
    assert_every_pair::<P256>();
}

#[test]
fn every_pair_of_p384() {
    assert_every_pair::<P384>();
}

fn assert_double_corrections<C: Oracle>() {
    let (p, largest, r_inverse) = (C::p(), end::<C>() - 1_u8, r_inverse::<C>());
    let assert_operations = |a: &BigUint, b: &BigUint| assert_operations::<C>(a, b, &r_inverse);
    for distance in 0_u8..4 {
        assert_operations(&(&largest - distance), &largest);
        assert_operations(&BigUint::from(distance), &(&largest - distance));
        // A sum of R + p, where the second correction begins, and on both sides of it.
        assert_operations(&largest, &(&p + distance));
        assert_operations(&largest, &(&p - distance));
        // A difference of -p, likewise.
        assert_operations(&BigUint::from(distance), &p);
        assert_operations(&BigUint::from(distance), &(&p + distance));
        assert_operations(&BigUint::from(distance), &(&p + distance + 1_u8));
    }
}

/// The corrections that random numbers need once in 2^65 times, or in 2^513.
#[test]
fn sums_and_differences_that_are_corrected_twice() {
    assert_double_corrections::<P256>();
    assert_double_corrections::<P384>();
}

fn assert_conversions<C: Oracle>() {
    for edge in edges::<C>() {
        let as_it_is = element::<C>(&edge);
        assert_eq!(value(&as_it_is.0), edge);
        assert_eq!(value(&as_it_is.to_montgomery()), &edge % C::p(), "{edge:x}");
        assert_eq!(as_it_is.is_zero(), &edge % C::p() == BigUint::ZERO, "{edge:x}");
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
    fn any_numbers(a: [u64; 6], b: [u64; 6], at_a in 0_usize..1000, at_b in 0_usize..1000) {
        let edges_256 = edges::<P256>();
        let [x, y] = [(a, at_a), (b, at_b)].map(|(random, at)| near::<P256>(&edges_256, &random, at));
        assert_operations::<P256>(&x, &y, &r_inverse::<P256>());
        assert_inverse::<P256>(&x);
        let edges_384 = edges::<P384>();
        let [x, y] = [(a, at_a), (b, at_b)].map(|(random, at)| near::<P384>(&edges_384, &random, at));
        assert_operations::<P384>(&x, &y, &r_inverse::<P384>());
        assert_inverse::<P384>(&x);
    }
}
