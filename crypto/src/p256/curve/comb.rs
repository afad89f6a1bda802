//! Multiples of a point from a table: signed combs.
//!
//! An odd u below 2^L is the sum of s_i 2^i for i < L with signs s_i alone, no zeros: s_i is + where bit i of
//! (u + 2^L - 1) / 2 is set. Of an even u, n - u is odd, and u P = -((n - u) P). Bits i, i + vd, i + 2 vd, ... make a
//! digit; the table holds the sum of +-2^i P for each digit with + in the highest row.

use super::super::shape::CombShape;
use super::Limb;
use super::number::{self, LIMBS, Number};
use super::point::{Affine, Sign};
use super::scalar::{N, Scalar};
use crate::CacheLine;

/// A table that [`build`](super::table::build) filled.
#[derive(Clone, Copy)]
pub(crate) struct Comb<'t> {
    shape: CombShape,
    /// As many as the shape has.
    pub(super) lines: &'t [CacheLine],
}

impl<'t> Comb<'t> {
    /// `lines` were filled for this shape.
    pub(crate) const fn new(shape: CombShape, lines: &'t [CacheLine]) -> Self {
        Self { shape, lines }
    }

    pub(crate) const fn shape(&self) -> CombShape {
        self.shape
    }
}

/// A multiple of a comb's point, to be summed up: u and the table.
pub(super) struct Multiple<'t> {
    comb: Comb<'t>,
    /// Bit i is set where s_i is +.
    signs: [Limb; LIMBS + 1],
    /// Of the multiple as a whole.
    sign: Sign,
}

impl<'t> Multiple<'t> {
    /// u times the point of the comb.
    pub(super) fn new(comb: Comb<'t>, u: &Scalar) -> Self {
        let u = u.number();
        let is_even = u.first().is_some_and(|lowest| lowest & 1 == 0);
        // 0 becomes n: its multiple is infinity just as well.
        let odd = if is_even { number::subtract(&N, u) } else { *u };
        Self { comb, signs: signs(&odd, comb.shape), sign: Sign::minus_if(is_even) }
    }

    /// What the digit of this column and block stands for; nothing where the comb has no such column.
    #[inline(always)]
    pub(super) fn point(&self, column: usize, block: usize) -> Option<(Affine, Sign)> {
        let shape = self.comb.shape;
        let first = block.wrapping_mul(shape.columns()).wrapping_add(column);
        let digit = (0..shape.rows()).rev().fold(0, |digit: Limb, row| {
            (digit << 1) | number::bit(&self.signs, row.wrapping_mul(shape.stride()).wrapping_add(first))
        });
        // Negative digits are looked up as their negatives, which have the same bits here: each says whether the
        // sign of a row differs from that of the row above.
        let differences = usize::try_from(digit ^ (digit >> 1)).ok()? & shape.block_lines().wrapping_sub(1);
        let positive = digit >> shape.rows().wrapping_sub(1) & 1 == 1;
        let line = self.comb.lines.get(block.wrapping_mul(shape.block_lines()).wrapping_add(differences))?;
        Some((Affine::from_line(line), Sign::minus_if(positive == (self.sign == Sign::Minus))))
    }

    pub(super) fn shape(&self) -> CombShape {
        self.comb.shape
    }
}

/// (u + 2^L - 1) / 2 for an odd u, where L is the number of bits that the comb has.
fn signs(odd: &Number, shape: CombShape) -> [Limb; LIMBS + 1] {
    let mut signs = [0; LIMBS + 1];
    let above = odd.iter().skip(1).chain([&0]);
    for ((sign, &limb), &above) in signs.iter_mut().zip(odd).zip(above) {
        *sign = (limb >> 1) | (above << (Limb::BITS - 1));
    }
    // u < 2^L: the highest sign is +.
    number::set_bit(&mut signs, shape.rows().wrapping_mul(shape.stride()).wrapping_sub(1));
    signs
}
