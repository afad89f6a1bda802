//! The shapes of tables: how much memory for how few additions.

/// A signed comb: how the bits of a scalar are gathered into digits, and how large the table of the digits is.
///
/// A comb of h rows and v blocks has d columns, so that h v d bits hold a scalar; one product of a scalar and a point
/// takes v d additions and d - 1 doublings, and v 2^(h-1) lines of table. Two products that are added, as for a
/// signature, share their doublings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CombShape {
    /// 1 KiB: 4 rows, 2 blocks, 32 columns; 64 additions.
    Kib1,
    /// 4 KiB: 5 rows, 4 blocks, 13 columns; 52 additions.
    Kib4,
    /// 16 KiB: 8 rows, 2 blocks, 16 columns; 32 additions.
    Kib16,
    /// 64 KiB: 8 rows, 8 blocks, 4 columns; 32 additions.
    Kib64,
    /// 256 KiB: 8 rows, 32 blocks, 1 column; 32 additions and no doubling, as eight at a time want it.
    Kib256,
    /// 512 KiB: 11 rows, 8 blocks, 3 columns; 24 additions.
    Kib512,
}

impl CombShape {
    /// Every shape, the smallest first.
    pub const ALL: [Self; 6] = [Self::Kib1, Self::Kib4, Self::Kib16, Self::Kib64, Self::Kib256, Self::Kib512];

    /// Cache lines of a table, 64 bytes each.
    pub const fn lines(self) -> usize {
        self.block_lines().wrapping_mul(self.blocks())
    }

    /// The most that any shape has.
    pub(super) const MAX_ROWS: usize = 11;

    /// h: bits of a digit.
    pub(super) const fn rows(self) -> usize {
        match self {
            Self::Kib1 => 4,
            Self::Kib4 => 5,
            Self::Kib16 | Self::Kib64 | Self::Kib256 => 8,
            Self::Kib512 => 11,
        }
    }

    /// v: parts of the table, for digits of neighbouring columns.
    pub(super) const fn blocks(self) -> usize {
        match self {
            Self::Kib1 | Self::Kib16 => 2,
            Self::Kib4 => 4,
            Self::Kib64 | Self::Kib512 => 8,
            Self::Kib256 => 32,
        }
    }

    /// d: digits that one block serves; between them is a doubling.
    pub(super) const fn columns(self) -> usize {
        match self {
            Self::Kib1 => 32,
            Self::Kib4 => 13,
            Self::Kib16 => 16,
            Self::Kib64 => 4,
            Self::Kib256 => 1,
            Self::Kib512 => 3,
        }
    }

    /// v d: the distance between the bits of a digit.
    pub(super) const fn stride(self) -> usize {
        self.blocks().wrapping_mul(self.columns())
    }

    /// Lines of a block: the digits whose highest bit is set; the others are their negatives.
    pub(super) const fn block_lines(self) -> usize {
        1 << self.rows().wrapping_sub(1)
    }
}
