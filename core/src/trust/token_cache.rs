//! Tokens whose signature was good before.
//!
//! What is kept is a fact about octets: this signature over this signing input is good under this key, and here its
//! claims stand. Whether the token may be granted is judged anew every time: time, policy, revocation, sender. The
//! signature is compared octet by octet: a token with another one is verified like any other.

use super::{key_ring::KeyPosition, thumbprint::Thumbprint};
use crate::{ground::place::Place, meaning::claims::Claims, wire::compact::Segments};
use jotgate_crypto::Hashing;

/// Slots that a token may go to: those of one set.
const WAYS: usize = 4;

/// Room for one token, to be lent as an array, beside room for its signature.
#[derive(Clone, Copy)]
pub struct CacheSlot {
    token: Option<Token>,
}

const _: () = assert!(size_of::<CacheSlot>() == 240, "the size that the documentation gives");

impl CacheSlot {
    /// Room that nobody uses yet, 240 bytes.
    pub const EMPTY: Self = Self { token: None };
}

/// What a worker knows of a token: its signature over the signing input of this digest is good under this key.
#[derive(Clone, Copy)]
pub(crate) struct KnownToken {
    pub(crate) digest: [u8; 32],
    pub(crate) key: Thumbprint,
    pub(crate) position: KeyPosition,
}

#[derive(Clone, Copy)]
struct Token {
    known: KnownToken,
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
    find: Find,
    keep: Keep,
}

/// What [`TokenCache::find`] and [`TokenCache::keep`] are. A cache brings its code along, so that a program without one
/// holds none.
type Find = for<'s> fn(
    &mut TokenCache<'_>,
    &Segments<'s>,
    u64,
    &mut Hashing<'s>,
    &mut Claims<&'s str>,
) -> Option<KnownToken>;
type Keep = fn(&mut TokenCache<'_>, &Segments<'_>, &Claims<&str>, KnownToken, u64);

impl<'w> TokenCache<'w> {
    /// Lends a slot for each token, and for each slot an equal part of `signatures`: 64 bytes for ES256, 256 for RSA of
    /// 2048 bits. A token with a longer signature is not kept; without slots none is.
    #[must_use]
    pub const fn new(slots: &'w mut [CacheSlot], signatures: &'w mut [u8]) -> Self {
        Self {
            slots,
            signatures,
            find: |cache, segments, generation, input, claims| {
                cache.find_by_signature(segments, generation, input, claims)
            },
            keep: |cache, segments, claims, known, generation| {
                cache.keep_in_slot(segments, claims, known, generation);
            },
        }
    }

    /// What is known of a token whose signing `input` is being hashed. Its claims are then what it says; else they are not
    /// what anything says.
    ///
    /// The signature leads to the slot, so that all that follows need not wait for the digest, which comes last.
    #[inline]
    pub(crate) fn find<'s>(
        &mut self,
        segments: &Segments<'s>,
        generation: u64,
        input: &mut Hashing<'s>,
        claims: &mut Claims<&'s str>,
    ) -> Option<KnownToken> {
        (self.find)(self, segments, generation, input, claims)
    }

    /// Keeps a token whose signature is good. Not one with escapes in a string that matters.
    #[inline]
    pub(crate) fn keep(
        &mut self,
        segments: &Segments<'_>,
        claims: &Claims<&str>,
        known: KnownToken,
        generation: u64,
    ) {
        (self.keep)(self, segments, claims, known, generation);
    }

    fn find_by_signature<'s>(
        &mut self,
        segments: &Segments<'s>,
        generation: u64,
        input: &mut Hashing<'s>,
        claims: &mut Claims<&'s str>,
    ) -> Option<KnownToken> {
        let slot = self.slot_of(segments.signature)?;
        let token = self.slots.get_mut(slot)?.token.as_mut()?;
        if token.generation != generation {
            return None;
        }
        input.advance();
        let payload = core::str::from_utf8(segments.payload).ok()?;
        token.claims.map_into(claims, |place| place.text(payload))?;
        if token.known.digest != input.digest() {
            return None;
        }
        token.came_again = true;
        Some(token.known)
    }

    fn keep_in_slot(
        &mut self,
        segments: &Segments<'_>,
        claims: &Claims<&str>,
        known: KnownToken,
        generation: u64,
    ) {
        let signature = segments.signature;
        let (Some(claims), Ok(signature_len)) =
            (claims.map(|text| Place::of(text, segments.payload)), u16::try_from(signature.len()))
        else {
            return;
        };
        let Some(slot) = self.slot_for(signature, generation) else { return };
        let room = self.room(slot);
        let (Some(slot), Some(room)) = (
            self.slots.get_mut(slot),
            self.signatures.get_mut(room).and_then(|room| room.get_mut(..signature.len())),
        ) else {
            return;
        };
        room.copy_from_slice(signature);
        slot.token = Some(Token { known, generation, signature_len, came_again: false, claims });
    }

    /// The slots that a token of this signature may go to.
    fn set(&self, signature: &[u8]) -> core::ops::Range<usize> {
        let sets = u32::try_from(self.slots.len().div_ceil(WAYS)).unwrap_or(u32::MAX);
        // The end of a signature as a fraction of all: no division. No one but the signer chooses it.
        let end = signature.last_chunk().map_or(0, |four| u32::from_le_bytes(*four));
        let set = u64::from(end).wrapping_mul(u64::from(sets)) >> 32;
        let start = usize::try_from(set).unwrap_or(0).saturating_mul(WAYS);
        start..start.saturating_add(WAYS).min(self.slots.len())
    }

    fn slot_of(&self, signature: &[u8]) -> Option<usize> {
        let kept = |slot: usize| {
            let len = usize::from(self.slots.get(slot)?.token.as_ref()?.signature_len);
            self.signatures.get(self.room(slot))?.get(..len)
        };
        self.set(signature).find(|slot| kept(*slot) == Some(signature))
    }

    /// The slot that a newcomer gets, if any.
    fn slot_for(&mut self, signature: &[u8], generation: u64) -> Option<usize> {
        if let Some(slot) = self.slot_of(signature) {
            return Some(slot);
        }
        let set = self.set(signature);
        let holds = |slot: &usize| self.slots.get(*slot).and_then(|slot| slot.token.as_ref());
        let is_free = |slot: &usize| holds(slot).is_none_or(|token| token.generation != generation);
        let came_once = |slot: &usize| holds(slot).is_some_and(|token| !token.came_again);
        if let Some(slot) = set.clone().find(is_free).or_else(|| set.clone().find(came_once)) {
            return Some(slot);
        }
        // Which of them is as good as random, and nobody's choice.
        let octet = signature.iter().rev().nth(4).map_or(0, |octet| usize::from(*octet));
        let chosen = set.start.saturating_add(octet.checked_rem(set.len())?);
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
