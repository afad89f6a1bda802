//! The memory in which one token, or one key set, is read.

use crate::{
    memory::{Arena, Out, Span, object},
    sizes::{JOTGATE_ALIGNMENT, JOTGATE_SCRATCH_WORDS},
    status::{Misuse, Status},
};
use core::ffi::c_void;
use jotgate_core::Scratch;

/// Memory for reading one token at a time, or one key set, lent once and used again for every token.
#[repr(C)]
pub struct JotgateScratch {
    opaque: [u64; JOTGATE_SCRATCH_WORDS],
}

/// The lent memory, and how often it was used.
pub(crate) struct Lent {
    stamp: u64,
    text: *mut [u8],
    names: *mut [u64],
    whole: Span,
}

object!(JotgateScratch, 1, Lent);

/// One use of a scratch. What is read of it is gone when the scratch is used again.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
    scratch: crate::memory::In<JotgateScratch>,
    stamp: u64,
}

impl Mark {
    /// Whether it is a use of this scratch.
    pub(crate) fn is_of(self, scratch: crate::memory::In<JotgateScratch>) -> bool {
        self.scratch.span().overlaps(scratch.span())
    }

    /// That the scratch was not used again since.
    pub(crate) fn current(self) -> Result<(), Misuse> {
        let is_current = self.scratch.value().is_ok_and(|lent| lent.stamp == self.stamp);
        if is_current { Ok(()) } else { Err(Misuse::Stale) }
    }
}

impl crate::memory::InOut<JotgateScratch> {
    /// That neither the scratch nor its memory shares bytes with any of `others`.
    pub(crate) fn apart(self, others: &[Span]) -> Result<(), Misuse> {
        self.span().apart_from(others)?;
        self.read().value()?.whole.apart_from(others)
    }

    /// Begins a use, for which neither the scratch nor its memory may share bytes with any of `others`.
    #[inline]
    pub(crate) fn begin<'s>(self, others: &[Span]) -> Result<(Scratch<'s>, Mark), Misuse> {
        let lent = self.value_mut()?;
        lent.stamp = lent.stamp.wrapping_add(1);
        self.span().apart_from(others)?;
        lent.whole.apart_from(others)?;
        // SAFETY: both were taken from an arena of this scratch, apart from each other. Whatever borrowed them before
        // is stale, now that the stamp is another.
        let (text, names) = unsafe { (&mut *lent.text, &mut *lent.names) };
        Ok((Scratch::new(text, names), Mark { scratch: self.read(), stamp: lent.stamp }))
    }
}

/// Lends memory to a scratch: `JOTGATE_SCRATCH_LEN` bytes suffice for tokens of 8 KiB, and `jotgate_scratch_len` says
/// how many for others. Too little is found out by the token that does not fit (`JOTGATE_SCRATCH_TOO_SMALL`).
///
/// Parameters: `scratch`, zeroed before its first use; `members`, how many members a claims set may have:
/// `JOTGATE_MAX_CLAIMS`, or fewer to save memory; `memory` of `memory_len` bytes.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_MEMORY_TOO_SMALL`: lend more; another misuse (11xx): correct the program.
///
/// Memory: `memory` must stay, and be nobody else's, as long as the scratch is used. `scratch` must stay in its place
/// as long as grants, values, peeks and signed objects that came of it are asked. A scratch may be lent memory again;
/// what came of it before is stale then. It must not be zeroed while something that came of it may still be asked.
///
/// Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_scratch_init(
    scratch: Out<JotgateScratch>,
    members: usize,
    memory: Out<c_void>,
    memory_len: usize,
) -> Status {
    let stamp = scratch.before().map_or(0, |before| before.stamp);
    let arena = Arena::of(memory, memory_len, &[scratch.span()]);
    let scratch = scratch.open(&[]);
    Status::of(|| {
        let (scratch, mut arena) = (scratch?, arena?);
        let whole = arena.span();
        let names = arena.take(members.min(Scratch::NAMES), 0_u64)?;
        let text = arena.rest()?;
        scratch.fill_object(Lent { stamp: stamp.wrapping_add(1), text, names, whole });
        Ok(())
    })
}

/// Bytes of memory that a scratch needs for tokens of `token_len` bytes. Key sets need 1024 for RSA of 4096 bits. Where
/// DPoP proofs are taken, `jotgate_scratch_len_with_proof`. The twin of `JOTGATE_SCRATCH_LEN` at run time.
///
/// Parameters: `token_len`, bytes; `members`, as of `jotgate_scratch_init`.
///
/// Returns: bytes; SIZE_MAX for lengths that no memory has.
///
/// Memory: none. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_scratch_len(token_len: usize, members: usize) -> usize {
    with_names(Scratch::text_len(token_len), members)
}

/// The same where DPoP proofs are taken.
///
/// Parameters: `token_len`, bytes; `members`, as of `jotgate_scratch_init`.
///
/// Returns: bytes; SIZE_MAX for lengths that no memory has.
///
/// Memory: none. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_scratch_len_with_proof(token_len: usize, members: usize) -> usize {
    with_names(Scratch::text_len_with_proof(token_len), members)
}

fn with_names(text: usize, members: usize) -> usize {
    let names = members.min(Scratch::NAMES).saturating_mul(size_of::<u64>());
    text.saturating_add(names).saturating_add(JOTGATE_ALIGNMENT)
}
