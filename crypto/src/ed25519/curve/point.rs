//! Points of the twisted Edwards curve -x^2 + y^2 = 1 + d x^2 y^2 (RFC 8032, section 5.1).
//!
//! d is not a square, so the formulas have no exceptions: they add any two points of the curve. They are those of
//! Hisil, Wong, Carter and Dawson, "Twisted Edwards curves revisited" (2008), sections 3.1 and 3.3.

use super::field::{Arithmetic, Called, Element};
use crate::comb::Sign;
use crate::number::{self, Limb, Number, U256, from_words, words_from_hex};

/// A point by its coordinates.
#[derive(Clone, Copy)]
pub(crate) struct Affine {
    pub(super) x: Element,
    pub(super) y: Element,
}

/// The point (X/Z, Y/Z).
#[derive(Clone, Copy)]
pub(crate) struct Projective {
    pub(super) x: Element,
    pub(super) y: Element,
    pub(super) z: Element,
}

/// The point (X/Z, Y/T), as an addition or a doubling leaves it. What follows says which products are needed.
#[derive(Clone, Copy)]
pub(super) struct Completed {
    x: Element,
    y: Element,
    z: Element,
    t: Element,
}

/// A point as an operand of additions, by y + x, y - x and 2dxy; its numbers are below p.
#[derive(Clone, Copy)]
pub(crate) struct Addend {
    pub(super) sum: Element,
    pub(super) difference: Element,
    pub(super) product: Element,
}

/// As [`Addend`], all multiplied by Z, and 2Z; its numbers are below 2^256.
#[derive(Clone, Copy)]
pub(super) struct ProjectiveAddend {
    sum: Element,
    difference: Element,
    product: Element,
    double_z: Element,
}

const D: Element =
    Element::new(words_from_hex("52036cee 2b6ffe73 8cc74079 7779e898 00700a4d 4141d8ab 75eb4dca 135978a3"));

/// 2d, in words.
pub(super) const DOUBLE_D_WORDS: [u64; 4] =
    words_from_hex("2406d9dc 56dffce7 198e80f2 eef3d130 00e0149a 8283b156 ebd69b94 26b2f159");

const DOUBLE_D: Element = Element::new(DOUBLE_D_WORDS);

/// The square of the second coordinate of the four points of order 8.
const SQUARE_OF_ORDER_8: U256 = from_words(words_from_hex::<4>(
    "76b9125b 8bd5b257 c2c2ebc2 ba609c05 6bdf9e34 b4f0a103 ae479185 9c155291",
));

impl Affine {
    /// The base point B (RFC 8032, section 5.1).
    pub(crate) const BASE: Self = Self {
        x: Element::new(words_from_hex(
            "216936d3 cd6e53fe c0a4e231 fdd6dc5c 692cc760 9525a7b2 c9562d60 8f25d51a",
        )),
        y: Element::new(words_from_hex(
            "66666666 66666666 66666666 66666666 66666666 66666666 66666666 66666658",
        )),
    };

    /// A point with this second coordinate, if there is one.
    pub(super) fn with_y(y: &Element) -> Option<Self> {
        // x^2 = (y^2 - 1) / (d y^2 + 1), whose denominator is not 0, because -1/d is not a square.
        let y_squared = Called::square(y);
        let numerator = Called::sub(&y_squared, &Element::ONE);
        let denominator = Called::add(&Called::mul(&D, &y_squared), &Element::ONE);
        let x = Element::root_of_ratio(&numerator, &denominator)?;
        Some(Self { x, y: *y }.canonical())
    }

    /// The limbs of both coordinates: `[ x | y ]`, 64 bytes.
    pub(crate) fn limbs(&self) -> [U256; 2] {
        [self.x.to_number(), self.y.to_number()]
    }

    /// The point with these limbs, if they are as many as [`limbs`](Self::limbs) gives.
    pub(crate) fn from_limbs(limbs: &[Limb]) -> Option<Self> {
        let (x, y) = limbs.split_first_chunk::<{ U256::LIMBS }>()?;
        let y = y.try_into().ok()?;
        Some(Self { x: Element::from_number(*x), y: Element::from_number(y) })
    }

    pub(super) fn canonical(self) -> Self {
        Self { x: self.x.canonical(), y: self.y.canonical() }
    }

    /// -self; the numbers are below p.
    pub(super) fn negated(&self) -> Self {
        Self { x: Called::sub(&Element::ZERO, &self.x).canonical(), y: self.y }
    }

    pub(super) fn has_small_order(&self) -> bool {
        has_small_order(&self.y)
    }

    /// The encoding (RFC 8032, section 5.1.2); the numbers are below p.
    pub(super) fn encoded(&self) -> [u8; 32] {
        let [x, y] = self.limbs();
        let mut bytes = number::to_le(&y);
        if let (true, Some(highest)) = (number::is_odd(&x), bytes.last_mut()) {
            *highest |= 0x80;
        }
        bytes
    }

    /// As an operand, its numbers below p.
    pub(super) fn addend(&self) -> Addend {
        let product = Called::mul(&Called::mul(&self.x, &self.y), &DOUBLE_D);
        Addend {
            sum: Called::add(&self.y, &self.x).canonical(),
            difference: Called::sub(&self.y, &self.x).canonical(),
            product: product.canonical(),
        }
    }

    /// As a sum with one summand.
    #[inline(always)]
    pub(super) fn completed(&self) -> Completed {
        Completed { x: self.x, y: self.y, z: Element::ONE, t: Element::ONE }
    }
}

/// Whether the points with this second coordinate have order 1, 2, 4 or 8: there y is 1, -1, 0 and two numbers that
/// are each other's negatives.
pub(super) fn has_small_order(y: &Element) -> bool {
    let square = Called::square(y).to_number();
    [Element::ZERO.to_number(), Element::ONE.to_number(), SQUARE_OF_ORDER_8].contains(&square)
}

impl Projective {
    /// No point: it has no coordinates, so it equals nothing.
    pub(super) const NONE: Self = Self { x: Element::ZERO, y: Element::ONE, z: Element::ZERO };

    /// Whether the second coordinate is this element.
    pub(super) fn has_y(&self, y: &Element) -> bool {
        Called::mul(y, &self.z).equals(&self.y)
    }

    /// Whether the first coordinate is odd.
    pub(super) fn x_is_odd(&self) -> bool {
        self.x.divided_by(&self.z).is_odd()
    }

    #[inline(always)]
    pub(super) fn double<A: Arithmetic>(&self) -> Completed {
        let xx = A::square(&self.x);
        let yy = A::square(&self.y);
        let zz = A::square(&self.z);
        let y = A::add(&yy, &xx);
        let z = A::sub(&yy, &xx);
        let x = A::sub(&A::square(&A::add(&self.x, &self.y)), &y);
        Completed { x, y, z, t: A::sub(&A::add(&zz, &zz), &z) }
    }

    /// The coordinates, below p.
    pub(super) fn to_affine(self) -> Affine {
        let inverse = Element::ONE.divided_by(&self.z);
        Affine { x: Called::mul(&self.x, &inverse), y: Called::mul(&self.y, &inverse) }.canonical()
    }
}

/// The operations of a sum are in place. On machines with 64 bits they are inlined into what is compiled for the
/// processor's instructions; on others there is one copy, and each returns its stack to the next.
impl Completed {
    /// (0, 1), to which nothing was added yet.
    pub(super) const NEUTRAL: Self =
        Self { x: Element::ZERO, y: Element::ONE, z: Element::ONE, t: Element::ONE };

    #[inline(always)]
    pub(super) fn projective<A: Arithmetic>(&self) -> Projective {
        Projective { x: A::mul(&self.x, &self.t), y: A::mul(&self.y, &self.z), z: A::mul(&self.z, &self.t) }
    }

    #[cfg_attr(all(target_pointer_width = "64", not(jotgate_word = "32")), inline(always))]
    #[cfg_attr(any(not(target_pointer_width = "64"), jotgate_word = "32"), inline(never))]
    pub(super) fn double<A: Arithmetic>(&mut self) {
        *self = self.projective::<A>().double::<A>();
    }

    #[cfg_attr(all(target_pointer_width = "64", not(jotgate_word = "32")), inline(always))]
    #[cfg_attr(any(not(target_pointer_width = "64"), jotgate_word = "32"), inline(never))]
    pub(super) fn add<A: Arithmetic>(&mut self, addend: &Addend) {
        let Projective { x, y, z } = self.projective::<A>();
        let product = A::mul(&A::mul(&self.x, &self.y), &addend.product);
        let upper = A::mul(&A::add(&y, &x), &addend.sum);
        let lower = A::mul(&A::sub(&y, &x), &addend.difference);
        *self = Self::of_products::<A>(&upper, &lower, &A::add(&z, &z), &product);
    }

    #[cfg_attr(all(target_pointer_width = "64", not(jotgate_word = "32")), inline(always))]
    #[cfg_attr(any(not(target_pointer_width = "64"), jotgate_word = "32"), inline(never))]
    pub(super) fn add_projective<A: Arithmetic>(&mut self, addend: &ProjectiveAddend) {
        let Projective { x, y, z } = self.projective::<A>();
        let product = A::mul(&A::mul(&self.x, &self.y), &addend.product);
        let upper = A::mul(&A::add(&y, &x), &addend.sum);
        let lower = A::mul(&A::sub(&y, &x), &addend.difference);
        *self = Self::of_products::<A>(&upper, &lower, &A::mul(&z, &addend.double_z), &product);
    }

    /// From (Y1 + X1)(Y2 + X2), (Y1 - X1)(Y2 - X2), 2 Z1 Z2 and 2d T1 T2.
    #[inline(always)]
    fn of_products<A: Arithmetic>(
        upper: &Element,
        lower: &Element,
        double_z: &Element,
        product: &Element,
    ) -> Self {
        Self {
            x: A::sub(upper, lower),
            y: A::add(upper, lower),
            z: A::add(double_z, product),
            t: A::sub(double_z, product),
        }
    }

    pub(super) fn projective_addend(&self) -> ProjectiveAddend {
        let Projective { x, y, z } = self.projective::<Called>();
        ProjectiveAddend {
            sum: Called::add(&y, &x),
            difference: Called::sub(&y, &x),
            product: Called::mul(&Called::mul(&self.x, &self.y), &DOUBLE_D),
            double_z: Called::add(&z, &z),
        }
    }
}

impl Addend {
    /// (0, 1).
    pub(super) const NEUTRAL: Self =
        Self { sum: Element::ONE, difference: Element::ONE, product: Element::ZERO };

    /// The addend or its negative.
    pub(super) fn signed(&self, sign: Sign) -> Self {
        match sign {
            Sign::Plus => *self,
            Sign::Minus => {
                let Self { sum, difference, product } = *self;
                Self { sum: difference, difference: sum, product: product.negated_if(true) }
            }
        }
    }
}

impl ProjectiveAddend {
    /// The addend or its negative.
    pub(super) fn signed(&self, sign: Sign) -> Self {
        match sign {
            Sign::Plus => *self,
            Sign::Minus => {
                let Self { sum, difference, product, double_z } = *self;
                let product = Called::sub(&Element::ZERO, &product);
                Self { sum: difference, difference: sum, product, double_z }
            }
        }
    }
}
