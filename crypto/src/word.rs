//! The machine word of big-number arithmetic: 64 bits where pointers have 64, else 32.

/// One limb of a number. Numbers are slices of words, least significant word first.
#[cfg(target_pointer_width = "64")]
pub type Word = u64;
/// One limb of a number. Numbers are slices of words, least significant word first.
#[cfg(not(target_pointer_width = "64"))]
pub type Word = u32;

/// Holds the product of two words and two carries.
#[cfg(target_pointer_width = "64")]
pub(crate) type DoubleWord = u128;
#[cfg(not(target_pointer_width = "64"))]
pub(crate) type DoubleWord = u64;

/// Octets of a word.
pub(crate) const WORD_LEN: usize = core::mem::size_of::<Word>();
