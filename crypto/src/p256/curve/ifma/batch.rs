//! Eight signatures, each in its lane.

use core::array;

use super::super::super::shape::CombShape;
use super::super::batch::{BATCH, Entry};
use super::super::comb::{Comb, Multiple};
use super::super::point::Xyzz;
use super::super::scalar::Scalar;
use super::super::verification::{Multipliers, Numbers};
use super::digits::{Digits, Term, Terms};
use super::points::{Addends, RunningPoints};
use super::scalars::{self, Fraction};
use crate::BadSignature;
use crate::backend::Ifma;
use crate::lanes::LANES;
use crate::prefetch::prefetch;

/// Verifies up to eight signatures, as [`verify`](super::super::verification::verify) does one; the answers stand where
/// the entries do, and where there is none is [`BadSignature`]. Nothing if the processor lacks the instructions.
///
/// The lanes of signatures that are out of range, or not there, do again what another lane does.
pub(in super::super::super) fn verify_batch(
    generator: Comb<'_>,
    entries: &[Option<Entry<'_>>; BATCH],
) -> Option<[Result<(), BadSignature>; BATCH]> {
    let ifma = Ifma::detected()?;
    let mut answers = [Err(BadSignature); BATCH];
    let numbers = entries.map(|entry| {
        let entry = entry?;
        Some((entry, Numbers::new(entry.hash, entry.signature).ok()?))
    });
    let Some(any) = numbers.iter().flatten().next() else { return Some(answers) };
    let lanes = numbers.each_ref().map(|numbers| numbers.as_ref().unwrap_or(any));
    let fractions = lanes.map(|(_, Numbers { r, s, e })| Fraction { numerators: [*e, *r], denominator: *s });
    let (quotients, sums) = compute(ifma, generator, &lanes.map(|(entry, _)| entry.table), &fractions);
    for (((answer, numbers), [u1, u2]), sum) in answers.iter_mut().zip(&numbers).zip(quotients).zip(sums) {
        if let Some((entry, Numbers { r, .. })) = numbers {
            *answer = Multipliers { r: *r, u1, u2 }.check(sum, &entry.point);
        }
    }
    Some(answers)
}

const _: () = assert!(BATCH == LANES);

/// u1 = e/s and u2 = r/s, and u1 G + u2 Q; infinity also where an addition met an exception on the way.
#[allow(unsafe_code, reason = "a call of what only some processors can run")]
fn compute(
    _: Ifma,
    generator: Comb<'_>,
    keys: &[Comb<'_>; LANES],
    fractions: &[Fraction; LANES],
) -> ([[Scalar; 2]; LANES], [Xyzz; LANES]) {
    // SAFETY: a value of `Ifma` exists only where the processor has AVX-512 F and IFMA.
    unsafe {
        let quotients = scalars::divide(fractions);
        let sums = sums(generator, keys, &quotients).unwrap_or([Xyzz::INFINITY; LANES]);
        (quotients, sums)
    }
}

/// Lines that are asked for before they are needed: the time of so many additions covers a cache miss.
const AHEAD: usize = 8;

/// Nothing if a table ends too early, which none does.
#[target_feature(enable = "avx512f,avx512ifma")]
pub(super) fn sums(
    generator: Comb<'_>,
    keys: &[Comb<'_>; LANES],
    multipliers: &[[Scalar; 2]; LANES],
) -> Option<[Xyzz; LANES]> {
    let digits: [[Digits<'_>; 2]; LANES] = array::from_fn(|lane| {
        // Not reached: there is a key for every lane, and two multipliers.
        let key = keys.get(lane).copied().unwrap_or(generator);
        let [u1, u2] = multipliers.get(lane).copied().unwrap_or([Scalar::below_n([0; _]); 2]);
        [Digits::new(&Multiple::new(generator, &u1)), Digits::new(&Multiple::new(key, &u2))]
    });
    let shapes = digits.first()?.each_ref().map(|digits| digits.comb().shape());
    let mut places = places(shapes);
    let mut ahead = places.clone();
    for place in ahead.by_ref().take(AHEAD) {
        place.prefetch(&digits);
    }
    // Every column has two points at least.
    let (first, second) = (places.next()?, places.next()?);
    let mut column = first.column;
    let mut sum = RunningPoints::of_two(
        &Addends::new(&first.of_lanes(&digits)?),
        &Addends::new(&second.of_lanes(&digits)?),
    );
    for place in places {
        if let Some(place) = ahead.next() {
            place.prefetch(&digits);
        }
        if place.column != column {
            sum.double();
            column = place.column;
        }
        sum.add(&Addends::new(&place.of_lanes(&digits)?));
    }
    Some(sum.points().to_xyzz())
}

/// Where a point of each lane's sum comes from.
struct Place {
    /// 0 for the generator's table, 1 for the key's.
    table: usize,
    column: usize,
    block: usize,
}

/// Of all terms of a sum: column by column, the highest first.
fn places(shapes: [CombShape; 2]) -> impl Iterator<Item = Place> + Clone {
    let columns = shapes.iter().map(|shape| shape.columns()).max().unwrap_or(0);
    (0..columns).rev().flat_map(move |column| {
        let tables = shapes.into_iter().enumerate().filter(move |(_, shape)| column < shape.columns());
        tables.flat_map(move |(table, shape)| {
            (0..shape.blocks()).map(move |block| Place { table, column, block })
        })
    })
}

impl Place {
    #[inline]
    fn of_lane<'t>(&self, digits: &[Digits<'t>; 2]) -> Option<Term<'t>> {
        digits.get(self.table)?.term(self.column, self.block)
    }

    fn prefetch(&self, digits: &[[Digits<'_>; 2]; LANES]) {
        for term in digits.iter().filter_map(|digits| self.of_lane(digits)) {
            prefetch(term.line);
        }
    }

    #[inline]
    fn of_lanes<'t>(&self, digits: &[[Digits<'t>; 2]; LANES]) -> Option<Terms<'t>> {
        Terms::new(digits.each_ref().map(|digits| self.of_lane(digits)))
    }
}
