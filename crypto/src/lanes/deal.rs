//! Points of several combs, dealt out to lanes that add them up, each lane those of one column.

use core::arch::x86_64::__mmask8;

use super::LANES;

/// A comb as far as its points are counted.
#[derive(Clone, Copy)]
pub(crate) struct Counts {
    /// Digits of a block; between them is a doubling.
    pub(crate) columns: usize,
    /// Digits of a column.
    pub(crate) blocks: usize,
}

/// What each lane adds up: `ROUNDS` points at most.
pub(crate) struct Deal<T, const ROUNDS: usize> {
    /// A point for each lane, or none, as often as there are rounds.
    pub(crate) rounds: [[Option<T>; LANES]; ROUNDS],
    /// Of the lanes, in their order.
    columns: [u8; LANES],
}

impl<T: Copy, const ROUNDS: usize> Deal<T, ROUNDS> {
    /// Deals out the points of the combs, and `extra`, which belongs to column 0. `point` is the point of a comb, by its
    /// number, at a column and block.
    ///
    /// There are as few rounds as will do. Each column gets as many lanes as it needs for that, and column 0 those that are
    /// left over. Nothing if there are not enough.
    #[inline]
    pub(crate) fn new<const C: usize>(
        combs: [Counts; C],
        extra: Option<T>,
        mut point: impl FnMut(usize, usize, usize) -> Option<T>,
    ) -> Option<Self> {
        let blocks = |comb: Counts, column: usize| if column < comb.columns { comb.blocks } else { 0 };
        let points = |column: usize| {
            let of_combs = combs.iter().map(|comb| blocks(*comb, column)).sum::<usize>();
            of_combs.wrapping_add(usize::from(column == 0 && extra.is_some()))
        };
        let columns = combs.iter().map(|comb| comb.columns).max()?;
        let all = (0..columns).map(points).sum::<usize>();
        let is_enough = |rounds: &usize| {
            (0..columns).map(|column| points(column).div_ceil(*rounds)).sum::<usize>() <= LANES
        };
        let rounds = (all.div_ceil(LANES).max(1)..=ROUNDS).find(is_enough)?;
        let lanes_for = |column: usize| points(column).div_ceil(rounds);
        let above_first = (1..columns).map(lanes_for).sum();
        let mut deal = Self { rounds: [[None; LANES]; ROUNDS], columns: [0; LANES] };
        let mut first_lane = 0_usize;
        for column in 0..columns {
            let lanes = if column == 0 { LANES.checked_sub(above_first)? } else { lanes_for(column) };
            let after = first_lane.wrapping_add(lanes);
            let mut places =
                deal.rounds.iter_mut().flat_map(|round| round.get_mut(first_lane..after)).flatten();
            if let (0, Some(extra)) = (column, extra) {
                *places.next()? = Some(extra);
            }
            for (number, comb) in combs.into_iter().enumerate() {
                for block in 0..blocks(comb, column) {
                    *places.next()? = Some(point(number, column, block)?);
                }
            }
            deal.columns.get_mut(first_lane..after)?.fill(u8::try_from(column).ok()?);
            first_lane = after;
        }
        Some(deal)
    }

    /// The lanes, of `distance` up to twice that, which have more than so many columns more than those `distance` below:
    /// they have to be doubled once more before the sums of both are added.
    ///
    /// No lane is below those in columns: they are in the order of their columns.
    pub(crate) fn lanes_behind(&self, distance: usize, doublings: u8) -> __mmask8 {
        let Some((lower, upper)) = self.columns.split_at_checked(distance) else { return 0 };
        let behind =
            lower.iter().zip(upper).rev().fold(0, |mask, (lower, upper)| {
                mask << 1 | u8::from(upper.saturating_sub(*lower) > doublings)
            });
        behind << (distance % LANES)
    }
}

#[cfg(test)]
#[path = "deal_tests.rs"]
mod tests;
