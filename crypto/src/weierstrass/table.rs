//! Builds the table of a comb in the memory that the table will occupy.

use super::Curve;
use super::field::{Called, Element};
use super::point::{Affine, Xyzz};
use crate::CacheLine;
use crate::comb::Layout;

/// Fills `lines`, as many as the layout needs, with the comb of `base`.
///
/// An entry of a block is the sum of the rows' powers of two times the base, the highest row's positive, where bit r
/// of its place says whether rows r and r + 1 have different signs. Each row doubles the entries of each block: from T
/// and the row's B come B + T and B - T.
///
/// No two points that are added here have the same first coordinate: they are multiples of the base, whose order is
/// n, by numbers that do not depend on the base.
pub(crate) fn build<C: Curve>(lines: &mut [CacheLine], layout: Layout, base: &Affine<C>) {
    let mut base = *base;
    for row in 0..layout.rows {
        for block in 0..layout.blocks {
            let first = block.wrapping_mul(layout.block_entries());
            match row.checked_sub(1) {
                None => base.set_entry(lines, first),
                Some(before) => add_row(lines, first, 1 << before, &base),
            }
            let mut power = Xyzz::from_affine(&base);
            for _ in 0..layout.columns_of(block) {
                power.double::<Called>();
            }
            base = power.to_affine();
        }
    }
}

/// Makes 2 `count` entries of `count`, which begin at `first`.
fn add_row<C: Curve>(lines: &mut [CacheLine], first: usize, count: usize, base: &Affine<C>) {
    let lower = first..first.wrapping_add(count);
    // All differences of first coordinates are inverted at once: upper entries hold each, and the product of those
    // before it, until their turn comes.
    let mut product = Element::ONE;
    for at in lower.clone() {
        let Some(point) = Affine::from_entry(lines, at) else { return };
        let difference = point.x.minus(&base.x);
        Affine { x: difference, y: product }.set_entry(lines, at.wrapping_add(count));
        product = product.times(&difference);
    }
    let mut inverse = product.inverse();
    for at in lower.rev() {
        let upper = at.wrapping_add(count);
        let Some(Affine { x: difference, y: product_before }) = Affine::from_entry(lines, upper) else {
            return;
        };
        let Some(point) = Affine::from_entry(lines, at) else { return };
        let inverse_difference = inverse.times(&product_before);
        inverse = inverse.times(&difference);
        let negative = point.negative();
        base.add_with(&point, &inverse_difference).set_entry(lines, at);
        base.add_with(&negative, &inverse_difference).set_entry(lines, upper);
    }
}
