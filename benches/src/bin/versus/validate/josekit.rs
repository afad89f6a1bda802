//! josekit, over OpenSSL.

use super::covers;
use crate::{case::Case, subject::Subject};
use josekit::{
    jwk::Jwk,
    jws::{ES256, ES384, EdDSA, JwsVerifier, PS256, RS256},
    jwt::{self, JwtPayloadValidator},
};
use jotgate_benches::token::{AUDIENCE, ISSUER};
use jotgate_core::AlgorithmName;
use std::{collections::HashMap, time::SystemTime};

pub(crate) fn subject(name: &str, case: &Case) -> Subject {
    let keys: HashMap<String, Box<dyn JwsVerifier>> =
        case.key_ids().into_iter().map(|id| (id.clone(), verifier(case, &id))).collect();
    let mut validator = JwtPayloadValidator::new();
    validator.set_issuer(ISSUER);
    validator.set_audience(AUDIENCE);
    Subject::new(name, move |sample| {
        let decoded = jwt::decode_with_verifier_selector(&sample.token, |header| {
            Ok(header.key_id().and_then(|id| keys.get(id)).map(Box::as_ref))
        });
        let Ok((payload, _)) = decoded else { return false };
        validator.set_base_time(SystemTime::now());
        let scopes = payload.claim("scope").and_then(|scope| scope.as_str());
        validator.validate(&payload).is_ok() && scopes.is_some_and(covers)
    })
}

fn verifier(case: &Case, id: &str) -> Box<dyn JwsVerifier> {
    let jwk = Jwk::from_bytes(case.signer.jwk_named(id)).unwrap();
    match case.kind.algorithm {
        AlgorithmName::Rs256 => Box::new(RS256.verifier_from_jwk(&jwk).unwrap()),
        AlgorithmName::Ps256 => Box::new(PS256.verifier_from_jwk(&jwk).unwrap()),
        AlgorithmName::Es256 => Box::new(ES256.verifier_from_jwk(&jwk).unwrap()),
        AlgorithmName::Es384 => Box::new(ES384.verifier_from_jwk(&jwk).unwrap()),
        AlgorithmName::EdDsa => Box::new(EdDSA.verifier_from_jwk(&jwk).unwrap()),
        other => unreachable!("not measured: {other:?}"),
    }
}
