//! Every way to verify, against ed25519-dalek's `verify_strict` for keys in their canonical encoding.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

extern crate std;

use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
use curve25519_dalek::{EdwardsPoint, Scalar};
use num_bigint::BigUint;
use proptest::prelude::*;
use sha2::{Digest, Sha512};
use std::sync::LazyLock;
use std::{boxed::Box, format, vec, vec::Vec};

use super::super::{Affine, Comb, Combs, Joint, build, load};
use super::{LinearCombination, split_r, verify};
use crate::EdDsaShape;
use crate::{Backend, BadSignature, CacheLine, KeyFault};

/// A private scalar, and a component of small order that no honest key has.
struct Signer {
    a: Scalar,
    point: EdwardsPoint,
}

/// A key with tables of every shape but the largest two, whose tables take long to build.
struct Key {
    encoded: [u8; 32],
    minus_a: Affine,
    tables: Vec<Comb<'static>>,
}

impl Signer {
    fn new(seed: u64) -> Self {
        Self::with_torsion(seed, &EdwardsPoint::default())
    }

    fn with_torsion(seed: u64, torsion: &EdwardsPoint) -> Self {
        let a = random(seed);
        Self { a, point: ED25519_BASEPOINT_POINT * a + torsion }
    }

    fn encoded(&self) -> [u8; 32] {
        self.point.compress().to_bytes()
    }

    fn key(&self) -> Key {
        Key::new(&self.encoded(), &EdDsaShape::ALL[..5])
    }

    /// R = r B + torsion, and S so that it satisfies the equation times 8.
    fn sign(&self, r: &Scalar, torsion: &EdwardsPoint, message: &[u8]) -> [u8; 64] {
        self.sign_encoded((ED25519_BASEPOINT_POINT * r + torsion).compress().to_bytes(), r, message)
    }

    fn sign_encoded(&self, encoded_r: [u8; 32], r: &Scalar, message: &[u8]) -> [u8; 64] {
        let s = r + challenge(&encoded_r, &self.encoded(), message) * self.a;
        [encoded_r, s.to_bytes()].concat().try_into().unwrap()
    }
}

impl Key {
    fn new(encoded: &[u8; 32], shapes: &[EdDsaShape]) -> Self {
        let minus_a = load(encoded).unwrap();
        let tables = shapes.iter().map(|shape| table(*shape, &minus_a)).collect();
        Self { encoded: *encoded, minus_a, tables }
    }

    /// Verifies in every way and by ed25519-dalek: they must agree.
    fn agree(&self, message: &[u8], signature: &[u8]) -> Result<(), BadSignature> {
        let oracle = self.oracle(message, signature);
        for backend in Backend::available() {
            let joint = verify(&Joint { backend }, &self.minus_a, message, signature);
            assert_eq!(joint, oracle, "joint {backend:?} {message:x?} {signature:x?} {:x?}", self.encoded);
            for base in BASE.iter() {
                for key in &self.tables {
                    let way = Combs { backend, base: *base, key: *key };
                    let name = format!("{:?} {:?} {backend:?}", base.layout(), key.layout());
                    let answer = verify(&way, &self.minus_a, message, signature);
                    assert_eq!(answer, oracle, "{name} {message:x?} {signature:x?} {:x?}", self.encoded);
                }
            }
        }
        oracle
    }

    fn oracle(&self, message: &[u8], signature: &[u8]) -> Result<(), BadSignature> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(&self.encoded).unwrap();
        let signature = ed25519_dalek::Signature::from_slice(signature).map_err(|_| BadSignature)?;
        key.verify_strict(message, &signature).map_err(|_| BadSignature)
    }
}

pub(in super::super) fn table(shape: EdDsaShape, point: &Affine) -> Comb<'static> {
    let lines = Box::leak(vec![CacheLine([u64::MAX; 8]); shape.lines()].into_boxed_slice());
    build(lines, shape, point);
    Comb::new(shape.layout(), lines)
}

pub(in super::super) static BASE: LazyLock<Vec<Comb<'static>>> =
    LazyLock::new(|| EdDsaShape::ALL.map(|shape| table(shape, &Affine::BASE)).into());

/// A scalar with no pattern, the same in every run.
fn random(seed: u64) -> Scalar {
    Scalar::from_bytes_mod_order_wide(&Sha512::digest(seed.to_le_bytes()).into())
}

fn challenge(encoded_r: &[u8; 32], encoded_a: &[u8; 32], message: &[u8]) -> Scalar {
    let hash = Sha512::new().chain_update(encoded_r).chain_update(encoded_a).chain_update(message);
    Scalar::from_bytes_mod_order_wide(&hash.finalize().into())
}

fn order() -> BigUint {
    (BigUint::from(1_u8) << 252) + 27_742_317_777_372_353_535_851_937_790_883_648_493_u128
}

#[test]
fn keys_of_every_shape() {
    let signer = Signer::new(1);
    let key = Key::new(&signer.encoded(), &EdDsaShape::ALL);
    for seed in 2..12 {
        let good = signer.sign(&random(seed), &EdwardsPoint::default(), b"message");
        assert_eq!(key.agree(b"message", &good), Ok(()));
        assert_eq!(key.agree(b"Message", &good), Err(BadSignature));
    }
}

/// Each bit of R, S and the key.
#[test]
fn flipped_bits() {
    let (signer, none) = (Signer::new(20), EdwardsPoint::default());
    let key = Key::new(&signer.encoded(), &[EdDsaShape::Bytes3840]);
    let good = signer.sign(&random(21), &none, b"message");
    for bit in 0..512 {
        let mut flipped = good;
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(key.agree(b"message", &flipped), Err(BadSignature), "bit {bit}");
    }
    let mut loaded = 0;
    for bit in 0..256 {
        let mut encoded = signer.encoded();
        encoded[bit / 8] ^= 1 << (bit % 8);
        if load(&encoded).is_ok() {
            let other = Key::new(&encoded, &[EdDsaShape::Bytes768]);
            assert_eq!(other.agree(b"message", &good), Err(BadSignature), "bit {bit}");
            loaded += 1;
        }
        assert_eq!(
            load(&encoded).is_ok(),
            ed25519_dalek::VerifyingKey::from_bytes(&encoded).is_ok(),
            "bit {bit}"
        );
    }
    assert!(loaded > 80, "half of the numbers are coordinates");
}

#[test]
fn lengths_of_messages() {
    let (signer, none) = (Signer::new(30), EdwardsPoint::default());
    let key = Key::new(&signer.encoded(), &[EdDsaShape::Bytes768]);
    for len in (0..200).step_by(7).chain([1, 47, 48, 63, 64, 111, 112, 127, 128, 1000, 100_000]) {
        let message = vec![0x61; len];
        let good = signer.sign(&random(31), &none, &message);
        assert_eq!(key.agree(&message, &good), Ok(()), "{len}");
        assert_eq!(key.agree(&[&message[..], b"a"].concat(), &good), Err(BadSignature), "{len}");
    }
}

#[test]
fn lengths_of_signatures() {
    let (signer, none) = (Signer::new(32), EdwardsPoint::default());
    let key = signer.key();
    let good = signer.sign(&random(33), &none, b"message");
    for len in 0..64 {
        assert_eq!(key.agree(b"message", &good[..len]), Err(BadSignature), "{len}");
    }
    assert_eq!(key.agree(b"message", &[&good[..], &[0]].concat()), Err(BadSignature));
}

/// S + L, S + 2 L, ...: all satisfy the equation.
#[test]
fn range_of_s() {
    let (signer, none) = (Signer::new(40), EdwardsPoint::default());
    let key = signer.key();
    let good = signer.sign(&random(41), &none, b"message");
    let (r, s) = good.split_at(32);
    let mut s = BigUint::from_bytes_le(s) + order();
    while s.bits() <= 256 {
        let mut bytes = s.to_bytes_le();
        bytes.resize(32, 0);
        assert_eq!(key.agree(b"message", &[r, &bytes].concat()), Err(BadSignature));
        s += order();
    }
}

/// s B - k A for scalars that no hash gives, and those at the limits: the encoding of each sum.
#[test]
fn sums_of_chosen_scalars() {
    for torsion in [&EIGHT_TORSION[0], &EIGHT_TORSION[3]] {
        let signer = Signer::with_torsion(42, torsion);
        let key = signer.key();
        let mut scalars =
            vec![Scalar::ZERO, Scalar::ONE, Scalar::from(2_u8), -Scalar::ONE, -Scalar::from(2_u8)];
        scalars.extend([
            signer.a,
            -signer.a,
            random(43),
            Scalar::from(1_u128 << 127),
            Scalar::from(u128::MAX),
        ]);
        for s in &scalars {
            for k in &scalars {
                let expected = (ED25519_BASEPOINT_POINT * s - signer.point * k).compress().to_bytes();
                let [s, k] = [s, k].map(|scalar| super::Scalar::canonical(scalar.as_bytes()).unwrap());
                for backend in Backend::available() {
                    assert_sum(&Joint { backend }, &s, &k, &key.minus_a, expected);
                    for (base, key_table) in BASE.iter().zip(key.tables.iter().cycle()) {
                        let way = Combs { backend, base: *base, key: *key_table };
                        assert_sum(&way, &s, &k, &key.minus_a, expected);
                    }
                }
            }
        }
    }
}

fn assert_sum(
    way: &impl LinearCombination,
    s: &super::Scalar,
    k: &super::Scalar,
    point: &Affine,
    expected: [u8; 32],
) {
    let sum = way.sum(way.of_base(s), k, point);
    assert_eq!(sum.to_affine().encoded(), expected);
    let (y, x_is_odd) = super::split_encoding(&expected);
    assert!(sum.has_y(&y) && sum.x_is_odd() == x_is_odd);
}

/// All pairs of components of small order, of A and R: accepted exactly where they cancel.
#[test]
fn components_of_small_order() {
    for (of_a, torsion_a) in EIGHT_TORSION.iter().enumerate() {
        let signer = Signer::with_torsion(50, torsion_a);
        let key = signer.key();
        let (mut accepted, mut odd, mut even) = (0, 0, 0);
        for message in 0_u8..16 {
            for torsion_r in &EIGHT_TORSION {
                let r = random(51);
                let signature = signer.sign(&r, torsion_r, &[message]);
                let k = challenge(signature.first_chunk().unwrap(), &key.encoded, &[message]);
                let cancels = (torsion_r + torsion_a * k).compress() == EdwardsPoint::default().compress();
                // dalek multiplies by k as a number below L, whatever the order of the point.
                let expected = if cancels { Ok(()) } else { Err(BadSignature) };
                assert_eq!(key.agree(&[message], &signature), expected, "{of_a} {message}");
                if cancels {
                    accepted += 1;
                    if k.as_bytes()[0] & 1 == 1 { odd += 1 } else { even += 1 }
                }
            }
        }
        assert!(accepted > 4 && odd > 0 && even > 0, "{of_a}: {accepted} {odd} {even}");
    }
}

/// Keys and R of small order: some R satisfy the equation.
#[test]
fn small_orders() {
    for torsion in &EIGHT_TORSION {
        assert_eq!(load(&torsion.compress().to_bytes()).err(), Some(KeyFault::SmallOrderPoint));
    }
    for torsion_a in [&EIGHT_TORSION[0], &EIGHT_TORSION[1], &EIGHT_TORSION[4]] {
        let signer = Signer::with_torsion(60, torsion_a);
        let key = signer.key();
        for message in 0_u8..16 {
            for torsion_r in &EIGHT_TORSION {
                let signature = signer.sign(&Scalar::ZERO, torsion_r, &[message]);
                assert_eq!(key.agree(&[message], &signature), Err(BadSignature));
            }
        }
    }
}

/// R whose y is p or more, or with a sign of x = 0, with S for the point that it would be.
#[test]
fn r_that_is_not_canonical() {
    let signer = Signer::new(61);
    let key = signer.key();
    for y in 0_u8..19 {
        for sign in [0, 0x80] {
            let mut encoded = [0xff; 32];
            encoded[0] = 0xed + y;
            encoded[31] = 0x7f | sign;
            let signature = signer.sign_encoded(encoded, &Scalar::ZERO, b"message");
            assert_eq!(key.agree(b"message", &signature), Err(BadSignature), "{encoded:x?}");
        }
    }
    let [mut one, mut minus_one] = [0, 4].map(|i: usize| EIGHT_TORSION[i].compress().to_bytes());
    for encoded in [&mut one, &mut minus_one] {
        encoded[31] |= 0x80;
        let signature = signer.sign_encoded(*encoded, &Scalar::ZERO, b"message");
        assert_eq!(key.agree(b"message", &signature), Err(BadSignature), "{encoded:x?}");
    }
}

/// The same y, hashed with the other sign: only the first coordinate tells it from R.
#[test]
fn r_with_the_other_sign() {
    let signer = Signer::new(62);
    let key = signer.key();
    for seed in 63..71 {
        let r = random(seed);
        let mut encoded = (ED25519_BASEPOINT_POINT * r).compress().to_bytes();
        assert_eq!(key.agree(b"message", &signer.sign_encoded(encoded, &r, b"message")), Ok(()));
        encoded[31] ^= 0x80;
        let other = signer.sign_encoded(encoded, &r, b"message");
        assert_eq!(key.agree(b"message", &other), Err(BadSignature), "{encoded:x?}");
    }
}

/// Nobody knows how to sign with an R whose y has a second encoding, so the encodings are looked at alone.
#[test]
fn second_encodings_of_r() {
    let mut points = 0;
    for y in 0_u8..19 {
        for sign in [0, 0x80] {
            let mut canonical = [0; 32];
            canonical[0] = y;
            canonical[31] = sign;
            // 0 and 1 belong to points of small order.
            assert_eq!(split_r(&canonical).is_ok(), y > 1, "{canonical:x?}");
            points += usize::from(load(&canonical).is_ok());
            let mut beyond = [0xff; 32];
            beyond[0] = 0xed + y;
            beyond[31] = 0x7f | sign;
            assert!(split_r(&beyond).is_err(), "{beyond:x?}");
        }
    }
    assert!(points > 10, "half of them are points");
}

/// Every y from 0 to 60 and from p - 30 to 2^255 - 1, with both signs: the exact fault of each.
#[test]
fn faults_of_keys() {
    let p = (BigUint::from(1_u8) << 255) - 19_u8;
    for y in (0_u8..60).map(BigUint::from).chain((0_u8..49).map(|above| &p - 30_u8 + above)) {
        for sign in [0, 0x80] {
            let mut encoded = y.to_bytes_le();
            encoded.resize(32, 0);
            encoded[31] |= sign;
            let encoded: [u8; 32] = encoded.try_into().unwrap();
            let expected = match ed25519_dalek::VerifyingKey::from_bytes(&encoded) {
                Err(_) => Some(KeyFault::NotOnCurve),
                Ok(key) if key.to_edwards().compress().to_bytes() != encoded => {
                    Some(KeyFault::NonCanonicalPoint)
                }
                Ok(key) if key.is_weak() => Some(KeyFault::SmallOrderPoint),
                Ok(_) => None,
            };
            assert_eq!(load(&encoded).err(), expected, "{encoded:x?}");
            if let Ok(minus_a) = load(&encoded) {
                assert_eq!(minus_a.negated().encoded(), encoded);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_signatures(
        secret: u64,
        nonce: u64,
        message: [u8; 32],
        len in 0_usize..32,
        position in any::<prop::sample::Index>(),
        bit in 0_u8..8,
    ) {
        let signer = Signer::new(secret);
        let key = signer.key();
        let message = &message[..len];
        let mut signature = signer.sign(&random(nonce), &EdwardsPoint::default(), message);
        assert_eq!(key.agree(message, &signature), Ok(()));
        signature[position.index(64)] ^= 1 << bit;
        assert_eq!(key.agree(message, &signature), Err(BadSignature));
    }

    #[test]
    fn random_keys_are_loaded_or_refused(encoded: [u8; 32]) {
        let is_point = ed25519_dalek::VerifyingKey::from_bytes(&encoded).is_ok();
        assert_eq!(load(&encoded).err(), if is_point { None } else { Some(KeyFault::NotOnCurve) });
        if let Ok(minus_a) = load(&encoded) {
            assert_eq!(minus_a.negated().encoded(), encoded);
        }
    }
}
