//! What one worker remembers from token to token.

use crate::{Denied, IssuerIndex};

/// The state of one worker: `&mut`, never shared. It decides nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct WorkerState {
    granted: u64,
    denied: u64,
    unknown_kid: Option<IssuerIndex>,
}

impl WorkerState {
    /// A worker that has seen no token.
    #[must_use]
    pub const fn new() -> Self {
        Self { granted: 0, denied: 0, unknown_kid: None }
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

    pub(super) fn note_unknown_kid(&mut self, issuer: IssuerIndex) {
        self.unknown_kid = Some(issuer);
    }

    pub(super) fn count<T>(&mut self, decision: &Result<T, Denied>) {
        let counter = if decision.is_ok() { &mut self.granted } else { &mut self.denied };
        *counter = counter.wrapping_add(1);
    }
}
