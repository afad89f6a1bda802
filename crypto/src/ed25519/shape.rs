//! The shapes of Ed25519 tables: more memory, fewer additions.

use crate::comb::Layout;
use crate::comb::line_pairs;

/// A signed comb: how the bits of a scalar are gathered into digits, and how large the table of the digits is.
///
/// A comb of h rows has w digits, so that h w bits hold a scalar, in v blocks of d columns; one product of a scalar and
/// a point takes w additions and d - 1 doublings, and a table of v 2^(h-1) entries of 96 bytes. Two products that are
/// added, as for a signature, share their doublings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdDsaShape {
    /// 0.75 KiB: 3 rows, 2 blocks, 43 columns; 85 additions.
    Bytes768,
    /// 3.75 KiB: 4 rows, 5 blocks, 13 columns; 64 additions.
    Bytes3840,
    /// 15 KiB: 6 rows, 5 blocks, 9 columns; 43 additions.
    Kib15,
    /// 60 KiB: 8 rows, 5 blocks, 7 columns; 32 additions.
    Kib60,
    /// 96 KiB: 8 rows, 8 blocks, 4 columns; 32 additions, as eight at a time want them.
    Kib96,
    /// 384 KiB: 11 rows, 4 blocks, 6 columns; 23 additions.
    Kib384,
    /// 768 KiB: 11 rows, 8 blocks, 3 columns; 23 additions, likewise.
    Kib768,
}

impl EdDsaShape {
    /// Every shape, the smallest first.
    pub const ALL: [Self; 7] =
        [Self::Bytes768, Self::Bytes3840, Self::Kib15, Self::Kib60, Self::Kib96, Self::Kib384, Self::Kib768];

    /// Cache lines of a table, 64 bytes each: three for two entries.
    pub const fn lines(self) -> usize {
        line_pairs::lines(self.layout().entries())
    }

    /// Words of 64 bits for the digits of any shape.
    pub(crate) const GROUPS: usize = 22;

    pub(crate) const fn layout(self) -> Layout {
        match self {
            Self::Bytes768 => Layout { rows: 3, blocks: 2, columns: 43, digits: 85 },
            Self::Bytes3840 => Layout { rows: 4, blocks: 5, columns: 13, digits: 64 },
            Self::Kib15 => Layout { rows: 6, blocks: 5, columns: 9, digits: 43 },
            Self::Kib60 => Layout { rows: 8, blocks: 5, columns: 7, digits: 32 },
            Self::Kib96 => Layout { rows: 8, blocks: 8, columns: 4, digits: 32 },
            Self::Kib384 => Layout { rows: 11, blocks: 4, columns: 6, digits: 23 },
            Self::Kib768 => Layout { rows: 11, blocks: 8, columns: 3, digits: 23 },
        }
    }
}

const _: () = {
    let [a, b, c, d, e, f, g] = EdDsaShape::ALL;
    assert!(fits(a) && fits(b) && fits(c) && fits(d) && fits(e) && fits(f) && fits(g));
};

/// Whether the shape holds odd scalars below 2^253, and its entries fill their lines.
const fn fits(shape: EdDsaShape) -> bool {
    shape.layout().holds(253, EdDsaShape::GROUPS) && shape.layout().entries().is_multiple_of(2)
}
