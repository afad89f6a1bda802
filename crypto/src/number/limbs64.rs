//! Arithmetic on numbers of some limbs of 64 bits: products before they are reduced, and sums and differences modulo a
//! number whose highest bit is set.
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

/// a + b mod the modulus, which fits the limbs.
#[inline(always)]
pub(crate) fn add_modulo<const LIMBS: usize>(a: &mut [u64; LIMBS], b: &[u64; LIMBS], modulus: &[u64; LIMBS]) {
    let (sum, carry) = add(a, b);
    let (sum, borrow) = subtract(&sum, &masked(modulus, carry));
    // The carry and the borrow cancel, unless the sum is 2^bits + modulus or more. Below 2^(bits + 1) - 2 modulus once more
    // is enough.
    *a = if carry.is_set_without(borrow) { subtract(&sum, &masked(modulus, carry)).0 } else { sum };
}

/// a - b mod the modulus, which fits the limbs.
#[inline(always)]
pub(crate) fn subtract_modulo<const LIMBS: usize>(
    a: &mut [u64; LIMBS],
    b: &[u64; LIMBS],
    modulus: &[u64; LIMBS],
) {
    let (difference, borrow) = subtract(a, b);
    let (difference, carry) = add(&difference, &masked(modulus, borrow));
    // Likewise for a difference below -modulus; adding it twice makes every one positive, because 2 modulus > 2^bits.
    *a = if borrow.is_set_without(carry) { add(&difference, &masked(modulus, borrow)).0 } else { difference };
}

/// a, less the modulus if there is a carry.
#[inline(always)]
pub(crate) fn reduce_carry<const LIMBS: usize>(
    a: &[u64; LIMBS],
    carry: Carry,
    modulus: &[u64; LIMBS],
) -> [u64; LIMBS] {
    subtract(a, &masked(modulus, carry)).0
}

/// The number if there is a carry, else 0. By a mask: a carry is as good as random, a branch would be guessed wrong.
#[inline(always)]
fn masked<const LIMBS: usize>(number: &[u64; LIMBS], carry: Carry) -> [u64; LIMBS] {
    let mask = carry.mask();
    number.map(|limb| mask & limb)
}
