//! Signed combs: how the bits of a scalar are gathered into digits, and where in a table the digits are.
//!
//! An odd u below 2^N is the sum of s_i 2^i for i < N with signs s_i alone, no zeros: s_i is + where bit i of
//! (u + 2^N - 1) / 2 is set. Bits i, i + w, i + 2 w, ... make a digit; the table holds the sum of +-2^i P for each
//! digit with + in the highest row.
//!
//! * `multiple`: a table with the digits of a number. `line_pairs`: tables whose entries have 96 bytes. `prefetch`: loads
//!   lines before they are needed.

pub(crate) mod line_pairs;
mod multiple;
mod prefetch;

pub(crate) use multiple::{Comb, Multiple, Tables};
pub(crate) use prefetch::prefetch;

/// The layout of a comb with h rows, v blocks and w digits, so that N = h w.
///
/// With d columns, so that v d is w or a little more, a product takes w additions and d - 1 doublings, and a table of
/// v 2^(h-1) entries. Two products that are added, as for a signature, share their doublings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    /// h: bits of a digit.
    pub(crate) rows: usize,
    /// v: parts of the table, for digits of neighbouring columns.
    pub(crate) blocks: usize,
    /// d: digits that one block serves, the last one perhaps fewer; between them is a doubling.
    pub(crate) columns: usize,
    /// w: the number of digits, and the distance between the bits of a digit.
    pub(crate) digits: usize,
}

impl Layout {
    /// Digits that this block serves.
    pub(crate) fn columns_of(self, block: usize) -> usize {
        self.digits.saturating_sub(block.wrapping_mul(self.columns)).min(self.columns)
    }

    /// Digits of this column, one for each block that has so many columns.
    #[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
    pub(crate) fn blocks_of(self, column: usize) -> usize {
        if column < self.columns { self.digits.saturating_sub(column).div_ceil(self.columns) } else { 0 }
    }

    /// Entries of a block: the digits whose highest bit is set; the others are their negatives.
    pub(crate) const fn block_entries(self) -> usize {
        1 << self.rows.wrapping_sub(1)
    }

    /// Entries of the table.
    pub(crate) const fn entries(self) -> usize {
        self.blocks.wrapping_mul(self.block_entries())
    }

    /// Whether the digits hold the signs of odd numbers of so many bits, and fit so many groups.
    pub(crate) const fn holds(self, bits: usize, groups: usize) -> bool {
        let signs = self.rows.wrapping_mul(self.digits);
        let all_blocks = self.blocks.wrapping_mul(self.columns);
        let all_but_one = all_blocks.wrapping_sub(self.columns);
        bits <= signs
            && signs <= 64 * SIGN_WORDS
            && self.rows <= 16
            && all_but_one < self.digits
            && self.digits <= all_blocks
            && self.digits <= GROUP.wrapping_mul(groups)
    }
}

/// Whether a multiple is added or subtracted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Plus,
    Minus,
}

impl Sign {
    pub(crate) fn minus_if(condition: bool) -> Self {
        if condition { Self::Minus } else { Self::Plus }
    }
}

/// The digits of a number. The highest bit of a digit is the sign of its highest row; each other bit says whether the
/// sign of a row differs from that of the row above. So a digit and its negative differ in the highest bit alone.
pub(crate) struct Digits<G> {
    layout: Layout,
    groups: G,
    /// All ones where the number is to be subtracted.
    flip: u16,
}

/// Memory for digits: [`GROUP`] in a word of 64 bits, the first lowest.
pub(crate) trait Groups: AsRef<[u64]> + AsMut<[u64]> {
    const EMPTY: Self;
}

impl<const WORDS: usize> Groups for [u64; WORDS] {
    const EMPTY: Self = [0; WORDS];
}

/// Digits of a group.
const GROUP: usize = 4;

/// The most signs that a layout has, in words of 64.
const SIGN_WORDS: usize = 7;

impl<G: Groups> Digits<G> {
    /// Of the number, or its negative: words of 64 bits, least significant first. The number is odd and has no more
    /// bits than the layout [holds](Layout::holds).
    pub(crate) fn new(odd: impl IntoIterator<Item = u64>, sign: Sign, layout: Layout) -> Self {
        // (u + 2^N - 1) / 2 = (u - 1) / 2 + 2^(N - 1).
        let mut signs = [0; SIGN_WORDS];
        let mut last: Option<&mut u64> = None;
        for (word, next) in signs.iter_mut().zip(odd) {
            if let Some(last) = last {
                *last |= next << 63;
            }
            *word = next >> 1;
            last = Some(word);
        }
        let highest = layout.rows.wrapping_mul(layout.digits).wrapping_sub(1);
        if let Some(word) = signs.get_mut(highest / 64) {
            *word |= 1 << (highest % 64);
        }
        let flip = if sign == Sign::Plus { 0 } else { u16::MAX };
        let mut digits = Self { layout, groups: G::EMPTY, flip };
        let used = digits.groups.as_mut().get_mut(..layout.digits.div_ceil(GROUP)).unwrap_or_default();
        // From 64 bits of a row come 16 groups of 4 digits.
        for (first, groups) in used.chunks_mut(16).enumerate() {
            let mut above = 0;
            for row in (0..layout.rows).rev() {
                let signs =
                    word_at(&signs, row.wrapping_mul(layout.digits).wrapping_add(first.wrapping_mul(64)));
                let mut bits = signs ^ above;
                above = signs;
                for group in groups.iter_mut() {
                    *group |= spread(bits & 15) << row;
                    bits >>= GROUP;
                }
            }
        }
        digits
    }

    /// The place in the table of the digit of this column and block, and whether it or its negative is meant; nothing
    /// where there is no such digit.
    #[inline(always)]
    pub(crate) fn entry(&self, column: usize, block: usize) -> Option<(usize, Sign)> {
        let layout = self.layout;
        let at = block.wrapping_mul(layout.columns).wrapping_add(column);
        if at >= layout.digits {
            return None;
        }
        let [low, high, ..] =
            (self.groups.as_ref().get(at / GROUP)? >> ((at % GROUP).wrapping_mul(16))).to_le_bytes();
        let digit = u16::from_le_bytes([low, high]);
        let in_block = usize::from(digit) & layout.block_entries().wrapping_sub(1);
        let is_plus = (digit ^ self.flip) >> layout.rows.wrapping_sub(1) & 1 == 1;
        let entry = block.wrapping_mul(layout.block_entries()).wrapping_add(in_block);
        Some((entry, Sign::minus_if(!is_plus)))
    }

    /// What the digits of a column stand for, one for each block that has so many columns.
    #[inline(always)]
    pub(crate) fn column(&self, column: usize) -> impl Iterator<Item = (usize, Sign)> {
        (0..self.layout.blocks).filter_map(move |block| self.entry(column, block))
    }

    /// All of them.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (usize, Sign)> {
        (0..self.layout.columns).flat_map(|column| self.column(column))
    }

    /// How the digits are laid out.
    #[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
    pub(crate) fn layout(&self) -> Layout {
        self.layout
    }

    /// How many columns there are.
    #[inline(always)]
    pub(crate) fn columns(&self) -> usize {
        self.layout.columns
    }
}

/// Four bits, each the lowest of 16.
fn spread(bits: u64) -> u64 {
    // Bit i goes to i, i + 15, i + 30 and i + 45, no two of which meet: no carries. Those at 16 i stay.
    bits.wrapping_mul(1 | 1 << 15 | 1 << 30 | 1 << 45) & 0x0001_0001_0001_0001
}

/// The 64 bits from bit `at` on.
fn word_at(words: &[u64; SIGN_WORDS], at: usize) -> u64 {
    let word = |index: usize| words.get(index).copied().unwrap_or(0);
    let (low, high) = (word(at / 64), word((at / 64).wrapping_add(1)));
    // Up by 64 bits less those, in two shifts, because one by 64 bits is none.
    low >> (at % 64) | high << 1 << (!at % 64)
}
