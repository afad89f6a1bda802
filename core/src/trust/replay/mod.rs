//! Which proofs were used already (RFC 9449, section 11.1): a table that all workers of a host share, without a lock.
//!
//! An entry is the fingerprint of a proof's key and `jti`, and the time from which on the proof is refused for
//! its age. A fingerprint leads to a few slots in a fixed order, the same for every worker, and its entry
//! stands in one of them.
//!
//! # Of two workers with one proof, exactly one gets it
//!
//! All operations on the words have one order (sequential consistency). A worker (1) looks for the fingerprint
//! among its slots, (2) takes a slot that is free and writes it, `Pending`, (3) looks again, and (4) turns its
//! own entry from `Pending` to `Spent`. At (3) it loses when it finds the fingerprint `Spent`, or `Pending` in a slot that
//! comes earlier; one that is `Pending` in a later slot it sets free, which that slot's worker notices at (4).
//!
//! * Never two: let both reach `Spent`, the one in the earlier slot called E, the other L. One of them wrote
//!   its entry second, and looked again after that. If that was L, it found E `Pending` or `Spent`, and lost.
//!   If it was E, it found L `Spent`, and lost; or `Pending`, and set it free, so that L's step (4) failed; or
//!   the setting free failed, because L was `Spent` by then: E looked once more and lost.
//! * Never none, when the entry is new: of those that reach (3), the one in the earliest slot loses to `Spent`
//!   alone, and nobody sets it free.
//! * A worker that dies between (2) and (4) leaves an entry `Pending`, which refuses nothing for ever, as it
//!   expires; one that dies within (2) leaves a slot that is never used again.
//!
//! # A live entry never goes, and time that runs backwards revives nothing
//!
//! A slot is used again only [`GRACE`] seconds after its entry expired, and the expiry is put on record
//! before that ([`ReplayMark`]). Whoever comes with an earlier time than that record finds that entries may be
//! missing which would still count, and refuses ([`Denied::ClockWentBack`]). The record is never later than a
//! proof that was once good, so a clock that ran ahead for a while does harm for the length of a window.

mod quota;
mod slot;
mod word;

pub use quota::ClientSlot;
pub use slot::ReplaySlot;

use crate::{
    Denied, PolicyError, Thumbprint, UnixSeconds, ground::fingerprint::Fingerprint as NameFingerprint,
};
use quota::{LIVE_PERIODS, MAX_QUOTA};
use sha2::{Digest, Sha256};
use slot::{Fingerprint, Kind, State};
use word::Word;

/// The latest expiry of an entry whose slot was used again: 4 bytes, shared as the slots are.
#[derive(Debug)]
#[repr(transparent)]
pub struct ReplayMark(Word);

impl ReplayMark {
    /// Nothing was forgotten.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "like the slots beside it")]
    pub const fn new() -> Self {
        Self(Word::zero())
    }
}

/// Remembers which proofs were used, in memory that the host lends; shared by all its workers.
///
/// 20 bytes a proof ([`ReplaySlot`]). A proof is remembered while it is young enough to be accepted: as many
/// slots as requests a second, times the seconds of that (`max_age` and the leeway twice, and 2 more; with a nonce its
/// life instead), and a fifth more, because the table refuses with [`Denied::ReplayWindowFull`] before its last
/// slot is taken. 1,000 requests a second for 300 seconds with a leeway of 60: 422,000 proofs, 10 MB; with a
/// nonce of 60 seconds 1.5 MB.
///
/// Where the processor has no compare and swap on 32 bits, the window is not `Sync`: one worker.
#[derive(Clone, Copy)]
pub struct ReplayWindow<'m> {
    mark: &'m ReplayMark,
    slots: &'m [ReplaySlot],
    clients: &'m [ClientSlot],
    key: [u8; 16],
    quota: u32,
    longest_life: u32,
}

/// One use of a proof.
pub(crate) struct Use<'u> {
    /// The key that signed it.
    pub(crate) key: &'u Thumbprint,
    /// `jti`.
    pub(crate) id: &'u str,
    /// Whose quota it takes from.
    pub(crate) issuer: &'u str,
    pub(crate) client: &'u str,
    /// From when on it is refused for its age.
    pub(crate) expires: UnixSeconds,
}

/// Slots of each of the two rows that a fingerprint may stand in, but for the last row of each half, which takes what is
/// left, up to 31. Rows that do not overlap fill better than those that begin anywhere.
const ROW: usize = 16;

/// Seconds that an entry is kept after it expired: clocks of one host's workers differ by that much, because
/// they look at them at different moments.
const GRACE: u32 = 2;

/// How often a slot is looked for when others take those that were found.
const ATTEMPTS: usize = 8;

impl<'m> ReplayWindow<'m> {
    /// A window over lent memory, which must be empty (all zero) when the first window over it is made. All
    /// windows over the same memory have the same `key`, quota and life.
    ///
    /// `key` is 16 random bytes that nobody outside knows, so that nobody can choose in which slots his proofs
    /// stand. `quota` is how many live entries one client may have, `longest_life` for how many seconds an
    /// entry may have to be kept. A client's expired entries count up to a seventh of that time longer.
    ///
    /// # Errors
    /// [`PolicyError::EmptyList`] for no slots or no clients; [`PolicyError::SecondsOutOfRange`] for a life of
    /// zero or more than a day; [`PolicyError::QuotaOutOfRange`] for zero or more than 1,047,551.
    pub fn new(
        mark: &'m ReplayMark,
        slots: &'m [ReplaySlot],
        clients: &'m [ClientSlot],
        key: [u8; 16],
        quota: u32,
        longest_life: u32,
    ) -> Result<Self, PolicyError> {
        if slots.is_empty() || clients.is_empty() {
            return Err(PolicyError::EmptyList);
        }
        if longest_life == 0 || longest_life > MAX_LIFE {
            return Err(PolicyError::SecondsOutOfRange);
        }
        if quota == 0 || quota > MAX_QUOTA {
            return Err(PolicyError::QuotaOutOfRange);
        }
        Ok(Self { mark, slots, clients, key, quota, longest_life })
    }

    /// Takes note of a use, in one step with the question whether there was one before.
    ///
    /// # Errors
    /// [`Denied::Replayed`], [`Denied::ReplayWindowFull`], [`Denied::ReplayQuotaExceeded`],
    /// [`Denied::ReplayLifeTooLong`], [`Denied::ClockWentBack`].
    pub(crate) fn spend(&self, proof: &Use<'_>, now: UnixSeconds) -> Result<(), Denied> {
        let (now, expires) = self.times(proof, now)?;
        let bucket = self.bucket(proof);
        self.look(&bucket, now)?;
        let client = self.clients.get(self.client(proof)).ok_or(Denied::ReplayWindowFull)?;
        let taken = client.take(self.period(now), self.period(expires), self.quota)?;
        let outcome = self.insert(&bucket, expires, now);
        if outcome.is_err() {
            taken.give_back();
        }
        outcome
    }

    /// Whether [`spend`](Self::spend) would find a use before. Takes no note.
    pub(crate) fn peek(&self, proof: &Use<'_>, now: UnixSeconds) -> Result<(), Denied> {
        let (now, _) = self.times(proof, now)?;
        self.look(&self.bucket(proof), now)
    }

    /// Both times as the slots have them. A time before 1970 counts as 1970; one after 2106 has no room.
    fn times(&self, proof: &Use<'_>, now: UnixSeconds) -> Result<(u32, u32), Denied> {
        let life = proof.expires.since(now);
        if life > i64::from(self.longest_life) {
            return Err(Denied::ReplayLifeTooLong);
        }
        let fitted = |time: UnixSeconds| u32::try_from(time.0.max(0)).map_err(|_| Denied::ReplayLifeTooLong);
        Ok((fitted(now)?, fitted(proof.expires)?))
    }

    /// The number of the period of expiry that a time lies in.
    fn period(&self, time: u32) -> u32 {
        time.checked_div(self.longest_life.div_ceil(LIVE_PERIODS)).unwrap_or(0)
    }

    fn bucket(&self, proof: &Use<'_>) -> Bucket<'m> {
        let mut hash = Sha256::new();
        hash.update(self.key);
        hash.update(proof.key.0);
        hash.update(proof.id);
        let digest: [u8; 32] = hash.finalize().into();
        let [a, b, c, one, two, ..] = words(&digest);
        Bucket { fingerprint: [a, b, c], rows: self.rows([one, two]) }
    }

    /// No cryptographic hash: a client does not choose its id, and could only find out with whom it shares a quota.
    fn client(&self, proof: &Use<'_>) -> usize {
        let names = [proof.issuer, proof.client].map(|name| NameFingerprint::of(name.as_bytes()));
        let halves = self.key.as_chunks::<8>().0.iter().map(|half| u64::from_le_bytes(*half));
        let mut hash = NameFingerprint::BEGIN;
        halves.chain(names).for_each(|word| hash.absorb(word));
        // The upper half is mixed best.
        index(u32::try_from(hash.finish(0) >> 32).unwrap_or(0), self.clients.len())
    }

    /// The rows that these two hashes pick, one in each half of the table; the lower half has one slot at the least.
    fn rows(&self, [one, two]: [u32; 2]) -> [&'m [ReplaySlot]; 2] {
        let (lower, upper) =
            self.slots.split_at_checked(self.slots.len().div_ceil(2)).unwrap_or((self.slots, &[]));
        [row(lower, one), row(upper, two)]
    }

    /// Steps (1): no use is known, and none can have been forgotten.
    fn look(&self, bucket: &Bucket<'_>, now: u32) -> Result<(), Denied> {
        for row in bucket.rows {
            for slot in row {
                let entry = slot.find(&bucket.fingerprint).map_err(|_| Denied::ReplayWindowFull)?;
                if entry
                    .is_some_and(|entry| entry.state.kind() == Kind::Spent && !is_over(entry.expires, now))
                {
                    return Err(Denied::Replayed);
                }
            }
        }
        // Asked after the slots: whoever used one again has raised the mark before.
        if self.mark.0.load() > now { Err(Denied::ClockWentBack) } else { Ok(()) }
    }

    /// Steps (2) to (4).
    fn insert(&self, bucket: &Bucket<'_>, expires: u32, now: u32) -> Result<(), Denied> {
        let (own, slot, state) = self.write(bucket, expires, now)?;
        let outcome = self.outdo_others(bucket, own, now).and_then(|()| self.look(bucket, now));
        if let Err(denied) = outcome {
            // Set free already, if not by us then by the worker that won.
            let _freed = slot.change(state, Kind::Free);
            return Err(denied);
        }
        slot.change(state, Kind::Spent).map(|_| ()).ok_or(Denied::Replayed)
    }

    /// Step (2): takes a slot that holds nothing, or something that is over, where there are more of them.
    fn write(
        &self,
        bucket: &Bucket<'m>,
        until: u32,
        now: u32,
    ) -> Result<(Position, &'m ReplaySlot, State), Denied> {
        for _ in 0..ATTEMPTS {
            let [_, _, from] = bucket.fingerprint;
            let [lower, upper] = bucket.rows.map(|row| Usable::of(row, index(from, row.len()), now));
            let (row, usable) = if lower.count >= upper.count { (0, lower) } else { (1, upper) };
            let (within, slot, old, forgotten) = usable.first.ok_or(Denied::ReplayWindowFull)?;
            // On record before the entry goes.
            if old.kind() != Kind::Free {
                self.mark.0.raise(forgotten);
            }
            if let Some(state) = slot.write(old, until, &bucket.fingerprint) {
                return Ok(((row, within), slot, state));
            }
        }
        Err(Denied::ReplayWindowFull)
    }

    /// Step (3), but for `Spent`, which [`look`](Self::look) finds afterwards.
    fn outdo_others(&self, bucket: &Bucket<'_>, own: Position, now: u32) -> Result<(), Denied> {
        for (number, row) in bucket.rows.into_iter().enumerate() {
            for (within, slot) in row.iter().enumerate() {
                let entry = slot.find(&bucket.fingerprint).map_err(|_| Denied::ReplayWindowFull)?;
                let Some(entry) = entry else { continue };
                let position = (number, within);
                if position == own || entry.state.kind() != Kind::Pending || is_over(entry.expires, now) {
                    continue;
                }
                if position < own {
                    return Err(Denied::Replayed);
                }
                // Fails when it is `Spent` by now, which `look` sees, or gone.
                let _freed = slot.change(entry.state, Kind::Free);
            }
        }
        Ok(())
    }
}

/// Where a fingerprint may stand: in a row of each half of the table. With a choice between two rows the table fills
/// evenly.
struct Bucket<'m> {
    fingerprint: Fingerprint,
    rows: [&'m [ReplaySlot]; 2],
}

/// The number of a row, and a slot in it: how the slots of a fingerprint come one after the other.
type Position = (usize, usize);

/// What of a row can be taken.
struct Usable<'m> {
    count: usize,
    /// The first behind a place that differs from proof to proof, so that workers do not all reach for the same.
    first: Option<(usize, &'m ReplaySlot, State, u32)>,
}

impl<'m> Usable<'m> {
    fn of(row: &'m [ReplaySlot], from: usize, now: u32) -> Self {
        let mut usable = Self { count: 0, first: None };
        for (within, slot) in row.iter().enumerate() {
            // Read one after the other: `write` fails when the state was left in between.
            let state = slot.state();
            let expires = slot.expires();
            let is_usable = match state.kind() {
                Kind::Free => true,
                Kind::Writing => false,
                Kind::Pending | Kind::Spent => is_over(expires, now),
            };
            if is_usable {
                usable.count = usable.count.saturating_add(1);
                if within <= from || usable.first.is_none_or(|(first, ..)| first < from) {
                    usable.first = Some((within, slot, state, expires));
                }
            }
        }
        usable
    }
}

/// Longest life of an entry, seconds: a day.
const MAX_LIFE: u32 = 86_400;

/// Whether an entry's slot may be used again.
fn is_over(expires: u32, now: u32) -> bool {
    expires.saturating_add(GRACE) <= now
}

/// The row that a hash picks. The last one has the slots that make no row of their own, too.
fn row(slots: &[ReplaySlot], hash: u32) -> &[ReplaySlot] {
    let rows = (slots.len() / ROW).max(1);
    let row = index(hash, rows);
    let start = row.saturating_mul(ROW);
    let end = if row.saturating_add(1) == rows { slots.len() } else { start.saturating_add(ROW) };
    slots.get(start..end).unwrap_or_default()
}

fn words(digest: &[u8; 32]) -> [u32; 8] {
    let mut words = [0; 8];
    for (word, bytes) in words.iter_mut().zip(digest.as_chunks::<4>().0) {
        *word = u32::from_le_bytes(*bytes);
    }
    words
}

/// A number below `len`, or 0, from a hash.
fn index(hash: u32, len: usize) -> usize {
    usize::try_from(hash).ok().and_then(|hash| hash.checked_rem(len)).unwrap_or(0)
}

#[cfg(test)]
mod tests;
