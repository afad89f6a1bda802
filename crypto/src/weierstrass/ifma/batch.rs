//! Eight sums, each in its lane.

use core::array;

use super::super::comb::{Comb, Multiple};
use super::super::point::Xyzz;
use super::super::scalar::Scalar;
use super::points::{Addends, RunningPoints};
use super::terms::{Term, Terms};
use super::{LaneCurve, TableEntry};
use crate::comb::Layout;
use crate::lanes::LANES;

/// Lines that are asked for before they are needed: the time of so many additions covers a cache miss.
const AHEAD: usize = 8;

/// u1 G + u2 Q of each lane; infinity also where an addition met an exception on the way. Nothing if a table ends too
/// early, or has one point alone in its highest column, which none does.
#[target_feature(enable = "avx512f,avx512ifma")]
pub(super) fn sums<C: LaneCurve<N, W>, const N: usize, const W: usize>(
    generator: Comb<'_, C>,
    keys: &[Comb<'_, C>; LANES],
    multipliers: &[[Scalar<C>; 2]; LANES],
) -> Option<[Xyzz<C>; LANES]> {
    let multiples: [[Multiple<'_, C>; 2]; LANES] = array::from_fn(|lane| {
        // Not reached: there is a key for every lane, and two multipliers.
        let key = keys.get(lane).copied().unwrap_or(generator);
        let [u1, u2] = multipliers.get(lane).copied().unwrap_or([Scalar::ZERO; 2]);
        [Multiple::new(generator, &u1), Multiple::new(key, &u2)]
    });
    let layouts = multiples.first()?.each_ref().map(Multiple::layout);
    let mut places = places(layouts);
    let mut ahead = places.clone();
    for place in ahead.by_ref().take(AHEAD) {
        place.prefetch::<C, N, W>(&multiples);
    }
    let (first, second) = (places.next()?, places.next()?);
    let mut column = first.column;
    if second.column != column {
        // No two points without a doubling between them: no layout is like that.
        return None;
    }
    let mut sum = RunningPoints::<C, N, W>::of_two(
        &Addends::new(&first.of_lanes::<C, N, W>(&multiples)?),
        &Addends::new(&second.of_lanes::<C, N, W>(&multiples)?),
    );
    for place in places {
        if let Some(place) = ahead.next() {
            place.prefetch::<C, N, W>(&multiples);
        }
        if place.column != column {
            sum.double();
            column = place.column;
        }
        sum.add(&Addends::new(&place.of_lanes::<C, N, W>(&multiples)?));
    }
    Some(sum.points().to_xyzz())
}

/// Where a point of each lane's sum comes from.
#[derive(Clone)]
struct Place {
    /// 0 for the generator's table, 1 for the key's.
    table: usize,
    column: usize,
    block: usize,
}

/// Of all terms of a sum: column by column, the highest first. The last blocks may have fewer columns than the others.
fn places(layouts: [Layout; 2]) -> impl Iterator<Item = Place> + Clone {
    let columns = layouts.iter().map(|layout| layout.columns).max().unwrap_or(0);
    (0..columns).rev().flat_map(move |column| {
        layouts.into_iter().enumerate().flat_map(move |(table, layout)| {
            let blocks = (0..layout.blocks).filter(move |block| column < layout.columns_of(*block));
            blocks.map(move |block| Place { table, column, block })
        })
    })
}

impl Place {
    #[inline]
    fn of_lane<'t, C: LaneCurve<N, W>, const N: usize, const W: usize>(
        &self,
        multiples: &[Multiple<'t, C>; 2],
    ) -> Option<Term<C::Entry<'t>>> {
        Term::of(multiples.get(self.table)?, self.column, self.block)
    }

    fn prefetch<C: LaneCurve<N, W>, const N: usize, const W: usize>(
        &self,
        multiples: &[[Multiple<'_, C>; 2]; LANES],
    ) {
        for term in multiples.iter().filter_map(|of_lane| self.of_lane::<C, N, W>(of_lane)) {
            term.entry.prefetch();
        }
    }

    #[inline]
    fn of_lanes<'t, C: LaneCurve<N, W>, const N: usize, const W: usize>(
        &self,
        multiples: &[[Multiple<'t, C>; 2]; LANES],
    ) -> Option<Terms<C::Entry<'t>>> {
        Terms::new(&multiples.each_ref().map(|of_lane| self.of_lane::<C, N, W>(of_lane)))
    }
}
