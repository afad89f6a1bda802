//! The stand-in for targets without IFMA: it never computes a sum.

use super::super::comb::Multiple;
use super::super::point::{Addend, Projective};

pub(in super::super) fn sum(_: &[Multiple<'_>; 2], _: Option<&Addend>) -> Option<Projective> {
    None
}
