//! ZLIB and DEFLATE (RFC 1950, RFC 1951), into lent memory: what status lists are compressed with.
//!
//! Small rather than fast: codes are read with canonical tables of one row for each length, without larger ones. Lists
//! are inflated when they are loaded, never for a token. Every step takes a bit of the input or ends, blocks are counted
//! against what they inflate to, and whatever the input says, it writes no more than the memory lent: no input costs more
//! than 30 ns for a byte of what it inflates to (measured: `worst_status` in `benches`).

use crate::limits::{FREE_INFLATED_BLOCKS, MIN_INFLATED_BLOCK_LEN};

/// Why data cannot be inflated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InflateFault {
    /// The header is none of ZLIB, or asks for a dictionary.
    Header,
    /// The data ends early.
    Truncated,
    /// A block breaks the rules of DEFLATE.
    Block,
    /// The lent memory is full.
    OutOfMemory,
    /// The checksum is another one.
    Checksum,
    /// Something follows the end.
    TrailingBytes,
    /// It has more blocks than [`FREE_INFLATED_BLOCKS`] and one for each [`MIN_INFLATED_BLOCK_LEN`] bytes that it
    /// inflates to.
    TooManyBlocks,
}

/// Inflates one whole ZLIB stream into `out` and answers how many bytes it has. About 2 KiB of stack.
///
/// # Errors
/// What is wrong with the stream; what stands in `out` then means nothing.
pub fn inflate_zlib(stream: &[u8], out: &mut [u8]) -> Result<usize, InflateFault> {
    let (header, body) = stream.split_first_chunk::<2>().ok_or(InflateFault::Truncated)?;
    // RFC 1950, section 2.2: method 8, a window of at most 32 KiB, no dictionary, and a check that makes it 0 mod 31.
    let [method, flags] = *header;
    let is_lawful = method & 0x0f == 8
        && method >> 4 <= 7
        && flags & 0x20 == 0
        && u16::from_be_bytes(*header).is_multiple_of(31);
    if !is_lawful {
        return Err(InflateFault::Header);
    }
    let mut inflater = Inflater { input: Bits::of(body), out: Output { memory: out, len: 0 } };
    let mut blocks = 1_usize;
    while !inflater.block()? {
        // A block costs more than what it inflates to, above all one that inflates to nothing.
        let most = (inflater.out.len / MIN_INFLATED_BLOCK_LEN).saturating_add(FREE_INFLATED_BLOCKS);
        if blocks >= most {
            return Err(InflateFault::TooManyBlocks);
        }
        blocks = blocks.saturating_add(1);
    }
    let Inflater { input, out } = inflater;
    let (checksum, behind) = input.rest().split_first_chunk::<4>().ok_or(InflateFault::Truncated)?;
    let written = out.memory.get(..out.len).ok_or(InflateFault::OutOfMemory)?;
    if u32::from_be_bytes(*checksum) != adler32(written) {
        return Err(InflateFault::Checksum);
    }
    if behind.is_empty() { Ok(out.len) } else { Err(InflateFault::TrailingBytes) }
}

/// RFC 1950, section 8.2.
fn adler32(bytes: &[u8]) -> u32 {
    const BASE: u32 = 65_521;
    let (mut a, mut b) = (1_u32, 0_u32);
    // Of 5,552 bytes the sums stay within 32 bits.
    for chunk in bytes.chunks(5552) {
        for byte in chunk {
            a = a.wrapping_add(u32::from(*byte));
            b = b.wrapping_add(a);
        }
        a %= BASE;
        b %= BASE;
    }
    b << 16 | a
}

/// The input, lowest bit of each byte first.
struct Bits<'i> {
    input: &'i [u8],
    /// What follows the bits that are held.
    at: usize,
    held: u64,
    count: u32,
}

impl<'i> Bits<'i> {
    fn of(input: &'i [u8]) -> Self {
        Self { input, at: 0, held: 0, count: 0 }
    }

    /// Holds more than 32 bits, or all that are left. Above those that are held stand zeros.
    fn refill(&mut self) {
        if self.count > 32 {
            return;
        }
        let rest = self.input.get(self.at..).unwrap_or_default();
        if let Some(four) = rest.first_chunk::<4>() {
            self.hold(u32::from_le_bytes(*four), 4);
        } else {
            for byte in rest {
                self.hold(u32::from(*byte), 1);
            }
        }
    }

    fn hold(&mut self, bytes: u32, len: u8) {
        self.held |= u64::from(bytes).wrapping_shl(self.count);
        self.count = self.count.wrapping_add(u32::from(len).wrapping_mul(8));
        self.at = self.at.wrapping_add(usize::from(len));
    }

    /// The next 16 bits, with zeros behind the end.
    fn peek(&mut self) -> u16 {
        self.refill();
        let [low, high, ..] = self.held.to_le_bytes();
        u16::from_le_bytes([low, high])
    }

    fn skip(&mut self, count: u32) -> Result<(), InflateFault> {
        self.count = self.count.checked_sub(count).ok_or(InflateFault::Truncated)?;
        self.held = self.held.wrapping_shr(count);
        Ok(())
    }

    /// The next `count` bits, at most 15.
    fn take(&mut self, count: u32) -> Result<u16, InflateFault> {
        let bits = self.peek() & 1_u16.wrapping_shl(count).wrapping_sub(1);
        self.skip(count)?;
        Ok(bits)
    }

    fn small(&mut self, count: u32) -> Result<usize, InflateFault> {
        self.take(count).map(usize::from)
    }

    /// The bytes behind the bits that were taken; what is left of a byte is dropped.
    fn rest(&self) -> &'i [u8] {
        let held = usize::try_from(self.count.wrapping_shr(3)).unwrap_or_default();
        self.input.get(self.at.wrapping_sub(held)..).unwrap_or_default()
    }
}

struct Output<'o> {
    memory: &'o mut [u8],
    len: usize,
}

impl Output<'_> {
    fn push(&mut self, byte: u8) -> Result<(), InflateFault> {
        *self.memory.get_mut(self.len).ok_or(InflateFault::OutOfMemory)? = byte;
        self.len = self.len.wrapping_add(1);
        Ok(())
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), InflateFault> {
        let rest = self.memory.get_mut(self.len..).ok_or(InflateFault::OutOfMemory)?;
        rest.get_mut(..bytes.len()).ok_or(InflateFault::OutOfMemory)?.copy_from_slice(bytes);
        self.len = self.len.wrapping_add(bytes.len());
        Ok(())
    }

    /// Repeats `len` bytes from `distance` ago; they may overlap what they make.
    fn repeat(&mut self, distance: usize, len: usize) -> Result<(), InflateFault> {
        let mut from = self.len.checked_sub(distance).ok_or(InflateFault::Block)?;
        for _ in 0..len {
            let byte = *self.memory.get(from).ok_or(InflateFault::Block)?;
            self.push(byte)?;
            from = from.wrapping_add(1);
        }
        Ok(())
    }
}

/// A canonical Huffman code (RFC 1951, section 3.2.2): codes of one length are successive numbers, and follow those of
/// the length before.
struct Code {
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
enum Incomplete {
    Refuse,
    /// One code of one bit, or no code at all (section 3.2.7).
    AllowSingle,
}

impl Code {
    fn of(lengths: &[u8], incomplete: Incomplete) -> Result<Self, InflateFault> {
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

    fn decode(&self, input: &mut Bits<'_>) -> Result<usize, InflateFault> {
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

/// Literals, the end of a block, and lengths.
const LITERALS: usize = 288;
/// Those of them that a dynamic code may have, and distances.
const MOST_LITERALS: usize = 286;
const MOST_DISTANCES: usize = 30;
const END_OF_BLOCK: usize = 256;

/// Base and extra bits of lengths and distances (RFC 1951, section 3.2.5).
const LENGTHS: [(u16, u8); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];
const DISTANCES: [(u16, u8); MOST_DISTANCES] = [
    (1, 0),
    (2, 0),
    (3, 0),
    (4, 0),
    (5, 1),
    (7, 1),
    (9, 2),
    (13, 2),
    (17, 3),
    (25, 3),
    (33, 4),
    (49, 4),
    (65, 5),
    (97, 5),
    (129, 6),
    (193, 6),
    (257, 7),
    (385, 7),
    (513, 8),
    (769, 8),
    (1025, 9),
    (1537, 9),
    (2049, 10),
    (3073, 10),
    (4097, 11),
    (6145, 11),
    (8193, 12),
    (12289, 12),
    (16385, 13),
    (24577, 13),
];
/// The order in which lengths of code lengths stand (section 3.2.7).
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

struct Inflater<'i, 'o> {
    input: Bits<'i>,
    out: Output<'o>,
}

impl Inflater<'_, '_> {
    /// One block; whether it was the last.
    fn block(&mut self) -> Result<bool, InflateFault> {
        let is_last = self.input.take(1)? == 1;
        match self.input.take(2)? {
            0 => self.stored()?,
            1 => self.fixed()?,
            2 => self.dynamic()?,
            _ => return Err(InflateFault::Block),
        }
        Ok(is_last)
    }

    /// Section 3.2.4.
    fn stored(&mut self) -> Result<(), InflateFault> {
        let ([a, b, c, d], rest) =
            self.input.rest().split_first_chunk::<4>().ok_or(InflateFault::Truncated)?;
        let len = u16::from_le_bytes([*a, *b]);
        if len != !u16::from_le_bytes([*c, *d]) {
            return Err(InflateFault::Block);
        }
        let (bytes, rest) = rest.split_at_checked(usize::from(len)).ok_or(InflateFault::Truncated)?;
        self.input = Bits::of(rest);
        self.out.append(bytes)
    }

    /// Section 3.2.6.
    fn fixed(&mut self) -> Result<(), InflateFault> {
        let mut lengths = [8; LITERALS];
        for (symbol, length) in lengths.iter_mut().enumerate() {
            *length = match symbol {
                144..=255 => 9,
                256..=279 => 7,
                _ => 8,
            };
        }
        let literals = Code::of(&lengths, Incomplete::Refuse)?;
        // Thirty of thirty-two: the last two codes stand for nothing.
        let distances = Code::of(&[5; 32], Incomplete::Refuse)?;
        self.symbols(&literals, &distances)
    }

    /// Section 3.2.7.
    fn dynamic(&mut self) -> Result<(), InflateFault> {
        let literals = self.input.small(5)?.wrapping_add(257);
        let distances = self.input.small(5)?.wrapping_add(1);
        let count = self.input.small(4)?.wrapping_add(4);
        if literals > MOST_LITERALS || distances > MOST_DISTANCES {
            return Err(InflateFault::Block);
        }
        let mut lengths = [0; 19];
        for place in ORDER.iter().take(count) {
            *lengths.get_mut(*place).ok_or(InflateFault::Block)? = self.length_of_length()?;
        }
        let code = Code::of(&lengths, Incomplete::Refuse)?;

        // Lengths of both codes in a row; a repetition may go from one into the other.
        let mut lengths = [0; MOST_LITERALS + MOST_DISTANCES];
        let total = literals.wrapping_add(distances);
        let (mut at, mut previous) = (0_usize, None);
        while at < total {
            let (length, times) = match code.decode(&mut self.input)? {
                16 => (previous.ok_or(InflateFault::Block)?, self.input.small(2)?.wrapping_add(3)),
                17 => (0, self.input.small(3)?.wrapping_add(3)),
                18 => (0, self.input.small(7)?.wrapping_add(11)),
                length => (u8::try_from(length).map_err(|_| InflateFault::Block)?, 1),
            };
            let end = at.wrapping_add(times);
            if end > total {
                return Err(InflateFault::Block);
            }
            lengths.get_mut(at..end).ok_or(InflateFault::Block)?.fill(length);
            (at, previous) = (end, Some(length));
        }
        let (of_literals, rest) = lengths.split_at_checked(literals).ok_or(InflateFault::Block)?;
        let of_distances = rest.get(..distances).ok_or(InflateFault::Block)?;
        // A block that cannot end.
        if of_literals.get(END_OF_BLOCK) == Some(&0) {
            return Err(InflateFault::Block);
        }
        let literals = Code::of(of_literals, Incomplete::AllowSingle)?;
        let distances = Code::of(of_distances, Incomplete::AllowSingle)?;
        self.symbols(&literals, &distances)
    }

    fn length_of_length(&mut self) -> Result<u8, InflateFault> {
        u8::try_from(self.input.take(3)?).map_err(|_| InflateFault::Block)
    }

    fn symbols(&mut self, literals: &Code, distances: &Code) -> Result<(), InflateFault> {
        loop {
            let symbol = literals.decode(&mut self.input)?;
            if let Ok(byte) = u8::try_from(symbol) {
                self.out.push(byte)?;
                continue;
            }
            if symbol == END_OF_BLOCK {
                return Ok(());
            }
            let len = self.extended(&LENGTHS, symbol.wrapping_sub(END_OF_BLOCK).wrapping_sub(1))?;
            let distance = distances.decode(&mut self.input)?;
            let distance = self.extended(&DISTANCES, distance)?;
            self.out.repeat(distance, len)?;
        }
    }

    fn extended(&mut self, table: &[(u16, u8)], symbol: usize) -> Result<usize, InflateFault> {
        let (base, extra) = *table.get(symbol).ok_or(InflateFault::Block)?;
        Ok(usize::from(base).wrapping_add(self.input.small(u32::from(extra))?))
    }
}

#[cfg(test)]
mod tests;
