//! Multiples of a point from a table: signed combs.

use core::marker::PhantomData;

use super::Curve;
use super::point::Affine;
use super::scalar::Scalar;
use crate::CacheLine;
use crate::comb::prefetch;
use crate::comb::{Digits, Layout, Sign};
use crate::number;

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
pub(crate) struct Multiple<'t, C: Curve> {
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
        Self { lines: comb.lines, digits: Digits::new(number::words(&odd), sign, comb.layout) }
    }

    /// Begins to load all lines that will be needed.
    pub(super) fn prefetch(&self) {
        for (entry, _) in self.digits.entries() {
            C::lines_of(self.lines, entry).for_each(prefetch);
        }
    }

    /// The table.
    #[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
    pub(super) fn lines(&self) -> &'t [CacheLine] {
        self.lines
    }

    /// How the digits are laid out.
    #[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
    pub(super) fn layout(&self) -> Layout {
        self.digits.layout()
    }

    /// Where in the table the digit of this column and block is, and whether it or its negative is meant; nothing where
    /// there is no such digit.
    #[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
    #[inline(always)]
    pub(super) fn entry(&self, column: usize, block: usize) -> Option<(usize, Sign)> {
        self.digits.entry(column, block)
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
