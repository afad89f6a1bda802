//! The memory in which one token is read, lent by the host.

use super::limits::{MAX_CLAIMS, MAX_PROOF_LEN};
use crate::Denied;

/// Lent memory for reading one token or one key set: text for what is decoded, names for the search of
/// duplicates. A grant borrows from it, so it is free again when the grant is dropped.
pub struct Scratch<'s> {
    text: Text<'s>,
    names: &'s mut [u64],
}

/// What is left of the lent text.
pub(crate) struct Text<'s>(&'s mut [u8]);

impl<'s> Text<'s> {
    /// Takes `len` bytes for as long as the scratch is lent.
    pub(crate) fn take(&mut self, len: usize) -> Result<&'s mut [u8], Denied> {
        self.0.split_off_mut(..len).ok_or(Denied::ScratchTooSmall)
    }
}

impl<'s> Scratch<'s> {
    /// Room for one name of an object; as many names as an object may have members.
    pub const NAMES: usize = MAX_CLAIMS;

    /// Lends `text`, at least [`text_len`](Self::text_len) bytes of the longest token, and `names`, one for
    /// each member that an object may have: [`NAMES`](Self::NAMES) for the full limit, fewer lower it.
    pub fn new(text: &'s mut [u8], names: &'s mut [u64]) -> Self {
        Self { text: Text(text), names }
    }

    /// Bytes of text that suffice for every token of `token_len` bytes: three quarters when decoded, and as
    /// much again for strings that must be unescaped, of which one may be the whole token.
    #[must_use]
    pub const fn text_len(token_len: usize) -> usize {
        token_len.saturating_add(token_len / 2)
    }

    /// The same when a DPoP proof of up to [`MAX_PROOF_LEN`](crate::limits::MAX_PROOF_LEN) bytes may come with the token:
    /// both are in memory at once.
    #[must_use]
    pub const fn text_len_with_proof(token_len: usize) -> usize {
        Self::text_len(token_len).saturating_add(Self::text_len(MAX_PROOF_LEN))
    }

    /// The same memory again, for a shorter time.
    pub(crate) fn reborrow(&mut self) -> Scratch<'_> {
        Scratch { text: Text(self.text.0), names: self.names }
    }

    /// The text, of which to take.
    pub(crate) fn text(&mut self) -> &mut Text<'s> {
        &mut self.text
    }

    /// Room for the names of one object, at most `limit`, used by one object at a time; and the text.
    pub(crate) fn for_object(&mut self, limit: usize) -> (&mut [u64], &mut Text<'s>) {
        let len = limit.min(self.names.len());
        (self.names.get_mut(..len).unwrap_or_default(), &mut self.text)
    }
}
