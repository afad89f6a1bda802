//! Elements of the field of p, in Montgomery form: x is kept as x R mod p.

use super::Curve;
use crate::number::{self, FieldLimbs, Number};

/// An element of the curve's field. The number is not always below p.
#[derive(Clone, Copy)]
pub(super) struct Element<C: Curve>(C::Number);

impl<C: Curve> Element<C> {
    pub(super) const ZERO: Self = Self(C::Number::ZERO);

    pub(super) const ONE: Self = Self(C::PARAMETERS.one);

    /// The element with this Montgomery form.
    #[inline(always)]
    pub(super) const fn from_montgomery(form: C::Number) -> Self {
        Self(form)
    }

    /// The number as it is, if it is below p.
    pub(super) fn from_number(number: &C::Number) -> Option<Self> {
        let is_below = number::is_below(number, &C::PARAMETERS.p);
        is_below.then(|| Self(*number).times(&Self(C::PARAMETERS.r_squared)))
    }

    /// The Montgomery form below p.
    pub(super) fn to_montgomery(self) -> C::Number {
        number::reduce_once(&self.0, &C::PARAMETERS.p)
    }

    /// 0 has two forms.
    pub(super) fn is_zero(&self) -> bool {
        self.0 == Self::ZERO.0 || self.0 == C::PARAMETERS.p
    }

    pub(super) fn equals(&self, other: &Self) -> bool {
        self.minus(other).is_zero()
    }

    /// self * other; as the three below where time does not count.
    pub(super) fn times(mut self, other: &Self) -> Self {
        Called::multiply(&mut self, other);
        self
    }

    pub(super) fn squared(mut self) -> Self {
        Called::square(&mut self);
        self
    }

    pub(super) fn plus(mut self, other: &Self) -> Self {
        Called::add(&mut self, other);
        self
    }

    pub(super) fn minus(mut self, other: &Self) -> Self {
        Called::subtract(&mut self, other);
        self
    }

    /// 1/x; 0 for 0.
    pub(super) fn inverse(&self) -> Self {
        // The inverse of a Montgomery form is divided by R twice too often: R^2 makes up for it.
        Self(C::quotient_modulo_p(&C::PARAMETERS.r_squared, &self.to_montgomery()))
    }
}

/// The operations in place, called or inlined: the same answers in less memory or in less time.
pub(super) trait Arithmetic {
    /// a = a * b
    fn multiply<C: Curve>(a: &mut Element<C>, b: &Element<C>);
    /// a = a * a
    fn square<C: Curve>(a: &mut Element<C>);
    /// a = a + b
    fn add<C: Curve>(a: &mut Element<C>, b: &Element<C>);
    /// a = a - b
    fn subtract<C: Curve>(a: &mut Element<C>, b: &Element<C>);
}

/// One copy in the program, for each curve.
pub(super) struct Called;

/// A copy at each place, made of the instructions that the caller is compiled for.
#[cfg(any(test, all(target_pointer_width = "64", not(jotgate_word = "32"))))]
pub(super) struct Inlined;

#[cfg(any(not(target_pointer_width = "64"), jotgate_word = "32"))]
pub(super) use Called as Preferred;
/// On machines with 64 bits time comes first, on others memory.
#[cfg(all(target_pointer_width = "64", not(jotgate_word = "32")))]
pub(super) use Inlined as Preferred;

impl Arithmetic for Called {
    #[inline(never)]
    fn multiply<C: Curve>(a: &mut Element<C>, b: &Element<C>) {
        FieldLimbs::<C>::multiply(&mut a.0, &b.0);
    }

    #[inline(never)]
    fn square<C: Curve>(a: &mut Element<C>) {
        FieldLimbs::<C>::square(&mut a.0);
    }

    #[inline(never)]
    fn add<C: Curve>(a: &mut Element<C>, b: &Element<C>) {
        FieldLimbs::<C>::add(&mut a.0, &b.0);
    }

    #[inline(never)]
    fn subtract<C: Curve>(a: &mut Element<C>, b: &Element<C>) {
        FieldLimbs::<C>::subtract(&mut a.0, &b.0);
    }
}

#[cfg(any(test, all(target_pointer_width = "64", not(jotgate_word = "32"))))]
impl Arithmetic for Inlined {
    #[inline(always)]
    fn multiply<C: Curve>(a: &mut Element<C>, b: &Element<C>) {
        FieldLimbs::<C>::multiply(&mut a.0, &b.0);
    }

    #[inline(always)]
    fn square<C: Curve>(a: &mut Element<C>) {
        FieldLimbs::<C>::square(&mut a.0);
    }

    #[inline(always)]
    fn add<C: Curve>(a: &mut Element<C>, b: &Element<C>) {
        FieldLimbs::<C>::add(&mut a.0, &b.0);
    }

    #[inline(always)]
    fn subtract<C: Curve>(a: &mut Element<C>, b: &Element<C>) {
        FieldLimbs::<C>::subtract(&mut a.0, &b.0);
    }
}

#[cfg(test)]
mod tests;
