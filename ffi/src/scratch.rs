//! The memory in which one token, or one key set, is read.

use crate::{
    memory::{Arena, Busy, Entered, In, InOut, Out, Span, object},
    sizes::{JOTGATE_ALIGNMENT, JOTGATE_SCRATCH_WORDS},
    status::{Misuse, Status},
};
use core::{
    cell::Cell,
    ffi::c_void,
    ops::{Deref, DerefMut},
};
use jotgate_core::Scratch;

/// Memory for reading one token at a time, or one key set, lent once and used again for every token. Not to be copied: a
/// second scratch has memory of its own.
#[repr(C)]
pub struct JotgateScratch {
    opaque: [u64; JOTGATE_SCRATCH_WORDS],
}

/// What stands in front of the lent memory, where every scratch sees it that was lent the same.
// The same size wherever words of 64 bits are aligned to less.
#[repr(C, align(8))]
pub(crate) struct Front {
    /// The number of the last use.
    stamp: Cell<u64>,
    busy: Busy,
}

/// The lent memory, and the number of this object's last use of it.
pub(crate) struct Lent {
    stamp: Cell<u64>,
    front: *const Front,
    text: *mut [u8],
    names: *mut [u64],
    whole: Span,
}

object!(JotgateScratch, 1, Lent, |lent| [lent.whole, Span::NOTHING]);

impl Lent {
    #[inline]
    fn front(&self) -> &Front {
        // SAFETY: `jotgate_scratch_init` wrote it there; that the memory stays is the caller's promise.
        unsafe { &*self.front }
    }

    /// The memory, from its first byte.
    #[inline]
    pub(crate) fn whole(&self) -> Span {
        self.whole
    }

    /// A number that neither this object nor its memory has seen.
    #[inline]
    fn next_stamp(&self) -> u64 {
        self.stamp.get().max(self.front().stamp.get()).wrapping_add(1)
    }
}

/// Where the numbers of uses begin when memory is lent: far from those of any other object that may have been lent the
/// same before, and from this object's own. The memory itself cannot be asked: it may be fresh of `malloc`.
fn first_stamp(scratch: Out<JotgateScratch>) -> u64 {
    let own = scratch.before().map_or(0, |before| before.stamp.get());
    let address = u64::try_from(scratch.span().start()).unwrap_or(0);
    // Multiplicative hashing (Knuth, volume 3, section 6.4). Halved, so that no count comes to its end.
    own.wrapping_add(address).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 1
}

/// One use of a scratch. What is read of it is gone when the scratch is used again.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
    scratch: In<JotgateScratch>,
    stamp: u64,
}

impl Mark {
    /// Whether it is a use of this scratch, or of its memory.
    pub(crate) fn is_of(self, scratch: In<JotgateScratch>) -> bool {
        self.scratch.regions().iter().any(|own| own.apart_from(&scratch.regions()).is_err())
    }

    /// That neither the scratch nor another over the same memory was used again since.
    #[inline]
    pub(crate) fn current(self) -> Result<(), Misuse> {
        let is_current = self.scratch.value().is_ok_and(|lent| lent.front().stamp.get() == self.stamp);
        if is_current { Ok(()) } else { Err(Misuse::Stale) }
    }

    /// The memory that was read into, which what came of it looks into.
    pub(crate) fn memory(self) -> [Span; 2] {
        let [_, whole, none] = self.scratch.regions();
        [whole, none]
    }
}

/// A scratch that no other call may use meanwhile.
pub(crate) struct InUse<'s> {
    scratch: Scratch<'s>,
    front: &'s Front,
    _entered: Entered<'s>,
}

impl<'s> InUse<'s> {
    /// What stands in front of its memory.
    #[inline]
    pub(crate) fn front(&self) -> &'s Front {
        self.front
    }
}

impl Front {
    /// That no other call has begun to read there, which came at the very same moment.
    #[inline]
    pub(crate) fn still(&self, mark: Mark) -> Result<(), Misuse> {
        // Not what the compiler knows of it, but what is there.
        // SAFETY: a valid reference.
        let now = unsafe { self.stamp.as_ptr().read_volatile() };
        if now == mark.stamp { Ok(()) } else { Err(Misuse::Busy) }
    }
}

impl<'s> Deref for InUse<'s> {
    type Target = Scratch<'s>;

    #[inline]
    fn deref(&self) -> &Scratch<'s> {
        &self.scratch
    }
}

impl<'s> DerefMut for InUse<'s> {
    #[inline]
    fn deref_mut(&mut self) -> &mut Scratch<'s> {
        &mut self.scratch
    }
}

impl InOut<JotgateScratch> {
    /// That neither the scratch nor its memory shares bytes with any of `others`.
    pub(crate) fn apart(self, others: &[Span]) -> Result<(), Misuse> {
        self.span().apart_from(others)?;
        self.read().value()?.whole.apart_from(others)
    }

    /// Begins a use, for which neither the scratch nor its memory may share bytes with any of `others`.
    #[inline]
    pub(crate) fn begin<'s>(self, others: &[Span]) -> Result<(InUse<'s>, Mark), Misuse> {
        self.begin_with(self.read().value()?, others)
    }

    /// The same with what the scratch holds, which was read already.
    // Spans stay in registers; a microcontroller rather has it once.
    #[cfg_attr(target_pointer_width = "64", inline(always))]
    pub(crate) fn begin_with<'s>(self, lent: &'s Lent, others: &[Span]) -> Result<(InUse<'s>, Mark), Misuse> {
        self.span().apart_from(others)?;
        lent.whole.apart_from(others)?;
        let front = lent.front();
        let entered = front.busy.enter()?;
        let stamp = lent.next_stamp();
        front.stamp.set(stamp);
        lent.stamp.set(stamp);
        // SAFETY: both were taken from an arena of this scratch, apart from each other. Whatever borrowed them before
        // is stale, now that the stamp is another.
        let (text, names) = unsafe { (&mut *lent.text, &mut *lent.names) };
        let used = InUse { scratch: Scratch::new(text, names), front, _entered: entered };
        Ok((used, Mark { scratch: self.read(), stamp }))
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
/// Memory: `memory` must stay, and be nobody else's, as long as the scratch is used, and as long as grants, values, peeks
/// and ID tokens that came of it are asked. So must `scratch` stay in its place. Which use was the last stands in
/// `memory`: copies of a scratch, and others that were lent the same `memory`, make stale what came of one another. Where
/// two only share a part of their memory nothing tells, and what came of one may show what the other reads. A scratch
/// may be lent memory again; what came of it before is stale then. It must not be zeroed while something that came of it
/// may still be asked: the count of its uses would begin anew.
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
    let stamp = first_stamp(scratch);
    let arena = Arena::of(memory, memory_len, &[scratch.span()]);
    let scratch = scratch.open(&[]);
    Status::of(|| {
        let (scratch, mut arena) = (scratch?, arena?);
        let whole = arena.span();
        let front = arena.keep(Front { stamp: Cell::new(stamp), busy: Busy::new() })?;
        let names = arena.take(members.min(Scratch::NAMES), 0_u64)?;
        let text = arena.rest()?;
        scratch.fill_object(Lent { stamp: Cell::new(stamp), front, text, names, whole });
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

/// Bytes that stand in front of what is lent.
pub(crate) const FRONT: usize = size_of::<Front>();

fn with_names(text: usize, members: usize) -> usize {
    let names = members.min(Scratch::NAMES).saturating_mul(size_of::<u64>());
    text.saturating_add(names).saturating_add(FRONT).saturating_add(JOTGATE_ALIGNMENT)
}
