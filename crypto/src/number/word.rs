//! The machine word of big-number arithmetic: 64 bits where pointers have 64, else 32.
//!
//! Tests run a second time with `--cfg jotgate_word="32" --cfg jotgate_test`: on a machine of 64 bits, too, words
//! have 32 bits then.

/// One limb of a number. Numbers are slices of words, least significant word first.
#[cfg(all(target_pointer_width = "64", not(jotgate_word = "32")))]
pub type Word = u64;
/// One limb of a number. Numbers are slices of words, least significant word first.
#[cfg(any(not(target_pointer_width = "64"), jotgate_word = "32"))]
pub type Word = u32;

/// Bytes of a word.
pub(crate) const WORD_LEN: usize = core::mem::size_of::<Word>();

/// The words of a big-endian number, least significant first: one per `WORD_LEN` bytes, rounded up.
pub(crate) fn words_from_be(
    bytes: &[u8],
) -> impl DoubleEndedIterator<Item = Word> + ExactSizeIterator + Clone + '_ {
    bytes
        .rchunks(WORD_LEN)
        .map(|chunk| chunk.iter().fold(0, |word: Word, &byte| (word << 8) | Word::from(byte)))
}

/// The bytes of a number, most significant first: `WORD_LEN` per word.
pub(crate) fn bytes_be(words: &[Word]) -> impl Iterator<Item = u8> + Clone + '_ {
    words.iter().rev().flat_map(|word| word.to_be_bytes())
}

/// Overwrites the items of `target`, as far as `source` reaches.
pub(crate) fn fill<'a, T: 'a>(
    target: impl IntoIterator<Item = &'a mut T>,
    source: impl IntoIterator<Item = T>,
) {
    for (target, item) in target.into_iter().zip(source) {
        *target = item;
    }
}
