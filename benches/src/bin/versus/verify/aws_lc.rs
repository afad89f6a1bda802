//! aws-lc-rs, with a parsed key.

use super::openssl::pkcs1;
use crate::{case::Case, subject::Subject};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256,
    RSA_PSS_2048_8192_SHA256,
};
use jotgate_core::AlgorithmName;

pub(crate) fn subject(name: &str, case: &Case) -> Subject {
    let key = match case.kind.algorithm {
        AlgorithmName::Rs256 => ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, pkcs1(case)),
        AlgorithmName::Ps256 => ParsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, pkcs1(case)),
        AlgorithmName::Es256 => ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, case.point()),
        AlgorithmName::Es384 => ParsedPublicKey::new(&ECDSA_P384_SHA384_FIXED, case.point()),
        AlgorithmName::EdDsa => ParsedPublicKey::new(&ED25519, case.member("x")),
        other => unreachable!("not measured: {other:?}"),
    };
    let key = key.unwrap();
    Subject::new(name, move |sample| key.verify_sig(&sample.input, &sample.signature).is_ok())
}
