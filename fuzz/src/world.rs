//! What the targets share that judge tokens: one issuer with one key, whose private half signs here, and one product.

use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_core::crypto::ALL_ALGORITHMS;
use jotgate_core::{
    Issuer, IssuerSlot, KeyRing, KeyRingBuilder, KeySlot, KeySource, Now, Policy, Profile, ScopeRule,
    Scratch, UnixSeconds,
};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use std::sync::OnceLock;

/// The public half of the key.
pub(crate) const KEY_SET: &str = include_str!("../seeds/key_set/es256");

/// The tokens that `examples/make_seeds.rs` signs; the first one is good.
pub(crate) const SIGNED: [&[u8]; 3] = [
    include_bytes!("../seeds/token/granted"),
    include_bytes!("../seeds/token/expired"),
    include_bytes!("../seeds/token/escapes"),
];

/// When they are judged, seconds.
pub(crate) const SECONDS: i64 = 1_784_000_000;
pub(crate) const NOW: Now = Now::Trusted(UnixSeconds(SECONDS));

pub(crate) const ISSUER: &str = "https://issuer.example";

/// Signed with the issuer's key: the same bytes every time.
pub(crate) fn sign(header: &str, payload: &[u8]) -> String {
    static KEY: OnceLock<SigningKey> = OnceLock::new();
    // A test key that protects nothing, the one of `examples/make_seeds.rs`.
    let key = KEY.get_or_init(|| SigningKey::from_slice(&[0x42; 32]).unwrap());
    let encode = Base64UrlUnpadded::encode_string;
    let input = format!("{}.{}", encode(header.as_bytes()), encode(payload));
    let signature: Signature = key.sign(input.as_bytes());
    format!("{input}.{}", encode(&signature.to_bytes()))
}

/// A token without its signature.
pub(crate) fn signing_input(token: &[u8]) -> &[u8] {
    let end = token.iter().rposition(|byte| *byte == b'.').unwrap_or(0);
    &token[..end]
}

pub(crate) fn ring() -> &'static KeyRing<'static> {
    static RING: OnceLock<KeyRing<'static>> = OnceLock::new();
    RING.get_or_init(|| {
        let issuers = Box::leak(Box::new([IssuerSlot::EMPTY; 1]));
        let keys = Box::leak(Box::new([KeySlot::EMPTY; 1]));
        let mut builder = KeyRingBuilder::new(1, issuers, keys, vec![0; 64].leak());
        let (mut text, mut names) = ([0; 1024], [0; Scratch::NAMES]);
        let mut scratch = Scratch::new(&mut text, &mut names);
        let source = KeySource { algorithms: ALL_ALGORITHMS, default_rsa_algorithm: None };
        builder.load(ISSUER, KEY_SET.as_bytes(), &source, &mut scratch, &mut |_| {}).unwrap();
        builder.finish().unwrap()
    })
}

/// Demands nothing of what was taken back.
pub(crate) fn policy() -> Policy<'static> {
    static POLICY: OnceLock<Policy<'static>> = OnceLock::new();
    *POLICY.get_or_init(|| {
        let issuer = Issuer::new(ISSUER, Profile::RFC9068).unwrap();
        let scopes = ScopeRule::AnyOf(&["read write", "admin"]);
        Policy::new(vec![issuer].leak(), &["https://api.example"], scopes).unwrap()
    })
}

/// Scratch for a text of so many bytes with a proof beside it.
pub(crate) fn with_scratch<T>(len: usize, run: impl FnOnce(&mut Scratch<'_>) -> T) -> T {
    let (mut text, mut names) = (vec![0; Scratch::text_len_with_proof(len)], [0; Scratch::NAMES]);
    run(&mut Scratch::new(&mut text, &mut names))
}
