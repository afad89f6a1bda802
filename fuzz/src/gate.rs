//! What stands around tokens: the `Authorization` field, and key sets.

use jotgate_core::crypto::ALL_ALGORITHMS;
use jotgate_core::{
    Authorization, Denied, IssuerSlot, KeyRingBuilder, KeySlot, KeySource, LoadError, Scratch,
    limits::{AUTHORIZATION_OVERHEAD, MAX_TOKEN_LEN_RAISED},
};

/// The fields of one request, each on a line.
pub fn authorization(data: &[u8]) {
    let fields: Vec<&[u8]> =
        if data.is_empty() { vec![] } else { data.split(|byte| *byte == b'\n').collect() };
    match Authorization::read(&fields) {
        Ok(read) => {
            let [field] = fields[..] else { panic!("several fields") };
            assert!(field.len() >= read.token().len() + "dpop ".len());
            let body = read.token().iter().rposition(|byte| *byte != b'=').unwrap() + 1;
            let lawful = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~+/".contains(byte);
            assert!(read.token()[..body].iter().all(lawful));
        }
        Err(Denied::NoCredentials) => assert!(fields.is_empty()),
        Err(Denied::AuthorizationHeaderTooLong) => {
            assert!(fields[0].len() > MAX_TOKEN_LEN_RAISED + AUTHORIZATION_OVERHEAD);
        }
        Err(Denied::OtherScheme | Denied::BadAuthorizationHeader) => {}
        Err(denied) => panic!("{denied:?} is no reason of this parser"),
    }
}

/// A JWK Set. Whatever stands in it, all keys are accounted for, and a ring has exactly those in force.
pub fn key_set(data: &[u8]) {
    let mut issuers = [IssuerSlot::EMPTY; 2];
    let mut keys = [KeySlot::EMPTY; 8];
    let mut words = [0; 1024];
    let (mut text, mut names) = ([0; 16 * 1024], [0; Scratch::NAMES]);
    let mut scratch = Scratch::new(&mut text, &mut names);
    let source = KeySource { algorithms: ALL_ALGORITHMS, default_rsa_algorithm: None };
    let mut builder = KeyRingBuilder::new(7, &mut issuers, &mut keys, &mut words);
    let (mut used, mut ambiguous, mut reported) = (0, 0, 0);
    let mut report = |report: &jotgate_core::KeyReport<'_>| {
        assert_eq!(report.position, reported);
        reported += 1;
        if let Ok(key) = &report.outcome {
            used += 1;
            ambiguous += usize::from(key.ambiguous);
        }
    };
    let loaded = builder.load("https://issuer.example", data, &source, &mut scratch, &mut report);
    match loaded {
        Ok(loaded) => {
            assert_eq!((loaded.used, loaded.used + loaded.skipped), (used, reported));
            let document: serde_json::Value = match serde_json::from_slice(data) {
                Ok(document) => document,
                // Lone surrogates and numbers that no float can be, in members that nobody reads.
                Err(_) => return,
            };
            assert_eq!(document["keys"].as_array().unwrap().len(), reported);
            let ring = builder.finish().unwrap();
            assert_eq!(ring.generation(), 7);
            assert_eq!(ring.keys().count(), used - ambiguous);
        }
        Err(LoadError::NotJson(at)) => assert!(at <= data.len()),
        Err(_) => {}
    }
}
