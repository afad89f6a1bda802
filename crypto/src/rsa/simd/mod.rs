//! The public operation for the SIMD units and multipliers of x86-64, for processors that have them.

mod bmi2;
mod ifma;

pub(super) use bmi2::power;
pub(super) use ifma::{Ifma, IfmaKey, prepare, words};
