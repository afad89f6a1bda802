//! The public operation against num-bigint, for moduli that the integration tests cannot have: theirs have known
//! factors.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

extern crate std;

use std::vec;
use std::vec::Vec;

use num_bigint::BigUint;
use proptest::prelude::*;

use super::{Modulus, product, square};
use crate::number::word::{bytes_be, words_from_be};
use crate::rsa::checked_key::CheckedKey;
use crate::rsa::key::{self, RsaKey};
use crate::rsa::steps::Steps;
use crate::{Backend, PublicKey, Word};

/// The limits of lengths, of the sizes on the stack, and of the blocks of limbs; words that do not fill strips.
const BITS: [u64; 17] =
    [2048, 2049, 2056, 2078, 2079, 2080, 2111, 2112, 2559, 2560, 3071, 3072, 3073, 3326, 3327, 4095, 4096];
const EXPONENTS: [u32; 7] = [3, 5, 17, 35, 65537, u32::MAX - 2, u32::MAX];

/// base^exponent mod n by the code under test, with every backend that there is.
fn power(n: &BigUint, base: &BigUint, exponent: u32) -> BigUint {
    let (n_bytes, e) = (n.to_bytes_be(), exponent.to_be_bytes());
    let e: Vec<u8> = e.into_iter().skip_while(|&byte| byte == 0).collect();
    let checked = CheckedKey::new(&PublicKey::Rsa { n: &n_bytes, e: &e }).unwrap();
    let mut powers = Backend::available().map(|backend| {
        let mut words = vec![Word::MAX; key::words(checked, backend)];
        key::prepare(checked, backend, &mut words).unwrap();
        let mut power = None;
        let keep = |message: &mut [u8]| {
            power = Some(BigUint::from_bytes_be(message));
            Ok(())
        };
        RsaKey::view(&words, backend).unwrap().open(&bytes(base, n), keep).unwrap();
        power.unwrap()
    });
    let portable = powers.next().unwrap();
    assert!(powers.all(|power| power == portable), "{base:x}^{exponent} mod {n:x}");
    portable
}

#[test]
fn every_pair() {
    let steps = Steps {
        product: |wide, a, b| product(wide, a.iter().copied(), b),
        square,
        reduce: |modulus, wide, out| modulus.reduce(wide, out),
    };
    steps.assert_every_pair();
}

#[test]
fn r_squared() {
    for bits in BITS {
        for n in [power_of_two(bits) - 1_u8, power_of_two(bits - 1) + 1_u8] {
            let words: Vec<Word> = words_from_be(&n.to_bytes_be()).collect();
            let mut rr = vec![0; words.len()];
            Modulus::new(&words).r_squared(&mut rr, &mut vec![Word::MAX; 2 * words.len()]);
            assert_eq!(number(&rr), power_of_two(2 * u64::from(Word::BITS) * words.len() as u64) % n);
        }
    }
}

fn number(words: &[Word]) -> BigUint {
    BigUint::from_bytes_be(&bytes_be(words).collect::<Vec<_>>())
}

/// `base` in as many bytes as `n` has.
fn bytes(base: &BigUint, n: &BigUint) -> Vec<u8> {
    let base = base.to_bytes_be();
    let mut bytes = vec![0; n.to_bytes_be().len() - base.len()];
    bytes.extend(base);
    bytes
}

fn assert_power(n: &BigUint, base: &BigUint, exponent: u32) {
    assert_eq!(power(n, base, exponent), base.modpow(&exponent.into(), n), "{base:x}^{exponent} mod {n:x}");
}

fn power_of_two(bits: u64) -> BigUint {
    BigUint::from(1_u8) << bits
}

/// Odd, with exactly `bits` bits.
fn odd_modulus(seed: &[u8], bits: u64) -> BigUint {
    let top = power_of_two(bits - 1);
    (BigUint::from_bytes_be(seed) % &top) | top | BigUint::from(1_u8)
}

#[test]
fn special_moduli_and_bases() {
    for bits in BITS {
        let all_ones = power_of_two(bits) - 1_u8;
        let moduli = [
            // Just above a power of two: the longest run of zero words, and the most doublings.
            power_of_two(bits - 1) + 1_u8,
            power_of_two(bits - 1) + power_of_two(bits / 2) + 1_u8,
            // Near R where the bits fill the words: sums carry out of the top.
            all_ones.clone(),
            &all_ones - 2_u8,
            &all_ones - power_of_two(bits / 2),
            &all_ones - power_of_two(64),
            // Lowest word 1, where -1/n is all ones, and all ones, where it is 1.
            (&all_ones >> 64_u8 << 64_u8) + 1_u8,
            (power_of_two(bits - 1) + power_of_two(64)) - 1_u8,
        ];
        for n in &moduli {
            for exponent in EXPONENTS {
                for base in [0_u8.into(), 1_u8.into(), 2_u8.into(), n >> 1_u8, n - 2_u8, n - 1_u8] {
                    assert_power(n, &base, exponent);
                }
            }
        }
    }
}

/// A power that is a multiple of the modulus leaves exactly n before the last subtraction: only moduli with a square
/// factor have such powers.
#[test]
fn powers_that_are_zero() {
    for bits in BITS {
        let mut root = power_of_two(bits).sqrt();
        root -= 1_u8;
        root.set_bit(0, true);
        let n = &root * &root;
        assert_eq!(n.bits(), bits);
        for base in [root.clone(), &root * 2_u8, &root * 3_u8, &n - &root] {
            for exponent in EXPONENTS {
                assert_eq!(power(&n, &base, exponent), BigUint::ZERO, "{base:x}^{exponent} mod {n:x}");
            }
        }
    }
}

#[test]
fn constant_clears_the_lowest_word() {
    for lowest in [1, 3, 5, 0x8000_0001, 0x1234_5679, Word::MAX, Word::MAX - 2, Word::MAX / 2] {
        let n = [lowest, 1];
        assert_eq!(Modulus::new(&n).constant().wrapping_mul(lowest), Word::MAX, "{lowest:x}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_moduli_and_bases(
        n in prop::array::uniform(any::<[u8; 32]>()).prop_map(|parts: [[u8; 32]; 16]| parts.concat()),
        base in prop::array::uniform(any::<[u8; 32]>()).prop_map(|parts: [[u8; 32]; 17]| parts.concat()),
        bits in prop_oneof![prop::sample::select(&BITS[..]), 2048_u64..=4096],
        exponent in prop_oneof![prop::sample::select(&EXPONENTS[..]), any::<u32>().prop_map(|e| e | 3)],
    ) {
        let n = odd_modulus(&n, bits);
        let base = BigUint::from_bytes_be(&base) % &n;
        prop_assert_eq!(power(&n, &base, exponent), base.modpow(&exponent.into(), &n));
    }

    /// Runs of equal bits, which carry further than random ones do.
    #[test]
    fn long_carries(
        runs in prop::collection::vec((any::<bool>(), 1_u32..200), 1..64),
        base_runs in prop::collection::vec((any::<bool>(), 1_u32..200), 1..64),
        bits in prop::sample::select(&BITS[..]),
    ) {
        let from_runs = |runs: &[(bool, u32)]| runs.iter().fold(BigUint::ZERO, |number, &(ones, len)| {
            (number << len) + if ones { power_of_two(len.into()) - 1_u8 } else { BigUint::ZERO }
        });
        let n = odd_modulus(&from_runs(&runs).to_bytes_be(), bits);
        let base = from_runs(&base_runs) % &n;
        prop_assert_eq!(power(&n, &base, 65537), base.modpow(&65537_u32.into(), &n));
    }
}
