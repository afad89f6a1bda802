//! A key ring that is replaced while workers judge: who uses which, and when old memory is free again.
//!
//! Quiescent-state-based reclamation (McKenney and Slingwine, 1998): no lock, no wait, no loop on the request path. A
//! worker says, between requests, that it uses nothing older than what is in force now; once every worker said so, what
//! is older is free.

use crate::{
    keys::ring::JotgateKeyRing,
    memory::{Arena, In, Out, Span, object},
    sizes::JOTGATE_SWAP_WORDS,
    status::{Misuse, Status},
};
use core::{
    ffi::c_void,
    sync::atomic::{AtomicPtr, AtomicUsize, Ordering::SeqCst},
};

/// The key ring in force, shared by all workers of a process. As a replay window it may be used by several threads at
/// once though its memory changes; every function says who may call it. It must not be moved nor copied.
#[repr(C)]
pub struct JotgateSwap {
    opaque: [u64; JOTGATE_SWAP_WORDS],
}

/// `since` counts replacements from 1. A worker's slot holds the count at its last quiescent point; 0 while it uses
/// no ring.
///
/// All accesses are sequentially consistent, so that a worker that comes back (writes its slot, then reads the ring)
/// and a host that replaces (writes the ring, then reads the slots) cannot miss each other.
pub(crate) struct Shared {
    ring: AtomicPtr<JotgateKeyRing>,
    since: AtomicUsize,
    workers: &'static [WorkerSlot],
    whole: Span,
}

object!(JotgateSwap, 13, Shared, |shared| [shared.whole, Span::NOTHING]);

/// A cache line for each worker where there are caches, so that none slows down another.
#[cfg_attr(target_pointer_width = "64", repr(align(64)))]
struct WorkerSlot(AtomicUsize);

/// Makes the first ring the one in force.
///
/// Parameters: `swap` is written; `ring`; `workers`, how many at the most; `memory` of `memory_len` bytes:
/// `jotgate_swap_len` says how many.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_MEMORY_TOO_SMALL`: lend more; another misuse (11xx): correct the program.
///
/// Memory: `swap` and `memory` must stay where they are, and `memory` be nobody else's, as long as any worker uses
/// `swap`; `ring` and its memory until it was replaced and `jotgate_swap_settled` says so.
///
/// Threads: one, before the others begin.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_swap_init(
    swap: Out<JotgateSwap>,
    ring: In<JotgateKeyRing>,
    workers: usize,
    memory: Out<c_void>,
    memory_len: usize,
) -> Status {
    let arena = Arena::of(memory, memory_len, &ring.regions_and(swap.span()));
    let swap = swap.open(&ring.regions());
    Status::of(|| {
        let (swap, mut arena) = (swap?, arena?);
        ring.value()?;
        let whole = arena.span();
        let workers = arena.take_each(workers, || WorkerSlot(AtomicUsize::new(0)))?;
        swap.fill_object(Shared { ring: ring.shared(), since: AtomicUsize::new(1), workers, whole });
        Ok(())
    })
}

/// Bytes that a swap needs for so many workers.
///
/// Parameters: `workers`.
///
/// Returns: bytes; SIZE_MAX for numbers that no memory has.
///
/// Memory: none. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_swap_len(workers: usize) -> usize {
    workers.saturating_mul(size_of::<WorkerSlot>()).saturating_add(align_of::<WorkerSlot>())
}

/// Makes another ring the one in force. Workers take it at their next quiescent point.
///
/// Parameters: `swap`; `ring`, of another generation than any ring before.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program; the ring in force stays in force.
///
/// Memory: `ring` and its memory must stay until it was replaced and `jotgate_swap_settled` says so; likewise every
/// ring before.
///
/// Threads: one at a time, beside any number of workers.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_swap_publish(swap: In<JotgateSwap>, ring: In<JotgateKeyRing>) -> Status {
    Status::of(|| {
        let shared = swap.value()?;
        ring.value()?;
        for region in ring.regions() {
            region.apart_from(&swap.regions())?;
        }
        shared.ring.store(ring.shared().into_inner(), SeqCst);
        // 0 stands for no ring, so that the count goes from its end to 1.
        let next = shared.since.load(SeqCst).checked_add(1).unwrap_or(1);
        shared.since.store(next, SeqCst);
        Ok(())
    })
}

/// Whether every worker has moved on to the ring in force, or uses none: the memory of all rings before is free again
/// then. To be asked from time to time after `jotgate_swap_publish`, by a host that does not wait.
///
/// Parameters: `swap`.
///
/// Returns: `JOTGATE_OK`: older rings are free; `JOTGATE_IN_USE`: they are not, ask later; a misuse (11xx): correct the
/// program.
///
/// Memory: none is kept. Threads: the one that publishes.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_swap_settled(swap: In<JotgateSwap>) -> Status {
    Status::of(|| {
        let shared = swap.value()?;
        let since = shared.since.load(SeqCst);
        let moved_on = |slot: &WorkerSlot| {
            let seen = slot.0.load(SeqCst);
            seen == 0 || seen == since
        };
        if shared.workers.iter().all(moved_on) { Ok(()) } else { Err(Status::IN_USE) }
    })
}

/// A worker's quiescent point, between two requests: it gives up the ring that it used, and gets the one in force.
/// Validators that it made of the old ring, and grants that came of them, are done with.
///
/// Parameters: `swap`; `worker`, its number, from 0, no other's; `ring` is written: the address of the ring in force.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE`: there is no such worker; another misuse (11xx): correct the program.
///
/// Memory: the ring stays until the worker's next call of this function or of `jotgate_swap_leave`.
///
/// Threads: each worker for itself, any number of them at once.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_swap_adopt(
    swap: In<JotgateSwap>,
    worker: usize,
    ring: Out<In<JotgateKeyRing>>,
) -> Status {
    let ring = ring.open(&swap.regions());
    Status::of(|| {
        let (ring, shared) = (ring?, swap.value()?);
        let slot = shared.workers.get(worker).ok_or(Misuse::UnknownValue)?;
        // First the count, then the ring: the ring is the one of this count or a later one, never an older.
        slot.0.store(shared.since.load(SeqCst), SeqCst);
        ring.fill(In::loaded(&shared.ring));
        Ok(())
    })
}

/// A worker uses no ring until it adopts one again: before it waits for a long time, and before it ends.
///
/// Parameters: `swap`; `worker`, its number.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE`: there is no such worker; another misuse (11xx): correct the program.
///
/// Memory: the worker must not look at the ring that it had. Threads: each worker for itself, any number at once.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_swap_leave(swap: In<JotgateSwap>, worker: usize) -> Status {
    Status::of(|| {
        let shared = swap.value()?;
        shared.workers.get(worker).ok_or(Misuse::UnknownValue)?.0.store(0, SeqCst);
        Ok(())
    })
}
