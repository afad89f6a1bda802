//! u1 G + u2 Q with AVX-512 IFMA, eight additions at a time, from the same tables as without.
//!
//! * `curve`: what a curve adds for this. `field`: modulo its p, in lanes. `points`: adding and doubling there.
//! * `terms`: points of tables for all lanes.
//! * `single`: the sum, whose points are dealt out to the lanes.

mod curve;
mod field;
mod points;
mod single;
mod terms;

#[cfg(test)]
mod tests;

use super::lane_backend::LaneBackend;
use super::point::Xyzz;
use crate::backend::Ifma;
use crate::comb::Multiple;

pub(crate) use curve::{LaneCurve, TableEntry};

/// Numbers of W words in lanes, with N limbs of 52 bits there; a lane adds up at most so many points of one sum as there
/// are rounds.
pub(crate) struct InLanes<const N: usize, const W: usize, const ROUNDS: usize>;

#[allow(unsafe_code, reason = "calls of what only some processors can run")]
impl<C: LaneCurve<N, W>, const N: usize, const W: usize, const ROUNDS: usize> LaneBackend<C>
    for InLanes<N, W, ROUNDS>
{
    fn sum(multiples: &[Multiple<'_, C>; 2]) -> Option<Xyzz<C>> {
        let _: Ifma = Ifma::detected()?;
        // SAFETY: a value of `Ifma` exists only where the processor has AVX-512 F and IFMA.
        unsafe { single::sum::<C, N, W, ROUNDS>(multiples) }
    }
}
