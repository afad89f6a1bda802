//! P-384-specific code; the generic part is `weierstrass`.
//!
//! * `curve`: its parameters, with `lanes` for eight numbers at a time. `limbs64` and `limbs32`: arithmetic modulo p.
//! * `shape`: of tables.

mod curve;
#[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
mod lanes;
mod limbs32;
mod limbs64;
mod shape;

pub use curve::P384;
pub use shape::Es384Shape;
