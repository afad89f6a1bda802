//! Algorithms as values: what a program does not name, its linker drops.

use crate::{
    memory::{Constant, In, Opened, Span, WithMemory, object},
    sizes::{self, JOTGATE_ALGORITHM_WORDS},
    status::Misuse,
};
use jotgate_core::crypto::{self, Algorithm};

/// A signature algorithm. `const`, and shared between threads: the library's own, or made by
/// `jotgate_es256_tabled`, `jotgate_es384_tabled` or `jotgate_eddsa_tabled`.
#[repr(C)]
pub struct JotgateAlgorithm {
    opaque: [u64; JOTGATE_ALGORITHM_WORDS],
}

/// The algorithm, and where its tables lie.
type Named = WithMemory<&'static dyn Algorithm>;

object!(JotgateAlgorithm, 2, Named, |named| [named.memory[0], Span::NOTHING]);

type Kept = Constant<Named>;

const fn kept(algorithm: &'static dyn Algorithm) -> Kept {
    Constant::new::<JotgateAlgorithm>(WithMemory { value: algorithm, memory: [Span::NOTHING] })
}

/// The list of algorithms that a host names.
pub(crate) struct Algorithms {
    list: [&'static dyn Algorithm; sizes::JOTGATE_MAX_ALGORITHMS],
    len: usize,
}

impl Algorithms {
    pub(crate) fn read(list: In<In<JotgateAlgorithm>>, count: usize) -> Result<Self, Misuse> {
        let pointers = list.list(count)?;
        let first = pointers.first().ok_or(Misuse::NullPointer)?.value()?.value;
        let mut list = [first; sizes::JOTGATE_MAX_ALGORITHMS];
        if count > list.len() {
            return Err(Misuse::TooMany);
        }
        for (place, pointer) in list.iter_mut().zip(pointers) {
            *place = pointer.value()?.value;
        }
        Ok(Self { list, len: count })
    }

    /// That neither the algorithms nor their tables share bytes with any of `others`.
    pub(crate) fn apart(list: In<In<JotgateAlgorithm>>, count: usize, others: &[Span]) -> Result<(), Misuse> {
        let regions = list.list(count)?.iter().flat_map(|algorithm| algorithm.regions());
        regions.into_iter().try_for_each(|region| region.apart_from(others))
    }

    pub(crate) fn as_slice(&self) -> &[&'static dyn Algorithm] {
        self.list.get(..self.len).unwrap_or_default()
    }
}

impl Opened<JotgateAlgorithm> {
    pub(crate) fn fill_algorithm(self, algorithm: &'static dyn Algorithm, tables: Span) {
        self.fill_object(WithMemory { value: algorithm, memory: [tables] });
    }
}

/// ECDSA with P-256 and SHA-256 (RFC 7518, section 3.4), without tables.
///
/// Returns: the algorithm, never NULL.
///
/// Memory: constant. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_es256() -> In<JotgateAlgorithm> {
    static KEPT: Kept = kept(&crypto::ES256);
    KEPT.as_argument()
}

/// The same by RustCrypto's crate `p256`, for those who prefer the reviewed crate to speed.
///
/// Returns: the algorithm, never NULL.
///
/// Memory: constant. Threads: any.
#[cfg(feature = "rustcrypto")]
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_es256_rustcrypto() -> In<JotgateAlgorithm> {
    static KEPT: Kept = kept(&crypto::ES256_RUSTCRYPTO);
    KEPT.as_argument()
}

/// ECDSA with P-384 and SHA-384 (RFC 7518, section 3.4), without tables.
///
/// Returns: the algorithm, never NULL.
///
/// Memory: constant. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_es384() -> In<JotgateAlgorithm> {
    static KEPT: Kept = kept(&crypto::ES384);
    KEPT.as_argument()
}

/// The same by RustCrypto's crate `p384`, for those who prefer the reviewed crate to speed.
///
/// Returns: the algorithm, never NULL.
///
/// Memory: constant. Threads: any.
#[cfg(feature = "rustcrypto")]
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_es384_rustcrypto() -> In<JotgateAlgorithm> {
    static KEPT: Kept = kept(&crypto::ES384_RUSTCRYPTO);
    KEPT.as_argument()
}

/// ECDSA with P-521 and SHA-512 (RFC 7518, section 3.4).
///
/// Returns: the algorithm, never NULL.
///
/// Memory: constant. Threads: any.
#[cfg(feature = "es512")]
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_es512() -> In<JotgateAlgorithm> {
    static KEPT: Kept = kept(&crypto::ES512);
    KEPT.as_argument()
}

/// Ed25519, `EdDSA` and `Ed25519` in headers (RFC 8037, RFC 9864), without tables.
///
/// Returns: the algorithm, never NULL.
///
/// Memory: constant. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_eddsa() -> In<JotgateAlgorithm> {
    static KEPT: Kept = kept(&crypto::EDDSA);
    KEPT.as_argument()
}

/// The same by the crate `ed25519-dalek`, for those who prefer the reviewed crate to speed.
///
/// Returns: the algorithm, never NULL.
///
/// Memory: constant. Threads: any.
#[cfg(feature = "rustcrypto")]
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_eddsa_dalek() -> In<JotgateAlgorithm> {
    static KEPT: Kept = kept(&crypto::EDDSA_DALEK);
    KEPT.as_argument()
}

/// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518, section 3.3); keys of 2048 to 4096 bits.
///
/// Returns: the algorithm, never NULL.
///
/// Memory: constant. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_rs256() -> In<JotgateAlgorithm> {
    static KEPT: Kept = kept(&crypto::RS256);
    KEPT.as_argument()
}

/// RSASSA-PKCS1-v1_5 with SHA-384 (RFC 7518, section 3.3); keys of 2048 to 4096 bits.
///
/// Returns: the algorithm, never NULL.
///
/// Memory: constant. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_rs384() -> In<JotgateAlgorithm> {
    static KEPT: Kept = kept(&crypto::RS384);
    KEPT.as_argument()
}

/// RSASSA-PKCS1-v1_5 with SHA-512 (RFC 7518, section 3.3); keys of 2048 to 4096 bits.
///
/// Returns: the algorithm, never NULL.
///
/// Memory: constant. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_rs512() -> In<JotgateAlgorithm> {
    static KEPT: Kept = kept(&crypto::RS512);
    KEPT.as_argument()
}

/// RSASSA-PSS with SHA-256 and a salt of 32 bytes (RFC 7518, section 3.5); keys of 2048 to 4096 bits.
///
/// Returns: the algorithm, never NULL.
///
/// Memory: constant. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_ps256() -> In<JotgateAlgorithm> {
    static KEPT: Kept = kept(&crypto::PS256);
    KEPT.as_argument()
}

/// RSASSA-PSS with SHA-384 and a salt of 48 bytes (RFC 7518, section 3.5); keys of 2048 to 4096 bits.
///
/// Returns: the algorithm, never NULL.
///
/// Memory: constant. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_ps384() -> In<JotgateAlgorithm> {
    static KEPT: Kept = kept(&crypto::PS384);
    KEPT.as_argument()
}

/// RSASSA-PSS with SHA-512 and a salt of 64 bytes (RFC 7518, section 3.5); keys of 2048 to 4096 bits.
///
/// Returns: the algorithm, never NULL.
///
/// Memory: constant. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_ps512() -> In<JotgateAlgorithm> {
    static KEPT: Kept = kept(&crypto::PS512);
    KEPT.as_argument()
}
