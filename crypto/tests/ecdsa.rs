//! ES256, ES384, ES512: signatures of the curve crates, and what must not pass.
#![allow(missing_docs, clippy::arithmetic_side_effects, clippy::unwrap_used)]

mod common;

use common::{MESSAGE, bytes, fault, prepare, verify};
use ecdsa::elliptic_curve::array::ArraySize;
use ecdsa::elliptic_curve::ff::PrimeField;
use ecdsa::elliptic_curve::point::{AffineCoordinates, DecompressPoint};
use ecdsa::elliptic_curve::{
    AffinePoint, CurveArithmetic, FieldBytes, NonZeroScalar, PublicKey as Point, Scalar,
};
use ecdsa::{EcdsaCurve, SignatureSize, hazmat};
use jotgate_crypto::{
    Algorithm, BadSignature, Curve, ES256, ES256_RUSTCRYPTO, ES384, ES384_RUSTCRYPTO, ES512, KeyFault,
    PublicKey, SigningInput, VerifyingKey,
};
use num_bigint::BigUint;
use p256::NistP256;
use p384::NistP384;
use p521::NistP521;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// A curve's key, a signature over the message, and the numbers that bound them.
struct Case {
    algorithm: &'static dyn Algorithm,
    curve: Curve,
    /// Bytes of a coordinate, and of r and s.
    len: usize,
    /// The field's prime.
    p: BigUint,
    /// The order of the group.
    n: BigUint,
    x: Vec<u8>,
    y: Vec<u8>,
    signature: Vec<u8>,
    /// A point whose first coordinate is so small that adding p fits its bytes.
    small_x: (BigUint, Vec<u8>),
}

impl Case {
    fn all() -> [Self; 5] {
        let two = |bits: u32| BigUint::from(1_u8) << bits;
        [
            Self::new::<NistP256>(
                &ES256,
                Curve::P256,
                two(256) - two(224) + two(192) + two(96) - 1_u8,
                &Sha256::digest(MESSAGE),
            ),
            Self::new::<NistP256>(
                &ES256_RUSTCRYPTO,
                Curve::P256,
                two(256) - two(224) + two(192) + two(96) - 1_u8,
                &Sha256::digest(MESSAGE),
            ),
            Self::new::<NistP384>(
                &ES384,
                Curve::P384,
                two(384) - two(128) - two(96) + two(32) - 1_u8,
                &Sha384::digest(MESSAGE),
            ),
            Self::new::<NistP384>(
                &ES384_RUSTCRYPTO,
                Curve::P384,
                two(384) - two(128) - two(96) + two(32) - 1_u8,
                &Sha384::digest(MESSAGE),
            ),
            Self::new::<NistP521>(&ES512, Curve::P521, two(521) - 1_u8, &Sha512::digest(MESSAGE)),
        ]
    }

    fn new<C>(algorithm: &'static dyn Algorithm, curve: Curve, p: BigUint, hash: &[u8]) -> Self
    where
        C: EcdsaCurve + CurveArithmetic,
        AffinePoint<C>: AffineCoordinates<FieldRepr = FieldBytes<C>> + DecompressPoint<C>,
        SignatureSize<C>: ArraySize,
    {
        let scalar =
            |seed: u64| Scalar::<C>::from(seed) * Scalar::<C>::from(u64::MAX) * Scalar::<C>::from(u64::MAX);
        let secret = NonZeroScalar::<C>::new(scalar(0x9e37_79b9_7f4a_7c15)).unwrap();
        let nonce = NonZeroScalar::<C>::new(scalar(0xbf58_476d_1ce4_e5b9)).unwrap();
        let (signature, _) = hazmat::sign_prehashed::<C>(&secret, &nonce, hash).unwrap();
        let point = *Point::<C>::from_secret_scalar(&secret).as_affine();
        let minus_one = (-Scalar::<C>::from(1_u64)).to_repr();
        let len = minus_one.len();
        let small_x = (0_u32..)
            .find_map(|x| {
                let x = BigUint::from(x);
                let encoded = FieldBytes::<C>::try_from(&bytes(&x, len)[..]).unwrap();
                let point = AffinePoint::<C>::decompress(&encoded, 0.into()).into_option()?;
                Some((x, point.y().to_vec()))
            })
            .unwrap();
        Self {
            algorithm,
            curve,
            len,
            p,
            n: BigUint::from_bytes_be(&minus_one) + 1_u8,
            x: point.x().to_vec(),
            y: point.y().to_vec(),
            signature: signature.to_bytes().to_vec(),
            small_x,
        }
    }

    fn key(&self) -> VerifyingKey<'static> {
        prepare(self.algorithm, &PublicKey::Ec { curve: self.curve, x: &self.x, y: &self.y }).unwrap()
    }

    fn fault(&self, x: &[u8], y: &[u8]) -> Option<KeyFault> {
        fault(self.algorithm, &PublicKey::Ec { curve: self.curve, x, y })
    }

    fn r_and_s(&self) -> (BigUint, BigUint) {
        let (r, s) = self.signature.split_at(self.len);
        (BigUint::from_bytes_be(r), BigUint::from_bytes_be(s))
    }

    fn signature(&self, r: &BigUint, s: &BigUint) -> Vec<u8> {
        [bytes(r, self.len), bytes(s, self.len)].concat()
    }

    /// Whether a number fits the bytes of a coordinate or of r and s.
    fn fits(&self, number: &BigUint) -> bool {
        number.to_bytes_be().len() <= self.len
    }
}

#[test]
fn good_and_changed_signatures() {
    for case in Case::all() {
        let key = case.key();
        assert_eq!(key.algorithm(), case.algorithm.name());
        assert_eq!(key.signature_len(), 2 * case.len);
        assert_eq!(verify(&key, &case.signature), Ok(()), "{key:?}");
        assert_eq!(key.verify(&SigningInput::new(b"other"), &case.signature), Err(BadSignature), "{key:?}");
        for byte in (0..case.signature.len()).step_by(5).chain([case.signature.len() - 1]) {
            let mut flipped = case.signature.clone();
            *flipped.get_mut(byte).unwrap() ^= 1 << (byte % 8);
            assert_eq!(verify(&key, &flipped), Err(BadSignature), "{key:?} byte {byte}");
        }
    }
}

/// JOSE has no low-s rule: both are signatures of the same signing input.
#[test]
fn both_twins_pass() {
    for case in Case::all() {
        let (r, s) = case.r_and_s();
        let twin = case.signature(&r, &(&case.n - &s));
        assert_ne!(twin, case.signature);
        assert_eq!(verify(&case.key(), &twin), Ok(()), "{:?}", case.curve);
    }
}

#[test]
fn r_and_s_in_range() {
    for case in Case::all() {
        let (r, s) = case.r_and_s();
        let (zero, one, n) = (BigUint::ZERO, BigUint::from(1_u8), &case.n);
        let all_ones = (BigUint::from(1_u8) << (8 * case.len)) - 1_u8;
        let mut wrong = vec![
            ("r = 0", zero.clone(), s.clone()),
            ("s = 0", r.clone(), zero.clone()),
            ("r = s = 0", zero.clone(), zero.clone()),
            ("r = n", n.clone(), s.clone()),
            ("s = n", r.clone(), n.clone()),
            ("r = s = n", n.clone(), n.clone()),
            ("r = 0, s = 1", zero.clone(), one.clone()),
            ("r = 1, s = 0", one.clone(), zero.clone()),
            ("r = n, s = 0", n.clone(), zero.clone()),
            ("r = 1, s = 1", one.clone(), one.clone()),
            ("r = n + 1", n + 1_u8, s.clone()),
            ("s = n + 1", r.clone(), n + 1_u8),
            ("r = s = n - 1", n - 1_u8, n - 1_u8),
            ("r = p", case.p.clone(), s.clone()),
            ("all ones", all_ones.clone(), all_ones),
            ("-r", n - &r, s.clone()),
            ("swapped", s.clone(), r.clone()),
        ];
        for (what, r, s) in [("r + n", &r + n, s.clone()), ("s + n", r.clone(), &s + n)] {
            if case.fits(&r) && case.fits(&s) {
                wrong.push((what, r, s));
            }
        }
        let key = case.key();
        for (what, r, s) in &wrong {
            assert_eq!(verify(&key, &case.signature(r, s)), Err(BadSignature), "{key:?} {what}");
        }
    }
}

#[test]
fn only_the_fixed_length_form() {
    for case in Case::all() {
        let key = case.key();
        let (r, s) = case.r_and_s();
        let body = [der_integer(&r), der_integer(&s)].concat();
        let len = u8::try_from(body.len()).unwrap();
        let head = if len < 0x80 { vec![0x30, len] } else { vec![0x30, 0x81, len] };
        let (first, second) = case.signature.split_at(case.len);
        let wrong = [
            ("DER", [head, body].concat()),
            ("DER of 0 and 0", vec![0x30, 6, 2, 1, 0, 2, 1, 0]),
            ("empty", vec![]),
            ("r alone", first.to_vec()),
            ("last byte dropped", case.signature.split_last().unwrap().1.to_vec()),
            ("first byte dropped", case.signature.split_first().unwrap().1.to_vec()),
            ("byte behind", [&case.signature[..], &[0]].concat()),
            ("byte before", [&[0], &case.signature[..]].concat()),
            ("both padded", [&[0], first, &[0], second].concat()),
            ("twice", [&case.signature[..], &case.signature[..]].concat()),
        ];
        for (what, signature) in &wrong {
            assert_eq!(verify(&key, signature), Err(BadSignature), "{key:?} {what}");
        }
    }
}

fn der_integer(number: &BigUint) -> Vec<u8> {
    let mut bytes = number.to_bytes_be();
    if bytes.first().is_some_and(|first| *first >= 0x80) {
        bytes.insert(0, 0);
    }
    [&[2, u8::try_from(bytes.len()).unwrap()], &bytes[..]].concat()
}

#[test]
fn coordinates_have_the_length_of_the_field() {
    for case in Case::all() {
        let wrong = |coordinate: &[u8]| {
            [
                vec![],
                coordinate.split_last().unwrap().1.to_vec(),
                coordinate.split_first().unwrap().1.to_vec(),
                [&[0], coordinate].concat(),
                [coordinate, &[0]].concat(),
                [&[4], coordinate, coordinate].concat(),
            ]
        };
        for x in wrong(&case.x) {
            assert_eq!(
                case.fault(&x, &case.y),
                Some(KeyFault::WrongLength),
                "{:?} x {}",
                case.curve,
                x.len()
            );
        }
        for y in wrong(&case.y) {
            assert_eq!(
                case.fault(&case.x, &y),
                Some(KeyFault::WrongLength),
                "{:?} y {}",
                case.curve,
                y.len()
            );
        }
    }
}

#[test]
fn points_on_the_curve() {
    for case in Case::all() {
        let len = case.len;
        let (small_x, its_y) = &case.small_x;
        assert_eq!(
            case.fault(&bytes(small_x, len), its_y),
            None,
            "{:?}: the small x is of a point",
            case.curve
        );

        let mut other_y = case.y.clone();
        *other_y.last_mut().unwrap() ^= 1;
        let minus_y = bytes(&(&case.p - BigUint::from_bytes_be(&case.y)), len);
        assert_eq!(case.fault(&case.x, &minus_y), None, "{:?}: -P is a point", case.curve);

        let p = bytes(&case.p, len);
        let zero = vec![0; len];
        let all_ones = vec![0xff; len];
        let x_and_p = bytes(&(small_x + &case.p), len);
        let wrong = [
            ("y changed", &case.x, &other_y),
            ("swapped", &case.y, &case.x),
            ("0, 0", &zero, &zero),
            ("p, 0", &p, &zero),
            ("0, p", &zero, &p),
            ("x + p", &x_and_p, its_y),
            ("x all ones", &all_ones, &case.y),
            ("y all ones", &case.x, &all_ones),
        ];
        for (what, x, y) in wrong {
            assert_eq!(case.fault(x, y), Some(KeyFault::NotOnCurve), "{:?} {what}", case.curve);
        }
        let y_and_p = BigUint::from_bytes_be(its_y) + &case.p;
        if case.fits(&y_and_p) {
            let y = bytes(&y_and_p, len);
            assert_eq!(
                case.fault(&bytes(small_x, len), &y),
                Some(KeyFault::NotOnCurve),
                "{:?} y + p",
                case.curve
            );
        }
    }
}
