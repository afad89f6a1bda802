//! The curves with limbs of 32 bits on machines whose limbs have 64, for tests: all of their tests run twice.
#![allow(clippy::duplicate_mod)]

mod limb {
    pub(crate) type Limb = u32;
    pub(crate) type Signed = i32;
    pub(crate) type Wide = i64;
}

#[path = "number.rs"]
mod number;

#[path = "safegcd.rs"]
mod safegcd;

#[path = "weierstrass/mod.rs"]
mod weierstrass;

#[path = "p256/curve.rs"]
mod p256;

#[path = "p384/curve.rs"]
mod p384;

#[path = "ed25519/curve/mod.rs"]
mod ed25519;

// What Ed25519 has beside its curve.
use crate::ed25519::limbs;
