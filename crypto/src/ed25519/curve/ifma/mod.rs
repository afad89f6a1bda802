//! s B + k P with AVX-512 IFMA, eight additions at a time, from the same tables as without.
//!
//! * `field`: modulo p, in lanes. `points`: adding and doubling there.
//! * `single`: the sum, whose points are dealt out to the lanes.

mod field;
mod points;
mod single;
#[cfg(test)]
mod tests;

pub(super) use single::sum;
