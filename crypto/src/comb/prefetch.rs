//! Prefetches a cache line before it is needed.

#![allow(unsafe_code)]

use crate::CacheLine;

/// Begins to load a line into the processor's caches, where there is an instruction for it.
#[inline(always)]
pub(crate) fn prefetch(line: &CacheLine) {
    #[cfg(target_arch = "x86_64")]
    {
        use core::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: every x86-64 processor has SSE, and the instruction neither reads into a register nor faults.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(core::ptr::from_ref(line).cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = line;
}
