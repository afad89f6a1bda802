//! Arithmetic modulo p on four limbs of 64 bits.
//!
//! Everything is inlined into its caller: what is compiled for BMI2 and ADX there becomes `mulx` here.

use super::P256;
use super::curve::P_WORDS as P;
use crate::number::FieldLimbs;
use crate::number::carry::Carry;
use crate::number::limbs64::{add, add_modulo, product, reduce_carry, square, subtract_modulo};

impl FieldLimbs<P256> for [u64; 4] {
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

    /// A second correction is needed once in 2^33 times where a random number is doubled, in 2^65 where it is added to
    /// another.
    #[inline(always)]
    fn add(&mut self, other: &Self) {
        add_modulo(self, other, &P);
    }

    #[inline(always)]
    fn subtract(&mut self, other: &Self) {
        subtract_modulo(self, other, &P);
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
    reduce_carry(&sum, carry, &P)
}

/// (t + m p) / 2^64 with m = t0, below 2^256 for any t.
///
/// m p = m (2^64 - 1) + m (2^32 - 1) 2^64 + m p3 2^192 for its highest limb p3; the first two are m 2^96 - m: that clears t0.
#[inline(always)]
fn clear_limb([m, t1, t2, t3]: [u64; 4]) -> [u64; 4] {
    // m p3 = m 2^64 - m 2^32 + m.
    let mut borrow = Carry::default();
    let low = borrow.subtract(m, m << 32);
    let high = borrow.subtract(m, m >> 32);
    let mut carry = Carry::default();
    let t1 = carry.add(t1, m << 32);
    let t2 = carry.add(t2, m >> 32);
    let t3 = carry.add(t3, low);
    [t1, t2, t3, carry.add(high, 0)]
}
