//! Verification of a signature, FIPS 186-5, section 6.4.2.

use super::field::Element;
use super::joint;
use super::number::{self, Number};
use super::point::{Affine, Xyzz};
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
    let multipliers = multipliers.as_ref().map_err(|_| BadSignature)?;
    multipliers.check(way.sum(&multipliers.u1, &multipliers.u2, q), q)
}

/// What a signature and a hash come to before any point is looked at.
pub(super) struct Multipliers {
    pub(super) r: Scalar,
    /// e / s
    pub(super) u1: Scalar,
    /// r / s
    pub(super) u2: Scalar,
}

impl Multipliers {
    #[inline(never)]
    fn new(hash: &[u8; 32], signature: &[u8]) -> Result<Self, BadSignature> {
        let Numbers { r, s, e } = Numbers::new(hash, signature)?;
        // Steps 3 and 4.
        let [u1, u2] = Scalar::divide([&e, &r], &s);
        Ok(Self { r, u1, u2 })
    }

    /// Whether the signature is valid, from u1 G + u2 Q, or from infinity where that was not found.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub(super) fn check(&self, mut sum: Xyzz, q: &Affine) -> Result<(), BadSignature> {
        // Step 5. Signatures can be made whose sum meets an exception on the way though it is a point.
        if sum.is_infinity() {
            joint::complete_sum(&mut sum, &self.u1, &self.u2, q);
        }
        // Steps 6 and 7: whether x mod n is r. x is below p, so it is r or r + n.
        let r = self.r.number();
        let has_x = |x: &Number| Element::from_number(x).is_some_and(|x| sum.has_x(&x));
        let is_valid = !sum.is_infinity()
            && (has_x(r) || (number::is_below(r, &P_MINUS_N) && has_x(&number::add(r, &N))));
        if is_valid { Ok(()) } else { Err(BadSignature) }
    }
}

/// A signature and a hash as numbers.
pub(super) struct Numbers {
    pub(super) r: Scalar,
    pub(super) s: Scalar,
    pub(super) e: Scalar,
}

impl Numbers {
    /// # Errors
    /// [`BadSignature`] where r or s is out of range.
    #[inline]
    pub(super) fn new(hash: &[u8; 32], signature: &[u8]) -> Result<Self, BadSignature> {
        // Exactly 64 octets: DER has another length or is out of range.
        let (r, s) = signature.split_first_chunk::<32>().ok_or(BadSignature)?;
        let s = s.try_into().map_err(|_| BadSignature)?;
        // Step 1: 1 <= r, s <= n - 1. JOSE has no low-s rule.
        let r = Scalar::nonzero(r).ok_or(BadSignature)?;
        let s = Scalar::nonzero(s).ok_or(BadSignature)?;
        // Step 2. SHA-256 has as many bits as n; e may be n or more, or 0.
        Ok(Self { r, s, e: Scalar::reduced(hash) })
    }
}

#[cfg(test)]
#[path = "verification_tests.rs"]
pub(super) mod tests;
