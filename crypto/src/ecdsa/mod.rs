//! ECDSA as JOSE uses it (RFC 7518, section 3.4), for public data alone.
//!
//! * `untabled`: without tables. `tabled`: with tables of the generator and of keys.
//! * `key`: what is checked at load.
//! * `rustcrypto`: by the crates of RustCrypto.

mod key;
mod rustcrypto;
mod tabled;
mod untabled;

/// Octets of a signature: r and s.
const SIGNATURE_LEN: usize = 64;

pub use rustcrypto::{ES256_RUSTCRYPTO, ES384, ES512};
pub use tabled::{Es256Tabled, GeneratorTable};
pub use untabled::{ES256, Es256};
