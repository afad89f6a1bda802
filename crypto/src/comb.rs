//! Signed combs: how the bits of a scalar are gathered into digits, and where in a table the digits are.
//!
//! An odd u below 2^N is the sum of s_i 2^i for i < N with signs s_i alone, no zeros: s_i is + where bit i of
//! (u + 2^N - 1) / 2 is set. Bits i, i + vd, i + 2 vd, ... make a digit; the table holds the sum of +-2^i P for each
//! digit with + in the highest row.

/// Of a comb with h rows and v blocks that has d columns, so that N = h v d.
///
/// A product takes v d additions and d - 1 doublings, and a table of v 2^(h-1) entries. Two products that are added,
/// as for a signature, share their doublings.
#[derive(Clone, Copy)]
pub(crate) struct Layout {
    /// h: bits of a digit.
    pub(crate) rows: usize,
    /// v: parts of the table, for digits of neighbouring columns.
    pub(crate) blocks: usize,
    /// d: digits that one block serves; between them is a doubling.
    pub(crate) columns: usize,
}

impl Layout {
    /// v d: the distance between the bits of a digit, and the number of digits.
    pub(crate) const fn stride(self) -> usize {
        self.blocks.wrapping_mul(self.columns)
    }

    /// Entries of a block: the digits whose highest bit is set; the others are their negatives.
    pub(crate) const fn block_entries(self) -> usize {
        1 << self.rows.wrapping_sub(1)
    }

    /// Entries of the table.
    pub(crate) const fn entries(self) -> usize {
        self.blocks.wrapping_mul(self.block_entries())
    }

    /// Whether the digits hold the signs of odd numbers of so many bits, and fit where they are put.
    pub(crate) const fn holds(self, bits: usize) -> bool {
        let signs = self.rows.wrapping_mul(self.stride());
        bits <= signs && signs <= 64 * SIGN_WORDS && self.rows <= 16 && self.stride() <= MAX_STRIDE
    }
}

/// Of a multiple.
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
pub(crate) struct Digits {
    layout: Layout,
    digits: [u16; MAX_STRIDE],
    /// All ones where the number is to be subtracted.
    flip: u16,
}

/// The most digits that a layout has.
const MAX_STRIDE: usize = 96;

/// The most signs that a layout has, in words of 64.
const SIGN_WORDS: usize = 7;

/// Digits that are put together at a time.
const LANES: usize = 4;

const _: () = assert!(MAX_STRIDE.is_multiple_of(LANES));

impl Digits {
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
        let highest = layout.rows.wrapping_mul(layout.stride()).wrapping_sub(1);
        if let Some(word) = signs.get_mut(highest / 64) {
            *word |= 1 << (highest % 64);
        }
        let mut lanes = [0_u64; MAX_STRIDE / LANES];
        let used = lanes.get_mut(..layout.stride().div_ceil(LANES)).unwrap_or_default();
        // From 64 bits of a row come 16 groups of 4 digits.
        for (first, lanes) in used.chunks_mut(16).enumerate() {
            let mut above = 0;
            for row in (0..layout.rows).rev() {
                let signs =
                    word_at(&signs, row.wrapping_mul(layout.stride()).wrapping_add(first.wrapping_mul(64)));
                let mut bits = signs ^ above;
                above = signs;
                for lane in lanes.iter_mut() {
                    *lane |= spread(bits & 15) << row;
                    bits >>= LANES;
                }
            }
        }
        let mut digits = [0; MAX_STRIDE];
        for (digits, lane) in digits.as_chunks_mut::<LANES>().0.iter_mut().zip(lanes) {
            let [a, b, c, d, e, f, g, h] = lane.to_le_bytes();
            *digits = [[a, b], [c, d], [e, f], [g, h]].map(u16::from_le_bytes);
        }
        let flip = if sign == Sign::Plus { 0 } else { u16::MAX };
        Self { layout, digits, flip }
    }

    /// The place in the table of the digit of this column and block, and whether it or its negative is meant; nothing
    /// where the comb has no such column.
    #[inline(always)]
    pub(crate) fn entry(&self, column: usize, block: usize) -> Option<(usize, Sign)> {
        let layout = self.layout;
        let digit = *self.digits.get(block.wrapping_mul(layout.columns).wrapping_add(column))?;
        let in_block = usize::from(digit) & layout.block_entries().wrapping_sub(1);
        let is_plus = (digit ^ self.flip) >> layout.rows.wrapping_sub(1) & 1 == 1;
        let entry = block.wrapping_mul(layout.block_entries()).wrapping_add(in_block);
        Some((entry, Sign::minus_if(!is_plus)))
    }

    /// All of them, in the order of the table's blocks.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (usize, Sign)> {
        let Layout { blocks, columns, .. } = self.layout;
        (0..blocks).flat_map(move |block| (0..columns).filter_map(move |column| self.entry(column, block)))
    }

    pub(crate) fn layout(&self) -> Layout {
        self.layout
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
