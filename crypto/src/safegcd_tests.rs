//! Division against num-bigint: by prime moduli and others, for the operands that take the longest way too.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

extern crate std;

use num_bigint::BigUint;
use proptest::prelude::*;
use std::vec::Vec;

use super::super::number::{self, Number};
use super::{Modulus, quotient};

fn number(number: &BigUint) -> Number {
    let mut octets = number.to_bytes_le();
    octets.resize(32, 0);
    number::from_le(&octets.try_into().unwrap())
}

fn value(number: &Number) -> BigUint {
    BigUint::from_bytes_le(&number::to_le(number))
}

fn power_of_two(bits: u32) -> BigUint {
    BigUint::from(1_u8) << bits
}

/// The primes that are used, and the extremes: 2^256 - 189 is the greatest prime below 2^256.
fn primes() -> [BigUint; 6] {
    [
        power_of_two(255) - 19_u8,
        power_of_two(252) + 27_742_317_777_372_353_535_851_937_790_883_648_493_u128,
        power_of_two(256) - power_of_two(224) + power_of_two(192) + power_of_two(96) - 1_u8,
        power_of_two(256) - 189_u8,
        3_u8.into(),
        power_of_two(61) - 1_u8,
    ]
}

fn assert_quotient(factor: &BigUint, x: &BigUint, prime: &BigUint) {
    let inverse = prime.modinv(&power_of_two(62)).unwrap();
    let modulus = Modulus::new(number(prime), inverse.try_into().unwrap());
    let (factor, x) = (factor % prime, x % prime);
    let expected = x.modinv(prime).map_or(BigUint::ZERO, |inverse| &factor * inverse % prime);
    assert_eq!(
        value(&quotient(&number(&factor), &number(&x), &modulus)),
        expected,
        "{factor} / {x} mod {prime}"
    );
}

#[test]
fn edges() {
    for prime in primes() {
        let mut edges: Vec<BigUint> = (0_u8..5).map(BigUint::from).collect();
        for bits in (1..256).step_by(5).chain([62, 63, 64, 124, 186, 248]) {
            edges.extend([power_of_two(bits) - 1_u8, power_of_two(bits), power_of_two(bits) + 1_u8]);
        }
        edges.extend([&prime - 1_u8, &prime - 2_u8, &prime >> 1_u8, (&prime >> 1_u8) + 1_u8]);
        for x in &edges {
            for factor in [&BigUint::from(1_u8), &(&prime - 1_u8), &prime, x] {
                assert_quotient(factor, x, &prime);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random(factor: [u8; 32], x: [u8; 32], zeros in 0_usize..32, index in 0_usize..6) {
        let mut x = x;
        x[..zeros].fill(0);
        let prime = &primes()[index];
        assert_quotient(&BigUint::from_bytes_le(&factor), &BigUint::from_bytes_le(&x), prime);
        assert_quotient(&BigUint::from_bytes_le(&factor), &BigUint::from_bytes_be(&x), prime);
    }
}
