//! Verifies signatures under public keys that were loaded beforehand.
//!
//! A key is prepared once, into memory that the caller lends ([`VerifyingKey::prepare`]); what depends
//! only on the key is computed then. After that, [`VerifyingKey::verify`] answers for one signature.
//!
//! * `no_std`, no `alloc`, no private-key operation.
//! * Algorithms are values ([`ES256`], [`RS256`], ...). What a program does not name, its binary does
//!   not contain.
//! * Features: `es512` for [`ES512`], `rustcrypto` for the reference implementations by other crates; both are on by
//!   default. Neither changes what the rest does.
//! * Everything handled here is public (keys, messages, signatures): variable time is right.
#![no_std]
// Allowed in the files that call what is compiled for some processors only.
#![deny(unsafe_code)]

// `--cfg jotgate_word="32"` gives a machine of 64 bits the arithmetic of one of 32 bits, for tests alone: words of
// 32 bits and no SIMD. Such a library would only be slower.
#[cfg(all(jotgate_word = "32", target_pointer_width = "64", not(any(test, jotgate_test))))]
compile_error!("jotgate_word=\"32\" is for tests on machines of 64 bits: these set jotgate_test, too");

mod algorithm;
mod backend;
pub mod base64url;
#[cfg(all(target_arch = "x86_64", not(jotgate_word = "32")))]
mod bytes16;
mod comb;
mod ecdsa;
mod ed25519;
mod hash;
mod key;
#[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
mod lanes;
mod number;
mod p256;
mod p384;
#[cfg(test)]
mod patterns;
mod rsa;
mod weierstrass;

#[cfg(feature = "es512")]
pub use self::ecdsa::ES512;
pub use self::ecdsa::{
    ES256, ES384, Ecdsa, EcdsaGenerator, EcdsaTabled, Es256, Es256GeneratorTable, Es256Tabled, Es384,
    Es384GeneratorTable, Es384Tabled,
};
#[cfg(feature = "rustcrypto")]
pub use self::ecdsa::{ES256_RUSTCRYPTO, ES384_RUSTCRYPTO};
#[cfg(feature = "rustcrypto")]
pub use self::ed25519::EDDSA_DALEK;
pub use self::p256::{Es256Shape, P256};
pub use self::p384::{Es384Shape, P384};
pub use algorithm::{ALL_ALGORITHMS, Algorithm, AlgorithmName, BadSignature};
pub use backend::Backend;
#[cfg(all(target_arch = "x86_64", not(jotgate_word = "32")))]
pub use bytes16::Bytes16;
pub use ed25519::{EDDSA, EdDsa, EdDsaGeneratorTable, EdDsaShape, EdDsaTabled};
pub use hash::{Hashing, SigningInput};
pub use key::{CacheLine, Curve, KeyFault, Prepared, PublicKey, VerifyingKey};
pub use number::Word;
pub use rsa::{PS256, PS384, PS512, RS256, RS384, RS512};
