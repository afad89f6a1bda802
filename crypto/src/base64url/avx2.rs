//! Decodes base64url with AVX2, 32 characters at a time; the caller decodes the rest.
//!
//! Muła and Lemire, "Faster Base64 Encoding and Decoding using AVX2 Instructions" (2018), for the alphabet of URLs.

#![allow(unsafe_code, reason = "the one call into code for processors that have AVX2")]

use core::arch::x86_64::{
    __m256i, _mm_storel_epi64, _mm_storeu_si128, _mm256_add_epi8, _mm256_and_si256, _mm256_castsi256_si128,
    _mm256_cmpeq_epi8, _mm256_extracti128_si256, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_maddubs_epi16,
    _mm256_or_si256, _mm256_permutevar8x32_epi32, _mm256_set1_epi8, _mm256_set1_epi32, _mm256_setr_epi32,
    _mm256_setzero_si256, _mm256_shuffle_epi8, _mm256_srli_epi32, _mm256_testz_si256,
};

cpufeatures::new!(cpu, "avx2");

/// Characters of a block, and the bytes that they decode to.
const BLOCK: usize = 32;
const BYTES: usize = BLOCK / 4 * 3;

/// Decodes whole blocks, as many as `text` and `out` have. Answers how many characters it took; `None` when one of them
/// is not of the alphabet.
#[inline]
pub(super) fn decode(text: &[u8], out: &mut [u8]) -> Option<usize> {
    if text.len() < BLOCK || !cpu::get() {
        return Some(0);
    }
    // SAFETY: the line above asked the processor for AVX2.
    unsafe { decode_blocks(text.as_chunks().0, out.as_chunks_mut().0) }
}

#[target_feature(enable = "avx2")]
fn decode_blocks(blocks: &[[u8; BLOCK]], targets: &mut [[u8; BYTES]]) -> Option<usize> {
    let mut faults = _mm256_setzero_si256();
    let mut taken = 0_usize;
    for (block, target) in blocks.iter().zip(targets) {
        let (bytes, fault) = bytes_of(load(block));
        faults = _mm256_or_si256(faults, fault);
        store(target, bytes);
        taken = taken.wrapping_add(BLOCK);
    }
    (_mm256_testz_si256(faults, faults) == 1).then_some(taken)
}

/// 24 bytes of 32 characters at the low end; and something that is not zero where a character is not of the alphabet.
#[target_feature(enable = "avx2")]
fn bytes_of(characters: __m256i) -> (__m256i, __m256i) {
    let low = _mm256_and_si256(characters, _mm256_set1_epi8(0x0f));
    let high = _mm256_and_si256(_mm256_srli_epi32(characters, 4), _mm256_set1_epi8(0x0f));
    let faults = _mm256_and_si256(
        _mm256_shuffle_epi8(load(&CLASSES.0), low),
        _mm256_shuffle_epi8(load(&CLASSES.1), high),
    );
    // What to add depends on the upper half of a character alone, but for `_`, which stands among the capitals.
    let line = _mm256_cmpeq_epi8(characters, _mm256_set1_epi8(b'_'.cast_signed()));
    let shift = _mm256_shuffle_epi8(load(&SHIFTS), high);
    let shift = _mm256_add_epi8(shift, _mm256_and_si256(line, _mm256_set1_epi8(33)));
    let six = _mm256_add_epi8(characters, shift);
    // Two times six bits, then two times twelve, in 32 bits each.
    let twelve = _mm256_maddubs_epi16(six, _mm256_set1_epi32(0x0140_0140));
    let bytes = _mm256_madd_epi16(twelve, _mm256_set1_epi32(0x0001_1000));
    let packed = _mm256_shuffle_epi8(bytes, load(&ORDER));
    (_mm256_permutevar8x32_epi32(packed, _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 3, 7)), faults)
}

#[target_feature(enable = "avx2")]
fn load(bytes: &[u8; 32]) -> __m256i {
    // SAFETY: the reference is good for 32 bytes; the load asks for no alignment.
    unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) }
}

#[target_feature(enable = "avx2")]
fn store(target: &mut [u8; BYTES], bytes: __m256i) {
    let (first, last) = target.split_at_mut(16);
    // SAFETY: 16 bytes and then 8, for which the two halves are good; the stores ask for no alignment.
    unsafe {
        _mm_storeu_si128(first.as_mut_ptr().cast(), _mm256_castsi256_si128(bytes));
        _mm_storel_epi64(last.as_mut_ptr().cast(), _mm256_extracti128_si256::<1>(bytes));
    }
}

/// Classes of the lower and of the upper half of a character, a bit each: they have one in common exactly when the
/// character is not of the alphabet. Twice, for each half of a register.
static CLASSES: ([u8; 32], [u8; 32]) = classes();

/// What to add to a character, by its upper half, to get its six bits.
static SHIFTS: [u8; 32] = twice([0, 0, 17, 4, 191, 191, 185, 185, 0, 0, 0, 0, 0, 0, 0, 0]);

/// Where the bytes of the result lie in each half: the three low ones of each 32 bits, the highest first.
static ORDER: [u8; 32] = twice([2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 0x80, 0x80, 0x80, 0x80]);

#[expect(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "evaluated at compile time, where a wrong index is an error"
)]
const fn classes() -> ([u8; 32], [u8; 32]) {
    /// The upper half is that of no character.
    const NEVER: u8 = 0x80;
    let (mut low, mut high) = ([NEVER; 16], [NEVER; 16]);
    let mut upper = 2;
    while upper < 8 {
        high[upper] = 1 << (upper - 2);
        let mut lower = 0;
        while lower < 16 {
            let character = (upper << 4 | lower) as u8;
            if !(character.is_ascii_alphanumeric() || character == b'-' || character == b'_') {
                low[lower] |= high[upper];
            }
            lower += 1;
        }
        upper += 1;
    }
    (twice(low), twice(high))
}

#[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "evaluated at compile time")]
const fn twice(half: [u8; 16]) -> [u8; 32] {
    let mut both = [0; 32];
    let mut at = 0;
    while at < 16 {
        both[at] = half[at];
        both[at + 16] = half[at];
        at += 1;
    }
    both
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use std::eprintln;

    #[test]
    fn every_byte_at_every_position() {
        if !cpu::get() {
            eprintln!("SKIPPED: this processor has no AVX2");
            return;
        }
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for position in 0..2 * BLOCK {
            for byte in 0..=255_u8 {
                let mut text = [b'A'; 2 * BLOCK];
                text[position] = byte;
                let mut out = [0xff; 2 * BYTES];
                let bits = alphabet.iter().position(|character| *character == byte);
                assert_eq!(decode(&text, &mut out), bits.map(|_| 2 * BLOCK), "{byte:#x} at {position}");
                if let Some(bits) = bits {
                    // Four characters are a number of 24 bits.
                    let mut expected = [0; 2 * BYTES];
                    let value = u32::try_from(bits).unwrap() << (6 * (3 - position % 4));
                    expected[position / 4 * 3..][..3].copy_from_slice(&value.to_be_bytes()[1..]);
                    assert_eq!(out, expected, "{byte:#x} at {position}");
                }
            }
        }
    }
}
