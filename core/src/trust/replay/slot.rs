//! One entry: its state, when it expires, and the fingerprint of a proof.

use super::word::Word;

/// 96 bits of a keyed SHA-256.
pub(super) type Fingerprint = [u32; 3];

/// Memory for one proof, to be lent as an array: 20 bytes. All bytes zero is an empty slot.
#[derive(Debug)]
#[repr(C)]
pub struct ReplaySlot {
    /// The [`Kind`] in the two lowest bits, above it a number that every change raises: a state that is read
    /// twice and equal was not left in between (but for 2^30 changes of one slot in that instant).
    state: Word,
    /// Seconds since 1970: from this time on the proof is refused for its age.
    expires: Word,
    fingerprint: [Word; 3],
}

const _: () = assert!(size_of::<ReplaySlot>() == 20, "the documentation says 20 bytes");

/// What a slot is in the middle of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nobody's.
    Free,
    /// Somebody's who writes expiry and fingerprint; nobody else reads them.
    Writing,
    /// Written; whether it is the one that counts is not decided.
    Pending,
    /// The proof was used.
    Spent,
}

/// A state as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State(u32);

impl State {
    pub(super) fn kind(self) -> Kind {
        match self.0 & 3 {
            0 => Kind::Free,
            1 => Kind::Writing,
            2 => Kind::Pending,
            _ => Kind::Spent,
        }
    }

    fn next(self, kind: Kind) -> Self {
        let bits = match kind {
            Kind::Free => 0,
            Kind::Writing => 1,
            Kind::Pending => 2,
            Kind::Spent => 3,
        };
        Self((self.0 | 3).wrapping_add(1) | bits)
    }
}

/// An entry of a fingerprint that was asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) state: State,
    pub(super) expires: u32,
}

/// The slot changed while it was read.
pub(super) struct Changing;

/// How often a slot is read that changes meanwhile.
const READINGS: usize = 8;

impl ReplaySlot {
    /// An empty slot.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "memory to lend is an array of constants")]
    pub const fn new() -> Self {
        Self { state: Word::zero(), expires: Word::zero(), fingerprint: [const { Word::zero() }; 3] }
    }

    /// The entry of this fingerprint, all of one moment, if it stands here; an error when it changed at each of
    /// a few readings.
    #[inline]
    pub(super) fn find(&self, fingerprint: &Fingerprint) -> Result<Option<Entry>, Changing> {
        if self.begins_with(fingerprint) { self.find_all(fingerprint) } else { Ok(None) }
    }

    /// A word is only changed while nothing stands here: another word means another entry, or none.
    #[inline]
    fn begins_with(&self, fingerprint: &Fingerprint) -> bool {
        let ([own, ..], [wanted, ..]) = (&self.fingerprint, fingerprint);
        own.load() == *wanted
    }

    #[cold]
    fn find_all(&self, fingerprint: &Fingerprint) -> Result<Option<Entry>, Changing> {
        for _ in 0..READINGS {
            if !self.begins_with(fingerprint) {
                return Ok(None);
            }
            let state = self.state();
            let expires = self.expires.load();
            let same = self.fingerprint.iter().zip(fingerprint).all(|(own, wanted)| own.load() == *wanted);
            if self.state() == state {
                let stands = same && matches!(state.kind(), Kind::Pending | Kind::Spent);
                return Ok(stands.then_some(Entry { state, expires }));
            }
        }
        Err(Changing)
    }

    pub(super) fn state(&self) -> State {
        State(self.state.load())
    }

    /// When the entry expires, if the state that was read before has not been left.
    pub(super) fn expires(&self) -> u32 {
        self.expires.load()
    }

    /// Leaves `state` for `kind`; `None` when somebody else left it first.
    pub(super) fn change(&self, state: State, kind: Kind) -> Option<State> {
        let next = state.next(kind);
        self.state.replace(state.0, next.0).then_some(next)
    }

    /// Takes the slot and writes it: `Pending` then. `None` when somebody else was first.
    pub(super) fn write(&self, state: State, expires: u32, fingerprint: &Fingerprint) -> Option<State> {
        let writing = self.change(state, Kind::Writing)?;
        self.expires.store(expires);
        for (word, value) in self.fingerprint.iter().zip(fingerprint) {
            word.store(*value);
        }
        // Nobody changes a slot that somebody writes.
        self.change(writing, Kind::Pending)
    }
}
