//! Moves words between rows in memory and lanes of registers, by transposing squares of eight by eight.
#![allow(unsafe_code, reason = "loads and stores")]

#[cfg(test)]
use core::arch::x86_64::_mm512_store_si512;
use core::arch::x86_64::{
    __m512i, _mm_cvtsi128_si64, _mm256_loadu_si256, _mm512_castsi512_si128, _mm512_load_si512,
    _mm512_set_epi64, _mm512_set1_epi64, _mm512_shuffle_i64x2, _mm512_unpackhi_epi64, _mm512_unpacklo_epi64,
    _mm512_xor_si512, _mm512_zextsi256_si512,
};
use core::ptr;

use super::LANES;
use crate::CacheLine;

/// The eight words of a line, each in its lane.
#[target_feature(enable = "avx512f")]
#[inline]
pub(crate) fn load(line: &CacheLine) -> __m512i {
    // SAFETY: a line is the 64 bytes that are read, and aligned to them.
    unsafe { _mm512_load_si512(ptr::from_ref(line).cast()) }
}

/// Half a line in the first four lanes, and 0 in the others.
#[target_feature(enable = "avx512f")]
#[inline]
pub(crate) fn load_half(half: &[u64; 4]) -> __m512i {
    // SAFETY: four words are the 32 bytes that are read, wherever they lie.
    _mm512_zextsi256_si512(unsafe { _mm256_loadu_si256(ptr::from_ref(half).cast()) })
}

/// Eight rows of words that are in registers.
#[cfg(test)]
#[target_feature(enable = "avx512f")]
#[inline]
pub(crate) fn rows(vectors: &[__m512i; LANES]) -> [CacheLine; LANES] {
    let mut rows = [CacheLine::EMPTY; LANES];
    for (row, &vector) in rows.iter_mut().zip(vectors) {
        // SAFETY: a line is the 64 bytes that are written, and aligned to them.
        unsafe { _mm512_store_si512(ptr::from_mut(row).cast(), vector) }
    }
    rows
}

/// The words of the lowest lane.
#[target_feature(enable = "avx512f")]
#[inline]
pub(crate) fn lowest<const W: usize>(words: &[__m512i; W]) -> [u64; W] {
    words.map(|word| _mm_cvtsi128_si64(_mm512_castsi512_si128(word)).cast_unsigned())
}

/// For each lane, the one that is 4, 2 or 1 from it, up or down: those above the distance are below theirs.
#[target_feature(enable = "avx512f")]
#[inline]
pub(crate) fn partners(distance: u8) -> __m512i {
    _mm512_xor_si512(_mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0), _mm512_set1_epi64(i64::from(distance)))
}

/// Word i of row k becomes word k of row i.
#[target_feature(enable = "avx512f")]
#[inline]
pub(crate) fn transposed([a, b, c, d, e, f, g, h]: [__m512i; LANES]) -> [__m512i; LANES] {
    let [r0, r2, r4, r6] = transposed_pairs([
        _mm512_unpacklo_epi64(a, b),
        _mm512_unpacklo_epi64(c, d),
        _mm512_unpacklo_epi64(e, f),
        _mm512_unpacklo_epi64(g, h),
    ]);
    let [r1, r3, r5, r7] = transposed_pairs([
        _mm512_unpackhi_epi64(a, b),
        _mm512_unpackhi_epi64(c, d),
        _mm512_unpackhi_epi64(e, f),
        _mm512_unpackhi_epi64(g, h),
    ]);
    [r0, r1, r2, r3, r4, r5, r6, r7]
}

/// Pair i of row k becomes pair k of row i.
#[target_feature(enable = "avx512f")]
#[inline]
fn transposed_pairs([a, b, c, d]: [__m512i; 4]) -> [__m512i; 4] {
    const EVEN: i32 = 0b10_00_10_00;
    const ODD: i32 = 0b11_01_11_01;
    let (even_ab, odd_ab) = (_mm512_shuffle_i64x2::<EVEN>(a, b), _mm512_shuffle_i64x2::<ODD>(a, b));
    let (even_cd, odd_cd) = (_mm512_shuffle_i64x2::<EVEN>(c, d), _mm512_shuffle_i64x2::<ODD>(c, d));
    [
        _mm512_shuffle_i64x2::<EVEN>(even_ab, even_cd),
        _mm512_shuffle_i64x2::<EVEN>(odd_ab, odd_cd),
        _mm512_shuffle_i64x2::<ODD>(even_ab, even_cd),
        _mm512_shuffle_i64x2::<ODD>(odd_ab, odd_cd),
    ]
}
