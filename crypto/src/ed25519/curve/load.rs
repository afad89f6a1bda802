//! Decodes and checks a public key when it is loaded (RFC 8032, section 5.1.3).

use super::point::Affine;
use super::verification::split_encoding;
use crate::KeyFault;

/// The negative of an encoded point, its coordinates below p.
///
/// # Errors
/// What is wrong with the point.
pub(crate) fn load(encoded: &[u8; 32]) -> Result<Affine, KeyFault> {
    let (y, x_is_odd) = split_encoding(encoded);
    let point = Affine::with_y(&y).ok_or(KeyFault::NotOnCurve)?;
    // A y that is not below p, or a sign of x = 0.
    if !y.is_canonical() || (point.x.is_zero() && x_is_odd) {
        return Err(KeyFault::NonCanonicalPoint);
    }
    if point.has_small_order() {
        return Err(KeyFault::SmallOrderPoint);
    }
    Ok(if point.x.is_odd() == x_is_odd { point.negated() } else { point })
}
