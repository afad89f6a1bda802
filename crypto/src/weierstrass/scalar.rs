//! Scalars: numbers modulo the order n of the group.

use super::Curve;
use crate::number::{self, Limb, Number, lowest};

/// A number below n.
#[derive(Clone, Copy)]
pub(crate) struct Scalar<C: Curve>(C::Number);

impl<C: Curve> Scalar<C> {
    /// The number in bytes modulo n, if they are as many as n has.
    pub(super) fn reduced(bytes: &[u8]) -> Option<Self> {
        // R < 2n
        Some(Self(number::reduce_once(&number::from_be(bytes)?, &C::PARAMETERS.n)))
    }

    /// The number in bytes, if they are as many as n has and it is in 1..n.
    pub(super) fn nonzero(bytes: &[u8]) -> Option<Self> {
        let number = number::from_be(bytes)?;
        (number != C::Number::ZERO && number::is_below(&number, &C::PARAMETERS.n)).then_some(Self(number))
    }

    pub(super) fn number(&self) -> &C::Number {
        &self.0
    }

    /// (a/x, b/x), for x that is not 0.
    pub(super) fn divide([a, b]: [&Self; 2], x: &Self) -> [Self; 2] {
        // In Montgomery form, so that the products are out of it.
        let inverse = C::quotient_modulo_n(&C::PARAMETERS.one_modulo_n, &x.0);
        [montgomery_product(&a.0, &inverse), montgomery_product(&b.0, &inverse)]
    }
}

/// a * b / R mod n, for a and b below n.
#[inline(never)]
fn montgomery_product<C: Curve>(a: &C::Number, b: &C::Number) -> Scalar<C> {
    let n = &C::PARAMETERS.n;
    let mut sum = C::Number::ZERO;
    let mut top = false;
    for &limb in b.as_ref() {
        let mut high = 0;
        for (sum, &a) in sum.as_mut().iter_mut().zip(a.as_ref()) {
            (*sum, high) = a.carrying_mul_add(limb, *sum, high);
        }
        let (above, above_that) = high.carrying_add(Limb::from(top), false);
        // Adds the multiple of n that clears the lowest limb, and moves the limbs down by one.
        let multiplier = lowest(&sum).wrapping_mul(C::PARAMETERS.negative_inverse_of_n);
        let (_, mut high) = multiplier.carrying_mul_add(lowest(n), lowest(&sum), 0);
        let limbs = sum.as_mut();
        for at in 1..C::Number::LIMBS {
            let (Some(&n), Some(&limb)) = (n.as_ref().get(at), limbs.get(at)) else { break };
            let limb_below;
            (limb_below, high) = multiplier.carrying_mul_add(n, limb, high);
            if let Some(below) = limbs.get_mut(at.wrapping_sub(1)) {
                *below = limb_below;
            }
        }
        let (above, carry) = above.carrying_add(high, false);
        if let Some(highest) = limbs.last_mut() {
            *highest = above;
        }
        // The sum is below a + n < 2 R: one of them at most.
        top = above_that | carry;
    }
    // (a b + R n) / R < 2n.
    Scalar(if top { number::subtract(&sum, n).0 } else { number::reduce_once(&sum, n) })
}

#[cfg(test)]
mod tests;
