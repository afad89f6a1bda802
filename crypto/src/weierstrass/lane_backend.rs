//! The interface of AVX-512 IFMA to this module, and its stand-in where there is none.

use super::Curve;
use super::point::Xyzz;
use crate::comb::Multiple;

/// How sums of points from tables are computed eight additions at a time.
pub(crate) trait LaneBackend<C: Curve> {
    /// The sum of both multiples; infinity also where an addition met an exception on the way. Nothing if the processor
    /// lacks the instructions, or the combs have more points or columns than can be dealt out.
    fn sum(multiples: &[Multiple<'_, C>; 2]) -> Option<Xyzz<C>>;
}

/// Where there are none.
#[cfg(not(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32"))))]
pub(crate) struct NoLanes;

#[cfg(not(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32"))))]
impl<C: Curve> LaneBackend<C> for NoLanes {
    fn sum(_: &[Multiple<'_, C>; 2]) -> Option<Xyzz<C>> {
        None
    }
}
