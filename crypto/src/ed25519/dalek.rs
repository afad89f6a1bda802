//! Ed25519 (RFC 8032, RFC 8037), strict, by ed25519-dalek: the reviewed choice, which [`EDDSA`](crate::EDDSA) is
//! tested against.

use ed25519_dalek::{Signature, VerifyingKey};

use crate::number::word::{WORD_LEN, bytes_be, fill, words_from_be};
use crate::{Algorithm, AlgorithmName, BadSignature, KeyFault, Prepared, PublicKey, SigningInput, Word};

/// Bytes of an encoded point (RFC 8032, section 5.1.2).
const POINT_LEN: usize = 32;

/// Bytes of a signature: the encoded point R and the scalar S (RFC 8032, section 5.1.6).
const SIGNATURE_LEN: usize = 64;

/// Ed25519 by the crate ed25519-dalek; signatures of 64 bytes. It gives the same answers as [`EDDSA`](crate::EDDSA).
pub static EDDSA_DALEK: EdDsaDalek = EdDsaDalek(());

/// Pure Ed25519, strict as [`EdDsa`](crate::EdDsa), by the crate ed25519-dalek. A key takes 32 bytes.
pub struct EdDsaDalek(());

/// The words are the encoded point. Its coordinates would save each verification a decompression (a square root
/// in the field, about a tenth of the time), but ed25519-dalek has no way to make a point from them.
impl Algorithm for EdDsaDalek {
    fn name(&self) -> AlgorithmName {
        AlgorithmName::EdDsa
    }

    fn words(&self, key: &PublicKey<'_>) -> Result<usize, KeyFault> {
        encoded_point(key).map(|point| words_from_be(point).len())
    }

    fn prepare(&self, key: &PublicKey<'_>, words: &mut [Word]) -> Result<(), KeyFault> {
        let encoded = encoded_point(key)?;
        let point = VerifyingKey::from_bytes(encoded).map_err(|_| KeyFault::NotOnCurve)?;
        // Decompression reduces y and forgets the sign of x = 0: encoding again shows it.
        if point.to_edwards().compress().as_bytes() != encoded {
            return Err(KeyFault::NonCanonicalPoint);
        }
        if point.is_weak() {
            return Err(KeyFault::SmallOrderPoint);
        }
        fill(words, words_from_be(encoded));
        Ok(())
    }

    fn signature_len(&self, _: Prepared<'_>) -> usize {
        SIGNATURE_LEN
    }

    fn verify(
        &self,
        key: Prepared<'_>,
        input: &SigningInput<'_>,
        signature: &[u8],
    ) -> Result<(), BadSignature> {
        let signature = Signature::from_slice(signature).map_err(|_| BadSignature)?;
        let mut encoded = [0; POINT_LEN];
        fill(&mut encoded, bytes_be(key.words()));
        let point = VerifyingKey::from_bytes(&encoded).map_err(|_| BadSignature)?;
        point.verify_strict(input.bytes(), &signature).map_err(|_| BadSignature)
    }
}

/// The encoded point of an Ed25519 key, not checked but for its length (RFC 8037, section 2).
fn encoded_point<'k>(key: &PublicKey<'k>) -> Result<&'k [u8; POINT_LEN], KeyFault> {
    match *key {
        PublicKey::Ed25519 { x } => x.try_into().map_err(|_| KeyFault::WrongLength),
        _ => Err(KeyFault::WrongKind),
    }
}

const _: () = assert!(POINT_LEN.is_multiple_of(WORD_LEN), "bytes_be has no padding to skip");
