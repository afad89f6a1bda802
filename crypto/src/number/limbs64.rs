//! Arithmetic on numbers of some limbs of 64 bits, before anything is reduced.
//!
//! Everything is inlined into its caller, and its loops are unrolled: what is compiled for BMI2 and ADX there becomes
//! `mulx` here.

#![expect(clippy::indexing_slicing, reason = "arrays of known length")]
#![expect(clippy::arithmetic_side_effects, reason = "indices below twice the number of limbs")]

use crate::number::carry::Carry;

/// a * b: the lower limbs, and the upper ones.
#[inline(always)]
pub(crate) fn product<const LIMBS: usize>(
    a: &[u64; LIMBS],
    b: &[u64; LIMBS],
) -> ([u64; LIMBS], [u64; LIMBS]) {
    let mut low = [0; LIMBS];
    // The limbs of the sum so far that can still change.
    let mut sum = [0; LIMBS];
    for i in 0..LIMBS {
        let (row, row_top) = scaled(a, b[i]);
        // (2^bits - 1) + (2^bits - 1) (2^64 - 1) is below 2^(bits + 64): nothing is carried out of the top.
        let mut carry = Carry::default();
        low[i] = carry.add(sum[0], row[0]);
        for j in 1..LIMBS {
            sum[j - 1] = carry.add(sum[j], row[j]);
        }
        sum[LIMBS - 1] = carry.add(row_top, 0);
    }
    (low, sum)
}

/// a * a: the lower limbs, and the upper ones.
#[inline(always)]
pub(crate) fn square<const LIMBS: usize>(a: &[u64; LIMBS]) -> ([u64; LIMBS], [u64; LIMBS]) {
    let mut halves = [[0; LIMBS]; 2];
    let all = halves.as_flattened_mut();
    // The products of two different limbs, each pair once. Nothing is carried out of a row's top, as above.
    for i in 0..LIMBS {
        let (mut row, mut above) = ([0; LIMBS], 0);
        let mut carry = Carry::default();
        for j in i + 1..LIMBS {
            let (product, high) = a[i].carrying_mul(a[j], 0);
            row[j] = carry.add(product, above);
            above = high;
        }
        let top = carry.add(above, 0);
        let mut carry = Carry::default();
        for j in i + 1..LIMBS {
            all[i + j] = carry.add(all[i + j], row[j]);
        }
        all[i + LIMBS] = carry.add(top, 0);
    }
    // Twice that.
    let mut carry = Carry::default();
    for limb in all.iter_mut() {
        *limb = carry.add(*limb, *limb);
    }
    // And the squares of the limbs.
    let mut squares = [(0, 0); LIMBS];
    for i in 0..LIMBS {
        squares[i] = a[i].carrying_mul(a[i], 0);
    }
    let mut carry = Carry::default();
    for i in 0..LIMBS {
        all[2 * i] = carry.add(all[2 * i], squares[i].0);
        all[2 * i + 1] = carry.add(all[2 * i + 1], squares[i].1);
    }
    let [low, high] = halves;
    (low, high)
}

/// a * multiplier, and what is above its limbs.
#[inline(always)]
pub(crate) fn scaled<const LIMBS: usize>(a: &[u64; LIMBS], multiplier: u64) -> ([u64; LIMBS], u64) {
    let (mut low, mut above) = ([0; LIMBS], 0);
    let mut carry = Carry::default();
    for i in 0..LIMBS {
        let (product, high) = a[i].carrying_mul(multiplier, 0);
        low[i] = carry.add(product, above);
        above = high;
    }
    (low, carry.add(above, 0))
}

/// a + b, and the carry.
#[inline(always)]
pub(crate) fn add<const LIMBS: usize>(a: &[u64; LIMBS], b: &[u64; LIMBS]) -> ([u64; LIMBS], Carry) {
    let (mut sum, mut carry) = ([0; LIMBS], Carry::default());
    for i in 0..LIMBS {
        sum[i] = carry.add(a[i], b[i]);
    }
    (sum, carry)
}

/// a - b, and the borrow.
#[inline(always)]
pub(crate) fn subtract<const LIMBS: usize>(a: &[u64; LIMBS], b: &[u64; LIMBS]) -> ([u64; LIMBS], Carry) {
    let (mut difference, mut borrow) = ([0; LIMBS], Carry::default());
    for i in 0..LIMBS {
        difference[i] = borrow.subtract(a[i], b[i]);
    }
    (difference, borrow)
}
