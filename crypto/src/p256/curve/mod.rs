//! P-256 below the interface of an algorithm, from the numbers up; written for limbs of either width.
//!
//! * `number`: 256 bits in limbs. `field`: modulo p. `scalar`: modulo the order n. `inverse`: of both.
//! * `point`: adding and doubling. `comb`, `table`: multiples of a point from a table. `joint`: without a table.
//! * `sum`, `dispatch`: u1 G + u2 Q by either way, with the instructions that there are.
//! * `ifma`: the same, from the same tables, for eight points at a time; with `batch` for eight signatures.
//! * `verification`: the steps of ECDSA.
//!
//! Variable time throughout: keys, messages and signatures are public. Not to be used with secrets.

mod batch;
mod comb;
mod dispatch;
mod field;
#[cfg(all(target_arch = "x86_64", target_pointer_width = "64"))]
mod ifma;
#[cfg(not(all(target_arch = "x86_64", target_pointer_width = "64")))]
#[path = "no_ifma.rs"]
mod ifma;
mod joint;
mod number;
mod point;
mod scalar;
mod sum;
mod table;
mod verification;

use super::limb::Limb;
use super::limbs::FieldLimbs;
use super::safegcd;

pub(super) use batch::{BATCH, Entry};
pub(super) use comb::Comb;
pub(super) use ifma::verify_batch;
pub(super) use point::Affine;
pub(super) use sum::{Combs, Joint};
pub(super) use table::build;
pub(super) use verification::verify;
