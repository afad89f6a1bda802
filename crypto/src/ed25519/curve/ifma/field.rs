//! Elements of the field of p = 2^255 - 19 in eight lanes, in limbs of 52 bits, as they are.

use super::super::P_WORDS;
use crate::lanes::{Element, Modulus, Reduction, Sum, limbs_of};

/// p = 2^255 - 19.
#[derive(Clone, Copy)]
pub(super) struct P;

impl Modulus<5> for P {
    const LIMBS: [u64; 5] = limbs_of(&P_WORDS);
    const REDUCTION: Reduction = Reduction::Folding { bits: 255, c: 19 };
}

/// Eight elements below 2^260, which is more than 32 p.
pub(super) type Field = Element<P, 5>;

#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
pub(super) fn add(a: &Field, b: &Field) -> Field {
    Sum::of(a).plus(b).carried()
}

/// a - b + `multiple` p, for b that is not above that multiple.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
pub(super) fn subtract(a: &Field, b: &Field, multiple: i64) -> Field {
    Sum::of(a).plus_modulus(multiple).minus(b).carried()
}
