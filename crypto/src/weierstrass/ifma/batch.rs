//! Eight sums, each in its lane.

use core::{array, mem};

use super::super::comb::multiple;
use super::super::point::Xyzz;
use super::super::scalar::Scalar;
use super::points::{Addends, RunningPoints};
use super::terms::{Term, Terms};
use super::{LaneCurve, TableEntry};
use crate::comb::{Comb, Layout, Multiple};
use crate::lanes::LANES;

/// Terms whose lines are asked for before they are needed: the time of so many additions covers a cache miss.
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
        [multiple(generator, &u1), multiple(key, &u2)]
    });
    let layouts = multiples.first()?.each_ref().map(Multiple::layout);
    let mut coming = block_indices(layouts).map_while(|index| index.ask_for::<C, N, W>(&multiples));
    let mut ahead: [_; AHEAD] = array::from_fn(|_| coming.next());
    let mut slots = (0..AHEAD).cycle();
    let mut next = || mem::replace(ahead.get_mut(slots.next()?)?, coming.next());
    let ((mut column, first), (column_of_second, second)) = (next()?, next()?);
    if column_of_second != column {
        // No two points without a doubling between them: no layout is like that.
        return None;
    }
    let mut sum = RunningPoints::<C, N, W>::of_two(&Addends::new(&first), &Addends::new(&second));
    let mut added = 2_usize;
    while let Some((column_of_next, terms)) = next() {
        if column_of_next != column {
            sum.double();
            column = column_of_next;
        }
        sum.add(&Addends::new(&terms));
        added = added.wrapping_add(1);
    }
    let all: usize = layouts.iter().map(|layout| layout.digits).sum();
    (added == all).then(|| sum.points().to_xyzz())
}

/// Where a point of each lane's sum comes from.
struct BlockIndex {
    /// 0 for the generator's table, 1 for the key's.
    table: usize,
    column: usize,
    block: usize,
}

/// Of all terms of a sum: column by column, the highest first. The last blocks may have fewer columns than the others.
fn block_indices(layouts: [Layout; 2]) -> impl Iterator<Item = BlockIndex> {
    let columns = layouts.iter().map(|layout| layout.columns).max().unwrap_or(0);
    (0..columns).rev().flat_map(move |column| {
        layouts.into_iter().enumerate().flat_map(move |(table, layout)| {
            let blocks = (0..layout.blocks).filter(move |block| column < layout.columns_of(*block));
            blocks.map(move |block| BlockIndex { table, column, block })
        })
    })
}

impl BlockIndex {
    #[inline]
    fn of_lane<'t, C: LaneCurve<N, W>, const N: usize, const W: usize>(
        &self,
        multiples: &[Multiple<'t, C>; 2],
    ) -> Option<Term<C::Entry<'t>>> {
        Term::of(multiples.get(self.table)?, self.column, self.block)
    }

    /// The column and all lanes' terms, which begin to be loaded; nothing if a table ends too early.
    #[inline]
    fn ask_for<'t, C: LaneCurve<N, W>, const N: usize, const W: usize>(
        &self,
        multiples: &[[Multiple<'t, C>; 2]; LANES],
    ) -> Option<(usize, Terms<C::Entry<'t>>)> {
        let terms = multiples.each_ref().map(|of_lane| self.of_lane::<C, N, W>(of_lane));
        terms.iter().flatten().for_each(|term| term.entry.prefetch());
        Some((self.column, Terms::new(&terms)?))
    }
}
