//! Arithmetic modulo 2^255 - 19 on eight limbs of 32 bits, for microcontrollers: optimised for code size.

use super::limbs::Field25519;
use crate::number::FieldLimbs;
use crate::number::limbs32::{add_assign, subtract_assign};

/// 2^256 mod p.
const FOLD: u32 = 38;

impl FieldLimbs<Field25519> for [u32; 8] {
    fn multiply(&mut self, other: &Self) {
        let mut wide = [0_u32; 16];
        for (start, &limb) in other.iter().enumerate() {
            // Eight limbs of the row and the one above, which no row has reached before.
            let Some((row, above)) = wide.get_mut(start..).and_then(<[u32]>::split_first_chunk_mut::<8>)
            else {
                continue;
            };
            let mut high = 0;
            // On Cortex-M4 and up each step is one `umaal`.
            for (sum, &a) in row.iter_mut().zip(&*self) {
                (*sum, high) = a.carrying_mul_add(limb, *sum, high);
            }
            if let Some(above) = above.first_mut() {
                *above = high;
            }
        }
        let (mut sum, mut top) = ([0; 8], 0);
        let (low, high) = wide.split_at(8);
        for ((sum, &low), &high) in sum.iter_mut().zip(low).zip(high) {
            (*sum, top) = high.carrying_mul_add(FOLD, low, top);
        }
        // The sum is below 39 * 2^256, so the top limb is below 39.
        fold(&mut sum, top.wrapping_mul(FOLD));
        *self = sum;
    }

    fn square(&mut self) {
        let other = *self;
        FieldLimbs::<Field25519>::multiply(self, &other);
    }

    fn add(&mut self, other: &Self) {
        if add_assign(self, other) {
            fold(self, FOLD);
        }
    }

    fn subtract(&mut self, other: &Self) {
        let mut borrow = subtract_assign(self, other);
        // After a second borrow the number is at least 2^256 - 38: there is no third.
        while borrow {
            let mut subtrahend = FOLD;
            for limb in self.iter_mut() {
                (*limb, borrow) = limb.overflowing_sub(subtrahend);
                subtrahend = u32::from(borrow);
            }
        }
    }
}

/// number += addend mod p, for an addend below 2^16.
fn fold(number: &mut [u32; 8], mut addend: u32) {
    // After a carry the number is below the addend: there is no second one.
    while addend != 0 {
        for limb in number.iter_mut() {
            let carry;
            (*limb, carry) = limb.overflowing_add(addend);
            addend = u32::from(carry);
        }
        addend = addend.wrapping_mul(FOLD);
    }
}
