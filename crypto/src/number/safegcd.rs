//! Division modulo an odd number by division steps: Bernstein and Yang, "Fast constant-time gcd computation and modular
//! inversion" (2019), here in variable time.
//!
//! A division step maps (delta, f, g), f odd, to (1 - delta, g, (g - f)/2) if delta > 0 and g is odd, else to
//! (1 + delta, f, (g + (g mod 2) f)/2). From (1, modulus, x) at most 741 steps lead to g = 0 for 256 bits, 1110 for
//! 384 (theorem 11.2), and f is then the greatest common divisor or its negative. Steps are taken in batches that look at the
//! lowest limb of f and g alone and give a matrix, which is then applied to f and g as a whole, and to the pair d, e
//! with f = d x and g = e x mod the modulus, times the number that d and e began with.

#![expect(clippy::as_conversions, reason = "limbs change their sign and width here")]
#![expect(clippy::arithmetic_side_effects, reason = "the bounds stand at each step; debug builds check them")]
#![expect(clippy::indexing_slicing, reason = "arrays of known length")]

use super::limb::{Limb, Signed, Wide};
use super::{self as number, Number};

/// Steps of a batch, and bits of a chunk.
const BATCH: u32 = Limb::BITS - 2;

/// Chunks of a number with a sign and one bit more than this many: -2^(bits + 1) to 2^(bits + 1).
const fn chunks_of(bits: usize) -> usize {
    (bits + 2).div_ceil(BATCH as usize)
}

/// Batches until g is 0, for numbers of at least 46 bits.
const fn max_batches(bits: usize) -> usize {
    ((49 * bits + 57) / 17).div_ceil(BATCH as usize)
}

const CHUNK_MASK: Limb = Limb::MAX >> 2;

/// A number in chunks of [`BATCH`] bits, least significant first; the highest has the sign, the others are in
/// 0..2^`BATCH`.
type Chunks<const CHUNKS: usize> = [Signed; CHUNKS];

/// An odd modulus.
pub(crate) struct Modulus<const CHUNKS: usize> {
    chunks: Chunks<CHUNKS>,
    /// 1/modulus mod 2^BATCH.
    inverse: Limb,
}

/// An odd modulus of 256 bits.
pub(crate) type Modulus256 = Modulus<{ chunks_of(256) }>;

/// An odd modulus of 384 bits.
pub(crate) type Modulus384 = Modulus<{ chunks_of(384) }>;

impl<const CHUNKS: usize> Modulus<CHUNKS> {
    pub(crate) const fn new<const LIMBS: usize>(modulus: &[Limb; LIMBS]) -> Self {
        const { assert!(CHUNKS == chunks_of(LIMBS * Limb::BITS as usize)) };
        Self { chunks: chunks(modulus), inverse: number::inverse(modulus) & CHUNK_MASK }
    }
}

/// factor / x mod the modulus, in 0..modulus; 0 for x = 0. Both are below the modulus.
pub(crate) fn quotient<N: Number, const CHUNKS: usize>(factor: &N, x: &N, modulus: &Modulus<CHUNKS>) -> N {
    // delta is kept as its negative.
    let mut eta = -1;
    let (mut f, mut g) = (modulus.chunks, chunks(x.as_ref()));
    let (mut d, mut e) = ([0; CHUNKS], chunks(factor.as_ref()));
    for _ in 0..max_batches(N::BITS) {
        if g.iter().all(|chunk| *chunk == 0) {
            break;
        }
        let matrix;
        (eta, matrix) = Matrix::of_batch(eta, f[0] as Limb, g[0] as Limb);
        matrix.apply(&mut f, &mut g);
        matrix.apply_modulo(&mut d, &mut e, modulus);
    }
    // f is 1 or -1 (or the modulus, for x = 0), d is above -2 modulus and below it.
    if is_negative(&f) {
        for chunk in &mut d {
            *chunk = -*chunk;
        }
        carry(&mut d);
    }
    while is_negative(&d) {
        add_product(&mut d, &modulus.chunks, 1);
    }
    // After the change of sign it may be up to 2 modulus.
    loop {
        let mut less = d;
        add_product(&mut less, &modulus.chunks, -1);
        if is_negative(&less) {
            return limbs(&d);
        }
        d = less;
    }
}

/// What a batch of steps does to (f, g): times this, divided by 2^[`BATCH`].
///
/// |u| + |v| and |q| + |r| are at most 2^`BATCH`.
struct Matrix {
    u: Signed,
    v: Signed,
    q: Signed,
    r: Signed,
}

impl Matrix {
    /// Takes a batch of steps, from the lowest bits of f and g.
    fn of_batch(mut eta: i32, mut f: Limb, mut g: Limb) -> (i32, Self) {
        // Modulo 2^(bits of a limb); the bounds above make the signs come out right in the end.
        let (mut u, mut v, mut q, mut r): (Limb, Limb, Limb, Limb) = (1, 0, 0, 1);
        let mut left = BATCH;
        loop {
            // Where g is even, a step only halves it; f's multiples double instead.
            let zeros = g.trailing_zeros().min(left);
            g >>= zeros;
            u <<= zeros;
            v <<= zeros;
            eta -= zeros as i32;
            left -= zeros;
            if left == 0 {
                return (eta, Self { u: u as Signed, v: v as Signed, q: q as Signed, r: r as Signed });
            }
            if eta < 0 {
                eta = -eta;
                (f, g) = (g, f.wrapping_neg());
                (u, q) = (q, u.wrapping_neg());
                (v, r) = (r, v.wrapping_neg());
            }
            // The next eta + 1 steps do not swap, so they add some multiple of f to g, of as many bits: the one
            // that clears these bits. f (2 - f^2) is 1/f mod 2^6, because f is 1/f mod 2^3.
            let bits = (eta as u32 + 1).min(left).min(6);
            let inverse = f.wrapping_mul(Limb::wrapping_sub(2, f.wrapping_mul(f)));
            let multiple = g.wrapping_mul(inverse).wrapping_neg() & ((1 << bits) - 1);
            g = g.wrapping_add(f.wrapping_mul(multiple));
            q = q.wrapping_add(u.wrapping_mul(multiple));
            r = r.wrapping_add(v.wrapping_mul(multiple));
        }
    }

    /// (f, g) times the matrix, divided by 2^[`BATCH`], which leaves no remainder.
    fn apply<const CHUNKS: usize>(&self, f: &mut Chunks<CHUNKS>, g: &mut Chunks<CHUNKS>) {
        let (mut f_sum, mut g_sum): (Wide, Wide) = (0, 0);
        for at in 0..CHUNKS {
            // Each product is below 2^(2 BATCH) in size, and what was carried below 2^(BATCH + 2).
            f_sum += Wide::from(self.u) * Wide::from(f[at]) + Wide::from(self.v) * Wide::from(g[at]);
            g_sum += Wide::from(self.q) * Wide::from(f[at]) + Wide::from(self.r) * Wide::from(g[at]);
            if at > 0 {
                f[at - 1] = low(f_sum);
                g[at - 1] = low(g_sum);
            }
            f_sum >>= BATCH;
            g_sum >>= BATCH;
        }
        f[CHUNKS - 1] = f_sum as Signed;
        g[CHUNKS - 1] = g_sum as Signed;
    }

    /// (d, e) times the matrix, divided by 2^[`BATCH`] modulo the modulus m.
    ///
    /// d and e are above -2 m and below m, before and after: adding m to those that are negative makes |d|, |e| < m,
    /// so the sums are between -2^`BATCH` m and 2^`BATCH` m; then at most 2^`BATCH` - 1 times m is subtracted.
    fn apply_modulo<const CHUNKS: usize>(
        &self,
        d: &mut Chunks<CHUNKS>,
        e: &mut Chunks<CHUNKS>,
        modulus: &Modulus<CHUNKS>,
    ) {
        let (d_negative, e_negative) = (is_negative(d), is_negative(e));
        let added = |of_d: Signed, of_e: Signed| {
            (if d_negative { of_d } else { 0 }) + (if e_negative { of_e } else { 0 })
        };
        // What is subtracted makes the sum divisible by 2^BATCH.
        let multiple = |added: Signed, of_d: Signed, of_e: Signed| {
            let sum = (of_d as Limb)
                .wrapping_mul(d[0] as Limb)
                .wrapping_add((of_e as Limb).wrapping_mul(e[0] as Limb));
            let clearing = sum.wrapping_mul(modulus.inverse).wrapping_add(added as Limb) & CHUNK_MASK;
            added - clearing as Signed
        };
        let d_multiple = Wide::from(multiple(added(self.u, self.v), self.u, self.v));
        let e_multiple = Wide::from(multiple(added(self.q, self.r), self.q, self.r));
        let (mut d_sum, mut e_sum): (Wide, Wide) = (0, 0);
        for at in 0..CHUNKS {
            let m = Wide::from(modulus.chunks[at]);
            // The multiples are below 2^(BATCH + 1) in size.
            d_sum += Wide::from(self.u) * Wide::from(d[at])
                + Wide::from(self.v) * Wide::from(e[at])
                + d_multiple * m;
            e_sum += Wide::from(self.q) * Wide::from(d[at])
                + Wide::from(self.r) * Wide::from(e[at])
                + e_multiple * m;
            if at > 0 {
                d[at - 1] = low(d_sum);
                e[at - 1] = low(e_sum);
            }
            d_sum >>= BATCH;
            e_sum >>= BATCH;
        }
        d[CHUNKS - 1] = d_sum as Signed;
        e[CHUNKS - 1] = e_sum as Signed;
    }
}

/// The lowest [`BATCH`] bits.
fn low(sum: Wide) -> Signed {
    (sum as Limb & CHUNK_MASK) as Signed
}

fn is_negative<const CHUNKS: usize>(number: &Chunks<CHUNKS>) -> bool {
    number[CHUNKS - 1] < 0
}

/// number += factor * other, for a factor of 1 or -1.
fn add_product<const CHUNKS: usize>(number: &mut Chunks<CHUNKS>, other: &Chunks<CHUNKS>, factor: Signed) {
    for (chunk, &other) in number.iter_mut().zip(other) {
        *chunk += factor * other;
    }
    carry(number);
}

/// Brings all chunks but the highest into their range; they are off by one range at most.
fn carry<const CHUNKS: usize>(number: &mut Chunks<CHUNKS>) {
    for at in 1..CHUNKS {
        number[at] += number[at - 1] >> BATCH;
        number[at - 1] &= CHUNK_MASK as Signed;
    }
}

const fn chunks<const CHUNKS: usize>(number: &[Limb]) -> Chunks<CHUNKS> {
    let mut chunks = [0; CHUNKS];
    let mut i = 0;
    while i < CHUNKS {
        let at = i * BATCH as usize;
        let (limb, shift) = (at / Limb::BITS as usize, at as u32 % Limb::BITS);
        let low = if limb < number.len() { number[limb] >> shift } else { 0 };
        // Two shifts, because one by all bits is none.
        let high =
            if limb + 1 < number.len() { number[limb + 1] << 1 << (Limb::BITS - 1 - shift) } else { 0 };
        chunks[i] = ((low | high) & CHUNK_MASK) as Signed;
        i += 1;
    }
    chunks
}

/// The limbs of a number that fits them.
fn limbs<N: Number, const CHUNKS: usize>(number: &Chunks<CHUNKS>) -> N {
    let mut all = N::ZERO;
    let limbs = all.as_mut();
    for (i, &chunk) in number.iter().enumerate() {
        let at = i * BATCH as usize;
        let (limb, shift) = (at / Limb::BITS as usize, at as u32 % Limb::BITS);
        if let Some(low) = limbs.get_mut(limb) {
            *low |= (chunk as Limb) << shift;
        }
        if let Some(high) = limbs.get_mut(limb + 1) {
            *high |= chunk as Limb >> 1 >> (Limb::BITS - 1 - shift);
        }
    }
    all
}

#[cfg(test)]
mod tests;
