//! Arithmetic modulo 2^255 - 19 on eight limbs of 32 bits, for microcontrollers: small first.

use super::limbs::FieldLimbs;

/// 2^256 mod p.
const FOLD: u32 = 38;

impl FieldLimbs for [u32; 8] {
    fn product(a: &Self, b: &Self) -> Self {
        let mut wide = [0_u32; 16];
        for (start, &limb) in b.iter().enumerate() {
            // Eight limbs of the row and the one above, which no row has reached before.
            let Some((row, above)) = wide.get_mut(start..).and_then(<[u32]>::split_first_chunk_mut::<8>)
            else {
                continue;
            };
            let mut high = 0;
            // On Cortex-M4 and up each step is one `umaal`.
            for (sum, &a) in row.iter_mut().zip(a) {
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
        sum
    }

    fn square(a: &Self) -> Self {
        Self::product(a, a)
    }

    fn sum(a: &Self, b: &Self) -> Self {
        let (mut sum, mut carry) = (*a, false);
        for (sum, &b) in sum.iter_mut().zip(b) {
            (*sum, carry) = sum.carrying_add(b, carry);
        }
        if carry {
            fold(&mut sum, FOLD);
        }
        sum
    }

    fn difference(a: &Self, b: &Self) -> Self {
        let (mut difference, mut borrow) = (*a, false);
        for (difference, &b) in difference.iter_mut().zip(b) {
            (*difference, borrow) = difference.borrowing_sub(b, borrow);
        }
        // After a second borrow the number is at least 2^256 - 38: there is no third.
        while borrow {
            let mut subtrahend = FOLD;
            for limb in &mut difference {
                (*limb, borrow) = limb.overflowing_sub(subtrahend);
                subtrahend = u32::from(borrow);
            }
        }
        difference
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
