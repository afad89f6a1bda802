//! Arithmetic modulo p on four limbs of 64 bits.
//!
//! Everything is inlined into its caller: what is compiled for BMI2 and ADX there becomes `mulx` here.

use crate::carry::Carry;
use crate::field_limbs::FieldLimbs;

/// p, but for its third limb, which is 0.
const P0: u64 = u64::MAX;
const P1: u64 = 0xffff_ffff;
const P3: u64 = 0xffff_ffff_0000_0001;

impl FieldLimbs for [u64; 4] {
    #[inline(always)]
    fn multiply(&mut self, other: &Self) {
        let (a, [b0, b1, b2, b3]) = (&*self, *other);
        let [t0, r1, r2, r3, r4] = row(a, b0);
        let [t1, r2, r3, r4, r5] = add_row([r1, r2, r3, r4], row(a, b1));
        let [t2, r3, r4, r5, r6] = add_row([r2, r3, r4, r5], row(a, b2));
        let [t3, t4, t5, t6, t7] = add_row([r3, r4, r5, r6], row(a, b3));
        *self = reduce([t0, t1, t2, t3], [t4, t5, t6, t7]);
    }

    #[inline(always)]
    fn square(&mut self) {
        let [a0, a1, a2, a3] = *self;
        // The products of two different limbs, each pair once, from limb 1 up. Nothing is carried out of a product's
        // highest limb, here and below.
        let (d1, high01) = a0.carrying_mul(a1, 0);
        let (low02, high02) = a0.carrying_mul(a2, 0);
        let (low03, high03) = a0.carrying_mul(a3, 0);
        let (low12, high12) = a1.carrying_mul(a2, 0);
        let (low13, high13) = a1.carrying_mul(a3, 0);
        let (low23, high23) = a2.carrying_mul(a3, 0);
        let mut carry = Carry::default();
        let d2 = carry.add(low02, high01);
        let d3 = carry.add(low03, high02);
        let d4 = carry.add(low13, high03);
        let d5 = carry.add(low23, high13);
        let d6 = carry.add(high23, 0);
        let mut carry = Carry::default();
        let d3 = carry.add(d3, low12);
        let d4 = carry.add(d4, high12);
        let d5 = carry.add(d5, 0);
        let d6 = carry.add(d6, 0);
        // Twice that.
        let mut carry = Carry::default();
        let d1 = carry.add(d1, d1);
        let d2 = carry.add(d2, d2);
        let d3 = carry.add(d3, d3);
        let d4 = carry.add(d4, d4);
        let d5 = carry.add(d5, d5);
        let d6 = carry.add(d6, d6);
        let d7 = carry.add(0, 0);
        // And the squares of the limbs.
        let (t0, high0) = a0.carrying_mul(a0, 0);
        let (low1, high1) = a1.carrying_mul(a1, 0);
        let (low2, high2) = a2.carrying_mul(a2, 0);
        let (low3, high3) = a3.carrying_mul(a3, 0);
        let mut carry = Carry::default();
        let t1 = carry.add(d1, high0);
        let t2 = carry.add(d2, low1);
        let t3 = carry.add(d3, high1);
        let t4 = carry.add(d4, low2);
        let t5 = carry.add(d5, high2);
        let t6 = carry.add(d6, low3);
        let t7 = carry.add(d7, high3);
        *self = reduce([t0, t1, t2, t3], [t4, t5, t6, t7]);
    }

    #[inline(always)]
    fn add(&mut self, other: &Self) {
        let (sum, carry) = add(*self, *other);
        let (sum, borrow) = subtract(sum, p_or_0(carry));
        // The carry and the borrow cancel, unless the sum is 2^256 + p or more: about once in 2^32 times for
        // random operands. Below 2^257 - 2p once more is enough.
        *self = if carry.is_set() && !borrow.is_set() { subtract(sum, p_or_0(carry)).0 } else { sum };
    }

    #[inline(always)]
    fn subtract(&mut self, other: &Self) {
        let (difference, borrow) = subtract(*self, *other);
        let (difference, carry) = add(difference, p_or_0(borrow));
        // Likewise for a difference below -p; adding 2p makes every one positive, because 2p > 2^256.
        *self =
            if borrow.is_set() && !carry.is_set() { add(difference, p_or_0(borrow)).0 } else { difference };
    }
}

/// a * multiplier, all five limbs of it.
#[inline(always)]
fn row(&[a0, a1, a2, a3]: &[u64; 4], multiplier: u64) -> [u64; 5] {
    let (r0, high0) = a0.carrying_mul(multiplier, 0);
    let (low1, high1) = a1.carrying_mul(multiplier, 0);
    let (low2, high2) = a2.carrying_mul(multiplier, 0);
    let (low3, high3) = a3.carrying_mul(multiplier, 0);
    let mut carry = Carry::default();
    let r1 = carry.add(low1, high0);
    let r2 = carry.add(low2, high1);
    let r3 = carry.add(low3, high2);
    let r4 = carry.add(high3, 0);
    [r0, r1, r2, r3, r4]
}

/// The upper limbs of a product so far, and its next row, which begins at the lowest of them.
///
/// (2^256 - 1) + (2^256 - 1) (2^64 - 1) < 2^320: nothing is carried out of the fifth limb.
#[inline(always)]
fn add_row([t0, t1, t2, t3]: [u64; 4], [r0, r1, r2, r3, r4]: [u64; 5]) -> [u64; 5] {
    let mut carry = Carry::default();
    let t0 = carry.add(t0, r0);
    let t1 = carry.add(t1, r1);
    let t2 = carry.add(t2, r2);
    let t3 = carry.add(t3, r3);
    [t0, t1, t2, t3, carry.add(r4, 0)]
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
    subtract(sum, p_or_0(carry)).0
}

/// (t + m p) / 2^64 with m = t0, below 2^256 for any t.
///
/// m p = m (2^64 - 1) + m (2^32 - 1) 2^64 + m P3 2^192, of which the first two are m 2^96 - m: that clears t0.
#[inline(always)]
fn clear_limb([m, t1, t2, t3]: [u64; 4]) -> [u64; 4] {
    // m P3 = m 2^64 - m 2^32 + m.
    let mut borrow = Carry::default();
    let low = borrow.subtract(m, m << 32);
    let high = borrow.subtract(m, m >> 32);
    let mut carry = Carry::default();
    let t1 = carry.add(t1, m << 32);
    let t2 = carry.add(t2, m >> 32);
    let t3 = carry.add(t3, low);
    [t1, t2, t3, carry.add(high, 0)]
}

#[inline(always)]
fn add([a0, a1, a2, a3]: [u64; 4], [b0, b1, b2, b3]: [u64; 4]) -> ([u64; 4], Carry) {
    let mut carry = Carry::default();
    ([carry.add(a0, b0), carry.add(a1, b1), carry.add(a2, b2), carry.add(a3, b3)], carry)
}

#[inline(always)]
fn subtract([a0, a1, a2, a3]: [u64; 4], [b0, b1, b2, b3]: [u64; 4]) -> ([u64; 4], Carry) {
    let mut borrow = Carry::default();
    let difference =
        [borrow.subtract(a0, b0), borrow.subtract(a1, b1), borrow.subtract(a2, b2), borrow.subtract(a3, b3)];
    (difference, borrow)
}

/// p if there is a carry. By a mask: it is as good as random, a branch would be guessed wrong.
#[inline(always)]
fn p_or_0(carry: Carry) -> [u64; 4] {
    let mask = carry.mask();
    [mask & P0, mask & P1, 0, mask & P3]
}
