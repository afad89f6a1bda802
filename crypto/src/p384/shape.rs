//! The shapes of P-384 tables: more memory, fewer additions.

use crate::comb::Layout;
use crate::comb::line_pairs;

/// A signed comb: how the bits of a scalar are gathered into digits, and how large the table of the digits is.
///
/// A comb of h rows has w digits, so that h w bits hold a scalar, in v blocks of d columns; one product of a scalar and
/// a point takes w additions and d - 1 doublings, and a table of v 2^(h-1) entries of 96 bytes. Two products that are
/// added, as for a signature, share their doublings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Es384Shape {
    /// 1.5 KiB: 4 rows, 2 blocks, 48 columns; 96 additions.
    Bytes1536,
    /// 7.5 KiB: 5 rows, 5 blocks, 16 columns; 77 additions.
    Bytes7680,
    /// 30 KiB: 7 rows, 5 blocks, 11 columns; 55 additions.
    Kib30,
    /// 96 KiB: 9 rows, 4 blocks, 11 columns; 43 additions.
    Kib96,
    /// 96 KiB: 6 rows, 32 blocks, 2 columns; 64 additions, but one doubling alone, as eight at a time want it.
    Kib96Columns2,
    /// 288 KiB: 8 rows, 24 blocks, 2 columns; 48 additions and one doubling, likewise.
    Kib288,
    /// 768 KiB: 12 rows, 4 blocks, 8 columns; 32 additions.
    Kib768,
}

impl Es384Shape {
    /// Every shape, the smallest first.
    pub const ALL: [Self; 7] = [
        Self::Bytes1536,
        Self::Bytes7680,
        Self::Kib30,
        Self::Kib96,
        Self::Kib96Columns2,
        Self::Kib288,
        Self::Kib768,
    ];

    /// Cache lines of a table, 64 bytes each: three for two entries.
    pub const fn lines(self) -> usize {
        line_pairs::lines(self.layout().entries())
    }

    /// Words of 64 bits for the digits of any shape.
    pub(crate) const GROUPS: usize = 24;

    pub(crate) const fn layout(self) -> Layout {
        match self {
            Self::Bytes1536 => Layout { rows: 4, blocks: 2, columns: 48, digits: 96 },
            Self::Bytes7680 => Layout { rows: 5, blocks: 5, columns: 16, digits: 77 },
            Self::Kib30 => Layout { rows: 7, blocks: 5, columns: 11, digits: 55 },
            Self::Kib96 => Layout { rows: 9, blocks: 4, columns: 11, digits: 43 },
            Self::Kib96Columns2 => Layout { rows: 6, blocks: 32, columns: 2, digits: 64 },
            Self::Kib288 => Layout { rows: 8, blocks: 24, columns: 2, digits: 48 },
            Self::Kib768 => Layout { rows: 12, blocks: 4, columns: 8, digits: 32 },
        }
    }
}

const _: () = {
    let [a, b, c, d, e, f, g] = Es384Shape::ALL;
    assert!(fits(a) && fits(b) && fits(c) && fits(d) && fits(e) && fits(f) && fits(g));
};

/// Whether the shape holds odd scalars below 2^384, and its entries fill their lines.
const fn fits(shape: Es384Shape) -> bool {
    shape.layout().holds(384, Es384Shape::GROUPS) && shape.layout().entries().is_multiple_of(2)
}
