//! Points of y^2 = x^3 - 3 x + b (SP 800-186, section 2.1.1).

use super::Curve;
use super::field::{Arithmetic, Called, Element};
use crate::CacheLine;
use crate::comb::Sign;
use crate::number::{self, Limb, Number};

/// A point that is not infinity, by its coordinates. Coordinates that are kept have Montgomery forms below p.
#[derive(Clone, Copy)]
pub(crate) struct Affine<C: Curve> {
    pub(super) x: Element<C>,
    pub(super) y: Element<C>,
}

/// A point (X/ZZ, Y/ZZZ) with ZZ^3 = ZZZ^2: the coordinates called XYZZ. ZZ = 0 is infinity.
///
/// The formulas are madd-2008-s and dbl-2008-s-1 of the Explicit-Formulas Database.
#[derive(Clone, Copy)]
pub(crate) struct Xyzz<C: Curve> {
    x: Element<C>,
    y: Element<C>,
    zz: Element<C>,
    zzz: Element<C>,
}

impl<C: Curve> Affine<C> {
    /// The generator G.
    pub(crate) const GENERATOR: Self = {
        let [x, y] = C::PARAMETERS.generator;
        Self { x: Element::from_montgomery(x), y: Element::from_montgomery(y) }
    };

    /// The point with these coordinates, big-endian, if they have as many bytes as p, both are below p and it is on
    /// the curve.
    pub(crate) fn from_coordinates(x: &[u8], y: &[u8]) -> Option<Self> {
        let x = Element::from_number(&number::from_be(x)?)?;
        let y = Element::from_number(&number::from_be(y)?)?;
        // y^2 - b = x (x^2 - 3)
        let three = Element::ONE.plus(&Element::ONE).plus(&Element::ONE);
        let cubic = x.times(&x.squared().minus(&three));
        let b = Element::from_montgomery(C::PARAMETERS.b);
        y.squared().minus(&b).equals(&cubic).then(|| Self { x, y }.canonical())
    }

    /// Both Montgomery forms.
    pub(crate) fn forms(&self) -> [C::Number; 2] {
        [self.x.to_montgomery(), self.y.to_montgomery()]
    }

    /// The point with these limbs, `[ x | y ]` as [`forms`](Self::forms) gives them, if they are as many.
    pub(crate) fn from_limbs(limbs: &[Limb]) -> Option<Self> {
        let (x, y) = limbs.split_at_checked(C::Number::LIMBS)?;
        let (x, y) = (C::Number::of(x)?, C::Number::of(y)?);
        Some(Self { x: Element::from_montgomery(*x), y: Element::from_montgomery(*y) })
    }

    /// As it lies in a table.
    #[inline(always)]
    pub(super) fn from_entry(lines: &[CacheLine], at: usize) -> Option<Self> {
        let [x, y] = C::entry(lines, at)?;
        Some(Self { x: Element::from_montgomery(x), y: Element::from_montgomery(y) })
    }

    /// Into a table, both coordinates below p.
    pub(super) fn set_entry(&self, lines: &mut [CacheLine], at: usize) {
        let [x, y] = self.forms();
        C::set_entry(lines, at, [&x, &y]);
    }

    fn canonical(self) -> Self {
        let [x, y] = self.forms();
        Self { x: Element::from_montgomery(x), y: Element::from_montgomery(y) }
    }

    /// The second coordinate of the point or of its negative.
    #[inline(always)]
    fn signed_y<A: Arithmetic>(&self, sign: Sign) -> Element<C> {
        // Both, and no branch: signs are as good as random.
        let mut negative = Element::ZERO;
        A::subtract(&mut negative, &self.y);
        match sign {
            Sign::Plus => self.y,
            Sign::Minus => negative,
        }
    }

    /// -self
    pub(super) fn negative(&self) -> Self {
        Self { x: self.x, y: Element::ZERO.minus(&self.y) }
    }

    /// self + other, through 1/(x of other - x of self).
    pub(super) fn add_with(&self, other: &Self, inverse: &Element<C>) -> Self {
        let slope = other.y.minus(&self.y).times(inverse);
        let x = slope.squared().minus(&self.x).minus(&other.x);
        let y = slope.times(&self.x.minus(&x)).minus(&self.y);
        Self { x, y }
    }
}

impl<C: Curve> Xyzz<C> {
    pub(super) const INFINITY: Self =
        Self { x: Element::ONE, y: Element::ONE, zz: Element::ZERO, zzz: Element::ZERO };

    /// The point (x/zz, y/zzz), where zz^3 = zzz^2; infinity if they are 0.
    #[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
    pub(super) fn new([x, y, zz, zzz]: [Element<C>; 4]) -> Self {
        Self { x, y, zz, zzz }
    }

    /// The point.
    pub(super) fn from_affine(point: &Affine<C>) -> Self {
        Self { x: point.x, y: point.y, zz: Element::ONE, zzz: Element::ONE }
    }

    /// Becomes the point or its negative.
    #[inline(always)]
    fn set<A: Arithmetic>(&mut self, point: &Affine<C>, sign: Sign) {
        self.x = point.x;
        self.y = point.signed_y::<A>(sign);
        self.zz = Element::ONE;
        self.zzz = Element::ONE;
    }

    pub(super) fn is_infinity(&self) -> bool {
        self.zz.is_zero()
    }

    /// Becomes 2 self, of infinity too: no point of the curve has y = 0.
    #[cfg_attr(all(target_pointer_width = "64", not(jotgate_word = "32")), inline(always))]
    #[cfg_attr(any(not(target_pointer_width = "64"), jotgate_word = "32"), inline(never))]
    pub(super) fn double<A: Arithmetic>(&mut self) {
        let Self { x, y, zz, zzz } = self;
        // M = 3 (X - ZZ) (X + ZZ)
        let (mut third, mut m) = (*x, *x);
        A::subtract(&mut third, zz);
        A::add(&mut m, zz);
        A::multiply(&mut third, &m);
        m = third;
        A::add(&mut m, &third);
        A::add(&mut m, &third);
        // U = 2 Y, V = U^2, W = U V
        let mut w = *y;
        A::add(&mut w, y);
        let mut v = w;
        A::square(&mut v);
        A::multiply(&mut w, &v);
        A::multiply(zz, &v);
        A::multiply(zzz, &w);
        // S = X V, X' = M^2 - 2 S
        let mut s = v;
        A::multiply(&mut s, x);
        *x = m;
        A::square(x);
        A::subtract(x, &s);
        A::subtract(x, &s);
        // Y' = M (S - X') - W Y
        A::subtract(&mut s, x);
        A::multiply(&mut m, &s);
        A::multiply(y, &w);
        A::subtract(&mut m, y);
        *y = m;
    }

    /// Becomes self + other, or self - other, unless self is infinity, other or -other: ZZ is 0 then, and stays 0
    /// through all that follows.
    ///
    /// So a sum may be built from these and tested once, at its end; ZZ = 0 there means that it has to be
    /// computed again, with [`add_complete`](Self::add_complete).
    #[cfg_attr(all(target_pointer_width = "64", not(jotgate_word = "32")), inline(always))]
    #[cfg_attr(any(not(target_pointer_width = "64"), jotgate_word = "32"), inline(never))]
    pub(super) fn add<A: Arithmetic>(&mut self, other: &Affine<C>, sign: Sign) {
        let Self { x, y, zz, zzz } = self;
        // P = x ZZ - X, R = y ZZZ - Y
        let (mut p, mut r) = (other.x, other.signed_y::<A>(sign));
        A::multiply(&mut p, zz);
        A::subtract(&mut p, x);
        A::multiply(&mut r, zzz);
        A::subtract(&mut r, y);
        // PP = P^2, PPP = P^3, Q = X PP
        let mut q = p;
        A::square(&mut q);
        A::multiply(zz, &q);
        A::multiply(&mut p, &q);
        A::multiply(zzz, &p);
        A::multiply(&mut q, x);
        // X' = R^2 - PPP - 2 Q
        *x = r;
        A::square(x);
        A::subtract(x, &p);
        A::subtract(x, &q);
        A::subtract(x, &q);
        // Y' = R (Q - X') - Y PPP
        A::subtract(&mut q, x);
        A::multiply(&mut r, &q);
        A::multiply(y, &p);
        A::subtract(&mut r, y);
        *y = r;
    }

    /// Becomes self + other, or self - other, whatever they are.
    #[inline(never)]
    pub(super) fn add_complete(&mut self, other: &Affine<C>, sign: Sign) {
        let (was_infinity, y, zzz) = (self.is_infinity(), self.y, self.zzz);
        self.add::<Called>(other, sign);
        if !self.is_infinity() {
            return;
        }
        self.set::<Called>(other, sign);
        if was_infinity {
            return;
        }
        // The points have the same first coordinate: they are the same, or each other's negatives.
        if self.y.times(&zzz).equals(&y) {
            self.double::<Called>();
        } else {
            *self = Self::INFINITY;
        }
    }

    /// Whether the first coordinate is this element. The point is not infinity.
    pub(super) fn has_x(&self, x: &Element<C>) -> bool {
        x.times(&self.zz).equals(&self.x)
    }

    /// The coordinates, below p. The point is not infinity.
    pub(super) fn to_affine(self) -> Affine<C> {
        let zzz_inverse = self.zzz.inverse();
        let z_inverse = self.zz.times(&zzz_inverse);
        Affine { x: self.x.times(&z_inverse.squared()), y: self.y.times(&zzz_inverse) }.canonical()
    }
}

/// A sum that begins with nothing, so that its first point costs no addition.
pub(super) struct Running<C: Curve> {
    sum: Xyzz<C>,
    has_begun: bool,
}

impl<C: Curve> Running<C> {
    #[inline(always)]
    pub(super) fn new() -> Self {
        Self { sum: Xyzz::INFINITY, has_begun: false }
    }

    #[inline(always)]
    pub(super) fn double<A: Arithmetic>(&mut self) {
        if self.has_begun {
            self.sum.double::<A>();
        }
    }

    /// Adds the point or its negative, with the exceptions of [`Xyzz::add`].
    #[inline(always)]
    pub(super) fn add<A: Arithmetic>(&mut self, point: &Affine<C>, sign: Sign) {
        if self.has_begun {
            self.sum.add::<A>(point, sign);
        } else {
            self.sum.set::<A>(point, sign);
            self.has_begun = true;
        }
    }

    /// Infinity where no point was added, or an addition met an exception.
    #[inline(always)]
    pub(super) fn finish(self) -> Xyzz<C> {
        self.sum
    }
}
