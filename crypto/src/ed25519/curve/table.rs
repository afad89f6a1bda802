//! The table of a comb: how its entries lie in cache lines, and how it is built in its own memory.
//!
//! Entries of 96 bytes: y + x and y - x of an entry fill a line of their own, and 2dxy of two share the line between
//! them.

use super::field::{Arithmetic, Called, Element};
use super::point::{Addend, Affine};
use crate::CacheLine;
use crate::EdDsaShape;
use crate::comb::Sign;
use crate::comb::line_pairs;
use crate::number;

/// The lines of an entry: that of its own, and the shared one.
#[inline(always)]
pub(super) fn lines_of(lines: &[CacheLine], entry: usize) -> [Option<&CacheLine>; 2] {
    line_pairs::places(entry).map(|place| lines.get(place))
}

/// An entry, or its negative. Without branches: signs are as good as random.
#[inline(always)]
pub(super) fn signed_entry(lines: &[CacheLine], entry: usize, sign: Sign) -> Option<Addend> {
    let negative = usize::from(sign == Sign::Minus);
    let [own, shared] = lines_of(lines, entry);
    let own = own?.0.as_chunks().0;
    let shared = shared?.0.as_chunks().0;
    Some(Addend {
        sum: Element::new(*own.get(negative)?),
        difference: Element::new(*own.get(negative ^ 1)?),
        product: Element::new(*shared.get(entry & 1)?).negated_if(negative == 1),
    })
}

fn entry(lines: &[CacheLine], entry: usize) -> Addend {
    signed_entry(lines, entry, Sign::Plus).unwrap_or(Addend::NEUTRAL)
}

/// Numbers become less than p.
fn set_entry(lines: &mut [CacheLine], entry: usize, addend: &Addend) {
    let [own, shared] = line_pairs::places(entry);
    let mut set = |line: usize, half: usize, element: &Element| {
        if let Some(half) = lines.get_mut(line).and_then(|line| line.0.as_chunks_mut().0.get_mut(half)) {
            *half = number::to_words::<_, 4>(&element.to_number());
        }
    };
    set(own, 0, &addend.sum);
    set(own, 1, &addend.difference);
    set(shared, entry & 1, &addend.product);
}

/// Fills `lines`, as many as the shape has, with the comb of `base`.
///
/// An entry of a block is the sum of the rows' powers of two times the base, the highest row's positive, where bit r
/// of its place says whether rows r and r + 1 have different signs. Each row doubles the entries of each block: from
/// T and the row's B come B + T and B - T.
pub(crate) fn build(lines: &mut [CacheLine], shape: EdDsaShape, base: &Affine) {
    let mut base = *base;
    let layout = shape.layout();
    for row in 0..layout.rows {
        for block in 0..layout.blocks {
            let first = block.wrapping_mul(layout.block_entries());
            match row.checked_sub(1) {
                None => set_entry(lines, first, &base.addend()),
                Some(before) => add_row(lines, first, 1 << before, &base),
            }
            let mut power = base.completed();
            for _ in 0..layout.columns_of(block) {
                power.double::<Called>();
            }
            base = power.projective::<Called>().to_affine();
        }
    }
}

/// Makes 2 `count` entries of `count`, which begin at `first`.
///
/// For B = (x1, y1) and T = (x2, y2), with w = d x1 x2 y1 y2, B + T is ((x1 y2 + x2 y1) / (1 + w),
/// (y1 y2 + x1 x2) / (1 - w)); for B - T both x2 and w change their signs. All 4 (1 + w) (1 - w) are inverted at once:
/// upper entries hold 2w, and the product of those before it, until their turn comes.
fn add_row(lines: &mut [CacheLine], first: usize, count: usize, base: &Affine) {
    let lower = first..first.wrapping_add(count);
    let two = Called::add(&Element::ONE, &Element::ONE);
    let four = Called::add(&two, &two);
    let base_product = Called::mul(&base.x, &base.y);
    let mut product = Element::ONE;
    for lower in lower.clone() {
        let double_w = Called::mul(&base_product, &entry(lines, lower).product);
        let pending = Addend { sum: double_w, difference: product, product: Element::ZERO };
        set_entry(lines, lower.wrapping_add(count), &pending);
        product = Called::mul(&product, &Called::sub(&four, &Called::square(&double_w)));
    }
    let mut inverse = Element::ONE.divided_by(&product);
    let base = base.addend();
    for lower in lower.rev() {
        let upper = lower.wrapping_add(count);
        let Addend { sum: double_w, difference: product_before, .. } = entry(lines, upper);
        let own_inverse = Called::mul(&inverse, &product_before);
        inverse = Called::mul(&inverse, &Called::sub(&four, &Called::square(&double_w)));
        // 1 / (2 - 2w) and 1 / (2 + 2w).
        let inverses = [
            Called::mul(&own_inverse, &Called::add(&two, &double_w)),
            Called::mul(&own_inverse, &Called::sub(&two, &double_w)),
        ];
        let addend = entry(lines, lower);
        set_entry(lines, lower, &affine_sum(&base, &addend.sum, &addend.difference, &inverses));
        let [minus, plus] = inverses;
        set_entry(lines, upper, &affine_sum(&base, &addend.difference, &addend.sum, &[plus, minus]));
    }
}

/// base + (sum of y and x, their difference), with 1 / (2 - 2w) and 1 / (2 + 2w).
fn affine_sum(base: &Addend, sum: &Element, difference: &Element, [minus, plus]: &[Element; 2]) -> Addend {
    // Their sum is 2 (y1 y2 + x1 x2), their difference 2 (x1 y2 + x2 y1).
    let upper = Called::mul(&base.sum, sum);
    let lower = Called::mul(&base.difference, difference);
    let x = Called::mul(&Called::sub(&upper, &lower), plus);
    let y = Called::mul(&Called::add(&upper, &lower), minus);
    Affine { x, y }.addend()
}
