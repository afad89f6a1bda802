//! ring, which has no parsed keys.

use crate::{case::Case, subject::Subject};
use jotgate_core::AlgorithmName;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256,
    RSA_PSS_2048_8192_SHA256, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey,
    VerificationAlgorithm,
};

pub(crate) fn subject(name: &str, case: &Case) -> Subject {
    match case.kind.algorithm {
        AlgorithmName::Rs256 => rsa(name, case, &RSA_PKCS1_2048_8192_SHA256),
        AlgorithmName::Ps256 => rsa(name, case, &RSA_PSS_2048_8192_SHA256),
        AlgorithmName::Es256 => other(name, &ECDSA_P256_SHA256_FIXED, case.point()),
        AlgorithmName::Es384 => other(name, &ECDSA_P384_SHA384_FIXED, case.point()),
        AlgorithmName::EdDsa => other(name, &ED25519, case.member("x")),
        other => unreachable!("not measured: {other:?}"),
    }
}

fn rsa(name: &str, case: &Case, parameters: &'static RsaParameters) -> Subject {
    let key = RsaPublicKeyComponents { n: case.member("n"), e: case.member("e") };
    Subject::new(name, move |sample| key.verify(parameters, &sample.input, &sample.signature).is_ok())
}

fn other(name: &str, algorithm: &'static dyn VerificationAlgorithm, key: Vec<u8>) -> Subject {
    let key = UnparsedPublicKey::new(algorithm, key);
    Subject::new(name, move |sample| key.verify(&sample.input, &sample.signature).is_ok())
}
