//! Modular arithmetic on eight numbers at a time, one in each lane of 64 bits, with AVX-512 IFMA (x86-64).
//!
//! * `modulus`: what numbers are computed modulo, in limbs of 52 bits.
//! * `element`: arithmetic modulo these; the bounds stand there.
//! * `sum`: sums and differences of elements before they are carried.
//! * `schedule`: which lane adds up which points.
//! * `words`: between words of 64 bits in memory and limbs in lanes.
//!
//! Everything here is compiled for these instructions and inlined: it is called by functions that are compiled for
//! them, too, and those are entered with an [`Ifma`](crate::backend::Ifma).

mod element;
mod modulus;
mod schedule;
mod sum;
mod words;

pub(crate) use element::Element;
pub(crate) use modulus::{Modulus, Reduction, limbs_of, power_of_two};
pub(crate) use schedule::{LaneSchedule, Step};
pub(crate) use sum::Sum;
#[cfg(test)]
pub(crate) use words::rows;
pub(crate) use words::{load, load_half, lowest, partners, transposed};

/// Numbers that are computed with at a time.
pub(crate) const LANES: usize = 8;

/// Bits of a limb: a product of two has 104, of which the two IFMA instructions give either half.
const LIMB_BITS: u32 = 52;

/// All bits of a limb.
const LIMB: u64 = (1 << LIMB_BITS) - 1;
