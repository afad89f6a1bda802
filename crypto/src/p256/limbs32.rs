//! Arithmetic modulo p on eight limbs of 32 bits, for microcontrollers: optimised for code size.

use super::P256;
use super::curve::P_WORDS;
use crate::number::FieldLimbs;
use crate::number::limbs32::{add_modulo, halves, subtract_assign, subtract_modulo};

const P: [u32; 8] = halves(&P_WORDS);

impl FieldLimbs<P256> for [u32; 8] {
    /// Row by row, each reduced as soon as it is added: the sum so far has eight limbs and a bit.
    ///
    /// By induction it is below a + p < 2^257 after each row: (a + p + a (2^32 - 1) + p (2^32 - 1)) / 2^32 = a + p.
    /// In the end it is below 2^256 + p, as with all numbers of this kind: a * b < 2^512, so the quotient is
    /// below (2^512 + 2^256 p) / 2^256. One subtraction of p is enough.
    fn multiply(&mut self, other: &Self) {
        let [a0, a1, a2, a3, a4, a5, a6, a7] = *self;
        let mut sum = [0; 8];
        let mut top = false;
        for &limb in other {
            let [m, s1, s2, s3, s4, s5, s6, s7] = sum;
            // On Cortex-M4 and up each step is one `umaal`.
            let (m, high) = a0.carrying_mul_add(limb, m, 0);
            let (s1, high) = a1.carrying_mul_add(limb, s1, high);
            let (s2, high) = a2.carrying_mul_add(limb, s2, high);
            let (s3, high) = a3.carrying_mul_add(limb, s3, high);
            let (s4, high) = a4.carrying_mul_add(limb, s4, high);
            let (s5, high) = a5.carrying_mul_add(limb, s5, high);
            let (s6, high) = a6.carrying_mul_add(limb, s6, high);
            let (s7, high) = a7.carrying_mul_add(limb, s7, high);
            let (s8, s9) = high.carrying_add(u32::from(top), false);
            // -1/p mod 2^32 is 1, so the multiple of p that clears the lowest limb is that limb, m, itself:
            // m p = m 2^96 + m 2^192 + m (2^32 - 1) 2^224 - m. Then the limbs move down by one.
            let (s3, carry) = s3.carrying_add(m, false);
            let (s4, carry) = s4.carrying_add(0, carry);
            let (s5, carry) = s5.carrying_add(0, carry);
            let (s6, carry) = s6.carrying_add(m, carry);
            let (s7, high) = m.carrying_mul_add(u32::MAX, s7, u32::from(carry));
            let (s8, carry) = s8.carrying_add(high, false);
            sum = [s1, s2, s3, s4, s5, s6, s7, s8];
            // One of them at most: the sum is below 2^257 here.
            top = s9 | carry;
        }
        if top {
            subtract_assign(&mut sum, &P);
        }
        *self = sum;
    }

    fn square(&mut self) {
        let other = *self;
        FieldLimbs::<P256>::multiply(self, &other);
    }

    fn add(&mut self, other: &Self) {
        add_modulo(self, other, &P);
    }

    fn subtract(&mut self, other: &Self) {
        subtract_modulo(self, other, &P);
    }
}
