//! Bytes kept in lent words, so that keys, key ids and names share one arena.

use crate::ground::fingerprint::Fingerprint;
use jotgate_crypto::Word;

const WORD_LEN: usize = size_of::<Word>();

/// Some bytes in words: eight (or four) to a word, the last one filled up with zeros.
#[derive(Clone, Copy)]
pub(crate) struct Packed<'m> {
    words: &'m [Word],
    len: usize,
}

impl<'m> Packed<'m> {
    /// Words that so many bytes take.
    pub(crate) fn words(bytes: usize) -> usize {
        bytes.div_ceil(WORD_LEN)
    }

    /// Copies `bytes` into words from the front of `arena`; `None` when too few are left.
    pub(crate) fn store(bytes: &[u8], arena: &mut &'m mut [Word]) -> Option<Self> {
        let words = arena.split_off_mut(..Self::words(bytes.len()))?;
        for (word, chunk) in words.iter_mut().zip(bytes.chunks(WORD_LEN)) {
            *word = word_of(chunk);
        }
        Some(Self { words, len: bytes.len() })
    }

    /// The same as [`Fingerprint::of`] the bytes.
    pub(crate) fn fingerprint(&self) -> u64 {
        let bytes = self.words.iter().flat_map(|word| word.to_le_bytes());
        Fingerprint::of_iter(bytes.take(self.len))
    }

    /// Copies the bytes; `None` when the buffer is too short.
    pub(crate) fn copy<'b>(&self, buffer: &'b mut [u8]) -> Option<&'b [u8]> {
        let copy = buffer.get_mut(..self.len)?;
        let bytes = self.words.iter().flat_map(|word| word.to_le_bytes());
        copy.iter_mut().zip(bytes).for_each(|(place, byte)| *place = byte);
        Some(copy)
    }

    /// The same bytes at the same place, not only equal ones.
    pub(crate) fn lies_where(&self, other: &Self) -> bool {
        core::ptr::eq(self.words, other.words) && self.len == other.len
    }

    /// Compares without unpacking.
    pub(crate) fn equals(&self, bytes: &[u8]) -> bool {
        let (full, rest) = bytes.as_chunks::<WORD_LEN>();
        let Some((words, last)) = self.words.split_at_checked(full.len()) else { return false };
        self.len == bytes.len()
            && words.iter().zip(full).all(|(word, chunk)| *word == Word::from_le_bytes(*chunk))
            && last.first().is_none_or(|word| *word == word_of(rest))
    }
}

#[inline]
fn word_of(chunk: &[u8]) -> Word {
    let mut bytes = [0; WORD_LEN];
    bytes.iter_mut().zip(chunk).for_each(|(place, byte)| *place = *byte);
    Word::from_le_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn equals_itself_and_nothing_else(one in "[ab\0]{0,20}", other in "[ab\0]{0,20}") {
            let mut memory = [0; 20];
            let mut arena = &mut memory[..];
            let packed = Packed::store(one.as_bytes(), &mut arena).expect("fits");
            prop_assert!(packed.equals(one.as_bytes()));
            let (mut enough, mut short) = ([0; 20], [0; 4]);
            prop_assert_eq!(packed.copy(&mut enough), Some(one.as_bytes()));
            prop_assert_eq!(packed.copy(&mut short).is_some(), one.len() <= 4);
            prop_assert_eq!(packed.equals(other.as_bytes()), one == other);
        }
    }

    #[test]
    fn arena_that_is_too_small_is_left_alone() {
        let mut memory = [0; 1];
        let mut arena = &mut memory[..];
        assert!(Packed::store(&[1; 9], &mut arena).is_none());
        assert_eq!(arena.len(), 1);
    }
}
