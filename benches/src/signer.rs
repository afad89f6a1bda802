//! Test keys of every algorithm, the same in every run, and signatures by other people's crates.

use base64ct::{Base64UrlUnpadded, Encoding};
use ed25519_dalek::Signer as _;
use jotgate_core::AlgorithmName;
use rand::{SeedableRng, rngs::StdRng};
use rsa::{Pkcs1v15Sign, Pss, traits::PublicKeyParts};
use sha2::{Digest, Sha256, Sha384, Sha512};
use std::{collections::BTreeMap, sync::Mutex};

/// A private key of one algorithm.
pub struct Signer {
    pub algorithm: AlgorithmName,
    pub kid: String,
    key: Key,
}

enum Key {
    Rsa(Box<rsa::PrivateKey>),
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    P521(p521::ecdsa::SigningKey),
    Ed25519(Box<ed25519_dalek::SigningKey>),
}

impl Key {
    fn new(algorithm: AlgorithmName, rsa_bits: usize, number: usize) -> Self {
        use AlgorithmName::*;
        match algorithm {
            Rs256 | Rs384 | Rs512 | Ps256 | Ps384 | Ps512 => Self::Rsa(Box::new(rsa_key(rsa_bits))),
            Es256 => Self::P256(p256::ecdsa::SigningKey::from_slice(&secret::<32>(number)).unwrap()),
            Es384 => Self::P384(p384::ecdsa::SigningKey::from_slice(&secret::<48>(number)).unwrap()),
            Es512 => Self::P521(p521::ecdsa::SigningKey::from_slice(&secret::<66>(number)).unwrap()),
            EdDsa => Self::Ed25519(Box::new(ed25519_dalek::SigningKey::from_bytes(&secret(number)))),
        }
    }
}

/// A secret that is none, and below every order; `number` makes it another one.
fn secret<const LEN: usize>(number: usize) -> [u8; LEN] {
    let mut secret = [0x42; LEN];
    secret[0] = 0;
    for (byte, other) in secret.iter_mut().rev().zip(number.to_le_bytes()) {
        *byte ^= other;
    }
    secret
}

/// Bytes of a public key by their JWK names, for peers that take them apart.
pub type Members = Vec<(&'static str, Vec<u8>)>;

impl Signer {
    /// A key for `algorithm`; RSA keys have `JOTGATE_BENCH_RSA_BITS` bits, 2048 unless that is set.
    pub fn new(algorithm: AlgorithmName) -> Self {
        Self::with_rsa_bits(algorithm, rsa_bits())
    }

    /// A key for `algorithm`; RSA keys have `bits` bits, and are the same for all RSA algorithms.
    pub fn with_rsa_bits(algorithm: AlgorithmName, bits: usize) -> Self {
        let kid = format!("2026-07-operator-{}", algorithm.as_jose().to_ascii_lowercase());
        Self { algorithm, kid, key: Key::new(algorithm, bits, 0) }
    }

    /// The `number`th of many keys for `algorithm`, under a key id of its own. RSA keys are the same for all numbers,
    /// because it takes long to find one.
    pub fn numbered(algorithm: AlgorithmName, number: usize) -> Self {
        let kid = format!("2026-07-operator-{number:04}");
        Self { algorithm, kid, key: Key::new(algorithm, rsa_bits(), number) }
    }

    /// Signs `input`, as JOSE encodes signatures.
    pub fn sign(&self, input: &[u8]) -> Vec<u8> {
        use AlgorithmName::*;
        match &self.key {
            Key::Rsa(key) => match self.algorithm {
                Rs256 => key.sign(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(input)),
                Rs384 => key.sign(Pkcs1v15Sign::new::<Sha384>(), &Sha384::digest(input)),
                Rs512 => key.sign(Pkcs1v15Sign::new::<Sha512>(), &Sha512::digest(input)),
                Ps256 => key.sign_with_rng(&mut rng(), Pss::<Sha256>::new(), &Sha256::digest(input)),
                Ps384 => key.sign_with_rng(&mut rng(), Pss::<Sha384>::new(), &Sha384::digest(input)),
                Ps512 => key.sign_with_rng(&mut rng(), Pss::<Sha512>::new(), &Sha512::digest(input)),
                Es256 | Es384 | Es512 | EdDsa => unreachable!("no RSA algorithm"),
            }
            .unwrap(),
            Key::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(input);
                signature.to_bytes().to_vec()
            }
            Key::P384(key) => {
                let signature: p384::ecdsa::Signature = key.sign(input);
                signature.to_bytes().to_vec()
            }
            Key::P521(key) => {
                let signature: p521::ecdsa::Signature = key.sign(input);
                signature.to_bytes().to_vec()
            }
            Key::Ed25519(key) => key.sign(input).to_bytes().to_vec(),
        }
    }

    /// The numbers of the public key.
    pub fn members(&self) -> Members {
        fn halves(point: &[u8]) -> Members {
            // SEC1, uncompressed: 4, x, y.
            let (x, y) = point[1..].split_at(point.len() / 2);
            vec![("x", x.to_vec()), ("y", y.to_vec())]
        }
        match &self.key {
            Key::Rsa(key) => vec![("n", key.n_bytes().to_vec()), ("e", key.e_bytes().to_vec())],
            Key::P256(key) => halves(key.verifying_key().to_sec1_point(false).as_bytes()),
            Key::P384(key) => halves(key.verifying_key().to_sec1_point(false).as_bytes()),
            Key::P521(key) => halves(key.verifying_key().to_sec1_point(false).as_bytes()),
            Key::Ed25519(key) => vec![("x", key.verifying_key().to_bytes().to_vec())],
        }
    }

    /// The public key as a JWK under this key id.
    pub fn jwk_named(&self, kid: &str) -> String {
        let kind = match &self.key {
            Key::Rsa(_) => r#""kty":"RSA""#,
            Key::P256(_) => r#""kty":"EC","crv":"P-256""#,
            Key::P384(_) => r#""kty":"EC","crv":"P-384""#,
            Key::P521(_) => r#""kty":"EC","crv":"P-521""#,
            Key::Ed25519(_) => r#""kty":"OKP","crv":"Ed25519""#,
        };
        let mut jwk = format!(r#"{{{kind},"use":"sig","alg":"{}","kid":"{kid}""#, self.algorithm.as_jose());
        for (name, bytes) in self.members() {
            jwk.push_str(&format!(r#","{name}":"{}""#, Base64UrlUnpadded::encode_string(&bytes)));
        }
        jwk.push('}');
        jwk
    }

    /// The public key as a JWK.
    pub fn jwk(&self) -> String {
        self.jwk_named(&self.kid)
    }

    /// The header of its tokens.
    pub fn header(&self) -> String {
        format!(r#"{{"alg":"{}","typ":"at+jwt","kid":"{}"}}"#, self.algorithm.as_jose(), self.kid)
    }

    /// Signs these claims.
    pub fn token(&self, claims: &str) -> Vec<u8> {
        self.signed(&self.header(), claims)
    }

    /// Signs this header and these claims.
    pub fn signed(&self, header: &str, claims: &str) -> Vec<u8> {
        let encode = |bytes: &[u8]| Base64UrlUnpadded::encode_string(bytes);
        let input = format!("{}.{}", encode(header.as_bytes()), encode(claims.as_bytes()));
        let signature = self.sign(input.as_bytes());
        format!("{input}.{}", encode(&signature)).into_bytes()
    }
}

/// The key of that many bits, searched for once.
fn rsa_key(bits: usize) -> rsa::PrivateKey {
    static FOUND: Mutex<BTreeMap<usize, rsa::PrivateKey>> = Mutex::new(BTreeMap::new());
    let mut found = FOUND.lock().unwrap();
    found.entry(bits).or_insert_with(|| rsa::PrivateKey::new(&mut rng(), bits).unwrap()).clone()
}

/// Bits of the RSA keys.
pub fn rsa_bits() -> usize {
    std::env::var("JOTGATE_BENCH_RSA_BITS").map_or(2048, |bits| bits.parse().unwrap())
}

fn rng() -> StdRng {
    StdRng::seed_from_u64(0x006a_6f74)
}
