//! What the tests share: keys in leaked memory, RSA keys with their private exponent.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::unwrap_used
)]

use jotgate_crypto::{
    Algorithm, Backend, BadSignature, KeyFault, PS256, PS384, PS512, PublicKey, RS256, RS384, RS512,
    SigningInput, VerifyingKey,
};
use num_bigint::BigUint;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};

pub const MESSAGE: &[u8] = b"eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UifQ";

/// Bits of the RSA keys: the limits of lengths and of the backends' sizes, lengths that leave 1, 7 and 8 bits in the
/// first byte, and such whose words do not fill strips.
pub const RSA_BITS: [usize; 10] = [2048, 2049, 2056, 2080, 2559, 2560, 3071, 3072, 3073, 4096];

/// RS256, RS384 and RS512 with one backend.
pub fn rs(backend: Backend) -> [&'static dyn Algorithm; 3] {
    [leak(RS256.with_backend(backend)), leak(RS384.with_backend(backend)), leak(RS512.with_backend(backend))]
}

/// PS256, PS384 and PS512 with one backend.
pub fn ps(backend: Backend) -> [&'static dyn Algorithm; 3] {
    [leak(PS256.with_backend(backend)), leak(PS384.with_backend(backend)), leak(PS512.with_backend(backend))]
}

fn leak<A: Algorithm + 'static>(algorithm: Option<A>) -> &'static dyn Algorithm {
    Box::leak(Box::new(algorithm.expect("the backend is available")))
}

/// Every backend that this processor can run; the others are skipped aloud.
pub fn backends() -> impl Iterator<Item = Backend> {
    for backend in [Backend::Portable, Backend::Bmi2, Backend::Ifma] {
        if !backend.is_available() {
            eprintln!("SKIPPED: this processor cannot run the backend {}", backend.name());
        }
    }
    Backend::available()
}

/// Prepares `key` in memory of its own.
pub fn prepare(
    algorithm: &'static dyn Algorithm,
    key: &PublicKey<'_>,
) -> Result<VerifyingKey<'static>, KeyFault> {
    let mut memory = Box::leak(vec![0x5a; 2 * 64 * 2 + 2].into_boxed_slice());
    VerifyingKey::prepare(algorithm, key, &mut memory)
}

/// The fault of a key that must not be prepared.
pub fn fault(algorithm: &'static dyn Algorithm, key: &PublicKey<'_>) -> Option<KeyFault> {
    prepare(algorithm, key).err()
}

pub fn verify(key: &VerifyingKey<'_>, signature: &[u8]) -> Result<(), BadSignature> {
    key.verify(&SigningInput::new(MESSAGE), signature)
}

/// What the same key says with every backend, which must be one answer.
pub fn verify_alike(keys: &[VerifyingKey<'_>], signature: &[u8]) -> Result<(), BadSignature> {
    let (first, rest) = keys.split_first().expect("the portable backend");
    let answer = verify(first, signature);
    assert!(rest.iter().all(|key| verify(key, signature) == answer), "{first:?}");
    answer
}

/// With every size of key and every backend, each algorithm accepts its own signature and refuses the two others, those of
/// another message, and what is spoiled.
pub fn assert_every_size(
    sign: impl Fn(&RsaSigner) -> [Vec<u8>; 3],
    algorithms: impl Fn(Backend) -> [&'static dyn Algorithm; 3],
) {
    for bits in RSA_BITS {
        let signer = RsaSigner::new(bits);
        let signed = sign(&signer);
        let spoiled = signed.each_ref().map(|signature| signer.spoiled(signature));
        for backend in backends() {
            let keys = algorithms(backend).map(|algorithm| signer.verifier(algorithm));
            for (own, (key, spoiled)) in keys.iter().zip(&spoiled).enumerate() {
                let label = format!("{bits} {key:?} {}", backend.name());
                for (other, signature) in signed.iter().enumerate() {
                    assert_eq!(verify(key, signature).is_ok(), other == own, "{label}");
                    assert!(key.verify(&SigningInput::new(b"other"), signature).is_err(), "{label}");
                }
                for (what, spoiled) in spoiled {
                    assert_eq!(verify(key, spoiled), Err(BadSignature), "{label} {what}");
                }
            }
        }
    }
}

/// A number in exactly `len` bytes, big-endian.
pub fn bytes(number: &BigUint, len: usize) -> Vec<u8> {
    let number = number.to_bytes_be();
    let mut bytes = vec![0; len.checked_sub(number.len()).expect("the number fits")];
    bytes.extend(number);
    bytes
}

/// A private key, the same in every run.
pub struct RsaSigner {
    pub private: rsa::PrivateKey,
    pub n: BigUint,
    pub e: BigUint,
    d: BigUint,
    /// Bytes of the modulus.
    pub len: usize,
}

impl RsaSigner {
    pub fn new(bits: usize) -> Self {
        Self::with_exponent(bits, 65537)
    }

    pub fn with_exponent(bits: usize, exponent: u64) -> Self {
        let private = rsa::PrivateKey::new_with_exp(&mut rng(), bits, exponent.into()).unwrap();
        let n = BigUint::from_bytes_be(&private.n_bytes());
        assert_eq!(n.bits(), u64::try_from(bits).unwrap());
        let e = BigUint::from_bytes_be(&private.e_bytes());
        let d = BigUint::from_bytes_be(&private.d().to_be_bytes());
        Self { private, n, e, d, len: bits.div_ceil(8) }
    }

    pub fn verifier(&self, algorithm: &'static dyn Algorithm) -> VerifyingKey<'static> {
        let (n, e) = (self.n.to_bytes_be(), self.e.to_bytes_be());
        let key = prepare(algorithm, &PublicKey::Rsa { n: &n, e: &e }).unwrap();
        assert_eq!(key.signature_len(), self.len);
        key
    }

    /// The signature whose public operation gives `encoded`, whatever that is.
    pub fn raise(&self, encoded: &BigUint) -> Vec<u8> {
        assert!(encoded < &self.n);
        bytes(&encoded.modpow(&self.d, &self.n), self.len)
    }

    /// Every way to spoil a good signature that does not depend on its padding.
    pub fn spoiled(&self, signature: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
        let s = BigUint::from_bytes_be(signature);
        let mut spoiled = vec![
            ("empty", vec![]),
            ("one zero byte", vec![0]),
            ("last byte dropped", signature.split_last().unwrap().1.to_vec()),
            ("first byte dropped", signature.split_first().unwrap().1.to_vec()),
            ("zero byte before it", [&[0], signature].concat()),
            ("zero byte behind it", [signature, &[0]].concat()),
            ("twice as long", [signature, signature].concat()),
            ("zero", vec![0; self.len]),
            ("one", bytes(&1_u8.into(), self.len)),
            ("n - 1", bytes(&(&self.n - 1_u8), self.len)),
            ("n", bytes(&self.n, self.len)),
            ("n + 1", bytes(&(&self.n + 1_u8), self.len)),
            ("n - s", bytes(&(&self.n - &s), self.len)),
            ("all ones", vec![0xff; self.len]),
        ];
        let sum = (&s + &self.n).to_bytes_be();
        spoiled.push(if sum.len() == self.len { ("s + n", sum) } else { ("s + n, a byte longer", sum) });
        for byte in (0..self.len).step_by(37).chain([self.len - 1]) {
            let mut flipped = signature.to_vec();
            *flipped.get_mut(byte).unwrap() ^= 1 << (byte % 8);
            spoiled.push(("bit flipped", flipped));
        }
        spoiled
    }
}

/// Random bytes, the same in every run.
pub fn rng() -> StdRng {
    StdRng::seed_from_u64(0x006a_6f74)
}
