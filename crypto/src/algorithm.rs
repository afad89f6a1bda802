//! A signature algorithm as a value: its name, how it prepares a key, how it verifies.

use crate::{CacheLine, KeyFault, Prepared, PublicKey, SigningInput, Word};

/// Declares [`AlgorithmName`] by its table: each row a variant, the value of `alg` that names it, others that are read as
/// the same, and what it is.
macro_rules! algorithm_names {
    ($($Name:ident $jose:literal $(or $other:literal)* $sentence:literal)*) => {
        /// The JOSE signature algorithms that jotgate knows (RFC 7518 section 3.1, RFC 8037, RFC 9864).
        ///
        /// Symmetric algorithms and `none` are not among them, and cannot be added by a feature.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum AlgorithmName {
            $(#[doc = $sentence] $Name,)*
        }

        impl AlgorithmName {
            /// Every algorithm, in the order of the enumeration.
            pub const ALL: [Self; [$($jose),*].len()] = [$(Self::$Name),*];

            /// Reads the value of an `alg` member: exact and case-sensitive (RFC 7515, section 4.1.1).
            pub fn from_jose(name: &str) -> Option<Self> {
                Some(match name {
                    $($jose $(| $other)* => Self::$Name,)*
                    _ => return None,
                })
            }

            /// The value of `alg` that names it.
            pub fn as_jose(self) -> &'static str {
                match self {
                    $(Self::$Name => $jose,)*
                }
            }
        }
    };
}

algorithm_names! {
    EdDsa "EdDSA" or "Ed25519" "Ed25519 (RFC 8032); `EdDSA` and `Ed25519` are two spellings of it."
    Es256 "ES256" "ECDSA with P-256 and SHA-256."
    Es384 "ES384" "ECDSA with P-384 and SHA-384."
    Es512 "ES512" "ECDSA with P-521 and SHA-512."
    Ps256 "PS256" "RSASSA-PSS with SHA-256, MGF1 with SHA-256, salt of 32 bytes."
    Ps384 "PS384" "RSASSA-PSS with SHA-384, MGF1 with SHA-384, salt of 48 bytes."
    Ps512 "PS512" "RSASSA-PSS with SHA-512, MGF1 with SHA-512, salt of 64 bytes."
    Rs256 "RS256" "RSASSA-PKCS1-v1_5 with SHA-256."
    Rs384 "RS384" "RSASSA-PKCS1-v1_5 with SHA-384."
    Rs512 "RS512" "RSASSA-PKCS1-v1_5 with SHA-512."
}

/// The signature does not belong to this message and key; nothing more is said, whatever failed inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadSignature;

/// A signature algorithm for prepared keys. Programs name the values of this crate; a key set takes only
/// keys whose algorithm was named.
///
/// Not to be called directly: [`VerifyingKey`](crate::VerifyingKey) keeps the words of a key and the
/// algorithm that prepared them together.
pub trait Algorithm: Sync {
    /// The name that a token's header must carry.
    fn name(&self) -> AlgorithmName;

    /// How many words [`prepare`](Self::prepare) fills for this key.
    ///
    /// # Errors
    /// The key is not of the kind that the algorithm takes, or its sizes are out of range.
    fn words(&self, key: &PublicKey<'_>) -> Result<usize, KeyFault>;

    /// Fills `words`, exactly as many as [`words`](Self::words) said, with all that depends only on the key.
    ///
    /// # Errors
    /// What is wrong with the key.
    fn prepare(&self, key: &PublicKey<'_>, words: &mut [Word]) -> Result<(), KeyFault>;

    /// Cache lines of a table that makes verification under one key faster; 0 where there is none.
    fn table_lines(&self) -> usize {
        0
    }

    /// Fills `table`, exactly as many lines as [`table_lines`](Self::table_lines) said, from the words of a
    /// prepared key.
    fn build_table(&self, _words: &[Word], _table: &mut [CacheLine]) {}

    /// Bytes of a signature under this key.
    fn signature_len(&self, key: Prepared<'_>) -> usize;

    /// Verifies; variable time, public data only.
    ///
    /// # Errors
    /// [`BadSignature`]; a signature of another length than [`signature_len`](Self::signature_len) is one,
    /// before any arithmetic.
    fn verify(
        &self,
        key: Prepared<'_>,
        input: &SigningInput<'_>,
        signature: &[u8],
    ) -> Result<(), BadSignature>;
}

/// Every algorithm that this crate verifies, in the order of [`AlgorithmName::ALL`]; for hosts that do not choose.
///
/// Whoever names it links the code of all of them.
pub const ALL_ALGORITHMS: &[&dyn Algorithm] = &[
    &crate::EDDSA,
    &crate::ES256,
    &crate::ES384,
    #[cfg(feature = "es512")]
    &crate::ES512,
    &crate::PS256,
    &crate::PS384,
    &crate::PS512,
    &crate::RS256,
    &crate::RS384,
    &crate::RS512,
];

#[cfg(test)]
mod tests {
    use super::{ALL_ALGORITHMS, AlgorithmName};

    #[test]
    fn every_name_has_one_algorithm() {
        assert!(ALL_ALGORITHMS.iter().map(|algorithm| algorithm.name()).eq(AlgorithmName::ALL));
    }
}
