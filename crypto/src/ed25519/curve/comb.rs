//! Multiples of the curve's points from tables.

use super::point::Addend;
use super::table;
use crate::comb::{self, Sign, Tables};
use crate::number::{self, U256};
use crate::{CacheLine, EdDsaShape};

/// The curve, as it has tables.
#[derive(Clone, Copy)]
pub(crate) struct Edwards25519;

/// A table that [`build`](super::table::build) filled.
pub(crate) type Comb<'t> = comb::Comb<'t, Edwards25519>;

/// A multiple of a comb's point.
pub(crate) type Multiple<'t> = comb::Multiple<'t, Edwards25519>;

impl Tables for Edwards25519 {
    type Groups = [u64; EdDsaShape::GROUPS];

    type Term = Addend;

    #[inline(always)]
    fn term(lines: &[CacheLine], entry: usize, sign: Sign) -> Option<Addend> {
        table::signed_entry(lines, entry, sign)
    }

    #[inline(always)]
    fn lines_of(lines: &[CacheLine], entry: usize) -> impl Iterator<Item = &CacheLine> {
        table::lines_of(lines, entry).into_iter().flatten()
    }
}

/// u times the point of the comb, for an odd u below 2^253, with this sign. Its lines begin to be loaded.
pub(super) fn multiple<'t>(comb: Comb<'t>, u: &U256, sign: Sign) -> Multiple<'t> {
    let multiple = Multiple::new(comb, number::words(u), sign);
    multiple.prefetch();
    multiple
}
