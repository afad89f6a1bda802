//! Points of y^2 = x^3 - 3 x + b (SP 800-186, section 3.2.1.3).

use super::field::{Arithmetic, Called, Element};
use super::number::{self, LIMBS, from_words};
use super::{Limb, number::Number};
use crate::CacheLine;

/// A point that is not infinity, by its coordinates. Coordinates that are kept have Montgomery forms below p.
#[derive(Clone, Copy)]
pub(crate) struct Affine {
    pub(super) x: Element,
    pub(super) y: Element,
}

/// A point (X/ZZ, Y/ZZZ) with ZZ^3 = ZZZ^2: the coordinates called XYZZ. ZZ = 0 is infinity.
///
/// The formulas are madd-2008-s and dbl-2008-s-1 of the Explicit-Formulas Database.
#[derive(Clone, Copy)]
pub(crate) struct Xyzz {
    x: Element,
    y: Element,
    zz: Element,
    zzz: Element,
}

const B: Element = Element::from_montgomery(from_words([
    0xd89c_df62_29c4_bddf,
    0xacf0_05cd_7884_3090,
    0xe5a2_20ab_f721_2ed6,
    0xdc30_061d_0487_4834,
]));

/// 3 * 2^256 mod p.
const THREE: Element = Element::from_montgomery(from_words([
    0x0000_0000_0000_0003,
    0xffff_fffd_0000_0000,
    0xffff_ffff_ffff_ffff,
    0x0000_0002_ffff_fffc,
]));

impl Affine {
    /// The generator G.
    pub(crate) const GENERATOR: Self = Self {
        x: Element::from_montgomery(from_words([
            0x79e7_30d4_18a9_143c,
            0x75ba_95fc_5fed_b601,
            0x79fb_732b_7762_2510,
            0x1890_5f76_a537_55c6,
        ])),
        y: Element::from_montgomery(from_words([
            0xddf2_5357_ce95_560a,
            0x8b4a_b8e4_ba19_e45c,
            0xd2e8_8688_dd21_f325,
            0x8571_ff18_2588_5d85,
        ])),
    };

    /// The point with these coordinates, big-endian, if both are below p and it is on the curve.
    pub(crate) fn from_coordinates(x: &[u8; 32], y: &[u8; 32]) -> Option<Self> {
        let x = Element::from_number(&number::from_be(x))?;
        let y = Element::from_number(&number::from_be(y))?;
        // y^2 - b = x (x^2 - 3)
        let cubic = x.times(&x.squared().minus(&THREE));
        y.squared().minus(&B).equals(&cubic).then(|| Self { x, y }.canonical())
    }

    /// The limbs of both Montgomery forms: `[ x | y ]`, 64 octets.
    pub(crate) fn limbs(&self) -> [Number; 2] {
        [self.x.to_montgomery(), self.y.to_montgomery()]
    }

    /// The point with these limbs, if they are as many as [`limbs`](Self::limbs) gives.
    pub(crate) fn from_limbs(limbs: &[Limb]) -> Option<Self> {
        let (x, y) = limbs.split_first_chunk::<LIMBS>()?;
        let y = y.try_into().ok()?;
        Some(Self { x: Element::from_montgomery(*x), y: Element::from_montgomery(y) })
    }

    /// As it lies in a table.
    #[inline(always)]
    pub(super) fn from_line(CacheLine([x0, x1, x2, x3, y0, y1, y2, y3]): &CacheLine) -> Self {
        Self {
            x: Element::from_montgomery(from_words([*x0, *x1, *x2, *x3])),
            y: Element::from_montgomery(from_words([*y0, *y1, *y2, *y3])),
        }
    }

    /// As it lies in a table, both coordinates below p.
    pub(super) fn to_line(self) -> CacheLine {
        let [x0, x1, x2, x3] = number::to_words(&self.x.to_montgomery());
        let [y0, y1, y2, y3] = number::to_words(&self.y.to_montgomery());
        CacheLine([x0, x1, x2, x3, y0, y1, y2, y3])
    }

    fn canonical(self) -> Self {
        let [x, y] = self.limbs();
        Self { x: Element::from_montgomery(x), y: Element::from_montgomery(y) }
    }

    /// The second coordinate of the point or of its negative.
    #[inline(always)]
    fn signed_y<A: Arithmetic>(&self, sign: Sign) -> Element {
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
    pub(super) fn add_with(&self, other: &Self, inverse: &Element) -> Self {
        let slope = other.y.minus(&self.y).times(inverse);
        let x = slope.squared().minus(&self.x).minus(&other.x);
        let y = slope.times(&self.x.minus(&x)).minus(&self.y);
        Self { x, y }
    }
}

/// Of a multiple.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
}

impl Sign {
    pub(super) fn minus_if(condition: bool) -> Self {
        if condition { Self::Minus } else { Self::Plus }
    }
}

impl Xyzz {
    pub(super) const INFINITY: Self =
        Self { x: Element::ONE, y: Element::ONE, zz: Element::ZERO, zzz: Element::ZERO };

    /// The point (x/zz, y/zzz), where zz^3 = zzz^2; infinity if they are 0.
    #[cfg(all(target_arch = "x86_64", target_pointer_width = "64"))]
    pub(super) fn new(x: Element, y: Element, zz: Element, zzz: Element) -> Self {
        Self { x, y, zz, zzz }
    }

    /// The point.
    pub(super) fn from_affine(point: &Affine) -> Self {
        Self { x: point.x, y: point.y, zz: Element::ONE, zzz: Element::ONE }
    }

    /// Becomes the point or its negative.
    #[inline(always)]
    fn set<A: Arithmetic>(&mut self, point: &Affine, sign: Sign) {
        self.x = point.x;
        self.y = point.signed_y::<A>(sign);
        self.zz = Element::ONE;
        self.zzz = Element::ONE;
    }

    pub(super) fn is_infinity(&self) -> bool {
        self.zz.is_zero()
    }

    /// Becomes 2 self, of infinity too: no point of the curve has y = 0.
    #[cfg_attr(target_pointer_width = "64", inline(always))]
    #[cfg_attr(not(target_pointer_width = "64"), inline(never))]
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

    /// Becomes self + other, or self - other, unless self is infinity, other or -other: ZZ is 0 then, and stays 0 through all that
    /// follows.
    ///
    /// So a sum may be built from these and tested once, at its end; ZZ = 0 there means that it has to be
    /// computed again, with [`add_complete`](Self::add_complete).
    #[cfg_attr(target_pointer_width = "64", inline(always))]
    #[cfg_attr(not(target_pointer_width = "64"), inline(never))]
    pub(super) fn add<A: Arithmetic>(&mut self, other: &Affine, sign: Sign) {
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
    pub(super) fn add_complete(&mut self, other: &Affine, sign: Sign) {
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
    pub(super) fn has_x(&self, x: &Element) -> bool {
        x.times(&self.zz).equals(&self.x)
    }

    /// The coordinates, below p. The point is not infinity.
    pub(super) fn to_affine(self) -> Affine {
        let zzz_inverse = self.zzz.inverse();
        let z_inverse = self.zz.times(&zzz_inverse);
        Affine { x: self.x.times(&z_inverse.squared()), y: self.y.times(&zzz_inverse) }.canonical()
    }
}

/// A sum that begins with nothing, so that its first point costs no addition.
pub(super) struct Running {
    sum: Xyzz,
    has_begun: bool,
}

impl Running {
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
    pub(super) fn add<A: Arithmetic>(&mut self, point: &Affine, sign: Sign) {
        if self.has_begun {
            self.sum.add::<A>(point, sign);
        } else {
            self.sum.set::<A>(point, sign);
            self.has_begun = true;
        }
    }

    /// Infinity where no point was added, or an addition met an exception.
    #[inline(always)]
    pub(super) fn finish(self) -> Xyzz {
        self.sum
    }
}
