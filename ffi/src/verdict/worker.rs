//! What one worker remembers from token to token.

use crate::{
    memory::{Arena, Busy, In, InOut, Out, Span, object},
    sizes::JOTGATE_WORKER_WORDS,
    status::Status,
};
use core::ffi::c_void;
use jotgate_core::{CacheSlot, HeaderSlot, TokenCache, WorkerState};

/// The state of one worker: its own, never shared and never copied. It decides nothing: a token gets the same answer from
/// every worker.
#[repr(C)]
pub struct JotgateWorker {
    opaque: [u64; JOTGATE_WORKER_WORDS],
}

/// The state, and the memory that it takes.
pub(crate) struct State {
    pub(crate) state: WorkerState<'static>,
    pub(crate) whole: Span,
    pub(crate) busy: Busy,
}

object!(JotgateWorker, 9, State, |worker| [worker.whole, Span::NOTHING]);

/// Counters of one worker.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct JotgateCounts {
    /// Tokens granted so far.
    pub granted: u64,
    /// Tokens denied so far.
    pub denied: u64,
    /// Tokens so far whose signature was known to be good.
    pub cached: u64,
    /// Questions to authorization servers so far: neither granted nor denied here. Begins again at 0 after 2^32 - 1.
    pub asking: u64,
}

/// Makes a worker, which may remember headers of good tokens, so that the next one with the same need not be read
/// again, and whole tokens, so that the same signature need not be verified again. Everything else is judged every
/// time.
///
/// Parameters: `worker` is written; `headers`, how many headers, or 0: one for each key that signs now and one more;
/// `tokens`, how many tokens, or 0; `signature_len`, the longest signature of a token that is remembered: 64 bytes for
/// ES256, 256 for RSA of 2048 bits; `memory` of `memory_len` bytes: `jotgate_worker_len` says how many; NULL and 0 for
/// a worker that remembers nothing.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_MEMORY_TOO_SMALL`: lend more; another misuse (11xx): correct the program.
///
/// Memory: `memory` must stay, and be nobody else's, as long as the worker is used: nothing tells that another worker was
/// lent the same. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_worker_init(
    worker: Out<JotgateWorker>,
    headers: usize,
    tokens: usize,
    signature_len: usize,
    memory: Out<c_void>,
    memory_len: usize,
) -> Status {
    let arena = Arena::of(memory, memory_len, &[worker.span()]);
    let worker = worker.open(&[]);
    Status::of(|| {
        let (worker, mut arena) = (worker?, arena?);
        let whole = arena.span();
        let headers = arena.take(headers, HeaderSlot::EMPTY)?;
        let slots = arena.take(tokens, CacheSlot::EMPTY)?;
        let signatures = arena.take(tokens.saturating_mul(signature_len), 0_u8)?;
        let cache = TokenCache::new(slots, signatures);
        let state = WorkerState::new().with_known_headers(headers).with_cache(cache);
        worker.fill_object(State { state, whole, busy: Busy::new() });
        Ok(())
    })
}

/// Bytes that a worker needs to remember so much.
///
/// Parameters: as of `jotgate_worker_init`.
///
/// Returns: bytes; SIZE_MAX for numbers that no memory has.
///
/// Memory: none. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_worker_len(headers: usize, tokens: usize, signature_len: usize) -> usize {
    let slots = headers
        .saturating_mul(size_of::<HeaderSlot>())
        .saturating_add(tokens.saturating_mul(size_of::<CacheSlot>()));
    // Slots are aligned to 8 bytes at the most.
    slots.saturating_add(tokens.saturating_mul(signature_len)).saturating_add(16)
}

/// The worker's counters.
///
/// Parameters: `worker`; `counts` is written.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: the worker's own.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_worker_counts(worker: In<JotgateWorker>, counts: Out<JotgateCounts>) -> Status {
    let counts = counts.open(&worker.regions());
    Status::of(|| {
        let (counts, worker) = (counts?, &worker.value()?.state);
        counts.fill(JotgateCounts {
            granted: worker.granted(),
            denied: worker.denied(),
            cached: worker.cached(),
            asking: u64::from(worker.asking()),
        });
        Ok(())
    })
}

/// The section whose key sets did not hold the key id of the last token that was refused with `JOTGATE_UNKNOWN_KID`;
/// forgotten once asked. The host may refresh them, at a rate that does not depend on the tokens: strangers can
/// send as many unknown key ids as they like.
///
/// Parameters: `worker`; `position` is written: the section's position in the ring, from 0.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: there is none; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: the worker's own.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_worker_take_unknown_kid(
    worker: InOut<JotgateWorker>,
    position: Out<usize>,
) -> Status {
    let position = position.open(&worker.regions());
    Status::of(|| {
        let position = position?;
        let State { state, busy, .. } = worker.value_mut()?;
        let _entered = busy.enter()?;
        let section = state.take_unknown_kid();
        position.fill(section.ok_or(Status::ABSENT)?.position());
        Ok(())
    })
}
