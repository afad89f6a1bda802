//! s B + k P with AVX-512 IFMA, eight additions at a time, from the same tables as without.
//!
//! * `field`: modulo p, in lanes. `points`: adding and doubling there.
//! * `single`: the sum, whose points are dealt out to the lanes; `none`: what stands for it where there is no IFMA.

#[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
mod field;
#[cfg(not(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32"))))]
mod none;
#[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
mod points;
#[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
mod single;
#[cfg(all(test, target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
mod tests;

#[cfg(not(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32"))))]
pub(super) use none::sum;
#[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
pub(super) use single::sum;
