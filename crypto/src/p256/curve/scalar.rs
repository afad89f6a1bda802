//! Scalars: numbers modulo the order n of the group.

use super::number::{self, Number, from_words};
use super::{Limb, safegcd};

/// The order of the group (SP 800-186, section 3.2.1.3).
pub(super) const N: Number =
    from_words([0xf3b9_cac2_fc63_2551, 0xbce6_faad_a717_9e84, 0xffff_ffff_ffff_ffff, 0xffff_ffff_0000_0000]);

/// p - n: what is below it can be the remainder of two first coordinates.
pub(super) const P_MINUS_N: Number = from_words([0x0c46_353d_039c_daae, 0x4319_0553_58e8_617b, 0, 0]);

/// -1/n mod 2^64.
const N0: u64 = 0xccd1_c8aa_ee00_bc4f;

/// 2^256 mod n.
const R: Number = from_words([0x0c46_353d_039c_daaf, 0x4319_0552_58e8_617b, 0, 0xffff_ffff]);

/// Inverses come out in Montgomery form.
const MODULUS: safegcd::Modulus = safegcd::Modulus::new(N, 0x332e_3755_11ff_43b1);

/// A number below n.
#[derive(Clone, Copy)]
pub(crate) struct Scalar(Number);

impl Scalar {
    /// The number in 32 octets modulo n.
    pub(super) fn reduced(octets: &[u8; 32]) -> Self {
        // 2^256 < 2n
        Self(number::reduce_once(&number::from_be(octets), &N))
    }

    /// The number in 32 octets, if it is in 1..n.
    pub(super) fn nonzero(octets: &[u8; 32]) -> Option<Self> {
        let number = number::from_be(octets);
        (number.iter().any(|limb| *limb != 0) && number::is_below(&number, &N)).then_some(Self(number))
    }

    /// The number, which is below n.
    #[cfg(all(target_arch = "x86_64", target_pointer_width = "64"))]
    pub(super) const fn below_n(number: Number) -> Self {
        Self(number)
    }

    pub(super) fn number(&self) -> &Number {
        &self.0
    }

    /// (a/x, b/x), for x that is not 0.
    pub(super) fn divide([a, b]: [&Self; 2], x: &Self) -> [Self; 2] {
        let inverse = quotient(&R, &x.0);
        [montgomery_product(&a.0, &inverse), montgomery_product(&b.0, &inverse)]
    }
}

/// factor / x mod n, for numbers below n; 0 for x = 0.
pub(super) fn quotient(factor: &Number, x: &Number) -> Number {
    safegcd::quotient(factor, x, &MODULUS)
}

/// a * b / 2^256 mod n, for a and b below n.
#[inline(never)]
fn montgomery_product(a: &Number, b: &Number) -> Scalar {
    let mut sum: Number = [0; number::LIMBS];
    let mut top = false;
    for &limb in b {
        let mut high = 0;
        for (sum, &a) in sum.iter_mut().zip(a) {
            (*sum, high) = a.carrying_mul_add(limb, *sum, high);
        }
        let (above, above_that) = high.carrying_add(Limb::from(top), false);
        // Adds the multiple of n that clears the lowest limb, and moves the limbs down by one.
        let multiplier = lowest(&sum).wrapping_mul(lowest(&from_words([N0, 0, 0, 0])));
        let (_, mut high) = multiplier.carrying_mul_add(lowest(&N), lowest(&sum), 0);
        for at in 1..number::LIMBS {
            let (Some(&n), Some(&limb)) = (N.get(at), sum.get(at)) else { break };
            let limb_below;
            (limb_below, high) = multiplier.carrying_mul_add(n, limb, high);
            if let Some(below) = sum.get_mut(at.wrapping_sub(1)) {
                *below = limb_below;
            }
        }
        let (above, carry) = above.carrying_add(high, false);
        if let Some(highest) = sum.last_mut() {
            *highest = above;
        }
        // The sum is below a + n < 2^257: one of them at most.
        top = above_that | carry;
    }
    // (a b + 2^256 n) / 2^256 < 2n.
    Scalar(if top { number::subtract(&sum, &N).0 } else { number::reduce_once(&sum, &N) })
}

fn lowest(number: &Number) -> Limb {
    number.first().copied().unwrap_or(0)
}

#[cfg(test)]
#[path = "scalar_tests.rs"]
mod tests;
