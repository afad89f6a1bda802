//! ZLIB and DEFLATE (RFC 1950, RFC 1951), into lent memory: what status lists are compressed with.
//!
//! Small rather than fast: codes are read with canonical tables of one row for each length, without larger ones. Lists
//! are inflated when they are loaded, never for a token. Every step takes a bit of the input or ends, blocks are counted
//! against what they inflate to, and whatever the input says, it writes no more than the memory lent: no input costs more
//! than 30 ns for a byte of what it inflates to (measured: `worst_status` in `benches`).

mod bits;
mod code;

use crate::limits::{FREE_INFLATED_BLOCKS, MIN_INFLATED_BLOCK_LEN};
use bits::Bits;
use code::{Code, Incomplete, LITERALS};

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
