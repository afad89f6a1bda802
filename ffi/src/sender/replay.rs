//! Which proofs were used already.

use crate::{
    memory::{Arena, In, Out, Span, WithMemory, object},
    sizes::{self, JOTGATE_REPLAY_WINDOW_WORDS},
    status::{Misuse, Status},
};
use core::ffi::c_void;
use jotgate_core::{ClientSlot, ReplayMark, ReplaySlot, ReplayWindow};

/// Remembers which DPoP proofs were used; shared by all workers of a process, without a lock. `const` though its memory
/// changes.
#[repr(C)]
pub struct JotgateReplayWindow {
    opaque: [u64; JOTGATE_REPLAY_WINDOW_WORDS],
}

object!(JotgateReplayWindow, 15, WithMemory<ReplayWindow<'static>>, |window| [
    window.memory[0],
    Span::NOTHING
]);

/// Makes a window over lent memory, which is zeroed: no proof was used yet.
///
/// Parameters: `window` is written; `proofs` and `clients`, how many slots for each: as many proofs as requests a second
/// times the seconds for which a proof is fresh (and the leeway twice, and 2 more; with a nonce its life instead), and a
/// third more; `key`, 16 random bytes that nobody outside knows; `quota`, how many live proofs one client may have;
/// `longest_life`, for how many seconds a proof may have to be kept, at most 86400; `memory` of `memory_len` bytes:
/// `jotgate_replay_window_len` says how many.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_LIST`, `JOTGATE_POLICY_SECONDS_OUT_OF_RANGE`,
/// `JOTGATE_POLICY_QUOTA_OUT_OF_RANGE`: correct the settings; `JOTGATE_MEMORY_TOO_SMALL`: lend more; another misuse
/// (11xx): correct the program.
///
/// Memory: `memory` must stay, and be nobody else's, as long as the window is used. Threads: one at a time; what was
/// written may be shared, on processors with a compare and swap on 32 bits; on others it is one worker's own.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_replay_window_init(
    window: Out<JotgateReplayWindow>,
    proofs: usize,
    clients: usize,
    key: In<u8>,
    quota: u32,
    longest_life: u32,
    memory: Out<c_void>,
    memory_len: usize,
) -> Status {
    let key_span = key.span_of(KEY_LEN);
    let arena = Arena::of(memory, memory_len, &[window.span(), key_span]);
    let window = window.open(&[key_span]);
    Status::of(|| {
        let (window, mut arena) = (window?, arena?);
        let key = *key.list(KEY_LEN)?.first_chunk().ok_or(Misuse::NullPointer)?;
        let whole = arena.span();
        let clients = arena.take_each(clients, ClientSlot::new)?;
        let slots = arena.take_each(proofs, ReplaySlot::new)?;
        let mark = arena.keep(ReplayMark::new())?;
        let value = ReplayWindow::new(mark, slots, clients, key, quota, longest_life)?;
        window.fill_object(WithMemory { value, memory: [whole] });
        Ok(())
    })
}

/// Bytes of the key.
const KEY_LEN: usize = 16;

/// Bytes of memory that a window needs.
///
/// Parameters: `proofs` and `clients`, how many slots for each.
///
/// Returns: bytes; SIZE_MAX for numbers that no memory has.
///
/// Memory: none. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_replay_window_len(proofs: usize, clients: usize) -> usize {
    let proofs = proofs.saturating_mul(size_of::<ReplaySlot>());
    let clients = clients.saturating_mul(size_of::<ClientSlot>());
    proofs
        .saturating_add(clients)
        .saturating_add(size_of::<ReplayMark>())
        .saturating_add(sizes::JOTGATE_ALIGNMENT)
}
