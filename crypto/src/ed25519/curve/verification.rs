//! Verification of a signature, RFC 8032, section 5.1.7, with the choices that it leaves made strictly.

use sha2::{Digest, Sha512};

use super::field::Element;
use super::point::{Affine, has_small_order};
use super::scalar::Scalar;
use super::sum::LinearCombination;
use crate::BadSignature;
use crate::number;

/// Verifies R || S, 64 bytes, over a message, under the key whose negative is `minus_a`.
///
/// # Errors
/// [`BadSignature`].
pub(crate) fn verify(
    way: &impl LinearCombination,
    minus_a: &Affine,
    message: &[u8],
    signature: &[u8],
) -> Result<(), BadSignature> {
    let (encoded_r, s) = signature.split_first_chunk::<32>().ok_or(BadSignature)?;
    let s = s.try_into().map_err(|_| BadSignature)?;
    // Step 1: S < L, and what can be said of R without its first coordinate.
    let s = Scalar::canonical(s).ok_or(BadSignature)?;
    let of_base = way.of_base(&s);
    let (y, x_is_odd) = split_r(encoded_r)?;
    // Step 2.
    let k = challenge(encoded_r, minus_a, message);
    // Step 3, without the cofactor. R is not decoded; it is compared with the encoding of S B - k A, and the second
    // coordinate alone refuses all but forgeries that were made for it.
    let sum = way.sum(of_base, &k, minus_a);
    if sum.has_y(&y) && sum.x_is_odd() == x_is_odd { Ok(()) } else { Err(BadSignature) }
}

/// The second coordinate of R and whether the first is odd, if R is canonical and not of small order.
///
/// Whether it is a point is not asked: it has to equal one. A sign of x = 0 is refused with the small orders.
fn split_r(encoded: &[u8; 32]) -> Result<(Element, bool), BadSignature> {
    let (y, x_is_odd) = split_encoding(encoded);
    if y.is_canonical() && !has_small_order(&y) { Ok((y, x_is_odd)) } else { Err(BadSignature) }
}

/// SHA-512 of R, A and the message, modulo L. R is hashed as it came; the bytes of A are those that came, because only
/// canonical encodings are loaded.
#[inline(never)]
fn challenge(encoded_r: &[u8; 32], minus_a: &Affine, message: &[u8]) -> Scalar {
    let mut hash = Sha512::new();
    hash.update(encoded_r);
    hash.update(minus_a.negated().encoded());
    hash.update(message);
    Scalar::reduced(&hash.finalize().into())
}

/// The second coordinate of an encoded point, not always below p, and whether the first is odd (RFC 8032, section
/// 5.1.3, step 1).
pub(super) fn split_encoding(encoded: &[u8; 32]) -> (Element, bool) {
    let mut bytes = *encoded;
    let mut x_is_odd = false;
    if let Some(highest) = bytes.last_mut() {
        x_is_odd = *highest & 0x80 != 0;
        *highest &= 0x7f;
    }
    (Element::from_number(number::from_le(&bytes)), x_is_odd)
}

#[cfg(test)]
pub(super) mod tests;
