//! The parameters that a curve provides.

use super::lane_backend::LaneBackend;
use crate::CacheLine;
use crate::comb::Groups;
use crate::number::{self, FieldLimbs, Limb, Number, shifted};

/// A curve y^2 = x^3 - 3 x + b over the field of a prime p, all of whose points, infinity too, are multiples of a
/// generator: their number is a prime n.
///
/// The highest bit of p and of n is the highest of the number's limbs, and n < p.
pub(crate) trait Curve: Copy + Sync + 'static {
    /// A number of as many bits as p.
    ///
    /// 0 and p are the same element of the field, as are 1 and p + 1; none has three forms, because 2 p > 2^bits.
    type Number: Number + FieldLimbs<Self>;

    const PARAMETERS: &'static Parameters<Self::Number>;

    /// factor / x mod p, below p; 0 for x = 0. Both are below p.
    fn quotient_modulo_p(factor: &Self::Number, x: &Self::Number) -> Self::Number;

    /// factor / x mod n, below n; 0 for x = 0. Both are below n.
    fn quotient_modulo_n(factor: &Self::Number, x: &Self::Number) -> Self::Number;

    /// The coordinates of a table's entry, if there is one at that place.
    fn entry(lines: &[CacheLine], at: usize) -> Option<[Self::Number; 2]>;

    /// Writes the coordinates of a table's entry, if there is one at that place.
    fn set_entry(lines: &mut [CacheLine], at: usize, coordinates: [&Self::Number; 2]);

    /// The cache lines that hold an entry.
    fn lines_of(lines: &[CacheLine], at: usize) -> impl Iterator<Item = &CacheLine>;

    /// How sums are computed eight additions at a time.
    type Lanes: LaneBackend<Self>;

    /// Memory for the digits of combs.
    type Digits: Groups;

    /// A byte for every two bits of a number and one more.
    type Pairs: AsRef<[u8]> + AsMut<[u8]>;

    const NO_PAIRS: Self::Pairs;
}

/// The domain parameters of a curve, and what follows from them. R is 2^bits, for the bits of a number.
pub(crate) struct Parameters<N> {
    pub(super) p: N,
    pub(super) n: N,
    /// b, in Montgomery form.
    pub(super) b: N,
    /// The coordinates of the generator, in Montgomery form.
    pub(super) generator: [N; 2],
    /// R mod p.
    pub(super) one: N,
    /// R^2 mod p: the factor that brings a number into Montgomery form.
    pub(super) r_squared: N,
    /// R mod n.
    pub(super) one_modulo_n: N,
    /// -1/n modulo 2^(bits of a limb).
    pub(super) negative_inverse_of_n: Limb,
    /// p - n: what is below it can be the remainder of two first coordinates.
    pub(super) p_minus_n: N,
}

impl<const LIMBS: usize> Parameters<[Limb; LIMBS]> {
    /// p, n, b and the generator as SP 800-186 has them.
    pub(crate) const fn new(
        p: [Limb; LIMBS],
        n: [Limb; LIMBS],
        b: [Limb; LIMBS],
        [x, y]: [[Limb; LIMBS]; 2],
    ) -> Self {
        let bits = <[Limb; LIMBS]>::BITS;
        Self {
            b: shifted(&b, bits, &p),
            generator: [shifted(&x, bits, &p), shifted(&y, bits, &p)],
            one: shifted(&number::one(), bits, &p),
            r_squared: shifted(&number::one(), bits.wrapping_mul(2), &p),
            one_modulo_n: shifted(&number::one(), bits, &n),
            negative_inverse_of_n: number::inverse(&n).wrapping_neg(),
            p_minus_n: number::difference(&p, &n).0,
            p,
            n,
        }
    }
}
