//! The public operation on x86-64 with BMI2: as in `montgomery`, with strips of four words instead of single words.
//!
//! A strip's sums stay in registers while it passes along the other number: a product of two words costs one
//! multiplication and two and a half additions, and nothing but the words of that number are read and written.
//! Everything here is safe code that is compiled for other instructions; the one unsafe block is where they begin.
#![allow(unsafe_code, reason = "only processors that have the instructions may come here: see `power`")]

use crate::Backend;
use crate::number::word::words_from_be;
use crate::rsa::montgomery::{Modulus, add_product, add_row, double_and_add_square};

/// Words of a strip: with the sums above them, and the products, as many as the registers hold.
const STRIP: usize = 4;

/// As [`Modulus::power`], which it is if the processor has no BMI2.
pub(in crate::rsa) fn power(
    modulus: &Modulus<'_>,
    base: &[u8],
    exponent: u64,
    rr: &[u64],
    power: &mut [u64],
    wide: &mut [u64],
) {
    if Backend::Bmi2.is_available() {
        // SAFETY: the processor has BMI2 and ADX, asked in the line above.
        unsafe { power_with_bmi2(modulus, base, exponent, rr, power, wide) }
    } else {
        modulus.power(base, exponent, rr, power, wide);
    }
}

/// The same steps as [`Modulus::power`].
#[target_feature(enable = "bmi2,adx")]
fn power_with_bmi2(
    modulus: &Modulus<'_>,
    base: &[u8],
    exponent: u64,
    rr: &[u64],
    power: &mut [u64],
    wide: &mut [u64],
) {
    product(wide, words_from_be(base), rr);
    reduce(modulus, wide, power);
    for bit in (0..exponent.checked_ilog2().unwrap_or(0)).rev() {
        square(wide, power);
        reduce(modulus, wide, power);
        if exponent.wrapping_shr(bit) & 1 == 1 {
            product(wide, words_from_be(base), power);
            reduce(modulus, wide, power);
            if bit != 0 {
                product(wide, rr.iter().copied(), power);
                reduce(modulus, wide, power);
            }
        }
    }
}

/// multiplier * multiplicand, into `wide`, which has the words of both.
#[target_feature(enable = "bmi2,adx")]
fn product(wide: &mut [u64], mut multiplier: impl Iterator<Item = u64>, multiplicand: &[u64]) {
    wide.fill(0);
    let mut rest = wide;
    while let Some(first) = multiplier.next() {
        // What a last strip lacks is zero.
        let mut next = || multiplier.next().unwrap_or(0);
        let strip = [first, next(), next(), next()];
        let Some((row, above)) = rest.split_at_mut_checked(multiplicand.len()) else { return };
        let mut carry = [0; STRIP];
        add_strip(row, &strip, multiplicand, &mut carry);
        // The end of `wide` cuts the zeros of a last strip off.
        for (word, carry) in above.iter_mut().zip(carry) {
            *word = carry;
        }
        rest = rest.get_mut(STRIP..).unwrap_or_default();
    }
}

/// x * x, into `wide`, which has twice the words of x.
#[target_feature(enable = "bmi2,adx")]
fn square(wide: &mut [u64], x: &[u64]) {
    wide.fill(0);
    // Products of two different words, each pair once: those within a strip that begins at word i, from 2i + 1;
    // those with the words above the strip, from 2i + 4.
    let mut rest = &mut *wide;
    let mut words = x;
    while let Some((strip, above)) = words.split_first_chunk::<STRIP>() {
        let Some((low, high)) = rest.split_first_chunk_mut::<STRIP>() else { return };
        let Some((row, carries)) = high.split_at_mut_checked(above.len()) else { return };
        let mut carry = add_within(low, strip);
        add_strip(row, strip, above, &mut carry);
        for (word, carry) in carries.iter_mut().zip(carry) {
            *word = carry;
        }
        rest = rest.get_mut(2 * STRIP..).unwrap_or_default();
        words = above;
    }
    // The last one, two or three words, one by one.
    let mut rest = rest.get_mut(1..).unwrap_or_default();
    while let Some((&word, above)) = words.split_first() {
        add_row(rest, word, above);
        rest = rest.get_mut(2..).unwrap_or_default();
        words = above;
    }
    double_and_add_squares(wide, x);
}

/// As in `montgomery`, a strip at a time, so that the carry stays in the flag.
#[target_feature(enable = "bmi2,adx")]
#[inline]
fn double_and_add_squares(wide: &mut [u64], x: &[u64]) {
    let (strips, last) = x.as_chunks::<STRIP>();
    let Some((wide, last_wide)) = wide.split_at_mut_checked(x.len().wrapping_sub(last.len()).wrapping_mul(2))
    else {
        return;
    };
    let mut carry = (0, false);
    for (wide, strip) in wide.as_chunks_mut::<{ 2 * STRIP }>().0.iter_mut().zip(strips) {
        let [low0, high0, low1, high1, low2, high2, low3, high3] = wide;
        let &[x0, x1, x2, x3] = strip;
        carry = double_and_add_square(low0, high0, x0, carry);
        carry = double_and_add_square(low1, high1, x1, carry);
        carry = double_and_add_square(low2, high2, x2, carry);
        carry = double_and_add_square(low3, high3, x3, carry);
    }
    for ([low, high], &x) in last_wide.as_chunks_mut().0.iter_mut().zip(last) {
        carry = double_and_add_square(low, high, x, carry);
    }
}

/// Adds the products of two different words of a strip to `low`, which begins where the strip's first square would;
/// returns what lies above.
#[target_feature(enable = "bmi2,adx")]
fn add_within(low: &mut [u64; STRIP], &[x0, x1, x2, x3]: &[u64; STRIP]) -> [u64; STRIP] {
    // Sums of a product and two words fit two words, as in `add_product`.
    let [_, low1, low2, low3] = low;
    let sum4;
    let sum5;
    let sum6;
    let mut carry;
    (*low1, carry) = x0.carrying_mul_add(x1, *low1, 0);
    (*low2, carry) = x0.carrying_mul_add(x2, *low2, carry);
    (*low3, sum4) = x0.carrying_mul_add(x3, *low3, carry);
    (*low3, carry) = x1.carrying_mul_add(x2, *low3, 0);
    let (sum4, carry) = x1.carrying_mul_add(x3, sum4, carry);
    (sum5, sum6) = x2.carrying_mul_add(x3, carry, 0);
    [sum4, sum5, sum6, 0]
}

/// wide / R mod n, into `out`, for wide < n * R. Uses up `wide`.
#[target_feature(enable = "bmi2,adx")]
fn reduce(modulus: &Modulus<'_>, wide: &mut [u64], out: &mut [u64]) {
    let n = modulus.words();
    let Some((lowest_of_n, rest_of_n)) = n.split_first_chunk::<STRIP>() else { return };
    let mut start = 0_usize;
    while n.len().wrapping_sub(start) >= STRIP {
        let Some(row) = wide.get_mut(start..).and_then(|rest| rest.get_mut(..n.len())) else { return };
        let Some((lowest, row)) = row.split_first_chunk_mut::<STRIP>() else { return };
        // The multiples of n that clear the lowest words of the row, one after the other.
        let mut strip = [0; STRIP];
        for multiplier in &mut strip {
            *multiplier = lowest[0].wrapping_mul(modulus.constant());
            let carry = add_product(lowest, *multiplier, lowest_of_n);
            let [_, sum1, sum2, sum3] = *lowest;
            *lowest = [sum1, sum2, sum3, carry];
        }
        // The carry belongs above the row, where no later row looks at it before it is multiplied out: it waits in
        // the words that were just cleared.
        add_strip(row, &strip, rest_of_n, lowest);
        start = start.wrapping_add(STRIP);
    }
    // The last one, two or three words, one by one.
    for start in start..n.len() {
        let Some(row) = wide.get_mut(start..).and_then(|rest| rest.get_mut(..n.len())) else { return };
        let multiplier = row.first().map_or(0, |lowest| lowest.wrapping_mul(modulus.constant()));
        let carry = add_product(row, multiplier, n);
        if let Some(cleared) = row.first_mut() {
            *cleared = carry;
        }
    }
    let Some((waiting, high)) = wide.split_at_checked(n.len()) else { return };
    let carry = add(out, high, waiting);
    // (n * R + (R - 1) * n) / R < 2n: once is enough.
    modulus.subtract_once(out, carry);
}

/// x + y into `sum`, all equally long; returns the carry. Four words at a time, so that it stays in the flag.
#[target_feature(enable = "bmi2,adx")]
#[inline]
fn add(sum: &mut [u64], x: &[u64], y: &[u64]) -> bool {
    let ((sums, last_sums), (xs, last_x), (ys, last_y)) =
        (sum.as_chunks_mut::<4>(), x.as_chunks::<4>(), y.as_chunks::<4>());
    let mut carry = false;
    for ((sum, &[x0, x1, x2, x3]), &[y0, y1, y2, y3]) in sums.iter_mut().zip(xs).zip(ys) {
        let (sum0, carry0) = x0.carrying_add(y0, carry);
        let (sum1, carry1) = x1.carrying_add(y1, carry0);
        let (sum2, carry2) = x2.carrying_add(y2, carry1);
        let (sum3, carry3) = x3.carrying_add(y3, carry2);
        *sum = [sum0, sum1, sum2, sum3];
        carry = carry3;
    }
    for ((sum, x), &y) in last_sums.iter_mut().zip(last_x).zip(last_y) {
        (*sum, carry) = x.carrying_add(y, carry);
    }
    carry
}

/// row += strip * x + carry, for equally long slices; leaves the carry.
///
/// The one loop where the time goes.
#[target_feature(enable = "bmi2,adx")]
#[inline]
fn add_strip(row: &mut [u64], strip: &[u64; STRIP], x: &[u64], carry: &mut [u64; STRIP]) {
    // In steps of two: the carry is moved between registers once for both, and the strip's words, which do not find
    // registers, are still operands in memory.
    let (sums, last_sums) = row.as_chunks_mut::<2>();
    let (words, last_words) = x.as_chunks::<2>();
    let mut kept = *carry;
    for ([sum0, sum1], &[x0, x1]) in sums.iter_mut().zip(words) {
        kept = add_step(sum0, strip, x0, kept);
        kept = add_step(sum1, strip, x1, kept);
    }
    for (sum, &x) in last_sums.iter_mut().zip(last_words) {
        kept = add_step(sum, strip, x, kept);
    }
    *carry = kept;
}

/// Sets `sum` to the lowest word of strip * x + carry + sum; returns the four above, which hold the rest:
/// (2^256 - 1)(2^64 - 1) + (2^256 - 1) + (2^64 - 1) = 2^320 - 1.
#[target_feature(enable = "bmi2,adx")]
#[inline]
fn add_step(sum: &mut u64, strip: &[u64; STRIP], x: u64, carry: [u64; STRIP]) -> [u64; STRIP] {
    let &[word0, word1, word2, word3] = strip;
    let [carry0, carry1, carry2, carry3] = carry;
    let (low0, high0) = x.carrying_mul(word0, 0);
    let (low1, high1) = x.carrying_mul(word1, 0);
    let (low2, high2) = x.carrying_mul(word2, 0);
    let (low3, high3) = x.carrying_mul(word3, 0);
    // One chain of additions over the products and the sum,
    let (product0, over) = low0.overflowing_add(*sum);
    let (product1, over) = low1.carrying_add(high0, over);
    let (product2, over) = low2.carrying_add(high1, over);
    let (product3, over) = low3.carrying_add(high2, over);
    let product4 = high3.wrapping_add(over.into());
    // and one over the carry.
    let over;
    (*sum, over) = product0.overflowing_add(carry0);
    let (carry0, over) = product1.carrying_add(carry1, over);
    let (carry1, over) = product2.carrying_add(carry2, over);
    let (carry2, over) = product3.carrying_add(carry3, over);
    [carry0, carry1, carry2, product4.wrapping_add(over.into())]
}

#[cfg(test)]
mod tests;
