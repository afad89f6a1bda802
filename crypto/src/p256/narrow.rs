//! The curve with limbs of 32 bits on machines whose limbs have 64, for tests: all tests of `curve` run twice.
#![allow(clippy::duplicate_mod)]

mod limb {
    pub(super) type Limb = u32;
    pub(super) type Signed = i32;
    pub(super) type Wide = i64;
}

use super::{limbs, shape};

#[path = "curve/mod.rs"]
mod curve;
