//! Signatures that are verified at once.

use super::comb::Comb;
use super::point::Affine;

/// Signatures of a batch.
pub(crate) const BATCH: usize = 8;

/// A signature of a batch, and what it is to be verified with.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(all(target_arch = "x86_64", target_pointer_width = "64")),
    expect(dead_code, reason = "batches are verified one by one there")
)]
pub(crate) struct Entry<'a> {
    pub(crate) point: Affine,
    /// Of the point; the tables of a batch have one shape.
    pub(crate) table: Comb<'a>,
    pub(crate) hash: &'a [u8; 32],
    pub(crate) signature: &'a [u8],
}
