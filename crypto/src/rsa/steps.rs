//! The steps of the arithmetic against num-bigint, on numbers that carries run through: the same for every backend that
//! computes in machine words.
#![allow(clippy::arithmetic_side_effects)]

extern crate std;

use std::vec;
use std::vec::Vec;

use num_bigint::BigUint;

use super::montgomery::Modulus;
use crate::Word;
use crate::number::word::{bytes_be, words_from_be};
use crate::patterns::{self, power_of_two};

/// What a backend computes with.
pub(super) struct Steps {
    /// The product of the last two, into the first.
    pub(super) product: fn(&mut [Word], &[Word], &[Word]),
    pub(super) square: fn(&mut [Word], &[Word]),
    /// The first, divided by R modulo the modulus, into the second.
    pub(super) reduce: fn(&Modulus<'_>, &mut [Word], &mut [Word]),
}

/// Strips have four words: whole ones, and up to three words beside them. Lengths of keys only repeat that.
const LENGTHS: [usize; 6] = [4, 5, 6, 7, 8, 9];

impl Steps {
    pub(super) fn assert_every_pair(&self) {
        for len in LENGTHS {
            let bits = Word::BITS * u32::try_from(len).unwrap_or(0);
            let all_ones = power_of_two(bits) - 1_u8;
            let moduli = [
                all_ones.clone(),
                power_of_two(bits - 1) + 1_u8,
                // The lowest word is 1: -1/n is all ones.
                all_ones - power_of_two(Word::BITS) + 2_u8,
            ];
            for (at, n) in moduli.iter().enumerate() {
                let table = patterns::table(bits, Word::BITS, n);
                if at == 0 {
                    patterns::pairs(&table, |a, b| self.assert_product(len, a, b));
                    table.iter().for_each(|a| self.assert_square(len, a));
                }
                self.assert_reductions(len, n, &table, &table);
            }
            self.assert_every_modulus(len, bits);
        }
    }

    fn assert_product(&self, len: usize, a: &BigUint, b: &BigUint) {
        let mut wide = vec![Word::MAX; 2 * len];
        (self.product)(&mut wide, &words(len, a), &words(len, b));
        assert!(wide == words(2 * len, &(a * b)), "{a:x} * {b:x}");
    }

    fn assert_square(&self, len: usize, a: &BigUint) {
        let mut wide = vec![Word::MAX; 2 * len];
        (self.square)(&mut wide, &words(len, a));
        assert!(wide == words(2 * len, &(a * a)), "{a:x}^2");
    }

    /// Of (high mod n) R + low, for all of them.
    fn assert_reductions(&self, len: usize, n: &BigUint, high: &[BigUint], low: &[BigUint]) {
        let r = power_of_two(Word::BITS * u32::try_from(len).unwrap_or(0));
        let r_inverse = r.modinv(n).unwrap_or_default();
        let n_words = words(len, n);
        let modulus = Modulus::new(&n_words);
        for high in high {
            let high = high % n;
            for low in low {
                let number = &high * &r + low;
                let (mut wide, mut out) = (words(2 * len, &number), vec![Word::MAX; len]);
                (self.reduce)(&modulus, &mut wide, &mut out);
                assert!(out == words(len, &(&number * &r_inverse % n)), "{number:x} / R mod {n:x}");
            }
        }
    }

    /// Every odd number as a modulus, for its own neighbours.
    fn assert_every_modulus(&self, len: usize, bits: u32) {
        let all_ones = power_of_two(bits) - 1_u8;
        let mut table = patterns::table(bits, Word::BITS, &all_ones);
        table.retain(|n| n.bit(0) && n.bits() > u64::from(bits - Word::BITS));
        assert!(table.len() > 20, "{}", table.len());
        for n in &table {
            let numbers = [BigUint::ZERO, BigUint::from(1_u8), n >> 1_u8, n - 1_u8];
            let low =
                [BigUint::ZERO, BigUint::from(1_u8), n.clone(), power_of_two(bits - 1), all_ones.clone()];
            self.assert_reductions(len, n, &numbers, &low);
            let n_words = words(len, n);
            let mut rr = vec![0; len];
            Modulus::new(&n_words).r_squared(&mut rr, &mut vec![Word::MAX; 2 * len]);
            assert!(rr == words(len, &(power_of_two(2 * bits) % n)), "R^2 mod {n:x}");
        }
    }
}

/// The number in so many words; back again it is the same.
fn words(len: usize, number: &BigUint) -> Vec<Word> {
    let mut words: Vec<Word> = words_from_be(&number.to_bytes_be()).collect();
    words.resize(len, 0);
    debug_assert_eq!(BigUint::from_bytes_be(&bytes_be(&words).collect::<Vec<_>>()), *number);
    words
}
