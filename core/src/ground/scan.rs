//! Searches through text, as many bytes at a time as one register holds, in safe code.

use super::swar;
use block::LEN;
pub(crate) use block::last_position;

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
    all(bytes, block::is_visible, |byte| matches!(byte, 0x20..=0x21 | 0x23..=0x5b | 0x5d..=0x7e))
}

/// Whether all bytes are ASCII letters.
#[inline]
pub(crate) fn is_letters(bytes: &[u8]) -> bool {
    all(bytes, block::is_letters, u8::is_ascii_alphabetic)
}

/// Whether all bytes are those of token68 (RFC 9110, section 11.2) but for its padding.
#[inline]
pub(crate) fn is_token68_body(bytes: &[u8]) -> bool {
    all(bytes, block::is_token68_body, is_token68)
}

fn is_token68(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/')
}

#[inline]
fn all(bytes: &[u8], block: impl Fn(&[u8; LEN]) -> bool, byte: impl Fn(&u8) -> bool) -> bool {
    let (blocks, rest) = bytes.as_chunks::<LEN>();
    blocks.iter().all(&block)
        && match bytes.last_chunk::<LEN>() {
            // Reaches back to where all is well.
            Some(last) => block(last),
            None => rest.iter().all(byte),
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

#[cfg(all(target_arch = "x86_64", not(jotgate_word = "32")))]
mod block {
    pub(crate) use crate::ground::swar::last_position;
    use jotgate_crypto::Bytes16;

    pub(super) const LEN: usize = 16;

    /// The first quote, backslash or control character.
    #[inline]
    pub(super) fn first_special(chunk: &[u8; LEN]) -> Option<usize> {
        let bytes = Bytes16::load(chunk);
        (bytes.equal_to(b'"') | bytes.equal_to(b'\\') | bytes.at_most(0x1f)).first_marked()
    }

    #[inline]
    pub(super) fn is_visible(chunk: &[u8; LEN]) -> bool {
        let bytes = Bytes16::load(chunk);
        (bytes.within(0x20, 0x21) | bytes.within(0x23, 0x5b) | bytes.within(0x5d, 0x7e)).is_all_marked()
    }

    #[inline]
    pub(super) fn is_letters(chunk: &[u8; LEN]) -> bool {
        Bytes16::load(chunk).in_lower_case().within(b'a', b'z').is_all_marked()
    }

    #[inline]
    pub(super) fn is_token68_body(chunk: &[u8; LEN]) -> bool {
        let bytes = Bytes16::load(chunk);
        let letters = bytes.in_lower_case().within(b'a', b'z');
        // `-`, `.`, `/` and the digits come one after the other.
        let digits = bytes.within(b'-', b'9');
        let others = bytes.equal_to(b'_') | bytes.equal_to(b'~') | bytes.equal_to(b'+');
        (letters | digits | others).is_all_marked()
    }

    #[inline]
    pub(super) fn first(chunk: &[u8; LEN], byte: u8) -> Option<usize> {
        Bytes16::load(chunk).equal_to(byte).first_marked()
    }
}

#[cfg(all(target_pointer_width = "64", any(not(target_arch = "x86_64"), jotgate_word = "32")))]
mod block {
    use crate::ground::swar;
    pub(crate) use swar::last_position;

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
    pub(super) fn is_token68_body(chunk: &[u8; LEN]) -> bool {
        chunk.iter().all(super::is_token68)
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

/// Where registers are narrow and flash is scarce, a byte at a time.
#[cfg(not(target_pointer_width = "64"))]
mod block {
    pub(super) const LEN: usize = 1;

    /// A quote, backslash or control character.
    pub(super) fn first_special([byte]: &[u8; LEN]) -> Option<usize> {
        matches!(byte, b'"' | b'\\' | 0..0x20).then_some(0)
    }

    pub(super) fn is_visible([byte]: &[u8; LEN]) -> bool {
        matches!(byte, 0x20..=0x21 | 0x23..=0x5b | 0x5d..=0x7e)
    }

    pub(super) fn is_letters([byte]: &[u8; LEN]) -> bool {
        byte.is_ascii_alphabetic()
    }

    pub(super) fn is_token68_body([byte]: &[u8; LEN]) -> bool {
        super::is_token68(byte)
    }

    pub(super) fn first([own]: &[u8; LEN], byte: u8) -> Option<usize> {
        (*own == byte).then_some(0)
    }

    /// Where `byte` stands last.
    pub(crate) fn last_position(bytes: &[u8], byte: u8) -> Option<usize> {
        bytes.iter().rposition(|own| *own == byte)
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
        fn classes_agree_with_the_plain_search(
            mut bytes in proptest::collection::vec(b'A'..=b'Z', 0..40),
            at in 0..40_usize,
            byte in any::<u8>(),
        ) {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            prop_assert_eq!(is_letters(&bytes), bytes.iter().all(u8::is_ascii_alphabetic));
            prop_assert_eq!(is_token68_body(&bytes), bytes.iter().all(is_token68));
        }
    }
}
