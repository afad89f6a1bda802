//! Another static library in Rust, as a C program may have one beside libjotgate.

#[unsafe(no_mangle)]
pub extern "C" fn other_world() -> i32 {
    let caught = std::panic::catch_unwind(|| {
        let none: Option<i32> = std::hint::black_box(None);
        none.expect("of the other world")
    });
    match caught {
        Ok(_) => 0,
        Err(_) => format!("{}", vec![1, 2, 3].len()).parse().unwrap_or(0),
    }
}
