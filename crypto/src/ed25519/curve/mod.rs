//! The curve of Ed25519: field, scalars, points, sums and verification, for limbs of 32 and of 64 bits.
//!
//! * `field`: modulo p. `scalar`: modulo the order L.
//! * `point`: adding and doubling. `comb`, `table`: multiples of a point from a table. `joint`: without a table.
//! * `sum`: s B + k P by either way, with the instructions that there are; `ifma`: from tables, eight points at a time.
//! * `load`: what is checked of a key. `verification`: the steps of a verification.
//!
//! Variable time throughout: keys, messages and signatures are public. Not to be used with secrets.

mod comb;
mod field;
mod ifma;
mod joint;
mod load;
mod point;
mod scalar;
mod sum;
mod table;
mod verification;

use super::limbs::{Field25519, P_WORDS};

pub(super) use comb::Comb;
pub(super) use load::load;
pub(super) use point::Affine;
pub(super) use sum::{Combs, Joint};
pub(super) use table::build;
pub(super) use verification::verify;
