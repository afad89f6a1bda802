//! Canonical Huffman codes (RFC 1951, section 3.2.2).

use super::{InflateFault, bits::Bits};

/// Literals, the end of a block, and lengths.
pub(super) const LITERALS: usize = 288;

/// A canonical Huffman code (RFC 1951, section 3.2.2): codes of one length are successive numbers, and follow those of
/// the length before.
pub(super) struct Code {
    /// For each length from 1: the end of its codes, as if all codes had 16 bits. Never less than the one before.
    ends: [i32; LONGEST],
    /// For each length from 1: what makes a code a place among the symbols, when it is added.
    bases: [u16; LONGEST],
    /// Symbols in the order of their codes.
    symbols: [u16; LITERALS],
}

/// Bits of the longest code.
const LONGEST: usize = 15;

/// Whether lengths need not use up all codes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Incomplete {
    Refuse,
    /// One code of one bit, or no code at all (section 3.2.7).
    AllowSingle,
}

impl Code {
    pub(super) fn of(lengths: &[u8], incomplete: Incomplete) -> Result<Self, InflateFault> {
        let mut counts = [0_u16; LONGEST + 1];
        for length in lengths {
            let count = counts.get_mut(usize::from(*length)).ok_or(InflateFault::Block)?;
            *count = count.wrapping_add(1);
        }
        let mut code = Self { ends: [0; LONGEST], bases: [0; LONGEST], symbols: [0; LITERALS] };
        // Codes of 16 bits that are taken: never more than there are, or a code would begin another one.
        let (mut end, mut size, mut before) = (0_u32, 1_u32 << LONGEST, 0_u16);
        let mut places = [0_u16; LONGEST + 1];
        let [_, counts @ ..] = counts;
        let [_, starts @ ..] = &mut places;
        for (((count, place), base), upto) in
            counts.iter().zip(starts).zip(&mut code.bases).zip(&mut code.ends)
        {
            let first = end.checked_div(size).and_then(|first| u16::try_from(first).ok());
            *base = before.wrapping_sub(first.ok_or(InflateFault::Block)?);
            *place = before;
            before = before.wrapping_add(*count);
            end = end.wrapping_add(u32::from(*count).wrapping_mul(size));
            if end > 1 << 16 {
                return Err(InflateFault::Block);
            }
            *upto = i32::try_from(end).map_err(|_| InflateFault::Block)?;
            size >>= 1;
        }
        let is_single = counts.iter().skip(1).all(|count| *count == 0);
        if end < 1 << 16 && !(incomplete == Incomplete::AllowSingle && is_single) {
            return Err(InflateFault::Block);
        }
        for (symbol, length) in (0_u16..).zip(lengths).filter(|(_, length)| **length != 0) {
            let place = places.get_mut(usize::from(*length)).ok_or(InflateFault::Block)?;
            *code.symbols.get_mut(usize::from(*place)).ok_or(InflateFault::Block)? = symbol;
            *place = place.wrapping_add(1);
        }
        Ok(code)
    }

    pub(super) fn decode(&self, input: &mut Bits<'_>) -> Result<usize, InflateFault> {
        // Codes stand with their highest bit first.
        let next = input.peek().reverse_bits();
        // Without a branch for each length: a stream chooses them, and nobody could foresee them.
        let shorter =
            self.ends.iter().fold(0_u32, |count, end| count.wrapping_add(u32::from(i32::from(next) >= *end)));
        let length = shorter.wrapping_add(1);
        let row = usize::try_from(shorter).map_err(|_| InflateFault::Block)?;
        let base = self.bases.get(row).ok_or(InflateFault::Block)?;
        input.skip(length)?;
        let place = base.wrapping_add(next.wrapping_shr(16_u32.wrapping_sub(length)));
        self.symbols.get(usize::from(place)).map(|symbol| usize::from(*symbol)).ok_or(InflateFault::Block)
    }
}
