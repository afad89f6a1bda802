//! Moduli, and what is computed from them at compile time.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "const functions over N limbs, whose loops end at N; what overflows there does so at compile time"
)]

use super::{LIMB, LIMB_BITS};

/// An odd modulus p of N limbs, below R / 2.
pub(crate) trait Modulus<const N: usize>: Copy {
    /// p, least significant limb first.
    const LIMBS: [u64; N];

    /// -1/p mod 2^52.
    const NEGATIVE_INVERSE: u64 = negative_inverse(&Self::LIMBS);

    /// How products are reduced.
    const REDUCTION: Reduction = Reduction::Montgomery;
}

/// How products are reduced, and so what is kept.
#[derive(Clone, Copy)]
pub(crate) enum Reduction {
    /// From below, divided by R.
    Montgomery,
    /// From above, for p = 2^`bits` - `c`: numbers are kept as they are. R is at least 2^`bits` and at most 2^5 times
    /// that; c is below 2^5.
    Folding { bits: u32, c: u64 },
}

/// The limbs of a number in words of 64 bits, both least significant first.
pub(crate) const fn limbs_of<const W: usize, const N: usize>(words: &[u64; W]) -> [u64; N] {
    let mut limbs = [0; N];
    let mut i = 0;
    while i < N {
        let (word, shift) = place(i);
        if word < W {
            limbs[i] = words[word] >> shift & LIMB;
        }
        if word + 1 < W && shift > 64 - LIMB_BITS {
            limbs[i] |= words[word + 1] << (64 - shift) & LIMB;
        }
        i += 1;
    }
    limbs
}

/// 2^bits mod p, in limbs as p, which is below R / 2 and more than 1; for constants.
pub(crate) const fn power_of_two<const N: usize>(bits: usize, p: &[u64; N]) -> [u64; N] {
    let mut power = [0; N];
    power[0] = 1;
    let mut bit = 0;
    while bit < bits {
        // Twice the power, and that less p unless it is below.
        let (mut double, mut less, mut carry, mut borrow, mut i) = ([0; N], [0; N], 0, 0, 0);
        while i < N {
            double[i] = power[i] << 1 & LIMB | carry;
            carry = power[i] >> (LIMB_BITS - 1);
            let difference = double[i].wrapping_sub(p[i]).wrapping_sub(borrow);
            less[i] = difference & LIMB;
            borrow = difference >> 63;
            i += 1;
        }
        power = if borrow == 0 { less } else { double };
        bit += 1;
    }
    power
}

/// Limb j > 0 of p + 1, where p = -1 mod 2^52.
pub(super) const fn plus_one<const N: usize>(limbs: &[u64; N], j: usize) -> u64 {
    let mut carry = 1;
    let mut i = 0;
    while i < j {
        carry = (limbs[i] + carry) >> LIMB_BITS;
        i += 1;
    }
    (limbs[j] + carry) & LIMB
}

/// -1/p mod 2^52, by Newton: 3, 6, 12, 24, 48, 96 bits.
const fn negative_inverse<const N: usize>(limbs: &[u64; N]) -> u64 {
    let lowest = limbs[0];
    let mut inverse = lowest;
    let mut round = 0;
    while round < 5 {
        inverse = inverse.wrapping_mul(2_u64.wrapping_sub(lowest.wrapping_mul(inverse)));
        round += 1;
    }
    inverse.wrapping_neg() & LIMB
}

/// Which word a limb begins in, and at which bit of it.
#[allow(clippy::as_conversions, reason = "const; below 64")]
pub(super) const fn place(limb: usize) -> (usize, u32) {
    let bit = limb * LIMB_BITS as usize;
    (bit / 64, (bit % 64) as u32)
}
