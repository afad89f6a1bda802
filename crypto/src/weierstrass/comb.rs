//! Multiples of a curve's points from tables.

use super::Curve;
use super::point::Affine;
use super::scalar::Scalar;
use crate::CacheLine;
use crate::comb::{Comb, Multiple, Sign, Tables};
use crate::number;

impl<C: Curve> Tables for C {
    type Groups = C::Digits;

    type Term = (Affine<C>, Sign);

    #[inline(always)]
    fn term(lines: &[CacheLine], entry: usize, sign: Sign) -> Option<(Affine<C>, Sign)> {
        Some((Affine::from_entry(lines, entry)?, sign))
    }

    #[inline(always)]
    fn lines_of(lines: &[CacheLine], entry: usize) -> impl Iterator<Item = &CacheLine> {
        <C as Curve>::lines_of(lines, entry)
    }
}

/// u times the point of the comb.
pub(super) fn multiple<'t, C: Curve>(comb: Comb<'t, C>, u: &Scalar<C>) -> Multiple<'t, C> {
    let u = u.number();
    // Of an even u, n - u is odd, and u P = -((n - u) P). 0 becomes n: its multiple is infinity just as well.
    let (odd, sign) = if number::is_odd(u) {
        (*u, Sign::Plus)
    } else {
        (number::subtract(&C::PARAMETERS.n, u).0, Sign::Minus)
    };
    Multiple::new(comb, number::words(&odd), sign)
}
