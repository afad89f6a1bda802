//! A Rust program, with its own standard library and panics, that links libjotgate as C does.

use std::ffi::c_char;

unsafe extern "C" {
    fn jotgate_abi_version() -> u32;
    fn jotgate_peek_read(peek: *mut [u64; 64], token: *const c_char, len: usize, scratch: *mut u64) -> i32;
}

fn main() {
    // A panic of this world unwinds as ever: the library's handler is not in its way.
    let caught = std::panic::catch_unwind(|| panic!("of this world"));
    assert!(caught.is_err());
    // SAFETY: as the header says; a NULL is misuse and answered.
    let (version, status) = unsafe {
        let mut peek = [0; 64];
        (jotgate_abi_version(), jotgate_peek_read(&mut peek, std::ptr::null(), 1, std::ptr::null_mut()))
    };
    assert_eq!((version, status), (1, 1101));
    println!("worlds: a Rust program with libjotgate.a");
}
