//! Modular arithmetic in Montgomery form, on slices of words, for any odd modulus.
//!
//! R = 2^(bits of a word * words of the modulus). The Montgomery form of x is x * R mod n; `reduce` divides by
//! R mod n. Between any two steps numbers are below n: that is what each bound here rests on. Variable time:
//! moduli and signatures are public.

use crate::Word;
use crate::number::word::words_from_be;

/// An odd modulus with the constant of its reduction.
#[derive(Clone, Copy)]
pub(super) struct Modulus<'m> {
    n: &'m [Word],
    /// -1/n mod 2^(bits of a word).
    n0: Word,
}

impl<'m> Modulus<'m> {
    /// Computes the constant of `n`, which is odd and has no zero word on top.
    pub(super) fn new(n: &'m [Word]) -> Self {
        let lowest = n.first().copied().unwrap_or(1);
        // Newton: n * n = 1 mod 8, so n is its own inverse to 3 bits, and each step doubles the bits that are
        // right: 6, 12, 24, 48, 96.
        let inverse = (0..5).fold(lowest, |inverse, _| {
            inverse.wrapping_mul(Word::wrapping_sub(2, lowest.wrapping_mul(inverse)))
        });
        Self { n, n0: inverse.wrapping_neg() }
    }

    /// The modulus whose constant is known.
    pub(super) fn with_constant(n: &'m [Word], n0: Word) -> Self {
        Self { n, n0 }
    }

    /// The constant to keep for [`with_constant`](Self::with_constant).
    pub(super) fn constant(&self) -> Word {
        self.n0
    }

    /// The words of the modulus.
    pub(super) fn words(&self) -> &'m [Word] {
        self.n
    }

    /// R^2 mod n: the factor that brings a number into Montgomery form. `rr` has the words of the modulus,
    /// `wide` twice as many.
    pub(super) fn r_squared(&self, rr: &mut [Word], wide: &mut [Word]) {
        // The highest power of two below n, then doubled until it is R mod n: at most once per bit of a word.
        rr.fill(0);
        let (Some(top), Some(top_of_n)) = (rr.last_mut(), self.n.last()) else { return };
        let highest_bit: Word = 1 << (Word::BITS - 1);
        *top = highest_bit.wrapping_shr(top_of_n.leading_zeros());
        for _ in 0..=top_of_n.leading_zeros() {
            self.double(rr);
        }
        // Now rr is the Montgomery form of 2^0. Square and double to the Montgomery form of 2^(bits of R) = R,
        // which is R * R.
        let bits = self.n.len().wrapping_mul(crate::number::word::WORD_LEN).wrapping_mul(8);
        for bit in (0..=bits.checked_ilog2().unwrap_or(0)).rev() {
            square(wide, rr);
            self.reduce(wide, rr);
            if bits.wrapping_shr(bit) & 1 == 1 {
                self.double(rr);
            }
        }
    }

    /// base^exponent mod n, into `power`; the exponent is odd.
    ///
    /// `base` is a big-endian number below n, in as many bytes as n has; `rr` is R^2 mod n; `power` and `wide`
    /// have once and twice the words of n. Eighteen multiplications for 65537. The base is not kept in Montgomery
    /// form, which would take another number's memory: an inner bit that is set costs two multiplications. So the
    /// worst exponent, 2^32 - 1, costs 93.
    pub(super) fn power(
        &self,
        base: &[u8],
        exponent: Word,
        rr: &[Word],
        power: &mut [Word],
        wide: &mut [Word],
    ) {
        product(wide, words_from_be(base), rr);
        self.reduce(wide, power);
        for bit in (0..exponent.checked_ilog2().unwrap_or(0)).rev() {
            square(wide, power);
            self.reduce(wide, power);
            if exponent.wrapping_shr(bit) & 1 == 1 {
                // By the plain base: the product is no longer in Montgomery form. After the last bit, which is set
                // in every odd exponent, this is the plain result.
                product(wide, words_from_be(base), power);
                self.reduce(wide, power);
                if bit != 0 {
                    product(wide, rr.iter().copied(), power);
                    self.reduce(wide, power);
                }
            }
        }
    }

    /// wide / R mod n, into `out`, for wide < n * R. Uses up `wide`.
    fn reduce(&self, wide: &mut [Word], out: &mut [Word]) {
        for start in 0..self.n.len() {
            let Some(row) = wide.get_mut(start..).and_then(|rest| rest.get_mut(..self.n.len())) else {
                return;
            };
            // The multiple of n that clears the lowest word of the row.
            let multiplier = row.first().map_or(0, |lowest| lowest.wrapping_mul(self.n0));
            let carry = add_product(row, multiplier, self.n);
            // The carry belongs above the row, where no later row looks at it before it is multiplied out: it
            // waits in the word that was just cleared.
            if let Some(cleared) = row.first_mut() {
                *cleared = carry;
            }
        }
        let Some((carries, high)) = wide.split_at_checked(self.n.len()) else { return };
        let mut carry = false;
        for ((out, &high), &waiting) in out.iter_mut().zip(high).zip(carries) {
            (*out, carry) = high.carrying_add(waiting, carry);
        }
        // (n * R + (R - 1) * n) / R < 2n: once is enough.
        self.subtract_once(out, carry);
    }

    /// 2 * x mod n, in place, for x < n.
    fn double(&self, x: &mut [Word]) {
        let mut carry = false;
        for word in x.iter_mut() {
            (*word, carry) = word.carrying_add(*word, carry);
        }
        self.subtract_once(x, carry);
    }

    /// x mod n, in place, for x + carry * R < 2n.
    pub(super) fn subtract_once(&self, x: &mut [Word], carry: bool) {
        if carry || x.iter().rev().ge(self.n.iter().rev()) {
            let mut borrow = false;
            for (word, &n) in x.iter_mut().zip(self.n) {
                (*word, borrow) = word.borrowing_sub(n, borrow);
            }
        }
    }
}

/// multiplier * multiplicand, into `wide`, which has the words of both.
fn product(wide: &mut [Word], multiplier: impl Iterator<Item = Word>, multiplicand: &[Word]) {
    wide.fill(0);
    for (start, word) in multiplier.enumerate() {
        let Some(rest) = wide.get_mut(start..) else { return };
        add_row(rest, word, multiplicand);
    }
}

/// x * x, into `wide`, which has twice the words of x.
fn square(wide: &mut [Word], x: &[Word]) {
    wide.fill(0);
    // Products of two different words, each pair once: word i times the words above it, at 2i + 1.
    let mut rest = wide.get_mut(1..).unwrap_or_default();
    let mut words = x;
    while let Some((&word, above)) = words.split_first() {
        add_row(rest, word, above);
        rest = rest.get_mut(2..).unwrap_or_default();
        words = above;
    }
    double_and_add_squares(wide, x);
}

/// 2 * wide, and the squares of the words of x at 2i, for the sum of the products of two different words of x, each
/// pair once. The result is x * x: nothing is carried out of its top.
fn double_and_add_squares(wide: &mut [Word], x: &[Word]) {
    let mut carry = (0, false);
    for ([low, high], &word) in wide.as_chunks_mut().0.iter_mut().zip(x) {
        carry = double_and_add_square(low, high, word, carry);
    }
}

/// One step of it: takes and returns the bit that doubling shifted out and the carry of the sum.
#[inline]
pub(super) fn double_and_add_square(
    low: &mut Word,
    high: &mut Word,
    word: Word,
    (shifted_in, carry_in): (Word, bool),
) -> (Word, bool) {
    let (square_low, square_high) = word.carrying_mul(word, 0);
    let low_doubled = (*low << 1) | shifted_in;
    let high_doubled = (*high << 1) | (*low >> (Word::BITS - 1));
    let shifted = *high >> (Word::BITS - 1);
    let carry;
    (*low, carry) = low_doubled.carrying_add(square_low, carry_in);
    let carry_out;
    (*high, carry_out) = high_doubled.carrying_add(square_high, carry);
    (shifted, carry_out)
}

/// Adds word * x to the lowest words of `rest`, and sets the word above them, which was zero, to the carry.
#[inline]
pub(super) fn add_row(rest: &mut [Word], word: Word, x: &[Word]) {
    let Some((row, above)) = rest.split_at_mut_checked(x.len()) else { return };
    let carry = add_product(row, word, x);
    if let Some(above) = above.first_mut() {
        *above = carry;
    }
}

/// row += word * x, for equally long slices; returns the carry.
///
/// The one loop where the time goes. A product of two words plus two words fits two words; on Cortex-M4 the step
/// is one `umaal`. Not written with chains of `carrying_add`, as the strips for x86-64 are: LLVM makes compares and
/// branches of those on AArch64, and `mul`, `umulh`, `adds`, `adc` of this. That was read in its output; it was run in
/// an emulator only, and its time never taken.
#[inline]
pub(super) fn add_product(row: &mut [Word], word: Word, x: &[Word]) -> Word {
    let mut carry = 0;
    for (sum, &x) in row.iter_mut().zip(x) {
        (*sum, carry) = word.carrying_mul_add(x, *sum, carry);
    }
    carry
}

#[cfg(test)]
mod tests;
