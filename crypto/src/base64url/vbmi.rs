//! Decodes base64url with AVX-512 VBMI, 64 characters at a time, the last ones included.

#![allow(unsafe_code, reason = "the one call into code for processors that have AVX-512 VBMI")]

use core::arch::x86_64::{
    __m512i, _mm_storeu_si128, _mm256_storeu_si256, _mm512_castsi512_si256, _mm512_extracti32x4_epi32,
    _mm512_loadu_si512, _mm512_madd_epi16, _mm512_maddubs_epi16, _mm512_mask_loadu_epi8,
    _mm512_mask_storeu_epi8, _mm512_mask_test_epi8_mask, _mm512_movepi8_mask, _mm512_or_si512,
    _mm512_permutex2var_epi8, _mm512_permutexvar_epi8, _mm512_set1_epi8, _mm512_set1_epi32,
};

cpufeatures::new!(cpu, "avx512f", "avx512bw", "avx512vbmi");

/// Characters of a block, and the bytes that they decode to.
const BLOCK: usize = 64;
const BYTES: usize = BLOCK / 4 * 3;

/// Decodes all of `text`; `Some(None)` when it is not base64url, `None` without these instructions.
#[inline]
pub(super) fn decode(text: &[u8], out: &mut [u8]) -> Option<Option<()>> {
    // SAFETY: the processor was asked for every feature that the function is compiled with.
    cpu::get().then(|| unsafe { decode_wide(text, out) })
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn decode_wide(text: &[u8], out: &mut [u8]) -> Option<()> {
    let mut faults = 0;
    let (blocks, last) = text.as_chunks::<BLOCK>();
    let (targets, last_target) = out.split_at_mut_checked(blocks.len().checked_mul(BYTES)?)?;
    for (block, target) in blocks.iter().zip(targets.as_chunks_mut::<BYTES>().0) {
        let (bytes, fault) = bytes_of(load(block));
        faults |= fault;
        store(target, bytes);
    }
    if last.len() % 4 == 1 || last.len().wrapping_mul(3) / 4 != last_target.len() {
        return None;
    }
    // Behind the text stand characters of six zero bits: what they leave behind the last byte must be zero, too.
    let (bytes, fault) = bytes_of(load_padded(last));
    faults |= fault | _mm512_mask_test_epi8_mask(!low_bits(last_target.len()), bytes, bytes);
    store_part(last_target, bytes);
    (faults == 0).then_some(())
}

/// 48 bytes of 64 characters, the rest of the register zero; and a mark for each character that is not of the
/// alphabet.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn bytes_of(characters: __m512i) -> (__m512i, u64) {
    // The six bits of each character, by its low seven bits; what is not of the alphabet gets the top bit, and
    // what has an eighth bit has it already.
    let six = _mm512_permutex2var_epi8(load(&TABLES.0), characters, load(&TABLES.1));
    let faults = _mm512_movepi8_mask(_mm512_or_si512(six, characters));
    // Two times six bits, then two times twelve, in 32 bits each.
    let twelve = _mm512_maddubs_epi16(six, _mm512_set1_epi32(0x0140_0140));
    let bytes = _mm512_madd_epi16(twelve, _mm512_set1_epi32(0x0001_1000));
    (_mm512_permutexvar_epi8(load(&ORDER), bytes), faults)
}

/// As many low bits as a length of at most 63 says.
fn low_bits(len: usize) -> u64 {
    let len = u32::try_from(len).unwrap_or(0);
    1_u64.unbounded_shl(len).wrapping_sub(1)
}

#[target_feature(enable = "avx512f,avx512bw")]
fn load_padded(text: &[u8]) -> __m512i {
    let padding = _mm512_set1_epi8(b'A'.cast_signed());
    // SAFETY: the mask lets as many bytes through as the slice has; the others are not read.
    unsafe { _mm512_mask_loadu_epi8(padding, low_bits(text.len()), text.as_ptr().cast()) }
}

#[target_feature(enable = "avx512f")]
fn load(bytes: &[u8; BLOCK]) -> __m512i {
    // SAFETY: the reference is good for 64 bytes; the load asks for no alignment.
    unsafe { _mm512_loadu_si512(bytes.as_ptr().cast()) }
}

/// Without a mask, which costs a nanosecond a block.
#[target_feature(enable = "avx512f")]
fn store(target: &mut [u8; BYTES], bytes: __m512i) {
    let (first, last) = target.split_at_mut(32);
    // SAFETY: 32 bytes and then 16, for which the two parts are good; the stores ask for no alignment.
    unsafe {
        _mm256_storeu_si256(first.as_mut_ptr().cast(), _mm512_castsi512_si256(bytes));
        _mm_storeu_si128(last.as_mut_ptr().cast(), _mm512_extracti32x4_epi32::<2>(bytes));
    }
}

#[target_feature(enable = "avx512f,avx512bw")]
fn store_part(target: &mut [u8], bytes: __m512i) {
    // SAFETY: the mask lets as many bytes through as the slice has; the others are not written.
    unsafe { _mm512_mask_storeu_epi8(target.as_mut_ptr().cast(), low_bits(target.len()), bytes) };
}

/// Six bits of each of 128 characters; 0x80 for those that are not of the alphabet.
static TABLES: ([u8; 64], [u8; 64]) = tables();

/// Where the bytes of the result lie: the three low ones of each 32 bits, the highest first. Behind them the top
/// byte of 32 bits, which is zero.
static ORDER: [u8; 64] = order();

#[expect(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "evaluated at compile time, where a wrong index is an error"
)]
const fn tables() -> ([u8; 64], [u8; 64]) {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut low, mut high) = ([0x80; 64], [0x80; 64]);
    let mut bits = 0;
    while bits < 64 {
        let character = alphabet[bits] as usize;
        if character < 64 {
            low[character] = bits as u8;
        } else {
            high[character - 64] = bits as u8;
        }
        bits += 1;
    }
    (low, high)
}

#[expect(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "evaluated at compile time, where a wrong index is an error"
)]
const fn order() -> [u8; 64] {
    let mut order = [3; 64];
    let mut at = 0;
    while at < BYTES {
        order[at] = (at / 3 * 4 + 2 - at % 3) as u8;
        at += 1;
    }
    order
}
