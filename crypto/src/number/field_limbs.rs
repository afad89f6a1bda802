//! Numbers modulo the prime p of a curve's field, in limbs: the arithmetic that depends on p and on the width of a limb.

/// The four operations on numbers of as many bits as p, in limbs of 64 bits and of 32, least significant limb first.
///
/// Operands may be any numbers that the limbs hold, not only those below p, and so are the results: 0 and p are the
/// same element, as are 1 and p + 1. No element has three forms, because 2 p > 2^bits. Variable time.
pub(crate) trait FieldLimbs: Copy {
    /// Becomes self * other / 2^bits mod p.
    fn multiply(&mut self, other: &Self);

    /// Becomes self * self / 2^bits mod p.
    fn square(&mut self);

    /// Becomes self + other mod p.
    fn add(&mut self, other: &Self);

    /// Becomes self - other mod p.
    fn subtract(&mut self, other: &Self);
}
