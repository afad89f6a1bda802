//! Judges one token against a key set, with all memory lent: the whole core in one file.
//!
//! ```text
//! cargo run -p jotgate-core --example check -- examples/operator.jwks.json 1767225600 < examples/tokens/granted.jwt
//! ```
//!
//! The arguments are a JWK Set and the time in seconds since the Unix epoch; a program of yours has a clock instead.

use jotgate_core::{
    Issuer, IssuerSlot, KeyRingBuilder, KeySlot, KeySource, Now, Policy, Presented, Profile, PurposeForm,
    PurposeRule, ScopeRule, Scratch, UnixSeconds, Validator, WorkerState, crypto, limits::MAX_TOKEN_LEN,
};
use std::{error::Error, io::Read, process::ExitCode};

const ISSUER: &str = "https://auth.operator.example";
/// What stands behind a token that fits must not be cut off, for then the token would be granted.
const LONGEST_INPUT: u64 = 16 * 1024;

const AUDIENCE: &str = "https://api.operator.example/sim-swap";

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [key_set, seconds] = arguments.as_slice() else {
        return Err("usage: check JWKS SECONDS < TOKEN".into());
    };
    let key_set = std::fs::read(key_set)?;
    let mut token = Vec::new();
    std::io::stdin().lock().take(LONGEST_INPUT).read_to_end(&mut token)?;
    if u64::try_from(token.len())? == LONGEST_INPUT {
        return Err("the token is too long".into());
    }

    // Once: memory for one issuer and four keys, and for reading one token.
    let (mut issuers, mut keys, mut words) = ([IssuerSlot::EMPTY; 1], [KeySlot::EMPTY; 4], [0; 512]);
    let (mut text, mut names) = ([0; Scratch::text_len(MAX_TOKEN_LEN)], [0; Scratch::NAMES]);
    let mut scratch = Scratch::new(&mut text, &mut names);

    // The key set belongs to one issuer; what cannot be used is skipped and reported.
    let mut builder = KeyRingBuilder::new(1, &mut issuers, &mut keys, &mut words);
    let source = KeySource { algorithms: &[&crypto::ES256, &crypto::RS256], default_rsa_algorithm: None };
    builder.load(ISSUER, &key_set, &source, &mut scratch, &mut |report| {
        if let Err(reason) = report.outcome {
            eprintln!("key {}: not used: {reason}", report.position);
        }
    })?;
    let ring = builder.finish()?;

    // What the product demands.
    let accepted = [Issuer::new(ISSUER, Profile::RFC9068)?];
    let scopes = ScopeRule::AnyOf(&["sim-swap:check", "sim-swap"]);
    let purposes = PurposeRule::OneOf(&["FraudPreventionAndDetection"], PurposeForm::Scope);
    let policy = Policy::new(&accepted, &[AUDIENCE], scopes)?.with_purpose(purposes)?;

    // Every request.
    let validator = Validator::for_product(&ring, &policy);
    let now = Now::Trusted(UnixSeconds(seconds.parse()?));
    let presented = Presented::bearer(token.trim_ascii());
    match validator.check(presented, now, &mut scratch, &mut WorkerState::new()) {
        Ok(grant) => {
            println!("granted: client {}", grant.client().unwrap_or("unknown"));
            Ok(ExitCode::SUCCESS)
        }
        Err(denied) => {
            println!("denied: {denied}");
            Ok(ExitCode::FAILURE)
        }
    }
}
