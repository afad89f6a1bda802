//! One sum in eight lanes: each lane adds up some of its points, then the lanes' sums are added.

use super::super::comb::Multiple;
use super::super::field::Element;
use super::super::point::{Addend, Projective};
use super::super::table::lines_of;
use super::points::{Addends, Places, Points};
use crate::CacheLine;
use crate::backend::Ifma;
use crate::comb::Sign;
use crate::lanes::{LANES, LaneSchedule, Step, partners};
use crate::number;

/// The most points that a lane adds up: enough for all combs that have no more columns than there are lanes.
const ROUNDS: usize = 16;

/// The sum of both multiples and the correction. Nothing if the processor lacks the instructions, or there are more points
/// or columns than can be dealt out.
#[allow(unsafe_code, reason = "a call of what only some processors can run")]
pub(in super::super) fn sum(
    multiples: &[Multiple<'_>; 2],
    correction: Option<&Addend>,
) -> Option<Projective> {
    let _: Ifma = Ifma::detected()?;
    let lines = correction.map(as_in_table);
    let correction = lines.as_ref().map(|[own, shared]| Term { own, shared, second: 0, sign: Sign::Plus });
    // SAFETY: a value of `Ifma` exists only where the processor has AVX-512 F and IFMA.
    unsafe { sum_with_ifma(multiples, correction) }
}

#[target_feature(enable = "avx512f,avx512ifma")]
fn sum_with_ifma(multiples: &[Multiple<'_>; 2], correction: Option<Term<'_>>) -> Option<Projective> {
    let layouts = multiples.each_ref().map(Multiple::layout);
    let schedule = LaneSchedule::<Term<'_>, ROUNDS>::new(layouts, correction, |table, column, block| {
        Term::of_digit(multiples.get(table)?, column, block)
    })?;
    let [first, rest @ ..] = schedule.rounds() else { return None };
    let mut sum = Points::of(&addends(first));
    for round in rest {
        sum.add(&addends(round));
    }
    for step in schedule.steps() {
        match step {
            Step::Double(lanes) => sum.double_where(lanes),
            Step::AddPartners { distance } => sum.add_partners(partners(distance)),
        }
    }
    Some(sum.lowest())
}

/// An entry of a table.
#[derive(Clone, Copy)]
struct Term<'t> {
    own: &'t CacheLine,
    shared: &'t CacheLine,
    /// 1 for the second entry of the shared line.
    second: u8,
    sign: Sign,
}

impl<'t> Term<'t> {
    #[inline]
    fn of_digit(multiple: &Multiple<'t>, column: usize, block: usize) -> Option<Self> {
        let (entry, sign) = multiple.entry(column, block)?;
        let [own, shared] = lines_of(multiple.lines(), entry);
        Some(Self { own: own?, shared: shared?, second: u8::from(entry & 1 == 1), sign })
    }
}

/// The points of a round, and (0, 1) where there is none.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn addends(round: &[Option<Term<'_>>; LANES]) -> Addends {
    let mut places =
        Places { own: [&NEUTRAL[0]; LANES], shared: [&NEUTRAL[1]; LANES], second: 0, negative: 0 };
    let lines = places.own.iter_mut().zip(&mut places.shared);
    for (((own, shared), term), lane) in lines.zip(round).zip(0_u8..) {
        if let Some(term) = term {
            (*own, *shared) = (term.own, term.shared);
            places.second |= term.second << lane;
            places.negative |= u8::from(term.sign == Sign::Minus) << lane;
        }
    }
    Addends::new(&places)
}

/// The lines of an entry that a table might have.
fn as_in_table(addend: &Addend) -> [CacheLine; 2] {
    let words = |element: Element| number::to_words::<_, 4>(&element.to_number());
    let [s0, s1, s2, s3] = words(addend.sum);
    let [d0, d1, d2, d3] = words(addend.difference);
    let [p0, p1, p2, p3] = words(addend.product);
    [CacheLine([s0, s1, s2, s3, d0, d1, d2, d3]), CacheLine([p0, p1, p2, p3, 0, 0, 0, 0])]
}

/// The lines of (0, 1).
static NEUTRAL: [CacheLine; 2] = [CacheLine([1, 0, 0, 0, 1, 0, 0, 0]), CacheLine([0; 8])];
