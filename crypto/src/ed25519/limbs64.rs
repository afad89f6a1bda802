//! Arithmetic modulo 2^255 - 19 on four limbs of 64 bits.
//!
//! Everything is inlined into its caller: what is compiled for BMI2 and ADX there becomes `mulx` here.

use super::limbs::FieldLimbs;

/// 2^256 mod p.
const FOLD: u64 = 38;

impl FieldLimbs for [u64; 4] {
    #[inline(always)]
    fn product(a: &Self, b: &Self) -> Self {
        let [b0, b1, b2, b3] = *b;
        let [t0, s1, s2, s3, s4] = scaled(a, b0);
        let [t1, s2, s3, s4, s5] = sum_of_rows([s1, s2, s3, s4], scaled(a, b1));
        let [t2, s3, s4, s5, s6] = sum_of_rows([s2, s3, s4, s5], scaled(a, b2));
        let [t3, t4, t5, t6, t7] = sum_of_rows([s3, s4, s5, s6], scaled(a, b3));
        reduced([t0, t1, t2, t3], [t4, t5, t6, t7])
    }

    #[inline(always)]
    fn square(a: &Self) -> Self {
        let [a0, a1, a2, a3] = *a;
        // Products of two different limbs, each pair once: a0 (a1, a2, a3), then a3 (a1, a2), then a1 a2.
        let (d1, high) = a0.carrying_mul(a1, 0);
        let (d2, high) = a0.carrying_mul(a2, high);
        let (d3, d4) = a0.carrying_mul(a3, high);
        let (low, high) = a1.carrying_mul(a2, 0);
        let (d3, carry) = d3.carrying_add(low, false);
        let (low, high) = a1.carrying_mul(a3, high);
        let (d4, carry) = d4.carrying_add(low, carry);
        // The sum of all these is below 2^447, so nothing is carried out of its seventh limb.
        let (d5, d6) = a2.carrying_mul_add(a3, high, u64::from(carry));
        // Twice that, and the squares of the limbs.
        let (t0, high) = a0.carrying_mul(a0, 0);
        let (t1, carry) = (d1 << 1).carrying_add(high, false);
        let (low, high) = a1.carrying_mul(a1, 0);
        let (t2, carry) = ((d2 << 1) | (d1 >> 63)).carrying_add(low, carry);
        let (t3, carry) = ((d3 << 1) | (d2 >> 63)).carrying_add(high, carry);
        let (low, high) = a2.carrying_mul(a2, 0);
        let (t4, carry) = ((d4 << 1) | (d3 >> 63)).carrying_add(low, carry);
        let (t5, carry) = ((d5 << 1) | (d4 >> 63)).carrying_add(high, carry);
        let (low, high) = a3.carrying_mul(a3, 0);
        let (t6, carry) = ((d6 << 1) | (d5 >> 63)).carrying_add(low, carry);
        let (t7, _) = (d6 >> 63).carrying_add(high, carry);
        reduced([t0, t1, t2, t3], [t4, t5, t6, t7])
    }

    #[inline(always)]
    fn sum([a0, a1, a2, a3]: &Self, [b0, b1, b2, b3]: &Self) -> Self {
        let (s0, carry) = a0.carrying_add(*b0, false);
        let (s1, carry) = a1.carrying_add(*b1, carry);
        let (s2, carry) = a2.carrying_add(*b2, carry);
        let (s3, carry) = a3.carrying_add(*b3, carry);
        folded([s0, s1, s2, s3], carry_worth(carry))
    }

    #[inline(always)]
    fn difference([a0, a1, a2, a3]: &Self, [b0, b1, b2, b3]: &Self) -> Self {
        let (d0, borrow) = a0.borrowing_sub(*b0, false);
        let (d1, borrow) = a1.borrowing_sub(*b1, borrow);
        let (d2, borrow) = a2.borrowing_sub(*b2, borrow);
        let (d3, borrow) = a3.borrowing_sub(*b3, borrow);
        let (d0, borrow) = d0.borrowing_sub(carry_worth(borrow), false);
        let (d1, borrow) = d1.borrowing_sub(0, borrow);
        let (d2, borrow) = d2.borrowing_sub(0, borrow);
        let (d3, borrow) = d3.borrowing_sub(0, borrow);
        // After a second borrow the number is at least 2^256 - 38: there is no third.
        [d0.wrapping_sub(carry_worth(borrow)), d1, d2, d3]
    }
}

/// multiplicand * multiplier.
#[inline(always)]
fn scaled([a0, a1, a2, a3]: &[u64; 4], multiplier: u64) -> [u64; 5] {
    let (low0, high0) = a0.carrying_mul(multiplier, 0);
    let (low1, high1) = a1.carrying_mul(multiplier, 0);
    let (low2, high2) = a2.carrying_mul(multiplier, 0);
    let (low3, high3) = a3.carrying_mul(multiplier, 0);
    let (low1, carry) = low1.carrying_add(high0, false);
    let (low2, carry) = low2.carrying_add(high1, carry);
    let (low3, carry) = low3.carrying_add(high2, carry);
    // A product of four limbs and one has five.
    [low0, low1, low2, low3, high3.wrapping_add(u64::from(carry))]
}

/// What a product has so far above its finished limbs, and its next row: (2^256 - 1) + (2^256 - 1) (2^64 - 1) is below
/// 2^320, so five limbs hold the sum.
#[inline(always)]
fn sum_of_rows([s0, s1, s2, s3]: [u64; 4], [r0, r1, r2, r3, r4]: [u64; 5]) -> [u64; 5] {
    let (s0, carry) = s0.carrying_add(r0, false);
    let (s1, carry) = s1.carrying_add(r1, carry);
    let (s2, carry) = s2.carrying_add(r2, carry);
    let (s3, carry) = s3.carrying_add(r3, carry);
    [s0, s1, s2, s3, r4.wrapping_add(u64::from(carry))]
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
    let (s0, carry) = s0.carrying_add(addend, false);
    let (s1, carry) = s1.carrying_add(0, carry);
    let (s2, carry) = s2.carrying_add(0, carry);
    let (s3, carry) = s3.carrying_add(0, carry);
    // After a carry the number is below the addend: there is no second one.
    [s0.wrapping_add(carry_worth(carry)), s1, s2, s3]
}

/// 2^256 mod p or 0. By a mask: the carry is as good as random, a branch would be guessed wrong.
#[inline(always)]
fn carry_worth(carry: bool) -> u64 {
    u64::from(carry).wrapping_neg() & FOLD
}
