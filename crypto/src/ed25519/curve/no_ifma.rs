//! What stands for `ifma` where there is none.

use super::comb::Multiple;
use super::point::{Addend, Projective};

pub(super) fn sum(_: &[Multiple<'_>; 2], _: Option<&Addend>) -> Option<Projective> {
    None
}
