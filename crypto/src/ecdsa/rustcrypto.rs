//! ECDSA over the curves of NIST (RFC 7518, section 3.4), by the RustCrypto crates: with the feature `es512` over P-521,
//! with `rustcrypto` over P-256 and P-384.

use core::marker::PhantomData;

use ecdsa::elliptic_curve::array::ArraySize;
use ecdsa::elliptic_curve::point::AffineCoordinates;
use ecdsa::elliptic_curve::{AffinePoint, CurveArithmetic, FieldBytes};
use ecdsa::{EcdsaCurve, Signature, SignatureSize, hazmat};

use crate::hash::SignatureHash;
use crate::number::word::{WORD_LEN, bytes_be, fill, words_from_be};
use crate::{
    Algorithm, AlgorithmName, BadSignature, Curve, KeyFault, Prepared, PublicKey, SigningInput, Word,
};

/// ECDSA with P-256 and SHA-256 by the crate p256; signatures of 64 bytes. What [`ES256`](crate::ES256) is held against.
#[cfg(feature = "rustcrypto")]
pub static ES256_RUSTCRYPTO: Ecdsa<p256::NistP256> = Ecdsa(PhantomData);
/// ECDSA with P-384 and SHA-384 by the crate p384; signatures of 96 bytes. What [`ES384`](crate::ES384) is held against.
#[cfg(feature = "rustcrypto")]
pub static ES384_RUSTCRYPTO: Ecdsa<p384::NistP384> = Ecdsa(PhantomData);
/// ECDSA with P-521 and SHA-512; signatures of 132 bytes.
#[cfg(feature = "es512")]
pub static ES512: Ecdsa<p521::NistP521> = Ecdsa(PhantomData);

/// ECDSA over the curve `C`.
pub struct Ecdsa<C>(PhantomData<fn() -> C>);

/// A curve with the one hash and the name that JOSE gives it.
pub(crate) trait JoseCurve:
    EcdsaCurve + CurveArithmetic<AffinePoint: AffineCoordinates<FieldRepr = FieldBytes<Self>>> + 'static
{
    /// The algorithm over this curve.
    const NAME: AlgorithmName;
    /// How a JWK names the curve.
    const CURVE: Curve;
    /// The hash of the algorithm.
    type Hash: SignatureHash;
}

#[cfg(feature = "rustcrypto")]
impl JoseCurve for p256::NistP256 {
    const NAME: AlgorithmName = AlgorithmName::Es256;
    const CURVE: Curve = Curve::P256;
    type Hash = sha2::Sha256;
}

#[cfg(feature = "rustcrypto")]
impl JoseCurve for p384::NistP384 {
    const NAME: AlgorithmName = AlgorithmName::Es384;
    const CURVE: Curve = Curve::P384;
    type Hash = sha2::Sha384;
}

#[cfg(feature = "es512")]
impl JoseCurve for p521::NistP521 {
    const NAME: AlgorithmName = AlgorithmName::Es512;
    const CURVE: Curve = Curve::P521;
    type Hash = sha2::Sha512;
}

/// The words are `[ x | y ]`, each coordinate in as many words as its bytes need.
impl<C: JoseCurve> Algorithm for Ecdsa<C>
where
    SignatureSize<C>: ArraySize,
{
    fn name(&self) -> AlgorithmName {
        C::NAME
    }

    fn words(&self, key: &PublicKey<'_>) -> Result<usize, KeyFault> {
        let (x, y) = coordinates::<C>(key)?;
        Ok(words_from_be(&x).len().wrapping_add(words_from_be(&y).len()))
    }

    fn prepare(&self, key: &PublicKey<'_>, words: &mut [Word]) -> Result<(), KeyFault> {
        let (x, y) = coordinates::<C>(key)?;
        point::<C>(&x, &y).ok_or(KeyFault::NotOnCurve)?;
        fill(words, words_from_be(&x).chain(words_from_be(&y)));
        Ok(())
    }

    fn signature_len(&self, _: Prepared<'_>) -> usize {
        // r and s, each as long as a coordinate: on these curves the order has as many bytes as the field.
        FieldBytes::<C>::default().len().wrapping_mul(2)
    }

    fn verify(
        &self,
        key: Prepared<'_>,
        input: &SigningInput<'_>,
        signature: &[u8],
    ) -> Result<(), BadSignature> {
        // Exactly r || s, 1 <= r, s <= n - 1: DER has another length or is out of range. JOSE has no low-s rule.
        let signature = Signature::<C>::from_slice(signature).map_err(|_| BadSignature)?;
        // Checks again that the point is on the curve: about a thousandth of what follows.
        let (x, y) = key.words().split_at_checked(key.words().len() / 2).ok_or(BadSignature)?;
        let point = point::<C>(&field_bytes::<C>(x), &field_bytes::<C>(y)).ok_or(BadSignature)?;
        hazmat::verify_prehashed::<C>(&point.into(), &C::Hash::hash(input), &signature)
            .map_err(|_| BadSignature)
    }
}

/// The coordinates of a key for this curve, not checked but for their lengths (RFC 7518, section 6.2.1.2).
fn coordinates<C: JoseCurve>(key: &PublicKey<'_>) -> Result<(FieldBytes<C>, FieldBytes<C>), KeyFault> {
    match *key {
        PublicKey::Ec { curve, x, y } if curve == C::CURVE => {
            let x = FieldBytes::<C>::try_from(x).map_err(|_| KeyFault::WrongLength)?;
            let y = FieldBytes::<C>::try_from(y).map_err(|_| KeyFault::WrongLength)?;
            Ok((x, y))
        }
        _ => Err(KeyFault::WrongKind),
    }
}

/// The point with these coordinates, if both are below the field's prime and it is on the curve.
fn point<C: JoseCurve>(x: &FieldBytes<C>, y: &FieldBytes<C>) -> Option<AffinePoint<C>> {
    AffinePoint::<C>::from_coordinates(x, y).into_option()
}

/// A coordinate from its words.
fn field_bytes<C: JoseCurve>(words: &[Word]) -> FieldBytes<C> {
    let mut bytes = FieldBytes::<C>::default();
    let padding = words.len().wrapping_mul(WORD_LEN).saturating_sub(bytes.len());
    fill(&mut bytes, bytes_be(words).skip(padding));
    bytes
}
