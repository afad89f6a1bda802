//! A public key: the checks at load, and its layout in words.

use super::curve::{Affine, load};
use crate::number::word::{WORD_LEN, fill};
use crate::{BadSignature, KeyFault, PublicKey, Word};

/// How many words [`prepare`] fills: 64 bytes.
///
/// # Errors
/// What is wrong with the kind or the length of the key.
pub(super) fn words(key: &PublicKey<'_>) -> Result<usize, KeyFault> {
    encoded_point(key).map(|_| 64 / WORD_LEN)
}

/// Lays the key out: `[ x | y ]`, the coordinates of the negative of the point, 32 bytes each.
///
/// # Errors
/// What is wrong with the key.
pub(super) fn prepare(key: &PublicKey<'_>, words: &mut [Word]) -> Result<(), KeyFault> {
    let point = load(encoded_point(key)?)?;
    fill(words, point.limbs().into_iter().flatten());
    Ok(())
}

/// The negative of the point of a prepared key.
///
/// # Errors
/// The words are not those of such a key.
pub(super) fn minus_point(words: &[Word]) -> Result<Affine, BadSignature> {
    Affine::from_limbs(words).ok_or(BadSignature)
}

/// The encoded point, not checked but for its length (RFC 8037, section 2).
fn encoded_point<'k>(key: &PublicKey<'k>) -> Result<&'k [u8; 32], KeyFault> {
    match *key {
        PublicKey::Ed25519 { x } => x.try_into().map_err(|_| KeyFault::WrongLength),
        _ => Err(KeyFault::WrongKind),
    }
}
