//! Scalars against num-bigint.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

extern crate std;

use num_bigint::BigUint;
use proptest::prelude::*;
use std::vec::Vec;

use super::{L, Scalar};
use crate::number;
use crate::patterns;

fn power_of_two(bits: u32) -> BigUint {
    BigUint::from(1_u8) << bits
}

fn order() -> BigUint {
    power_of_two(252) + 27_742_317_777_372_353_535_851_937_790_883_648_493_u128
}

fn bytes<const N: usize>(number: &BigUint) -> [u8; N] {
    let mut bytes = number.to_bytes_le();
    bytes.resize(N, 0);
    bytes.try_into().unwrap()
}

fn value(scalar: &Scalar) -> BigUint {
    BigUint::from_bytes_le(&number::to_le(scalar.number()))
}

fn assert_reduced(wide: &BigUint) {
    let scalar = Scalar::reduced(&bytes(wide));
    assert_eq!(value(&scalar), wide % order(), "{wide:x}");
    assert_eq!(scalar.is_odd(), (wide % order()).bit(0), "{wide:x}");
}

#[test]
fn order_is_the_standards() {
    assert_eq!(BigUint::from_bytes_le(&number::to_le(&L)), order());
}

#[test]
fn scalars_are_below_the_order() {
    for distance in 0_u8..3 {
        let (below, above) = (order() - 1_u8 - distance, order() + distance);
        assert_eq!(Scalar::canonical(&bytes(&below)).as_ref().map(value), Some(below));
        assert!(Scalar::canonical(&bytes(&above)).is_none());
        assert!(Scalar::canonical(&bytes(&(power_of_two(256) - 1_u8 - distance))).is_none());
        assert_eq!(Scalar::canonical(&bytes(&distance.into())).as_ref().map(value), Some(distance.into()));
    }
}

#[test]
fn edges_are_reduced() {
    let mut centres: Vec<BigUint> = (0..=16).map(|limb| power_of_two(32 * limb)).collect();
    centres.extend([order(), order() << 1_u8, order() << 256_u32, order() << 259_u32, order() * order()]);
    centres.push((power_of_two(512) / order()) * order());
    centres.push((power_of_two(256) / order()) * order());
    for centre in centres {
        for distance in 0_u8..4 {
            assert_reduced(&((&centre + distance) % power_of_two(512)));
            assert_reduced(&((power_of_two(512) + &centre - distance) % power_of_two(512)));
        }
    }
}

/// Every number as the lower half of a hash with every number as the upper one.
#[test]
fn every_pair_is_reduced() {
    let table = patterns::table(256, 32, &order());
    patterns::pairs(&table, |low, high| assert_reduced(&(low + (high << 256_u32))));
    for number in &table {
        let canonical = Scalar::canonical(&bytes(number)).as_ref().map(value);
        assert_eq!(canonical, (number < &order()).then(|| number.clone()), "{number:x}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_hashes_are_reduced(low: [u8; 32], high: [u8; 32]) {
        assert_reduced(&BigUint::from_bytes_le(&[low, high].concat()));
    }
}
