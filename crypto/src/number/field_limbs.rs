//! Numbers modulo the prime p of a field, in limbs: the arithmetic that depends on p and on the width of a limb.

/// The four operations of the field `F`, on numbers in limbs of 64 bits and of 32, least significant limb first.
///
/// Operands may be any numbers that the limbs hold, not only those below p, and so are the results: 0 and p are the
/// same element. A product is a product of forms: over P-256 and P-384, whose elements are kept in Montgomery form, it is
/// divided by 2^bits, for the bits of a number. Variable time.
pub(crate) trait FieldLimbs<F>: Copy {
    /// Becomes self * other mod p.
    fn multiply(&mut self, other: &Self);

    /// Becomes self * self mod p.
    fn square(&mut self);

    /// Becomes self + other mod p.
    fn add(&mut self, other: &Self);

    /// Becomes self - other mod p.
    fn subtract(&mut self, other: &Self);
}
