//! The curve with limbs of 32 bits on machines whose limbs have 64, for tests: all tests of `curve` run twice.
#![allow(clippy::duplicate_mod)]

mod limb {
    pub(crate) type Limb = u32;
    pub(crate) type Signed = i32;
    pub(crate) type Wide = i64;
}

// For `safegcd` alone: the curve has a module of numbers of its own.
#[path = "../number.rs"]
mod number;

#[path = "../safegcd.rs"]
mod safegcd;

use super::{generator_kib4, limbs, shape};

#[path = "curve/mod.rs"]
mod curve;
