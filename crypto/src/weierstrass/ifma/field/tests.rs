//! The curves' constants, and the fold of P-256 at its bounds, against num-bigint.
#![allow(unsafe_code, clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

extern crate std;

use core::arch::x86_64::_mm512_set1_epi64;

use num_bigint::{BigInt, BigUint};
use proptest::prelude::*;
use std::eprintln;

use super::super::super::oracle::{Oracle, P256, P384, power_of_two};
use super::{LaneCurve, folded};

use crate::backend::Ifma;
use crate::lanes::{Modulus, rows, transposed};
use crate::number::Number;
use crate::patterns;

type Sum = super::Sum<P256, 5, 4>;

fn value(limbs: &[u64]) -> BigUint {
    limbs.iter().rev().fold(BigUint::ZERO, |value, limb| (value << 52_u8) + *limb)
}

fn signed_value(limbs: &[i64; 5]) -> BigInt {
    limbs.iter().rev().fold(BigInt::ZERO, |value, limb| (value << 52_u8) + *limb)
}

fn assert_constants<C: Oracle + LaneCurve<N, W>, const N: usize, const W: usize>() {
    let (r, bits) = (power_of_two(52 * N), C::Number::BITS);
    assert_eq!(value(&C::Prime::LIMBS), C::p());
    assert_eq!(value(&C::DOWN), power_of_two(bits) % C::p());
    assert_eq!(value(&C::UP), power_of_two(2 * 52 * N - bits) % C::p());
    // What the bounds of points rest on: products with `DOWN` of what is below X_BELOW p are below 2^bits.
    let largest = C::p() * BigUint::from(C::X_BELOW.unsigned_abs());
    assert!(largest * value(&C::DOWN) / &r + C::p() < power_of_two(bits));
    let room = if C::FOLDING.is_some() { 4 } else { 31 };
    assert!(r >= C::p() << room);
    if let Some(powers) = C::FOLDING {
        let (mut plus, mut minus) = (BigUint::ZERO, BigUint::ZERO);
        for (exponent, is_subtracted) in powers {
            *if *is_subtracted { &mut minus } else { &mut plus } += BigUint::from(1_u8) << *exponent;
        }
        assert_eq!(plus - minus, C::p());
    }
}

#[test]
fn constants() {
    assert_constants::<P256, 5, 4>();
    assert_constants::<P384, 8, 6>();
}

fn p() -> BigUint {
    value(&<P256 as LaneCurve<5, 4>>::Prime::LIMBS)
}

/// The fold of a sum with these limbs, where that is in 0..8p.
#[target_feature(enable = "avx512f,avx512ifma")]
fn check(limbs: &[i64; 5]) {
    let sum = signed_value(limbs);
    let Ok(sum) = BigUint::try_from(sum) else { return };
    if sum >= p() * 8_u8 {
        return;
    }
    let mut uncarried = Sum::of_modulus(0);
    for (vector, limb) in uncarried.limbs_mut().iter_mut().zip(limbs) {
        *vector = _mm512_set1_epi64(*limb);
    }
    let [a, b, c, d, e] = folded::<P256, 5, 4>(uncarried).limbs();
    let columns = rows(&transposed([a, b, c, d, e, e, e, e]));
    for column in columns {
        let limbs = &column.0[..5];
        assert!(limbs.iter().all(|limb| limb >> 52 == 0), "{limbs:x?}");
        assert_eq!(value(limbs) % p(), &sum % p(), "{sum:x}");
        assert!(value(limbs) < p() + (BigUint::from(1_u8) << 228_u8), "{sum:x}");
    }
}

/// The limbs of a number, with the lower four as far from it as the fold allows: what they are off by is made up for above.
fn spread(number: &BigInt, off: [i64; 4]) -> [i64; 5] {
    let mut limbs = [0; 5];
    let mut rest = number.clone();
    for (limb, off) in limbs.iter_mut().zip(off) {
        let low: i64 = (((&rest % (1_i64 << 52)) + (1_i64 << 52)) % (1_i64 << 52)).try_into().unwrap();
        *limb = low + off * (1 << 52);
        rest = (rest - *limb) >> 52_u8;
    }
    limbs[4] = rest.try_into().unwrap();
    assert_eq!(&signed_value(&limbs), number);
    limbs
}

#[test]
fn folds_at_the_edges() {
    if Ifma::detected().is_none() {
        eprintln!("SKIPPED: this processor has no AVX-512 IFMA");
        return;
    }
    for multiple in 0_u8..=8 {
        for power in [0_u32, 44, 52, 96, 156, 192, 208, 212, 213, 214, 224, 227, 228] {
            for sign in [-1, 0, 1] {
                let by_p = BigInt::from(p() * multiple) + (BigInt::from(sign) << power);
                let by_power = (BigInt::from(multiple) << 256_u16) + (BigInt::from(sign) << power);
                for off in [[0; 4], [7; 4], [-7; 4], [7, -7, 7, -7], [0, 0, 0, 7], [0, 0, 0, -7]] {
                    for number in [&by_p, &by_power] {
                        // SAFETY: the processor has the instructions, as was just asked.
                        unsafe { check(&spread(number, off)) };
                    }
                }
            }
        }
    }
}

/// Below 8p, which is below 2^259.
#[test]
fn folds_of_every_number() {
    if Ifma::detected().is_none() {
        eprintln!("SKIPPED: this processor has no AVX-512 IFMA");
        return;
    }
    for number in patterns::table(259, 52, &p()) {
        for off in [[0; 4], [7; 4], [-7; 4], [7, -7, 7, -7], [-7, 7, -7, 7]] {
            // SAFETY: the processor has the instructions, as was just asked.
            unsafe { check(&spread(&number.clone().into(), off)) };
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_fold(words in any::<[u64; 4]>(), top in 0_u64..8, off in prop::array::uniform4(-7_i64..=7)) {
        if Ifma::detected().is_some() {
            let number = words.iter().rev().fold(BigInt::from(top), |number, word| (number << 64_u8) + *word);
            // SAFETY: the processor has the instructions, as was just asked.
            unsafe { check(&spread(&number, off)) };
        }
    }
}
