//! The field of Ed25519: p = 2^255 - 19 (RFC 8032, section 5.1).
//!
//! Every number here is below 2^256 = 2 p + 38, not always below p: an element of the field has two forms, and those below
//! 38 have three.

use crate::number::words_from_hex;

/// p, in words of 64 bits.
pub(crate) const P_WORDS: [u64; 4] =
    words_from_hex("7fffffff ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff ffffffed");

/// The field of p, for [`FieldLimbs`](crate::number::FieldLimbs).
pub(crate) struct Field25519;
