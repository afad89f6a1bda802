//! jwt-compact: no ES384; issuer and audience are the caller's.

use super::covers;
use crate::{case::Case, subject::Subject};
use jotgate_benches::token::{AUDIENCE, ISSUER};
use jotgate_core::AlgorithmName;
use jwt_compact::{
    Algorithm, AlgorithmExt, TimeOptions, UntrustedToken,
    alg::{Ed25519, Es256, Rsa},
    jwk::{JsonWebKey, JwkError},
};
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize)]
#[expect(dead_code, reason = "read because a service would")]
struct Claims {
    iss: String,
    sub: String,
    aud: Vec<String>,
    client_id: String,
    jti: String,
    scope: String,
}

pub(crate) fn subject(name: &str, case: &Case) -> Option<Subject> {
    match case.kind.algorithm {
        AlgorithmName::Rs256 => Some(of(name, case, Rsa::rs256())),
        AlgorithmName::Ps256 => Some(of(name, case, Rsa::ps256())),
        AlgorithmName::Es256 => Some(of(name, case, Es256)),
        AlgorithmName::EdDsa => Some(of(name, case, Ed25519)),
        _ => None,
    }
}

fn of<A>(name: &str, case: &Case, algorithm: A) -> Subject
where
    A: Algorithm + 'static,
    A::VerifyingKey: for<'a> TryFrom<&'a JsonWebKey<'a>, Error = JwkError>,
{
    let keys: HashMap<String, A::VerifyingKey> =
        case.key_ids().into_iter().map(|id| (id.clone(), key::<A>(case, &id))).collect();
    let time = TimeOptions::default();
    Subject::new(name, move |sample| {
        let Ok(token) = UntrustedToken::new(&sample.token) else { return false };
        let Some(key) = token.header().key_id.as_ref().and_then(|id| keys.get(id)) else { return false };
        let Ok(token) = algorithm.validator::<Claims>(key).validate(&token) else { return false };
        let claims = token.claims();
        claims.validate_expiration(&time).is_ok()
            && (claims.not_before.is_none() || claims.validate_maturity(&time).is_ok())
            && claims.custom.iss == ISSUER
            && claims.custom.aud.iter().any(|audience| audience == AUDIENCE)
            && covers(&claims.custom.scope)
    })
}

fn key<A>(case: &Case, id: &str) -> A::VerifyingKey
where
    A: Algorithm,
    A::VerifyingKey: for<'a> TryFrom<&'a JsonWebKey<'a>, Error = JwkError>,
{
    let jwk = case.signer.jwk_named(id);
    let jwk: JsonWebKey<'_> = serde_json::from_str(&jwk).unwrap();
    A::VerifyingKey::try_from(&jwk).unwrap()
}
