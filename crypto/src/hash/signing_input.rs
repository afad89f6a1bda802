//! The signing input of a compact JWS: its first two segments, with their dot (RFC 7515, section 5.1).

use crate::Hashing;

/// The bytes that a signature covers (RFC 7515, section 5.1), and their SHA-256.
///
/// The digest is computed once. The algorithms over SHA-256 verify it; revocation lists and audit records
/// name a token by it, because it stays the same whatever the signature says.
#[derive(Clone, Copy)]
pub struct SigningInput<'t> {
    bytes: &'t [u8],
    sha256: [u8; 32],
}

impl<'t> SigningInput<'t> {
    /// Hashes `bytes`, the signing input exactly as it was received.
    pub fn new(bytes: &'t [u8]) -> Self {
        Hashing::of(bytes).finish()
    }

    /// `sha256` is the digest of `bytes`.
    pub(crate) const fn of_digest(bytes: &'t [u8], sha256: [u8; 32]) -> Self {
        Self { bytes, sha256 }
    }

    /// The bytes that are signed.
    pub fn bytes(&self) -> &'t [u8] {
        self.bytes
    }

    /// SHA-256 of the bytes that are signed, 32 bytes.
    pub fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }
}
