//! Searches through text, as many bytes at a time as one register holds, in safe code.

use super::swar;
use block::LEN;

/// Bytes up to the next quote, backslash, control character or the end.
#[inline]
pub(crate) fn plain_len(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((chunk, behind)) = rest.split_first_chunk::<LEN>() {
        if let Some(at) = block::first_special(chunk) {
            return bytes.len().saturating_sub(rest.len()).saturating_add(at);
        }
        rest = behind;
    }
    bytes.len().saturating_sub(rest.len()).saturating_add(last_plain_len(rest))
}

/// The same for the last few bytes of a text.
#[cold]
fn last_plain_len(rest: &[u8]) -> usize {
    rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20)).count()
}

/// Whether all bytes are ASCII characters that can be seen, or spaces; no quote, no backslash.
#[inline]
pub(crate) fn is_visible(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some((chunk, behind)) = rest.split_first_chunk::<LEN>() {
        if !block::is_visible(chunk) {
            return false;
        }
        rest = behind;
    }
    rest.iter().all(|byte| matches!(byte, 0x20..=0x21 | 0x23..=0x5b | 0x5d..=0x7e))
}

/// Whether all bytes are ASCII letters.
#[inline]
pub(crate) fn is_letters(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some((chunk, behind)) = rest.split_first_chunk::<LEN>() {
        if !block::is_letters(chunk) {
            return false;
        }
        rest = behind;
    }
    match bytes.last_chunk::<LEN>() {
        // Reaches back to where there are letters.
        Some(last) => block::is_letters(last),
        None => rest.iter().all(u8::is_ascii_alphabetic),
    }
}

/// Where `byte` stands first.
#[inline]
pub(crate) fn position(bytes: &[u8], byte: u8) -> Option<usize> {
    let mut rest = bytes;
    while let Some((chunk, behind)) = rest.split_first_chunk::<LEN>() {
        if let Some(at) = block::first(chunk, byte) {
            return Some(bytes.len().saturating_sub(rest.len()).saturating_add(at));
        }
        rest = behind;
    }
    match bytes.last_chunk::<LEN>() {
        // Reaches back to where nothing was found.
        Some(last) => block::first(last, byte).map(|at| bytes.len().saturating_sub(LEN).saturating_add(at)),
        None => swar::position_in_few(rest, byte),
    }
}

#[cfg(target_arch = "x86_64")]
mod block {
    use jotgate_crypto::Sixteen;

    pub(super) const LEN: usize = 16;

    /// The first quote, backslash or control character.
    #[inline]
    pub(super) fn first_special(chunk: &[u8; LEN]) -> Option<usize> {
        let bytes = Sixteen::load(chunk);
        (bytes.equal_to(b'"') | bytes.equal_to(b'\\') | bytes.at_most(0x1f)).first_marked()
    }

    #[inline]
    pub(super) fn is_visible(chunk: &[u8; LEN]) -> bool {
        let bytes = Sixteen::load(chunk);
        let special = bytes.equal_to(b'"') | bytes.equal_to(b'\\');
        (special | bytes.at_most(0x1f) | bytes.at_least(0x7f)).first_marked().is_none()
    }

    #[inline]
    pub(super) fn is_letters(chunk: &[u8; LEN]) -> bool {
        let bytes = Sixteen::load(chunk).in_lower_case();
        (bytes.at_most(b'a' - 1) | bytes.at_least(b'z' + 1)).first_marked().is_none()
    }

    #[inline]
    pub(super) fn first(chunk: &[u8; LEN], byte: u8) -> Option<usize> {
        Sixteen::load(chunk).equal_to(byte).first_marked()
    }
}

#[cfg(not(target_arch = "x86_64"))]
mod block {
    use crate::ground::swar;

    pub(super) const LEN: usize = 8;

    /// The first quote, backslash or control character.
    #[inline]
    pub(super) fn first_special(chunk: &[u8; LEN]) -> Option<usize> {
        lowest(swar::ends_plain_text(u64::from_le_bytes(*chunk)))
    }

    #[inline]
    pub(super) fn is_visible(chunk: &[u8; LEN]) -> bool {
        let word = u64::from_le_bytes(*chunk);
        swar::ends_plain_text(word) | swar::equal_to(word, 0x7f) | swar::not_ascii(word) == 0
    }

    #[inline]
    pub(super) fn is_letters(chunk: &[u8; LEN]) -> bool {
        chunk.iter().all(u8::is_ascii_alphabetic)
    }

    #[inline]
    pub(super) fn first(chunk: &[u8; LEN], byte: u8) -> Option<usize> {
        lowest(swar::equal_to(u64::from_le_bytes(*chunk), byte))
    }

    #[inline]
    fn lowest(marks: u64) -> Option<usize> {
        (marks != 0).then(|| swar::first_marked(marks))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn positions_agree_with_the_plain_search(bytes in proptest::collection::vec(b'-'..b'2', 0..60)) {
            prop_assert_eq!(position(&bytes, b'.'), bytes.iter().position(|b| *b == b'.'));
        }

        #[test]
        fn plain_text_ends_where_the_plain_search_says(
            mut bytes in proptest::collection::vec(b'#'..b'[', 0..60),
            at in 0..60_usize,
            byte in any::<u8>(),
        ) {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            prop_assert_eq!(plain_len(&bytes), last_plain_len(&bytes));
            let visible = |byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
            prop_assert_eq!(is_visible(&bytes), bytes.iter().all(visible));
        }

        #[test]
        fn letters(mut bytes in proptest::collection::vec(b'A'..=b'Z', 0..40), at in 0..40_usize, byte in any::<u8>()) {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            prop_assert_eq!(is_letters(&bytes), bytes.iter().all(u8::is_ascii_alphabetic));
        }
    }
}
