//! The primes, and how many moduli are taken for another's.

extern crate std;

use core::num::NonZeroU32;
use std::vec::Vec;

use super::{PRIMES, is_power, remainder};

/// How many residues are powers of 65537.
fn powers(prime: u32) -> u32 {
    (0..prime).map(|residue| u32::from(is_power(residue, nonzero(prime)))).sum()
}

fn nonzero(prime: u32) -> NonZeroU32 {
    NonZeroU32::new(prime).expect("no prime is 0")
}

#[test]
fn primes_are_those_that_tell() {
    let is_prime = |n: &u32| (2..*n).all(|divisor| !n.is_multiple_of(divisor));
    let primes = (3..=167).filter(is_prime);
    let telling: Vec<u32> = primes.filter(|prime| powers(*prime) + 1 < *prime).collect();
    let mut ours = PRIMES.map(u32::from);
    ours.sort_unstable();
    assert_eq!(telling, ours);
}

#[test]
fn others_are_taken_for_such_in_one_of_two_to_the_27_8() {
    let shares = PRIMES.map(|prime| f64::from(powers(prime.into())) / f64::from(prime - 1));
    assert!(shares.is_sorted(), "{shares:?}");
    let bits = -shares.iter().product::<f64>().log2();
    assert!((27.8..27.9).contains(&bits), "{bits}");
}

#[test]
fn remainders_of_any_length() {
    for len in 0..12 {
        let number: Vec<u8> = (0..len).map(|at| 0xff - 7 * at).collect();
        let value = number.iter().fold(0_u128, |value, byte| (value << 8) + u128::from(*byte));
        for prime in PRIMES {
            assert_eq!(
                u128::from(remainder(&number, nonzero(prime.into()))),
                value % u128::from(prime),
                "{number:x?}"
            );
        }
    }
}
