//! Elements of the field of p, in Montgomery form: x is kept as x * 2^256 mod p.

use super::number::{self, Number, from_words};
use super::{FieldLimbs, safegcd};

/// An element of the field. The number is below 2^256, not always below p.
#[derive(Clone, Copy)]
pub(super) struct Element(Number);

const P: Number = from_words([u64::MAX, 0xffff_ffff, 0, 0xffff_ffff_0000_0001]);

/// 2^512 mod p: the factor that brings a number into Montgomery form.
const R_SQUARED: Number =
    from_words([0x0000_0000_0000_0003, 0xffff_fffb_ffff_ffff, 0xffff_ffff_ffff_fffe, 0x0000_0004_ffff_fffd]);

const MODULUS: safegcd::Modulus = safegcd::Modulus::new(P, 0x3fff_ffff_ffff_ffff);

impl Element {
    pub(super) const ZERO: Self = Self([0; number::LIMBS]);

    /// 2^256 mod p.
    pub(super) const ONE: Self =
        Self(from_words([1, 0xffff_ffff_0000_0000, u64::MAX, 0x0000_0000_ffff_fffe]));

    /// The element with this Montgomery form.
    #[inline(always)]
    pub(super) const fn from_montgomery(form: Number) -> Self {
        Self(form)
    }

    /// The number as it is, if it is below p.
    pub(super) fn from_number(number: &Number) -> Option<Self> {
        number::is_below(number, &P).then(|| Self(*number).times(&Self(R_SQUARED)))
    }

    /// The Montgomery form below p.
    pub(super) fn to_montgomery(self) -> Number {
        number::reduce_once(&self.0, &P)
    }

    /// 0 has two forms below 2^256.
    pub(super) fn is_zero(&self) -> bool {
        self.0 == Self::ZERO.0 || self.0 == P
    }

    pub(super) fn equals(&self, other: &Self) -> bool {
        self.minus(other).is_zero()
    }

    /// self * other; as the two below where time does not count.
    pub(super) fn times(mut self, other: &Self) -> Self {
        Called::multiply(&mut self, other);
        self
    }

    pub(super) fn squared(mut self) -> Self {
        Called::square(&mut self);
        self
    }

    pub(super) fn minus(mut self, other: &Self) -> Self {
        Called::subtract(&mut self, other);
        self
    }

    /// 1/x; 0 for 0.
    pub(super) fn inverse(&self) -> Self {
        // The inverse of a Montgomery form is divided by 2^256 twice too often: 2^512 makes up for it.
        Self(safegcd::quotient(&R_SQUARED, &self.to_montgomery(), &MODULUS))
    }
}

/// The operations in place, called or inlined: the same answers in less memory or in less time.
pub(super) trait Arithmetic {
    /// a = a * b
    fn multiply(a: &mut Element, b: &Element);
    /// a = a * a
    fn square(a: &mut Element);
    /// a = a + b
    fn add(a: &mut Element, b: &Element);
    /// a = a - b
    fn subtract(a: &mut Element, b: &Element);
}

/// One copy in the program.
pub(super) struct Called;

/// A copy at each place, made of the instructions that the caller is compiled for.
#[cfg(any(test, target_pointer_width = "64"))]
pub(super) struct Inlined;

impl Arithmetic for Called {
    #[inline(never)]
    fn multiply(a: &mut Element, b: &Element) {
        FieldLimbs::multiply(&mut a.0, &b.0);
    }

    #[inline(never)]
    fn square(a: &mut Element) {
        FieldLimbs::square(&mut a.0);
    }

    #[inline(never)]
    fn add(a: &mut Element, b: &Element) {
        FieldLimbs::add(&mut a.0, &b.0);
    }

    #[inline(never)]
    fn subtract(a: &mut Element, b: &Element) {
        FieldLimbs::subtract(&mut a.0, &b.0);
    }
}

#[cfg(any(test, target_pointer_width = "64"))]
impl Arithmetic for Inlined {
    #[inline(always)]
    fn multiply(a: &mut Element, b: &Element) {
        FieldLimbs::multiply(&mut a.0, &b.0);
    }

    #[inline(always)]
    fn square(a: &mut Element) {
        FieldLimbs::square(&mut a.0);
    }

    #[inline(always)]
    fn add(a: &mut Element, b: &Element) {
        FieldLimbs::add(&mut a.0, &b.0);
    }

    #[inline(always)]
    fn subtract(a: &mut Element, b: &Element) {
        FieldLimbs::subtract(&mut a.0, &b.0);
    }
}

#[cfg(test)]
#[path = "field_tests.rs"]
mod tests;
