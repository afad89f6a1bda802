//! jsonwebtoken's arithmetic, chosen at run time: the crate takes one provider for the whole process.

use jsonwebtoken::{
    Algorithm, DecodingKey,
    crypto::{CryptoProvider, JwtVerifier, rust_crypto},
    errors::Result,
};
use std::sync::{
    Once,
    atomic::{AtomicU8, Ordering},
};

/// Whose arithmetic jsonwebtoken calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Arithmetic {
    /// p256, p384, rsa and ed25519-dalek.
    RustCrypto = 0,
    /// AWS-LC, with the feature `peers`.
    AwsLc = 1,
}

static CHOSEN: AtomicU8 = AtomicU8::new(Arithmetic::RustCrypto as u8);

/// Makes jsonwebtoken ask [`choose`]; once is enough, more often is no harm.
pub fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let provider = CryptoProvider { verifier_factory: verifier, ..rust_crypto::DEFAULT_PROVIDER.clone() };
        Box::leak(Box::new(provider)).install_default().unwrap();
    });
}

/// From now on, jsonwebtoken calls this arithmetic. Costs a store, and a load for each verification.
pub fn choose(arithmetic: Arithmetic) {
    CHOSEN.store(arithmetic as u8, Ordering::Relaxed);
}

fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>> {
    #[cfg(feature = "peers")]
    if CHOSEN.load(Ordering::Relaxed) == Arithmetic::AwsLc as u8 {
        return (jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.verifier_factory)(algorithm, key);
    }
    (rust_crypto::DEFAULT_PROVIDER.verifier_factory)(algorithm, key)
}
