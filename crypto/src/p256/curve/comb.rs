//! Multiples of a point from a table: signed combs.
//!
//! An odd u below 2^L is the sum of s_i 2^i for i < L with signs s_i alone, no zeros: s_i is + where bit i of
//! (u + 2^L - 1) / 2 is set. Of an even u, n - u is odd, and u P = -((n - u) P). Bits i, i + vd, i + 2 vd, ... make a
//! digit; the table holds the sum of +-2^i P for each digit with + in the highest row.

use super::super::shape::CombShape;
use super::number::{self, Number};
use super::point::{Affine, Sign};
use super::scalar::{N, Scalar};
use crate::CacheLine;
use crate::prefetch::prefetch;

/// A table that [`build`](super::table::build) filled.
#[derive(Clone, Copy)]
pub(crate) struct Comb<'t> {
    shape: CombShape,
    /// As many as the shape has.
    pub(super) lines: &'t [CacheLine],
}

impl<'t> Comb<'t> {
    /// `lines` were filled for this shape; nothing if they are not as many as it has.
    pub(crate) const fn new(shape: CombShape, lines: &'t [CacheLine]) -> Option<Self> {
        if lines.len() == shape.lines() { Some(Self { shape, lines }) } else { None }
    }

    pub(crate) const fn shape(&self) -> CombShape {
        self.shape
    }
}

/// A multiple of a comb's point, to be summed up.
pub(super) struct Multiple<'t> {
    pub(super) comb: Comb<'t>,
    /// Bit c of row r: whether the signs r and r + 1 of digit c differ. The highest row's: whether it is -.
    pub(super) rows: [u64; CombShape::MAX_ROWS],
}

impl<'t> Multiple<'t> {
    /// u times the point of the comb.
    pub(super) fn new(comb: Comb<'t>, u: &Scalar) -> Self {
        let u = u.number();
        let is_even = u.first().is_some_and(|lowest| lowest & 1 == 0);
        // 0 becomes n: its multiple is infinity just as well.
        let odd = if is_even { number::subtract(&N, u).0 } else { *u };
        let mut rows = signs(&odd, comb.shape);
        // Above the highest row, where there is nothing, are the signs of -1, or of 1 if all are to be turned.
        let mut above = if is_even { 0 } else { u64::MAX };
        for row in rows.iter_mut().take(comb.shape.rows()).rev() {
            (*row, above) = (*row ^ above, *row);
        }
        Self { comb, rows }
    }

    /// How many digits there are with a doubling between them.
    #[inline(always)]
    pub(super) fn columns(&self) -> usize {
        self.comb.shape.columns()
    }

    /// What the digits of a column, below [`columns`](Self::columns), stand for: a point and its sign for each block.
    #[inline(always)]
    pub(super) fn column(&self, column: usize) -> impl Iterator<Item = (Affine, Sign)> {
        self.lines(column).map(|(line, sign)| (Affine::from_line(line), sign))
    }

    /// Begins to load all lines that will be needed.
    pub(super) fn prefetch(&self) {
        for column in 0..self.columns() {
            for (line, _) in self.lines(column) {
                prefetch(line);
            }
        }
    }

    #[inline(always)]
    fn lines(&self, column: usize) -> impl Iterator<Item = (&'t CacheLine, Sign)> {
        let shape = self.comb.shape;
        let (lower_rows, highest) = self.rows.split_at(shape.rows().wrapping_sub(1));
        let highest = highest.first().copied().unwrap_or(0);
        let digits = (column..).step_by(shape.columns());
        self.comb.lines.chunks_exact(shape.block_lines()).zip(digits).filter_map(move |(block, digit)| {
            let place = lower_rows.iter().rev().fold(0, |place, row| (place << 1) | (row >> digit & 1));
            let line = block.get(usize::try_from(place).ok()?)?;
            Some((line, Sign::minus_if(highest >> digit & 1 == 1)))
        })
    }
}

/// The bits of (u + 2^L - 1) / 2 for an odd u, in rows of as many bits as there are digits; above them are others.
fn signs(odd: &Number, shape: CombShape) -> [u64; CombShape::MAX_ROWS] {
    let words = number::to_words(odd);
    let word = |at: usize| words.get(at).copied().unwrap_or(0);
    let mut rows = [0; CombShape::MAX_ROWS];
    let mut at: usize = 1;
    for row in rows.iter_mut().take(shape.rows()) {
        // u / 2, from bit `at` of u. Up by 64 less that: in two shifts, because one by 64 is none.
        *row = word(at / 64) >> (at % 64) | word((at / 64).wrapping_add(1)) << 1 << (!at % 64);
        at = at.wrapping_add(shape.stride());
    }
    // u < 2^L: the highest sign is +.
    if let Some(highest) = rows.get_mut(shape.rows().wrapping_sub(1)) {
        *highest |= 1 << shape.stride().wrapping_sub(1);
    }
    rows
}
