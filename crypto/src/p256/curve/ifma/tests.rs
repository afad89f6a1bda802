//! Sums in lanes against the complete sum, and the exceptions that lanes meet: made on purpose, for random scalars never
//! meet one.
#![allow(unsafe_code, clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

extern crate std;

use ::p256::{ProjectivePoint, Scalar};
use std::eprintln;
use std::vec::Vec;

use super::super::comb::{Comb, Multiple};
use super::super::joint::complete_sum;
use super::super::point::{Affine, Xyzz};
use super::super::scalar;
use super::super::verification::tests::{GENERATOR, Key, octets, random, signature, small, x_of};
use super::{batch, single};
use crate::backend::Ifma;
use crate::lanes::LANES;
use crate::p256::shape::CombShape;

fn is_detected() -> bool {
    let detected = Ifma::detected().is_some();
    if !detected {
        eprintln!("SKIPPED: this processor has no AVX-512 IFMA");
    }
    detected
}

fn reduced(scalar: &Scalar) -> scalar::Scalar {
    scalar::Scalar::reduced(&octets(scalar))
}

fn expected(u1: &Scalar, u2: &Scalar, q: &Affine) -> Xyzz {
    let mut sum = Xyzz::INFINITY;
    complete_sum(&mut sum, &reduced(u1), &reduced(u2), q);
    sum
}

fn single(generator: Comb<'_>, key: Comb<'_>, u1: &Scalar, u2: &Scalar) -> Option<Xyzz> {
    single::sum(&[Multiple::new(generator, &reduced(u1)), Multiple::new(key, &reduced(u2))])
}

fn in_lanes(generator: Comb<'_>, keys: &[Comb<'_>; LANES], u: &[[Scalar; 2]; LANES]) -> [Xyzz; LANES] {
    let multipliers = u.each_ref().map(|[u1, u2]| [reduced(u1), reduced(u2)]);
    // SAFETY: only called where the processor has the instructions.
    unsafe { batch::sums(generator, keys, &multipliers) }.unwrap()
}

/// Scalars in pairs: without a pattern, even and odd, short, and at the end of their range.
fn scalars() -> Vec<[Scalar; 2]> {
    let mut scalars: Vec<_> = (0..16).map(|seed| [random(seed), random(seed + 100)]).collect();
    let edges = [random(7), -small(1), -small(2), small(1 << 40), -small(1 << 50)];
    scalars.extend(edges.iter().flat_map(|u1| edges.iter().map(|u2| [*u1, *u2 + small(3)])));
    while scalars.len() % LANES != 0 {
        scalars.push([random(50), random(51)]);
    }
    scalars
}

fn assert_same(sum: &Xyzz, expected: &Xyzz, what: &str) {
    assert!(!sum.is_infinity(), "{what}: the fast path gave up");
    assert_eq!(sum.to_affine().limbs(), expected.to_affine().limbs(), "{what}");
}

/// With every pair of shapes, in one sum and in eight, where every lane has another key.
#[test]
fn sums_are_right_without_the_slow_path() {
    if !is_detected() {
        return;
    }
    let keys: Vec<Key> =
        (0..3).map(|seed| Key::new(ProjectivePoint::GENERATOR * random(200 + seed))).collect();
    for generator in GENERATOR.iter() {
        for (at, shape) in CombShape::ALL.iter().enumerate() {
            let what = std::format!("{:?} {shape:?}", generator.shape());
            let mut dealt = 0;
            for (lane, u) in scalars().as_chunks::<LANES>().0.iter().flatten().enumerate() {
                let key = &keys[lane % keys.len()];
                if let Some(sum) = single(*generator, key.tables[at], &u[0], &u[1]) {
                    assert_same(&sum, &expected(&u[0], &u[1], &key.affine), &what);
                    dealt += 1;
                }
            }
            let few_columns = [generator.shape(), *shape].iter().all(|shape| shape.columns() <= 8);
            assert_eq!(dealt, if few_columns { scalars().len() } else { 0 }, "{what}");
            for u in scalars().as_chunks::<LANES>().0 {
                let of_lanes: [&Key; LANES] = std::array::from_fn(|lane| &keys[lane % keys.len()]);
                let sums = in_lanes(*generator, &of_lanes.map(|key| key.tables[at]), u);
                for ((sum, key), [u1, u2]) in sums.iter().zip(of_lanes).zip(u) {
                    assert_same(sum, &expected(u1, u2, &key.affine), &what);
                }
            }
        }
    }
}

/// The place of Kib256 among the shapes: of one column, so that its digits are easily told.
const AT: usize = 4;

/// What block b of a comb of Kib256 adds for u, as a multiple of the comb's point.
fn digit(u: &Scalar, block: usize) -> Scalar {
    let is_even = octets(u)[31] & 1 == 0;
    let odd = octets(&if is_even { -*u } else { *u });
    let sign_at = |bit: usize| bit == 255 || odd[31 - (bit + 1) / 8] >> ((bit + 1) % 8) & 1 == 1;
    (0..8).fold(Scalar::ZERO, |sum, row| {
        let bit = 32 * row + block;
        let power = (0..bit).fold(Scalar::ONE, |power, _| power.double());
        if sign_at(bit) != is_even { sum + power } else { sum - power }
    })
}

#[test]
fn digits_are_those_of_the_comb() {
    assert_eq!(CombShape::ALL[AT], CombShape::Kib256);
    for u in [random(1), random(2), small(5), small(6), -small(1)] {
        let sum = (0..32).fold(Scalar::ZERO, |sum, block| sum + digit(&u, block));
        assert_eq!(sum, u);
    }
}

/// The digits of blocks lane, lane + 8, lane + 16 and lane + 24, which one lane adds up.
fn of_lane(u: &Scalar, lane: usize) -> Scalar {
    (0..4).fold(Scalar::ZERO, |sum, round| sum + digit(u, lane + 8 * round))
}

/// A key k G for which the sum meets an exception, and its signature, valid all the same.
fn assert_valid_by_the_slow_path(k: Scalar, u: &[Scalar; 2], what: &str) -> Key {
    let [u1, u2] = u;
    let key = Key::new(ProjectivePoint::GENERATOR * k);
    let r = x_of(&(ProjectivePoint::GENERATOR * u1 + key.point * u2));
    let s = r * u2.invert().unwrap();
    assert_eq!(key.agree(&octets(&(u1 * &s)), &signature(&r, &s)), Ok(()), "{what}");
    key
}

/// A lane's sum that meets the next point or its negative, and lanes that meet each other's sums or their negatives.
#[test]
fn exceptions_in_one_sum() {
    if !is_detected() {
        return;
    }
    let generator = GENERATOR[AT];
    for seed in 0..4 {
        let u @ [u1, u2] = [random(300 + seed), random(400 + seed)];
        for lane in 0..LANES {
            for sign in [Scalar::ONE, -Scalar::ONE] {
                // What the lane has of G is its first point of Q.
                let k = sign * of_lane(&u1, lane) * digit(&u2, lane).invert().unwrap();
                let key = assert_valid_by_the_slow_path(k, &u, "in a lane");
                assert!(single(generator, key.tables[AT], &u1, &u2).unwrap().is_infinity());
            }
        }
        for lane in 0..4 {
            for sign in [Scalar::ONE, -Scalar::ONE] {
                // a + b k = sign (c + d k)
                let [a, c] = [lane, lane + 4].map(|lane| of_lane(&u1, lane));
                let [b, d] = [lane, lane + 4].map(|lane| of_lane(&u2, lane));
                let k = (sign * c - a) * (b - sign * d).invert().unwrap();
                let key = assert_valid_by_the_slow_path(k, &u, "between lanes");
                assert!(single(generator, key.tables[AT], &u1, &u2).unwrap().is_infinity());
            }
        }
    }
}

/// A lane that meets an exception, and others that are left alone by it.
#[test]
fn exceptions_in_a_batch() {
    if !is_detected() {
        return;
    }
    let generator = GENERATOR[AT];
    let good = Key::new(ProjectivePoint::GENERATOR * random(500));
    for lane in 0..LANES {
        let u = [random(600), random(601)];
        let sign = if lane % 2 == 0 { Scalar::ONE } else { -Scalar::ONE };
        // All of G's part is the first point of Q's.
        let k = sign * u[0] * digit(&u[1], 0).invert().unwrap();
        let key = assert_valid_by_the_slow_path(k, &u, "in a batch");
        let mut keys = [good.tables[AT]; LANES];
        keys[lane] = key.tables[AT];
        let sums = in_lanes(generator, &keys, &[u; LANES]);
        for (at, sum) in sums.iter().enumerate() {
            assert_eq!(sum.is_infinity(), at == lane, "{at} {lane}");
            if at != lane {
                assert_same(sum, &expected(&u[0], &u[1], &good.affine), "others");
            }
        }
    }
}
