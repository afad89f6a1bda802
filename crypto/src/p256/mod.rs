//! P-256-specific code; the generic part is `weierstrass`.
//!
//! * `curve`: its parameters, with `lanes` for eight numbers at a time. `limbs64` and `limbs32`: arithmetic modulo p.
//! * `shape`: the shapes of tables. `generator_kib4`: the generator's table of 4 KiB as a constant.

mod curve;
pub(crate) mod generator_kib4;
#[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
mod lanes;
mod limbs32;
mod limbs64;
mod shape;

pub use curve::P256;
pub use shape::Es256Shape;
