//! u1 G + u2 Q with AVX-512 IFMA, eight additions at a time, from the same tables as without.
//!
//! * `curve`: what a curve adds for this. `field`: modulo its p, in lanes. `points`: adding and doubling there.
//! * `terms`: points of tables for all lanes.
//! * `single`: one sum, whose points are dealt out to the lanes. `batch`: eight sums, each in its lane; `scalars`: what
//!   their signatures come to before that.

mod batch;
mod curve;
mod field;
mod points;
mod scalars;
mod single;
mod terms;

#[cfg(test)]
mod tests;

use super::batch::BATCH;
use super::lane_backend::{LaneBackend, Sums};
use super::point::Xyzz;
use super::verification::Numbers;
use crate::backend::Ifma;
use crate::comb::{Comb, Multiple};
use crate::lanes::LANES;

pub(crate) use curve::{LaneCurve, TableEntry};

/// Numbers of W words in lanes, with N limbs of 52 bits there; a lane adds up at most so many points of one sum as there
/// are rounds.
pub(crate) struct InLanes<const N: usize, const W: usize, const ROUNDS: usize>;

const _: () = assert!(BATCH == LANES);

#[allow(unsafe_code, reason = "calls of what only some processors can run")]
impl<C: LaneCurve<N, W>, const N: usize, const W: usize, const ROUNDS: usize> LaneBackend<C>
    for InLanes<N, W, ROUNDS>
{
    fn sum(multiples: &[Multiple<'_, C>; 2]) -> Option<Xyzz<C>> {
        let _: Ifma = Ifma::detected()?;
        // SAFETY: a value of `Ifma` exists only where the processor has AVX-512 F and IFMA.
        unsafe { single::sum::<C, N, W, ROUNDS>(multiples) }
    }

    fn batch(
        generator: Comb<'_, C>,
        keys: &[Comb<'_, C>; BATCH],
        numbers: &[Numbers<C>; BATCH],
    ) -> Option<Sums<C>> {
        let _: Ifma = Ifma::detected()?;
        // SAFETY: a value of `Ifma` exists only where the processor has AVX-512 F and IFMA.
        unsafe {
            let quotients = scalars::divide::<C, N, W>(numbers);
            Some((quotients, batch::sums::<C, N, W>(generator, keys, &quotients)?))
        }
    }
}
