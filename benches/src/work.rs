//! What is measured: each function returns the work as a closure that takes the number of the call.

use crate::{
    gate, provider, signer,
    signer::Signer,
    token::{self, AUDIENCE, ISSUER, Size},
};
use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_core::{
    AlgorithmName, Authentic, Denied, Peek, Presented, Scheme, Unverified, Validator, WorkerState,
    crypto::{Algorithm, Curve, PublicKey, SigningInput, VerifyingKey},
};
use serde::Deserialize;
use std::hint::black_box;

/// A signer and sixteen of its tokens.
pub struct Group {
    pub signer: Signer,
    pub tokens: Vec<Vec<u8>>,
}

impl Group {
    pub fn new(algorithm: AlgorithmName, size: Size) -> Self {
        let signer = Signer::new(algorithm);
        let tokens = token::group(&signer, size);
        Self { signer, tokens }
    }

    /// The algorithm that the tokens are signed with.
    pub fn real(&self) -> &'static dyn Algorithm {
        signer::algorithm(self.signer.algorithm)
    }

    fn token(&self, call: usize) -> &[u8] {
        &self.tokens[call % self.tokens.len()]
    }

    pub fn validator(&self, algorithm: &'static dyn Algorithm) -> Validator<'static> {
        gate::validator(gate::ring(&[self.signer.jwk()], &[algorithm]), gate::camara_policy())
    }

    /// The whole check with this algorithm.
    pub fn whole(&self, algorithm: &'static dyn Algorithm) -> impl FnMut(usize) {
        let validator = self.validator(algorithm);
        let (mut scratch, mut worker) = (gate::scratch(), gate::worker());
        move |call| {
            let presented = Presented::bearer(black_box(self.token(call)));
            let grant = validator.check(presented, gate::AT, &mut scratch, &mut worker);
            assert!(black_box(&grant).is_ok());
        }
    }

    /// The whole check of tokens that the worker's cache holds.
    pub fn cached(&self) -> impl FnMut(usize) {
        let validator = self.validator(self.real());
        let (mut scratch, mut worker) = (gate::scratch(), gate::worker().with_cache(gate::cache(64)));
        for token in &self.tokens {
            assert!(validator.check(Presented::bearer(token), gate::AT, &mut scratch, &mut worker).is_ok());
        }
        let mut hits = worker.cached();
        move |call| {
            let presented = Presented::bearer(black_box(self.token(call)));
            assert!(black_box(validator.check(presented, gate::AT, &mut scratch, &mut worker)).is_ok());
            hits += 1;
            assert_eq!(worker.cached(), hits, "not a hit");
        }
    }

    /// SHA-256 of what is signed: no cached hit does without.
    pub fn digest(&self) -> impl FnMut(usize) {
        let inputs: Vec<&[u8]> = self.tokens.iter().map(|token| cut(token).0).collect();
        move |call| {
            black_box(SigningInput::new(black_box(inputs[call % inputs.len()])));
        }
    }

    /// Hash and verification alone, key prepared, signature decoded.
    pub fn signature(&self, algorithm: &'static dyn Algorithm) -> impl FnMut(usize) {
        let members = self.signer.members();
        let octets = |name| members.iter().find(|member| member.0 == name).unwrap().1.as_slice();
        let point = |curve| PublicKey::Ec { curve, x: octets("x"), y: octets("y") };
        let public = match self.signer.algorithm {
            AlgorithmName::Es256 => point(Curve::P256),
            AlgorithmName::Es384 => point(Curve::P384),
            AlgorithmName::Es512 => point(Curve::P521),
            AlgorithmName::EdDsa => PublicKey::Ed25519 { x: octets("x") },
            _ => PublicKey::Rsa { n: octets("n"), e: octets("e") },
        };
        let mut memory: &mut [u64] = vec![0; gate::words_for(1)].leak();
        let key = VerifyingKey::prepare(algorithm, &public, &mut memory).unwrap();
        let cut: Vec<(&[u8], Vec<u8>)> = self.tokens.iter().map(|token| cut(token)).collect();
        move |call| {
            let (input, signature) = &cut[call % cut.len()];
            let input = SigningInput::new(black_box(input));
            assert!(key.verify(black_box(&input), black_box(signature)).is_ok());
        }
    }

    /// The policy's rules alone, for tokens that were read and verified before.
    pub fn judge(&self) -> impl FnMut(usize) {
        let validator = self.validator(self.real());
        let authentic: Vec<Authentic<'static, 'static>> =
            self.tokens.iter().map(|token| self.authentic(token)).collect();
        move |call| {
            let token = black_box(&authentic[call % authentic.len()]);
            assert!(black_box(validator.judge(token, Scheme::Bearer, gate::AT)).is_ok());
        }
    }

    fn authentic(&self, token: &[u8]) -> Authentic<'static, 'static> {
        let validator = self.validator(self.real());
        let scratch = Box::leak(Box::new(gate::scratch()));
        let unverified = Box::leak(Box::new(Unverified::read(token.to_vec().leak(), scratch).unwrap()));
        let key = validator.select(unverified, &mut WorkerState::new()).unwrap();
        unverified.verify(key).unwrap()
    }

    /// Splitting, decoding all segments and reading the header.
    pub fn peek(&self) -> impl FnMut(usize) {
        let mut scratch = gate::scratch();
        move |call| assert!(black_box(Peek::read(black_box(self.token(call)), &mut scratch)).is_ok())
    }

    /// Issuer and key, for a token that was read.
    pub fn select(&self) -> impl FnMut(usize) {
        let validator = self.validator(self.real());
        let scratch = Box::leak(Box::new(gate::scratch()));
        let unverified = Unverified::read(self.tokens[0].clone().leak(), scratch).unwrap();
        let mut worker = WorkerState::new();
        move |_| assert!(black_box(validator.select(black_box(&unverified), &mut worker)).is_ok())
    }

    /// The answer to a token without the scope.
    pub fn answer(&self) -> impl FnMut(usize) {
        let validator = self.validator(self.real());
        move |_| {
            let (mut buffer, mut body) = ([0; 512], [0; 256]);
            let answer = validator.answer(black_box(Denied::ScopeMissing), &mut buffer).unwrap();
            black_box(answer.body(&mut body).unwrap());
        }
    }

    /// Reading alone.
    pub fn read(&self) -> impl FnMut(usize) {
        let mut scratch = gate::scratch();
        move |call| {
            let read = Unverified::read(black_box(self.token(call)), &mut scratch);
            assert!(black_box(&read).is_ok());
        }
    }

    fn peer_key(&self) -> (jsonwebtoken::DecodingKey, jsonwebtoken::Algorithm) {
        provider::install();
        let members = self.signer.members();
        let text = |name| {
            let member = members.iter().find(|member| member.0 == name).unwrap();
            Base64UrlUnpadded::encode_string(&member.1)
        };
        match self.signer.algorithm {
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
                let dot = token.iter().rposition(|octet| *octet == b'.').unwrap();
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

/// Signing input and decoded signature.
fn cut(token: &[u8]) -> (&[u8], Vec<u8>) {
    let dot = token.iter().rposition(|octet| *octet == b'.').unwrap();
    let signature = std::str::from_utf8(&token[dot + 1..]).unwrap();
    (&token[..dot], Base64UrlUnpadded::decode_vec(signature).unwrap())
}
