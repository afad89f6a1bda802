//! u1 G + u2 Q with AVX-512 IFMA, eight additions at a time, from the same tables as without.
//!
//! * `field`: modulo p, in lanes. `points`: adding and doubling there.
//! * `digits`: which lines of a table make up a multiple.
//! * `single`: one sum, whose points are dealt out to the lanes. `batch`: eight sums, each in its lane; `scalars`: what
//!   their signatures come to before that.

mod batch;
mod digits;
mod field;
mod points;
mod scalars;
mod single;

#[cfg(test)]
mod tests;

pub(in super::super) use batch::verify_batch;
pub(super) use single::sum;
