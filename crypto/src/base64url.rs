//! base64url in wide registers, where the processor has them: whole blocks only, the rest is the caller's.
//!
//! Here because this is the one crate that may hold SIMD; the decoder that decides what is canonical is the core's.

/// Characters of a block, and the octets that they decode to.
const BLOCK: usize = 64;
const OCTETS: usize = BLOCK / 4 * 3;

/// Decodes whole blocks of 64 characters (RFC 4648, section 5) from the front of `text` into `out`, 48 octets each, as
/// far as both reach. Answers how many characters it took: a multiple of 64, and 0 where the processor has no
/// AVX-512 VBMI. `None` when one of them is not of the alphabet.
#[inline]
pub fn decode_blocks(text: &[u8], out: &mut [u8]) -> Option<usize> {
    let (blocks, _) = text.as_chunks::<BLOCK>();
    let (targets, _) = out.as_chunks_mut::<OCTETS>();
    vbmi::decode(blocks, targets)
}

#[cfg(not(target_arch = "x86_64"))]
mod vbmi {
    use super::{BLOCK, OCTETS};

    pub(super) fn decode(_: &[[u8; BLOCK]], _: &mut [[u8; OCTETS]]) -> Option<usize> {
        Some(0)
    }
}

#[cfg(target_arch = "x86_64")]
mod vbmi {
    #![allow(unsafe_code, reason = "the one call into code for processors that have AVX-512 VBMI")]

    use super::{BLOCK, OCTETS};
    use core::arch::x86_64::{
        __m512i, _mm512_loadu_si512, _mm512_madd_epi16, _mm512_maddubs_epi16, _mm512_mask_storeu_epi8,
        _mm512_movepi8_mask, _mm512_or_si512, _mm512_permutex2var_epi8, _mm512_permutexvar_epi8,
        _mm512_set1_epi32,
    };

    cpufeatures::new!(cpu, "avx512f", "avx512bw", "avx512vbmi");

    #[inline]
    pub(super) fn decode(blocks: &[[u8; BLOCK]], targets: &mut [[u8; OCTETS]]) -> Option<usize> {
        if blocks.is_empty() || !cpu::get() {
            return Some(0);
        }
        // SAFETY: the line above asked the processor for every feature that the function is compiled with.
        unsafe { decode_wide(blocks, targets) }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    fn decode_wide(blocks: &[[u8; BLOCK]], targets: &mut [[u8; OCTETS]]) -> Option<usize> {
        let (low, high, order) = (load(&TABLES.0), load(&TABLES.1), load(&ORDER));
        let mut faults = 0;
        let mut taken = 0_usize;
        for (block, target) in blocks.iter().zip(targets) {
            let characters = load(block);
            // The six bits of each character, by its low seven bits; what is not of the alphabet gets the top bit, and
            // what has an eighth bit has it already.
            let six = _mm512_permutex2var_epi8(low, characters, high);
            faults |= _mm512_movepi8_mask(_mm512_or_si512(six, characters));
            // Two times six bits, then two times twelve, in 32 bits each.
            let twelve = _mm512_maddubs_epi16(six, _mm512_set1_epi32(0x0140_0140));
            let octets = _mm512_madd_epi16(twelve, _mm512_set1_epi32(0x0001_1000));
            store(target, _mm512_permutexvar_epi8(order, octets));
            taken = taken.wrapping_add(BLOCK);
        }
        (faults == 0).then_some(taken)
    }

    #[target_feature(enable = "avx512f")]
    fn load(octets: &[u8; BLOCK]) -> __m512i {
        // SAFETY: the reference is good for 64 octets; the load asks for no alignment.
        unsafe { _mm512_loadu_si512(octets.as_ptr().cast()) }
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    fn store(target: &mut [u8; OCTETS], octets: __m512i) {
        // SAFETY: the mask lets 48 octets through, for which the reference is good.
        unsafe { _mm512_mask_storeu_epi8(target.as_mut_ptr().cast(), (1 << OCTETS) - 1, octets) };
    }

    /// Six bits of each of 128 characters; 0x80 for those that are not of the alphabet.
    static TABLES: ([u8; 64], [u8; 64]) = tables();

    /// Where the octets of the result lie: the three low ones of each 32 bits, the highest first.
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
        let mut order = [0; 64];
        let mut at = 0;
        while at < OCTETS {
            order[at] = (at / 3 * 4 + 2 - at % 3) as u8;
            at += 1;
        }
        order
    }
}
