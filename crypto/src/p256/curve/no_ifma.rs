//! What stands for `ifma` where there is none.

use super::batch::{BATCH, Entry};
use super::comb::{Comb, Multiple};
use super::point::Xyzz;
use crate::BadSignature;

pub(super) fn sum(_: &[Multiple<'_>; 2]) -> Option<Xyzz> {
    None
}

pub(in super::super) fn verify_batch(
    _: Comb<'_>,
    _: &[Option<Entry<'_>>; BATCH],
) -> Option<[Result<(), BadSignature>; BATCH]> {
    None
}
