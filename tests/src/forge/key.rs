//! Private keys of tests, each made from a seed: the same in every run.

use super::token::b64;
use ed25519_dalek::Signer;
use num_bigint::BigUint;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use rand::{SeedableRng, rngs::StdRng};
use rsa::{
    Pkcs1v15Sign, Pss,
    traits::{PrivateKeyParts, PublicKeyParts},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha384, Sha512};
use std::sync::LazyLock;

/// A private key with the id and the algorithm that its JWK names.
#[derive(Clone)]
pub struct Key {
    kid: Option<String>,
    algorithm: &'static str,
    secret: Secret,
}

#[derive(Clone)]
enum Secret {
    Rsa(&'static rsa::PrivateKey),
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    P521(p521::ecdsa::SigningKey),
    Ed25519(ed25519_dalek::SigningKey),
}

/// Making an RSA key takes long: there are two, made when first asked for.
static RSA: [LazyLock<rsa::PrivateKey>; 2] =
    [LazyLock::new(|| rsa_from_seed(1)), LazyLock::new(|| rsa_from_seed(2))];

fn rsa_from_seed(seed: u64) -> rsa::PrivateKey {
    rsa::PrivateKey::new(&mut StdRng::seed_from_u64(seed), 2048).expect("2048 bits are enough")
}

impl Key {
    /// The key of this seed (1 or 2 for RSA) for a JOSE algorithm.
    ///
    /// # Panics
    /// For a name that is none.
    #[must_use]
    pub fn new(algorithm: &'static str, kid: &str, seed: u8) -> Self {
        let scalar = [seed; 66];
        let secret = match algorithm {
            "ES256" => Secret::P256(p256::ecdsa::SigningKey::from_slice(&scalar[..32]).expect("in range")),
            "ES384" => Secret::P384(p384::ecdsa::SigningKey::from_slice(&scalar[..48]).expect("in range")),
            "ES512" => {
                // The order of P-521 has 521 bits: the first byte must be 0 or 1.
                let scalar = [&[0], &scalar[1..]].concat();
                Secret::P521(p521::ecdsa::SigningKey::from_slice(&scalar).expect("in range"))
            }
            "EdDSA" | "Ed25519" => Secret::Ed25519(ed25519_dalek::SigningKey::from_bytes(&[seed; 32])),
            _ => Secret::Rsa(&RSA[usize::from(seed) - 1]),
        };
        Self { kid: Some(kid.to_owned()), algorithm, secret }
    }

    /// ES256, which most tests use: quick, and small.
    #[must_use]
    pub fn es256(kid: &str, seed: u8) -> Self {
        Self::new("ES256", kid, seed)
    }

    /// The same key under another id.
    #[must_use]
    pub fn named(&self, kid: &str) -> Self {
        Self { kid: Some(kid.to_owned()), ..self.clone() }
    }

    /// The same key without an id.
    #[must_use]
    pub fn without_kid(&self) -> Self {
        Self { kid: None, ..self.clone() }
    }

    /// The same key for another algorithm of its kind.
    #[must_use]
    pub fn serving(&self, algorithm: &'static str) -> Self {
        Self { algorithm, ..self.clone() }
    }

    /// `kid`.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// `alg`.
    #[must_use]
    pub fn algorithm(&self) -> &'static str {
        self.algorithm
    }

    /// The public key as a JWK.
    #[must_use]
    pub fn jwk(&self) -> Value {
        let mut jwk = match &self.secret {
            Secret::Rsa(key) => json!({"kty": "RSA", "n": b64(&key.n_bytes()), "e": b64(&key.e_bytes())}),
            Secret::P256(key) => ec("P-256", key.verifying_key().to_sec1_point(false).as_bytes()),
            Secret::P384(key) => ec("P-384", key.verifying_key().to_sec1_point(false).as_bytes()),
            Secret::P521(key) => ec("P-521", key.verifying_key().to_sec1_point(false).as_bytes()),
            Secret::Ed25519(key) => {
                json!({"kty": "OKP", "crv": "Ed25519", "x": b64(key.verifying_key().as_bytes())})
            }
        };
        jwk["alg"] = self.algorithm.into();
        jwk["use"] = "sig".into();
        if let Some(kid) = &self.kid {
            jwk["kid"] = kid.as_str().into();
        }
        jwk
    }

    /// Signs as the algorithm says.
    ///
    /// # Panics
    /// When key and algorithm do not belong together.
    #[must_use]
    pub fn sign(&self, input: &[u8]) -> Vec<u8> {
        match &self.secret {
            Secret::Rsa(key) => rsa_signature(key, self.algorithm, input),
            Secret::P256(key) => {
                let signature: p256::ecdsa::Signature = prehashed(key, &Sha256::digest(input));
                signature.to_bytes().to_vec()
            }
            Secret::P384(key) => {
                let signature: p384::ecdsa::Signature = prehashed(key, &Sha384::digest(input));
                signature.to_bytes().to_vec()
            }
            Secret::P521(key) => {
                let signature: p521::ecdsa::Signature = prehashed(key, &Sha512::digest(input));
                signature.to_bytes().to_vec()
            }
            Secret::Ed25519(key) => key.sign(input).to_bytes().to_vec(),
        }
    }

    /// The RSA signature whose public operation gives `encoded`, whatever that is.
    ///
    /// # Panics
    /// When the key is no RSA key, or `encoded` is not as long as its modulus and below it.
    #[must_use]
    pub fn raise(&self, encoded: &[u8]) -> Vec<u8> {
        let Secret::Rsa(key) = &self.secret else { panic!("an RSA key is needed") };
        let number = |bytes: &[u8]| BigUint::from_bytes_be(bytes);
        let (n, d, m) = (number(&key.n_bytes()), number(&key.d().to_be_bytes()), number(encoded));
        assert!(encoded.len() == key.n_bytes().len() && m < n);
        let signature = m.modpow(&d, &n).to_bytes_be();
        [vec![0; encoded.len() - signature.len()], signature].concat()
    }
}

fn prehashed<S>(key: &impl PrehashSigner<S>, hash: &[u8]) -> S {
    key.sign_prehash(hash).expect("the hash is long enough")
}

fn rsa_signature(key: &rsa::PrivateKey, algorithm: &str, input: &[u8]) -> Vec<u8> {
    let (h256, h384, h512) = (Sha256::digest(input), Sha384::digest(input), Sha512::digest(input));
    let rng = &mut StdRng::seed_from_u64(0);
    match algorithm {
        "RS256" => key.sign(Pkcs1v15Sign::new::<Sha256>(), &h256),
        "RS384" => key.sign(Pkcs1v15Sign::new::<Sha384>(), &h384),
        "RS512" => key.sign(Pkcs1v15Sign::new::<Sha512>(), &h512),
        "PS256" => key.sign_with_rng(rng, Pss::<Sha256>::new(), &h256),
        "PS384" => key.sign_with_rng(rng, Pss::<Sha384>::new(), &h384),
        "PS512" => key.sign_with_rng(rng, Pss::<Sha512>::new(), &h512),
        other => panic!("{other} is no RSA algorithm"),
    }
    .expect("the key is long enough")
}

/// `point` is uncompressed: a byte 4 and both coordinates.
fn ec(curve: &str, point: &[u8]) -> Value {
    let (x, y) = point[1..].split_at(point.len() / 2);
    json!({"kty": "EC", "crv": curve, "x": b64(x), "y": b64(y)})
}
