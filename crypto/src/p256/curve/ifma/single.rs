//! One sum: its points are dealt out to the lanes, whose sums are added in the end.
#![allow(clippy::arithmetic_side_effects, reason = "lanes, columns and rounds: all below 64")]

use core::arch::x86_64::{__mmask8, _mm512_set_epi64, _mm512_set1_epi64, _mm512_xor_epi64};

use super::super::super::shape::CombShape;
use super::super::comb::Multiple;
use super::super::point::Xyzz;
use super::digits::Digits;
use super::points::{Addends, RunningPoints};
use crate::CacheLine;
use crate::backend::Ifma;
use crate::lanes::LANES;
use crate::prefetch::prefetch;

/// The sum of both multiples; infinity also where an addition met an exception on the way. Nothing if the processor lacks
/// the instructions, or the combs have more points or columns than can be dealt out.
#[allow(unsafe_code, reason = "a call of what only some processors can run")]
pub(in super::super) fn sum(multiples: &[Multiple<'_>; 2]) -> Option<Xyzz> {
    let _: Ifma = Ifma::detected()?;
    // SAFETY: a value of `Ifma` exists only where the processor has AVX-512 F and IFMA.
    unsafe { sum_with_ifma(multiples) }
}

#[target_feature(enable = "avx512f,avx512ifma")]
fn sum_with_ifma([of_generator, of_key]: &[Multiple<'_>; 2]) -> Option<Xyzz> {
    let digits = [Digits::new(of_generator), Digits::new(of_key)];
    let Deal { rounds: [first, second, rest @ ..], columns } = Deal::new(&digits)?;
    let mut sum = RunningPoints::of_two(&first.addends(), &second.addends());
    for round in &rest {
        let before = sum;
        sum.add(&round.addends());
        if round.dealt != ALL {
            sum = sum.or_others(round.dealt, &before);
        }
    }
    let mut sum = sum.points();
    for distance in [4, 2, 1] {
        let mut doublings = 0;
        loop {
            let lanes = lanes_behind(&columns, distance, doublings);
            if lanes == 0 {
                break;
            }
            sum.double_where(lanes);
            doublings = doublings.wrapping_add(1);
        }
        let own = _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0);
        sum.add_partners(_mm512_xor_epi64(own, _mm512_set1_epi64(distance)));
    }
    sum.to_xyzz().first().copied()
}

/// The lanes from `distance` up to twice that which have more than so many columns more than the lane `distance` below.
///
/// A lane is never below it in columns: they are in the order of their columns.
fn lanes_behind(columns: &[u8; LANES], distance: i64, doublings: u8) -> __mmask8 {
    let distance = usize::try_from(distance).unwrap_or(0);
    let (lower, upper) = columns.split_at(distance);
    let pairs = lower.iter().zip(upper);
    let behind = pairs
        .rev()
        .fold(0, |mask, (lower, upper)| mask << 1 | u8::from(upper.saturating_sub(*lower) > doublings));
    behind << distance
}

/// Points that each lane adds up.
const ROUNDS: usize = 8;

/// All lanes.
const ALL: __mmask8 = u8::MAX;

/// What each lane adds up: points of one column alone.
struct Deal<'t> {
    rounds: [Round<'t>; ROUNDS],
    /// Of the lanes, in their order.
    columns: [u8; LANES],
}

/// A point for each lane.
#[derive(Clone, Copy)]
struct Round<'t> {
    lines: [&'t CacheLine; LANES],
    negative: __mmask8,
    /// The lanes that get one; every one does in the first two rounds.
    dealt: __mmask8,
}

impl<'t> Round<'t> {
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    fn addends(&self) -> Addends {
        Addends::new(&self.lines, self.negative)
    }
}

impl<'t> Round<'t> {
    /// Deals the line to the lane; nothing where there is no such lane.
    #[inline]
    fn deal(&mut self, lane: usize, (line, negative): (&'t CacheLine, u8)) -> Option<()> {
        *self.lines.get_mut(lane)? = line;
        self.negative |= negative << lane;
        self.dealt |= 1 << lane;
        Some(())
    }
}

impl<'t> Deal<'t> {
    /// Gives each column as many lanes as it needs, and the first those that are left over.
    fn new(digits: &[Digits<'t>; 2]) -> Option<Self> {
        let shapes = digits.each_ref().map(|digits| digits.comb().shape());
        let columns = shapes.iter().map(|shape| shape.columns()).max()?;
        let blocks =
            |shape: CombShape, column: usize| if column < shape.columns() { shape.blocks() } else { 0 };
        let points = |column: usize| shapes.iter().map(|shape| blocks(*shape, column)).sum::<usize>();
        let above_first: usize = (1..columns).map(|column| points(column).div_ceil(ROUNDS)).sum();
        let any = digits.first()?.comb().lines.first()?;
        let nobody = Round { lines: [any; LANES], negative: 0, dealt: 0 };
        let mut deal = Self { rounds: [nobody; ROUNDS], columns: [0; LANES] };
        let mut first_lane = 0;
        for column in 0..columns {
            let lanes =
                if column == 0 { LANES.checked_sub(above_first)? } else { points(column).div_ceil(ROUNDS) };
            let (mut lane, mut rounds) = (0, deal.rounds.iter_mut());
            let mut round = rounds.next()?;
            for (digits, shape) in digits.iter().zip(shapes) {
                for block in 0..blocks(shape, column) {
                    if lane == lanes {
                        (lane, round) = (0, rounds.next()?);
                    }
                    let term = digits.term(column, block)?;
                    prefetch(term.0);
                    round.deal(first_lane + lane, term)?;
                    lane += 1;
                }
            }
            deal.columns.get_mut(first_lane..first_lane + lanes)?.fill(u8::try_from(column).ok()?);
            first_lane += lanes;
        }
        let [first, second, ..] = &deal.rounds;
        (first.dealt & second.dealt == ALL).then_some(deal)
    }
}
