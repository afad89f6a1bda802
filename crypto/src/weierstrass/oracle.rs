//! Independent answers for the tests of this module, from the RustCrypto crates and num-bigint.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

extern crate std;

use ::ecdsa::elliptic_curve::ops::Reduce;
use ::ecdsa::elliptic_curve::point::{AffineCoordinates, DecompressPoint};
use ::ecdsa::elliptic_curve::{
    AffinePoint, CurveArithmetic, FieldBytes, NonZeroScalar, PrimeField, ProjectivePoint, Scalar,
};
use ::ecdsa::hazmat::{sign_prehashed, verify_prehashed};
use ::p256::NistP256;
use ::p384::NistP384;
use num_bigint::BigUint;
use std::vec::Vec;

pub(super) use super::super::p256::P256;
pub(super) use super::super::p384::P384;
use super::Curve;
use crate::comb::Layout;
use crate::number::{self, Number};
use crate::{BadSignature, Es256Shape, Es384Shape};

/// A curve that another crate has as well.
pub(super) trait Oracle: Curve {
    type Crate: CurveArithmetic<
            AffinePoint: AffineCoordinates<FieldRepr = FieldBytes<Self::Crate>>
                             + DecompressPoint<Self::Crate>,
            Scalar: Reduce<FieldBytes<Self::Crate>>,
        >;

    /// Its prime, in powers of two.
    fn p() -> BigUint;

    /// Its order, in decimal.
    fn n() -> BigUint;

    /// Every shape of a table, the smallest first: its layout and how many lines it takes.
    fn shapes() -> Vec<(Layout, usize)>;

    /// r || s.
    fn sign(
        secret: &NonZeroScalar<Self::Crate>,
        nonce: &NonZeroScalar<Self::Crate>,
        hash: &[u8],
    ) -> (Scalar<Self::Crate>, Scalar<Self::Crate>);

    fn verify(
        point: &ProjectivePoint<Self::Crate>,
        hash: &[u8],
        signature: &[u8],
    ) -> Result<(), BadSignature>;
}

impl Oracle for P256 {
    type Crate = NistP256;

    fn p() -> BigUint {
        power_of_two(256) - power_of_two(224) + power_of_two(192) + power_of_two(96) - 1_u8
    }

    fn n() -> BigUint {
        decimal(b"115792089210356248762697446949407573529996955224135760342422259061068512044369")
    }

    fn shapes() -> Vec<(Layout, usize)> {
        Es256Shape::ALL.map(|shape| (shape.layout(), shape.lines())).into()
    }

    fn sign(
        secret: &NonZeroScalar<NistP256>,
        nonce: &NonZeroScalar<NistP256>,
        hash: &[u8],
    ) -> (Scalar<NistP256>, Scalar<NistP256>) {
        let (signature, _) = sign_prehashed::<NistP256>(secret, nonce, hash).unwrap();
        (*signature.r(), *signature.s())
    }

    fn verify(point: &ProjectivePoint<NistP256>, hash: &[u8], signature: &[u8]) -> Result<(), BadSignature> {
        let signature = ::p256::ecdsa::Signature::from_slice(signature).map_err(|_| BadSignature)?;
        verify_prehashed::<NistP256>(point, hash, &signature).map_err(|_| BadSignature)
    }
}

impl Oracle for P384 {
    type Crate = NistP384;

    fn p() -> BigUint {
        power_of_two(384) - power_of_two(128) - power_of_two(96) + power_of_two(32) - 1_u8
    }

    fn n() -> BigUint {
        decimal(
            b"39402006196394479212279040100143613805079739270465446667946905279627659399113263569398956308152294913554433653942643",
        )
    }

    fn shapes() -> Vec<(Layout, usize)> {
        Es384Shape::ALL.map(|shape| (shape.layout(), shape.lines())).into()
    }

    fn sign(
        secret: &NonZeroScalar<NistP384>,
        nonce: &NonZeroScalar<NistP384>,
        hash: &[u8],
    ) -> (Scalar<NistP384>, Scalar<NistP384>) {
        let (signature, _) = sign_prehashed::<NistP384>(secret, nonce, hash).unwrap();
        (*signature.r(), *signature.s())
    }

    fn verify(point: &ProjectivePoint<NistP384>, hash: &[u8], signature: &[u8]) -> Result<(), BadSignature> {
        let signature = ::p384::ecdsa::Signature::from_slice(signature).map_err(|_| BadSignature)?;
        verify_prehashed::<NistP384>(point, hash, &signature).map_err(|_| BadSignature)
    }
}

pub(super) type Point<C> = ProjectivePoint<<C as Oracle>::Crate>;

pub(super) type BigScalar<C> = Scalar<<C as Oracle>::Crate>;

fn decimal(digits: &[u8]) -> BigUint {
    BigUint::parse_bytes(digits, 10).unwrap()
}

pub(super) fn power_of_two(bits: usize) -> BigUint {
    BigUint::from(1_u8) << bits
}

/// R: one more than the largest number.
pub(super) fn end<C: Curve>() -> BigUint {
    power_of_two(C::Number::BITS)
}

pub(super) fn value<N: Number>(number: &N) -> BigUint {
    let words: Vec<u64> = number::words(number).collect();
    words.iter().rev().fold(BigUint::ZERO, |value, word| (value << 64_u8) + *word)
}

/// As many bytes as a number has, most significant first.
pub(super) fn bytes<C: Curve>(number: &BigUint) -> Vec<u8> {
    let number = number.to_bytes_be();
    [std::vec![0; C::Number::LEN - number.len()], number].concat()
}

pub(super) fn number<C: Curve>(number: &BigUint) -> C::Number {
    number::from_be(&bytes::<C>(number)).unwrap()
}

/// The bytes of a scalar.
pub(super) fn repr<C: Oracle>(scalar: &BigScalar<C>) -> Vec<u8> {
    scalar.to_repr().to_vec()
}

/// The coordinates of a point that is not infinity.
pub(super) fn coordinates<C: Oracle>(point: &Point<C>) -> (Vec<u8>, Vec<u8>) {
    let point: AffinePoint<C::Crate> = (*point).into();
    (point.x().to_vec(), point.y().to_vec())
}

/// Numbers of as many bytes: random, but for half of them, which are near an edge.
pub(super) fn near<C: Curve>(edges: &[BigUint], random: &[u64; 6], at: usize) -> BigUint {
    let random = random.iter().fold(BigUint::ZERO, |number, word| (number << 64_u8) + *word) % end::<C>();
    match edges.get(at) {
        Some(edge) => (edge + (random % power_of_two(32))) % end::<C>(),
        None => random,
    }
}

fn assert_parameters<C: Oracle>() {
    let parameters = C::PARAMETERS;
    let (p, n, r) = (C::p(), C::n(), end::<C>());
    let plain = |form: &C::Number| {
        let r_inverse = (&r % &p).modinv(&p).unwrap();
        value(form) * r_inverse % &p
    };
    assert_eq!([value(&parameters.p), value(&parameters.n)], [p.clone(), n.clone()]);
    assert!(n < p && p < r && power_of_two(C::Number::BITS - 1) < n);
    assert_eq!(value(&parameters.p_minus_n), &p - &n);
    assert_eq!(value(&parameters.one), &r % &p);
    assert_eq!(value(&parameters.r_squared), &r * &r % &p);
    assert_eq!(value(&parameters.one_modulo_n), &r % &n);
    let limb = power_of_two(8 * C::Number::LEN / C::Number::LIMBS);
    assert_eq!((&n * BigUint::from(parameters.negative_inverse_of_n) + 1_u8) % limb, BigUint::ZERO, "-1/n");
    let generator = coordinates::<C>(&::ecdsa::elliptic_curve::group::Group::generator());
    let [x, y] = parameters.generator.map(|coordinate| plain(&coordinate));
    assert_eq!((bytes::<C>(&x), bytes::<C>(&y)), generator);
    // b = y^2 - x^3 + 3 x
    assert_eq!(plain(&parameters.b), (&y * &y + &p * &p * &p - &x * &x * &x + &x * 3_u8) % &p);
}

#[test]
fn parameters() {
    assert_parameters::<P256>();
    assert_parameters::<P384>();
}
