//! How many live entries each client has.

use super::word::Word;
use crate::Denied;

/// Memory for one client's count, to be lent as an array: 32 bytes. All bytes zero is an empty slot.
///
/// The client's keyed hash picks the slot. Clients that share one share its quota: with as many slots as
/// clients two of three do, with a hundred times as many one of a hundred.
#[derive(Debug)]
#[repr(C)]
pub struct ClientSlot {
    /// One word for each period of expiry: the period's number divided by [`PERIODS`] in the upper 12 bits,
    /// which tells a count from the one that stood here before, and the count in the lower 20.
    counts: [Word; PERIODS],
}

const _: () = assert!(size_of::<ClientSlot>() == 32, "the documentation says 32 bytes");

/// Periods that are counted apart: entries that expire in one of them stop to count together.
const PERIODS: usize = 8;

/// Periods in which live entries may expire; one is left for those that are just over.
pub(super) const LIVE_PERIODS: u32 = 7;

const COUNT_BITS: u32 = 20;
const COUNT_MASK: u32 = (1 << COUNT_BITS) - 1;

/// The largest quota.
pub(super) const MAX_QUOTA: u32 = COUNT_MASK - 1024;

/// How often a count is changed that somebody else changes meanwhile.
const ATTEMPTS: usize = 64;

/// A place in the quota that was taken, to be given back when nothing comes of it.
pub(super) struct Taken<'m> {
    word: &'m Word,
    tag: u32,
}

impl ClientSlot {
    /// A client without entries.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "memory to lend is an array of constants")]
    pub const fn new() -> Self {
        Self { counts: [const { Word::zero() }; PERIODS] }
    }

    /// Counts one more entry that expires in the period `expires`; `now` is the current period.
    ///
    /// Counted first and summed afterwards: of workers that come at once, all see the sum of those before
    /// them, so that the quota is never exceeded.
    pub(super) fn take(&self, now: u32, expires: u32, quota: u32) -> Result<Taken<'_>, Denied> {
        let (word, tag) = self.at(expires).ok_or(Denied::ReplayWindowFull)?;
        let taken = Taken { word, tag };
        if !change(word, |value| {
            let count = if value >> COUNT_BITS == tag { value & COUNT_MASK } else { 0 };
            // Stays below the mask: the quota does, by more than there are workers.
            Some(tag << COUNT_BITS | count.saturating_add(1).min(COUNT_MASK))
        }) {
            return Err(Denied::ReplayWindowFull);
        }
        let live = (0..=LIVE_PERIODS).fold(0_u32, |sum, ahead| {
            let count = self.at(now.saturating_add(ahead)).map_or(0, |(word, tag)| {
                let value = word.load();
                if value >> COUNT_BITS == tag { value & COUNT_MASK } else { 0 }
            });
            sum.saturating_add(count)
        });
        if live > quota {
            taken.give_back();
            return Err(Denied::ReplayQuotaExceeded);
        }
        Ok(taken)
    }

    /// The word of a period, and the tag that its count has.
    fn at(&self, period: u32) -> Option<(&Word, u32)> {
        let index = usize::try_from(period & 7).ok()?;
        Some((self.counts.get(index)?, period >> 3 & 0xfff))
    }
}

const _: () = assert!(PERIODS == 8, "`at` takes three bits");

impl Taken<'_> {
    /// One entry less. A count that cannot be lowered stays too high until its period is over.
    pub(super) fn give_back(self) {
        change(self.word, |value| {
            let count = (value & COUNT_MASK).saturating_sub(1);
            (value >> COUNT_BITS == self.tag).then_some(self.tag << COUNT_BITS | count)
        });
    }
}

/// Changes a word as `f` says, if it says so, for a bounded number of attempts.
fn change(word: &Word, f: impl Fn(u32) -> Option<u32>) -> bool {
    for _ in 0..ATTEMPTS {
        let value = word.load();
        let Some(next) = f(value) else { return false };
        if word.replace(value, next) {
            return true;
        }
    }
    false
}
