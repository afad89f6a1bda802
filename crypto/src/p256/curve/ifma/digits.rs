//! The digits of a multiple, put together for all columns at once.
#![allow(unsafe_code, reason = "stores")]

use core::arch::x86_64::{
    __mmask8, _mm512_mask_or_epi32, _mm512_set1_epi32, _mm512_setzero_si512, _mm512_store_si512,
};
use core::ptr;

use super::super::comb::{Comb, Multiple};
use crate::CacheLine;
use crate::lanes::LANES;

/// Digits that are put together in a register.
const GROUP: usize = 16;

/// A multiple of a comb's point, by the lines of its table.
pub(super) struct Digits<'t> {
    comb: Comb<'t>,
    /// As many as the comb has, then others. The lowest bits are the place in a block; above them is the sign.
    digits: Aligned,
}

/// Points of tables, one for each lane.
pub(super) struct Terms<'t> {
    pub(super) lines: [&'t CacheLine; LANES],
    /// Where the negative is meant.
    pub(super) negative: __mmask8,
    /// Where there is one: elsewhere is one of another lane.
    pub(super) present: __mmask8,
}

impl<'t> Terms<'t> {
    /// Nothing where no lane has one.
    #[inline]
    pub(super) fn new(terms: [Option<Term<'t>>; LANES]) -> Option<Self> {
        let any = terms.iter().flatten().next()?.line;
        let mut all = Self { lines: [any; LANES], negative: 0, present: 0 };
        for ((line, term), lane) in all.lines.iter_mut().zip(terms).zip(0_u8..) {
            if let Some(term) = term {
                *line = term.line;
                all.negative |= term.negative << lane;
                all.present |= 1 << lane;
            }
        }
        Some(all)
    }
}

/// A point of a table.
#[derive(Clone, Copy)]
pub(super) struct Term<'t> {
    pub(super) line: &'t CacheLine,
    /// 1 where the negative is meant.
    pub(super) negative: u8,
}

#[repr(C, align(64))]
struct Aligned([[u32; GROUP]; 64 / GROUP]);

impl<'t> Digits<'t> {
    #[target_feature(enable = "avx512f")]
    #[inline]
    pub(super) fn new(multiple: &Multiple<'t>) -> Self {
        let mut digits = Aligned([[0; GROUP]; _]);
        let shape = multiple.comb.shape();
        for (at, group) in digits.0.iter_mut().enumerate() {
            let mut vector = _mm512_setzero_si512();
            let mut bit = 1;
            for row in multiple.rows.iter().take(shape.rows()) {
                let [a, b, c, d, e, f, g, h] = row.to_le_bytes();
                let parts = [[a, b], [c, d], [e, f], [g, h]].map(u16::from_le_bytes);
                let mask = parts.get(at).copied().unwrap_or(0);
                vector = _mm512_mask_or_epi32(vector, mask, vector, _mm512_set1_epi32(bit));
                bit <<= 1;
            }
            // SAFETY: a group is the 64 bytes that are written, and aligned to them.
            unsafe { _mm512_store_si512(ptr::from_mut(group).cast(), vector) }
        }
        Self { comb: multiple.comb, digits }
    }

    pub(super) fn comb(&self) -> Comb<'t> {
        self.comb
    }

    /// What the digit of this column and block stands for; nothing where the comb has no such column or block.
    #[inline]
    pub(super) fn term(&self, column: usize, block: usize) -> Option<Term<'t>> {
        let shape = self.comb.shape();
        let at = block.wrapping_mul(shape.columns()).wrapping_add(column);
        let digit = usize::try_from(*self.digits.0.as_flattened().get(at)?).ok()?;
        let place = digit & shape.block_lines().wrapping_sub(1);
        let line = self.comb.lines.get(block.wrapping_mul(shape.block_lines()).wrapping_add(place))?;
        Some(Term { line, negative: u8::from(digit != place) })
    }
}
