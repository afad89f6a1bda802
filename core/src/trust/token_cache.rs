//! Tokens whose signature was good before.
//!
//! What is kept is a fact about octets: this signature over this signing input is good under this key, and here its
//! claims stand. Whether the token may be granted is judged anew every time: time, policy, revocation, sender. The
//! signature is compared octet by octet: a token with another one is verified like any other.

use super::thumbprint::Thumbprint;
use crate::{ground::place::Place, meaning::claims::Claims, wire::compact::Segments};

/// Slots that a token may go to: those of one set.
const WAYS: usize = 4;

/// Room for one token, to be lent as an array, beside room for its signature.
#[derive(Clone, Copy)]
pub struct CacheSlot {
    token: Option<Token>,
}

const _: () = assert!(size_of::<CacheSlot>() <= 344, "the size that the documentation gives");

impl CacheSlot {
    /// Room that nobody uses yet, 344 bytes at most.
    pub const EMPTY: Self = Self { token: None };
}

#[derive(Clone, Copy)]
struct Token {
    digest: [u8; 32],
    key: Thumbprint,
    generation: u64,
    signature_len: u16,
    /// It came again since it was kept, or since a newcomer last wanted its slot.
    came_again: bool,
    claims: Claims<Place>,
}

/// The tokens that one worker knows, in lent memory.
///
/// A token can go to four slots. A newcomer takes one that is empty, belongs to keys that were replaced, or holds a
/// token that never came again; where all four came again it takes one of them its second chance away, and is itself
/// not kept. So a flood of tokens that come once drives out tokens that come once.
pub struct TokenCache<'w> {
    slots: &'w mut [CacheSlot],
    signatures: &'w mut [u8],
}

impl<'w> TokenCache<'w> {
    /// Lends a slot for each token, and for each slot an equal part of `signatures`: 64 bytes for ES256, 256 for RSA of
    /// 2048 bits. A token with a longer signature is not kept; without slots none is.
    #[must_use]
    pub const fn new(slots: &'w mut [CacheSlot], signatures: &'w mut [u8]) -> Self {
        Self { slots, signatures }
    }

    pub(crate) fn is_lent(&self) -> bool {
        !self.slots.is_empty()
    }

    /// What a token says, and the key under which its signature is good, if it is known.
    pub(crate) fn find<'s>(
        &mut self,
        segments: &Segments<'s>,
        digest: &[u8; 32],
        generation: u64,
    ) -> Option<(Claims<&'s str>, Thumbprint)> {
        let slot = self.slot_of(digest)?;
        let room = self.room(slot);
        let token = self.slots.get_mut(slot)?.token.as_mut()?;
        let signature = self.signatures.get(room)?.get(..usize::from(token.signature_len))?;
        if token.generation != generation || signature != segments.signature {
            return None;
        }
        token.came_again = true;
        let payload = core::str::from_utf8(segments.payload).ok()?;
        Some((token.claims.map(|place| place.text(payload))?, token.key))
    }

    /// Keeps a token whose signature is good under `key`. Not one with escapes in a string that matters.
    pub(crate) fn keep(
        &mut self,
        segments: &Segments<'_>,
        claims: &Claims<&str>,
        digest: &[u8; 32],
        generation: u64,
        key: Thumbprint,
    ) {
        let (Some(claims), Ok(signature_len)) =
            (claims.map(|text| Place::of(text, segments.payload)), u16::try_from(segments.signature.len()))
        else {
            return;
        };
        let Some(slot) = self.slot_for(digest, generation) else { return };
        let room = self.room(slot);
        let (Some(slot), Some(room)) = (
            self.slots.get_mut(slot),
            self.signatures.get_mut(room).and_then(|room| room.get_mut(..segments.signature.len())),
        ) else {
            return;
        };
        room.copy_from_slice(segments.signature);
        slot.token =
            Some(Token { digest: *digest, key, generation, signature_len, came_again: false, claims });
    }

    /// The slots that a token of this digest may go to.
    fn set(&self, digest: &[u8; 32]) -> core::ops::Range<usize> {
        let sets = u32::try_from(self.slots.len().div_ceil(WAYS)).unwrap_or(u32::MAX);
        let first = digest.first_chunk().map_or(0, |four| u32::from_le_bytes(*four));
        // The digest as a fraction of all: no division.
        let set = u64::from(first).wrapping_mul(u64::from(sets)) >> 32;
        let start = usize::try_from(set).unwrap_or(0).saturating_mul(WAYS);
        start..start.saturating_add(WAYS).min(self.slots.len())
    }

    fn slot_of(&self, digest: &[u8; 32]) -> Option<usize> {
        let is_it = |slot: &usize| {
            let token = self.slots.get(*slot).and_then(|slot| slot.token.as_ref());
            token.is_some_and(|token| token.digest == *digest)
        };
        self.set(digest).find(is_it)
    }

    /// The slot that a newcomer gets, if any.
    fn slot_for(&mut self, digest: &[u8; 32], generation: u64) -> Option<usize> {
        if let Some(slot) = self.slot_of(digest) {
            return Some(slot);
        }
        let set = self.set(digest);
        let holds = |slot: &usize| self.slots.get(*slot).and_then(|slot| slot.token.as_ref());
        let is_free = |slot: &usize| holds(slot).is_none_or(|token| token.generation != generation);
        let came_once = |slot: &usize| holds(slot).is_some_and(|token| !token.came_again);
        if let Some(slot) = set.clone().find(is_free).or_else(|| set.clone().find(came_once)) {
            return Some(slot);
        }
        // Which of them is as good as random, and nobody's choice.
        let last = digest.last().map_or(0, |last| usize::from(*last));
        let chosen = set.start.saturating_add(last.checked_rem(set.len())?);
        self.slots.get_mut(chosen)?.token.as_mut()?.came_again = false;
        None
    }

    /// Where the signature of a slot stands.
    fn room(&self, slot: usize) -> core::ops::Range<usize> {
        let len = self.signatures.len().checked_div(self.slots.len()).unwrap_or(0);
        let start = slot.saturating_mul(len);
        start..start.saturating_add(len)
    }
}
