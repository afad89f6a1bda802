//! The system's OpenSSL: one context for all signatures of a key, but for Ed25519, which has to have a new one each.

use crate::{
    case::{Case, Sample},
    subject::Subject,
};
use jotgate_core::AlgorithmName;
use openssl::{
    bn::BigNum,
    ec::{EcGroup, EcKey, EcPoint},
    ecdsa::EcdsaSig,
    md::{Md, MdRef},
    nid::Nid,
    pkey::{Id, PKey, Public},
    pkey_ctx::PkeyCtx,
    rsa::{Padding, Rsa},
    sha::{sha256, sha384},
    sign::{RsaPssSaltlen, Verifier},
};

pub(crate) fn subject(name: &str, case: &Case) -> Subject {
    match case.kind.algorithm {
        AlgorithmName::Rs256 => rsa(name, case, Padding::PKCS1),
        AlgorithmName::Ps256 => rsa(name, case, Padding::PKCS1_PSS),
        AlgorithmName::Es256 => {
            let mut context = context(&ec_key(case, Nid::X9_62_PRIME256V1), Md::sha256());
            Subject::new(name, move |sample| {
                context.verify(&sha256(&sample.input), &der(sample)).unwrap_or(false)
            })
        }
        AlgorithmName::Es384 => {
            let mut context = context(&ec_key(case, Nid::SECP384R1), Md::sha384());
            Subject::new(name, move |sample| {
                context.verify(&sha384(&sample.input), &der(sample)).unwrap_or(false)
            })
        }
        AlgorithmName::EdDsa => {
            let key = PKey::public_key_from_raw_bytes(&case.member("x"), Id::ED25519).unwrap();
            Subject::new(name, move |sample| {
                let mut verifier = Verifier::new_without_digest(&key).unwrap();
                verifier.verify_oneshot(&sample.signature, &sample.input).unwrap_or(false)
            })
        }
        other => unreachable!("not measured: {other:?}"),
    }
}

/// The RSA key as `RSAPublicKey` (RFC 8017, appendix A.1.1).
pub(crate) fn pkcs1(case: &Case) -> Vec<u8> {
    rsa_key(case).public_key_to_der_pkcs1().unwrap()
}

fn number(bytes: &[u8]) -> BigNum {
    BigNum::from_slice(bytes).unwrap()
}

fn rsa_key(case: &Case) -> Rsa<Public> {
    Rsa::from_public_components(number(&case.member("n")), number(&case.member("e"))).unwrap()
}

fn rsa(name: &str, case: &Case, padding: Padding) -> Subject {
    let key = PKey::from_rsa(rsa_key(case)).unwrap();
    let mut context = PkeyCtx::new(&key).unwrap();
    context.verify_init().unwrap();
    context.set_rsa_padding(padding).unwrap();
    context.set_signature_md(Md::sha256()).unwrap();
    if padding == Padding::PKCS1_PSS {
        context.set_rsa_pss_saltlen(RsaPssSaltlen::DIGEST_LENGTH).unwrap();
    }
    // OpenSSL's own queue of errors is emptied by the wrapper.
    Subject::new(name, move |sample| {
        context.verify(&sha256(&sample.input), &sample.signature).unwrap_or(false)
    })
}

fn ec_key(case: &Case, curve: Nid) -> PKey<Public> {
    let group = EcGroup::from_curve_name(curve).unwrap();
    let mut numbers = openssl::bn::BigNumContext::new().unwrap();
    let point = EcPoint::from_bytes(&group, &case.point(), &mut numbers).unwrap();
    PKey::from_ec_key(EcKey::from_public_key(&group, &point).unwrap()).unwrap()
}

fn context(key: &PKey<Public>, hash: &MdRef) -> PkeyCtx<Public> {
    let mut context = PkeyCtx::new(key).unwrap();
    context.verify_init().unwrap();
    context.set_signature_md(hash).unwrap();
    context
}

/// OpenSSL takes signatures in DER only.
fn der(sample: &Sample) -> Vec<u8> {
    let (r, s) = sample.signature.split_at(sample.signature.len() / 2);
    EcdsaSig::from_private_components(number(r), number(s)).unwrap().to_der().unwrap()
}
