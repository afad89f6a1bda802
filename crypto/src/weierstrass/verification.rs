//! Verification of a signature, FIPS 186-5, section 6.4.2.

use super::field::Element;
use super::joint;
use super::number::{self, Number};
use super::point::Affine;
use super::scalar::{N, P_MINUS_N, Scalar};
use super::sum::LinearCombination;
use crate::BadSignature;

/// Verifies r || s, 64 octets, over a hash under the point `q`, which is on the curve.
///
/// # Errors
/// [`BadSignature`].
pub(crate) fn verify(
    way: &impl LinearCombination,
    q: &Affine,
    hash: &[u8; 32],
    signature: &[u8],
) -> Result<(), BadSignature> {
    let multipliers = Multipliers::new(hash, signature);
    let Multipliers { r, u1, u2 } = multipliers.as_ref().map_err(|_| BadSignature)?;
    // Step 5. Signatures can be made whose sum meets an exception on the way though it is a point.
    let mut sum = way.sum(u1, u2, q);
    if sum.is_infinity() {
        joint::complete_sum(&mut sum, u1, u2, q);
    }
    // Steps 6 and 7: whether x mod n is r. x is below p, so it is r or r + n.
    let r = r.number();
    let has_x = |x: &Number| Element::from_number(x).is_some_and(|x| sum.has_x(&x));
    let is_valid =
        !sum.is_infinity() && (has_x(r) || (number::is_below(r, &P_MINUS_N) && has_x(&number::add(r, &N))));
    if is_valid { Ok(()) } else { Err(BadSignature) }
}

/// What a signature and a hash come to before any point is looked at.
struct Multipliers {
    r: Scalar,
    /// e / s
    u1: Scalar,
    /// r / s
    u2: Scalar,
}

impl Multipliers {
    #[inline(never)]
    fn new(hash: &[u8; 32], signature: &[u8]) -> Result<Self, BadSignature> {
        // Exactly 64 octets: DER has another length or is out of range.
        let (r, s) = signature.split_first_chunk::<32>().ok_or(BadSignature)?;
        let s = s.try_into().map_err(|_| BadSignature)?;
        // Step 1: 1 <= r, s <= n - 1. JOSE has no low-s rule.
        let r = Scalar::nonzero(r).ok_or(BadSignature)?;
        let s = Scalar::nonzero(s).ok_or(BadSignature)?;
        // Steps 2 to 4. SHA-256 has as many bits as n; e may be n or more, or 0.
        let [u1, u2] = Scalar::divide([&Scalar::reduced(hash), &r], &s);
        Ok(Self { r, u1, u2 })
    }
}

#[cfg(test)]
#[path = "verification_tests.rs"]
mod tests;
