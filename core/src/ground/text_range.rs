//! Where a text stands in another one: what can be kept when the other one is not.

use core::num::NonZeroU16;

/// A text of at most 65,534 bytes, by its position in another one. Four bytes, also where there may be none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TextRange {
    start: u16,
    len_and_one: NonZeroU16,
}

const _: () = assert!(size_of::<Option<TextRange>>() == 4);

impl TextRange {
    /// Where `text` stands in `whole`; `None` when it stands elsewhere, as one does that had escapes.
    #[inline]
    pub(crate) fn of(text: &str, whole: &[u8]) -> Option<Self> {
        let start = text.as_ptr().addr().checked_sub(whole.as_ptr().addr())?;
        whole.get(start..)?.get(..text.len())?;
        let len_and_one = u16::try_from(text.len().checked_add(1)?).ok().and_then(NonZeroU16::new)?;
        Some(Self { start: u16::try_from(start).ok()?, len_and_one })
    }

    /// What stands there.
    #[inline]
    pub(crate) fn text(self, whole: &str) -> Option<&str> {
        let len = usize::from(self.len_and_one.get()).checked_sub(1)?;
        whole.get(usize::from(self.start)..)?.get(..len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_again_and_nothing_else_is() {
        let whole = "zo\u{eb} and others";
        let range = |text| TextRange::of(text, whole.as_bytes());
        for text in [whole, &whole[..4], &whole[4..], &whole[5..8], &whole[4..4]] {
            assert_eq!(range(text).and_then(|range| range.text(whole)), Some(text));
        }
        let other = std::string::String::from("and");
        assert_eq!(range(&other), None);
        assert_eq!(range(&whole[5..8]).and_then(|range| range.text("zo\u{eb}")), None);
        // In the middle of a character.
        assert_eq!(range(&whole[4..5]).and_then(|range| range.text("and\u{eb}\u{eb}")), None);
    }

    #[test]
    fn far_places_are_not_kept() {
        let whole = "a".repeat(70_000);
        assert!(TextRange::of(&whole[65_535..65_536], whole.as_bytes()).is_some());
        assert!(TextRange::of(&whole[65_536..65_537], whole.as_bytes()).is_none());
        assert!(TextRange::of(&whole[..65_534], whole.as_bytes()).is_some());
        assert!(TextRange::of(&whole[..65_535], whole.as_bytes()).is_none());
        assert!(TextRange::of(&whole, whole.as_bytes()).is_none());
    }
}
