//! The curves with limbs of 32 bits on machines whose limbs have 64, for tests: all tests of `weierstrass` run twice.
#![allow(clippy::duplicate_mod)]

mod limb {
    pub(crate) type Limb = u32;
    pub(crate) type Signed = i32;
    pub(crate) type Wide = i64;
}

// For `safegcd` alone: the curve has a module of numbers of its own.
#[path = "number.rs"]
mod number;

#[path = "safegcd.rs"]
mod safegcd;

#[path = "weierstrass/mod.rs"]
mod weierstrass;
