//! Arithmetic modulo p on twelve limbs of 32 bits, for microcontrollers: optimised for code size.

use super::P384;
use super::curve::P_WORDS;
use crate::number::FieldLimbs;
use crate::number::limbs32::{add_assign, add_modulo, halves, subtract_assign, subtract_modulo};

const P: [u32; 12] = halves(&P_WORDS);

impl FieldLimbs<P384> for [u32; 12] {
    /// Row by row, each reduced as soon as it is added: the sum so far has twelve limbs and a bit.
    ///
    /// By induction it is below a + p < 2^385 after each row: (a + p + a (2^32 - 1) + p (2^32 - 1)) / 2^32 = a + p.
    /// In the end it is below 2^384 + p, as with all numbers of this kind: a * b < 2^768, so the quotient is
    /// below (2^768 + 2^384 p) / 2^384. One subtraction of p is enough.
    fn multiply(&mut self, other: &Self) {
        let mut sum = [0; 12];
        let mut top = false;
        for &limb in other {
            let mut high = 0;
            for (sum, &a) in sum.iter_mut().zip(&*self) {
                (*sum, high) = a.carrying_mul_add(limb, *sum, high);
            }
            let (s12, s13) = high.carrying_add(u32::from(top), false);
            // -1/p mod 2^32 is 1, so the multiple of p that clears the lowest limb is that limb, m, itself:
            // m p = m 2^384 - m 2^128 - m 2^96 + m 2^32 - m. Then the limbs move down by one.
            let [m, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11] = sum;
            let mut moved = [s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12];
            let carry = add_assign(&mut moved, &[m, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, m]);
            let borrow = subtract_assign(&mut moved, &[0, 0, m, m, 0, 0, 0, 0, 0, 0, 0, 0]);
            sum = moved;
            // The sum is below 2^385 here, and not negative: a borrow only takes a carry back.
            top = s13 ^ carry ^ borrow;
        }
        if top {
            subtract_assign(&mut sum, &P);
        }
        *self = sum;
    }

    fn square(&mut self) {
        let other = *self;
        FieldLimbs::<P384>::multiply(self, &other);
    }

    fn add(&mut self, other: &Self) {
        add_modulo(self, other, &P);
    }

    fn subtract(&mut self, other: &Self) {
        subtract_modulo(self, other, &P);
    }
}
