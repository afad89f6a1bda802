//! The crates p256, p384, rsa and ed25519-dalek.

use crate::{case::Case, subject::Subject};
use ed25519_dalek::Verifier as _;
use jotgate_core::AlgorithmName;
use rsa::{BoxedUint, Pkcs1v15Sign, Pss, traits::SignatureScheme};
use sha2::{Digest, Sha256};

pub(crate) fn subjects(case: &Case) -> Vec<Subject> {
    match case.kind.algorithm {
        AlgorithmName::Rs256 => vec![with_rsa(case, Pkcs1v15Sign::new::<Sha256>)],
        AlgorithmName::Ps256 => vec![with_rsa(case, Pss::<Sha256>::new)],
        AlgorithmName::Es256 => {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&case.point()).unwrap();
            vec![Subject::new("p256", move |sample| {
                let signature = p256::ecdsa::Signature::from_slice(&sample.signature);
                signature.is_ok_and(|signature| key.verify(&sample.input, &signature).is_ok())
            })]
        }
        AlgorithmName::Es384 => {
            let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(&case.point()).unwrap();
            vec![Subject::new("p384", move |sample| {
                let signature = p384::ecdsa::Signature::from_slice(&sample.signature);
                signature.is_ok_and(|signature| key.verify(&sample.input, &signature).is_ok())
            })]
        }
        AlgorithmName::EdDsa => {
            let key = case.member("x").as_slice().try_into().unwrap();
            let key = ed25519_dalek::VerifyingKey::from_bytes(&key).unwrap();
            vec![
                Subject::new("ed25519-dalek", move |sample| {
                    let signature = ed25519_dalek::Signature::from_slice(&sample.signature);
                    signature.is_ok_and(|signature| key.verify(&sample.input, &signature).is_ok())
                }),
                Subject::new("ed25519-dalek (strict)", move |sample| {
                    let signature = ed25519_dalek::Signature::from_slice(&sample.signature);
                    signature.is_ok_and(|signature| key.verify_strict(&sample.input, &signature).is_ok())
                }),
            ]
        }
        other => unreachable!("not measured: {other:?}"),
    }
}

fn with_rsa<P: SignatureScheme + 'static>(case: &Case, padding: fn() -> P) -> Subject {
    let number = |name| BoxedUint::from_be_slice_vartime(&case.member(name));
    let key = rsa::PublicKey::new(number("n"), number("e")).unwrap();
    Subject::new("rsa", move |sample| {
        key.verify(padding(), &Sha256::digest(&sample.input), &sample.signature).is_ok()
    })
}
