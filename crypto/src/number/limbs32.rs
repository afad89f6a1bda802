//! Sums and differences of numbers of some limbs of 32 bits modulo a number whose highest bit is set.

/// The limbs of a number in words of 64 bits, both least significant first; for constants.
#[expect(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "const; indices below LIMBS, and what a limb cannot hold belongs to the next one"
)]
pub(crate) const fn halves<const WORDS: usize, const LIMBS: usize>(words: &[u64; WORDS]) -> [u32; LIMBS] {
    const { assert!(WORDS * 2 == LIMBS) };
    let mut limbs = [0; LIMBS];
    let mut i = 0;
    while i < LIMBS {
        limbs[i] = (words[i / 2] >> (i % 2 * 32)) as u32;
        i += 1;
    }
    limbs
}

/// a + b mod the modulus, which fits the limbs.
pub(crate) fn add_modulo<const LIMBS: usize>(a: &mut [u32; LIMBS], b: &[u32; LIMBS], modulus: &[u32; LIMBS]) {
    // A carry and a borrow cancel. Both corrections are needed when the sum is 2^bits + modulus or more; below
    // 2^(bits + 1) - 2 modulus there is no third.
    let mut carry = add_assign(a, b);
    while carry {
        carry = !subtract_assign(a, modulus);
    }
}

/// a - b mod the modulus, which fits the limbs.
pub(crate) fn subtract_modulo<const LIMBS: usize>(
    a: &mut [u32; LIMBS],
    b: &[u32; LIMBS],
    modulus: &[u32; LIMBS],
) {
    // Likewise for a difference below -modulus.
    let mut borrow = subtract_assign(a, b);
    while borrow {
        borrow = !add_assign(a, modulus);
    }
}

/// a += b; whether there was a carry.
pub(crate) fn add_assign<const LIMBS: usize>(a: &mut [u32; LIMBS], b: &[u32; LIMBS]) -> bool {
    let mut carry = false;
    for (a, &b) in a.iter_mut().zip(b) {
        (*a, carry) = a.carrying_add(b, carry);
    }
    carry
}

/// a -= b; whether there was a borrow.
pub(crate) fn subtract_assign<const LIMBS: usize>(a: &mut [u32; LIMBS], b: &[u32; LIMBS]) -> bool {
    let mut borrow = false;
    for (a, &b) in a.iter_mut().zip(b) {
        (*a, borrow) = a.borrowing_sub(b, borrow);
    }
    borrow
}
