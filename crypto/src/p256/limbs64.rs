//! Arithmetic modulo p on four limbs of 64 bits.
//!
//! Everything is inlined into its caller: what is compiled for BMI2 and ADX there becomes `mulx` here.

use crate::number::FieldLimbs;
use crate::number::carry::Carry;
use crate::number::limbs64::{add, product, square, subtract};

/// p, but for its third limb, which is 0.
const P0: u64 = u64::MAX;
const P1: u64 = 0xffff_ffff;
const P3: u64 = 0xffff_ffff_0000_0001;

impl FieldLimbs for [u64; 4] {
    #[inline(always)]
    fn multiply(&mut self, other: &Self) {
        let (low, high) = product(other, self);
        *self = reduce(low, high);
    }

    #[inline(always)]
    fn square(&mut self) {
        let (low, high) = square(self);
        *self = reduce(low, high);
    }

    #[inline(always)]
    fn add(&mut self, other: &Self) {
        let (sum, carry) = add(self, other);
        let (sum, borrow) = subtract(&sum, &p_or_0(carry));
        // The carry and the borrow cancel, unless the sum is 2^256 + p or more: once in 2^33 times where a random number
        // is doubled, in 2^65 where it is added to another. Below 2^257 - 2p once more is enough.
        *self = if carry.is_set_without(borrow) { subtract(&sum, &p_or_0(carry)).0 } else { sum };
    }

    #[inline(always)]
    fn subtract(&mut self, other: &Self) {
        let (difference, borrow) = subtract(self, other);
        let (difference, carry) = add(&difference, &p_or_0(borrow));
        // Likewise for a difference below -p; adding 2p makes every one positive, because 2p > 2^256.
        *self = if borrow.is_set_without(carry) { add(&difference, &p_or_0(borrow)).0 } else { difference };
    }
}

/// (low + high * 2^256) / 2^256 mod p, Montgomery's reduction.
///
/// -1/p mod 2^64 is 1, so the multiple of p that clears the lowest limb is that limb itself. After four limbs, low
/// has become at most p: (2^256 - 1 + (2^256 - 1) p) / 2^256 < p + 1. So the sum is below 2^256 + p, and p is
/// subtracted at most once.
#[inline(always)]
fn reduce(low: [u64; 4], high: [u64; 4]) -> [u64; 4] {
    let low = clear_limb(clear_limb(clear_limb(clear_limb(low))));
    let (sum, carry) = add(&low, &high);
    subtract(&sum, &p_or_0(carry)).0
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

/// p if there is a carry. By a mask: it is as good as random, a branch would be guessed wrong.
#[inline(always)]
fn p_or_0(carry: Carry) -> [u64; 4] {
    let mask = carry.mask();
    [mask & P0, mask & P1, 0, mask & P3]
}
