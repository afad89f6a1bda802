//! The field of Ed25519: p = 2^255 - 19 (RFC 8032, section 5.1).
//!
//! Every number here is below 2^256 = 2 p + 38, not always below p: an element of the field has two forms, and those below
//! 38 have three.

/// The field of p, for [`FieldLimbs`](crate::number::FieldLimbs).
pub(crate) struct Field25519;
