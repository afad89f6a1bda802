//! Tables whose entries have 96 bytes: two lie in three cache lines, each in a line of its own and half of the line
//! between them.

/// Where the own line and the shared one of an entry are; of the shared one, odd entries have the upper half.
#[inline(always)]
pub(crate) fn places(entry: usize) -> [usize; 2] {
    let first = (entry >> 1).wrapping_mul(3);
    let is_odd = entry & 1;
    [first.wrapping_add(is_odd).wrapping_add(is_odd), first.wrapping_add(1)]
}

/// How many lines hold so many entries, an even number.
pub(crate) const fn lines(entries: usize) -> usize {
    entries.wrapping_mul(3) / 2
}
