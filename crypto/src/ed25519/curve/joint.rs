//! s B + k P without tables: both scalars in their non-adjacent forms, digit by digit.

use super::field::{Arithmetic, Called};
use super::point::{Addend, Affine, Completed, Projective, ProjectiveAddend};
use super::scalar::Scalar;
use crate::comb::Sign;
use crate::number::{self, U256};

/// Digits -1, 0 and 1, no two neighbours both not 0 (Reitwieser's form): the bits of 3u less those of u, above the
/// lowest. Of a scalar there are 254.
struct NonAdjacentForm<'s> {
    number: &'s U256,
    three_times: U256,
}

/// One more than the highest digit of a number below 2^253.
const DIGITS: usize = 254;

impl<'s> NonAdjacentForm<'s> {
    fn new(scalar: &'s Scalar) -> Self {
        let number = scalar.number();
        let (mut three_times, mut shifted, mut carry) = (*number, 0, false);
        for limb in &mut three_times {
            let doubled = (*limb << 1) | shifted;
            shifted = *limb >> (crate::number::Limb::BITS - 1);
            (*limb, carry) = limb.carrying_add(doubled, carry);
        }
        Self { number, three_times }
    }

    fn digit(&self, at: usize) -> Option<Sign> {
        match (
            number::bit(&self.three_times, at.wrapping_add(1)),
            number::bit(self.number, at.wrapping_add(1)),
        ) {
            (true, false) => Some(Sign::Plus),
            (false, true) => Some(Sign::Minus),
            _ => None,
        }
    }
}

/// s B + k P.
#[inline(always)]
pub(super) fn sum<A: Arithmetic>(s: &Scalar, k: &Scalar, point: &Affine) -> Projective {
    let point = point.addend();
    let plus = with_base(&point);
    let minus = with_base(&point.signed(Sign::Minus));
    let base = Affine::BASE.addend();

    let (s, k) = (NonAdjacentForm::new(s), NonAdjacentForm::new(k));
    let mut sum = Completed::NEUTRAL;
    for at in (0..DIGITS).rev() {
        sum.double::<A>();
        match (s.digit(at), k.digit(at)) {
            (None, None) => {}
            (Some(sign), None) => sum.add::<A>(&base.signed(sign)),
            (None, Some(sign)) => sum.add::<A>(&point.signed(sign)),
            (Some(sign), Some(other)) => {
                sum.add_projective::<A>(&if sign == other { &plus } else { &minus }.signed(sign));
            }
        }
    }
    sum.projective::<A>()
}

/// B + addend.
#[inline(never)]
fn with_base(addend: &Addend) -> ProjectiveAddend {
    let mut sum = Affine::BASE.completed();
    sum.add::<Called>(addend);
    sum.projective_addend()
}
