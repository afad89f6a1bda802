//! graviola.

use super::openssl::pkcs1;
use crate::{case::Case, subject::Subject};
use graviola::{
    hashing::{Sha256, Sha384},
    signing::{
        ecdsa::{self, P256, P384},
        eddsa::Ed25519VerifyingKey,
        rsa,
    },
};
use jotgate_core::AlgorithmName;

pub(crate) fn subject(name: &str, case: &Case) -> Subject {
    match case.kind.algorithm {
        AlgorithmName::Rs256 => {
            let key = rsa::VerifyingKey::from_pkcs1_der(&pkcs1(case)).unwrap();
            Subject::new(name, move |sample| {
                key.verify_pkcs1_sha256(&sample.signature, &sample.input).is_ok()
            })
        }
        AlgorithmName::Ps256 => {
            let key = rsa::VerifyingKey::from_pkcs1_der(&pkcs1(case)).unwrap();
            Subject::new(name, move |sample| key.verify_pss_sha256(&sample.signature, &sample.input).is_ok())
        }
        AlgorithmName::Es256 => {
            let key = ecdsa::VerifyingKey::<P256>::from_x962_uncompressed(&case.point()).unwrap();
            Subject::new(name, move |sample| {
                key.verify::<Sha256>(&[&sample.input], &sample.signature).is_ok()
            })
        }
        AlgorithmName::Es384 => {
            let key = ecdsa::VerifyingKey::<P384>::from_x962_uncompressed(&case.point()).unwrap();
            Subject::new(name, move |sample| {
                key.verify::<Sha384>(&[&sample.input], &sample.signature).is_ok()
            })
        }
        AlgorithmName::EdDsa => {
            let key = Ed25519VerifyingKey::from_bytes(&case.member("x")).unwrap();
            Subject::new(name, move |sample| key.verify(&sample.signature, &sample.input).is_ok())
        }
        other => unreachable!("not measured: {other:?}"),
    }
}
