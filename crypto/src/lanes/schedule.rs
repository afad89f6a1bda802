//! Which lane adds up which points of several combs: each lane takes those of one column.

use core::arch::x86_64::__mmask8;
use core::iter;
use core::num::NonZeroUsize;

use super::LANES;
use crate::comb::Layout;

/// What is done to the sums of the lanes until all is in the lowest.
pub(crate) enum Step {
    /// Double those where the mask has ones.
    Double(__mmask8),
    /// Add lanes that are so far from each other: 4, 2 or 1.
    AddPartners { distance: u8 },
}

/// What each lane adds up: `ROUNDS` points at most.
pub(crate) struct LaneSchedule<T, const ROUNDS: usize> {
    /// A point for each lane, or none.
    rounds: [[Option<T>; LANES]; ROUNDS],
    /// Rounds that there are.
    used: usize,
    /// Of the lanes, in their order.
    columns: [u8; LANES],
}

impl<T: Copy, const ROUNDS: usize> LaneSchedule<T, ROUNDS> {
    /// Deals out the points of the combs, and `extra`, which belongs to column 0. `point` is the point of a comb, by its
    /// number, at a column and block.
    ///
    /// There are as few rounds as will do. Each column gets as many lanes as it needs for that, and column 0 those that are
    /// left over. Nothing if there are not enough.
    #[inline]
    pub(crate) fn new<const C: usize>(
        combs: [Layout; C],
        extra: Option<T>,
        mut point: impl FnMut(usize, usize, usize) -> Option<T>,
    ) -> Option<Self> {
        let points = |column: usize| {
            let of_combs = combs.iter().map(|comb| comb.blocks_of(column)).sum::<usize>();
            of_combs.wrapping_add(usize::from(column == 0 && extra.is_some()))
        };
        let columns = combs.iter().map(|comb| comb.columns).max()?;
        let all = (0..columns).map(points).sum::<usize>();
        // The quotient rounded up.
        let lanes_for = |column: usize, rounds: NonZeroUsize| {
            points(column).saturating_add(rounds.get().saturating_sub(1)) / rounds
        };
        let is_enough = |rounds: &NonZeroUsize| {
            (0..columns).map(|column| lanes_for(column, *rounds)).sum::<usize>() <= LANES
        };
        let rounds = (all.div_ceil(LANES)..=ROUNDS).filter_map(NonZeroUsize::new).find(is_enough)?;
        let above_first = (1..columns).map(|column| lanes_for(column, rounds)).sum();
        let mut schedule = Self { rounds: [[None; LANES]; ROUNDS], used: rounds.get(), columns: [0; LANES] };
        let mut first_lane = 0_usize;
        for column in 0..columns {
            let lanes = if column == 0 { LANES.checked_sub(above_first)? } else { lanes_for(column, rounds) };
            let after = first_lane.wrapping_add(lanes);
            let mut places =
                schedule.rounds.iter_mut().flat_map(|round| round.get_mut(first_lane..after)).flatten();
            if let (0, Some(extra)) = (column, extra) {
                *places.next()? = Some(extra);
            }
            for (number, comb) in combs.into_iter().enumerate() {
                for block in 0..comb.blocks_of(column) {
                    *places.next()? = Some(point(number, column, block)?);
                }
            }
            schedule.columns.get_mut(first_lane..after)?.fill(u8::try_from(column).ok()?);
            first_lane = after;
        }
        Some(schedule)
    }

    /// A point for each lane, or none, round by round.
    pub(crate) fn rounds(&self) -> &[[Option<T>; LANES]] {
        self.rounds.get(..self.used).unwrap_or_default()
    }

    /// How the sums of all lanes become one, in the lowest lane.
    pub(crate) fn steps(&self) -> impl Iterator<Item = Step> {
        [4, 2, 1].into_iter().flat_map(move |distance| {
            let doublings = (0..=u8::MAX).map_while(move |doublings| {
                let lanes = self.lanes_behind(usize::from(distance), doublings);
                (lanes != 0).then_some(Step::Double(lanes))
            });
            doublings.chain(iter::once(Step::AddPartners { distance }))
        })
    }

    /// The lanes, of `distance` up to twice that, which have more than so many columns more than those `distance` below:
    /// they have to be doubled once more before the sums of both are added.
    ///
    /// No lane is below those in columns: they are in the order of their columns.
    fn lanes_behind(&self, distance: usize, doublings: u8) -> __mmask8 {
        let Some((lower, upper)) = self.columns.split_at_checked(distance) else { return 0 };
        let behind =
            lower.iter().zip(upper).rev().fold(0, |mask, (lower, upper)| {
                mask << 1 | u8::from(upper.saturating_sub(*lower) > doublings)
            });
        behind << (distance % LANES)
    }
}

#[cfg(test)]
mod tests;
