//! What happens should the library panic, which it must not.

use core::arch::asm;

/// Called should the library find itself in a state that cannot be: it never is, and this function never returns.
///
/// The library's own ends the program by an illegal instruction. It is a weak symbol: a program may have its own, to
/// log and to restart. It must not return, nor call the library again.
///
/// Returns: never.
///
/// Memory: none. Threads: any, several at once.
#[unsafe(no_mangle)]
#[inline(never)]
pub extern "C" fn jotgate_fault() -> ! {
    trap()
}

#[cfg(jotgate_library)]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    jotgate_fault()
}

fn trap() -> ! {
    #[cfg(any(target_arch = "x86_64", target_arch = "x86"))]
    // SAFETY: an instruction that touches no memory and does not return.
    unsafe {
        asm!("ud2", options(noreturn, nomem, nostack))
    }
    #[cfg(any(target_arch = "arm", target_arch = "aarch64"))]
    // SAFETY: as above.
    unsafe {
        asm!("udf #0", options(noreturn, nomem, nostack))
    }
    #[cfg(any(target_arch = "riscv32", target_arch = "riscv64"))]
    // SAFETY: as above.
    unsafe {
        asm!("unimp", options(noreturn, nomem, nostack))
    }
}
