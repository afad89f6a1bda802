//! The same work by jsonwebtoken.

use crate::{
    provider,
    token::{self, AUDIENCE, ISSUER},
    work::Group,
};
use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_core::AlgorithmName;
use serde::Deserialize;
use std::hint::black_box;

impl Group {
    fn peer_key(&self) -> (jsonwebtoken::DecodingKey, jsonwebtoken::Algorithm) {
        provider::install();
        let text = |name| Base64UrlUnpadded::encode_string(&self.bytes(name));
        match self.algorithm {
            AlgorithmName::Es256 => (
                jsonwebtoken::DecodingKey::from_ec_components(&text("x"), &text("y")).unwrap(),
                jsonwebtoken::Algorithm::ES256,
            ),
            _ => (
                jsonwebtoken::DecodingKey::from_rsa_components(&text("n"), &text("e")).unwrap(),
                jsonwebtoken::Algorithm::RS256,
            ),
        }
    }

    /// jsonwebtoken's whole validation, with the scope check that it leaves to its caller.
    pub fn peer_whole(&self) -> impl FnMut(usize) {
        let (key, algorithm) = self.peer_key();
        let mut validation = jsonwebtoken::Validation::new(algorithm);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["iss", "sub", "aud", "exp"]);
        // Its clock is the system's: the tokens are made for a time of ours.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        move |call| {
            let token = black_box(self.token(call));
            let data = jsonwebtoken::decode::<PeerClaims>(token, &key, &validation).unwrap();
            assert!(black_box(&data.claims).scope.split(' ').any(|scope| scope == token::SCOPE));
        }
    }

    /// jsonwebtoken's verification, base64url of the signature included.
    pub fn peer_signature(&self) -> impl FnMut(usize) {
        let (key, algorithm) = self.peer_key();
        let cut: Vec<(&[u8], &str)> = self
            .tokens
            .iter()
            .map(|token| {
                let dot = token.iter().rposition(|byte| *byte == b'.').unwrap();
                (&token[..dot], std::str::from_utf8(&token[dot + 1..]).unwrap())
            })
            .collect();
        move |call| {
            let (input, signature) = &cut[call % cut.len()];
            assert!(jsonwebtoken::crypto::verify(signature, black_box(input), &key, algorithm).unwrap());
        }
    }
}

/// What a service would read; jsonwebtoken reads the rest for its own checks.
#[derive(Deserialize)]
#[allow(dead_code, reason = "read because a service would")]
struct PeerClaims {
    iss: String,
    sub: String,
    client_id: String,
    jti: String,
    exp: u64,
    iat: u64,
    scope: String,
}
