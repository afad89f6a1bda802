//! u1 G + u2 Q without tables: by the joint sparse form (Solinas, "Low-weight binary representations for pairs of
//! integers", 2001).

use super::Curve;
use super::field::{Arithmetic, Called};
use super::point::{Affine, Running, Xyzz};
use super::scalar::Scalar;
use crate::comb::Sign;
use crate::number::{self, Number};

/// Two numbers in digits -1, 0, 1, of which half the pairs are (0, 0).
pub(super) struct JointSparseForm<C: Curve> {
    /// Two pairs in a byte, the least significant first; a pair (a, b) is a + 1 + 3 (b + 1).
    pairs: C::Pairs,
}

/// Not zero: its sign; or zero.
type Digit = Option<Sign>;

impl<C: Curve> JointSparseForm<C> {
    /// One more than a number has bits.
    const DIGITS: usize = C::Number::BITS.wrapping_add(1);

    pub(super) fn new(a: &Scalar<C>, b: &Scalar<C>) -> Self {
        let mut pairs = C::NO_PAIRS;
        let (mut a, mut b) = (Remainder::new(a.number()), Remainder::new(b.number()));
        for place in 0..Self::DIGITS {
            let (low_a, low_b) = (a.low_bits(place), b.low_bits(place));
            let (digit_a, digit_b) = (digit(low_a, low_b), digit(low_b, low_a));
            a.subtract(place, digit_a);
            b.subtract(place, digit_b);
            let pair = code(digit_a).wrapping_add(code(digit_b).wrapping_mul(3));
            if let Some(two) = pairs.as_mut().get_mut(place / 2) {
                *two |= if place % 2 == 0 { pair } else { pair << 4 };
            }
        }
        Self { pairs }
    }

    /// The pairs, the most significant first.
    #[inline(always)]
    pub(super) fn pairs(&self) -> impl Iterator<Item = (Digit, Digit)> {
        (0..Self::DIGITS).rev().map(|place| {
            let two = self.pairs.as_ref().get(place / 2).copied().unwrap_or(0);
            let pair = if place % 2 == 0 { two & 15 } else { two >> 4 };
            (decoded(pair % 3), decoded(pair / 3))
        })
    }
}

/// What is left of a number after the digits so far: itself, shifted down to the next place, plus a carry.
struct Remainder<'n, N> {
    number: &'n N,
    /// 0 or 1.
    carry: u8,
}

impl<'n, N: Number> Remainder<'n, N> {
    fn new(number: &'n N) -> Self {
        Self { number, carry: 0 }
    }

    /// Modulo 8.
    fn low_bits(&self, place: usize) -> u8 {
        let bit = |above: usize| u8::from(number::bit(self.number, place.wrapping_add(above))) << above;
        (bit(0) | bit(1) | bit(2)).wrapping_add(self.carry) & 7
    }

    /// Takes a digit off and halves: the remainder and the digit are both odd or both even.
    fn subtract(&mut self, place: usize, digit: Digit) {
        let low = self.carry.wrapping_add(u8::from(number::bit(self.number, place)));
        self.carry = match digit {
            None => low,
            Some(Sign::Plus) => low.wrapping_sub(1),
            Some(Sign::Minus) => low.wrapping_add(1),
        } / 2;
    }
}

/// The digit of a remainder, both modulo 8: of the two that make the next remainder even the one that makes it
/// divisible by 4, unless the other number's next digit is not zero whatever is done: then the one that makes the next
/// digits of both not zero, so that those after them are.
fn digit(own: u8, other: u8) -> Digit {
    if own & 1 == 0 {
        return None;
    }
    let is_minus = own & 3 == 3;
    let is_turned = (own == 3 || own == 5) && other & 3 == 2;
    Some(Sign::minus_if(is_minus != is_turned))
}

/// 1 more than the digit.
fn code(digit: Digit) -> u8 {
    match digit {
        Some(Sign::Minus) => 0,
        None => 1,
        Some(Sign::Plus) => 2,
    }
}

fn decoded(code: u8) -> Digit {
    match code {
        0 => Some(Sign::Minus),
        1 => None,
        _ => Some(Sign::Plus),
    }
}

/// The points that the pairs of digits stand for, but for their signs.
pub(super) struct Points<'q, C: Curve> {
    q: &'q Affine<C>,
    /// G + Q
    sum: Affine<C>,
    /// G - Q
    difference: Affine<C>,
}

impl<'q, C: Curve> Points<'q, C> {
    /// Nothing where G is Q or -Q.
    #[inline(never)]
    pub(super) fn new(q: &'q Affine<C>) -> Option<Self> {
        let g = &Affine::GENERATOR;
        let difference = q.x.minus(&g.x);
        if difference.is_zero() {
            return None;
        }
        let inverse = difference.inverse();
        Some(Self { q, sum: g.add_with(q, &inverse), difference: g.add_with(&q.negative(), &inverse) })
    }

    /// u1 G + u2 Q; infinity also where an addition met an exception on the way.
    #[inline(always)]
    pub(super) fn combine<A: Arithmetic>(&self, u1: &Scalar<C>, u2: &Scalar<C>) -> Xyzz<C> {
        let mut sum = Running::new();
        for pair in JointSparseForm::new(u1, u2).pairs() {
            sum.double::<A>();
            let (point, sign) = match pair {
                (None, None) => continue,
                (Some(sign), None) => (&Affine::GENERATOR, sign),
                (None, Some(sign)) => (self.q, sign),
                (Some(sign), Some(other)) => (if sign == other { &self.sum } else { &self.difference }, sign),
            };
            sum.add::<A>(point, sign);
        }
        sum.finish()
    }
}

/// Into `sum`, u1 G + u2 Q, whatever is met on the way; about the time of [`Points::combine`] again.
#[inline(never)]
pub(super) fn complete_sum<C: Curve>(sum: &mut Xyzz<C>, u1: &Scalar<C>, u2: &Scalar<C>, q: &Affine<C>) {
    *sum = Xyzz::INFINITY;
    for (of_g, of_q) in JointSparseForm::new(u1, u2).pairs() {
        sum.double::<Called>();
        for (digit, point) in [(of_g, &Affine::GENERATOR), (of_q, q)] {
            if let Some(sign) = digit {
                sum.add_complete(point, sign);
            }
        }
    }
}

#[cfg(test)]
mod tests;
