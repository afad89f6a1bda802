//! Filling the table of a comb, in its own memory.

use super::field::{Called, Element};
use super::point::{Affine, Xyzz};
use crate::CacheLine;
use crate::CombShape;

/// Fills `lines`, as many as the shape has, with the comb of `base`.
///
/// A line of a block holds the sum of the rows' powers of two times the base, the highest row's positive, where bit r
/// of its place says whether rows r and r + 1 have different signs. Each row doubles the lines of each block: from T
/// and the row's B come B + T and B - T.
///
/// No two points that are added here have the same first coordinate: they are multiples of the base, whose order is
/// n, by numbers that do not depend on the base.
pub(crate) fn build(lines: &mut [CacheLine], shape: CombShape, base: &Affine) {
    let mut base = *base;
    for row in 0..shape.rows() {
        for block in lines.chunks_exact_mut(shape.block_lines()) {
            add_row(block, row, &base);
            let mut power = Xyzz::from_affine(&base);
            for _ in 0..shape.columns() {
                power.double::<Called>();
            }
            base = power.to_affine();
        }
    }
}

/// The lines that a block has after `row`, from those that it had before.
fn add_row(block: &mut [CacheLine], row: usize, base: &Affine) {
    let Some(before) = row.checked_sub(1) else {
        if let Some(first) = block.first_mut() {
            *first = base.to_line();
        }
        return;
    };
    let Some((lower, upper)) =
        block.get_mut(..2 << before).and_then(|lines| lines.split_at_mut_checked(1 << before))
    else {
        return;
    };
    // All differences of first coordinates are inverted at once: upper lines hold each, and the product of those
    // before it, until their turn comes.
    let mut product = Element::ONE;
    for (lower, upper) in lower.iter().zip(&mut *upper) {
        let difference = Affine::from_line(lower).x.minus(&base.x);
        *upper = Affine { x: difference, y: product }.to_line();
        product = product.times(&difference);
    }
    let mut inverse = product.inverse();
    for (lower, upper) in lower.iter_mut().zip(upper).rev() {
        let Affine { x: difference, y: product_before } = Affine::from_line(upper);
        let inverse_difference = inverse.times(&product_before);
        inverse = inverse.times(&difference);
        let point = Affine::from_line(lower);
        let negative = point.negative();
        *lower = base.add_with(&point, &inverse_difference).to_line();
        *upper = base.add_with(&negative, &inverse_difference).to_line();
    }
}
