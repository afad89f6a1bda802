//! What instructions for eight numbers at a time offer, if there are any.

use super::Curve;
use super::batch::BATCH;
use super::point::Xyzz;
use super::scalar::Scalar;
use super::verification::Numbers;
use crate::comb::{Comb, Multiple};

/// For a batch of signatures: u1 = e/s and u2 = r/s, and u1 G + u2 Q.
pub(crate) type Sums<C> = ([[Scalar<C>; 2]; BATCH], [Xyzz<C>; BATCH]);

/// How sums of points from tables are computed eight additions at a time.
pub(crate) trait LaneBackend<C: Curve> {
    /// The sum of both multiples; infinity also where an addition met an exception on the way. Nothing if the processor
    /// lacks the instructions, or the combs have more points or columns than can be dealt out.
    fn sum(multiples: &[Multiple<'_, C>; 2]) -> Option<Xyzz<C>>;

    /// Of eight signatures, with a table of G and tables of one layout for the keys; infinity also where an addition met
    /// an exception on the way. Nothing if the processor lacks the instructions.
    fn batch(
        generator: Comb<'_, C>,
        keys: &[Comb<'_, C>; BATCH],
        numbers: &[Numbers<C>; BATCH],
    ) -> Option<Sums<C>>;
}

/// Where there are none.
#[cfg(not(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32"))))]
pub(crate) struct NoLanes;

#[cfg(not(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32"))))]
impl<C: Curve> LaneBackend<C> for NoLanes {
    fn sum(_: &[Multiple<'_, C>; 2]) -> Option<Xyzz<C>> {
        None
    }

    fn batch(_: Comb<'_, C>, _: &[Comb<'_, C>; BATCH], _: &[Numbers<C>; BATCH]) -> Option<Sums<C>> {
        None
    }
}
