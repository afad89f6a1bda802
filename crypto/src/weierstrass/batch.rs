//! Signatures that are verified at once.

use super::Curve;
use super::lane_backend::LaneBackend;
use super::point::Affine;
use super::verification::{Multipliers, Numbers};
use crate::BadSignature;
use crate::comb::Comb;

/// Signatures of a batch.
pub(crate) const BATCH: usize = 8;

/// A signature of a batch, in range, and what it is to be verified with.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a, C: Curve> {
    point: Affine<C>,
    /// Of the point; the tables of a batch have one layout.
    table: Comb<'a, C>,
    numbers: Numbers<C>,
}

impl<'a, C: Curve> Entry<'a, C> {
    /// r || s over a hash, all three numbers of as many bytes as n; nothing where they are not, or r or s is out of
    /// range.
    pub(crate) fn new(point: Affine<C>, table: Comb<'a, C>, hash: &[u8], signature: &[u8]) -> Option<Self> {
        Some(Self { point, table, numbers: Numbers::new(hash, signature)? })
    }
}

/// Verifies up to eight signatures, as [`verify`](super::verify) does one; the answers stand where the entries do, and
/// where there is none is [`BadSignature`]. Nothing if the processor lacks the instructions.
///
/// The lanes that have no entry do again what another lane does.
#[inline(never)]
pub(crate) fn verify_batch<C: Curve>(
    generator: Comb<'_, C>,
    entries: &[Option<Entry<'_, C>>; BATCH],
) -> Option<[Result<(), BadSignature>; BATCH]> {
    let mut answers = [Err(BadSignature); BATCH];
    let Some(any) = entries.iter().flatten().next() else { return Some(answers) };
    let lanes = entries.each_ref().map(|entry| entry.as_ref().unwrap_or(any));
    let (quotients, sums) =
        C::Lanes::batch(generator, &lanes.map(|entry| entry.table), &lanes.map(|entry| entry.numbers))?;
    for (((answer, entry), [u1, u2]), sum) in answers.iter_mut().zip(entries).zip(quotients).zip(sums) {
        if let Some(Entry { point, numbers: Numbers { r, .. }, .. }) = entry {
            *answer = Multipliers { r: *r, u1, u2 }.check(sum, point);
        }
    }
    Some(answers)
}
