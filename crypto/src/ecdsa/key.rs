//! A public key of P-256: what is checked at load, and how it lies in words.

use crate::weierstrass::Affine;
use crate::word::{WORD_LEN, fill};
use crate::{BadSignature, Curve, KeyFault, PublicKey, Word};

/// How many words [`prepare`] fills: 64 octets.
///
/// # Errors
/// What is wrong with the kind or the lengths of the key.
pub(super) fn words(key: &PublicKey<'_>) -> Result<usize, KeyFault> {
    coordinates(key).map(|_| 64 / WORD_LEN)
}

/// Lays the key out: `[ x | y ]`, the Montgomery forms of the coordinates, 32 octets each.
///
/// # Errors
/// What is wrong with the key.
pub(super) fn prepare(key: &PublicKey<'_>, words: &mut [Word]) -> Result<(), KeyFault> {
    let (x, y) = coordinates(key)?;
    // Infinity has no coordinates, and every other point of the curve has order n: the group's order is prime.
    let point = Affine::from_coordinates(x, y).ok_or(KeyFault::NotOnCurve)?;
    fill(words, point.limbs().into_iter().flatten());
    Ok(())
}

/// The point of a prepared key.
///
/// # Errors
/// The words are not those of a key of P-256.
pub(super) fn point(words: &[Word]) -> Result<Affine, BadSignature> {
    Affine::from_limbs(words).ok_or(BadSignature)
}

/// The coordinates, not checked but for their lengths (RFC 7518, section 6.2.1.2).
fn coordinates<'k>(key: &PublicKey<'k>) -> Result<(&'k [u8; 32], &'k [u8; 32]), KeyFault> {
    match *key {
        PublicKey::Ec { curve: Curve::P256, x, y } => {
            let x = x.try_into().map_err(|_| KeyFault::WrongLength)?;
            let y = y.try_into().map_err(|_| KeyFault::WrongLength)?;
            Ok((x, y))
        }
        _ => Err(KeyFault::WrongKind),
    }
}
