//! A multiple of a point, as the table entries that its comb adds up.

use core::marker::PhantomData;

use super::{Digits, Groups, Layout, Sign, prefetch};
use crate::CacheLine;

/// A curve whose points lie in tables.
pub(crate) trait Tables {
    /// Memory for the digits of every layout that its tables have.
    type Groups: Groups;

    /// What a digit adds to a sum: an entry, or its negative.
    type Term;

    /// The entry, or its negative; nothing where the table ends too early, which none does.
    fn term(lines: &[CacheLine], entry: usize, sign: Sign) -> Option<Self::Term>;

    /// The cache lines that hold an entry.
    fn lines_of(lines: &[CacheLine], entry: usize) -> impl Iterator<Item = &CacheLine>;
}

/// A table of the curve `T` that was built for this layout.
#[derive(Clone, Copy)]
pub(crate) struct Comb<'t, T> {
    layout: Layout,
    lines: &'t [CacheLine],
    curve: PhantomData<fn() -> T>,
}

impl<'t, T> Comb<'t, T> {
    /// `lines` were filled for this layout.
    pub(crate) const fn new(layout: Layout, lines: &'t [CacheLine]) -> Self {
        Self { layout, lines, curve: PhantomData }
    }

    #[cfg(test)]
    pub(crate) fn layout(&self) -> Layout {
        self.layout
    }
}

/// A multiple of a comb's point.
pub(crate) struct Multiple<'t, T: Tables> {
    lines: &'t [CacheLine],
    digits: Digits<T::Groups>,
}

impl<'t, T: Tables> Multiple<'t, T> {
    /// u times the point of the comb, with this sign, for an odd u that the layout [holds](Layout::holds): words of 64
    /// bits, least significant first.
    pub(crate) fn new(comb: Comb<'t, T>, odd: impl IntoIterator<Item = u64>, sign: Sign) -> Self {
        Self { lines: comb.lines, digits: Digits::new(odd, sign, comb.layout) }
    }

    /// Begins to load all lines that will be needed.
    pub(crate) fn prefetch(&self) {
        for (entry, _) in self.digits.entries() {
            T::lines_of(self.lines, entry).for_each(prefetch);
        }
    }

    /// The table.
    #[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
    pub(crate) fn lines(&self) -> &'t [CacheLine] {
        self.lines
    }

    /// How the digits are laid out.
    #[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
    pub(crate) fn layout(&self) -> Layout {
        self.digits.layout()
    }

    /// Where in the table the digit of this column and block is, and whether it or its negative is meant; nothing where
    /// there is no such digit.
    #[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
    #[inline(always)]
    pub(crate) fn entry(&self, column: usize, block: usize) -> Option<(usize, Sign)> {
        self.digits.entry(column, block)
    }

    /// How many digits there are with a doubling between them.
    #[inline(always)]
    pub(crate) fn columns(&self) -> usize {
        self.digits.columns()
    }

    /// What the digits of a column, below [`columns`](Self::columns), stand for; nothing where the table ends too early,
    /// which none does.
    #[inline(always)]
    pub(crate) fn column(&self, column: usize) -> impl Iterator<Item = Option<T::Term>> {
        self.digits.column(column).map(|(entry, sign)| T::term(self.lines, entry, sign))
    }
}
