//! Tokens whose signature was good before.
//!
//! What is kept is a fact about bytes: this signature over this signing input is good under this key, and here its
//! claims stand. Whether the token may be granted is judged anew every time: time, policy, revocation, sender. The
//! signature is compared byte by byte: a token with another one is verified like any other. Which key verifies a token
//! is found out anew, too: what is known of another key is of no use.
//!
//! A slot is emptied before anything of it is overwritten, and filled last; whoever finds something looks at its signature
//! once more when all is read. So a host that lets two threads use one worker, against the rule, does not see half of one
//! token and half of another: such a slot is empty.

use super::thumbprint::Thumbprint;
use crate::{ground::text_range::TextRange, meaning::claims::Claims, wire::compact::Segments};
use core::sync::atomic::{Ordering, fence};
use jotgate_crypto::Hashing;

/// Slots that a token may go to: those of one set.
const WAYS: usize = 4;

/// Room for one token, to be lent as an array, beside room for its signature.
#[derive(Clone, Copy)]
pub struct CacheSlot {
    /// 0: nothing is known, whatever stands in the rest.
    signature_len: u16,
    /// It came again since it was kept, or since a newcomer last wanted its slot.
    came_again: bool,
    /// Of the key. Here, because there is room for it.
    position: u16,
    token: Option<Token>,
}

const _: () = assert!(size_of::<CacheSlot>() == 240, "the size that the documentation gives");

impl CacheSlot {
    /// Room that nobody uses yet, 240 bytes.
    pub const EMPTY: Self = Self { signature_len: 0, came_again: false, position: 0, token: None };

    /// What is known, of a signature of this length.
    fn known(&self) -> Option<(&Token, usize)> {
        let token = self.token.as_ref()?;
        (self.signature_len > 0).then_some((token, usize::from(self.signature_len)))
    }

    /// First of all that is done to a slot.
    fn vacate(&mut self) {
        self.signature_len = 0;
        // The compiler would otherwise drop a write that another one follows, and the processor may delay it.
        fence(Ordering::Release);
    }

    /// Last of all: its signature stands in its room.
    fn fill(&mut self, token: Token, position: u16, signature_len: u16) {
        (self.came_again, self.position, self.token) = (false, position, Some(token));
        fence(Ordering::Release);
        self.signature_len = signature_len;
    }
}

/// What a worker knows of a token: its signature over the signing input of this digest is good under this key.
#[derive(Clone, Copy)]
pub(crate) struct KnownToken {
    pub(crate) digest: [u8; 32],
    pub(crate) key: Thumbprint,
    /// Where the key stands in the ring of that generation, as far as the host keeps generations apart.
    pub(crate) position: u16,
}

#[derive(Clone, Copy)]
struct Token {
    digest: [u8; 32],
    key: Thumbprint,
    generation: u64,
    claims: Claims<TextRange>,
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

/// What [`TokenCache::find`] and [`TokenCache::keep`] call. The function pointers are set only in [`TokenCache::new`], so the
/// linker drops the code in programs that never call it.
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

    /// What is known of a token whose signing `input` is being hashed. On a hit `claims` is filled; on a miss its content is
    /// unspecified.
    ///
    /// The slot is found by the signature, so that the lookup need not wait for the digest, which is compared last.
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
        let found = self.slots.get(slot)?;
        let (token, _) = found.known()?;
        if token.generation != generation {
            return None;
        }
        input.advance();
        let payload = core::str::from_utf8(segments.payload).ok()?;
        token.claims.map_into(claims, |range| range.text(payload))?;
        if token.digest != input.digest() {
            return None;
        }
        let known = KnownToken { digest: token.digest, key: token.key, position: found.position };
        // What was read belongs to this signature only if it stands there still.
        fence(Ordering::Acquire);
        if !self.is_of(slot, segments.signature) {
            return None;
        }
        self.slots.get_mut(slot)?.came_again = true;
        Some(known)
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
            (claims.map(|text| TextRange::of(text, segments.payload)), u16::try_from(signature.len()))
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
        slot.vacate();
        room.copy_from_slice(signature);
        let KnownToken { digest, key, position } = known;
        slot.fill(Token { digest, key, generation, claims }, position, signature_len);
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
        self.set(signature).find(|slot| self.is_of(*slot, signature))
    }

    /// Something is known in the slot, and of this signature.
    fn is_of(&self, slot: usize, signature: &[u8]) -> bool {
        let len = self.slots.get(slot).and_then(CacheSlot::known).map(|(_, len)| len);
        len.is_some_and(|len| {
            self.signatures.get(self.room(slot)).and_then(|room| room.get(..len)) == Some(signature)
        })
    }

    /// The slot that a newcomer gets, if any.
    fn slot_for(&mut self, signature: &[u8], generation: u64) -> Option<usize> {
        if let Some(slot) = self.slot_of(signature) {
            return Some(slot);
        }
        let set = self.set(signature);
        let holds = |slot: &usize| self.slots.get(*slot).and_then(CacheSlot::known);
        let is_free = |slot: &usize| holds(slot).is_none_or(|(token, _)| token.generation != generation);
        let came_once = |slot: &usize| self.slots.get(*slot).is_some_and(|slot| !slot.came_again);
        if let Some(slot) = set.clone().find(is_free).or_else(|| set.clone().find(came_once)) {
            return Some(slot);
        }
        // Which of them is as good as random, and nobody's choice.
        let byte = signature.iter().rev().nth(4).map_or(0, |byte| usize::from(*byte));
        let chosen = set.start.saturating_add(byte.checked_rem(set.len())?);
        self.slots.get_mut(chosen)?.came_again = false;
        None
    }

    /// Where the signature of a slot stands.
    fn room(&self, slot: usize) -> core::ops::Range<usize> {
        let len = self.signatures.len().checked_div(self.slots.len()).unwrap_or(0);
        let start = slot.saturating_mul(len);
        start..start.saturating_add(len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Scratch,
        wire::compact::{Compact, Opened},
    };

    /// Reads `token` and hands on what the cache sees of it.
    fn with<T>(
        token: &str,
        run: impl for<'s> FnOnce(&Segments<'s>, &mut Hashing<'s>, &mut Claims<&'s str>) -> T,
    ) -> T {
        let (mut text, mut names) = ([0; 512], [0; Scratch::NAMES]);
        let mut scratch = Scratch::new(&mut text, &mut names);
        let compact = Compact::split(token.as_bytes(), token.len()).expect("three segments");
        let opened = Opened::read(compact, scratch.text()).expect("base64url");
        let segments = opened.segments(scratch.text(), &mut []).expect("base64url");
        let mut claims = Claims::UNREAD;
        claims.fill(segments.payload, &mut scratch, &mut []).expect("claims");
        run(&segments, &mut Hashing::of(compact.signing_input), &mut claims)
    }

    fn keep(cache: &mut TokenCache<'_>, token: &str) {
        with(token, |segments, input, claims| {
            let known = KnownToken { digest: input.digest(), key: Thumbprint([7; 32]), position: 0 };
            cache.keep(segments, claims, known, 1);
        });
    }

    fn finds(cache: &mut TokenCache<'_>, token: &str) -> bool {
        with(token, |segments, input, claims| cache.find(segments, 1, input, claims).is_some())
    }

    // {"alg":"ES256"}.{"sub":"1"} and {"sub":"2"}; signatures of three bytes.
    const ONE: &str = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.AAAA";
    const TWO: &str = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIyIn0.BBBB";
    const ONE_SIGNED_AS_TWO: &str = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.BBBB";

    /// Whoever looks in between, as another thread might, finds nothing.
    #[test]
    fn a_slot_that_is_being_filled_is_empty() {
        let (mut slots, mut signatures) = ([CacheSlot::EMPTY; 1], [0; 3]);
        let mut cache = TokenCache::new(&mut slots, &mut signatures);
        keep(&mut cache, ONE);
        assert!(finds(&mut cache, ONE) && !finds(&mut cache, ONE_SIGNED_AS_TWO));
        cache.slots[0].vacate();
        assert!(!finds(&mut cache, ONE));
        with(TWO, |segments, _, _| cache.signatures.copy_from_slice(segments.signature));
        for token in [ONE, TWO, ONE_SIGNED_AS_TWO] {
            assert!(!finds(&mut cache, token), "{token}");
        }
        keep(&mut cache, TWO);
        assert!(finds(&mut cache, TWO) && !finds(&mut cache, ONE) && !finds(&mut cache, ONE_SIGNED_AS_TWO));
    }

    #[test]
    fn what_has_no_room_leaves_its_slot_as_it_was() {
        let long = TWO.replace("BBBB", "BBBBBBBB");
        let (mut slots, mut signatures) = ([CacheSlot::EMPTY; 1], [0; 3]);
        let mut cache = TokenCache::new(&mut slots, &mut signatures);
        keep(&mut cache, ONE);
        keep(&mut cache, &long);
        assert!(finds(&mut cache, ONE) && !finds(&mut cache, &long));
    }
}
