//! What one worker remembers from token to token.

use crate::{Denied, HeaderSlot, IssuerIndex, meaning::known_headers::KnownHeaders};

/// The state of one worker: `&mut`, never shared. It decides nothing: a token gets the same
/// answer from every worker.
#[derive(Default)]
pub struct WorkerState<'w> {
    granted: u64,
    denied: u64,
    unknown_kid: Option<IssuerIndex>,
    known_headers: KnownHeaders<'w>,
}

impl<'w> WorkerState<'w> {
    /// A worker that has seen no token.
    #[must_use]
    pub const fn new() -> Self {
        Self { granted: 0, denied: 0, unknown_kid: None, known_headers: KnownHeaders::new(&mut []) }
    }

    /// Remembers the headers of good tokens, so that the next one with the same octets in its header need not be read
    /// again: a fifth of the time beside the signature.
    #[must_use]
    pub fn with_known_headers(mut self, slots: &'w mut [HeaderSlot]) -> Self {
        self.known_headers = KnownHeaders::new(slots);
        self
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

    /// The issuer whose key set did not hold the key id of the last token that was refused with
    /// [`Denied::UnknownKid`]; forgotten once asked. The host may refresh that key set, at a rate that does
    /// not depend on the tokens: strangers can send as many unknown key ids as they like.
    pub fn take_unknown_kid(&mut self) -> Option<IssuerIndex> {
        self.unknown_kid.take()
    }

    pub(super) fn known_headers(&mut self) -> &mut KnownHeaders<'w> {
        &mut self.known_headers
    }

    pub(super) fn note_unknown_kid(&mut self, issuer: IssuerIndex) {
        self.unknown_kid = Some(issuer);
    }

    pub(super) fn count<T>(&mut self, decision: &Result<T, Denied>) {
        let counter = if decision.is_ok() { &mut self.granted } else { &mut self.denied };
        *counter = counter.wrapping_add(1);
    }
}
