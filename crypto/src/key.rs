//! A public key: as a JWK has it (bytes), and as an algorithm has prepared it (words).

use crate::{Algorithm, AlgorithmName, BadSignature, SigningInput, Word};

/// The curves that keys may name in `crv` (RFC 7518 section 6.2.1.1, RFC 8037 section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// NIST P-256, coordinates of 32 bytes.
    P256,
    /// NIST P-384, coordinates of 48 bytes.
    P384,
    /// NIST P-521, coordinates of 66 bytes.
    P521,
}

/// The bytes of a public key, decoded from a JWK, nothing checked.
#[derive(Clone, Copy, Debug)]
pub enum PublicKey<'a> {
    /// `kty` RSA: modulus and public exponent, big-endian, without leading zero bytes.
    Rsa {
        /// Modulus.
        n: &'a [u8],
        /// Public exponent.
        e: &'a [u8],
    },
    /// `kty` EC: affine coordinates, big-endian, as long as the curve's field.
    Ec {
        /// The curve.
        curve: Curve,
        /// First coordinate.
        x: &'a [u8],
        /// Second coordinate.
        y: &'a [u8],
    },
    /// `kty` OKP with `crv` Ed25519: the encoded point of 32 bytes (RFC 8032, section 5.1.2).
    Ed25519 {
        /// The encoded point.
        x: &'a [u8],
    },
}

/// Why a public key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFault {
    /// The algorithm does not take keys of this kind or curve.
    WrongKind,
    /// A coordinate or point has not the length that its curve prescribes (RFC 7518, section 6.2.1.2).
    WrongLength,
    /// The point is not on the curve, or a coordinate is not below the field's prime.
    NotOnCurve,
    /// The Ed25519 point is not encoded canonically (RFC 8032, section 5.1.3).
    NonCanonicalPoint,
    /// The Ed25519 point has small order: signatures under it say nothing.
    SmallOrderPoint,
    /// The modulus has fewer than 2048 bits (RFC 7518, section 3.3).
    ModulusTooShort,
    /// The modulus has more than 4096 bits.
    ModulusTooLong,
    /// The modulus is even.
    ModulusEven,
    /// The modulus or the exponent begins with a zero byte (RFC 7518, section 2: Base64urlUInt).
    LeadingZero,
    /// The exponent is even.
    ExponentEven,
    /// The exponent is less than 3.
    ExponentTooSmall,
    /// The exponent is greater than 2^32 - 1.
    ExponentTooLarge,
    /// The lent memory has too few words left for this key.
    OutOfMemory,
    /// The modulus looks like those of a generator whose keys can be factored (ROCA, CVE-2017-15361).
    ModulusRoca,
}

impl KeyFault {
    /// One sentence for a person.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::WrongKind => "The algorithm does not take keys of this kind or curve.",
            Self::WrongLength => "A coordinate or point has not the length of its curve.",
            Self::NotOnCurve => {
                "The point is not on the curve, or a coordinate is not below the field's prime."
            }
            Self::NonCanonicalPoint => "The point is not encoded canonically.",
            Self::SmallOrderPoint => "The point has small order.",
            Self::ModulusTooShort => "The modulus has fewer than 2048 bits.",
            Self::ModulusTooLong => "The modulus has more than 4096 bits.",
            Self::ModulusEven => "The modulus is even.",
            Self::LeadingZero => "The modulus or the exponent begins with a zero byte.",
            Self::ExponentEven => "The exponent is even.",
            Self::ExponentTooSmall => "The exponent is less than 3.",
            Self::ExponentTooLarge => "The exponent is greater than 4294967295.",
            Self::OutOfMemory => "The lent memory does not suffice for the key.",
            Self::ModulusRoca => {
                "The modulus comes from a generator whose keys can be factored (ROCA, CVE-2017-15361)."
            }
        }
    }
}

impl core::fmt::Display for KeyFault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.sentence())
    }
}

impl core::error::Error for KeyFault {}

/// Memory for tables, to be lent as an array: 64 bytes, aligned to them, so that a point of 64 bytes (P-256) costs one
/// cache miss, and one of 96 bytes (P-384, Ed25519) two.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub struct CacheLine(pub(crate) [u64; 8]);

impl CacheLine {
    /// Memory that nobody uses yet.
    pub const EMPTY: Self = Self([0; 8]);
}

const _: () = assert!(size_of::<CacheLine>() == 64 && align_of::<CacheLine>() == 64);

/// What an algorithm made of a key: for the algorithm's own eyes.
///
/// Whoever could write a table could forge signatures, so there is no way to make one but
/// [`VerifyingKey::add_table`].
#[derive(Clone, Copy)]
pub struct Prepared<'m> {
    words: &'m [Word],
    table: &'m [CacheLine],
}

impl<'m> Prepared<'m> {
    /// What [`Algorithm::prepare`] wrote.
    pub fn words(&self) -> &'m [Word] {
        self.words
    }

    /// What [`Algorithm::build_table`] wrote, or nothing.
    pub fn table(&self) -> &'m [CacheLine] {
        self.table
    }
}

/// A public key, prepared for exactly one algorithm, in memory that the caller lends.
#[derive(Clone, Copy)]
pub struct VerifyingKey<'m> {
    algorithm: &'m dyn Algorithm,
    prepared: Prepared<'m>,
}

impl<'m> VerifyingKey<'m> {
    /// Checks `key` and prepares it in words taken from the front of `memory`.
    ///
    /// # Errors
    /// What is wrong with the key, or [`KeyFault::OutOfMemory`]. `memory` is as long as before then.
    pub fn prepare(
        algorithm: &'m dyn Algorithm,
        key: &PublicKey<'_>,
        memory: &mut &'m mut [Word],
    ) -> Result<Self, KeyFault> {
        let need = algorithm.words(key)?;
        let words = memory.get_mut(..need).ok_or(KeyFault::OutOfMemory)?;
        algorithm.prepare(key, words)?;
        let words = memory.split_off_mut(..need).ok_or(KeyFault::OutOfMemory)?;
        Ok(Self { algorithm, prepared: Prepared { words, table: &[] } })
    }

    /// Builds a table for this key in lines taken from the front of `memory`: verification takes a fraction of the
    /// time then. Answers whether there is a table; there is none when the algorithm uses none or too few lines
    /// are left, and the key is right, only slower.
    pub fn add_table(&mut self, memory: &mut &'m mut [CacheLine]) -> bool {
        let lines = self.algorithm.table_lines();
        if lines == 0 || !self.prepared.table.is_empty() {
            return !self.prepared.table.is_empty();
        }
        let Some(table) = memory.split_off_mut(..lines) else { return false };
        self.algorithm.build_table(self.prepared.words, table);
        self.prepared.table = table;
        true
    }

    /// The one algorithm that this key serves.
    pub fn algorithm(&self) -> AlgorithmName {
        self.algorithm.name()
    }

    /// Bytes of a signature under this key.
    pub fn signature_len(&self) -> usize {
        self.algorithm.signature_len(self.prepared)
    }

    /// Verifies `signature` over `input`. Variable time: keys, messages and signatures are public.
    ///
    /// # Errors
    /// [`BadSignature`], whatever failed inside.
    pub fn verify(&self, input: &SigningInput<'_>, signature: &[u8]) -> Result<(), BadSignature> {
        self.algorithm.verify(self.prepared, input, signature)
    }
}

impl core::fmt::Debug for VerifyingKey<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("VerifyingKey").field("algorithm", &self.algorithm()).finish_non_exhaustive()
    }
}
