//! jwt-simple, with its arithmetic in Rust: BoringSSL does not share a process with OpenSSL.

use super::covers;
use crate::{case::Case, subject::Subject};
use jotgate_benches::token::{AUDIENCE, ISSUER};
use jotgate_core::AlgorithmName;
use jwt_simple::prelude::*;
use std::collections::{HashMap, HashSet};

#[derive(Serialize, Deserialize)]
struct OurClaims {
    client_id: String,
    scope: String,
}

/// Verifies with one key; the library's key types have no trait in common.
type Verify = dyn Fn(&str, VerificationOptions) -> Result<JWTClaims<OurClaims>, jwt_simple::Error>;

pub(crate) fn subject(name: &str, case: &Case) -> Subject {
    let keys: HashMap<String, Box<Verify>> =
        case.key_ids().into_iter().map(|id| (id.clone(), key(case, &id))).collect();
    let options = VerificationOptions {
        allowed_issuers: Some(HashSet::from([ISSUER.to_owned()])),
        allowed_audiences: Some(HashSet::from([AUDIENCE.to_owned()])),
        ..VerificationOptions::default()
    };
    Subject::new(name, move |sample| {
        let Ok(metadata) = Token::decode_metadata(&sample.token) else { return false };
        let Some(verify) = metadata.key_id().and_then(|id| keys.get(id)) else { return false };
        // The library takes its options by value.
        verify(&sample.token, options.clone()).is_ok_and(|claims| covers(&claims.custom.scope))
    })
}

fn key(case: &Case, id: &str) -> Box<Verify> {
    let jwk = case.signer.jwk_named(id);
    match case.kind.algorithm {
        AlgorithmName::Rs256 => {
            let key = RS256PublicKey::from_jwk(&jwk).unwrap();
            Box::new(move |token, options| key.verify_token(token, Some(options)))
        }
        AlgorithmName::Ps256 => {
            let key = PS256PublicKey::from_jwk(&jwk).unwrap();
            Box::new(move |token, options| key.verify_token(token, Some(options)))
        }
        AlgorithmName::Es256 => {
            let key = ES256PublicKey::from_jwk(&jwk).unwrap();
            Box::new(move |token, options| key.verify_token(token, Some(options)))
        }
        AlgorithmName::Es384 => {
            let key = ES384PublicKey::from_jwk(&jwk).unwrap();
            Box::new(move |token, options| key.verify_token(token, Some(options)))
        }
        AlgorithmName::EdDsa => {
            let key = Ed25519PublicKey::from_jwk(&jwk).unwrap();
            Box::new(move |token, options| key.verify_token(token, Some(options)))
        }
        other => unreachable!("not measured: {other:?}"),
    }
}
