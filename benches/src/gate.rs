//! A product that grants the tokens of [`token`](crate::token): its keys and its policy, kept for good.

use crate::token::{AUDIENCE, ISSUER, NOW, SCOPE, TERSE_AUDIENCE, TERSE_ISSUER};
use jotgate_core::{
    CacheSlot, HeaderSlot, Issuer, IssuerSlot, KeyRing, KeyRingBuilder, KeySlot, KeySource, Legs, Now,
    Policy, Profile, PurposeForm, PurposeRule, ScopeRule, Scratch, TokenCache, UnixSeconds, Validator,
    Within, WorkerState,
    crypto::{Algorithm, CacheLine},
    limits,
};

/// The time at which the tokens are good.
pub const AT: Now = Now::Trusted(UnixSeconds(NOW));

/// Scratch for the longest token and the largest key set.
pub fn scratch() -> Scratch<'static> {
    Scratch::new(vec![0; limits::MAX_KEY_SET_LEN].leak(), vec![0; Scratch::NAMES].leak())
}

/// Scratch for one token of this length.
pub fn scratch_for(token_len: usize) -> Scratch<'static> {
    Scratch::new(vec![0; Scratch::text_len(token_len)].leak(), vec![0; Scratch::NAMES].leak())
}

/// A worker as a gateway has it.
pub fn worker() -> WorkerState<'static> {
    WorkerState::new().with_known_headers(vec![HeaderSlot::EMPTY; 8].leak())
}

/// A cache of so many tokens, with room for signatures of RSA keys up to 2048 bits.
pub fn cache(tokens: usize) -> TokenCache<'static> {
    TokenCache::new(vec![CacheSlot::EMPTY; tokens].leak(), vec![0; tokens * 256].leak())
}

/// A key set of these JWKs.
pub fn key_set(jwks: &[String]) -> String {
    format!(r#"{{"keys":[{}]}}"#, jwks.join(","))
}

/// Words that suffice for `keys` keys of any kind with their key ids.
pub fn words_for(keys: usize) -> usize {
    keys * 512 + 64
}

/// A ring of these keys, all of the one issuer, with tables where their algorithm has some.
pub fn ring(jwks: &[String], algorithms: &[&'static dyn Algorithm]) -> KeyRing<'static> {
    ring_of(ISSUER, jwks, algorithms)
}

fn ring_of(issuer: &str, jwks: &[String], algorithms: &[&'static dyn Algorithm]) -> KeyRing<'static> {
    let count = jwks.len();
    let issuers = vec![IssuerSlot::EMPTY; 1].leak();
    let keys = vec![KeySlot::EMPTY; count].leak();
    let lines: usize = algorithms.iter().map(|algorithm| algorithm.table_lines() * count).sum();
    let mut builder = KeyRingBuilder::new(1, issuers, keys, vec![0; words_for(count)].leak())
        .with_tables(vec![CacheLine::EMPTY; lines].leak());
    let source = KeySource { algorithms, default_rsa_algorithm: None };
    let loaded =
        builder.load(issuer, key_set(jwks).as_bytes(), &source, &mut scratch(), &mut |_| {}).unwrap();
    assert_eq!(loaded.used, count);
    builder.finish().unwrap()
}

/// What the product demands: audience, scope, and every bound on time.
pub fn policy() -> &'static Policy<'static> {
    let issuers = vec![
        Issuer::new("https://auth.partner.example", Profile::KEYCLOAK).unwrap(),
        Issuer::new(ISSUER, Profile::RFC9068).unwrap(),
    ];
    let policy = Policy::new(issuers.leak(), &[AUDIENCE], ScopeRule::AnyOf(&[SCOPE, "sim-swap"])).unwrap();
    let policy = policy.with_legs(Legs::Either).with_max_lifetime(Within::Seconds(3600)).unwrap();
    Box::leak(Box::new(policy))
}

/// The same, and a purpose, for CAMARA's tokens.
pub fn camara_policy() -> &'static Policy<'static> {
    let purposes = PurposeRule::OneOf(&["FraudPreventionAndDetection"], PurposeForm::Scope);
    let policy = policy().with_purpose(purposes).unwrap().with_legs(Legs::Three);
    Box::leak(Box::new(policy))
}

/// Judges tokens that say as little as may be ([`terse_claims`](crate::token::terse_claims)), by one key.
pub fn terse(jwk: String, algorithm: &'static dyn Algorithm) -> Validator<'static> {
    let issuers = vec![Issuer::new(TERSE_ISSUER, Profile::GENERIC_JWT).unwrap()].leak();
    let policy = Policy::new(issuers, &[TERSE_AUDIENCE], ScopeRule::AnyOf(&[SCOPE])).unwrap();
    validator(ring_of(TERSE_ISSUER, &[jwk], &[algorithm]), Box::leak(Box::new(policy)))
}

/// Judges with these keys by this policy.
pub fn validator(ring: KeyRing<'static>, policy: &'static Policy<'static>) -> Validator<'static> {
    Validator::for_product(Box::leak(Box::new(ring)), policy)
}
