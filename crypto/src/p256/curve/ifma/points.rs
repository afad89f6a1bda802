//! Eight points of the curve at a time, in the formulas of [`Xyzz`](super::super::point::Xyzz).
//!
//! Bounds, in multiples of p, hold before and after each operation: X is below 1.01 and Y, ZZ and ZZZ are below 2. A
//! product of a and b is below a b / 16 + 1; what is subtracted is made positive by a multiple of p. Every value is
//! below 16, and so below R.

use core::arch::x86_64::{__m512i, __mmask8};

use super::super::field::Element;
use super::super::number;
use super::super::point::Xyzz;
use super::digits::Terms;
use super::field::{Field, SIXTEEN, SIXTEENTH, Sum, folded};
use crate::CacheLine;
use crate::lanes::{self, LANES};

/// Eight points of tables, with their signs.
///
/// Tables have Montgomery forms for 2^256. Here they are those for R = 2^260 of coordinates divided by 16.
pub(super) struct Addends {
    /// Below 1.
    x: Field,
    /// Below 1.
    y: Field,
    /// Where the negative is meant.
    negative: __mmask8,
}

impl Addends {
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(super) fn new(terms: &Terms<'_>) -> Self {
        let [a, b, c, d, e, f, g, h] = terms.lines;
        let [x0, x1, x2, x3, y0, y1, y2, y3] = lanes::transposed([
            lanes::load(a),
            lanes::load(b),
            lanes::load(c),
            lanes::load(d),
            lanes::load(e),
            lanes::load(f),
            lanes::load(g),
            lanes::load(h),
        ]);
        let (x, y) = (Field::from_words(&[x0, x1, x2, x3]), Field::from_words(&[y0, y1, y2, y3]));
        Self { x, y, negative: terms.negative }
    }
}

/// Eight running sums of points of tables.
///
/// ZZ and ZZZ are kept times 16, which makes up for the coordinates of tables divided by 16: an addition multiplies
/// them with each other first of all. As a first sum is made of two points, it needs no conversion either.
#[derive(Clone, Copy)]
pub(super) struct RunningPoints(Points);

/// Eight points (X/ZZ, Y/ZZZ) with ZZ^3 = ZZZ^2. ZZ = 0 is infinity, and stays 0 through all that follows: so it is
/// tested once, in the end.
#[derive(Clone, Copy)]
pub(super) struct Points {
    x: Field,
    y: Field,
    zz: Field,
    zzz: Field,
}

impl RunningPoints {
    /// The sums of two points; infinity unless they differ in their first coordinates.
    ///
    /// All that comes out is as of the true formulas but for X and Y, which are as small as ZZ and ZZZ without their
    /// factor: X/256 of 16 ZZ/256, Y/4096 of 16 ZZZ/4096.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(super) fn of_two(one: &Addends, other: &Addends) -> Self {
        // P = x2 - x1 < 2, -y1 <= 1, R = y2 - y1 <= 2
        let p = Sum::of(&other.x).plus_modulus(1).minus(&one.x).carried();
        let minus_y = Sum::of(&one.y).negated_where(!one.negative, 1).carried();
        let r = Sum::of(&other.y).negated_where(other.negative, 1).plus(&minus_y).carried();
        // 16 P < 1.13, PP < 1.15, PPP < 1.15, Q = x1 PP < 1.08
        let pp = p.times(&Field::splat(&SIXTEEN)).times(&p);
        let ppp = pp.times(&p);
        let q = one.x.times(&pp);
        let (x, y) = finish(&r, &minus_y, &ppp, &q);
        Self(Points { x, y, zz: pp, zzz: ppp })
    }

    /// Adds a point to each, unless a sum is infinity, the point or its negative: it becomes infinity then.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline(never)]
    pub(super) fn add(&mut self, addends: &Addends) {
        let Points { x, y, zz, zzz } = &mut self.0;
        // Products with coordinates below 1: U < 1.13, S < 1.13. P = U - X < 3.2
        let u = addends.x.times(zz);
        let s = addends.y.times(zzz);
        let p = Sum::of(&u).plus_modulus(2).minus(x).carried();
        // -Y <= 2, R = S - Y < 4
        let minus_y = Sum::of_modulus(2).minus(y).carried();
        let r = Sum::of(&s).negated_where(addends.negative, 2).plus(&minus_y).carried();
        // PP < 1.7, PPP < 1.4, Q = X PP < 1.2
        let pp = p.squared();
        let ppp = pp.times(&p);
        let q = x.times(&pp);
        *zz = zz.times(&pp);
        *zzz = zzz.times(&ppp);
        (*x, *y) = finish(&r, &minus_y, &ppp, &q);
    }

    /// Doubles all.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline(never)]
    pub(super) fn double(&mut self) {
        let true_zz = self.0.zz.times(&Field::splat(&SIXTEENTH));
        self.0.double(&true_zz);
    }

    /// These where the mask has ones, elsewhere `others`.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(super) fn or_others(self, mask: __mmask8, others: &Self) -> Self {
        Self(others.0.blend(mask, &self.0))
    }

    /// Without the factors.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(super) fn points(self) -> Points {
        let sixteenth = Field::splat(&SIXTEENTH);
        let Points { x, y, zz, zzz } = self.0;
        Points { x, y, zz: zz.times(&sixteenth), zzz: zzz.times(&sixteenth) }
    }
}

impl Points {
    /// To each the point of the lane `partner` is added, and that one's points to these: where lane i's partner is lane
    /// k, lane k's is lane i. With the exceptions of [`RunningPoints::add`].
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline(never)]
    pub(super) fn add_partners(&mut self, partner: __m512i) {
        let Self { x, y, zz, zzz } = self;
        let (other_zz, other_zzz) = (zz.permuted(partner), zzz.permuted(partner));
        // U1 = X1 ZZ2 < 1.2, and U2 is that of the partner; S1 = Y1 ZZZ2 < 1.3
        let u = x.times(&other_zz);
        let s = y.times(&other_zzz);
        // P = U2 - U1 < 3.2, R = S2 - S1 < 3.3, -S1 <= 2
        let p = Sum::of(&u.permuted(partner)).plus_modulus(2).minus(&u).carried();
        let minus_s = Sum::of_modulus(2).minus(&s).carried();
        let r = Sum::of(&s.permuted(partner)).plus(&minus_s).carried();
        // PP < 1.7, PPP < 1.4, Q = U1 PP < 1.2
        let pp = p.squared();
        let ppp = pp.times(&p);
        let q = u.times(&pp);
        *zz = zz.times(&other_zz).times(&pp);
        *zzz = zzz.times(&other_zzz).times(&ppp);
        (*x, *y) = finish(&r, &minus_s, &ppp, &q);
    }

    /// Doubles those where the mask has ones.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline(never)]
    pub(super) fn double_where(&mut self, mask: __mmask8) {
        let mut doubled = *self;
        doubled.double(&self.zz);
        *self = self.blend(mask, &doubled);
    }

    /// `true_zz` is ZZ without a factor; ZZ and ZZZ themselves may have one, which stays.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    fn double(&mut self, true_zz: &Field) {
        let Self { x, y, zz, zzz } = self;
        // M = 3 (X - ZZ) (X + ZZ): factors < 3.1, product < 1.6, M < 1.01
        let difference = Sum::of(x).plus_modulus(2).minus(true_zz).carried();
        let third = Sum::of(x).plus(true_zz).carried().times(&difference);
        let m = folded(Sum::of(&third).plus(&third).plus(&third));
        // U = 2 Y < 4, V = U^2 <= 2, W = U V < 1.5, S = X V < 1.2, -Y <= 2
        let u = Sum::of(y).plus(y).carried();
        let v = u.squared();
        let w = u.times(&v);
        let s = x.times(&v);
        let minus_y = Sum::of_modulus(2).minus(y).carried();
        // X' = M^2 - 2 S, from M^2 < 1.1 and 4 p
        *x = folded(Sum::of(&m.squared()).plus_modulus(4).minus(&s).minus(&s));
        // Y' = M (S - X') - W Y < (1.01 * 3.2 + 1.5 * 2) / 16 + 1
        let rest = Sum::of(&s).plus_modulus(2).minus(x).carried();
        *y = Field::sum_of_products([&m, &rest], [&w, &minus_y]);
        *zz = zz.times(&v);
        *zzz = zzz.times(&w);
    }

    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    fn blend(&self, mask: __mmask8, others: &Self) -> Self {
        Self {
            x: self.x.blend(mask, &others.x),
            y: self.y.blend(mask, &others.y),
            zz: self.zz.blend(mask, &others.zz),
            zzz: self.zzz.blend(mask, &others.zzz),
        }
    }

    /// One by one, with numbers below 2^256.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline(never)]
    pub(super) fn to_xyzz(self) -> [Xyzz; LANES] {
        let sixteenth = Field::splat(&SIXTEENTH);
        let [x0, x1, x2, x3] = self.x.times(&sixteenth).to_words();
        let [y0, y1, y2, y3] = self.y.times(&sixteenth).to_words();
        let numerators = lanes::rows(&lanes::transposed([x0, x1, x2, x3, y0, y1, y2, y3]));
        let [x0, x1, x2, x3] = self.zz.times(&sixteenth).to_words();
        let [y0, y1, y2, y3] = self.zzz.times(&sixteenth).to_words();
        let denominators = lanes::rows(&lanes::transposed([x0, x1, x2, x3, y0, y1, y2, y3]));
        let mut all = [Xyzz::INFINITY; LANES];
        for ((point, numerators), denominators) in all.iter_mut().zip(&numerators).zip(&denominators) {
            let ([x, y], [zz, zzz]) = (elements(numerators), elements(denominators));
            *point = Xyzz::new(x, y, zz, zzz);
        }
        all
    }
}

/// X = R^2 - PPP - 2 Q and Y = R (Q - X) - Y1 PPP, from R <= 4, -Y1 <= 2, PPP < 1.4 and Q < 1.2.
///
/// R^2 <= 2, so that X < 6 before it is folded; Q - X + 2 < 3.2, so Y < (4 * 3.2 + 2 * 1.4) / 16 + 1 < 2.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn finish(r: &Field, minus_y1: &Field, ppp: &Field, q: &Field) -> (Field, Field) {
    let x = folded(Sum::of(&r.squared()).plus_modulus(4).minus(ppp).minus(q).minus(q));
    let rest = Sum::of(q).plus_modulus(2).minus(&x).carried();
    (x, Field::sum_of_products([r, &rest], [minus_y1, ppp]))
}

/// The two numbers of a row.
#[inline]
fn elements(CacheLine([a0, a1, a2, a3, b0, b1, b2, b3]): &CacheLine) -> [Element; 2] {
    [[*a0, *a1, *a2, *a3], [*b0, *b1, *b2, *b3]]
        .map(|words| Element::from_montgomery(number::from_words(words)))
}
