//! A public key: the checks at load, and its layout in words.

use super::suite::Suite;
use crate::number::Number;
use crate::number::word::{WORD_LEN, fill};
use crate::weierstrass::Affine;
use crate::{BadSignature, KeyFault, PublicKey, Word};

/// How many words [`prepare`] fills: those of both coordinates.
///
/// # Errors
/// What is wrong with the kind or the lengths of the key.
pub(super) fn words<S: Suite>(key: &PublicKey<'_>) -> Result<usize, KeyFault> {
    coordinates::<S>(key).map(|_| (S::Number::LEN / WORD_LEN).wrapping_mul(2))
}

/// Lays the key out: `[ x | y ]`, the Montgomery forms of the coordinates.
///
/// # Errors
/// What is wrong with the key.
pub(super) fn prepare<S: Suite>(key: &PublicKey<'_>, words: &mut [Word]) -> Result<(), KeyFault> {
    let (x, y) = coordinates::<S>(key)?;
    // Infinity has no coordinates, and every other point of the curve has order n: the group's order is prime.
    let point = Affine::<S>::from_coordinates(x, y).ok_or(KeyFault::NotOnCurve)?;
    let [x, y] = point.forms();
    fill(words, x.as_ref().iter().chain(y.as_ref()).copied());
    Ok(())
}

/// The point of a prepared key.
///
/// # Errors
/// The words are not those of a key of this curve.
pub(super) fn point<S: Suite>(words: &[Word]) -> Result<Affine<S>, BadSignature> {
    Affine::from_limbs(words).ok_or(BadSignature)
}

/// The coordinates, not checked but for their lengths (RFC 7518, section 6.2.1.2).
fn coordinates<'k, S: Suite>(key: &PublicKey<'k>) -> Result<(&'k [u8], &'k [u8]), KeyFault> {
    match *key {
        PublicKey::Ec { curve, x, y } if curve == S::JWK_CURVE => {
            let has_right_lengths = x.len() == S::Number::LEN && y.len() == S::Number::LEN;
            if has_right_lengths { Ok((x, y)) } else { Err(KeyFault::WrongLength) }
        }
        _ => Err(KeyFault::WrongKind),
    }
}
