//! aws-lc-rs, with a parsed key, and with one that is parsed for each signature.

use super::openssl::pkcs1;
use crate::{case::Case, subject::Subject};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256,
    RSA_PSS_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm,
};
use jotgate_core::AlgorithmName;

pub(crate) fn subjects(case: &Case) -> [Subject; 2] {
    let (algorithm, bytes): (&'static dyn VerificationAlgorithm, Vec<u8>) = match case.kind.algorithm {
        AlgorithmName::Rs256 => (&RSA_PKCS1_2048_8192_SHA256, pkcs1(case)),
        AlgorithmName::Ps256 => (&RSA_PSS_2048_8192_SHA256, pkcs1(case)),
        AlgorithmName::Es256 => (&ECDSA_P256_SHA256_FIXED, case.point()),
        AlgorithmName::Es384 => (&ECDSA_P384_SHA384_FIXED, case.point()),
        AlgorithmName::EdDsa => (&ED25519, case.member("x")),
        other => unreachable!("not measured: {other:?}"),
    };
    let parsed = ParsedPublicKey::new(algorithm, &bytes).unwrap();
    let unparsed = UnparsedPublicKey::new(algorithm, bytes);
    [
        Subject::new("aws-lc-rs", move |sample| parsed.verify_sig(&sample.input, &sample.signature).is_ok()),
        Subject::new("aws-lc-rs (unparsed key)", move |sample| {
            unparsed.verify(&sample.input, &sample.signature).is_ok()
        }),
    ]
}
