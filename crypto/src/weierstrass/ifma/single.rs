//! One sum in eight lanes: each lane adds up some of its points, then the lanes' sums are added.

use core::arch::x86_64::__mmask8;

use super::super::point::Xyzz;
use super::points::{Addends, RunningPoints};
use super::terms::{Term, Terms};
use super::{LaneCurve, TableEntry};
use crate::comb::Multiple;
use crate::lanes::{LaneSchedule, Step, partners};

/// The sum of both multiples; infinity also where an addition met an exception on the way. Nothing if the combs have more
/// points or columns than can be dealt out.
#[target_feature(enable = "avx512f,avx512ifma")]
pub(super) fn sum<C: LaneCurve<N, W>, const N: usize, const W: usize, const ROUNDS: usize>(
    multiples: &[Multiple<'_, C>; 2],
) -> Option<Xyzz<C>> {
    let layouts = multiples.each_ref().map(Multiple::layout);
    let schedule = LaneSchedule::<Term<C::Entry<'_>>, ROUNDS>::new(layouts, None, |table, column, block| {
        let term = Term::<C::Entry<'_>>::of(multiples.get(table)?, column, block)?;
        term.entry.prefetch();
        Some(term)
    })?;
    let [first, second, rest @ ..] = schedule.rounds() else { return None };
    let (first, second) = (Terms::new(first)?, Terms::new(second)?);
    if first.present & second.present != ALL {
        return None;
    }
    let mut sum = RunningPoints::<C, N, W>::of_two(&Addends::new(&first), &Addends::new(&second));
    for terms in rest.iter().filter_map(Terms::new) {
        let addends = Addends::new(&terms);
        if terms.present == ALL {
            sum.add(&addends);
        } else {
            let before = sum;
            sum.add(&addends);
            sum = sum.or_others(terms.present, &before);
        }
    }
    let mut sum = sum.points();
    for step in schedule.steps() {
        match step {
            Step::Double(lanes) => sum.double_where(lanes),
            Step::AddPartners { distance } => sum.add_partners(partners(distance)),
        }
    }
    Some(sum.lowest())
}

/// All lanes.
const ALL: __mmask8 = __mmask8::MAX;
