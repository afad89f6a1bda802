//! u1 G + u2 Q: with or without tables, with the instruction set of the backend.

use super::Curve;
use super::comb::multiple;
use super::field::Preferred;
use super::joint::Points;
use super::lane_backend::LaneBackend;
use super::point::{Affine, Running, Xyzz};
use super::scalar::Scalar;
use crate::Backend;
use crate::backend::dispatch::{Computation, run};
use crate::comb::{Comb, Multiple};

/// A way to compute u1 G + u2 Q.
pub(crate) trait LinearCombination<C: Curve> {
    /// The sum; infinity also where an addition met an exception on the way.
    fn sum(&self, u1: &Scalar<C>, u2: &Scalar<C>, q: &Affine<C>) -> Xyzz<C>;
}

/// Without tables.
pub(crate) struct Joint {
    pub(crate) backend: Backend,
}

/// With tables of G and Q.
pub(crate) struct Combs<'t, C> {
    pub(crate) backend: Backend,
    pub(crate) generator: Comb<'t, C>,
    pub(crate) key: Comb<'t, C>,
}

impl<C: Curve> LinearCombination<C> for Joint {
    fn sum(&self, u1: &Scalar<C>, u2: &Scalar<C>, q: &Affine<C>) -> Xyzz<C> {
        match &Points::new(q) {
            Some(points) => run(self.backend, &JointSum { points, u1, u2 }),
            None => Xyzz::INFINITY,
        }
    }
}

impl<C: Curve> LinearCombination<C> for Combs<'_, C> {
    fn sum(&self, u1: &Scalar<C>, u2: &Scalar<C>, _: &Affine<C>) -> Xyzz<C> {
        let multiples = [multiple(self.generator, u1), multiple(self.key, u2)];
        let in_lanes = if self.backend == Backend::Ifma { C::Lanes::sum(&multiples) } else { None };
        in_lanes.unwrap_or_else(|| {
            multiples.iter().for_each(Multiple::prefetch);
            run(self.backend, &CombSum(multiples))
        })
    }
}

struct JointSum<'a, C: Curve> {
    points: &'a Points<'a, C>,
    u1: &'a Scalar<C>,
    u2: &'a Scalar<C>,
}

impl<C: Curve> Computation for JointSum<'_, C> {
    type Output = Xyzz<C>;

    #[inline(always)]
    fn compute(&self) -> Xyzz<C> {
        self.points.combine::<Preferred>(self.u1, self.u2)
    }
}

struct CombSum<'t, C: Curve>([Multiple<'t, C>; 2]);

impl<C: Curve> Computation for CombSum<'_, C> {
    type Output = Xyzz<C>;

    #[inline(always)]
    fn compute(&self) -> Xyzz<C> {
        let columns = self.0.iter().map(Multiple::columns).max().unwrap_or(0);
        let mut sum = Running::new();
        for column in (0..columns).rev() {
            sum.double::<Preferred>();
            // The combs share the doublings: the one with fewer columns begins later.
            for multiple in self.0.iter().filter(|multiple| column < multiple.columns()) {
                for (point, sign) in multiple.column(column).flatten() {
                    sum.add::<Preferred>(&point, sign);
                }
            }
        }
        sum.finish()
    }
}
