//! Test keys of every algorithm, the same in every run, and signatures by other people's crates.

use base64ct::{Base64UrlUnpadded, Encoding};
use ed25519_dalek::Signer as _;
use jotgate_core::{AlgorithmName, crypto};
use rand::{SeedableRng, rngs::StdRng};
use rsa::{Pkcs1v15Sign, Pss, traits::PublicKeyParts};
use sha2::{Digest, Sha256, Sha384, Sha512};

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

/// Octets of a public key by their JWK names, for peers that take them apart.
pub type Members = Vec<(&'static str, Vec<u8>)>;

impl Signer {
    /// A key for `algorithm`; RSA keys have `JOTGATE_BENCH_RSA_BITS` bits, 2048 unless that is set.
    pub fn new(algorithm: AlgorithmName) -> Self {
        use AlgorithmName::*;
        let key = match algorithm {
            Rs256 | Rs384 | Rs512 | Ps256 | Ps384 | Ps512 => {
                let key = rsa::PrivateKey::new(&mut rng(), rsa_bits()).unwrap();
                Key::Rsa(Box::new(key))
            }
            Es256 => Key::P256(p256::ecdsa::SigningKey::from_slice(&[0x42; 32]).unwrap()),
            Es384 => Key::P384(p384::ecdsa::SigningKey::from_slice(&[0x42; 48]).unwrap()),
            Es512 => {
                let mut scalar = [0x42; 66];
                scalar[0] = 0;
                Key::P521(p521::ecdsa::SigningKey::from_slice(&scalar).unwrap())
            }
            EdDsa => Key::Ed25519(Box::new(ed25519_dalek::SigningKey::from_bytes(&[0x42; 32]))),
        };
        let kid = format!("2026-07-operator-{}", algorithm.as_jose().to_ascii_lowercase());
        Self { algorithm, kid, key }
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
        for (name, octets) in self.members() {
            jwk.push_str(&format!(r#","{name}":"{}""#, Base64UrlUnpadded::encode_string(&octets)));
        }
        jwk.push('}');
        jwk
    }

    /// The public key as a JWK.
    pub fn jwk(&self) -> String {
        self.jwk_named(&self.kid)
    }
}

/// jotgate's own value for an algorithm.
pub fn algorithm(name: AlgorithmName) -> &'static dyn crypto::Algorithm {
    match name {
        AlgorithmName::EdDsa => &crypto::EDDSA,
        AlgorithmName::Es256 => &crypto::ES256,
        AlgorithmName::Es384 => &crypto::ES384,
        AlgorithmName::Es512 => &crypto::ES512,
        AlgorithmName::Ps256 => &crypto::PS256,
        AlgorithmName::Ps384 => &crypto::PS384,
        AlgorithmName::Ps512 => &crypto::PS512,
        AlgorithmName::Rs256 => &crypto::RS256,
        AlgorithmName::Rs384 => &crypto::RS384,
        AlgorithmName::Rs512 => &crypto::RS512,
    }
}

/// Bits of the RSA keys.
pub fn rsa_bits() -> usize {
    std::env::var("JOTGATE_BENCH_RSA_BITS").map_or(2048, |bits| bits.parse().unwrap())
}

fn rng() -> StdRng {
    StdRng::seed_from_u64(0x006a_6f74)
}
