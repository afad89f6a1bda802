//! The shapes of P-256 tables: more memory, fewer additions.

use crate::comb::Layout;

/// A signed comb: how the bits of a scalar are gathered into digits, and how large the table of the digits is.
///
/// A comb of h rows and v blocks has d columns, so that h v d bits hold a scalar; one product of a scalar and a point
/// takes v d additions and d - 1 doublings, and v 2^(h-1) lines of table. Two products that are added, as for a
/// signature, share their doublings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Es256Shape {
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

impl Es256Shape {
    /// Every shape, the smallest first.
    pub const ALL: [Self; 6] = [Self::Kib1, Self::Kib4, Self::Kib16, Self::Kib64, Self::Kib256, Self::Kib512];

    /// Cache lines of a table, 64 bytes each: one for each entry.
    pub const fn lines(self) -> usize {
        self.layout().entries()
    }

    /// Words of 64 bits for the digits of any shape.
    pub(crate) const GROUPS: usize = 16;

    pub(crate) const fn layout(self) -> Layout {
        match self {
            Self::Kib1 => Layout { rows: 4, blocks: 2, columns: 32, digits: 64 },
            Self::Kib4 => Layout { rows: 5, blocks: 4, columns: 13, digits: 52 },
            Self::Kib16 => Layout { rows: 8, blocks: 2, columns: 16, digits: 32 },
            Self::Kib64 => Layout { rows: 8, blocks: 8, columns: 4, digits: 32 },
            Self::Kib256 => Layout { rows: 8, blocks: 32, columns: 1, digits: 32 },
            Self::Kib512 => Layout { rows: 11, blocks: 8, columns: 3, digits: 24 },
        }
    }
}

const _: () = {
    let [a, b, c, d, e, f] = Es256Shape::ALL;
    assert!(fits(a) && fits(b) && fits(c) && fits(d) && fits(e) && fits(f));
};

/// Whether the shape holds odd scalars below 2^256.
const fn fits(shape: Es256Shape) -> bool {
    shape.layout().holds(256, Es256Shape::GROUPS)
}
