//! Verification of a signature, FIPS 186-5, section 6.4.2.

use super::field::Element;
use super::point::{Affine, Xyzz};
use super::scalar::Scalar;
use super::sum::LinearCombination;
use super::{Curve, joint};
use crate::BadSignature;
use crate::number;

/// Verifies r || s over a hash under the point `q`, which is on the curve. All three numbers have as many bytes as n.
///
/// # Errors
/// [`BadSignature`].
pub(crate) fn verify<C: Curve>(
    way: &impl LinearCombination<C>,
    q: &Affine<C>,
    hash: &[u8],
    signature: &[u8],
) -> Result<(), BadSignature> {
    let multipliers = Multipliers::new(hash, signature);
    let multipliers = multipliers.as_ref().ok_or(BadSignature)?;
    multipliers.check(way.sum(&multipliers.u1, &multipliers.u2, q), q)
}

/// What a signature and a hash come to before any point is looked at.
pub(super) struct Multipliers<C: Curve> {
    pub(super) r: Scalar<C>,
    /// e / s
    pub(super) u1: Scalar<C>,
    /// r / s
    pub(super) u2: Scalar<C>,
}

impl<C: Curve> Multipliers<C> {
    #[inline(never)]
    fn new(hash: &[u8], signature: &[u8]) -> Option<Self> {
        let Numbers { r, s, e } = Numbers::new(hash, signature)?;
        // Steps 3 and 4.
        let [u1, u2] = Scalar::divide([&e, &r], &s);
        Some(Self { r, u1, u2 })
    }

    /// Whether the signature is valid, from u1 G + u2 Q, or from infinity where that was not found.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub(super) fn check(&self, mut sum: Xyzz<C>, q: &Affine<C>) -> Result<(), BadSignature> {
        // Step 5. Signatures can be made whose sum meets an exception on the way though it is a point.
        if sum.is_infinity() {
            joint::complete_sum(&mut sum, &self.u1, &self.u2, q);
        }
        // Steps 6 and 7: whether x mod n is r. x is below p, so it is r or r + n.
        let r = self.r.number();
        let has_x = |x: &C::Number| Element::from_number(x).is_some_and(|x| sum.has_x(&x));
        let may_be_more = || number::is_below(r, &C::PARAMETERS.p_minus_n);
        let is_valid =
            !sum.is_infinity() && (has_x(r) || (may_be_more() && has_x(&number::add(r, &C::PARAMETERS.n))));
        if is_valid { Ok(()) } else { Err(BadSignature) }
    }
}

/// A signature and a hash as numbers.
#[derive(Clone, Copy)]
pub(crate) struct Numbers<C: Curve> {
    pub(super) r: Scalar<C>,
    pub(super) s: Scalar<C>,
    pub(super) e: Scalar<C>,
}

impl<C: Curve> Numbers<C> {
    /// Nothing where r or s is out of range, or the lengths are others.
    #[inline]
    pub(super) fn new(hash: &[u8], signature: &[u8]) -> Option<Self> {
        // Two halves of exactly so many bytes: DER has another length or is out of range.
        let (r, s) = signature.split_at(signature.len() / 2);
        // Step 1: 1 <= r, s <= n - 1. JOSE has no low-s rule.
        let r = Scalar::nonzero(r)?;
        let s = Scalar::nonzero(s)?;
        // Step 2. The hash has as many bits as n; e may be n or more, or 0.
        Some(Self { r, s, e: Scalar::reduced(hash)? })
    }
}

#[cfg(test)]
mod tests;
