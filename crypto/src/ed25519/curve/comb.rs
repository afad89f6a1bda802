//! Multiples of a point from a table: signed combs.

use super::point::Addend;
use super::table;
use crate::CacheLine;
use crate::EdDsaShape;
#[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
use crate::comb::Layout;
use crate::comb::prefetch;
use crate::comb::{Digits, Sign};
use crate::number::{self, U256};

/// A table that [`build`](super::table::build) filled.
#[derive(Clone, Copy)]
pub(crate) struct Comb<'t> {
    shape: EdDsaShape,
    /// As many as the shape has.
    lines: &'t [CacheLine],
}

impl<'t> Comb<'t> {
    /// `lines` were filled for this shape.
    pub(crate) const fn new(shape: EdDsaShape, lines: &'t [CacheLine]) -> Self {
        Self { shape, lines }
    }

    pub(crate) const fn shape(&self) -> EdDsaShape {
        self.shape
    }
}

/// A multiple of a comb's point, to be summed up.
pub(crate) struct Multiple<'t> {
    lines: &'t [CacheLine],
    digits: Digits<[u64; EdDsaShape::GROUPS]>,
}

impl<'t> Multiple<'t> {
    /// u times the point of the comb, for an odd u below 2^253, with this sign.
    pub(super) fn new(comb: Comb<'t>, u: &U256, sign: Sign) -> Self {
        let digits = Digits::new(number::words(u), sign, comb.shape.layout());
        // All entries that will be needed.
        for (entry, _) in digits.entries() {
            table::lines_of(comb.lines, entry).into_iter().flatten().for_each(prefetch);
        }
        Self { lines: comb.lines, digits }
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

    /// What the digits of a column stand for; nothing where the table ends too early, which none does.
    #[inline(always)]
    pub(super) fn column(&self, column: usize) -> impl Iterator<Item = Option<Addend>> {
        self.digits.column(column).map(|(entry, sign)| table::signed_entry(self.lines, entry, sign))
    }
}
