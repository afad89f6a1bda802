//! Multiples of a point from a table: signed combs.

use core::marker::PhantomData;

use super::point::Affine;
use super::scalar::Scalar;
use super::{Curve, number};
use crate::CacheLine;
use crate::comb::{Digits, Layout, Sign};
use crate::prefetch::prefetch;

/// A table that [`build`](super::table::build) filled.
#[derive(Clone, Copy)]
pub(crate) struct Comb<'t, C> {
    layout: Layout,
    lines: &'t [CacheLine],
    curve: PhantomData<fn() -> C>,
}

impl<'t, C> Comb<'t, C> {
    /// `lines` were filled for this layout.
    pub(crate) const fn new(layout: Layout, lines: &'t [CacheLine]) -> Self {
        Self { layout, lines, curve: PhantomData }
    }
}

/// A multiple of a comb's point, to be summed up.
pub(super) struct Multiple<'t, C: Curve> {
    lines: &'t [CacheLine],
    digits: Digits<C::Digits>,
}

impl<'t, C: Curve> Multiple<'t, C> {
    /// u times the point of the comb.
    pub(super) fn new(comb: Comb<'t, C>, u: &Scalar<C>) -> Self {
        let u = u.number();
        // Of an even u, n - u is odd, and u P = -((n - u) P). 0 becomes n: its multiple is infinity just as well.
        let (odd, sign) = if number::is_odd(u) {
            (*u, Sign::Plus)
        } else {
            (number::subtract(&C::PARAMETERS.n, u).0, Sign::Minus)
        };
        let multiple =
            Self { lines: comb.lines, digits: Digits::new(number::words(&odd), sign, comb.layout) };
        for (entry, _) in multiple.digits.entries() {
            C::lines_of(comb.lines, entry).for_each(prefetch);
        }
        multiple
    }

    /// How many digits there are with a doubling between them.
    #[inline(always)]
    pub(super) fn columns(&self) -> usize {
        self.digits.columns()
    }

    /// What the digits of a column, below [`columns`](Self::columns), stand for.
    #[inline(always)]
    pub(super) fn column(&self, column: usize) -> impl Iterator<Item = (Affine<C>, Sign)> {
        let points = |(entry, sign)| Some((Affine::from_entry(self.lines, entry)?, sign));
        self.digits.column(column).filter_map(points)
    }
}
