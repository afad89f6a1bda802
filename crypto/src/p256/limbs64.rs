//! Arithmetic modulo p on four limbs of 64 bits.
//!
//! Everything is inlined into its caller: what is compiled for BMI2 and ADX there becomes `mulx` here.

use super::limbs::FieldLimbs;

/// p, but for its third limb, which is 0.
const P0: u64 = u64::MAX;
const P1: u64 = 0xffff_ffff;
const P3: u64 = 0xffff_ffff_0000_0001;

impl FieldLimbs for [u64; 4] {
    #[inline(always)]
    fn product(a: &Self, b: &Self) -> Self {
        let [b0, b1, b2, b3] = *b;
        let [t0, r1, r2, r3, r4] = row(a, b0);
        let ([t1, r2, r3, r4], r5) = add_row([r1, r2, r3, r4], row(a, b1));
        let ([t2, r3, r4, r5], r6) = add_row([r2, r3, r4, r5], row(a, b2));
        let ([t3, t4, t5, t6], t7) = add_row([r3, r4, r5, r6], row(a, b3));
        reduce([t0, t1, t2, t3], [t4, t5, t6, t7])
    }

    #[inline(always)]
    fn square(a: &Self) -> Self {
        let [a0, a1, a2, a3] = *a;
        // The products of two different limbs, each pair once, from limb 1 up.
        let (d1, h) = a0.carrying_mul(a1, 0);
        let (d2, h) = a0.carrying_mul(a2, h);
        let (d3, d4) = a0.carrying_mul(a3, h);
        let (low12, high12) = a1.carrying_mul(a2, 0);
        let (low13, high13) = a1.carrying_mul(a3, high12);
        let (d3, carry) = d3.carrying_add(low12, false);
        let (d4, carry) = d4.carrying_add(low13, carry);
        let (d5, d6) = a2.carrying_mul_add(a3, high13, u64::from(carry));
        // Twice that, and the squares of the limbs.
        let (s0, h0) = a0.carrying_mul(a0, 0);
        let (s1, h1) = a1.carrying_mul(a1, 0);
        let (s2, h2) = a2.carrying_mul(a2, 0);
        let (s3, h3) = a3.carrying_mul(a3, 0);
        let (t1, carry) = (d1 << 1).carrying_add(h0, false);
        let (t2, carry) = ((d2 << 1) | (d1 >> 63)).carrying_add(s1, carry);
        let (t3, carry) = ((d3 << 1) | (d2 >> 63)).carrying_add(h1, carry);
        let (t4, carry) = ((d4 << 1) | (d3 >> 63)).carrying_add(s2, carry);
        let (t5, carry) = ((d5 << 1) | (d4 >> 63)).carrying_add(h2, carry);
        let (t6, carry) = ((d6 << 1) | (d5 >> 63)).carrying_add(s3, carry);
        let (t7, _) = (d6 >> 63).carrying_add(h3, carry);
        reduce([s0, t1, t2, t3], [t4, t5, t6, t7])
    }

    #[inline(always)]
    fn sum(a: &Self, b: &Self) -> Self {
        let (sum, carry) = add(*a, *b);
        let (sum, borrow) = subtract_p(sum, carry);
        // The carry and the borrow cancel, unless the sum is 2^256 + p or more: about once in 2^32 times for
        // random operands. Below 2^257 - 2p once more is enough.
        if carry && !borrow { subtract_p(sum, true).0 } else { sum }
    }

    #[inline(always)]
    fn difference(a: &Self, b: &Self) -> Self {
        let (difference, borrow) = subtract(*a, *b);
        let (difference, carry) = add_p(difference, borrow);
        // Likewise for a difference below -p; adding 2p makes every one positive, because 2p > 2^256.
        if borrow && !carry { add_p(difference, true).0 } else { difference }
    }
}

/// a * multiplier.
#[inline(always)]
fn row([a0, a1, a2, a3]: &[u64; 4], multiplier: u64) -> [u64; 5] {
    let (r0, high) = a0.carrying_mul(multiplier, 0);
    let (low, high1) = a1.carrying_mul(multiplier, 0);
    let (r1, carry) = low.carrying_add(high, false);
    let (low, high2) = a2.carrying_mul(multiplier, 0);
    let (r2, carry) = low.carrying_add(high1, carry);
    let (low, high3) = a3.carrying_mul(multiplier, 0);
    let (r3, carry) = low.carrying_add(high2, carry);
    // A product of 4 limbs and 1 has 5.
    [r0, r1, r2, r3, high3.wrapping_add(u64::from(carry))]
}

/// The upper limbs of a product so far, and its next row, which begins at the lowest of them: the lowest four
/// limbs of the sum and the fifth.
#[inline(always)]
fn add_row([t0, t1, t2, t3]: [u64; 4], [r0, r1, r2, r3, r4]: [u64; 5]) -> ([u64; 4], u64) {
    let ([t0, t1, t2, t3], carry) = add([t0, t1, t2, t3], [r0, r1, r2, r3]);
    // (2^256 - 1) + (2^256 - 1) (2^64 - 1) < 2^320: nothing is carried out of the fifth.
    ([t0, t1, t2, t3], r4.wrapping_add(u64::from(carry)))
}

/// (low + high * 2^256) / 2^256 mod p, Montgomery's reduction.
///
/// -1/p mod 2^64 is 1, so the multiple of p that clears the lowest limb is that limb itself. After four limbs, low
/// has become at most p: (2^256 - 1 + (2^256 - 1) p) / 2^256 < p + 1. So the sum is below 2^256 + p, and p is
/// subtracted at most once.
#[inline(always)]
fn reduce(low: [u64; 4], high: [u64; 4]) -> [u64; 4] {
    let low = clear_limb(clear_limb(clear_limb(clear_limb(low))));
    let (sum, carry) = add(low, high);
    subtract_p(sum, carry).0
}

/// (t + m p) / 2^64 with m = t0, below 2^256 for any t.
///
/// m p = m (2^64 - 1) + m (2^32 - 1) 2^64 + m P3 2^192, of which the first two are m 2^96 - m: that clears t0.
#[inline(always)]
fn clear_limb([m, t1, t2, t3]: [u64; 4]) -> [u64; 4] {
    // m P3 = m 2^64 - m 2^32 + m.
    let (low, borrow) = m.borrowing_sub(m << 32, false);
    let (high, _) = m.borrowing_sub(m >> 32, borrow);
    let (t1, carry) = t1.carrying_add(m << 32, false);
    let (t2, carry) = t2.carrying_add(m >> 32, carry);
    let (t3, carry) = t3.carrying_add(low, carry);
    [t1, t2, t3, high.wrapping_add(u64::from(carry))]
}

#[inline(always)]
fn add([a0, a1, a2, a3]: [u64; 4], [b0, b1, b2, b3]: [u64; 4]) -> ([u64; 4], bool) {
    let (s0, carry) = a0.carrying_add(b0, false);
    let (s1, carry) = a1.carrying_add(b1, carry);
    let (s2, carry) = a2.carrying_add(b2, carry);
    let (s3, carry) = a3.carrying_add(b3, carry);
    ([s0, s1, s2, s3], carry)
}

#[inline(always)]
fn subtract([a0, a1, a2, a3]: [u64; 4], [b0, b1, b2, b3]: [u64; 4]) -> ([u64; 4], bool) {
    let (d0, borrow) = a0.borrowing_sub(b0, false);
    let (d1, borrow) = a1.borrowing_sub(b1, borrow);
    let (d2, borrow) = a2.borrowing_sub(b2, borrow);
    let (d3, borrow) = a3.borrowing_sub(b3, borrow);
    ([d0, d1, d2, d3], borrow)
}

/// a + p or a, and the carry. By a mask: the condition is as good as random, a branch would be guessed wrong.
#[inline(always)]
fn add_p(a: [u64; 4], condition: bool) -> ([u64; 4], bool) {
    add(a, masked_p(condition))
}

/// a - p or a, and the borrow.
#[inline(always)]
fn subtract_p(a: [u64; 4], condition: bool) -> ([u64; 4], bool) {
    subtract(a, masked_p(condition))
}

/// p or 0.
#[inline(always)]
fn masked_p(condition: bool) -> [u64; 4] {
    let mask = u64::from(condition).wrapping_neg();
    [mask & P0, mask & P1, 0, mask & P3]
}
