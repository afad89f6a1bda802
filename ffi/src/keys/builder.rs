//! A key ring in the making.

use super::{
    algorithm::{Algorithms, JotgateAlgorithm},
    report::{JotgateKeyReport, JotgateLoaded},
    ring::{JotgateKeyRing, Keys, Seal},
    section::{section_of, spans_of},
};
use crate::{
    memory::{Arena, In, InOut, Out, Span, WithMemory, object},
    scratch::JotgateScratch,
    sizes::JOTGATE_KEY_RING_BUILDER_WORDS,
    status::{Misuse, Status},
};
use core::ffi::{c_char, c_void};
use jotgate_core::{
    AlgorithmName, IssuerSlot, KeyRingBuilder, KeySlot, KeySource, LoadError, Word, crypto::CacheLine,
};

/// A key ring in the making: begun, loaded set by set, finished. A set that is refused leaves it as it was.
#[repr(C)]
pub struct JotgateKeyRingBuilder {
    opaque: [u64; JOTGATE_KEY_RING_BUILDER_WORDS],
}

/// The ring and its seal; where its keys are to lie, and their tables.
type Begun = WithMemory<(KeyRingBuilder<'static>, Seal), 2>;

object!(JotgateKeyRingBuilder, 3, Begun, |begun| begun.memory);

/// Begins a key ring.
///
/// Parameters: `builder` is written; `generation`, a number of the host's choice that tells the ring from others,
/// never used again for another ring; `issuers` and `keys`, how many at the most; `memory` of `memory_len` bytes:
/// `jotgate_key_ring_len` says how many.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_MEMORY_TOO_SMALL`: lend more; another misuse (11xx): correct the program.
///
/// Memory: `memory` must stay, and be nobody else's, as long as the ring that is made of it is used: when a new ring
/// replaces it, until no worker uses the old one (`jotgate_swap_settled`). A ring whose memory begins with something else,
/// as with another ring of another generation, answers `JOTGATE_BAD_STATE` from then on.
///
/// Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_key_ring_builder_begin(
    builder: Out<JotgateKeyRingBuilder>,
    generation: u64,
    issuers: usize,
    keys: usize,
    memory: Out<c_void>,
    memory_len: usize,
) -> Status {
    let arena = Arena::of(memory, memory_len, &[builder.span()]);
    let builder = builder.open(&[]);
    Status::of(|| {
        let (builder, mut arena) = (builder?, arena?);
        let whole = arena.span();
        let seal = Seal::set(&mut arena, generation)?;
        let issuers = arena.take(issuers, IssuerSlot::EMPTY)?;
        let keys = arena.take(keys, KeySlot::EMPTY)?;
        let words = arena.take(arena.room::<Word>(), 0)?;
        let value = KeyRingBuilder::new(generation, issuers, keys, words);
        builder.fill_object(Begun { value: (value, seal), memory: [whole, Span::NOTHING] });
        Ok(())
    })
}

/// Bytes that a key ring needs. `words` depend on the keys: `JOTGATE_RSA_2048_WORDS` and so on for each key, which suffice
/// on every processor; besides, for each key id, issuer's name and section's label one for each `JOTGATE_WORD_LEN` bytes, which
/// `JOTGATE_NAME_WORDS` are for 64 bytes. `JOTGATE_KEY_RING_LEN_OF(1, 8, 8 * JOTGATE_RSA_2048_WORDS + 9 *
/// JOTGATE_NAME_WORDS)` has room for any eight keys of up to 2048 bits of one issuer.
///
/// Parameters: `issuers` and `keys`, how many at the most; `words`, of keys and names.
///
/// Returns: bytes; SIZE_MAX for numbers that no memory has.
///
/// Memory: none. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_key_ring_len(issuers: usize, keys: usize, words: usize) -> usize {
    // The index takes a word for each key.
    let words = words.saturating_add(keys).saturating_mul(size_of::<Word>());
    let issuers = issuers.saturating_mul(size_of::<IssuerSlot<'_>>());
    let keys = keys.saturating_mul(size_of::<KeySlot<'_>>());
    // Slots and seal are aligned to 8 bytes at the most.
    issuers.saturating_add(keys).saturating_add(words).saturating_add(16)
}

/// Lends memory for tables of keys, whose algorithms say how many bytes each takes. They are built as the keys are
/// loaded, for the first that want one while memory lasts; the others are verified as well, only slower. To be called
/// before the first load. A failure empties the builder.
///
/// Parameters: `builder`; `memory` of `memory_len` bytes: for each key as many as its shape says, and 64 more.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
///
/// Memory: `memory` must stay, and be nobody else's, as long as the ring is used.
///
/// Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_key_ring_builder_lend_tables(
    builder: InOut<JotgateKeyRingBuilder>,
    memory: Out<c_void>,
    memory_len: usize,
) -> Status {
    Status::of(|| {
        builder.change(|begun| {
            let [keys, _] = begun.memory;
            let mut arena = Arena::of(memory, memory_len, &[builder.span(), keys])?;
            let tables = arena.span();
            let lines = arena.take(arena.room::<CacheLine>(), CacheLine::EMPTY)?;
            let (ring, seal) = begun.value;
            Ok(Begun { value: (ring.with_tables(lines), seal), memory: [keys, tables] })
        })
    })
}

/// What a key set is loaded with.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct JotgateKeySource {
    /// The exact value of `iss` that the keys belong to; copied.
    pub issuer: crate::memory::Text,
    /// The algorithms that keys may serve; a key of another one is skipped. The list is only read; the algorithms must
    /// stay as long as the ring.
    pub algorithms: In<In<JotgateAlgorithm>>,
    /// How many algorithms, 1 to `JOTGATE_MAX_ALGORITHMS`.
    pub algorithm_count: usize,
    /// The algorithm of RSA keys that name none, as Microsoft Entra's: `RS256`, for example. Empty: such keys are
    /// skipped; the token's header never decides.
    pub default_rsa_algorithm: crate::memory::Text,
    /// The label of the section that the keys go to, for an issuer some of whose keys are kept apart: policies name it by
    /// `jotgate_issuer_set_section`; copied. Empty: the issuer's one section.
    pub section: crate::memory::Text,
}

// SAFETY: pointers and lengths, of which nothing is promised.
unsafe impl crate::memory::Plain for JotgateKeySource {}

/// Adds the keys of a JWK Set (RFC 7517) for one issuer. An issuer may have several sets. Keys that cannot be used are
/// skipped, and reported. A failure leaves the builder as it was before, except that a set for which slots or words run
/// out in the middle keeps what it has taken of the lent memory; the ring in force is not touched.
///
/// Parameters: `builder`; `source`; `key_set` of `key_set_len` bytes, UTF-8; `scratch`, used meanwhile; `reports`,
/// room for `report_capacity` reports, or NULL and 0; `loaded` is written, also when the set is refused.
///
/// Returns: `JOTGATE_OK`; why the set as a whole is refused (80xx): keep the ring in force, tell whoever runs the
/// issuer; a misuse (11xx): correct the program.
///
/// Memory: key ids and numbers are copied; `key_set` may go. Reports hold views into it.
///
/// Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_key_ring_builder_load(
    builder: InOut<JotgateKeyRingBuilder>,
    source: In<JotgateKeySource>,
    key_set: In<c_char>,
    key_set_len: usize,
    scratch: InOut<JotgateScratch>,
    reports: Out<JotgateKeyReport>,
    report_capacity: usize,
    loaded: Out<JotgateLoaded>,
) -> Status {
    let ([own, keys, tables], [used, read, _]) = (builder.regions(), scratch.regions());
    let inputs = [own, keys, tables, source.span(), key_set.span_of(key_set_len), used, read];
    let apart = loaded.span().apart_from(&[reports.span_of(report_capacity)]);
    let loaded = apart.and_then(|()| loaded.open(&inputs));
    let reports = reports.open_list(report_capacity, &inputs);
    Status::of(|| {
        let (loaded, reports) = (loaded?, reports?);
        let begun = builder.value_mut()?;
        let source = source.plain()?;
        let section = section_of(source.issuer, source.section)?;
        let algorithms = Algorithms::read(source.algorithms, source.algorithm_count)?;
        let default_rsa_algorithm = match source.default_rsa_algorithm.text()? {
            "" => None,
            name => Some(AlgorithmName::from_jose(name).ok_or(Misuse::UnknownValue)?),
        };
        let key_set = key_set.bytes(key_set_len)?;
        let [issuer, label] = spans_of(&section);
        let texts = [Span::of_slice(key_set), issuer, label];
        keys.apart_from(&texts)?;
        tables.apart_from(&texts)?;
        Algorithms::apart(source.algorithms, source.algorithm_count, &[own, keys, tables, used, read])?;
        let (mut scratch, _) = scratch.begin(&[own, keys, tables, texts[0], issuer, label])?;

        let mut places = reports.iter_mut();
        let mut counts = JotgateLoaded { used: 0, skipped: 0, reported: 0 };
        let mut report = |report: &jotgate_core::KeyReport<'_>| {
            let count = if report.outcome.is_ok() { &mut counts.used } else { &mut counts.skipped };
            *count = count.saturating_add(1);
            if let Some(place) = places.next() {
                *place = JotgateKeyReport::of(report);
                counts.reported = counts.reported.saturating_add(1);
            }
        };
        let source = KeySource { algorithms: algorithms.as_slice(), default_rsa_algorithm };
        let outcome = begun.value.0.load_section(section, key_set, &source, &mut scratch, &mut report);
        loaded.fill(counts);
        outcome.map(|_| ()).map_err(|error: LoadError| error.into())
    })
}

/// Closes the ring. The builder is empty then, whatever the outcome.
///
/// Parameters: `builder`; `ring` is written.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_LOAD_NO_USABLE_KEY` when nothing was loaded; a misuse (11xx): correct the program.
///
/// Memory: the ring uses the memory lent to the builder. The ring itself may be moved while nobody uses it.
///
/// Threads: one at a time; the ring may be shared.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_key_ring_builder_finish(
    builder: InOut<JotgateKeyRingBuilder>,
    ring: Out<JotgateKeyRing>,
) -> Status {
    let ring = ring.open(&builder.regions());
    Status::of(|| {
        let begun = builder.take()?;
        let ring = ring?;
        let (value, seal) = begun.value;
        ring.fill_object(Keys::new(value.finish()?, seal, begun.memory));
        Ok(())
    })
}
