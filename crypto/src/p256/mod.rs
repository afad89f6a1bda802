//! ECDSA over P-256 with SHA-256 (RFC 7518, section 3.4), for public data alone.
//!
//! * `es256`: without tables. `es256_tabled`: with tables of the generator and of keys, of a `shape`,
//!   with `es256_batch` for several signatures at once; `generator_kib4` is one to be linked.
//! * `key`: what is checked at load.
//! * `curve`: the arithmetic; `limbs`, with `limbs64` (and `carry`) and `limbs32`, is what depends on the width of a limb.

mod curve;
mod es256;
mod es256_batch;
mod es256_tabled;
mod generator_kib4;
mod key;
mod limbs;
mod limbs32;
mod limbs64;
#[cfg(all(test, target_pointer_width = "64"))]
#[allow(dead_code, unused_imports)]
mod narrow;
mod shape;

use crate::{carry, limb, safegcd};

/// Octets of a signature: r and s.
const SIGNATURE_LEN: usize = 64;

pub use es256::{ES256, Es256};
pub use es256_batch::BatchEntry;
pub use es256_tabled::{Es256Tabled, GeneratorTable};
pub use shape::CombShape;
