//! Numbers of 256 bits modulo the field's prime p, in limbs: the arithmetic that depends on the width of a limb.
//!
//! p = 2^256 - 2^224 + 2^192 + 2^96 - 1 (FIPS 186-5 with SP 800-186, section 3.2.1.3). Every number here is below
//! 2^256 but not always below p: 0 and p are the same element, as are 1 and p + 1. No element has three forms,
//! because 2 p > 2^256.

/// The four operations, on `[u64; 4]` and on `[u32; 8]`, least significant limb first.
///
/// Operands may be any numbers below 2^256, and so are the results. Variable time.
pub(crate) trait FieldLimbs: Copy {
    /// Becomes self * other / 2^256 mod p.
    fn multiply(&mut self, other: &Self);

    /// Becomes self * self / 2^256 mod p.
    fn square(&mut self);

    /// Becomes self + other mod p.
    fn add(&mut self, other: &Self);

    /// Becomes self - other mod p.
    fn subtract(&mut self, other: &Self);
}
