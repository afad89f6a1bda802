//! Headers that were read before: a signer writes the same bytes before every token.
//!
//! What is remembered is the reading alone, which is a function of the bytes: equal bytes need no second one,
//! whatever keys, policies and times have become. Only headers of good signatures are kept, so strangers cannot
//! crowd the others out.
//!
//! A slot is emptied first and filled last, and looked at once more when all is read, as those of a
//! [`TokenCache`](crate::TokenCache) are, for the same reason.

use super::header::Header;
use crate::ground::text_range::TextRange;
use core::sync::atomic::{Ordering, fence};

/// Longest header segment that is kept, characters. Seen: 60 to 150.
const LONGEST: usize = 192;

/// Room for one header, to be lent as an array: one for each key that signs now, and one more to rotate.
#[derive(Clone, Copy)]
pub struct HeaderSlot {
    segment: [u8; LONGEST],
    len: u8,
    header: Option<Header<TextRange>>,
}

const _: () = assert!(size_of::<HeaderSlot>() == 210, "the size that the documentation gives");

impl HeaderSlot {
    /// Room that nobody uses yet, 210 bytes.
    pub const EMPTY: Self = Self { segment: [0; LONGEST], len: 0, header: None };

    /// It holds a header, and this is its segment.
    fn is_of(&self, segment: &[u8]) -> bool {
        self.len > 0 && self.segment.get(..usize::from(self.len)) == Some(segment)
    }

    fn vacate(&mut self) {
        self.len = 0;
        fence(Ordering::Release);
    }

    fn fill(&mut self, header: Header<TextRange>, len: u8) {
        self.header = Some(header);
        fence(Ordering::Release);
        self.len = len;
    }
}

/// The headers that one worker knows.
pub(crate) struct KnownHeaders<'w> {
    slots: &'w mut [HeaderSlot],
    /// The slot to be used next: the oldest.
    next: usize,
    find: Find,
    keep: Keep,
}

/// What [`KnownHeaders::find`] and [`KnownHeaders::keep`] are, brought along as by a
/// [`TokenCache`](crate::TokenCache).
type Find = for<'s> fn(&KnownHeaders<'_>, &[u8], &'s [u8]) -> Option<Header<&'s str>>;
type Keep = fn(&mut KnownHeaders<'_>, &[u8], &[u8], &Header<&str>);

impl<'w> KnownHeaders<'w> {
    pub(crate) const fn new(slots: &'w mut [HeaderSlot]) -> Self {
        Self {
            slots,
            next: 0,
            find: |known, segment, json| known.find_by_segment(segment, json),
            keep: |known, segment, json, header| known.keep_in_slot(segment, json, header),
        }
    }

    /// What the header says, if its segment is known. `json` is the segment decoded.
    #[inline]
    pub(crate) fn find<'s>(&self, segment: &[u8], json: &'s [u8]) -> Option<Header<&'s str>> {
        (self.find)(self, segment, json)
    }

    /// Remembers a header that was read, in place of the oldest; not one that is too long, or has escapes in a string
    /// that matters.
    #[inline]
    pub(crate) fn keep(&mut self, segment: &[u8], json: &[u8], header: &Header<&str>) {
        (self.keep)(self, segment, json, header);
    }

    fn find_by_segment<'s>(&self, segment: &[u8], json: &'s [u8]) -> Option<Header<&'s str>> {
        let slot = self.slots.iter().find(|slot| slot.is_of(segment))?;
        let header = slot.header?;
        fence(Ordering::Acquire);
        let json = core::str::from_utf8(json).ok().filter(|_| slot.is_of(segment))?;
        header.map(|range| range.text(json))
    }

    fn keep_in_slot(&mut self, segment: &[u8], json: &[u8], header: &Header<&str>) {
        if self.slots.iter().any(|slot| slot.is_of(segment)) {
            return;
        }
        let (Some(slot), Some(header)) =
            (self.slots.get_mut(self.next), header.map(|text| TextRange::of(text, json)))
        else {
            return;
        };
        let Ok(len) = u8::try_from(segment.len()) else { return };
        if segment.len() > slot.segment.len() {
            return;
        }
        slot.vacate();
        slot.segment.iter_mut().zip(segment).for_each(|(place, byte)| *place = *byte);
        slot.fill(header, len);
        self.next = self.next.saturating_add(1).checked_rem(self.slots.len()).unwrap_or(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scratch;

    fn read<'s>(json: &'s [u8], text: &'s mut [u8], names: &'s mut [u64]) -> Header<&'s str> {
        Header::read(json, &mut Scratch::new(text, names), &mut []).expect("lawful")
    }

    /// The segment stands for the text here: only its bytes matter.
    fn kept<'w>(slots: &'w mut [HeaderSlot], headers: &[&[u8]]) -> KnownHeaders<'w> {
        let mut known = KnownHeaders::new(slots);
        for json in headers {
            let (mut text, mut names) = ([0; 64], [0; 8]);
            known.keep(json, json, &read(json, &mut text, &mut names));
        }
        known
    }

    #[test]
    fn finds_what_reading_says() {
        for json in [
            &br#"{"alg":"ES256","typ":"at+jwt","kid":"a"}"#[..],
            br#"{"kid":"","alg":"RS256"}"#,
            br#"{"alg":"PS384","jku":"https://x.example"}"#,
            br#"{"alg":"EdDSA","cty":"JWT","typ":"JWT"}"#,
        ] {
            let mut slots = [HeaderSlot::EMPTY; 2];
            let known = kept(&mut slots, &[json]);
            let (mut text, mut names) = ([0; 64], [0; 8]);
            let found = known.find(json, json).expect("kept");
            assert_eq!(found, read(json, &mut text, &mut names));
            assert!(known.find(&json[1..], json).is_none());
        }
    }

    #[test]
    fn escapes_and_long_segments_are_not_kept() {
        let escaped = br#"{"alg":"ES256","kid":"\u0061"}"#;
        let mut slots = [HeaderSlot::EMPTY; 1];
        assert!(kept(&mut slots, &[escaped]).find(escaped, escaped).is_none());
        let spaces = |len: usize| [&br#"{"alg":"ES256"}"#[..], &std::vec![b' '; len - 15]].concat();
        let (longest, longer) = (spaces(LONGEST), spaces(LONGEST + 1));
        assert!(kept(&mut slots, &[&longest]).find(&longest, &longest).is_some());
        assert!(kept(&mut slots, &[&longer]).find(&longer, &longer).is_none());
    }

    #[test]
    fn the_oldest_makes_room() {
        let headers: [&[u8]; 3] = [
            br#"{"alg":"ES256","kid":"a"}"#,
            br#"{"alg":"ES256","kid":"b"}"#,
            br#"{"alg":"ES256","kid":"c"}"#,
        ];
        let mut slots = [HeaderSlot::EMPTY; 2];
        let known = kept(&mut slots, &headers);
        assert_eq!(headers.map(|json| known.find(json, json).is_some()), [false, true, true]);
        assert!(kept(&mut [], &headers).find(headers[0], headers[0]).is_none());
    }

    #[test]
    fn a_slot_that_is_being_filled_is_empty() {
        let (one, two) = (&br#"{"alg":"ES256"}"#[..], &br#"{"alg":"RS256"}"#[..]);
        let mut slots = [HeaderSlot::EMPTY; 1];
        let known = kept(&mut slots, &[one]);
        assert!(known.find(one, one).is_some());
        known.slots[0].vacate();
        known.slots[0].segment[..two.len()].copy_from_slice(two);
        for json in [one, two, b""] {
            assert!(known.find(json, json).is_none());
        }
    }

    #[test]
    fn room_that_nobody_uses_matches_nothing() {
        assert!(KnownHeaders::new(&mut [HeaderSlot::EMPTY]).find(b"", b"").is_none());
    }
}
