//! Arithmetic modulo p on six limbs of 64 bits.
//!
//! Everything is inlined into its caller: what is compiled for BMI2 and ADX there becomes `mulx` here.

use super::P384;
use super::curve::P_WORDS as P;
use crate::number::FieldLimbs;
use crate::number::carry::Carry;
use crate::number::limbs64::{add, add_modulo, product, reduce_carry, square, subtract_modulo};

impl FieldLimbs<P384> for [u64; 6] {
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

    /// A second correction is needed once in 2^257 times where a random number is doubled, in 2^513 where it is added to
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

/// (low + high * 2^384) / 2^384 mod p, Montgomery's reduction.
///
/// After six limbs, low has become at most p: (2^384 - 1 + (2^384 - 1) p) / 2^384 < p + 1. So the sum is below
/// 2^384 + p, and p is subtracted at most once.
#[inline(always)]
fn reduce(mut low: [u64; 6], high: [u64; 6]) -> [u64; 6] {
    for _ in 0..6 {
        low = clear_limb(low);
    }
    let (sum, carry) = add(&low, &high);
    reduce_carry(&sum, carry, &P)
}

/// (t + m p) / 2^64 with m = t0 (2^32 + 1) mod 2^64, because -1/p mod 2^64 is 2^32 + 1; below 2^384 for any t.
///
/// m p = m 2^384 - s with s = m 2^128 + m 2^96 - m 2^32 + m, whose lowest limb is t0.
#[inline(always)]
fn clear_limb([t0, t1, t2, t3, t4, t5]: [u64; 6]) -> [u64; 6] {
    let m = t0.wrapping_add(t0 << 32);
    // m 2^32 is low + high 2^64, and m 2^96 that above.
    let (low, high) = (m << 32, m >> 32);
    let mut borrow = Carry::default();
    borrow.subtract(m, low);
    let s1 = borrow.subtract(low, high);
    let s2 = borrow.subtract(high, 0);
    let (s2, carry) = s2.overflowing_add(m);
    let mut borrow = Carry::default();
    let t1 = borrow.subtract(t1, s1);
    let t2 = borrow.subtract(t2, s2);
    let t3 = borrow.subtract(t3, u64::from(carry));
    let t4 = borrow.subtract(t4, 0);
    let t5 = borrow.subtract(t5, 0);
    [t1, t2, t3, t4, t5, borrow.subtract(m, 0)]
}
