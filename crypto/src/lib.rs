//! Signature verification for public keys that are known before the messages come.
//!
//! A key is prepared once, into memory that the caller lends ([`VerifyingKey::prepare`]); what depends
//! only on the key is computed then. After that, [`VerifyingKey::verify`] answers for one signature.
//!
//! * `no_std`, no `alloc`, no private-key operation.
//! * Algorithms are values ([`ES256`], [`RS256`], ...). What a program does not name, its binary does
//!   not contain.
//! * Everything handled here is public (keys, messages, signatures): variable time is right.
#![no_std]
// Allowed in the files that call what is compiled for some processors only.
#![deny(unsafe_code)]

mod algorithm;
mod backend;
pub mod base64url;
mod carry;
mod ecdsa;
mod ed25519;
mod eddsa;
mod hash;
mod key;
#[cfg(all(target_arch = "x86_64", target_pointer_width = "64"))]
mod lanes;
mod limb;
mod number;
mod p256;
mod prefetch;
mod rsa;
mod safegcd;
mod signing_input;
mod word;

pub use self::p256::{BatchEntry, CombShape, ES256, Es256, Es256Tabled, GeneratorTable};
pub use algorithm::{Algorithm, AlgorithmName, BadSignature};
pub use backend::Backend;
pub use ecdsa::{ES256_RUSTCRYPTO, ES384, ES512};
pub use ed25519::{BaseTable, EDDSA, EdDsa, EdDsaShape, EdDsaTabled};
pub use eddsa::EDDSA_DALEK;
pub use key::{CacheLine, Curve, KeyFault, Prepared, PublicKey, VerifyingKey};
pub use rsa::{PS256, PS384, PS512, RS256, RS384, RS512};
pub use signing_input::SigningInput;
pub use word::Word;
