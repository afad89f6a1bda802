//! Sums in lanes against the complete sum, and the exceptions that lanes meet: made on purpose, for random scalars never
//! meet one.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

extern crate std;

use ::ecdsa::elliptic_curve::group::Group;
use std::eprintln;
use std::vec::Vec;

use super::super::comb::multiple;
use super::super::harness::{
    Generator, Key, P256_GENERATOR, P384_GENERATOR, Pairs, inverse, one, random, signature, small, x_of,
};
use super::super::joint::complete_sum;
use super::super::lane_backend::LaneBackend;
use super::super::oracle::{BigScalar, Oracle, P256, P384, Point, repr};
use super::super::point::{Affine, Xyzz};
use super::super::scalar::Scalar;
use crate::backend::Ifma;
use crate::comb::Comb;
use crate::comb::Layout;
use crate::lanes::LANES;

type Pair<C> = [BigScalar<C>; 2];

fn is_detected() -> bool {
    let detected = Ifma::detected().is_some();
    if !detected {
        eprintln!("SKIPPED: this processor has no AVX-512 IFMA");
    }
    detected
}

fn reduced<C: Oracle>(scalar: &BigScalar<C>) -> Scalar<C> {
    Scalar::reduced(&repr::<C>(scalar)).unwrap()
}

fn expected<C: Oracle>([u1, u2]: &Pair<C>, q: &Affine<C>) -> Xyzz<C> {
    let mut sum = Xyzz::INFINITY;
    complete_sum(&mut sum, &reduced(u1), &reduced(u2), q);
    sum
}

fn single<C: Oracle>(generator: Comb<'_, C>, key: Comb<'_, C>, [u1, u2]: &Pair<C>) -> Option<Xyzz<C>> {
    C::Lanes::sum(&[multiple(generator, &reduced(u1)), multiple(key, &reduced(u2))])
}

/// Scalars in pairs: without a pattern, even and odd, short, and at the end of their range.
fn scalars<C: Oracle>() -> Vec<Pair<C>> {
    let mut scalars: Vec<_> = (0..16).map(|seed| [random::<C>(seed), random::<C>(seed + 100)]).collect();
    let small = small::<C>;
    let edges = [random::<C>(7), -small(1), -small(2), small(1 << 40), -small(1 << 50)];
    scalars.extend(edges.iter().flat_map(|u1| edges.iter().map(|u2| [*u1, *u2 + small(3)])));
    scalars
}

fn assert_same<C: Oracle>(sum: &Xyzz<C>, expected: &Xyzz<C>, what: &str) {
    assert!(!sum.is_infinity(), "{what}: the fast path gave up");
    assert!(sum.to_affine().forms() == expected.to_affine().forms(), "{what}");
}

fn assert_sums<C: Oracle>(generator: &Generator<C>, is_dealt: fn(Layout, Layout) -> bool) {
    if !is_detected() {
        return;
    }
    let keys: Vec<Key<C>> =
        (0..3).map(|seed| Key::new(Point::<C>::generator() * random::<C>(200 + seed))).collect();
    let mut pairs_dealt = 0;
    for generator in &generator.0 {
        for (at, table) in keys[0].tables.iter().enumerate() {
            let shapes = [generator.layout, table.layout];
            let what = std::format!("{:?}", shapes.map(|layout| (layout.rows, layout.columns)));
            let mut dealt = 0;
            for (at_pair, u) in scalars::<C>().iter().enumerate() {
                let key = &keys[at_pair % keys.len()];
                if let Some(sum) = single(generator.comb, key.tables[at].comb, u) {
                    assert_same(&sum, &expected(u, &key.affine), &what);
                    dealt += 1;
                }
            }
            let is_dealt = is_dealt(generator.layout, table.layout);
            assert_eq!(dealt, if is_dealt { scalars::<C>().len() } else { 0 }, "{what}");
            pairs_dealt += usize::from(is_dealt);
        }
    }
    assert!(pairs_dealt >= 4);
}

/// With every pair of shapes.
#[test]
fn sums_are_right_without_the_slow_path_p256() {
    assert_sums(&*P256_GENERATOR, |a, b| a.columns <= 4 && b.columns <= 4);
}

/// Likewise.
#[test]
fn sums_are_right_without_the_slow_path_p384() {
    assert_sums(&*P384_GENERATOR, |a, b| (a.columns <= 2 && b.columns <= 2) || a.columns + b.columns == 16);
}

/// How the points of a sum are dealt out, where both combs have the same layout and fill all lanes alike.
struct Plan<C: Oracle> {
    generator: &'static Generator<C>,
    /// The place of the layout.
    at: usize,
    layout: Layout,
    /// Lanes that add up one column; those of the lowest column come first.
    lanes: usize,
}

impl<C: Oracle> Plan<C> {
    fn new(generator: &'static Generator<C>, at: usize, blocks: usize, columns: usize) -> Self {
        let layout = generator.0[at].layout;
        assert_eq!((layout.blocks, layout.columns), (blocks, columns));
        Self { generator, at, layout, lanes: LANES / columns }
    }

    fn comb(&self) -> Comb<'static, C> {
        self.generator.0[self.at].comb
    }

    /// What a digit of u adds, as a multiple of the comb's point.
    fn digit(&self, u: &BigScalar<C>, column: usize, block: usize) -> BigScalar<C> {
        let bytes = repr::<C>(u);
        let is_even = bytes[bytes.len() - 1] & 1 == 0;
        let odd = if is_even { repr::<C>(&-*u) } else { bytes };
        let Layout { rows, digits, columns, .. } = self.layout;
        let sign_at = |bit: usize| {
            bit == rows * digits - 1 || odd[odd.len() - 1 - (bit + 1) / 8] >> ((bit + 1) % 8) & 1 == 1
        };
        (0..rows).fold(small::<C>(0), |sum, row| {
            let bit = digits * row + block * columns + column;
            let power = (0..bit).fold(one::<C>(), |power, _| power + power);
            if sign_at(bit) != is_even { sum + power } else { sum - power }
        })
    }

    fn column(&self, u: &BigScalar<C>, column: usize) -> BigScalar<C> {
        (0..self.layout.blocks).fold(small::<C>(0), |sum, block| sum + self.digit(u, column, block))
    }

    /// All digits of u that one lane adds up.
    fn of_lane(&self, u: &BigScalar<C>, lane: usize) -> BigScalar<C> {
        let blocks = (lane % self.lanes..self.layout.blocks).step_by(self.lanes);
        blocks.fold(small::<C>(0), |sum, block| sum + self.digit(u, lane / self.lanes, block))
    }

    /// The first of them.
    fn first_of_lane(&self, u: &BigScalar<C>, lane: usize) -> BigScalar<C> {
        self.digit(u, lane / self.lanes, lane % self.lanes)
    }

    /// A key k G for which the sum meets an exception, and its signature, valid all the same.
    fn valid_by_the_slow_path(&self, k: &BigScalar<C>, [u1, u2]: &Pair<C>, what: &str) -> Comb<'static, C> {
        let key = Key::<C>::new(Point::<C>::generator() * *k).with_pairs(Pairs::Neighbours);
        let r = x_of::<C>(&(Point::<C>::generator() * *u1 + key.point * *u2));
        let s = r * inverse::<C>(u2);
        let signature = signature::<C>(&r, &s);
        assert_eq!(key.agree(self.generator, &repr::<C>(&(*u1 * s)), &signature), Ok(()), "{what}");
        key.tables[self.at].comb
    }
}

/// 256 KiB for P-256, 288 KiB for P-384.
fn plans() -> (Plan<P256>, Plan<P384>) {
    (Plan::new(&P256_GENERATOR, 4, 32, 1), Plan::new(&P384_GENERATOR, 5, 24, 2))
}

fn assert_digits<C: Oracle>(plan: &Plan<C>) {
    for u in [random::<C>(1), random::<C>(2), small::<C>(5), small::<C>(6), -small::<C>(1)] {
        let columns = (0..plan.layout.columns).map(|column| plan.column(&u, column));
        assert!(columns.fold(small::<C>(0), |sum, column| sum + column) == u);
        let lanes = (0..LANES).map(|lane| plan.of_lane(&u, lane));
        assert!(lanes.fold(small::<C>(0), |sum, of_lane| sum + of_lane) == u);
    }
}

#[test]
fn digits_are_those_of_the_combs() {
    let (p256, p384) = plans();
    assert_digits(&p256);
    assert_digits(&p384);
}

/// A lane's sum that meets the next point or its negative, and lanes that meet each other's sums or their negatives.
fn assert_exceptions_in_one_sum<C: Oracle>(plan: &Plan<C>) {
    if !is_detected() {
        return;
    }
    let u @ [u1, u2] = [random::<C>(300), random::<C>(400)];
    for sign in [one::<C>(), -one::<C>()] {
        for lane in 0..LANES {
            // What the lane has of G is its first point of Q.
            let k = sign * plan.of_lane(&u1, lane) * inverse::<C>(&plan.first_of_lane(&u2, lane));
            let key = plan.valid_by_the_slow_path(&k, &u, "in a lane");
            assert!(single(plan.comb(), key, &u).unwrap().is_infinity());
        }
        for lane in 0..4 {
            // a + b k = sign (c + d k)
            let [a, c] = [lane, lane + 4].map(|lane| plan.of_lane(&u1, lane));
            let [b, d] = [lane, lane + 4].map(|lane| plan.of_lane(&u2, lane));
            let k = (sign * c - a) * inverse::<C>(&(b - sign * d));
            let key = plan.valid_by_the_slow_path(&k, &u, "between lanes");
            assert!(single(plan.comb(), key, &u).unwrap().is_infinity());
        }
    }
}

#[test]
fn exceptions_in_one_sum() {
    let (p256, p384) = plans();
    assert_exceptions_in_one_sum(&p256);
    assert_exceptions_in_one_sum(&p384);
}
