//! s B + k P: with or without tables, with the instruction set of the backend.

use super::comb::{Comb, Multiple, multiple};
use super::field::Preferred;
use super::ifma;
use super::joint;
use super::point::{Addend, Affine, Completed, Projective};
use super::scalar::{L, Scalar};
use crate::Backend;
use crate::backend::dispatch::{Computation, run};
use crate::comb::Sign;
use crate::number;

/// A way to compute s B + k P.
pub(crate) trait LinearCombination {
    /// What is known as soon as s is, before anything is hashed.
    type OfBase;

    fn of_base(&self, s: &Scalar) -> Self::OfBase;

    fn sum(&self, of_base: Self::OfBase, k: &Scalar, point: &Affine) -> Projective;
}

/// Without tables.
pub(crate) struct Joint {
    pub(crate) backend: Backend,
}

/// With tables of B and P.
pub(crate) struct Combs<'t> {
    pub(crate) backend: Backend,
    pub(crate) base: Comb<'t>,
    pub(crate) key: Comb<'t>,
}

impl LinearCombination for Joint {
    type OfBase = Scalar;

    fn of_base(&self, s: &Scalar) -> Scalar {
        *s
    }

    fn sum(&self, s: Scalar, k: &Scalar, point: &Affine) -> Projective {
        run(self.backend, &JointSum { s: &s, k, point })
    }
}

impl<'t> LinearCombination for Combs<'t> {
    type OfBase = Multiple<'t>;

    fn of_base(&self, s: &Scalar) -> Multiple<'t> {
        // L B = 0: of an even s, s B = -(L - s) B.
        if s.is_odd() {
            multiple(self.base, s.number(), Sign::Plus)
        } else {
            multiple(self.base, &number::subtract(&L, s.number()).0, Sign::Minus)
        }
    }

    fn sum(&self, of_base: Multiple<'t>, k: &Scalar, point: &Affine) -> Projective {
        // L P need not be 0: keys may have a component of small order. Of an even k, k P = (k + 1) P - P, where k + 1 is
        // k with its lowest bit set.
        let correction = (!k.is_odd()).then(|| point.addend().signed(Sign::Minus));
        let mut odd = *k.number();
        if let Some(lowest) = odd.first_mut() {
            *lowest |= 1;
        }
        let of_key = multiple(self.key, &odd, Sign::Plus);
        let multiples = [of_base, of_key];
        let in_lanes =
            if self.backend == Backend::Ifma { ifma::sum(&multiples, correction.as_ref()) } else { None };
        in_lanes.unwrap_or_else(|| run(self.backend, &CombSum { multiples, correction }))
    }
}

struct JointSum<'a> {
    s: &'a Scalar,
    k: &'a Scalar,
    point: &'a Affine,
}

impl Computation for JointSum<'_> {
    type Output = Projective;

    #[inline(always)]
    fn compute(&self) -> Projective {
        joint::sum::<Preferred>(self.s, self.k, self.point)
    }
}

struct CombSum<'t> {
    multiples: [Multiple<'t>; 2],
    correction: Option<Addend>,
}

impl Computation for CombSum<'_> {
    type Output = Projective;

    #[inline(always)]
    fn compute(&self) -> Projective {
        let columns = self.multiples.iter().map(|multiple| multiple.columns()).max().unwrap_or(0);
        let mut sum = Completed::NEUTRAL;
        for column in (0..columns).rev() {
            sum.double::<Preferred>();
            // The combs share the doublings: the one with fewer columns begins later.
            for multiple in self.multiples.iter().filter(|multiple| column < multiple.columns()) {
                for addend in multiple.column(column) {
                    // A table that ends too early, which none does, makes no sum that passes.
                    let Some(addend) = addend else { return Projective::NONE };
                    sum.add::<Preferred>(&addend);
                }
            }
        }
        if let Some(correction) = &self.correction {
            sum.add::<Preferred>(correction);
        }
        sum.projective::<Preferred>()
    }
}
