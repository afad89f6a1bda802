//! The choice of a key where an issuer has published what makes it as slow as it can.

use crate::gate::{key_set, scratch, validator};
use core::hint::black_box;
use jotgate_core::{
    Issuer, IssuerSlot, KeyRing, KeyRingBuilder, KeySlot, KeySource, Policy, Profile, ScopeRule, Scratch,
    Validator, WorkerState, crypto,
    limits::MAX_KEYS,
    steps::{self, Unverified},
};
use std::time::Instant;

/// Nanoseconds that the choice of a key takes, at best of many runs, for a token of an issuer with one key.
pub struct KeyChoice {
    /// Nobody else publishes keys.
    pub alone: f64,
    /// Another issuer publishes as many keys as a set may have.
    pub beside_many: f64,
    /// Their key ids are aimed at the one that is looked for.
    pub beside_aimed: f64,
    /// They have no key id, and neither has the token.
    pub beside_nameless: f64,
    /// The issuer itself has so many keys.
    pub own_many: f64,
    /// It has aimed their ids at one: its own tokens are the only ones that wait.
    pub own_aimed: f64,
}

const ISSUER: &str = "https://auth.operator.example";
const OTHER: &str = "https://auth.attacker.example";
const AUDIENCE: &str = "https://api.operator.example/sim-swap";
/// The key id that is looked for: 16 bytes.
const KID: [u8; 16] = *b"2026-07-operator";

/// Measures all of them.
///
/// # Panics
/// When what is made here is not lawful.
#[must_use]
pub fn key_choice() -> KeyChoice {
    let own = jwk(Some(KID));
    let many: Vec<String> = (0..MAX_KEYS - 1).map(|number| jwk(Some(numbered(number)))).collect();
    let nameless_keys: Vec<String> = (2..=MAX_KEYS).map(nameless).collect();
    let aimed: Vec<String> = aimed().into_iter().map(|kid| jwk(Some(kid))).collect();
    let of = |theirs: &[String], ours: &[String], kid| nanoseconds(&ring(theirs, ours), kid);
    let own = std::slice::from_ref(&own);
    let own_and = |more: &[String]| [more, own].concat();
    KeyChoice {
        alone: of(&[], own, Some(KID)),
        beside_many: of(&many, own, Some(KID)),
        beside_aimed: of(&aimed, own, Some(KID)),
        beside_nameless: of(&nameless_keys, &[jwk(None)], None),
        own_many: of(&[], &own_and(&many), Some(KID)),
        own_aimed: of(&[], &own_and(&aimed), Some(KID)),
    }
}

/// One public key, whatever its id: the choice does not look at it. Different algorithms would be told apart first.
fn jwk(kid: Option<[u8; 16]>) -> String {
    let kid = kid.map(|kid| format!("\"kid\":\"{}\",", String::from_utf8_lossy(&kid))).unwrap_or_default();
    // RFC 8037, appendix A.2.
    format!(r#"{{{kid}"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}}"#)
}

/// A key of its own without an id. Every other y is one of no point, and is skipped.
fn nameless(y: usize) -> String {
    use base64ct::{Base64UrlUnpadded, Encoding};
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&(y as u64).to_le_bytes());
    format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}"}}"#, Base64UrlUnpadded::encode_string(&bytes))
}

fn numbered(number: usize) -> [u8; 16] {
    let text = format!("key-{number:012}");
    text.as_bytes().try_into().expect("16 bytes")
}

/// A ring of both issuers, the other one first.
fn ring(theirs: &[String], ours: &[String]) -> KeyRing<'static> {
    let keys = theirs.len() + ours.len();
    let (issuers, slots) = (vec![IssuerSlot::EMPTY; 2].leak(), vec![KeySlot::EMPTY; keys].leak());
    let mut builder = KeyRingBuilder::new(1, issuers, slots, vec![0; 16 * keys + 64].leak());
    let source = KeySource { algorithms: &[&crypto::EDDSA], default_rsa_algorithm: None };
    for (issuer, jwks) in [(OTHER, theirs), (ISSUER, ours)] {
        if !jwks.is_empty() {
            builder
                .load(issuer, key_set(jwks).as_bytes(), &source, &mut scratch(), &mut |_| {})
                .expect("good keys");
        }
    }
    builder.finish().expect("good keys")
}

/// Runs of so many choices each.
const RUNS: usize = 200;
const CHOICES: u32 = 200;

fn nanoseconds(ring: &KeyRing<'static>, kid: Option<[u8; 16]>) -> f64 {
    let issuers = vec![Issuer::new(ISSUER, Profile::RFC9068).expect("a name")].leak();
    let policy = Policy::new(issuers, &[AUDIENCE], ScopeRule::NotChecked).expect("lawful");
    let validator: Validator<'static> = validator(*ring, Box::leak(Box::new(policy)));
    let token = token(kid);
    let (mut text, mut names) = (vec![0; Scratch::text_len(token.len())], [0; Scratch::NAMES]);
    let mut scratch = Scratch::new(&mut text, &mut names);
    let unverified = Unverified::read(token.as_bytes(), &mut scratch).expect("lawful");
    let mut worker = WorkerState::new();
    let run = |_| {
        let began = Instant::now();
        for _ in 0..CHOICES {
            assert!(black_box(steps::select(&validator, black_box(&unverified), &mut worker)).is_ok());
        }
        began.elapsed()
    };
    let best = (0..RUNS).map(run).min().unwrap_or_default();
    best.as_secs_f64() * 1e9 / f64::from(CHOICES)
}

/// A token as far as the choice of a key looks at it: not signed.
fn token(kid: Option<[u8; 16]>) -> String {
    use base64ct::{Base64UrlUnpadded, Encoding};
    let kid = kid.map(|kid| format!(",\"kid\":\"{}\"", String::from_utf8_lossy(&kid))).unwrap_or_default();
    let header = format!(r#"{{"alg":"EdDSA"{kid}}}"#);
    let claims = format!(r#"{{"iss":"{ISSUER}"}}"#);
    let [header, claims] = [header, claims].map(|text| Base64UrlUnpadded::encode_string(text.as_bytes()));
    format!("{header}.{claims}.{}", "A".repeat(86))
}

/// Key ids of 16 bytes that have the fingerprint of [`KID`], or had it if the numbers of the two sections were mixed into
/// them: the fingerprint has no key, so that it can be turned round.
fn aimed() -> Vec<[u8; 16]> {
    let target = fingerprint(KID);
    let aims = [target, target ^ 1];
    let half = (MAX_KEYS - 1) / 2;
    aims.iter().flat_map(|aim| (0_u64..).filter_map(|seed| kid_of(*aim, seed)).take(half)).collect()
}

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
const SEED: u64 = 0xbb67_ae85_84ca_a73b;

fn absorb(state: u64, chunk: u64) -> u64 {
    let mixed = (state ^ chunk).wrapping_mul(MULTIPLIER);
    mixed ^ (mixed >> 29)
}

/// What [`absorb`] of a chunk of zeros made this of.
fn unmixed(state: u64) -> u64 {
    let mixed = state ^ (state >> 29) ^ (state >> 58);
    // Newton: each step doubles the bits of the inverse that are right, five to begin with.
    let inverse = (0..4).fold(MULTIPLIER.wrapping_mul(3) ^ 2, |inverse, _| {
        inverse.wrapping_mul(2_u64.wrapping_sub(MULTIPLIER.wrapping_mul(inverse)))
    });
    mixed.wrapping_mul(inverse)
}

fn fingerprint(kid: [u8; 16]) -> u64 {
    let (chunks, _) = kid.as_chunks::<8>();
    let state = chunks.iter().fold(SEED, |state, chunk| absorb(state, u64::from_le_bytes(*chunk)));
    absorb(absorb(state, 0), 16)
}

/// Eight characters that the seed gives, and the eight that lead from there to the aim, if they are characters.
fn kid_of(aim: u64, seed: u64) -> Option<[u8; 16]> {
    let front = seed.to_be_bytes().map(|byte| byte & 0x3f | 0x40);
    let front = u64::from_le_bytes(front) ^ (0x2020_2020_2020_2020 * (seed >> 48));
    let back = unmixed(unmixed(unmixed(aim) ^ 16)) ^ absorb(SEED, front);
    let kid: [u8; 16] = [front.to_le_bytes(), back.to_le_bytes()].concat().try_into().ok()?;
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    kid.iter().all(is_plain).then_some(kid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn what_is_aimed_hits_and_is_as_many_as_it_says() {
        let aimed = aimed();
        assert_eq!(aimed.iter().collect::<BTreeSet<_>>().len(), MAX_KEYS / 2 * 2 - 2);
        let target = fingerprint(KID);
        assert!(aimed.iter().all(|kid| fingerprint(*kid) & !1 == target & !1));
    }

    /// Times of whatever machine and build: in proportion only.
    #[test]
    fn another_issuer_makes_no_choice_slower() {
        let times = key_choice();
        let bound = 4.0 * times.alone;
        for time in [times.beside_many, times.beside_aimed, times.beside_nameless, times.own_many] {
            assert!(time < bound, "{time} ns beside {} ns", times.alone);
        }
        // The aim is good: who takes it hits himself.
        assert!(times.own_aimed > bound, "{} ns", times.own_aimed);
    }
}
