//! Numbers of 256 bits modulo the field's prime p, in limbs: the arithmetic that depends on the width of a limb.
//!
//! p = 2^255 - 19 (RFC 8032, section 5.1). Every number here is below 2^256 = 2 p + 38, not always below p: an element
//! of the field has two forms, and those below 38 have three.

/// The four operations, on `[u64; 4]` and on `[u32; 8]`, least significant limb first.
///
/// Operands may be any numbers below 2^256, and so are the results. Variable time.
pub(crate) trait FieldLimbs: Copy {
    /// a * b mod p.
    fn product(a: &Self, b: &Self) -> Self;

    /// a * a mod p.
    fn square(a: &Self) -> Self;

    /// a + b mod p.
    fn sum(a: &Self, b: &Self) -> Self;

    /// a - b mod p.
    fn difference(a: &Self, b: &Self) -> Self;
}
