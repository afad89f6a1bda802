//! Every way to verify, against the crate p256, with the hash set: what no message reaches.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

extern crate std;

use ::ecdsa::elliptic_curve::PrimeField;
use ::ecdsa::elliptic_curve::group::Group;
use ::ecdsa::elliptic_curve::ops::Reduce;
use ::ecdsa::elliptic_curve::point::{AffineCoordinates, DecompressPoint};
use ::ecdsa::hazmat::{sign_prehashed, verify_prehashed};
use ::p256::{AffinePoint, FieldBytes, NistP256, NonZeroScalar, ProjectivePoint, Scalar};
use proptest::prelude::*;
use std::sync::LazyLock;
use std::vec::Vec;
use std::{boxed::Box, eprintln, format, string::String, vec};

use super::super::super::shape::CombShape;
use super::super::{Affine, BATCH, Comb, Combs, Entry, Joint, build, verify_batch};
use super::{LinearCombination, verify};
use crate::{Backend, BadSignature, CacheLine};

/// A key with tables of every shape.
pub(crate) struct Key {
    pub(crate) point: ProjectivePoint,
    pub(crate) affine: Affine,
    pub(crate) tables: Vec<Comb<'static>>,
}

impl Key {
    pub(crate) fn new(point: ProjectivePoint) -> Self {
        let coordinates = point.to_affine();
        let affine = Affine::from_coordinates(&coordinates.x().into(), &coordinates.y().into()).unwrap();
        Self { point, affine, tables: CombShape::ALL.map(|shape| table(shape, &affine)).into() }
    }

    /// Verifies in every way: they must agree. A way is a pair of shapes, or no tables.
    fn verify(&self, hash: &[u8; 32], signature: &[u8]) -> Result<(), BadSignature> {
        let mut answers = Vec::new();
        for backend in backends() {
            let joint = verify(&Joint { backend }, &self.affine, hash, signature);
            answers.push((format!("joint {}", backend.name()), joint));
            for generator in GENERATOR.iter() {
                for key in &self.tables {
                    let way = Combs { backend, generator: *generator, key: *key };
                    let name = format!("{:?} {:?} {}", generator.shape(), key.shape(), backend.name());
                    answers.push((name, verify(&way, &self.affine, hash, signature)));
                }
            }
        }
        for generator in GENERATOR.iter() {
            for key in &self.tables {
                let entry = Entry { point: self.affine, table: *key, hash, signature };
                // In any lane: the others do the same, or are not used.
                let mut entries = [None; BATCH];
                entries[usize::from(hash[31]) % BATCH] = Some(entry);
                let Some(batch) = verify_batch(*generator, &entries) else { continue };
                let name = format!("{:?} {:?} batch", generator.shape(), key.shape());
                answers.push((name, batch[usize::from(hash[31]) % BATCH]));
            }
        }
        let (_, first) = answers[0];
        assert!(answers.iter().all(|(_, answer)| *answer == first), "{hash:x?} {signature:x?}: {answers:?}");
        first
    }

    /// Verifies in every way and by the crate p256: they must agree.
    pub(crate) fn agree(&self, hash: &[u8; 32], signature: &[u8]) -> Result<(), BadSignature> {
        let answer = self.verify(hash, signature);
        assert_eq!(answer, self.oracle(hash, signature), "{hash:x?} {signature:x?}");
        answer
    }

    /// Whether u1 G + u2 Q meets an exception: with the smallest tables, and without any.
    fn exceptions(&self, u1: &Scalar, u2: &Scalar) -> [bool; 2] {
        let [u1, u2] = [u1, u2].map(|u| super::Scalar::reduced(&octets(u)));
        let backend = Backend::Portable;
        let combs = Combs { backend, generator: GENERATOR[0], key: self.tables[0] };
        let joint = Joint { backend };
        [combs.sum(&u1, &u2, &self.affine), joint.sum(&u1, &u2, &self.affine)].map(|sum| sum.is_infinity())
    }

    fn oracle(&self, hash: &[u8; 32], signature: &[u8]) -> Result<(), BadSignature> {
        let signature = ::p256::ecdsa::Signature::from_slice(signature).map_err(|_| BadSignature)?;
        verify_prehashed::<NistP256>(&self.point, hash, &signature).map_err(|_| BadSignature)
    }
}

pub(crate) fn table(shape: CombShape, point: &Affine) -> Comb<'static> {
    let lines = Box::leak(vec![CacheLine::EMPTY; shape.lines()].into_boxed_slice());
    build(lines, shape, point);
    Comb::new(shape, lines).unwrap()
}

fn backends() -> impl Iterator<Item = Backend> {
    Backend::available()
}

/// The table to be linked is the one that would be built.
#[test]
fn linked_lines() {
    let built = table(CombShape::Kib4, &Affine::GENERATOR);
    let linked = &super::super::super::generator_kib4::LINES;
    assert!(built.lines.iter().zip(linked).all(|(built, linked)| built.0 == linked.0));
    assert_eq!(built.lines.len(), linked.len());
}

pub(crate) static GENERATOR: LazyLock<Vec<Comb<'static>>> =
    LazyLock::new(|| CombShape::ALL.map(|shape| table(shape, &Affine::GENERATOR)).into());

pub(crate) fn small(number: u64) -> Scalar {
    Scalar::from(number)
}

/// A number with no pattern, the same in every run.
pub(crate) fn random(seed: u64) -> Scalar {
    let mut scalar = small(seed + 0x9e37_79b9_7f4a_7c15);
    for _ in 0..4 {
        scalar = scalar * scalar + small(u64::MAX);
    }
    scalar
}

pub(crate) fn octets(scalar: &Scalar) -> [u8; 32] {
    scalar.to_repr().into()
}

pub(crate) fn signature(r: &Scalar, s: &Scalar) -> Vec<u8> {
    [octets(r), octets(s)].concat()
}

pub(crate) fn x_of(point: &ProjectivePoint) -> Scalar {
    Scalar::reduce(&point.to_affine().x())
}

fn of_small(r: u64) -> ([u8; 32], FieldBytes) {
    // n + r, which is a coordinate for a small r.
    let mut octets = (-Scalar::ONE).to_repr();
    let mut carry = r + 1;
    for octet in octets.iter_mut().rev() {
        carry += u64::from(*octet);
        *octet = u8::try_from(carry & 0xff).unwrap();
        carry >>= 8;
    }
    (octets.into(), octets)
}

#[test]
fn backends_are_tested_or_named() {
    for backend in [Backend::Portable, Backend::Bmi2, Backend::Ifma] {
        if !backend.is_available() {
            eprintln!("not tested, the processor lacks it: {}", backend.name());
        }
    }
}

/// Valid signatures whose sums meet +-T on the way, or are infinity in the end.
#[test]
fn sums_with_exceptions() {
    let multiples = [1, 2, 3, 4, 8, 16, 1 << 32, u64::MAX].map(small);
    let (mut infinities, mut by_combs, mut by_joint) = (0, 0, 0);
    for multiple in multiples.into_iter().flat_map(|multiple| [multiple, -multiple]) {
        let key = Key::new(ProjectivePoint::GENERATOR * multiple);
        for u1 in 0..12 {
            for u2 in 1..12 {
                let (u1, u2) = (small(u1), small(u2));
                let sum = ProjectivePoint::GENERATOR * u1 + key.point * u2;
                let is_infinity = bool::from(sum.is_identity());
                infinities += u32::from(is_infinity);
                let met = key.exceptions(&u1, &u2).map(|met| u32::from(met && !is_infinity));
                by_combs += met[0];
                by_joint += met[1];
                // Any r will do for a sum that has no first coordinate.
                let r = if is_infinity { random(1) } else { x_of(&sum) };
                let s = r * u2.invert().unwrap();
                let hash = octets(&(u1 * s));
                let expected = if is_infinity { Err(BadSignature) } else { Ok(()) };
                assert_eq!(key.agree(&hash, &signature(&r, &s)), expected, "{multiple:?} {u1:?} {u2:?}");
                assert_eq!(key.agree(&hash, &signature(&(r + Scalar::ONE), &s)), Err(BadSignature));
            }
        }
    }
    // The case is there at all, and every way meets it.
    assert!(infinities > 20 && by_combs > 20 && by_joint > 20, "{infinities} {by_combs} {by_joint}");
}

/// u1 = 0: the hash is 0 or n. Others around n and at the end are reduced.
#[test]
fn hashes_at_the_edges() {
    let secret = random(2);
    let key = Key::new(ProjectivePoint::GENERATOR * secret);
    let (n, _) = of_small(0);
    let mut hashes = vec![[0; 32], n, [0xff; 32], of_small(1).0, octets(&-Scalar::ONE), octets(&Scalar::ONE)];
    hashes.push({
        let mut almost = [0xff; 32];
        almost[31] = 0xfe;
        almost
    });
    for hash in hashes {
        let e = Scalar::reduce(&FieldBytes::from(hash));
        let nonce = random(3);
        let r = x_of(&(ProjectivePoint::GENERATOR * nonce));
        let s = (e + r * secret) * nonce.invert().unwrap();
        assert_eq!(key.agree(&hash, &signature(&r, &s)), Ok(()), "{hash:x?}");
        assert_eq!(key.agree(&hash, &signature(&r, &-s)), Ok(()), "{hash:x?}");
        assert_eq!(key.agree(&hash, &signature(&r, &(s + Scalar::ONE))), Err(BadSignature), "{hash:x?}");
    }
}

/// First coordinates from n to p - 1: r is what is above n. Random signatures have them once in 2^128 times.
#[test]
fn first_coordinates_above_the_order() {
    let mut found = 0;
    for r in 1_u64.. {
        let (_, x) = of_small(r);
        let Some(point) = AffinePoint::decompress(&x, 0.into()).into_option() else { continue };
        let (u1, u2) = (random(r), random(r + 1000));
        let q = (ProjectivePoint::from(point) - ProjectivePoint::GENERATOR * u1) * u2.invert().unwrap();
        let (key, r) = (Key::new(q), small(r));
        let s = r * u2.invert().unwrap();
        assert_eq!(key.agree(&octets(&(u1 * s)), &signature(&r, &s)), Ok(()), "{r:?}");
        assert_eq!(
            key.agree(&octets(&(u1 * s)), &signature(&(r + Scalar::ONE), &s)),
            Err(BadSignature),
            "{r:?}"
        );
        found += 1;
        if found == 10 {
            break;
        }
    }
}

/// r or s out of 1..n, and other lengths.
#[test]
fn numbers_out_of_range() {
    let secret = random(4);
    let key = Key::new(ProjectivePoint::GENERATOR * secret);
    let (n, above_n) = (of_small(0).0, of_small(1).0);
    let good = octets(&random(5));
    for wrong in [[0; 32], n, above_n, [0xff; 32]] {
        for (r, s) in [(wrong, good), (good, wrong), (wrong, wrong)] {
            assert_eq!(key.agree(&good, &[r, s].concat()), Err(BadSignature), "{r:x?} {s:x?}");
        }
    }
    for len in [0, 1, 31, 32, 33, 63, 65, 128] {
        assert_eq!(key.verify(&good, &vec![1; len]), Err(BadSignature), "{len}");
    }
}

/// Every line of every table holds the multiple that its place says; the generator stands for all points.
#[test]
fn lines_of_tables() {
    for comb in GENERATOR.iter() {
        let (shape, lines) = (comb.shape(), comb.lines);
        let rows = shape.rows();
        for (at, line) in lines.iter().enumerate() {
            let (block, differences) = (at / shape.block_lines(), at % shape.block_lines());
            let mut positive = true;
            let mut expected = Scalar::ZERO;
            for row in (0..rows).rev() {
                positive ^= row < rows - 1 && differences >> row & 1 == 1;
                let place = row * shape.stride() + block * shape.columns();
                let power = (0..place).fold(Scalar::ONE, |power, _| power.double());
                expected += if positive { power } else { -power };
            }
            // All of the small tables, samples of the large ones.
            if lines.len() <= 64 || at % 61 == 0 {
                let expected = Key::line(&(ProjectivePoint::GENERATOR * expected));
                assert_eq!(line.0, expected.0, "{shape:?} {at}");
            }
        }
    }
}

impl Key {
    /// The point as a line of a table.
    fn line(point: &ProjectivePoint) -> CacheLine {
        let coordinates = point.to_affine();
        Affine::from_coordinates(&coordinates.x().into(), &coordinates.y().into()).unwrap().to_line()
    }
}

/// What is done to a signature or its hash.
#[derive(Clone, Copy, Debug)]
enum Change {
    Nothing,
    /// -s: a signature as well.
    Twin,
    FlipOfSignature(usize),
    FlipOfHash(usize),
    RandomR,
    RandomS,
}

fn changes() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => Just(Change::Nothing),
        1 => Just(Change::Twin),
        2 => (0_usize..512).prop_map(Change::FlipOfSignature),
        2 => (0_usize..256).prop_map(Change::FlipOfHash),
        1 => Just(Change::RandomR),
        1 => Just(Change::RandomS),
    ]
}

static KEYS: LazyLock<Vec<(NonZeroScalar, Key)>> = LazyLock::new(|| {
    let secrets = (10..14).map(|seed| NonZeroScalar::new(random(seed)).unwrap());
    secrets.map(|secret| (secret, Key::new(ProjectivePoint::GENERATOR * *secret))).collect()
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn signatures(at in 0_usize..4, mut hash in any::<[u8; 32]>(), seed in any::<u32>(), change in changes()) {
        let (secret, key) = &KEYS[at];
        let nonce = NonZeroScalar::new(random(seed.into())).unwrap();
        let (signed, _) = sign_prehashed::<NistP256>(secret, &nonce, &hash).unwrap();
        let (r, s) = (signed.r(), signed.s());
        let mut signature = signature(&r, &s);
        match change {
            Change::Nothing => {}
            Change::Twin => signature[32..].copy_from_slice(&octets(&-*s)),
            Change::FlipOfSignature(bit) => signature[bit / 8] ^= 1 << (bit % 8),
            Change::FlipOfHash(bit) => hash[bit / 8] ^= 1 << (bit % 8),
            Change::RandomR => signature[..32].copy_from_slice(&octets(&random(u64::from(seed) + 1))),
            Change::RandomS => signature[32..].copy_from_slice(&octets(&random(u64::from(seed) + 1))),
        }
        let expected = matches!(change, Change::Nothing | Change::Twin);
        prop_assert_eq!(key.agree(&hash, &signature).is_ok(), expected, "{}", String::from("all ways agree"));
    }
}
