//! Ed25519 (RFC 8032, RFC 8037), for public data alone.
//!
//! * `eddsa`: without tables. `eddsa_tabled`: with tables of the base point and of keys, of a `shape`.
//! * `key`: what is checked at load.
//! * `curve`: the arithmetic; `limbs`, with `limbs64` and `limbs32`, is what depends on the width of a limb.

mod curve;
mod eddsa;
mod eddsa_tabled;
mod key;
mod limbs;
mod limbs32;
mod limbs64;
#[cfg(all(test, target_pointer_width = "64"))]
#[allow(dead_code, unused_imports)]
mod narrow;
mod shape;

use crate::{limb, number, safegcd};

/// Octets of a signature: the encoded point R and the scalar S (RFC 8032, section 5.1.6).
const SIGNATURE_LEN: usize = 64;

pub use eddsa::{EDDSA, EdDsa};
pub use eddsa_tabled::{BaseTable, EdDsaTabled};
pub use shape::EdDsaShape;
