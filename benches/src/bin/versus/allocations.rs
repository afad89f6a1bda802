//! Counts what this process allocates, in Rust and in C: `malloc` and its kin come from here.
//!
//! glibc alone: its own functions stay reachable under other names.

use std::{
    ffi::c_void,
    sync::atomic::{AtomicU64, Ordering},
};

static COUNT: AtomicU64 = AtomicU64::new(0);

/// Allocations and reallocations since the start.
pub(crate) fn count() -> u64 {
    COUNT.load(Ordering::Relaxed)
}

/// Without a locked instruction, which would cost those who allocate more than their allocation: one thread counts.
fn count_one() {
    COUNT.store(COUNT.load(Ordering::Relaxed).wrapping_add(1), Ordering::Relaxed);
}

unsafe extern "C" {
    fn __libc_malloc(size: usize) -> *mut c_void;
    fn __libc_calloc(count: usize, size: usize) -> *mut c_void;
    fn __libc_realloc(old: *mut c_void, size: usize) -> *mut c_void;
    fn __libc_memalign(alignment: usize, size: usize) -> *mut c_void;
}

#[unsafe(no_mangle)]
extern "C" fn malloc(size: usize) -> *mut c_void {
    count_one();
    // SAFETY: glibc's own `malloc`; `free` is glibc's, too.
    unsafe { __libc_malloc(size) }
}

#[unsafe(no_mangle)]
extern "C" fn calloc(count: usize, size: usize) -> *mut c_void {
    count_one();
    // SAFETY: as for `malloc`.
    unsafe { __libc_calloc(count, size) }
}

/// # Safety
/// `old` is null or was allocated and not freed.
#[unsafe(no_mangle)]
unsafe extern "C" fn realloc(old: *mut c_void, size: usize) -> *mut c_void {
    count_one();
    // SAFETY: the caller's promise.
    unsafe { __libc_realloc(old, size) }
}

/// # Safety
/// `result` can be written; `alignment` is a power of two and a multiple of a pointer's size.
#[unsafe(no_mangle)]
unsafe extern "C" fn posix_memalign(result: *mut *mut c_void, alignment: usize, size: usize) -> i32 {
    count_one();
    // SAFETY: glibc's own; the caller's promise on `result`.
    unsafe { *result = __libc_memalign(alignment, size) };
    // SAFETY: likewise.
    if unsafe { (*result).is_null() } { libc::ENOMEM } else { 0 }
}
