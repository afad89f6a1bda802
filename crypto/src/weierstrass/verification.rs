//! Verification of a signature, FIPS 186-5, section 6.4.2.

use super::field::Element;
use super::number;
use super::point::Affine;
use super::scalar::Scalar;
use super::sum::LinearCombination;
use super::{Curve, joint};
use crate::BadSignature;

/// Verifies r || s over a hash under the point `q`, which is on the curve. All three numbers have as many octets as n.
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
    let Multipliers { r, u1, u2 } = multipliers.as_ref().ok_or(BadSignature)?;
    // Step 5. Signatures can be made whose sum meets an exception on the way though it is a point.
    let mut sum = way.sum(u1, u2, q);
    if sum.is_infinity() {
        joint::complete_sum(&mut sum, u1, u2, q);
    }
    // Steps 6 and 7: whether x mod n is r. x is below p, so it is r or r + n.
    let r = r.number();
    let has_x = |x: &C::Number| Element::from_number(x).is_some_and(|x| sum.has_x(&x));
    let may_be_more = || number::is_below(r, &C::PARAMETERS.p_minus_n);
    let is_valid =
        !sum.is_infinity() && (has_x(r) || (may_be_more() && has_x(&number::add(r, &C::PARAMETERS.n))));
    if is_valid { Ok(()) } else { Err(BadSignature) }
}

/// What a signature and a hash come to before any point is looked at.
struct Multipliers<C: Curve> {
    r: Scalar<C>,
    /// e / s
    u1: Scalar<C>,
    /// r / s
    u2: Scalar<C>,
}

impl<C: Curve> Multipliers<C> {
    #[inline(never)]
    fn new(hash: &[u8], signature: &[u8]) -> Option<Self> {
        // Two halves of exactly so many octets: DER has another length or is out of range.
        let (r, s) = signature.split_at(signature.len() / 2);
        // Step 1: 1 <= r, s <= n - 1. JOSE has no low-s rule.
        let r = Scalar::nonzero(r)?;
        let s = Scalar::nonzero(s)?;
        // Steps 2 to 4. The hash has as many bits as n; e may be n or more, or 0.
        let [u1, u2] = Scalar::divide([&Scalar::reduced(hash)?, &r], &s);
        Some(Self { r, u1, u2 })
    }
}

#[cfg(test)]
#[path = "verification_tests.rs"]
mod tests;
