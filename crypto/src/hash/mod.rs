//! The three hashes of JOSE's signature algorithms.
//!
//! * `hashing`: SHA-256, a block at a time. `signing_input`: what is signed, with its SHA-256.

mod hashing;
mod signing_input;

use sha2::digest::Output;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::AlgorithmName;

pub use hashing::Hashing;
pub use signing_input::SigningInput;

/// SHA-256, SHA-384 or SHA-512, with what an algorithm over it must know.
///
/// Algorithms are generic over it instead of choosing at run time, so that a program links only the
/// hashes of the algorithms that it names.
pub(crate) trait SignatureHash: Digest + Clone + 'static {
    /// RSASSA-PKCS1-v1_5 over this hash (RFC 7518, section 3.3).
    const RS: AlgorithmName;

    /// RSASSA-PSS over this hash (RFC 7518, section 3.5).
    const PS: AlgorithmName;

    /// Bytes of the hash.
    const LEN: usize;

    /// What stands before the hash in the DER encoding of `DigestInfo`, 19 bytes, with the NULL parameters
    /// (RFC 8017, section 9.2, note 1).
    const DIGEST_INFO: [u8; 19];

    /// The hash of the signing input.
    fn hash(input: &SigningInput<'_>) -> Output<Self>;
}

impl SignatureHash for Sha256 {
    const RS: AlgorithmName = AlgorithmName::Rs256;
    const PS: AlgorithmName = AlgorithmName::Ps256;
    const LEN: usize = 32;
    const DIGEST_INFO: [u8; 19] = digest_info(1, 32);

    fn hash(input: &SigningInput<'_>) -> Output<Self> {
        (*input.sha256()).into()
    }
}

impl SignatureHash for Sha384 {
    const RS: AlgorithmName = AlgorithmName::Rs384;
    const PS: AlgorithmName = AlgorithmName::Ps384;
    const LEN: usize = 48;
    const DIGEST_INFO: [u8; 19] = digest_info(2, 48);

    fn hash(input: &SigningInput<'_>) -> Output<Self> {
        Self::digest(input.bytes())
    }
}

impl SignatureHash for Sha512 {
    const RS: AlgorithmName = AlgorithmName::Rs512;
    const PS: AlgorithmName = AlgorithmName::Ps512;
    const LEN: usize = 64;
    const DIGEST_INFO: [u8; 19] = digest_info(3, 64);

    fn hash(input: &SigningInput<'_>) -> Output<Self> {
        Self::digest(input.bytes())
    }
}

/// The `DigestInfo` prefix of the hash with the OID 2.16.840.1.101.3.4.2.`arc`, `hash_len` bytes long.
#[expect(clippy::arithmetic_side_effects, reason = "const, for three lengths of at most 64: no overflow")]
const fn digest_info(arc: u8, hash_len: u8) -> [u8; 19] {
    [
        // SEQUENCE of all that follows: 17 bytes and the hash.
        0x30,
        17 + hash_len,
        // SEQUENCE of 13: the OID of 9 bytes, and NULL.
        0x30,
        0x0d,
        0x06,
        0x09,
        0x60,
        0x86,
        0x48,
        0x01,
        0x65,
        0x03,
        0x04,
        0x02,
        arc,
        0x05,
        0x00,
        // BYTE STRING: the hash.
        0x04,
        hash_len,
    ]
}
