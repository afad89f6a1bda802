//! Division against num-bigint: by prime moduli and others, for the operands that take the longest way too.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

extern crate std;

use num_bigint::BigUint;
use proptest::prelude::*;
use std::vec::Vec;

use super::{Modulus, Modulus256, Modulus384, quotient};
use crate::number::{self, Number, U256, U384};
use crate::patterns;

fn number<N: Number>(number: &BigUint) -> N {
    let bytes = number.to_bytes_be();
    number::from_be(&[std::vec![0; N::LEN - bytes.len()], bytes].concat()).unwrap()
}

fn value<N: Number>(number: &N) -> BigUint {
    let words: Vec<u64> = number::words(number).collect();
    words.iter().rev().fold(BigUint::ZERO, |value, word| (value << 64_u8) + *word)
}

fn power_of_two(bits: usize) -> BigUint {
    BigUint::from(1_u8) << bits
}

/// The primes of 256 bits that are used, and the extremes: 2^256 - 189 is the greatest prime below 2^256.
fn primes_256() -> [BigUint; 7] {
    [
        power_of_two(255) - 19_u8,
        power_of_two(252) + 27_742_317_777_372_353_535_851_937_790_883_648_493_u128,
        power_of_two(256) - power_of_two(224) + power_of_two(192) + power_of_two(96) - 1_u8,
        decimal(b"115792089210356248762697446949407573529996955224135760342422259061068512044369"),
        power_of_two(256) - 189_u8,
        3_u8.into(),
        power_of_two(61) - 1_u8,
    ]
}

/// Likewise of 384 bits, below which 2^384 - 317 is the greatest.
fn primes_384() -> [BigUint; 5] {
    [
        power_of_two(384) - power_of_two(128) - power_of_two(96) + power_of_two(32) - 1_u8,
        decimal(
            b"39402006196394479212279040100143613805079739270465446667946905279627659399113263569398956308152294913554433653942643",
        ),
        power_of_two(384) - 317_u16,
        3_u8.into(),
        power_of_two(61) - 1_u8,
    ]
}

fn decimal(digits: &[u8]) -> BigUint {
    BigUint::parse_bytes(digits, 10).unwrap()
}

fn assert_quotient_256(factor: &BigUint, x: &BigUint, prime: &BigUint) {
    let modulus = Modulus256::new(&number::<U256>(prime));
    assert_quotient::<U256, _>(factor, x, prime, &modulus);
}

fn assert_quotient_384(factor: &BigUint, x: &BigUint, prime: &BigUint) {
    let modulus = Modulus384::new(&number::<U384>(prime));
    assert_quotient::<U384, _>(factor, x, prime, &modulus);
}

fn assert_quotient<N: Number, const CHUNKS: usize>(
    factor: &BigUint,
    x: &BigUint,
    prime: &BigUint,
    modulus: &Modulus<CHUNKS>,
) {
    let (factor, x) = (factor % prime, x % prime);
    let expected = x.modinv(prime).map_or(BigUint::ZERO, |inverse| &factor * inverse % prime);
    let quotient = quotient::<N, CHUNKS>(&number(&factor), &number(&x), modulus);
    assert_eq!(value(&quotient), expected, "{factor} / {x} mod {prime}");
}

fn edges(prime: &BigUint, bits: usize, check: fn(&BigUint, &BigUint, &BigUint)) {
    let mut edges: Vec<BigUint> = (0_u8..5).map(BigUint::from).collect();
    for bits in (1..bits).step_by(5).chain([62, 63, 64, 124, 186, 248, 310, 372]) {
        edges.extend([power_of_two(bits) - 1_u8, power_of_two(bits), power_of_two(bits) + 1_u8]);
    }
    edges.extend([prime - 1_u8, prime - 2_u8, prime >> 1_u8, (prime >> 1_u8) + 1_u8]);
    for x in &edges {
        for factor in [&BigUint::from(1_u8), &(prime - 1_u8), prime, x] {
            check(factor, x, prime);
        }
    }
}

#[test]
fn edges_of_256_bits() {
    primes_256().iter().for_each(|prime| edges(prime, 256, assert_quotient_256));
}

#[test]
fn edges_of_384_bits() {
    primes_384().iter().for_each(|prime| edges(prime, 384, assert_quotient_384));
}

/// Every number by every number. Chunks have 30 or 62 bits.
fn assert_every_pair<N: Number, const CHUNKS: usize>(prime: &BigUint, modulus: &Modulus<CHUNKS>) {
    let bits = u32::try_from(N::BITS).unwrap();
    let tables = [30, 32].map(|limb| patterns::table(bits, limb, prime));
    for table in tables {
        let mut below: Vec<BigUint> = table.iter().map(|number| number % prime).collect();
        below.sort_unstable();
        below.dedup();
        for x in &below {
            let inverse = x.modinv(prime).unwrap_or(BigUint::ZERO);
            for factor in &below {
                let quotient = quotient::<N, CHUNKS>(&number(factor), &number(x), modulus);
                assert!(
                    quotient == number::<N>(&(factor * &inverse % prime)),
                    "{factor:x} / {x:x} mod {prime:x}"
                );
            }
        }
    }
}

#[test]
fn every_pair_of_256_bits() {
    for prime in primes_256() {
        assert_every_pair::<U256, _>(&prime, &Modulus256::new(&number::<U256>(&prime)));
    }
}

#[test]
fn every_pair_of_384_bits() {
    for prime in primes_384() {
        assert_every_pair::<U384, _>(&prime, &Modulus384::new(&number::<U384>(&prime)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random(
        factor in prop::collection::vec(any::<u8>(), 48),
        mut x in prop::collection::vec(any::<u8>(), 48),
        zeros in 0_usize..48,
        index in 0_usize..35,
    ) {
        x[..zeros].fill(0);
        let factor = BigUint::from_bytes_le(&factor);
        for x in [BigUint::from_bytes_le(&x), BigUint::from_bytes_be(&x)] {
            assert_quotient_256(&factor, &x, &primes_256()[index % 7]);
            assert_quotient_384(&factor, &x, &primes_384()[index % 5]);
        }
    }
}
