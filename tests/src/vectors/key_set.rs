//! Key sets of others, loaded with every algorithm enabled.

use jotgate_core::{
    AlgorithmName, IssuerSlot, KeyRing, KeyRingBuilder, KeySlot, KeySource, LoadError, Scratch, SectionIndex,
    SkipReason, UsedKey, Word, crypto::ALL_ALGORITHMS,
};

/// The issuer that the keys are bound to.
pub const ISSUER: &str = "https://issuer.example";

/// What became of a key set.
pub struct Loading {
    /// The ring, or why there is none.
    pub ring: Result<KeyRing<'static>, LoadError>,
    /// What was reported of each key, in order.
    pub reports: Vec<Result<UsedKey, SkipReason>>,
}

impl Loading {
    /// The ring and the section of its keys.
    ///
    /// # Panics
    /// The key set was refused.
    #[must_use]
    pub fn ring(&self) -> (KeyRing<'static>, SectionIndex) {
        let ring = self.ring.expect("the key set is loaded");
        (ring, ring.section(ISSUER).expect("the ring knows its issuer"))
    }
}

/// Loads a JWK Set; `default_rsa_algorithm` is the algorithm of RSA keys that name none. The memory is never freed.
#[must_use]
pub fn load(key_set: &str, default_rsa_algorithm: Option<AlgorithmName>) -> Loading {
    let mut reports = Vec::new();
    let mut text = vec![0; 16 * 1024];
    let mut names = [0; Scratch::NAMES];
    let mut builder =
        KeyRingBuilder::new(1, lent(1, IssuerSlot::EMPTY), lent(8, KeySlot::EMPTY), words(1024));
    let loaded = builder.load(
        ISSUER,
        key_set.as_bytes(),
        &KeySource { algorithms: ALL_ALGORITHMS, default_rsa_algorithm },
        &mut Scratch::new(&mut text, &mut names),
        &mut |report| reports.push(report.outcome),
    );
    Loading { ring: loaded.and_then(|_| builder.finish()), reports }
}

/// Loads a JWK Set of one key.
#[must_use]
pub fn load_one(jwk: &serde_json::Value, default_rsa_algorithm: Option<AlgorithmName>) -> Loading {
    load(&serde_json::json!({ "keys": [jwk] }).to_string(), default_rsa_algorithm)
}

/// Words to lend, never freed, not zero.
#[must_use]
pub fn words(len: usize) -> &'static mut [Word] {
    lent(len, 0x5a5a_5a5a)
}

fn lent<T: Copy>(len: usize, empty: T) -> &'static mut [T] {
    vec![empty; len].leak()
}
