//! The key set and the tokens, as `make-tokens` wrote them.

use jotgate_core::{AlgorithmName, Denied, UnixSeconds};

/// A JWK Set with one ES256 key and one RS256 key of 2048 bits.
pub const KEY_SET: &[u8] = include_bytes!("../tokens/keys.json");

/// A time at which the good tokens are valid.
pub const NOW: UnixSeconds = UnixSeconds(1_760_000_060);

/// A token and what has to become of it.
pub struct Case {
    /// Its name in the report.
    pub name: &'static str,
    /// The algorithm that its header names.
    pub algorithm: AlgorithmName,
    /// The token, 897 or 898 bytes.
    pub token: &'static [u8],
    /// The decision, where the image has the algorithm.
    pub expected: Result<(), Denied>,
}

/// One good and one bad token for each algorithm.
pub const CASES: [Case; 4] = [
    Case {
        name: "es256_good",
        algorithm: AlgorithmName::Es256,
        token: include_bytes!("../tokens/es256_good.jwt"),
        expected: Ok(()),
    },
    Case {
        name: "es256_bad",
        algorithm: AlgorithmName::Es256,
        token: include_bytes!("../tokens/es256_bad.jwt"),
        expected: Err(Denied::BadSignature),
    },
    Case {
        name: "rs256_good",
        algorithm: AlgorithmName::Rs256,
        token: include_bytes!("../tokens/rs256_good.jwt"),
        expected: Ok(()),
    },
    Case {
        name: "rs256_bad",
        algorithm: AlgorithmName::Rs256,
        token: include_bytes!("../tokens/rs256_bad.jwt"),
        expected: Err(Denied::BadSignature),
    },
];
