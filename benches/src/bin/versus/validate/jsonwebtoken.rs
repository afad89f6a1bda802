//! jsonwebtoken, with either arithmetic.

use super::covers;
use crate::{case::Case, subject::Subject};
use jotgate_benches::{
    provider::{self, Arithmetic},
    token::{AUDIENCE, ISSUER},
};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::Jwk};
use serde::Deserialize;
use std::collections::HashMap;

/// What a service would read; exp, nbf, iss and aud are read again by the library for its checks.
#[derive(Deserialize)]
#[expect(dead_code, reason = "read because a service would")]
struct Claims {
    sub: String,
    client_id: String,
    jti: String,
    scope: String,
}

pub(crate) fn subject(name: &str, arithmetic: Arithmetic, case: &Case) -> Subject {
    let algorithm: Algorithm = case.kind.algorithm.as_jose().parse().unwrap();
    let mut validation = Validation::new(algorithm);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "iss", "sub", "aud"]);
    validation.validate_nbf = true;
    let key = |id: &String| {
        let jwk: Jwk = serde_json::from_str(&case.signer.jwk_named(id)).unwrap();
        (id.clone(), DecodingKey::from_jwk(&jwk).unwrap())
    };
    let keys: HashMap<String, DecodingKey> = case.key_ids().iter().map(key).collect();
    Subject::new(name, move |sample| {
        provider::choose(arithmetic);
        let Ok(header) = decode_header(&sample.token) else { return false };
        let Some(key) = header.kid.as_ref().and_then(|kid| keys.get(kid)) else { return false };
        decode::<Claims>(&sample.token, key, &validation).is_ok_and(|data| covers(&data.claims.scope))
    })
}
