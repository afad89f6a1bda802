//! Multiples of a point from a table: signed combs.
//!
//! An odd u below 2^N is the sum of s_i 2^i for i < N with signs s_i alone, no zeros: s_i is + where bit i of
//! (u + 2^N - 1) / 2 is set. Bits i, i + vd, i + 2 vd, ... make a digit; the table holds the sum of +-2^i P for each
//! digit with + in the highest row.

use super::number::{self, Number};
use super::point::{Addend, Sign};
use super::table;
use crate::CacheLine;
use crate::ed25519::shape::{EdDsaShape, MAX_STRIDE};
use crate::prefetch::prefetch;

/// A table that [`build`](super::table::build) filled.
#[derive(Clone, Copy)]
pub(crate) struct Comb<'t> {
    shape: EdDsaShape,
    /// As many as the shape has.
    pub(super) lines: &'t [CacheLine],
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
    pub(super) comb: Comb<'t>,
    digits: Digits,
    /// All ones where the whole multiple is subtracted.
    flip: u16,
}

impl<'t> Multiple<'t> {
    /// u times the point of the comb, for an odd u below 2^253, with this sign.
    pub(super) fn new(comb: Comb<'t>, u: &Number, sign: Sign) -> Self {
        let flip = match sign {
            Sign::Plus => 0,
            Sign::Minus => u16::MAX,
        };
        let multiple = Self { comb, digits: Digits::new(u, comb.shape), flip };
        multiple.prefetch();
        multiple
    }

    /// Begins to load all entries that will be needed.
    fn prefetch(&self) {
        for block in 0..self.comb.shape.blocks() {
            for column in 0..self.comb.shape.columns() {
                if let Some((entry, _)) = self.entry(column, block) {
                    for line in table::lines_of(self.comb.lines, entry).into_iter().flatten() {
                        prefetch(line);
                    }
                }
            }
        }
    }

    /// What the digit of this column and block stands for; nothing where the comb has no such column.
    #[inline(always)]
    pub(super) fn addend(&self, column: usize, block: usize) -> Option<Addend> {
        let (entry, negative) = self.entry(column, block)?;
        table::signed_entry(self.comb.lines, entry, negative)
    }

    /// The place of the digit in the table, and 1 where its negative is meant.
    #[inline(always)]
    pub(super) fn entry(&self, column: usize, block: usize) -> Option<(usize, usize)> {
        let shape = self.comb.shape;
        let digit = *self.digits.0.get(block.wrapping_mul(shape.columns()).wrapping_add(column))?;
        let in_block = usize::from(digit) & shape.block_entries().wrapping_sub(1);
        let positive = (digit ^ self.flip) >> shape.rows().wrapping_sub(1) & 1;
        let entry = block.wrapping_mul(shape.block_entries()).wrapping_add(in_block);
        Some((entry, usize::from(positive ^ 1)))
    }

    pub(super) fn shape(&self) -> EdDsaShape {
        self.comb.shape
    }
}

/// The digits of a number. The highest bit of a digit is the sign of its highest row; each other bit says whether the
/// sign of a row differs from that of the row above. So a digit and its negative differ in the highest bit alone.
struct Digits([u16; MAX_STRIDE.next_multiple_of(LANES)]);

/// Digits that are put together at a time.
const LANES: usize = 4;

impl Digits {
    /// Of an odd number below 2^253.
    fn new(odd: &Number, shape: EdDsaShape) -> Self {
        // (u + 2^N - 1) / 2 = (u - 1) / 2 + 2^(N - 1).
        let mut signs = [0; 5];
        let [a, b, c, d] = number::to_words(odd);
        for (sign, pair) in signs.iter_mut().zip([[a, b], [b, c], [c, d], [d, 0]]) {
            *sign = pair[0] >> 1 | pair[1] << 63;
        }
        let highest = shape.rows().wrapping_mul(shape.stride()).wrapping_sub(1);
        if let Some(word) = signs.get_mut(highest / 64) {
            *word |= 1 << (highest % 64);
        }
        let mut lanes = [0_u64; MAX_STRIDE.div_ceil(LANES)];
        let used = lanes.get_mut(..shape.stride().div_ceil(LANES)).unwrap_or_default();
        // From 64 bits of a row come 16 groups of 4 digits.
        for (first, lanes) in used.chunks_mut(16).enumerate() {
            let mut above = 0;
            for row in (0..shape.rows()).rev() {
                let signs =
                    word_at(&signs, row.wrapping_mul(shape.stride()).wrapping_add(first.wrapping_mul(64)));
                let mut bits = signs ^ above;
                above = signs;
                for lane in lanes.iter_mut() {
                    *lane |= spread(bits & 15) << row;
                    bits >>= LANES;
                }
            }
        }
        let mut digits = [0; _];
        for (digits, lane) in digits.as_chunks_mut::<LANES>().0.iter_mut().zip(lanes) {
            let [a, b, c, d, e, f, g, h] = lane.to_le_bytes();
            *digits = [[a, b], [c, d], [e, f], [g, h]].map(u16::from_le_bytes);
        }
        Self(digits)
    }
}

/// Four bits, each the lowest of 16.
fn spread(bits: u64) -> u64 {
    // Bit i goes to i, i + 15, i + 30 and i + 45, no two of which meet: no carries. Those at 16 i stay.
    bits.wrapping_mul(1 | 1 << 15 | 1 << 30 | 1 << 45) & 0x0001_0001_0001_0001
}

/// The 64 bits from bit `at` on.
fn word_at(words: &[u64; 5], at: usize) -> u64 {
    let word = |index: usize| words.get(index).copied().unwrap_or(0);
    let (low, high) = (word(at / 64), word((at / 64).wrapping_add(1)));
    // Up by 64 bits less those, in two shifts, because one by 64 bits is none.
    low >> (at % 64) | high << 1 << (!at % 64)
}
