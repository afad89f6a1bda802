//! Ed25519 (RFC 8032, RFC 8037), for public data only: it is not constant-time.
//!
//! * `eddsa`: without tables. `eddsa_tabled`: with tables of the base point and of keys, of a `shape`.
//! * `key`: what is checked at load. `dalek`: the algorithm by ed25519-dalek.
//! * `curve`: the arithmetic. `limbs`: its field; `limbs64` and `limbs32` are what depends on the width of a limb.

mod curve;
#[cfg(feature = "rustcrypto")]
mod dalek;
mod eddsa;
mod eddsa_tabled;
mod key;
mod limbs;
mod limbs32;
mod limbs64;
mod shape;

/// Bytes of a signature: the encoded point R and the scalar S (RFC 8032, section 5.1.6).
const SIGNATURE_LEN: usize = 64;

#[cfg(feature = "rustcrypto")]
pub use dalek::EDDSA_DALEK;
pub use eddsa::{EDDSA, EdDsa};
pub use eddsa_tabled::{EdDsaGeneratorTable, EdDsaTabled};
pub use shape::EdDsaShape;
