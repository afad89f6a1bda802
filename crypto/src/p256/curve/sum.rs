//! u1 G + u2 Q, by either way and with the instructions that there are.

use super::comb::{Comb, Multiple};
use super::dispatch::{Computation, run};
use super::field::Arithmetic;
use super::ifma;
use super::joint::Points;
use super::point::{Affine, Running, Xyzz};
use super::scalar::Scalar;
use crate::Backend;

/// A way to compute u1 G + u2 Q.
pub(crate) trait LinearCombination {
    /// The sum; infinity also where an addition met an exception on the way.
    fn sum(&self, u1: &Scalar, u2: &Scalar, q: &Affine) -> Xyzz;
}

/// Without tables.
pub(crate) struct Joint {
    pub(crate) backend: Backend,
}

/// With tables of G and Q.
pub(crate) struct Combs<'t> {
    pub(crate) backend: Backend,
    pub(crate) generator: Comb<'t>,
    pub(crate) key: Comb<'t>,
}

impl LinearCombination for Joint {
    fn sum(&self, u1: &Scalar, u2: &Scalar, q: &Affine) -> Xyzz {
        match &Points::new(q) {
            Some(points) => run(self.backend, &JointSum { points, u1, u2 }),
            None => Xyzz::INFINITY,
        }
    }
}

impl LinearCombination for Combs<'_> {
    fn sum(&self, u1: &Scalar, u2: &Scalar, _: &Affine) -> Xyzz {
        let multiples = [Multiple::new(self.generator, u1), Multiple::new(self.key, u2)];
        if self.backend == Backend::Ifma
            && let Some(sum) = ifma::sum(&multiples)
        {
            return sum;
        }
        if cfg!(target_arch = "x86_64") {
            multiples.iter().for_each(Multiple::prefetch);
        }
        run(self.backend, &CombSum(multiples))
    }
}

struct JointSum<'a> {
    points: &'a Points<'a>,
    u1: &'a Scalar,
    u2: &'a Scalar,
}

impl Computation for JointSum<'_> {
    #[inline(always)]
    fn compute<A: Arithmetic>(&self) -> Xyzz {
        self.points.combine::<A>(self.u1, self.u2)
    }
}

struct CombSum<'t>([Multiple<'t>; 2]);

impl Computation for CombSum<'_> {
    #[inline(always)]
    fn compute<A: Arithmetic>(&self) -> Xyzz {
        let columns = self.0.iter().map(Multiple::columns).max().unwrap_or(0);
        let mut sum = Running::new();
        for column in (0..columns).rev() {
            sum.double::<A>();
            // The combs share the doublings: the one with fewer columns begins later.
            for multiple in self.0.iter().filter(|multiple| column < multiple.columns()) {
                for (point, sign) in multiple.column(column) {
                    sum.add::<A>(&point, sign);
                }
            }
        }
        sum.finish()
    }
}
