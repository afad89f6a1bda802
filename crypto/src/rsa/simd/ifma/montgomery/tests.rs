//! Single steps against num-bigint, for operands that no signature leads to.
#![allow(clippy::as_conversions, clippy::unwrap_used)]

extern crate std;

use std::vec;
use std::vec::Vec;
use std::{eprintln, iter};

use num_bigint::BigUint;
use proptest::prelude::*;

use super::{Ifma, LIMB, LIMB_BITS, Modulus, Number};
use crate::patterns;

fn power_of_two(bits: usize) -> BigUint {
    BigUint::from(1_u8) << bits
}

fn number<const Z: usize>(value: &BigUint) -> Number<Z> {
    let number = Number::from_be(&value.to_bytes_be());
    assert_eq!(&big(&number), value);
    number
}

fn big<const Z: usize>(number: &Number<Z>) -> BigUint {
    assert!(number.limbs().iter().all(|&limb| limb <= LIMB));
    let mut bytes = vec![0; 52 * Z];
    number.write_be(&mut bytes);
    BigUint::from_bytes_be(&bytes)
}

/// x * y / R, by the code under test, must be below 2n and right modulo n; the same for squares.
fn check<const Z: usize>(ifma: Ifma, n: &BigUint, factors: &[BigUint]) {
    let r_bits = 8 * Z * LIMB_BITS as usize;
    let (n_limbs, negative_inverse) = (number::<Z>(n), number::<Z>(n).negative_inverse());
    let modulus = Modulus { n: &n_limbs, negative_inverse: &negative_inverse };
    assert_eq!((big(&negative_inverse) * n + 1_u8) % power_of_two(r_bits), BigUint::ZERO);
    for x in factors {
        for y in factors {
            let mut result = number(x);
            // SAFETY: the value of `Ifma` says that the processor has the instructions.
            unsafe { modulus.multiply(&mut result, &number(y)) };
            assert!(big(&result) < n << 1_u8, "{x:x} * {y:x} mod {n:x}");
            assert_eq!((big(&result) << r_bits) % n, x * y % n, "{x:x} * {y:x} mod {n:x}");
            if x == y {
                let mut squared = number(x);
                modulus.square(ifma, &mut squared);
                assert_eq!(big(&squared), big(&result), "{x:x}^2 mod {n:x}");
            }
        }
    }
}

fn check_special<const Z: usize>(ifma: Ifma, bits: usize) {
    let r_bits = 8 * Z * LIMB_BITS as usize;
    let all_ones = power_of_two(bits) - 1_u8;
    let moduli = [
        all_ones.clone(),
        &all_ones - 2_u8,
        &all_ones - power_of_two(bits / 2),
        power_of_two(bits - 1) + 1_u8,
        power_of_two(bits - 1) + power_of_two(52) - 1_u8,
        (&all_ones >> 52_u8 << 52_u8) + 1_u8,
        // Limbs all ones and all zeros in turn.
        iter::repeat_n([0_u8, 0, 0, 0, 0, 0, 0x0f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], Z * 4)
            .flatten()
            .fold(BigUint::ZERO, |sum, byte| (sum << 8_u8) + byte)
            % power_of_two(bits),
    ];
    for n in &moduli {
        let twice = n << 1_u8;
        let factors = [
            BigUint::ZERO,
            1_u8.into(),
            LIMB.into(),
            power_of_two(52),
            // Its square is R: the lower half of the product is zero, and nothing is carried out of it.
            power_of_two(r_bits / 2),
            power_of_two(r_bits / 2) - 1_u8,
            power_of_two(r_bits / 2) + 1_u8,
            power_of_two(bits - 1) - 1_u8,
            n - 1_u8,
            n.clone(),
            n + 1_u8,
            &twice - 2_u8,
            &twice - 1_u8,
        ];
        check::<Z>(ifma, n, &factors.into_iter().filter(|factor| factor < &twice).collect::<Vec<_>>());
    }
}

/// The numbers that carries run through, for the two moduli that let them run the furthest. Lanes hold limbs; what runs
/// over all lanes of a number is a carry of 8 limbs.
fn check_patterns<const Z: usize>(ifma: Ifma, bits: u32) {
    let end = patterns::power_of_two(bits);
    for n in [&end - 1_u8, (&end >> 1_u8) + 1_u8] {
        let mut table = patterns::table(bits, LIMB_BITS * 8, &n);
        table.retain(|factor| factor < &(&n << 1_u8));
        check::<Z>(ifma, &n, &table.into_iter().step_by(2).collect::<Vec<_>>());
    }
}

#[test]
fn every_pair() {
    let Some(ifma) = detected() else { return };
    check_patterns::<5>(ifma, 2048);
    check_patterns::<5>(ifma, 2078);
    check_patterns::<8>(ifma, 3326);
    check_patterns::<10>(ifma, 4096);
}

fn detected() -> Option<Ifma> {
    let ifma = Ifma::detected();
    if ifma.is_none() {
        eprintln!("SKIPPED: this processor has no AVX-512 IFMA");
    }
    ifma
}

#[test]
fn special_operands() {
    let Some(ifma) = detected() else { return };
    check_special::<5>(ifma, 2048);
    check_special::<5>(ifma, 2078);
    check_special::<8>(ifma, 2079);
    check_special::<8>(ifma, 3326);
    check_special::<10>(ifma, 3327);
    check_special::<10>(ifma, 4158);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// Runs of equal bits, which carry further than random ones do.
    #[test]
    fn long_carries(
        runs in prop::collection::vec(prop::collection::vec((any::<bool>(), 1_u32..300), 1..64), 4),
    ) {
        if let Some(ifma) = detected() {
            let mut numbers = runs.iter().map(|runs| {
                runs.iter().fold(BigUint::ZERO, |number, &(ones, len)| {
                    (number << len) + if ones { power_of_two(len as usize) - 1_u8 } else { BigUint::ZERO }
                })
            });
            let n = numbers.next().unwrap();
            let rest: Vec<_> = numbers.collect();
            let scaled = |bits: usize| {
                let n = (&n % power_of_two(bits - 1)) | power_of_two(bits - 1) | BigUint::from(1_u8);
                let factors = rest.iter().map(|x| x % (&n << 1_u8)).collect::<Vec<_>>();
                (n, factors)
            };
            let (n, factors) = scaled(2078);
            check::<5>(ifma, &n, &factors);
            let (n, factors) = scaled(3326);
            check::<8>(ifma, &n, &factors);
            let (n, factors) = scaled(4158);
            check::<10>(ifma, &n, &factors);
        }
    }
}
