//! Numbers of 52-bit limbs, and what is computed with them at load, one limb at a time.

use crate::number::word::fill;

/// Bits of a limb: a product of two has 104, of which the two IFMA instructions give either half.
pub(super) const LIMB_BITS: u32 = 52;

/// All bits of a limb.
pub(super) const LIMB: u64 = (1 << LIMB_BITS) - 1;

/// Limbs of a block: what a register holds.
pub(super) const BLOCK: usize = 8;

/// Bytes that two limbs take.
const PAIR_LEN: usize = 13;

/// A number of Z blocks of limbs, least significant first. Every limb is below 2^52: the instructions drop the bits
/// above silently.
///
/// A block of zeros lies on both sides, so that the number can be read shifted by up to a block of limbs.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct Number<const Z: usize> {
    below: [u64; BLOCK],
    blocks: [[u64; BLOCK]; Z],
    above: [u64; BLOCK],
}

const _: () = assert!(size_of::<Number<5>>() == 7 * 64 && size_of::<Number<10>>() == 12 * 64);

impl<const Z: usize> Number<Z> {
    pub(super) const ZERO: Self = Self { below: [0; BLOCK], blocks: [[0; BLOCK]; Z], above: [0; BLOCK] };

    /// A big-endian number of at most `52 * 8 * Z` bits.
    pub(super) fn from_be(bytes: &[u8]) -> Self {
        let mut number = Self::ZERO;
        let (first, pairs) = bytes.as_rchunks::<PAIR_LEN>();
        let mut padded = [0; PAIR_LEN];
        fill(padded.iter_mut().rev(), first.iter().rev().copied());
        let (limbs, _) = number.blocks.as_flattened_mut().as_chunks_mut();
        for (limbs, bytes) in limbs.iter_mut().zip(pairs.iter().rev().chain([&padded])) {
            *limbs = pair_from_be(bytes);
        }
        number
    }

    /// Writes the number's bytes, most significant first, as far as the front of `bytes` does not cut them off.
    pub(super) fn write_be(&self, bytes: &mut [u8]) {
        let (limbs, _) = self.limbs().as_chunks();
        let (first, pairs) = bytes.as_rchunks_mut();
        let mut limbs = limbs.iter().copied();
        for (bytes, limbs) in pairs.iter_mut().rev().zip(&mut limbs) {
            *bytes = pair_to_be(limbs);
        }
        let last = limbs.next().map(pair_to_be).unwrap_or_default();
        fill(first.iter_mut().rev(), last.into_iter().rev());
    }

    /// Takes these limbs, if there are that many.
    pub(super) fn set_limbs(&mut self, limbs: &[u64]) {
        if let Some(blocks) = limbs.as_chunks().0.as_array() {
            self.blocks = *blocks;
        }
    }

    pub(super) fn limbs(&self) -> &[u64] {
        self.blocks.as_flattened()
    }

    fn limbs_mut(&mut self) -> &mut [u64] {
        self.blocks.as_flattened_mut()
    }

    pub(super) fn blocks(&self) -> &[[u64; BLOCK]; Z] {
        &self.blocks
    }

    pub(super) fn blocks_mut(&mut self) -> &mut [[u64; BLOCK]; Z] {
        &mut self.blocks
    }

    pub(super) fn is_below(&self, other: &Self) -> bool {
        self.limbs().iter().rev().lt(other.limbs().iter().rev())
    }

    /// self - other, for other <= self.
    pub(super) fn subtract(&mut self, other: &Self) {
        let mut borrow = 0;
        for (limb, &other) in self.limbs_mut().iter_mut().zip(other.limbs()) {
            let difference = limb.wrapping_sub(other).wrapping_sub(borrow);
            borrow = difference >> 63;
            *limb = difference & LIMB;
        }
    }

    /// 2^exponent mod self, for a number of exactly `bits` bits; `exponent` is not less than `bits - 1`.
    pub(super) fn power_of_two(&self, bits: usize, exponent: usize) -> Self {
        let mut power = Self::ZERO;
        let top = bits.saturating_sub(1);
        let limb_bits = LIMB_BITS.try_into().unwrap_or(1);
        if let Some(limb) = power.limbs_mut().get_mut(top.checked_div(limb_bits).unwrap_or(0)) {
            *limb = 1 << top.checked_rem(limb_bits).unwrap_or(0);
        }
        for _ in top..exponent {
            // Twice a number below self has a bit more than it, for which there is room.
            let mut carry = 0;
            for limb in power.limbs_mut() {
                let doubled = *limb << 1 | carry;
                carry = doubled >> LIMB_BITS;
                *limb = doubled & LIMB;
            }
            if !power.is_below(self) {
                power.subtract(self);
            }
        }
        power
    }

    /// -1/self mod 2^(bits of all limbs), for an odd number.
    pub(super) fn negative_inverse(&self) -> Self {
        let lowest = self.limbs().first().copied().unwrap_or(1);
        // Newton, as in `Modulus::new`: 3, 6, 12, 24, 48, 96 bits.
        let inverse = (0..5).fold(lowest, |inverse, _| {
            inverse.wrapping_mul(2_u64.wrapping_sub(lowest.wrapping_mul(inverse)))
        });
        // The digits that make self * result + 1 zero, from the lowest limb up.
        let mut result = Self::ZERO;
        let mut rest = Self::ZERO;
        if let Some(limb) = rest.limbs_mut().first_mut() {
            *limb = 1;
        }
        let mut rest = rest.limbs_mut();
        for digit in result.limbs_mut() {
            let Some(&lowest) = rest.first() else { break };
            *digit = lowest.wrapping_mul(inverse.wrapping_neg()) & LIMB;
            let mut carry = 0;
            for (limb, &n) in rest.iter_mut().zip(self.limbs()) {
                // Below 2^52 + (2^52 - 1)^2 + 2^52, so the carry fits a limb.
                let sum = u128::from(*digit)
                    .wrapping_mul(n.into())
                    .wrapping_add((*limb).into())
                    .wrapping_add(carry);
                *limb = u64::try_from(sum & u128::from(LIMB)).unwrap_or(0);
                carry = sum >> LIMB_BITS;
            }
            rest = rest.get_mut(1..).unwrap_or_default();
        }
        result
    }
}

/// The two limbs of thirteen bytes, the lower first.
fn pair_from_be(bytes: &[u8; PAIR_LEN]) -> [u64; 2] {
    let &[a, b, c, d, e, f, g, h, i, j, k, l, m] = bytes;
    [u64::from_be_bytes([f, g, h, i, j, k, l, m]) & LIMB, u64::from_be_bytes([a, b, c, d, e, f, g, h]) >> 12]
}

/// The inverse of [`pair_from_be`].
fn pair_to_be([low, high]: [u64; 2]) -> [u8; PAIR_LEN] {
    let [a, b, c, d, e, ..] = (high << 12).to_be_bytes();
    let [f, g, h, i, j, k, l, m] = (high << LIMB_BITS | low).to_be_bytes();
    [a, b, c, d, e, f, g, h, i, j, k, l, m]
}
