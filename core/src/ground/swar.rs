//! Eight bytes at a time in one register, in safe code: marks the bytes that are looked for.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The high bit of each byte that equals `byte`; exact up to and including the lowest mark.
#[inline]
pub(crate) fn equal_to(word: u64, byte: u8) -> u64 {
    let difference = word ^ ONES.wrapping_mul(u64::from(byte));
    difference.wrapping_sub(ONES) & !difference & HIGHS
}

/// The high bit of each byte below `bound`, at most 128; exact up to and including the lowest mark.
#[inline]
pub(crate) fn below(word: u64, bound: u8) -> u64 {
    word.wrapping_sub(ONES.wrapping_mul(u64::from(bound))) & !word & HIGHS
}

/// The high bit of each quote, backslash or control character; exact up to and including the lowest mark.
#[inline]
pub(crate) fn ends_plain_text(word: u64) -> u64 {
    equal_to(word, b'"') | equal_to(word, b'\\') | below(word, 0x20)
}

/// The high bit of each byte that is not ASCII.
#[cfg(all(target_pointer_width = "64", any(not(target_arch = "x86_64"), jotgate_word = "32")))]
#[inline]
pub(crate) fn not_ascii(word: u64) -> u64 {
    word & HIGHS
}

/// Which byte, counted from the lowest, holds the lowest mark.
#[inline]
pub(crate) fn first_marked(marks: u64) -> usize {
    usize::try_from(marks.trailing_zeros() / 8).unwrap_or(8)
}

/// The bytes below the lowest mark, the others zero.
#[inline]
pub(crate) fn before_first_marked(word: u64, marks: u64) -> u64 {
    // The lowest mark is the high bit of its byte: below it, all bits of the lower bytes and 7 of its own.
    let below = marks ^ marks.wrapping_sub(1);
    word & below >> 8
}

/// What stands behind the last full eight bytes, the first byte lowest, filled up with zeros.
#[inline]
pub(crate) fn tail(bytes: &[u8]) -> u64 {
    let (_, tail) = bytes.as_chunks::<8>();
    match (bytes.last_chunk::<8>(), tail) {
        (_, []) => 0,
        // Eight bytes that reach back into the last full ones, which are shifted out.
        (Some(last), tail) => {
            let excess = u32::try_from(8_usize.saturating_sub(tail.len())).unwrap_or(0);
            u64::from_le_bytes(*last).unbounded_shr(excess.saturating_mul(8))
        }
        (None, tail) => few(tail),
    }
}

/// At most seven bytes, the first lowest, filled up with zeros: halves that overlap instead of a loop.
#[inline]
fn few(bytes: &[u8]) -> u64 {
    let shift = |bytes: usize| u32::try_from(bytes).unwrap_or(0).saturating_mul(8);
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let last = u64::from(u32::from_le_bytes(*last));
        return u64::from(u32::from_le_bytes(*first))
            | last.unbounded_shl(shift(bytes.len().saturating_sub(4)));
    }
    let Some((first, last)) = bytes.first().zip(bytes.last()) else { return 0 };
    let middle = bytes.len() / 2;
    let between = u64::from(bytes.get(middle).copied().unwrap_or(0)).unbounded_shl(shift(middle));
    u64::from(*first) | between | u64::from(*last).unbounded_shl(shift(bytes.len().saturating_sub(1)))
}

/// Where `byte` stands first in fewer bytes than sixteen.
#[inline]
pub(crate) fn position_in_few(bytes: &[u8], byte: u8) -> Option<usize> {
    let at = |word: u64| {
        let marks = equal_to(word, byte);
        (marks != 0).then(|| first_marked(marks))
    };
    match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => at(u64::from_le_bytes(*first)).or_else(|| {
            // Reaches back to where nothing was found.
            at(u64::from_le_bytes(*last)).map(|at| bytes.len().saturating_sub(8).saturating_add(at))
        }),
        // What fills up is not looked for.
        _ => at(few(bytes)).filter(|at| *at < bytes.len()),
    }
}

/// Where `byte` stands last.
#[inline]
pub(crate) fn last_position(bytes: &[u8], byte: u8) -> Option<usize> {
    let (head, chunks) = bytes.as_rchunks::<8>();
    for (index, chunk) in chunks.iter().enumerate().rev() {
        // Read backwards, so that the last of the eight bytes is the lowest, where marks are exact.
        let marks = equal_to(u64::from_be_bytes(*chunk), byte);
        if marks != 0 {
            let start = head.len().saturating_add(index.saturating_mul(8));
            return Some(start.saturating_add(7_usize.saturating_sub(first_marked(marks))));
        }
    }
    head.iter().rposition(|b| *b == byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn positions_agree_with_the_plain_search(bytes in proptest::collection::vec(b'-'..b'2', 0..60)) {
            prop_assert_eq!(last_position(&bytes, b'.'), bytes.iter().rposition(|b| *b == b'.'));
        }

        #[test]
        fn positions_in_few_bytes(bytes in proptest::collection::vec(0..4_u8, 0..16), byte in 0..4_u8) {
            prop_assert_eq!(position_in_few(&bytes, byte), bytes.iter().position(|b| *b == byte));
        }

        #[test]
        fn tail_is_what_chunks_leave(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let mut last = [0; 8];
            let rest = bytes.chunks_exact(8).remainder();
            last[..rest.len()].copy_from_slice(rest);
            prop_assert_eq!(tail(&bytes), u64::from_le_bytes(last));
        }

        #[test]
        fn lowest_marks_are_exact(bytes in any::<[u8; 8]>(), byte in any::<u8>(), bound in 0..=128_u8) {
            let word = u64::from_le_bytes(bytes);
            let first = |marks: u64| (marks != 0).then(|| first_marked(marks));
            prop_assert_eq!(first(equal_to(word, byte)), bytes.iter().position(|b| *b == byte));
            prop_assert_eq!(first(below(word, bound)), bytes.iter().position(|b| *b < bound));
        }
    }
}
