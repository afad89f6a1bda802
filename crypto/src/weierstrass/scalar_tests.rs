//! Scalars against num-bigint.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

extern crate std;

use num_bigint::BigUint;
use proptest::prelude::*;
use std::vec::Vec;

use super::super::number;
use super::{N, P_MINUS_N, Scalar};

fn n() -> BigUint {
    value(&N)
}

fn value(number: &number::Number) -> BigUint {
    number::to_words(number).iter().rev().fold(BigUint::ZERO, |value, word| (value << 64_u8) + *word)
}

fn octets(number: &BigUint) -> [u8; 32] {
    let number = number.to_bytes_be();
    let mut octets = [0; 32];
    octets[32 - number.len()..].copy_from_slice(&number);
    octets
}

fn edges() -> Vec<BigUint> {
    let (one, n) = (BigUint::from(1_u8), n());
    let mut edges = Vec::new();
    for distance in 0_u8..4 {
        edges.extend([BigUint::from(distance), &n - distance, &n + distance, &n / 2_u8 - distance]);
        edges.push((&one << 256_u16) - 1_u8 - distance);
    }
    edges.extend((0..32).flat_map(|eighth| [&one << (8 * eighth), (&one << (8 * eighth + 8)) - 1_u8]));
    edges
}

fn assert_scalars(a: &BigUint, b: &BigUint) {
    let (n, zero) = (n(), BigUint::ZERO);
    let reduced = Scalar::reduced(&octets(a));
    assert_eq!(value(reduced.number()), a % &n, "{a:x}");
    let nonzero = Scalar::nonzero(&octets(a));
    assert_eq!(nonzero.map(|scalar| value(scalar.number())), (a != &zero && a < &n).then(|| a.clone()));
    let divisor = Scalar::reduced(&octets(b));
    let quotients = Scalar::divide([&reduced, &divisor], &divisor).map(|scalar| value(scalar.number()));
    let inverse = (b % &n).modpow(&(&n - 2_u8), &n);
    let one = if b % &n == zero { zero } else { BigUint::from(1_u8) };
    assert_eq!(quotients, [a * inverse % &n, one], "{a:x} {b:x}");
}

#[test]
fn constants() {
    let two = |bits: u32| BigUint::from(1_u8) << bits;
    let p = two(256) - two(224) + two(192) + two(96) - 1_u8;
    assert_eq!(value(&P_MINUS_N), p - n());
    assert_eq!(
        n(),
        BigUint::parse_bytes(
            b"115792089210356248762697446949407573529996955224135760342422259061068512044369",
            10
        )
        .unwrap()
    );
}

#[test]
fn edges_by_edges() {
    for a in edges() {
        for b in edges() {
            assert_scalars(&a, &b);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_numbers(a in any::<[u8; 32]>(), b in any::<[u8; 32]>()) {
        assert_scalars(&BigUint::from_bytes_be(&a), &BigUint::from_bytes_be(&b));
    }
}
