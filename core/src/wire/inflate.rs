//! ZLIB and DEFLATE (RFC 1950, RFC 1951), into lent memory: what status lists are compressed with.
//!
//! Small rather than fast: codes are read bit by bit with canonical tables (as in Mark Adler's puff), at some 50 MB/s.
//! Lists are inflated when they are loaded, never for a token. Every step takes a bit of the input or ends, so that
//! no input makes it run long; whatever the input says, it writes no more than the memory lent.

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
    TrailingOctets,
}

/// Inflates one whole ZLIB stream into `out` and answers how many octets it has. About 2 KiB of stack.
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
    let mut inflater =
        Inflater { input: Bits { rest: body, held: 0, count: 0 }, out: Output { memory: out, len: 0 } };
    while !inflater.block()? {}
    let Inflater { input, out } = inflater;
    let (checksum, behind) = input.rest.split_first_chunk::<4>().ok_or(InflateFault::Truncated)?;
    let written = out.memory.get(..out.len).ok_or(InflateFault::OutOfMemory)?;
    if u32::from_be_bytes(*checksum) != adler32(written) {
        return Err(InflateFault::Checksum);
    }
    if behind.is_empty() { Ok(out.len) } else { Err(InflateFault::TrailingOctets) }
}

/// RFC 1950, section 8.2.
fn adler32(octets: &[u8]) -> u32 {
    const BASE: u32 = 65_521;
    let (mut a, mut b) = (1_u32, 0_u32);
    // Of 5,552 octets the sums stay within 32 bits.
    for chunk in octets.chunks(5552) {
        for octet in chunk {
            a = a.wrapping_add(u32::from(*octet));
            b = b.wrapping_add(a);
        }
        a %= BASE;
        b %= BASE;
    }
    b << 16 | a
}

/// The input, lowest bit of each octet first.
struct Bits<'i> {
    rest: &'i [u8],
    held: u32,
    count: u32,
}

impl Bits<'_> {
    /// The next `count` bits, at most 16.
    fn take(&mut self, count: u32) -> Result<u32, InflateFault> {
        while self.count < count {
            let (octet, rest) = self.rest.split_first().ok_or(InflateFault::Truncated)?;
            self.rest = rest;
            // At most 15 bits are held here: 8 more fit.
            self.held |= u32::from(*octet).wrapping_shl(self.count);
            self.count = self.count.wrapping_add(8);
        }
        let bits = self.held & 1_u32.wrapping_shl(count).wrapping_sub(1);
        self.held = self.held.wrapping_shr(count);
        self.count = self.count.wrapping_sub(count);
        Ok(bits)
    }

    fn small(&mut self, count: u32) -> Result<usize, InflateFault> {
        usize::try_from(self.take(count)?).map_err(|_| InflateFault::Block)
    }
}

struct Output<'o> {
    memory: &'o mut [u8],
    len: usize,
}

impl Output<'_> {
    fn push(&mut self, octet: u8) -> Result<(), InflateFault> {
        *self.memory.get_mut(self.len).ok_or(InflateFault::OutOfMemory)? = octet;
        self.len = self.len.wrapping_add(1);
        Ok(())
    }

    /// Repeats `len` octets from `distance` ago; they may overlap what they make.
    fn repeat(&mut self, distance: usize, len: usize) -> Result<(), InflateFault> {
        let mut from = self.len.checked_sub(distance).ok_or(InflateFault::Block)?;
        for _ in 0..len {
            let octet = *self.memory.get(from).ok_or(InflateFault::Block)?;
            self.push(octet)?;
            from = from.wrapping_add(1);
        }
        Ok(())
    }
}

/// A canonical Huffman code (RFC 1951, section 3.2.2).
struct Code {
    /// How many codes there are of each length.
    counts: [u16; 16],
    /// Symbols in the order of their codes.
    symbols: [u16; LITERALS],
}

/// Whether lengths need not use up all codes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Incomplete {
    Refuse,
    /// One code of one bit, or no code at all (section 3.2.7).
    AllowSingle,
}

impl Code {
    fn of(lengths: &[u8], incomplete: Incomplete) -> Result<Self, InflateFault> {
        let mut code = Self { counts: [0; 16], symbols: [0; LITERALS] };
        for length in lengths {
            let count = code.counts.get_mut(usize::from(*length)).ok_or(InflateFault::Block)?;
            *count = count.wrapping_add(1);
        }
        // Codes that are left at each length; never below zero, or a code would begin another one.
        let mut left = 1_u32;
        let mut offsets = [0_u16; 17];
        for (length, count) in code.counts.iter().enumerate().skip(1) {
            left = (left << 1).checked_sub(u32::from(*count)).ok_or(InflateFault::Block)?;
            let offset = offsets.get(length).copied().unwrap_or_default().wrapping_add(*count);
            if let Some(next) = offsets.get_mut(length.wrapping_add(1)) {
                *next = offset;
            }
        }
        let is_single = code.counts.iter().skip(2).all(|count| *count == 0);
        if left > 0 && !(incomplete == Incomplete::AllowSingle && is_single) {
            return Err(InflateFault::Block);
        }
        for (symbol, length) in (0_u16..).zip(lengths).filter(|(_, length)| **length != 0) {
            let offset = offsets.get_mut(usize::from(*length)).ok_or(InflateFault::Block)?;
            *code.symbols.get_mut(usize::from(*offset)).ok_or(InflateFault::Block)? = symbol;
            *offset = offset.wrapping_add(1);
        }
        Ok(code)
    }

    fn decode(&self, input: &mut Bits<'_>) -> Result<usize, InflateFault> {
        // Codes of one length are successive numbers from `first`; before them stand `index` symbols of shorter codes.
        let (mut code, mut first, mut index) = (0_u32, 0_u32, 0_u32);
        for count in self.counts.iter().skip(1) {
            let count = u32::from(*count);
            code |= input.take(1)?;
            let place = code.wrapping_sub(first);
            if place < count {
                let at = usize::try_from(index.wrapping_add(place)).map_err(|_| InflateFault::Block)?;
                return self.symbols.get(at).map(|symbol| usize::from(*symbol)).ok_or(InflateFault::Block);
            }
            index = index.wrapping_add(count);
            first = first.wrapping_add(count) << 1;
            code <<= 1;
        }
        Err(InflateFault::Block)
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

    /// Section 3.2.4. Fewer than eight bits are held: what is left of an octet is dropped.
    fn stored(&mut self) -> Result<(), InflateFault> {
        (self.input.held, self.input.count) = (0, 0);
        let ([a, b, c, d], rest) = self.input.rest.split_first_chunk::<4>().ok_or(InflateFault::Truncated)?;
        let len = u16::from_le_bytes([*a, *b]);
        if len != !u16::from_le_bytes([*c, *d]) {
            return Err(InflateFault::Block);
        }
        let (octets, rest) = rest.split_at_checked(usize::from(len)).ok_or(InflateFault::Truncated)?;
        self.input.rest = rest;
        octets.iter().try_for_each(|octet| self.out.push(*octet))
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
            if let Ok(octet) = u8::try_from(symbol) {
                self.out.push(octet)?;
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
