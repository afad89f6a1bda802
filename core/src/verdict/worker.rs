//! What one worker remembers from token to token.

use crate::{Denied, HeaderSlot, SectionIndex, TokenCache, meaning::known_headers::KnownHeaders};

/// The state of one worker: `&mut`, never shared. It decides nothing: a token gets the same
/// answer from every worker.
pub struct WorkerState<'w> {
    granted: u64,
    denied: u64,
    /// In 32 bits: where pointers have 64 it takes no room beside the next.
    asking: u32,
    unknown_kid: Option<SectionIndex>,
    pub(super) known_headers: Option<KnownHeaders<'w>>,
    pub(super) cache: Option<TokenCache<'w>>,
    cached: u64,
}

impl Default for WorkerState<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'w> WorkerState<'w> {
    /// A worker that has seen no token.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            granted: 0,
            denied: 0,
            asking: 0,
            cached: 0,
            unknown_kid: None,
            known_headers: None,
            cache: None,
        }
    }

    /// Remembers the headers of good tokens, so that the next one with the same bytes in its header need not be read
    /// again: a fifth of the time beside the signature.
    #[must_use]
    pub fn with_known_headers(mut self, slots: &'w mut [HeaderSlot]) -> Self {
        self.known_headers = Some(KnownHeaders::new(slots));
        self
    }

    /// Remembers tokens whose signature was good, so that the same token need not be verified again. Everything else is
    /// judged every time.
    #[must_use]
    pub fn with_cache(mut self, cache: TokenCache<'w>) -> Self {
        self.cache = Some(cache);
        self
    }

    /// Tokens so far whose signature was known to be good.
    #[must_use]
    pub fn cached(&self) -> u64 {
        self.cached
    }

    /// Tokens granted so far.
    #[must_use]
    pub fn granted(&self) -> u64 {
        self.granted
    }

    /// Tokens denied so far.
    #[must_use]
    pub fn denied(&self) -> u64 {
        self.denied
    }

    /// Questions to authorization servers so far, neither granted nor denied by this worker: what becomes of them is the
    /// host's to count. Begins again at 0 after 2^32 - 1.
    #[must_use]
    pub fn asking(&self) -> u32 {
        self.asking
    }

    /// The section whose key sets did not hold the key id of the last token that was refused with
    /// [`Denied::UnknownKid`]; forgotten once asked. The host may refresh them, at a rate that does
    /// not depend on the tokens: strangers can send as many unknown key ids as they like.
    pub fn take_unknown_kid(&mut self) -> Option<SectionIndex> {
        self.unknown_kid.take()
    }

    /// Counts a token whose signature was known to be good.
    pub(super) fn count_known(&mut self) {
        self.cached = self.cached.wrapping_add(1);
    }

    pub(super) fn note_unknown_kid(&mut self, section: SectionIndex) {
        self.unknown_kid = Some(section);
    }

    pub(super) fn count_question(&mut self) {
        self.asking = self.asking.wrapping_add(1);
    }

    pub(super) fn count<T>(&mut self, decision: &Result<T, Denied>) {
        let counter = if decision.is_ok() { &mut self.granted } else { &mut self.denied };
        *counter = counter.wrapping_add(1);
    }
}
