//! The public operation for the SIMD units and multipliers of x86-64, for processors that have them; `none` stands for it
//! elsewhere.

#[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
mod bmi2;
#[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
mod ifma;
#[cfg(not(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32"))))]
mod none;

#[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
pub(super) use bmi2::power;
#[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
pub(super) use ifma::{Ifma, IfmaKey, prepare, words};
#[cfg(not(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32"))))]
pub(super) use none::{Ifma, IfmaKey, power, prepare, words};
