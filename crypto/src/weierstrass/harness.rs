//! Test fixtures: keys that verify in every way, and numbers for them.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

extern crate std;

use ::ecdsa::elliptic_curve::FieldBytes;
use ::ecdsa::elliptic_curve::ops::Reduce;
use std::sync::LazyLock;
use std::vec::Vec;
use std::{boxed::Box, format, vec};

use super::oracle::{BigScalar, Oracle, P256, P384, Point, coordinates, repr};
use super::scalar::Scalar;
use super::sum::LinearCombination;
use super::{Affine, Combs, Joint, build, verify};
use crate::comb::{Comb, Layout};
use crate::{Backend, BadSignature, CacheLine};

/// A key with tables of every shape.
pub(super) struct Key<C: Oracle> {
    pub(super) point: Point<C>,
    pub(super) affine: Affine<C>,
    pub(super) tables: Vec<Table<C>>,
    pairs: Pairs,
}

/// Which shapes the tables of a generator and of a key are paired of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pairs {
    All,
    /// Each shape with itself and with the next larger one: where there is much to verify.
    Neighbours,
}

pub(super) struct Table<C> {
    pub(super) layout: Layout,
    pub(super) lines: &'static [CacheLine],
    pub(super) comb: Comb<'static, C>,
}

/// The tables of a curve's generator.
pub(super) struct Generator<C>(pub(super) Vec<Table<C>>);

impl<C: Oracle> Key<C> {
    pub(super) fn new(point: Point<C>) -> Self {
        let affine = affine::<C>(&point);
        Self { point, affine, tables: tables(&affine), pairs: Pairs::All }
    }

    pub(super) fn with_pairs(self, pairs: Pairs) -> Self {
        Self { pairs, ..self }
    }

    /// Tables of the generator and of this key.
    fn pairs<'a>(&'a self, generator: &'a Generator<C>) -> impl Iterator<Item = [&'a Table<C>; 2]> {
        generator.0.iter().enumerate().flat_map(move |(at, of_generator)| {
            let of_key = match self.pairs {
                Pairs::All => &self.tables[..],
                Pairs::Neighbours => &self.tables[at..self.tables.len().min(at + 2)],
            };
            of_key.iter().map(move |of_key| [of_generator, of_key])
        })
    }

    /// Verifies in every way: they must agree. A way is a pair of shapes, or no tables.
    pub(super) fn verify(
        &self,
        generator: &Generator<C>,
        hash: &[u8],
        signature: &[u8],
    ) -> Result<(), BadSignature> {
        let mut answers = Vec::new();
        for backend in Backend::available() {
            let joint = verify(&Joint { backend }, &self.affine, hash, signature);
            answers.push((format!("joint {}", backend.name()), joint));
            for [of_generator, of_key] in self.pairs(generator) {
                let way = Combs { backend, generator: of_generator.comb, key: of_key.comb };
                let rows = (of_generator.layout.rows, of_key.layout.rows);
                let name = format!("combs of {rows:?} rows {}", backend.name());
                answers.push((name, verify(&way, &self.affine, hash, signature)));
            }
        }
        let (_, first) = answers[0];
        assert!(answers.iter().all(|(_, answer)| *answer == first), "{hash:x?} {signature:x?}: {answers:?}");
        first
    }

    /// Verifies in every way and by the other crate: they must agree.
    pub(super) fn agree(
        &self,
        generator: &Generator<C>,
        hash: &[u8],
        signature: &[u8],
    ) -> Result<(), BadSignature> {
        let answer = self.verify(generator, hash, signature);
        assert_eq!(answer, C::verify(&self.point, hash, signature), "{hash:x?} {signature:x?}");
        answer
    }

    /// Whether u1 G + u2 Q meets an exception: with the smallest tables, and without any.
    pub(super) fn exceptions(
        &self,
        generator: &Generator<C>,
        u1: &BigScalar<C>,
        u2: &BigScalar<C>,
    ) -> [bool; 2] {
        let [u1, u2] = [u1, u2].map(|u| Scalar::reduced(&repr::<C>(u)).unwrap());
        let backend = Backend::Portable;
        let combs = Combs { backend, generator: generator.0[0].comb, key: self.tables[0].comb };
        let joint = Joint { backend };
        [combs.sum(&u1, &u2, &self.affine), joint.sum(&u1, &u2, &self.affine)].map(|sum| sum.is_infinity())
    }
}

pub(super) fn affine<C: Oracle>(point: &Point<C>) -> Affine<C> {
    let (x, y) = coordinates::<C>(point);
    Affine::from_coordinates(&x, &y).unwrap()
}

fn tables<C: Oracle>(point: &Affine<C>) -> Vec<Table<C>> {
    let table = |(layout, lines)| {
        // What was there before must not matter.
        let lines = Box::leak(vec![CacheLine([u64::MAX; 8]); lines].into_boxed_slice());
        build(lines, layout, point);
        Table { layout, lines, comb: Comb::new(layout, lines) }
    };
    C::shapes().into_iter().map(table).collect()
}

impl<C: Oracle> Generator<C> {
    fn new() -> Self {
        Self(tables(&Affine::GENERATOR))
    }
}

pub(super) static P256_GENERATOR: LazyLock<Generator<P256>> = LazyLock::new(Generator::new);

pub(super) static P384_GENERATOR: LazyLock<Generator<P384>> = LazyLock::new(Generator::new);

pub(super) fn small<C: Oracle>(number: u64) -> BigScalar<C> {
    BigScalar::<C>::from(number)
}

/// A number with no pattern, the same in every run.
pub(super) fn random<C: Oracle>(seed: u64) -> BigScalar<C> {
    let mut scalar = small::<C>(seed + 0x9e37_79b9_7f4a_7c15);
    for _ in 0..4 {
        scalar = scalar * scalar + small::<C>(u64::MAX);
    }
    scalar
}

pub(super) fn inverse<C: Oracle>(scalar: &BigScalar<C>) -> BigScalar<C> {
    Option::from(::ecdsa::elliptic_curve::Field::invert(scalar)).unwrap()
}

pub(super) fn one<C: Oracle>() -> BigScalar<C> {
    small::<C>(1)
}

pub(super) fn signature<C: Oracle>(r: &BigScalar<C>, s: &BigScalar<C>) -> Vec<u8> {
    [repr::<C>(r), repr::<C>(s)].concat()
}

pub(super) fn reduced<C: Oracle>(bytes: &[u8]) -> BigScalar<C> {
    BigScalar::<C>::reduce(&FieldBytes::<C::Crate>::try_from(bytes).unwrap())
}

pub(super) fn x_of<C: Oracle>(point: &Point<C>) -> BigScalar<C> {
    reduced::<C>(&coordinates::<C>(point).0)
}
