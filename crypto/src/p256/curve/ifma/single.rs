//! One sum: its points are dealt out to the lanes, whose sums are added in the end.

use core::arch::x86_64::{__mmask8, _mm512_set_epi64, _mm512_set1_epi64, _mm512_xor_epi64};

use super::super::comb::Multiple;
use super::super::point::Xyzz;
use super::digits::{Digits, Terms};
use super::points::{Addends, RunningPoints};
use crate::backend::Ifma;
use crate::lanes::{Counts, Deal};
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
    let counts = digits.each_ref().map(|digits| {
        let shape = digits.comb().shape();
        Counts { columns: shape.columns(), blocks: shape.blocks() }
    });
    let deal = Deal::new(counts, None, |table, column, block| {
        let term = digits.get(table)?.term(column, block)?;
        prefetch(term.line);
        Some(term)
    })?;
    let [first, second, rest @ ..] = &deal.rounds;
    let (first, second) = (Terms::new(*first)?, Terms::new(*second)?);
    if first.present & second.present != ALL {
        return None;
    }
    let mut sum = RunningPoints::of_two(&Addends::new(&first), &Addends::new(&second));
    for terms in rest.iter().filter_map(|round| Terms::new(*round)) {
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
    for distance in [4, 2, 1] {
        for doublings in 0..=u8::MAX {
            let lanes = deal.lanes_behind(distance, doublings);
            if lanes == 0 {
                break;
            }
            sum.double_where(lanes);
        }
        let own = _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0);
        let distance = _mm512_set1_epi64(i64::try_from(distance).ok()?);
        sum.add_partners(_mm512_xor_epi64(own, distance));
    }
    sum.to_xyzz().first().copied()
}

/// All lanes.
const ALL: __mmask8 = __mmask8::MAX;
