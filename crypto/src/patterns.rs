//! Test numbers that provoke carries: one table for every modulus, backend and limb width.
//!
//! Random numbers do not find a carry that is missed where it comes once in 2^32 times, or in 2^64. It comes where limbs
//! are all ones or noughts, and where sums end just beside a limit.
#![allow(clippy::arithmetic_side_effects)]

extern crate std;

use std::vec::Vec;

use num_bigint::BigUint;

/// The numbers below 2^`bits` that are hard for limbs of `limb` bits and for this modulus, in order.
pub(crate) fn table(bits: u32, limb: u32, modulus: &BigUint) -> Vec<BigUint> {
    let end = power_of_two(bits);
    let mut centres = around_modulus(&end, modulus);
    // Limits of limbs, counted from 0, from the end and from the modulus on both sides: runs of ones and of noughts, and
    // the modulus with one bit changed.
    for at in (0..=bits).step_by(step(limb)) {
        let limit = power_of_two(at);
        centres.extend([&end - &limit, modulus + &limit, modulus + &end - &limit, limit]);
    }
    let mut table = limbs_alike(bits, limb);
    for centre in centres {
        for distance in 0_u8..3 {
            table.extend([&centre + distance, &centre + &end - distance]);
        }
    }
    table.iter_mut().for_each(|number| *number %= &end);
    table.sort_unstable();
    table.dedup();
    table
}

/// Every number with every number.
pub(crate) fn pairs(table: &[BigUint], mut check: impl FnMut(&BigUint, &BigUint)) {
    // A table of nothing would pass whatever is checked.
    assert!(table.len() > 40, "{}", table.len());
    for a in table {
        for b in table {
            check(a, b);
        }
    }
}

pub(crate) fn power_of_two(bits: u32) -> BigUint {
    BigUint::from(1_u8) << bits
}

/// 0, multiples and halves of the modulus m, R mod m, R^2 mod m and their negatives; roots, whose squares end beside R and
/// m R.
fn around_modulus(end: &BigUint, m: &BigUint) -> Vec<BigUint> {
    let (r, r_squared) = (end % m, end * end % m);
    Vec::from([
        BigUint::ZERO,
        m.clone(),
        m << 1_u8,
        m << 2_u8,
        m >> 1_u8,
        (m >> 1_u8) + 1_u8,
        end >> 1_u8,
        (end / m) * m,
        end * 2_u8 - m,
        m - &r,
        m - &r_squared,
        r,
        r_squared,
        end.sqrt(),
        (end * m).sqrt(),
    ])
}

/// All limbs alike, by turns, or one unlike the others: ones, noughts, the highest bit, all but the lowest.
fn limbs_alike(bits: u32, limb: u32) -> Vec<BigUint> {
    let ones = power_of_two(limb) - 1_u8;
    let highest = power_of_two(limb - 1);
    let kinds = [
        ones.clone(),
        &ones - 1_u8,
        highest.clone(),
        highest - 1_u8,
        BigUint::from(1_u8),
        &ones / 3_u8,
        &ones - &ones / 3_u8,
    ];
    let places = || (0..bits).step_by(step(limb));
    let repeated = |kind: &BigUint, from: u32, each: u32| {
        (from..bits).step_by(step(each)).fold(BigUint::ZERO, |sum, at| sum + (kind << at))
    };
    let end = power_of_two(bits);
    let mut numbers = Vec::new();
    for kind in &kinds {
        numbers.extend([
            repeated(kind, 0, limb),
            repeated(kind, 0, 2 * limb),
            repeated(kind, limb, 2 * limb),
        ]);
    }
    for at in places() {
        // One limb of ones among noughts, and the other way round.
        let one = (&ones << at) % &end;
        numbers.extend([&end - 1_u8 - &one, one]);
    }
    numbers
}

fn step(bits: u32) -> usize {
    usize::try_from(bits).unwrap_or(1)
}
