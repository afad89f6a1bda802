//! Eight points of the curve at a time, in the formulas of [`Completed`](super::super::point::Completed).
//!
//! Bounds are in multiples of p, of which 32 are below R. Products are below 1.01, whatever their factors. Of a
//! completed point x and z are below 4, y is below 3, and t is below 7.

use core::arch::x86_64::{__m512i, __mmask8, _mm512_mask_blend_epi64};

use super::super::field::Element;
use super::super::point::{DOUBLE_D_WORDS, Projective};
use super::field::{Field, add, subtract};
use crate::CacheLine;
use crate::lanes::{self, LANES, Sum, limbs_of};

/// Where eight points of tables lie.
pub(super) struct Places<'t> {
    /// y + x and y - x.
    pub(super) own: [&'t CacheLine; LANES],
    /// 2dxy of two points.
    pub(super) shared: [&'t CacheLine; LANES],
    /// Where it is the second of these.
    pub(super) second: __mmask8,
    /// Where the negative is meant.
    pub(super) negative: __mmask8,
}

/// Eight operands of additions: y + x, y - x and 2dxy, at most 1.
pub(super) struct Addends {
    sum: Field,
    difference: Field,
    product: Field,
}

impl Addends {
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(super) fn new(places: &Places<'_>) -> Self {
        let [s0, s1, s2, s3, d0, d1, d2, d3] = columns(&places.own);
        let [a0, a1, a2, a3, b0, b1, b2, b3] = columns(&places.shared);
        let sum = Field::from_words(&[s0, s1, s2, s3]);
        let difference = Field::from_words(&[d0, d1, d2, d3]);
        let second = places.second;
        let product = Field::from_words(&[
            _mm512_mask_blend_epi64(second, a0, b0),
            _mm512_mask_blend_epi64(second, a1, b1),
            _mm512_mask_blend_epi64(second, a2, b2),
            _mm512_mask_blend_epi64(second, a3, b3),
        ]);
        // The negative has x and 2dxy negated.
        Self {
            sum: sum.blend(places.negative, &difference),
            difference: difference.blend(places.negative, &sum),
            product: Sum::of(&product).negated_where(places.negative, 1).carried(),
        }
    }
}

/// The words of eight lines, each line in its lane.
#[target_feature(enable = "avx512f")]
#[inline]
fn columns([a, b, c, d, e, f, g, h]: &[&CacheLine; LANES]) -> [__m512i; LANES] {
    lanes::transposed([
        lanes::load(a),
        lanes::load(b),
        lanes::load(c),
        lanes::load(d),
        lanes::load(e),
        lanes::load(f),
        lanes::load(g),
        lanes::load(h),
    ])
}

/// Eight points (x/z, y/t), as an addition or a doubling leaves them.
#[derive(Clone, Copy)]
pub(super) struct Points {
    x: Field,
    y: Field,
    z: Field,
    t: Field,
}

impl Points {
    /// The points themselves.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(super) fn of(addends: &Addends) -> Self {
        let two = Field::splat(&[2, 0, 0, 0, 0]);
        let Addends { sum, difference, .. } = addends;
        Self { x: subtract(sum, difference, 1), y: add(sum, difference), z: two, t: two }
    }

    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline(never)]
    pub(super) fn add(&mut self, addends: &Addends) {
        let (x, y, z) = (self.x.times(&self.t), self.y.times(&self.z), self.z.times(&self.t));
        let product = self.x.times(&self.y).times(&addends.product);
        let upper = add(&y, &x).times(&addends.sum);
        let lower = subtract(&y, &x, 2).times(&addends.difference);
        *self = Self::of_products(&upper, &lower, &add(&z, &z), &product);
    }

    /// To each the point of the lane `partner` is added, and that one's points to these: where lane i's partner is lane
    /// k, lane k's is lane i.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline(never)]
    pub(super) fn add_partners(&mut self, partner: __m512i) {
        let (x, y, z) = (self.x.times(&self.t), self.y.times(&self.z), self.z.times(&self.t));
        let t = self.x.times(&self.y);
        let double_d = Field::splat(&limbs_of(&DOUBLE_D_WORDS));
        let product = t.times(&double_d).times(&t.permuted(partner));
        let (sum, difference) = (add(&y, &x), subtract(&y, &x, 2));
        let upper = sum.times(&sum.permuted(partner));
        let lower = difference.times(&difference.permuted(partner));
        let double_z = add(&z, &z).times(&z.permuted(partner));
        *self = Self::of_products(&upper, &lower, &double_z, &product);
    }

    /// From (Y1 + X1)(Y2 + X2), (Y1 - X1)(Y2 - X2) and 2d T1 T2, below 1.01, and 2 Z1 Z2, below 2.02.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    fn of_products(upper: &Field, lower: &Field, double_z: &Field, product: &Field) -> Self {
        Self {
            x: subtract(upper, lower, 2),
            y: add(upper, lower),
            z: add(double_z, product),
            t: subtract(double_z, product, 2),
        }
    }

    /// Doubles those where the mask has ones.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline(never)]
    pub(super) fn double_where(&mut self, mask: __mmask8) {
        let (x, y, z) = (self.x.times(&self.t), self.y.times(&self.z), self.z.times(&self.t));
        let (xx, yy, zz) = (x.squared(), y.squared(), z.squared());
        // Below 2.02, 3.01, 4.01 and 6.02.
        let new_y = add(&yy, &xx);
        let new_z = subtract(&yy, &xx, 2);
        let new_x = subtract(&add(&x, &y).squared(), &new_y, 3);
        let new_t = subtract(&add(&zz, &zz), &new_z, 4);
        self.x = self.x.blend(mask, &new_x);
        self.y = self.y.blend(mask, &new_y);
        self.z = self.z.blend(mask, &new_z);
        self.t = self.t.blend(mask, &new_t);
    }

    /// That of the lowest lane. Products are below 2^256.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(super) fn lowest(&self) -> Projective {
        let products = [self.x.times(&self.t), self.y.times(&self.z), self.z.times(&self.t)];
        let [x, y, z] = products.map(|product| Element::new(lanes::lowest(&product.to_words())));
        Projective { x, y, z }
    }
}
