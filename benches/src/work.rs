//! What is measured: each function returns the work as a closure that takes the number of the call.

use crate::{gate, values};
use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_core::{
    AlgorithmName, Denied, Peek, Presented, Scheme, Validator, WorkerState,
    crypto::{Algorithm, CacheLine, Curve, PublicKey, SigningInput, VerifyingKey},
    json::{Members, Value},
    steps::{self, Authentic, Unverified},
};
use std::hint::black_box;

/// A key and some of its tokens.
pub struct Group {
    pub algorithm: AlgorithmName,
    pub jwk: String,
    pub tokens: Vec<Vec<u8>>,
}

impl Group {
    /// Sixteen different tokens of a size, signed here.
    #[cfg(feature = "measure")]
    pub fn new(algorithm: AlgorithmName, size: crate::token::Size) -> Self {
        let signer = crate::signer::Signer::new(algorithm);
        let tokens = (0..16).map(|number| signer.token(&crate::token::claims(size, number))).collect();
        Self { algorithm, jwk: signer.jwk(), tokens }
    }

    /// What was saved: a JWK, and a token in each line after it.
    pub fn saved(saved: &str) -> Self {
        let (jwk, tokens) = saved.split_once('\n').unwrap();
        let algorithm = AlgorithmName::from_jose(&member(jwk, "alg")).unwrap();
        let tokens = tokens.lines().map(|token| token.as_bytes().to_vec()).collect();
        Self { algorithm, jwk: jwk.to_owned(), tokens }
    }

    /// The algorithm that the tokens are signed with.
    pub fn real(&self) -> &'static dyn Algorithm {
        values::algorithm(self.algorithm)
    }

    /// A number of the public key.
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        Base64UrlUnpadded::decode_vec(&member(&self.jwk, name)).unwrap()
    }

    pub(crate) fn token(&self, call: usize) -> &[u8] {
        &self.tokens[call % self.tokens.len()]
    }

    pub fn validator(&self, algorithm: &'static dyn Algorithm) -> Validator<'static> {
        gate::validator(gate::ring(std::slice::from_ref(&self.jwk), &[algorithm]), gate::camara_policy())
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

    /// The whole check of tokens that the worker's cache holds. It has sixteen times as many slots, so that no five of them
    /// want the same four.
    pub fn cached(&self) -> impl FnMut(usize) {
        let validator = self.validator(self.real());
        let (mut scratch, mut worker) = (gate::scratch(), gate::worker().with_cache(gate::cache(256)));
        for token in &self.tokens {
            assert!(validator.check(Presented::bearer(token), gate::AT, &mut scratch, &mut worker).is_ok());
        }
        let mut hits = worker.cached();
        move |call| {
            let presented = Presented::bearer(black_box(self.token(call)));
            let grant = validator.check(presented, gate::AT, &mut scratch, &mut worker);
            assert!(black_box(&grant).is_ok());
            hits += 1;
            assert_eq!(worker.cached(), hits, "not a hit");
        }
    }

    /// The whole check with this algorithm, of tokens that the worker's cache never holds: looked up in vain, and kept
    /// in its only slot until the next comes.
    pub fn missed(&self, algorithm: &'static dyn Algorithm) -> impl FnMut(usize) {
        let validator = self.validator(algorithm);
        let (mut scratch, mut worker) = (gate::scratch(), gate::worker().with_cache(gate::cache(1)));
        move |call| {
            let presented = Presented::bearer(black_box(self.token(call)));
            assert!(black_box(validator.check(presented, gate::AT, &mut scratch, &mut worker)).is_ok());
            assert_eq!(worker.cached(), 0, "a hit");
        }
    }

    /// SHA-256 of what is signed: no cached hit does without.
    pub fn digest(&self) -> impl FnMut(usize) {
        let inputs: Vec<&[u8]> = self.tokens.iter().map(|token| cut(token).0).collect();
        move |call| {
            black_box(SigningInput::new(black_box(inputs[call % inputs.len()])));
        }
    }

    /// Hash and verification alone, key prepared with its table where the algorithm has some, signature decoded.
    pub fn signature(&self, algorithm: &'static dyn Algorithm) -> impl FnMut(usize) {
        let (first, second) = match self.algorithm {
            AlgorithmName::EdDsa => (self.bytes("x"), vec![]),
            AlgorithmName::Es256 | AlgorithmName::Es384 | AlgorithmName::Es512 => {
                (self.bytes("x"), self.bytes("y"))
            }
            _ => (self.bytes("n"), self.bytes("e")),
        };
        let point = |curve| PublicKey::Ec { curve, x: &first, y: &second };
        let public = match self.algorithm {
            AlgorithmName::Es256 => point(Curve::P256),
            AlgorithmName::Es384 => point(Curve::P384),
            AlgorithmName::Es512 => point(Curve::P521),
            AlgorithmName::EdDsa => PublicKey::Ed25519 { x: &first },
            _ => PublicKey::Rsa { n: &first, e: &second },
        };
        let mut words: &mut [u64] = vec![0; gate::words_for(1)].leak();
        let mut lines: &mut [CacheLine] = vec![CacheLine::EMPTY; algorithm.table_lines()].leak();
        let mut key = VerifyingKey::prepare(algorithm, &public, &mut words).unwrap();
        assert_eq!(key.add_table(&mut lines), algorithm.table_lines() > 0);
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
            self.tokens.iter().map(|token| Self::authentic(&validator, token)).collect();
        move |call| {
            let token = black_box(&authentic[call % authentic.len()]);
            assert!(black_box(steps::judge(&validator, token, Scheme::Bearer, gate::AT)).is_ok());
        }
    }

    /// By the ring that judges afterwards: another one would not have the key.
    fn authentic(validator: &Validator<'static>, token: &[u8]) -> Authentic<'static, 'static> {
        let scratch = Box::leak(Box::new(gate::scratch()));
        let unverified = Box::leak(Box::new(Unverified::read(token.to_vec().leak(), scratch).unwrap()));
        let key = steps::select(validator, unverified, &mut WorkerState::new()).unwrap();
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
        move |_| assert!(black_box(steps::select(&validator, black_box(&unverified), &mut worker)).is_ok())
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

    /// Reading, and what it hashes meanwhile of what is signed.
    pub fn read(&self) -> impl FnMut(usize) {
        let mut scratch = gate::scratch();
        move |call| {
            let read = Unverified::read(black_box(self.token(call)), &mut scratch);
            assert!(black_box(&read).is_ok());
        }
    }
}

/// Signing input and decoded signature.
fn cut(token: &[u8]) -> (&[u8], Vec<u8>) {
    let dot = token.iter().rposition(|byte| *byte == b'.').unwrap();
    let signature = std::str::from_utf8(&token[dot + 1..]).unwrap();
    (&token[..dot], Base64UrlUnpadded::decode_vec(signature).unwrap())
}

/// A string of a JWK.
fn member(jwk: &str, name: &str) -> String {
    let mut names = [0; 16];
    let mut members = Members::open(jwk.as_bytes(), &mut names).unwrap();
    while let Some((found, value)) = members.next().unwrap() {
        if let (true, Value::String(text)) = (found == *name, value) {
            return text.as_plain().unwrap().to_owned();
        }
    }
    panic!("no {name} in {jwk}")
}
