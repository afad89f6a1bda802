//! Sixteen bytes in one SIMD register, compared at once, behind a safe interface: other crates search with it.
//!
//! Here because this is the one crate that may hold SIMD. On x86-64 only, of which SSE2 is a part: there is nothing
//! to find out at run time.

#![allow(unsafe_code, reason = "every instruction here is one of SSE2, which each x86-64 processor has")]

use core::arch::x86_64::{
    __m128i, _mm_cmpeq_epi8, _mm_loadu_si128, _mm_min_epu8, _mm_movemask_epi8, _mm_or_si128, _mm_set1_epi8,
    _mm_sub_epi8,
};
use core::ops::BitOr;

/// Sixteen bytes, as loaded or as marked: a marked byte is 0xff, the others are 0.
#[derive(Clone, Copy)]
pub struct Bytes16(__m128i);

impl Bytes16 {
    /// These bytes.
    #[inline]
    #[must_use]
    pub fn load(bytes: &[u8; 16]) -> Self {
        // SAFETY: the reference is good for 16 bytes; the load asks for no alignment.
        Self(unsafe { _mm_loadu_si128(bytes.as_ptr().cast()) })
    }

    /// Marks each byte that equals `byte`.
    #[inline]
    #[must_use]
    pub fn equal_to(self, byte: u8) -> Self {
        // SAFETY: SSE2, no pointers.
        Self(unsafe { _mm_cmpeq_epi8(self.0, _mm_set1_epi8(byte.cast_signed())) })
    }

    /// Marks each byte that is at most `bound`.
    #[inline]
    #[must_use]
    pub fn at_most(self, bound: u8) -> Self {
        // SAFETY: SSE2, no pointers.
        Self(unsafe { _mm_cmpeq_epi8(_mm_min_epu8(self.0, _mm_set1_epi8(bound.cast_signed())), self.0) })
    }

    /// Marks each byte from `first` to `last`.
    #[inline]
    #[must_use]
    pub fn within(self, first: u8, last: u8) -> Self {
        let (first, range) = (first.cast_signed(), last.wrapping_sub(first).cast_signed());
        // SAFETY: SSE2, no pointers.
        Self(unsafe {
            let above = _mm_sub_epi8(self.0, _mm_set1_epi8(first));
            _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8(range)), above)
        })
    }

    /// ASCII letters in lower case; other bytes become other bytes that are no letters either.
    #[inline]
    #[must_use]
    pub fn in_lower_case(self) -> Self {
        // SAFETY: SSE2, no pointers.
        Self(unsafe { _mm_or_si128(self.0, _mm_set1_epi8(0x20)) })
    }

    /// Which byte is the first that is marked.
    #[inline]
    #[must_use]
    pub fn first_marked(self) -> Option<usize> {
        // SAFETY: SSE2, no pointers.
        let marks = unsafe { _mm_movemask_epi8(self.0) };
        (marks != 0).then(|| usize::try_from(marks.trailing_zeros()).unwrap_or(16))
    }

    /// Whether each byte is marked.
    #[inline]
    #[must_use]
    pub fn is_all_marked(self) -> bool {
        // SAFETY: SSE2, no pointers.
        unsafe { _mm_movemask_epi8(self.0) == 0xffff }
    }
}

impl BitOr for Bytes16 {
    type Output = Self;

    /// Marks what either marks.
    #[inline]
    fn bitor(self, other: Self) -> Self {
        // SAFETY: SSE2, no pointers.
        Self(unsafe { _mm_or_si128(self.0, other.0) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn marks_what_a_plain_search_finds(bytes in any::<[u8; 16]>(), byte in any::<u8>(), bound in any::<u8>()) {
            let block = Bytes16::load(&bytes);
            let first = |wanted: &dyn Fn(u8) -> bool| bytes.iter().position(|b| wanted(*b));
            prop_assert_eq!(block.equal_to(byte).first_marked(), first(&|b| b == byte));
            prop_assert_eq!(block.at_most(bound).first_marked(), first(&|b| b <= bound));
            let (least, most) = (byte.min(bound), byte.max(bound));
            let range = least..=most;
            prop_assert_eq!(block.within(least, most).first_marked(), first(&|b| range.contains(&b)));
            prop_assert_eq!(block.within(least, most).is_all_marked(), bytes.iter().all(|b| range.contains(b)));
            let either = block.equal_to(byte) | block.at_most(bound);
            prop_assert_eq!(either.first_marked(), first(&|b| b == byte || b <= bound));
            let lower = block.in_lower_case();
            prop_assert_eq!(lower.within(b'a', b'z').first_marked(), first(&|b| b.is_ascii_alphabetic()));
        }
    }
}
