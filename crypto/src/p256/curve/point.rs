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
        // x (x^2 - 3) + b
        let three = Called::add(&Called::add(&Element::ONE, &Element::ONE), &Element::ONE);
        let cubic = Called::mul(&x, &Called::sub(&Called::square(&x), &three));
        Called::square(&y).equals(&Called::add(&cubic, &B)).then(|| Self { x, y }.canonical())
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

    /// The point or its negative.
    #[inline(always)]
    pub(super) fn signed<A: Arithmetic>(self, sign: Sign) -> Self {
        let negative = A::sub(&Element::ZERO, &self.y);
        match sign {
            Sign::Plus => self,
            Sign::Minus => Self { x: self.x, y: negative },
        }
    }

    /// self + other, through 1/(x of other - x of self).
    pub(super) fn add_with(&self, other: &Self, inverse: &Element) -> Self {
        let slope = Called::mul(&Called::sub(&other.y, &self.y), inverse);
        let x = Called::sub(&Called::sub(&Called::square(&slope), &self.x), &other.x);
        let y = Called::sub(&Called::mul(&slope, &Called::sub(&self.x, &x)), &self.y);
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

    #[inline(always)]
    pub(super) fn from_affine(point: &Affine) -> Self {
        Self { x: point.x, y: point.y, zz: Element::ONE, zzz: Element::ONE }
    }

    pub(super) fn is_infinity(&self) -> bool {
        self.zz.is_zero()
    }

    /// 2 self, of infinity too: no point of the curve has y = 0.
    #[inline(always)]
    pub(super) fn double<A: Arithmetic>(&self) -> Self {
        let u = A::add(&self.y, &self.y);
        let v = A::square(&u);
        let w = A::mul(&u, &v);
        let s = A::mul(&self.x, &v);
        let m = A::mul(&A::sub(&self.x, &self.zz), &A::add(&self.x, &self.zz));
        let m = A::add(&A::add(&m, &m), &m);
        let x = A::sub(&A::square(&m), &A::add(&s, &s));
        let y = A::sub(&A::mul(&m, &A::sub(&s, &x)), &A::mul(&w, &self.y));
        Self { x, y, zz: A::mul(&v, &self.zz), zzz: A::mul(&w, &self.zzz) }
    }

    /// self + other, unless self is infinity, other or -other: ZZ is 0 then, and stays 0 through all that follows.
    ///
    /// So a sum may be built from these and tested once, at its end; ZZ = 0 there means that it has to be
    /// computed again, with [`add_complete`](Self::add_complete).
    #[inline(always)]
    pub(super) fn add<A: Arithmetic>(&self, other: &Affine) -> Self {
        let p = A::sub(&A::mul(&other.x, &self.zz), &self.x);
        let r = A::sub(&A::mul(&other.y, &self.zzz), &self.y);
        let pp = A::square(&p);
        let ppp = A::mul(&p, &pp);
        let q = A::mul(&self.x, &pp);
        let x = A::sub(&A::sub(&A::square(&r), &ppp), &A::add(&q, &q));
        let y = A::sub(&A::mul(&r, &A::sub(&q, &x)), &A::mul(&self.y, &ppp));
        Self { x, y, zz: A::mul(&self.zz, &pp), zzz: A::mul(&self.zzz, &ppp) }
    }

    /// self + other, whatever they are.
    pub(super) fn add_complete<A: Arithmetic>(&self, other: &Affine) -> Self {
        if self.is_infinity() {
            return Self::from_affine(other);
        }
        let sum = self.add::<A>(other);
        if !sum.is_infinity() {
            sum
        } else if A::mul(&other.y, &self.zzz).equals(&self.y) {
            self.double::<A>()
        } else {
            Self::INFINITY
        }
    }

    /// Whether the first coordinate is this element. The point is not infinity.
    pub(super) fn has_x(&self, x: &Element) -> bool {
        Called::mul(x, &self.zz).equals(&self.x)
    }

    /// The coordinates, below p. The point is not infinity.
    pub(super) fn to_affine(self) -> Affine {
        let zzz_inverse = self.zzz.inverse();
        let z_inverse = Called::mul(&self.zz, &zzz_inverse);
        let x = Called::mul(&self.x, &Called::square(&z_inverse));
        let y = Called::mul(&self.y, &zzz_inverse);
        Affine { x, y }.canonical()
    }
}

/// A sum that begins with nothing, so that its first point costs no addition.
#[derive(Default)]
pub(super) struct Running(Option<Xyzz>);

impl Running {
    #[inline(always)]
    pub(super) fn double<A: Arithmetic>(&mut self) {
        if let Some(sum) = &mut self.0 {
            *sum = sum.double::<A>();
        }
    }

    /// Adds the point or its negative, with the exceptions of [`Xyzz::add`].
    #[inline(always)]
    pub(super) fn add<A: Arithmetic>(&mut self, point: &Affine, sign: Sign) {
        let point = point.signed::<A>(sign);
        self.0 = Some(match &self.0 {
            Some(sum) => sum.add::<A>(&point),
            None => Xyzz::from_affine(&point),
        });
    }

    #[inline(always)]
    pub(super) fn finish(self) -> Xyzz {
        self.0.unwrap_or(Xyzz::INFINITY)
    }
}
