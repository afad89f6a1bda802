//! Which version of the ABI this is, and how large its objects are.

use crate::{sizes, status::Misuse, status::Status};

/// The version of the library: major, minor, patch.
pub const OWN: [u32; 3] = [
    number(env!("CARGO_PKG_VERSION_MAJOR")),
    number(env!("CARGO_PKG_VERSION_MINOR")),
    number(env!("CARGO_PKG_VERSION_PATCH")),
];

/// `JOTGATE_ABI_VERSION` of the header.
pub const ABI: u32 = abi(OWN);

/// While the major number is 0, each minor number is an ABI of its own; then each major number is one.
const fn abi([major, minor, patch]: [u32; 3]) -> u32 {
    assert!(major < 0x100 && minor < 0x100, "an object's magic has 8 bits for each");
    assert!(patch < u32::MAX, "three numbers");
    if major == 0 { minor } else { major << 16 }
}

const fn number(decimal: &str) -> u32 {
    match u32::from_str_radix(decimal, 10) {
        Ok(number) => number,
        // Not below what `abi` asserts.
        Err(_) => u32::MAX,
    }
}

/// The first word of an object: `jotg`, the type's number, the version of the ABI.
pub(crate) const fn magic(number: u16) -> u64 {
    // Lossless: from a narrower type to a wider one.
    #[allow(clippy::as_conversions)]
    {
        0x6a6f_7467_0000_0000 | (number as u64) << 16 | (ABI >> 8 | ABI) as u64
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
    Status::of(|| if abi_version == ABI { Ok(()) } else { Err(Misuse::WrongAbi.into()) })
}

/// The version of the library's ABI, the twin of `JOTGATE_ABI_VERSION` at run time.
///
/// Returns: the version.
///
/// Memory: none. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_abi_version() -> u32 {
    ABI
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

#[cfg(test)]
mod tests {
    use super::abi;

    #[test]
    fn only_what_is_incompatible_is_another_abi() {
        assert_eq!(abi([0, 1, 0]), 1);
        assert_eq!(abi([0, 1, 9]), 1);
        assert_eq!(abi([0, 2, 0]), 2);
        assert_eq!(abi([1, 0, 0]), 0x1_0000);
        assert_eq!(abi([1, 7, 2]), 0x1_0000);
        assert_eq!(abi([2, 0, 0]), 0x2_0000);
    }
}
