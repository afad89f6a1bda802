//! Arithmetic modulo 2^255 - 19 on four limbs of 64 bits.
//!
//! Everything is inlined into its caller: what is compiled for BMI2 and ADX there becomes `mulx` here.

use super::limbs::Field25519;
use crate::number::FieldLimbs;
use crate::number::carry::Carry;
use crate::number::limbs64::{add, subtract};

/// 2^256 mod p.
const FOLD: u64 = 38;

impl FieldLimbs<Field25519> for [u64; 4] {
    #[inline(always)]
    fn multiply(&mut self, other: &Self) {
        let [b0, b1, b2, b3] = *other;
        let [t0, s1, s2, s3, s4] = scaled(self, b0);
        let [t1, s2, s3, s4, s5] = sum_of_rows([s1, s2, s3, s4], scaled(self, b1));
        let [t2, s3, s4, s5, s6] = sum_of_rows([s2, s3, s4, s5], scaled(self, b2));
        let [t3, t4, t5, t6, t7] = sum_of_rows([s3, s4, s5, s6], scaled(self, b3));
        *self = reduced([t0, t1, t2, t3], [t4, t5, t6, t7]);
    }

    #[inline(always)]
    fn square(&mut self) {
        let [a0, a1, a2, a3] = *self;
        // Products of two different limbs, each pair once: a0 (a1, a2, a3), then a3 (a1, a2), then a1 a2.
        let (d1, high1) = a0.carrying_mul(a1, 0);
        let (low2, high2) = a0.carrying_mul(a2, 0);
        let (low3, high3) = a0.carrying_mul(a3, 0);
        let mut carry = Carry::default();
        let d2 = carry.add(low2, high1);
        let d3 = carry.add(low3, high2);
        let d4 = carry.add(high3, 0);
        let (low3, high3) = a1.carrying_mul(a2, 0);
        let (low4, high4) = a1.carrying_mul(a3, 0);
        let (low5, high5) = a2.carrying_mul(a3, 0);
        let mut carry = Carry::default();
        let low4 = carry.add(low4, high3);
        let low5 = carry.add(low5, high4);
        let high5 = carry.add(high5, 0);
        let mut carry = Carry::default();
        let d3 = carry.add(d3, low3);
        let d4 = carry.add(d4, low4);
        let d5 = carry.add(low5, 0);
        let d6 = carry.add(high5, 0);
        // Twice that, and the squares of the limbs.
        let (t0, high0) = a0.carrying_mul(a0, 0);
        let (low1, high1) = a1.carrying_mul(a1, 0);
        let (low2, high2) = a2.carrying_mul(a2, 0);
        let (low3, high3) = a3.carrying_mul(a3, 0);
        let mut carry = Carry::default();
        let t1 = carry.add(d1 << 1, high0);
        let t2 = carry.add((d2 << 1) | (d1 >> 63), low1);
        let t3 = carry.add((d3 << 1) | (d2 >> 63), high1);
        let t4 = carry.add((d4 << 1) | (d3 >> 63), low2);
        let t5 = carry.add((d5 << 1) | (d4 >> 63), high2);
        let t6 = carry.add((d6 << 1) | (d5 >> 63), low3);
        let t7 = carry.add(d6 >> 63, high3);
        *self = reduced([t0, t1, t2, t3], [t4, t5, t6, t7]);
    }

    #[inline(always)]
    fn add(&mut self, other: &Self) {
        let (sum, carry) = add(self, other);
        *self = folded(sum, carry.mask() & FOLD);
    }

    #[inline(always)]
    fn subtract(&mut self, other: &Self) {
        let (difference, borrow) = subtract(self, other);
        let ([d0, d1, d2, d3], borrow) = subtract(&difference, &[borrow.mask() & FOLD, 0, 0, 0]);
        // After a second borrow the number is at least 2^256 - 38: there is no third.
        *self = [d0.wrapping_sub(borrow.mask() & FOLD), d1, d2, d3];
    }
}

/// multiplicand * multiplier.
#[inline(always)]
fn scaled([a0, a1, a2, a3]: &[u64; 4], multiplier: u64) -> [u64; 5] {
    let (low0, high0) = a0.carrying_mul(multiplier, 0);
    let (low1, high1) = a1.carrying_mul(multiplier, 0);
    let (low2, high2) = a2.carrying_mul(multiplier, 0);
    let (low3, high3) = a3.carrying_mul(multiplier, 0);
    let mut carry = Carry::default();
    let low1 = carry.add(low1, high0);
    let low2 = carry.add(low2, high1);
    let low3 = carry.add(low3, high2);
    // A product of four limbs and one has five.
    [low0, low1, low2, low3, carry.add(high3, 0)]
}

/// What a product has so far above its finished limbs, and its next row: (2^256 - 1) + (2^256 - 1) (2^64 - 1) is below
/// 2^320, so five limbs hold the sum.
#[inline(always)]
fn sum_of_rows([s0, s1, s2, s3]: [u64; 4], [r0, r1, r2, r3, r4]: [u64; 5]) -> [u64; 5] {
    let mut carry = Carry::default();
    let s0 = carry.add(s0, r0);
    let s1 = carry.add(s1, r1);
    let s2 = carry.add(s2, r2);
    let s3 = carry.add(s3, r3);
    [s0, s1, s2, s3, carry.add(r4, 0)]
}

/// low + high * 2^256 mod p.
#[inline(always)]
fn reduced(low: [u64; 4], high: [u64; 4]) -> [u64; 4] {
    // Below 39 * 2^256.
    let [s0, s1, s2, s3, top] = sum_of_rows(low, scaled(&high, FOLD));
    folded([s0, s1, s2, s3], top.wrapping_mul(FOLD))
}

/// number + addend mod p, for an addend below 2^32.
#[inline(always)]
fn folded([s0, s1, s2, s3]: [u64; 4], addend: u64) -> [u64; 4] {
    let mut carry = Carry::default();
    let s0 = carry.add(s0, addend);
    let s1 = carry.add(s1, 0);
    let s2 = carry.add(s2, 0);
    let s3 = carry.add(s3, 0);
    // After a carry the number is below the addend: there is no second one. By a mask: the carry may be as good as
    // random, a branch would be guessed wrong.
    [s0.wrapping_add(carry.mask() & FOLD), s1, s2, s3]
}
