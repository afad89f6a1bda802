//! The limb that this machine computes with, and the types that go with it.

/// One limb of a number: the machine's word.
pub(crate) use crate::Word as Limb;

/// A limb with a sign.
#[cfg(all(target_pointer_width = "64", not(jotgate_word = "32")))]
pub(crate) type Signed = i64;
/// A limb with a sign.
#[cfg(any(not(target_pointer_width = "64"), jotgate_word = "32"))]
pub(crate) type Signed = i32;

/// Holds the sum of four products of two signed limbs that have two bits to spare.
#[cfg(all(target_pointer_width = "64", not(jotgate_word = "32")))]
pub(crate) type Wide = i128;
/// Holds the sum of four products of two signed limbs that have two bits to spare.
#[cfg(any(not(target_pointer_width = "64"), jotgate_word = "32"))]
pub(crate) type Wide = i64;
