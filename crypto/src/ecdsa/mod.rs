//! ECDSA as JOSE uses it (RFC 7518, section 3.4), for public data only: it is not constant-time.
//!
//! * `suite`: an algorithm's curve, hash, names and shapes of tables.
//! * `untabled`: without tables. `tabled`: with tables of the generator and of keys.
//! * `key`: the checks of a public key at load.
//! * `rustcrypto`: by the crates of RustCrypto, where a feature asks for them.

mod key;
#[cfg(any(feature = "es512", feature = "rustcrypto"))]
mod rustcrypto;
mod suite;
mod tabled;
mod untabled;

use crate::p256::P256;
use crate::p384::P384;

#[cfg(feature = "es512")]
pub use rustcrypto::ES512;
#[cfg(feature = "rustcrypto")]
pub use rustcrypto::{ES256_RUSTCRYPTO, ES384_RUSTCRYPTO};
pub use tabled::{EcdsaGenerator, EcdsaTabled};
pub use untabled::Ecdsa;

/// ECDSA with P-256 and SHA-256, without tables; signatures of 64 bytes. A key takes 64 bytes.
pub type Es256 = Ecdsa<P256>;

/// ECDSA with P-256 and SHA-256, with tables; signatures of 64 bytes. A key takes 64 bytes.
pub type Es256Tabled<'g> = EcdsaTabled<'g, P256>;

/// The table of P-256's generator.
pub type Es256GeneratorTable<'g> = EcdsaGenerator<'g, P256>;

/// ECDSA with P-256 and SHA-256, without tables; signatures of 64 bytes.
pub static ES256: Es256 = Ecdsa::DETECTED;

/// ECDSA with P-384 and SHA-384, without tables; signatures of 96 bytes. A key takes 96 bytes.
pub type Es384 = Ecdsa<P384>;

/// ECDSA with P-384 and SHA-384, with tables; signatures of 96 bytes. A key takes 96 bytes.
pub type Es384Tabled<'g> = EcdsaTabled<'g, P384>;

/// The table of P-384's generator.
pub type Es384GeneratorTable<'g> = EcdsaGenerator<'g, P384>;

/// ECDSA with P-384 and SHA-384, without tables; signatures of 96 bytes.
pub static ES384: Es384 = Ecdsa::DETECTED;
