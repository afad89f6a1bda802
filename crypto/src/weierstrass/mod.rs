//! P-256 below the interface of an algorithm, from the numbers up; written for limbs of either width.
//!
//! * `number`: 256 bits in limbs. `field`: modulo p. `scalar`: modulo the order n. `inverse`: of both.
//! * `point`: adding and doubling. `comb`, `table`: multiples of a point from a table. `joint`: without a table.
//! * `sum`, `dispatch`: u1 G + u2 Q by either way, with the instructions that there are.
//! * `verification`: the steps of ECDSA.
//!
//! Variable time throughout: keys, messages and signatures are public. Not to be used with secrets.

mod comb;
mod dispatch;
mod field;
mod joint;

mod number;
mod point;
mod scalar;
mod sum;
mod table;
mod verification;

use super::limb::Limb;
use super::safegcd;
use crate::p256::FieldLimbs;

pub(crate) use comb::Comb;
pub(crate) use point::Affine;
pub(crate) use sum::{Combs, Joint};
pub(crate) use table::build;
pub(crate) use verification::verify;
