//! Which version of the ABI this is, and how large its objects are.

use crate::{sizes, status::Misuse, status::Status};

/// Version of this header's functions, objects and numbers: major times 65536, and minor. While the major number is
/// 0, another minor number is another ABI.
pub const JOTGATE_ABI_VERSION: u32 = 1;

/// The first word of an object: `jotg`, the type's number, the version of the ABI.
pub(crate) const fn magic(number: u16) -> u64 {
    // Lossless: from a narrower type to a wider one.
    #[allow(clippy::as_conversions)]
    {
        0x6a6f_7467_0000_0000 | (number as u64) << 16 | (JOTGATE_ABI_VERSION & 0xffff) as u64
    }
}

/// Whether the program was compiled with the header of this library. To be called once, at the start.
///
/// Parameters: `abi_version` is `JOTGATE_ABI_VERSION`, as the program's compiler read it.
///
/// Returns: `JOTGATE_OK`, or `JOTGATE_WRONG_ABI`: call nothing else of the library then; build the program again.
///
/// Memory: none. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_abi_check(abi_version: u32) -> Status {
    Status::of(|| if abi_version == JOTGATE_ABI_VERSION { Ok(()) } else { Err(Misuse::WrongAbi.into()) })
}

/// The version of the library's ABI, the twin of `JOTGATE_ABI_VERSION` at run time.
///
/// Returns: the version.
///
/// Memory: none. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_abi_version() -> u32 {
    JOTGATE_ABI_VERSION
}

/// How many bytes something takes in this library: the twin at run time of the constants `JOTGATE_*_LEN` and of the
/// sizes of objects, for other languages and to find out that header and library differ.
///
/// Parameters: `what` is one of `JOTGATE_SIZE_*`.
///
/// Returns: bytes, or 0 where `what` is none of the constants.
///
/// Memory: none. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_size(what: u32) -> usize {
    sizes::of(what).unwrap_or(0)
}
