//! The dearest lists that somebody could have read: status lists whose issuer is hostile, and revocation lists of any
//! text. Figures are nanoseconds for each byte: of what a status list inflates to, and of a revocation list's text.

use crate::clock::thread_nanoseconds;
use jotgate_core::{
    IndexKey, InflateFault, RevocationBucket, RevocationFacts, RevocationList, UnixSeconds,
    limits::{FREE_INFLATED_BLOCKS, MAX_STATUS_LIST_LEN, MIN_INFLATED_BLOCK_LEN},
    steps::inflate_zlib,
};
use std::hint::black_box;

/// What one kind of input costs.
pub struct Figure {
    pub name: &'static str,
    /// Nanoseconds for each byte, the best of a few runs.
    pub ns_per_byte: f64,
}

/// A list is inflated this often.
const RUNS: usize = 7;

/// Bytes of a stream that the longest token holds: base64url within base64url.
const LONGEST_STREAM: usize = MAX_STATUS_LIST_LEN / 16 * 9;

/// Bytes that streams inflate to, where nothing else bounds them.
const LEN: usize = 1 << 20;

/// Status lists.
pub fn status_lists() -> Vec<Figure> {
    let far = DISTANCES - 1;
    let mixed = (0..LEN).map(|at| Symbol::Literal(noise(at) % LITERALS_USED));
    let longest = (0..LEN).map(|at| Symbol::Literal(LITERALS_USED - noise(at) % 2 - 1));
    let near = (0..LEN / 3).map(|_| Symbol::Match { distance: 0, extra: 0 });
    let distant = (0..LEN / 3).map(|at| Symbol::Match { distance: far, extra: noise(at) % (1 << 13) });
    let before = || (0..1 << 15).map(|at| Symbol::Literal(at % LITERALS_USED));
    let least = MIN_INFLATED_BLOCK_LEN;
    let blocks = LEN / least;
    let mut figures = vec![
        figure("literals of codes of every length", |out| out.dynamic(mixed, Header::Short)),
        figure("literals of the longest codes", |out| out.dynamic(longest, Header::Short)),
        figure("shortest matches, near", |out| out.dynamic(before().chain(near), Header::Short)),
        figure("shortest matches, far", |out| out.dynamic(before().chain(distant), Header::Short)),
        figure("stored, as long as can be", |out| (0..16).for_each(|_| out.stored(65_535))),
    ];
    let literals = || (0..least).map(|at| Symbol::Literal(noise(at) % LITERALS_USED));
    figures.extend([
        figure("short blocks, stored", |out| (0..blocks).for_each(|_| out.stored(least))),
        figure("short blocks, fixed codes", |out| (0..blocks).for_each(|_| out.fixed(least))),
        figure("short blocks, short headers", |out| {
            (0..blocks).for_each(|_| out.dynamic(literals(), Header::Short));
        }),
        figure("short blocks, longest headers", |out| {
            (0..blocks).for_each(|_| out.dynamic(literals(), Header::Long));
        }),
    ]);
    figures
}

/// Microseconds for a list of blocks that inflate to nothing, as long as can be: it is refused.
pub fn empty_blocks() -> f64 {
    let mut worst = 0_f64;
    for header in [Header::Short, Header::Long] {
        let mut out = Writer::new();
        while out.bytes.len() < LONGEST_STREAM {
            out.dynamic(std::iter::empty(), header);
        }
        let stream = out.finish();
        let begin = thread_nanoseconds();
        assert_eq!(inflate_zlib(black_box(&stream), &mut [0; 16]), Err(InflateFault::TooManyBlocks));
        worst = worst.max((thread_nanoseconds() - begin) as f64 / 1e3);
    }
    worst
}

/// Revocation lists.
pub fn revocation_lists() -> Vec<Figure> {
    let issuer = "https://as.example/a/long/name/that/all/entries/share";
    let many = |line: &dyn Fn(usize) -> String| -> String { (0..100_000).map(line).collect() };
    let escaped = |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02x}")).collect() };
    let long = escaped(&"a".repeat(300));
    [
        ("shortest entries", many(&|number| format!("client {number:x}\n"))),
        ("equal prefixes", many(&|number| format!("jti {issuer} {number:08}\n"))),
        ("nothing but escapes", many(&|number| format!("client {}\n", escaped(&number.to_string())))),
        ("one entry, again and again", "client a\n".repeat(100_000)),
        ("one entry of escapes, spelled in two ways", {
            format!("client {long}\nclient {}\n", long.replace("%61%61", "%61a")).repeat(1000)
        }),
        ("empty lines", "\n".repeat(1_000_000)),
        ("beyond ASCII", many(&|number| format!("client \u{20ac}\u{20ac}\u{20ac}\u{20ac}{number}\n"))),
    ]
    .into_iter()
    .map(|(name, text)| {
        let lines = text.bytes().filter(|byte| *byte == b'\n').count();
        let mut buckets = vec![RevocationBucket::EMPTY; RevocationList::buckets(lines)];
        let facts =
            RevocationFacts { generation: 1, as_of: UnixSeconds(0), key: IndexKey(*b"0123456789abcdef") };
        let best = best(|| {
            let list = RevocationList::load(black_box(text.as_bytes()), facts, &mut buckets);
            black_box(list.expect("a list").entries());
        });
        Figure { name, ns_per_byte: best / text.len() as f64 }
    })
    .collect()
}

/// Nanoseconds of the quickest run.
fn best(mut run: impl FnMut()) -> f64 {
    let mut one = || {
        let begin = thread_nanoseconds();
        run();
        (thread_nanoseconds() - begin) as f64
    };
    (0..RUNS).map(|_| one()).fold(f64::MAX, f64::min)
}

fn figure(name: &'static str, write: impl FnOnce(&mut Writer)) -> Figure {
    let mut out = Writer::new();
    write(&mut out);
    let stream = out.finish();
    let mut memory = vec![0; 2 * LEN];
    let len = inflate_zlib(&stream, &mut memory).expect(name);
    let best = best(|| {
        black_box(inflate_zlib(black_box(&stream), &mut memory).expect(name));
    });
    Figure { name, ns_per_byte: best / len as f64 }
}

/// The same in every run, and hard to foresee.
fn noise(at: usize) -> usize {
    at.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 40
}

/// One of a block's symbols.
enum Symbol {
    Literal(usize),
    /// Of three bytes.
    Match {
        distance: usize,
        extra: usize,
    },
}

/// How the lengths of codes are written.
#[derive(Clone, Copy)]
enum Header {
    /// Runs together.
    Short,
    /// One by one, nearly all in seven bits.
    Long,
}

const END: usize = 256;
const DISTANCES: usize = 30;
/// Literals that short headers give codes: of each length from 3 to 15, and another one of 15. The end of a block has one
/// of one bit, the shortest match one of two.
const LITERALS_USED: usize = 14;

/// Lengths of the codes of literals, the end of a block and matches; then of distances.
fn lengths(header: Header) -> Vec<usize> {
    let mut lengths = vec![0; 286 + DISTANCES];
    let (literals, distances) = lengths.split_at_mut(286);
    match header {
        Header::Short => {
            (literals[END], literals[257]) = (1, 2);
            for (literal, length) in literals.iter_mut().enumerate().take(LITERALS_USED) {
                *length = (literal + 3).min(15);
            }
            // The nearest has the shortest, the farthest one of the longest.
            for (distance, length) in distances.iter_mut().enumerate().take(15) {
                *length = distance + 1;
            }
            distances[DISTANCES - 1] = 15;
        }
        // Everything has one: 226/256 + 60/512 and 2/16 + 28/32 are 1.
        Header::Long => {
            literals.fill(9);
            literals[..226].fill(8);
            distances.fill(5);
            distances[..2].fill(4);
        }
    }
    lengths
}

/// A ZLIB stream under way.
struct Writer {
    bytes: Vec<u8>,
    bits: u64,
    count: u32,
    data: Vec<u8>,
}

impl Writer {
    fn new() -> Self {
        Self { bytes: vec![0x78, 0x9c], bits: 0, count: 0, data: vec![] }
    }

    fn put(&mut self, value: usize, count: u32) {
        self.bits |= u64::try_from(value).expect("small") << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.bits.to_le_bytes()[0]);
            self.bits >>= 8;
            self.count -= 8;
        }
    }

    /// A code has its highest bit first.
    fn put_code(&mut self, code: usize, count: u32) {
        self.put(code.reverse_bits() >> (usize::BITS - count), count);
    }

    fn align(&mut self) {
        self.put(0, (8 - self.count) % 8);
    }

    fn stored(&mut self, len: usize) {
        self.put(0, 3);
        self.align();
        let len = u16::try_from(len).expect("short");
        self.bytes.extend(len.to_le_bytes().into_iter().chain((!len).to_le_bytes()));
        self.bytes.extend(vec![7; len.into()]);
        self.data.extend(vec![7; len.into()]);
    }

    /// Literals 144 to 255, of nine bits.
    fn fixed(&mut self, len: usize) {
        self.put(0b010, 3);
        for at in 0..len {
            let literal = 144 + noise(at) % 112;
            self.put_code(0x190 + literal - 144, 9);
            self.data.push(u8::try_from(literal).expect("a byte"));
        }
        self.put_code(0, 7);
    }

    fn dynamic(&mut self, symbols: impl Iterator<Item = Symbol>, header: Header) {
        let lengths = lengths(header);
        let (literals, distances) = (codes(&lengths[..286]), codes(&lengths[286..]));
        self.put(0b100, 3);
        self.put(286 - 257, 5);
        self.put(DISTANCES - 1, 5);
        self.put(15, 4);
        self.lengths(&lengths, header);
        for symbol in symbols {
            match symbol {
                Symbol::Literal(literal) => {
                    self.put_code(literals[literal].0, literals[literal].1);
                    self.data.push(u8::try_from(literal).expect("a byte"));
                }
                Symbol::Match { distance, extra } => {
                    self.put_code(literals[257].0, literals[257].1);
                    self.put_code(distances[distance].0, distances[distance].1);
                    let far = distance == DISTANCES - 1;
                    if far {
                        self.put(extra, 13);
                    }
                    let from = if far { 24_577 + extra } else { 1 };
                    for _ in 0..3 {
                        self.data.push(self.data[self.data.len() - from]);
                    }
                }
            }
        }
        self.put_code(literals[END].0, literals[END].1);
    }

    /// Section 3.2.7 of RFC 1951: the lengths of the codes of lengths, then the lengths.
    fn lengths(&mut self, lengths: &[usize], header: Header) {
        const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
        let of_lengths: [usize; 19] = std::array::from_fn(|symbol| match (header, symbol) {
            (Header::Long, 0..=5) => symbol + 1,
            (Header::Long, 8 | 9) => 7,
            (Header::Short, 18) => 1,
            (Header::Short, 0..=15) => 5,
            _ => 0,
        });
        let code = codes(&of_lengths);
        for symbol in ORDER {
            self.put(of_lengths[symbol], 3);
        }
        let mut rest = lengths;
        while let Some(length) = rest.first() {
            let zeros = rest.iter().take_while(|length| **length == 0).count().min(138);
            let taken = if zeros >= 11 {
                self.put_code(code[18].0, code[18].1);
                self.put(zeros - 11, 7);
                zeros
            } else {
                self.put_code(code[*length].0, code[*length].1);
                1
            };
            rest = &rest[taken..];
        }
    }

    /// A last block that is empty, and the checksum.
    fn finish(mut self) -> Vec<u8> {
        self.put(1, 3);
        self.align();
        self.bytes.extend([0, 0, 0xff, 0xff]);
        let (mut a, mut b) = (1_u32, 0_u32);
        for byte in &self.data {
            a = (a + u32::from(*byte)) % 65_521;
            b = (b + a) % 65_521;
        }
        self.bytes.extend((b << 16 | a).to_be_bytes());
        assert!(self.bytes.len() > FREE_INFLATED_BLOCKS);
        self.bytes
    }
}

/// Codes and their bits, of lengths (section 3.2.2 of RFC 1951).
fn codes(lengths: &[usize]) -> Vec<(usize, u32)> {
    let mut codes = vec![(0, 0); lengths.len()];
    let mut next = 0;
    for length in 1..=15 {
        next <<= 1;
        for (symbol, own) in lengths.iter().enumerate() {
            if *own == length {
                codes[symbol] = (next, u32::try_from(length).expect("short"));
                next += 1;
            }
        }
    }
    codes
}
