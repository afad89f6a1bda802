//! Eight points of a curve at a time, in the formulas of [`Xyzz`](super::super::point::Xyzz).
//!
//! Bounds, in multiples of p, hold before and after each operation: Y, ZZ and ZZZ are below 2, and X is below 1.01 where
//! sums are folded, and below 6 where they are not. A product of a and b is below a b / 16 + 1, or, where sums are not
//! folded, below a b / 2^32 + 1; what is subtracted is made positive by a multiple of p. Every value is below 16, and so
//! below R. The bounds that stand below are those with folding; without it, every product is below 1.01, and a
//! difference from which X is subtracted below 8.

use core::arch::x86_64::{__m512i, __mmask8};

use super::super::field::Element;
use super::super::point::Xyzz;
use super::field::{Field, Sum, folded};
use super::terms::Terms;
use super::{LaneCurve, TableEntry};
use crate::lanes::lowest;

/// Eight points of tables, with their signs.
///
/// Tables have Montgomery forms for 2^bits of a number. Here they are those for R, of coordinates divided by
/// k = R / 2^bits.
pub(super) struct Addends<C: LaneCurve<N, W>, const N: usize, const W: usize> {
    /// Below 1.
    x: Field<C, N, W>,
    /// Below 1.
    y: Field<C, N, W>,
    /// Where the negative is meant.
    negative: __mmask8,
}

impl<C: LaneCurve<N, W>, const N: usize, const W: usize> Addends<C, N, W> {
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(super) fn new<'t>(terms: &Terms<impl TableEntry<'t>>) -> Self {
        let [x, y] = terms.coordinates::<C, N, W>();
        Self { x, y, negative: terms.negative }
    }
}

/// Eight running sums of points of tables.
///
/// ZZ and ZZZ are kept times k, which makes up for the coordinates of tables divided by k: an addition multiplies
/// them with each other first of all. As a first sum is made of two points, it needs no conversion either.
pub(super) struct RunningPoints<C: LaneCurve<N, W>, const N: usize, const W: usize>(Points<C, N, W>);

/// Eight points (X/ZZ, Y/ZZZ) with ZZ^3 = ZZZ^2. ZZ = 0 is infinity, and stays 0 through all that follows: so it is
/// tested once, in the end.
pub(super) struct Points<C: LaneCurve<N, W>, const N: usize, const W: usize> {
    x: Field<C, N, W>,
    y: Field<C, N, W>,
    zz: Field<C, N, W>,
    zzz: Field<C, N, W>,
}

impl<C: LaneCurve<N, W>, const N: usize, const W: usize> Clone for RunningPoints<C, N, W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C: LaneCurve<N, W>, const N: usize, const W: usize> Copy for RunningPoints<C, N, W> {}

impl<C: LaneCurve<N, W>, const N: usize, const W: usize> Clone for Points<C, N, W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C: LaneCurve<N, W>, const N: usize, const W: usize> Copy for Points<C, N, W> {}

impl<C: LaneCurve<N, W>, const N: usize, const W: usize> RunningPoints<C, N, W> {
    /// The sums of two points; infinity unless they differ in their first coordinates.
    ///
    /// All that comes out is as of the true formulas but for X and Y, which are as small as ZZ and ZZZ without their
    /// factor: X/k^2 of k ZZ/k^2, Y/k^3 of k ZZZ/k^3.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(super) fn of_two(one: &Addends<C, N, W>, other: &Addends<C, N, W>) -> Self {
        // P = x2 - x1 < 2, -y1 <= 1, R = y2 - y1 <= 2
        let p = Sum::<C, N, W>::of(&other.x).plus_modulus(1).minus(&one.x).carried();
        let minus_y = Sum::<C, N, W>::of(&one.y).negated_where(!one.negative, 1).carried();
        let r = Sum::<C, N, W>::of(&other.y).negated_where(other.negative, 1).plus(&minus_y).carried();
        // k P < 1.13, PP < 1.15, PPP < 1.15, Q = x1 PP < 1.08
        let pp = p.times(&Field::<C, N, W>::splat(&C::UP)).times(&p);
        let ppp = pp.times(&p);
        let q = one.x.times(&pp);
        let (x, y) = finish::<C, N, W>(&r, &minus_y, &ppp, &q);
        Self(Points { x, y, zz: pp, zzz: ppp })
    }

    /// Adds a point to each, unless a sum is infinity, the point or its negative: it becomes infinity then.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline(never)]
    pub(super) fn add(&mut self, addends: &Addends<C, N, W>) {
        let Points { x, y, zz, zzz } = &mut self.0;
        // Products with coordinates below 1: U < 1.13, S < 1.13. P = U - X < 3.2
        let u = addends.x.times(zz);
        let s = addends.y.times(zzz);
        let p = Sum::<C, N, W>::of(&u).plus_modulus(C::X_BELOW).minus(x).carried();
        // -Y <= 2, R = S - Y < 4
        let minus_y = Sum::<C, N, W>::of_modulus(2).minus(y).carried();
        let r = Sum::<C, N, W>::of(&s).negated_where(addends.negative, 2).plus(&minus_y).carried();
        // PP < 1.7, PPP < 1.4, Q = X PP < 1.2
        let pp = p.squared();
        let ppp = pp.times(&p);
        let q = x.times(&pp);
        *zz = zz.times(&pp);
        *zzz = zzz.times(&ppp);
        (*x, *y) = finish::<C, N, W>(&r, &minus_y, &ppp, &q);
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
    pub(super) fn points(self) -> Points<C, N, W> {
        let down = Field::<C, N, W>::splat(&C::DOWN);
        let Points { x, y, zz, zzz } = self.0;
        Points { x, y, zz: zz.times(&down), zzz: zzz.times(&down) }
    }
}

impl<C: LaneCurve<N, W>, const N: usize, const W: usize> Points<C, N, W> {
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
        let p = Sum::<C, N, W>::of(&u.permuted(partner)).plus_modulus(2).minus(&u).carried();
        let minus_s = Sum::<C, N, W>::of_modulus(2).minus(&s).carried();
        let r = Sum::<C, N, W>::of(&s.permuted(partner)).plus(&minus_s).carried();
        // PP < 1.7, PPP < 1.4, Q = U1 PP < 1.2
        let pp = p.squared();
        let ppp = pp.times(&p);
        let q = u.times(&pp);
        *zz = zz.times(&other_zz).times(&pp);
        *zzz = zzz.times(&other_zzz).times(&ppp);
        (*x, *y) = finish::<C, N, W>(&r, &minus_s, &ppp, &q);
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
    fn double(&mut self, true_zz: &Field<C, N, W>) {
        let Self { x, y, zz, zzz } = self;
        // M = 3 (X - ZZ) (X + ZZ): factors < 3.1, product < 1.6, M < 1.01
        let difference = Sum::<C, N, W>::of(x).plus_modulus(2).minus(true_zz).carried();
        let third = Sum::<C, N, W>::of(x).plus(true_zz).carried().times(&difference);
        let m = folded::<C, N, W>(Sum::<C, N, W>::of(&third).plus(&third).plus(&third));
        // U = 2 Y < 4, V = U^2 <= 2, W = U V < 1.5, S = X V < 1.2, -Y <= 2
        let u = Sum::<C, N, W>::of(y).plus(y).carried();
        let v = u.squared();
        let w = u.times(&v);
        let s = x.times(&v);
        let minus_y = Sum::<C, N, W>::of_modulus(2).minus(y).carried();
        // X' = M^2 - 2 S, from M^2 < 1.1 and 4 p
        *x = folded::<C, N, W>(Sum::<C, N, W>::of(&m.squared()).plus_modulus(4).minus(&s).minus(&s));
        // Y' = M (S - X') - W Y < (1.01 * 3.2 + 1.5 * 2) / 16 + 1
        let rest = Sum::<C, N, W>::of(&s).plus_modulus(C::X_BELOW).minus(x).carried();
        *y = Field::<C, N, W>::sum_of_products([&m, &rest], [&w, &minus_y]);
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

    /// Words of numbers below 2^bits: [`DOWN`](LaneCurve::DOWN) is so far below R that the products are below
    /// p + 2^222, or, where sums are not folded, p + 2^100.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    fn to_words(self) -> [[__m512i; W]; 4] {
        let down = Field::<C, N, W>::splat(&C::DOWN);
        let Self { x, y, zz, zzz } = self;
        [x, y, zz, zzz].map(|number| number.times(&down).to_words())
    }

    /// That of the lowest lane.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(super) fn lowest(self) -> Xyzz<C> {
        Xyzz::new(self.to_words().map(|words| Element::from_montgomery(C::from_words(lowest(&words)))))
    }
}

/// X = R^2 - PPP - 2 Q and Y = R (Q - X) - Y1 PPP, from R <= 4, -Y1 <= 2, PPP < 1.4 and Q < 1.2.
///
/// R^2 <= 2, so that X < 6 before it is folded; Q - X + 2 < 3.2, so Y < (4 * 3.2 + 2 * 1.4) / 16 + 1 < 2.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn finish<C: LaneCurve<N, W>, const N: usize, const W: usize>(
    r: &Field<C, N, W>,
    minus_y1: &Field<C, N, W>,
    ppp: &Field<C, N, W>,
    q: &Field<C, N, W>,
) -> (Field<C, N, W>, Field<C, N, W>) {
    let x = folded::<C, N, W>(Sum::<C, N, W>::of(&r.squared()).plus_modulus(4).minus(ppp).minus(q).minus(q));
    let rest = Sum::<C, N, W>::of(q).plus_modulus(C::X_BELOW).minus(&x).carried();
    (x, Field::<C, N, W>::sum_of_products([r, &rest], [minus_y1, ppp]))
}
