//! Modular arithmetic in Montgomery form, in vectors of 52-bit limbs.
//!
//! R = 2^(52 * 8 Z). A step takes two numbers below 2n to a number below 2n: x * y < 4n^2 <= n * R, because
//! R >= 4n, so (x * y + m * n) / R < n + n. Only the last result is brought below n.
//!
//! A product is a row of columns, each the sum of the halves of products that lie 52 bits apart: the lower half of
//! `x[i] * y[j]` in column i + j, the upper one in the next. A column of the longest numbers, of 80 limbs, has at most
//! 160 halves: below 2^60, and twice that for the pairs of a square is below 2^61. Columns become limbs, which is
//! what the multiplications take, only when all sums are done: nothing above 52 bits is ever multiplied.
//!
//! The reduction is not interleaved, row by row, with the product: with -1/n mod R known, the multiple of n is one
//! half product, its higher half another, and there is no chain from limb to limb. Nor are vectors shifted: register
//! c holds the columns 8c to 8c + 7 throughout, and the other factor is loaded shifted from memory, once for all
//! rows that need the same shift.
#![allow(unsafe_code, reason = "loads from memory, and the functions that only some processors can run")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "the loops over blocks have constant bounds, at most Z and 2Z, and are unrolled"
)]

use core::arch::x86_64::{
    __m512i, _mm_cvtsi64_si128, _mm512_add_epi64, _mm512_alignr_epi64, _mm512_and_si512,
    _mm512_cmpeq_epu64_mask, _mm512_cmpgt_epu64_mask, _mm512_loadu_si512, _mm512_madd52hi_epu64,
    _mm512_madd52lo_epu64, _mm512_mask_add_epi64, _mm512_mask_madd52hi_epu64, _mm512_mask_madd52lo_epu64,
    _mm512_permutex2var_epi64, _mm512_permutexvar_epi64, _mm512_reduce_add_epi64, _mm512_set_epi64,
    _mm512_set1_epi64, _mm512_setzero_si512, _mm512_srli_epi64, _mm512_storeu_si512, _mm512_zextsi128_si512,
};
use core::ptr;

use super::Ifma;
use super::number::{BLOCK, LIMB, LIMB_BITS, Number};

/// A loop over numbers of blocks that is written out: the sums that it goes over stay in registers only if each has
/// a constant index, and compilers do not unroll loops that become as long as these.
macro_rules! unrolled {
    (for $index:ident in $range:expr, $body:block) => {
        unrolled!(for $index in $range, $body, 0 1 2 3 4 5 6 7 8 9 10)
    };
    (for $index:ident in $range:expr, $body:block, $($value:literal)*) => {
        $(if ($range).contains(&$value) {
            let $index: usize = $value;
            $body
        })*
    };
}

/// The columns of a product, or of half of it: Z blocks of eight.
type Columns<const Z: usize> = [__m512i; Z];

/// An odd modulus n, at most R/4.
pub(super) struct Modulus<'n, const Z: usize> {
    pub(super) n: &'n Number<Z>,
    /// -1/n mod R.
    pub(super) negative_inverse: &'n Number<Z>,
}

impl<const Z: usize> Modulus<'_, Z> {
    /// base^exponent mod n, into `power`, for base < n and an odd exponent; rr, below 2n, is R^2 mod n or that and n.
    ///
    /// The steps are those of the portable `Modulus::power`.
    pub(super) fn power(
        &self,
        _: Ifma,
        base: &Number<Z>,
        exponent: u64,
        rr: &Number<Z>,
        power: &mut Number<Z>,
    ) {
        // SAFETY: a value of `Ifma` exists only where the processor has AVX-512 F and IFMA.
        unsafe { self.power_with_ifma(base, exponent, rr, power) }
    }

    /// Replaces x, below 2n, by x * x / R mod n, or that and n.
    pub(super) fn square(&self, _: Ifma, x: &mut Number<Z>) {
        // SAFETY: a value of `Ifma` exists only where the processor has AVX-512 F and IFMA.
        unsafe { self.square_with_ifma(x) }
    }

    #[target_feature(enable = "avx512f,avx512ifma")]
    fn power_with_ifma(&self, base: &Number<Z>, exponent: u64, rr: &Number<Z>, power: &mut Number<Z>) {
        power.clone_from(base);
        self.multiply(power, rr);
        for bit in (0..exponent.checked_ilog2().unwrap_or(0)).rev() {
            self.square_with_ifma(power);
            if exponent.wrapping_shr(bit) & 1 == 1 {
                self.multiply(power, base);
                if bit != 0 {
                    self.multiply(power, rr);
                }
            }
        }
        if !power.is_below(self.n) {
            power.subtract(self.n);
        }
    }

    #[target_feature(enable = "avx512f,avx512ifma")]
    fn square_with_ifma(&self, x: &mut Number<Z>) {
        let [low, high] = square(x);
        self.reduce(low, high, x);
    }

    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline(never)]
    fn multiply(&self, x: &mut Number<Z>, y: &Number<Z>) {
        let [low, high] = product(x, y);
        self.reduce(low, high, x);
    }

    /// (low + high * R) / R mod n, or that and n, into `out`.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    fn reduce(&self, mut low: Columns<Z>, mut high: Columns<Z>, out: &mut Number<Z>) {
        let above_low = carry(&mut low);
        store(out, &low);
        let mut multiple = low_product(out, self.negative_inverse);
        // Modulo R.
        let _ = carry(&mut multiple);
        let low_top = out.blocks()[Z - 1][BLOCK - 1];
        store(out, &multiple);
        for (high, product) in high.iter_mut().zip(high_product(out, self.n)) {
            *high = _mm512_add_epi64(*high, product);
        }
        // What the columns of m * n below R carry into those above, together with low: their sum is a multiple of R,
        // C * R. With R = 2^(52 * 8 Z), the highest of the columns gives C * 2^52 but for what is below it, which is
        // at least 0 and, of at most 160 halves in each column, below 161 of its units: C is the quotient, rounded
        // up.
        let above_multiple = (highest_low_column(&multiple, self.n) + low_top + LIMB) >> LIMB_BITS;
        high[0] = _mm512_add_epi64(high[0], lowest_lane(above_low + above_multiple));
        // Below 2n, so nothing is carried out.
        let _ = carry(&mut high);
        store(out, &high);
    }
}

/// x * y.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn product<const Z: usize>(x: &Number<Z>, y: &Number<Z>) -> [Columns<Z>; 2] {
    let mut columns = [[_mm512_setzero_si512(); Z]; 2];
    let sums = columns.as_flattened_mut();
    for shift in 0..BLOCK {
        unrolled!(for k in 0..=Z, {
            let y = shifted(y, k, shift);
            unrolled!(for a in 0..Z, {
                sums[a + k] = _mm512_madd52lo_epu64(sums[a + k], row(x, a, shift), y);
            });
            unrolled!(for a in 0..Z, {
                sums[a + k] = _mm512_madd52hi_epu64(sums[a + k], row_below(x, a, shift), y);
            });
        });
    }
    let last = row_below(x, Z, 0);
    unrolled!(for k in 0..Z, {
        sums[Z + k] = _mm512_madd52hi_epu64(sums[Z + k], last, shifted(y, k, 0));
    });
    columns
}

/// The columns of x * y below R.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn low_product<const Z: usize>(x: &Number<Z>, y: &Number<Z>) -> Columns<Z> {
    // Lower and upper halves apart, and, where there are registers for it, even and odd a: a sum waits for the one
    // before it.
    let (mut lower, mut upper) = ([[_mm512_setzero_si512(); Z]; 2], [[_mm512_setzero_si512(); Z]; 2]);
    let chains = if Z < 8 { 2 } else { 1 };
    for shift in 0..BLOCK {
        unrolled!(for k in 0..Z, {
            let y = shifted(y, k, shift);
            unrolled!(for a in 0..Z - k, {
                lower[a % chains][a + k] = _mm512_madd52lo_epu64(lower[a % chains][a + k], row(x, a, shift), y);
                upper[a % chains][a + k] = _mm512_madd52hi_epu64(upper[a % chains][a + k], row_below(x, a, shift), y);
            });
        });
    }
    let ([lower, more_lower], [upper, more_upper]) = (lower, upper);
    add(add(lower, &upper), &add(more_lower, &more_upper))
}

/// The columns of x * y from R up.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn high_product<const Z: usize>(x: &Number<Z>, y: &Number<Z>) -> Columns<Z> {
    let (mut lower, mut upper) = ([[_mm512_setzero_si512(); Z]; 2], [[_mm512_setzero_si512(); Z]; 2]);
    let chains = if Z < 8 { 2 } else { 1 };
    for shift in 0..BLOCK {
        unrolled!(for k in 1..=Z, {
            let y = shifted(y, k, shift);
            unrolled!(for a in Z - k..Z, {
                lower[a % chains][a + k - Z] = _mm512_madd52lo_epu64(lower[a % chains][a + k - Z], row(x, a, shift), y);
                upper[a % chains][a + k - Z] = _mm512_madd52hi_epu64(upper[a % chains][a + k - Z], row_below(x, a, shift), y);
            });
        });
    }
    let last = row_below(x, Z, 0);
    unrolled!(for k in 0..Z, {
        upper[0][k] = _mm512_madd52hi_epu64(upper[0][k], last, shifted(y, k, 0));
    });
    let ([lower, more_lower], [upper, more_upper]) = (lower, upper);
    add(add(lower, &upper), &add(more_lower, &more_upper))
}

/// The column of x * y just below R: `x[i] * y[8 * Z - 1 - i]`, lower half, and `x[i] * y[8 * Z - 2 - i]`, upper.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn highest_low_column<const Z: usize>(x: &Columns<Z>, y: &Number<Z>) -> u64 {
    let backwards = _mm512_set_epi64(0, 1, 2, 3, 4, 5, 6, 7);
    let (mut lower, mut upper) = (_mm512_setzero_si512(), _mm512_setzero_si512());
    for (a, &x) in x.iter().enumerate() {
        let y0 = _mm512_permutexvar_epi64(backwards, shifted(y, Z - 1 - a, 0));
        let y1 = _mm512_permutexvar_epi64(backwards, shifted(y, Z - 1 - a, 1));
        lower = _mm512_madd52lo_epu64(lower, x, y0);
        upper = _mm512_madd52hi_epu64(upper, x, y1);
    }
    _mm512_reduce_add_epi64(_mm512_add_epi64(lower, upper)).cast_unsigned()
}

/// x * x.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn square<const Z: usize>(x: &Number<Z>) -> [Columns<Z>; 2] {
    let mut columns = [[_mm512_setzero_si512(); Z]; 2];
    let sums = columns.as_flattened_mut();
    // Each pair of different limbs once: of row i, the limbs above i. In the rows i = 8a + shift they begin in block
    // a of the shifted number, or, from a shift of 4 on, in the next, and there at a lane that is the same for all.
    for shift in 0..BLOCK / 2 {
        let (above_row, above_row_below) = (u8::MAX << (2 * shift + 1), u8::MAX << (2 * shift));
        unrolled!(for k in 0..=Z, {
            let y = shifted(x, k, shift);
            unrolled!(for a in 0..Z.min(k + 1), {
                let (lower, upper) = (row(x, a, shift), row_below(x, a, shift));
                let sum = sums[a + k];
                sums[a + k] = if a == k {
                    let sum = _mm512_mask_madd52lo_epu64(sum, above_row, lower, y);
                    _mm512_mask_madd52hi_epu64(sum, above_row_below, upper, y)
                } else {
                    _mm512_madd52hi_epu64(_mm512_madd52lo_epu64(sum, lower, y), upper, y)
                };
            });
        });
    }
    for shift in BLOCK / 2..BLOCK {
        let (above_row, above_row_below) = (u8::MAX << (2 * shift - 7), u8::MAX << (2 * shift - 8));
        unrolled!(for k in 1..=Z, {
            let y = shifted(x, k, shift);
            unrolled!(for a in 0..k, {
                let (lower, upper) = (row(x, a, shift), row_below(x, a, shift));
                let sum = sums[a + k];
                sums[a + k] = if a + 1 == k {
                    let sum = _mm512_mask_madd52lo_epu64(sum, above_row, lower, y);
                    _mm512_mask_madd52hi_epu64(sum, above_row_below, upper, y)
                } else {
                    _mm512_madd52hi_epu64(_mm512_madd52lo_epu64(sum, lower, y), upper, y)
                };
            });
        });
    }
    // Twice that, and the squares: of limb i in the columns 2i and 2i + 1.
    let even = _mm512_set_epi64(11, 3, 10, 2, 9, 1, 8, 0);
    let odd = _mm512_set_epi64(15, 7, 14, 6, 13, 5, 12, 4);
    unrolled!(for a in 0..Z, {
        let x = shifted(x, a, 0);
        let lower = _mm512_madd52lo_epu64(_mm512_setzero_si512(), x, x);
        let upper = _mm512_madd52hi_epu64(_mm512_setzero_si512(), x, x);
        for (c, lanes) in [(2 * a, even), (2 * a + 1, odd)] {
            let squares = _mm512_permutex2var_epi64(lower, lanes, upper);
            sums[c] = _mm512_add_epi64(_mm512_add_epi64(sums[c], sums[c]), squares);
        }
    });
    columns
}

/// Columns to limbs below 2^52; returns what is carried out of the highest. For columns below 2^62.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn carry<const Z: usize>(columns: &mut Columns<Z>) -> u64 {
    let limb = _mm512_set1_epi64(LIMB.cast_signed());
    let mut below = _mm512_setzero_si512();
    let (mut generates, mut propagates) = (0_u128, 0_u128);
    for (block, column) in columns.iter_mut().enumerate() {
        let above = _mm512_srli_epi64::<LIMB_BITS>(*column);
        let from_below = _mm512_alignr_epi64::<7>(above, below);
        // Below 2^52 + 2^10: one more bit to carry.
        *column = _mm512_add_epi64(_mm512_and_si512(*column, limb), from_below);
        below = above;
        generates |= u128::from(_mm512_cmpgt_epu64_mask(*column, limb)) << (BLOCK * block);
        propagates |= u128::from(_mm512_cmpeq_epu64_mask(*column, limb)) << (BLOCK * block);
    }
    // A limb that is all ones passes a carry on, as a bit that is one does in an addition.
    let carries = (((generates << 1) + propagates) ^ propagates).to_le_bytes();
    let one = _mm512_set1_epi64(1);
    for (block, column) in columns.iter_mut().enumerate() {
        let carried = _mm512_mask_add_epi64(*column, carries[block], *column, one);
        *column = _mm512_and_si512(carried, limb);
    }
    highest_lane(below) + u64::from(carries[Z])
}

#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn add<const Z: usize>(mut x: Columns<Z>, y: &Columns<Z>) -> Columns<Z> {
    for (x, &y) in x.iter_mut().zip(y) {
        *x = _mm512_add_epi64(*x, y);
    }
    x
}

/// Block k of the number times 2^(52 shift).
#[target_feature(enable = "avx512f")]
#[inline]
fn shifted<const Z: usize>(number: &Number<Z>, k: usize, shift: usize) -> __m512i {
    assert!(k <= Z && shift <= BLOCK);
    let first = ptr::from_ref(number).cast::<u64>();
    // SAFETY: a number is 8 (Z + 2) words, as its `repr(C)` says. The eight words loaded begin at word
    // 8 + 8k - shift, which is 0 at least and 8 + 8Z at most.
    unsafe { _mm512_loadu_si512(first.add(BLOCK + BLOCK * k - shift).cast()) }
}

/// Limb 8a + shift in every lane.
#[target_feature(enable = "avx512f")]
#[inline]
fn row<const Z: usize>(number: &Number<Z>, a: usize, shift: usize) -> __m512i {
    row_below(number, a, shift + 1)
}

/// Limb 8a + shift - 1 in every lane; zero for that below the lowest.
#[target_feature(enable = "avx512f")]
#[inline]
fn row_below<const Z: usize>(number: &Number<Z>, a: usize, shift: usize) -> __m512i {
    assert!(a <= Z && shift <= BLOCK);
    let first = ptr::from_ref(number).cast::<u64>();
    // SAFETY: a number is 8 (Z + 2) words, as its `repr(C)` says. The word read is number 8 + 8a + shift - 1, which
    // is 7 at least and 15 + 8Z at most.
    _mm512_set1_epi64(unsafe { *first.add(BLOCK + BLOCK * a + shift - 1) }.cast_signed())
}

#[target_feature(enable = "avx512f")]
#[inline]
fn store<const Z: usize>(number: &mut Number<Z>, limbs: &Columns<Z>) {
    for (block, &limbs) in number.blocks_mut().iter_mut().zip(limbs) {
        // SAFETY: a block is the 64 bytes that are written.
        unsafe { _mm512_storeu_si512(ptr::from_mut(block).cast(), limbs) }
    }
}

#[target_feature(enable = "avx512f")]
#[inline]
fn lowest_lane(word: u64) -> __m512i {
    _mm512_zextsi128_si512(_mm_cvtsi64_si128(word.cast_signed()))
}

#[target_feature(enable = "avx512f")]
#[inline]
fn highest_lane(vector: __m512i) -> u64 {
    let mut lanes = [0; BLOCK];
    // SAFETY: the array is the 64 bytes that are written.
    unsafe { _mm512_storeu_si512(ptr::from_mut(&mut lanes).cast(), vector) }
    lanes[BLOCK - 1]
}

#[cfg(test)]
mod tests;
