//! The list of what was revoked.

use crate::{
    memory::{Arena, In, Out, Plain, WithMemory, object},
    sizes::{self, JOTGATE_REVOCATION_LIST_WORDS},
    status::Status,
};
use core::ffi::{c_char, c_void};
use jotgate_core::{IndexKey, RevocationBucket, RevocationFacts, RevocationList, UnixSeconds};

/// What was revoked, as of one time. Immutable: to change it, load a new list beside the old one, and swap validators
/// between requests.
#[repr(C)]
pub struct JotgateRevocationList {
    opaque: [u64; JOTGATE_REVOCATION_LIST_WORDS],
}

/// The list, its text and its index.
type Listed = WithMemory<RevocationList<'static>, 2>;

object!(JotgateRevocationList, 14, Listed, |listed| listed.memory);

/// What the host knows of a revocation list beside its text.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct JotgateRevocationFacts {
    /// A number of the host's choice, which tells the list from others.
    pub generation: u64,
    /// When the list was true: the time at its source, seconds since 1970-01-01T00:00:00Z.
    pub as_of: i64,
    /// The key of the index: random, other in every process, told to nobody.
    pub key: [u8; 16],
}

// SAFETY: numbers and bytes.
unsafe impl Plain for JotgateRevocationFacts {}

/// Reads a revocation list: UTF-8 text, one entry a line, each line ended by a line feed (`jti ISSUER ID`, `client ID`,
/// `subject ISSUER ID`, `kid ISSUER ID`, `digest HEX`, `issued-before SECONDS issuer ISSUER`, ...), and as the last one
/// `entries NUMBER`, of the lines before it that are entries.
///
/// Parameters: `list` is written; `text` of `text_len` bytes; `facts`; `memory` of `memory_len` bytes:
/// `jotgate_revocation_list_len` of the number of lines; `line` is written also when the list is refused: the line at
/// fault, from 1, or 0.
///
/// Returns: `JOTGATE_OK`; why the list is refused (83xx): keep the one in force; `JOTGATE_MEMORY_TOO_SMALL` and other
/// misuse (11xx): correct the program.
///
/// Memory: `text` and `memory` must stay, `text` unchanged, `memory` nobody else's, as long as the list is used. Threads:
/// one at a time; what was written may be shared.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_revocation_list_load(
    list: Out<JotgateRevocationList>,
    text: In<c_char>,
    text_len: usize,
    facts: In<JotgateRevocationFacts>,
    memory: Out<c_void>,
    memory_len: usize,
    line: Out<usize>,
) -> Status {
    let inputs = [text.span_of(text_len), facts.span()];
    let outputs = [list.span(), line.span()];
    let arena = Arena::of(memory, memory_len, &[inputs[0], inputs[1], outputs[0], outputs[1]]);
    let list = list.open(&[inputs[0], inputs[1], outputs[1]]);
    let line = line.open(&inputs);
    Status::of(|| {
        let (list, line, mut arena) = (list?, line?, arena?);
        let whole = arena.span();
        let facts = facts.plain()?;
        let facts = RevocationFacts {
            generation: facts.generation,
            as_of: UnixSeconds(facts.as_of),
            key: IndexKey(facts.key),
        };
        let buckets = arena.take(arena.room::<RevocationBucket>(), RevocationBucket::EMPTY)?;
        match RevocationList::load(text.bytes(text_len)?, facts, buckets) {
            Ok(value) => list.fill_object(WithMemory { value, memory: [inputs[0], whole] }),
            Err(error) => {
                line.fill(error.line);
                return Err(error.fault.into());
            }
        }
        Ok(())
    })
}

/// Bytes of memory that a revocation list of so many entries needs; lines are never fewer than entries.
///
/// Parameters: `entries`.
///
/// Returns: bytes; SIZE_MAX for numbers that no memory has.
///
/// Memory: none. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_revocation_list_len(entries: usize) -> usize {
    let buckets = RevocationList::buckets(entries);
    buckets.saturating_mul(size_of::<RevocationBucket>()).saturating_add(sizes::JOTGATE_TABLE_ALIGNMENT)
}

/// Whether the last line of the list says how many entries it has: a list that does not may have been cut off between two
/// lines.
///
/// Parameters: `list`.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_REVOCATION_NOT_COUNTED`: keep the list in force; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_revocation_list_if_counted(list: In<JotgateRevocationList>) -> Status {
    Status::of(|| match list.value()?.if_counted() {
        Ok(_) => Ok(()),
        Err(error) => Err(error.fault.into()),
    })
}

/// How many different entries the list has.
///
/// Parameters: `list`; `count` is written.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_revocation_list_count(
    list: In<JotgateRevocationList>,
    count: Out<usize>,
) -> Status {
    let count = count.open(&list.regions());
    Status::of(|| {
        count?.fill(list.value()?.entries());
        Ok(())
    })
}

/// Which list it is, and how current.
///
/// Parameters: `list`; `generation` and `as_of` are written: what the host said of it.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_revocation_list_as_of(
    list: In<JotgateRevocationList>,
    generation: Out<u64>,
    as_of: Out<i64>,
) -> Status {
    let generation_span = generation.span();
    let generation = generation.open(&list.regions());
    let as_of = as_of.open(&list.regions_and(generation_span));
    Status::of(|| {
        let (generation, as_of, list) = (generation?, as_of?, list.value()?);
        generation.fill(list.generation());
        as_of.fill(list.as_of().0);
        Ok(())
    })
}
