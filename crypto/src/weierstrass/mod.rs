//! Curves y^2 = x^3 - 3 x + b of a prime order: field, scalars, points, sums and verification, for limbs of 32
//! and of 64 bits.
//!
//! * `curve`: the parameters of a curve. `field`: numbers modulo its p. `scalar`: numbers modulo its order n.
//! * `point`: adding and doubling. `comb`, `table`: multiples of a point from a table. `joint`: without a table.
//! * `sum`: u1 G + u2 Q with or without tables. `verification`: the steps of ECDSA.
//! * `lane_backend`: the interface of `ifma`, which makes the same sums from the same tables, eight points at a time.
//!
//! Variable time throughout: keys, messages and signatures are public. Not to be used with secrets.

mod comb;
mod curve;
mod field;
#[cfg(test)]
mod harness;
#[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
mod ifma;
mod joint;
mod lane_backend;
#[cfg(test)]
mod oracle;
mod point;
mod scalar;
mod sum;
mod table;
mod verification;

pub(crate) use curve::{Curve, Parameters};
#[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
pub(crate) use ifma::{InLanes, LaneCurve, TableEntry};
#[cfg(not(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32"))))]
pub(crate) use lane_backend::NoLanes;
pub(crate) use point::Affine;
pub(crate) use sum::{Combs, Joint};
pub(crate) use table::build;
pub(crate) use verification::verify;
