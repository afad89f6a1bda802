//! Scalars: numbers below the order L of the base point.

use crate::number::{self, Limb, Number, U256, from_words, lowest, words_from_hex};

/// L = 2^252 + 27742317777372353535851937790883648493 (RFC 8032, section 5.1).
pub(super) const L: U256 = from_words(words_from_hex::<4>(
    "10000000 00000000 00000000 00000000 14def9de a2f79cd6 5812631a 5cf5d3ed",
));

/// -1/L modulo 2^(bits of a limb).
const NEGATIVE_INVERSE: Limb = number::inverse(&L).wrapping_neg();

/// 2^512 mod L.
const R_SQUARED: U256 = number::shifted(&number::one(), 512, &L);

/// A number below L.
#[derive(Clone, Copy)]
pub(crate) struct Scalar(U256);

impl Scalar {
    /// The number in 32 bytes, least significant first, if it is below L.
    pub(super) fn canonical(bytes: &[u8; 32]) -> Option<Self> {
        let number = number::from_le(bytes);
        number::is_below(&number, &L).then_some(Self(number))
    }

    /// The number in 64 bytes, least significant first, modulo L.
    pub(super) fn reduced(bytes: &[u8; 64]) -> Self {
        let (low, high) = bytes.split_at(32);
        let [low, high] = [low, high].map(|half| half.try_into().map_or(U256::ZERO, number::from_le));
        // Dividing by 2^256 and multiplying by it: two times Montgomery's reduction.
        let quotient = montgomery_reduced(low, high);
        let (low, high) = product(&quotient, &R_SQUARED);
        Self(montgomery_reduced(low, high))
    }

    pub(super) fn number(&self) -> &U256 {
        &self.0
    }

    pub(super) fn is_odd(&self) -> bool {
        number::is_odd(&self.0)
    }
}

/// The limbs of a * b.
fn product(a: &U256, b: &U256) -> (U256, U256) {
    let (mut low, mut sum) = (U256::ZERO, U256::ZERO);
    for (low, &limb) in low.iter_mut().zip(b) {
        let mut high = 0;
        for (sum, &a) in sum.iter_mut().zip(a) {
            (*sum, high) = a.carrying_mul_add(limb, *sum, high);
        }
        *low = shift_in(&mut sum, high);
    }
    (low, sum)
}

/// (low + high * 2^256) / 2^256 mod L, below 2^256, and below L if high is below L.
fn montgomery_reduced(mut low: U256, high: U256) -> U256 {
    for _ in 0..U256::LIMBS {
        // The multiple of L that clears the lowest limb.
        let multiplier = lowest(&low).wrapping_mul(NEGATIVE_INVERSE);
        let mut above = 0;
        for (limb, &l) in low.iter_mut().zip(&L) {
            (*limb, above) = multiplier.carrying_mul_add(l, *limb, above);
        }
        shift_in(&mut low, above);
    }
    // Now low is at most L: (2^256 - 1 + (2^256 - 1) L) / 2^256 < L + 1. So with a carry, or without one but with
    // high below L, one L is enough.
    let (mut sum, mut carry) = (high, false);
    for (sum, low) in sum.iter_mut().zip(low) {
        (*sum, carry) = sum.carrying_add(low, carry);
    }
    if carry { number::subtract(&sum, &L).0 } else { number::reduce_once(&sum, &L) }
}

/// Moves the limbs down by one: sets the highest, returns what was the lowest.
fn shift_in(number: &mut U256, highest: Limb) -> Limb {
    number.rotate_left(1);
    number.last_mut().map_or(0, |last| core::mem::replace(last, highest))
}

#[cfg(test)]
mod tests;
