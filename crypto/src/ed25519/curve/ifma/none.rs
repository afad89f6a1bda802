//! The sum where there is no IFMA: none.

use super::super::comb::Multiple;
use super::super::point::{Addend, Projective};

pub(in super::super) fn sum(_: &[Multiple<'_>; 2], _: Option<&Addend>) -> Option<Projective> {
    None
}
