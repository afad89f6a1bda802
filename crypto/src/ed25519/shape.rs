//! The shapes of tables: how much memory for how few additions.

/// A signed comb: how the bits of a scalar are gathered into digits, and how large the table of the digits is.
///
/// A comb of h rows and v blocks has d columns, so that h v d bits hold a scalar; one product of a scalar and a point
/// takes v d additions and d - 1 doublings, and a table of v 2^(h-1) entries of 96 bytes. Two products that are added,
/// as for a signature, share their doublings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdDsaShape {
    /// 0.75 KiB: 3 rows, 2 blocks, 43 columns; 86 additions.
    Bytes768,
    /// 3.75 KiB: 4 rows, 5 blocks, 13 columns; 65 additions.
    Bytes3840,
    /// 15 KiB: 6 rows, 5 blocks, 9 columns; 45 additions.
    Kib15,
    /// 60 KiB: 8 rows, 5 blocks, 7 columns; 35 additions.
    Kib60,
    /// 96 KiB: 8 rows, 8 blocks, 4 columns; 32 additions, eight at a time where the base's table is of 768 KiB.
    Kib96,
    /// 384 KiB: 11 rows, 4 blocks, 6 columns; 24 additions.
    Kib384,
    /// 768 KiB: 11 rows, 8 blocks, 3 columns; 24 additions.
    Kib768,
}

impl EdDsaShape {
    /// Every shape, the smallest first.
    pub const ALL: [Self; 7] =
        [Self::Bytes768, Self::Bytes3840, Self::Kib15, Self::Kib60, Self::Kib96, Self::Kib384, Self::Kib768];

    /// Cache lines of a table, 64 bytes each: three for two entries.
    pub const fn lines(self) -> usize {
        self.block_entries().wrapping_mul(self.blocks()).wrapping_mul(3) / 2
    }

    /// h: bits of a digit.
    pub(super) const fn rows(self) -> usize {
        match self {
            Self::Bytes768 => 3,
            Self::Bytes3840 => 4,
            Self::Kib15 => 6,
            Self::Kib60 | Self::Kib96 => 8,
            Self::Kib384 | Self::Kib768 => 11,
        }
    }

    /// v: parts of the table, for digits of neighbouring columns.
    pub(super) const fn blocks(self) -> usize {
        match self {
            Self::Bytes768 => 2,
            Self::Bytes3840 | Self::Kib15 | Self::Kib60 => 5,
            Self::Kib384 => 4,
            Self::Kib96 | Self::Kib768 => 8,
        }
    }

    /// d: digits that one block serves; between them is a doubling.
    pub(super) const fn columns(self) -> usize {
        match self {
            Self::Bytes768 => 43,
            Self::Bytes3840 => 13,
            Self::Kib15 => 9,
            Self::Kib60 => 7,
            Self::Kib96 => 4,
            Self::Kib384 => 6,
            Self::Kib768 => 3,
        }
    }

    /// v d: the distance between the bits of a digit, and the number of digits.
    pub(super) const fn stride(self) -> usize {
        self.blocks().wrapping_mul(self.columns())
    }

    /// Entries of a block: the digits whose highest bit is set; the others are their negatives.
    pub(super) const fn block_entries(self) -> usize {
        1 << self.rows().wrapping_sub(1)
    }
}

/// The most digits that a shape has.
pub(super) const MAX_STRIDE: usize = 86;

const _: () = {
    let [a, b, c, d, e, f, g] = EdDsaShape::ALL;
    assert!(fits(a) && fits(b) && fits(c) && fits(d) && fits(e) && fits(f) && fits(g));
};

/// Whether the shape holds the signs of an odd scalar below 2^253, of which the highest is always +, in no more than
/// five words, and its digits and entries fit where they are put.
const fn fits(shape: EdDsaShape) -> bool {
    let bits = shape.rows().wrapping_mul(shape.stride());
    let has_even_entries = shape.block_entries().wrapping_mul(shape.blocks()).is_multiple_of(2);
    253 < bits && bits <= 320 && shape.rows() <= 16 && shape.stride() <= MAX_STRIDE && has_even_entries
}
