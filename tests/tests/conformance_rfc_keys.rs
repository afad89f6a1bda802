//! Keys of the RFCs: what becomes of each key of a set, and its thumbprint.

use jotgate_core::{AlgorithmName, LoadError, Remarks, SkipReason, Thumbprint, UsedKey};
use jotgate_tests::vectors::{
    corpus,
    key_set::{Loading, load, load_one},
};
use serde_json::json;

/// RFC 7638, section 3.1; the key is the RSA key of RFC 7517, appendix A.1.
const RFC_7638: &str = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";

/// A used key: algorithm, bits, thumbprint as text, remarks, ambiguous or not.
type Shown = (AlgorithmName, usize, String, Remarks, bool);

/// What was reported of the keys.
fn shown(loading: &Loading) -> Vec<Result<Shown, SkipReason>> {
    let used = |used: UsedKey| {
        let UsedKey { algorithm, bits, thumbprint, remarks, ambiguous, .. } = used;
        (algorithm, bits, text(thumbprint), remarks, ambiguous)
    };
    loading.reports.iter().map(|report| report.map(used)).collect()
}

fn text(thumbprint: Thumbprint) -> String {
    thumbprint.encode(&mut [0; 43]).into()
}

/// The thumbprint that the ring keeps of its only key.
fn thumbprint(loading: &Loading) -> String {
    let (ring, _) = loading.ring();
    let keys: Vec<_> = ring.keys().collect();
    let [key] = keys.as_slice() else { panic!("{} keys", keys.len()) };
    text(key.thumbprint())
}

#[test]
fn rfc_7517_a_1_public_keys() {
    let Some(latchset) = corpus("latchset-jose/vectors") else { return };
    let loading = load(&latchset.text("rfc7517_A.1.jwkset"), None);
    let rsa = (AlgorithmName::Rs256, 2048, RFC_7638.to_owned(), Remarks::default(), false);
    assert_eq!(shown(&loading), [Err(SkipReason::NotForSignatures), Ok(rsa)]);
    assert_eq!(thumbprint(&loading), RFC_7638);
}

#[test]
fn rfc_7517_a_2_private_keys() {
    let Some(latchset) = corpus("latchset-jose/vectors") else { return };
    let loading = load(&latchset.text("rfc7517_A.2.jwkset"), None);
    let remarks = Remarks { private_members: true, ..Remarks::default() };
    let rsa = (AlgorithmName::Rs256, 2048, RFC_7638.to_owned(), remarks, false);
    assert_eq!(shown(&loading), [Err(SkipReason::NotForSignatures), Ok(rsa)]);
    assert_eq!(thumbprint(&loading), RFC_7638);
}

#[test]
fn rfc_7517_a_3_symmetric_keys() {
    let Some(latchset) = corpus("latchset-jose/vectors") else { return };
    let loading = load(&latchset.text("rfc7517_A.3.jwkset"), None);
    assert_eq!(shown(&loading), [Err(SkipReason::Symmetric), Err(SkipReason::Symmetric)]);
    assert_eq!(loading.ring.err(), Some(LoadError::NoUsableKey));
}

#[test]
fn rfc_7520_3_keys() {
    let Some(cookbook) = corpus("jose-cookbook/jwk") else { return };
    let outcome = |file| {
        let loading = load_one(&cookbook.json(file), Some(AlgorithmName::Ps256));
        let [shown] = shown(&loading).try_into().expect("one key, one report");
        shown.map(|(algorithm, bits, _, remarks, _)| (algorithm, bits, remarks.private_members))
    };
    assert_eq!(outcome("3_1.ec_public_key.json"), Ok((AlgorithmName::Es512, 521, false)));
    assert_eq!(outcome("3_2.ec_private_key.json"), Ok((AlgorithmName::Es512, 521, true)));
    assert_eq!(outcome("3_3.rsa_public_key.json"), Ok((AlgorithmName::Ps256, 2048, false)));
    assert_eq!(outcome("3_4.rsa_private_key.json"), Ok((AlgorithmName::Ps256, 2048, true)));
    assert_eq!(outcome("3_5.symmetric_key_mac_computation.json"), Err(SkipReason::Symmetric));
    assert_eq!(outcome("3_6.symmetric_key_encryption.json"), Err(SkipReason::Symmetric));
}

#[test]
fn rfc_7638_3_1_thumbprint() {
    let Some(latchset) = corpus("latchset-jose/vectors") else { return };
    assert_eq!(latchset.text("rfc7638_3.1.thp"), RFC_7638);
    assert_eq!(thumbprint(&load_one(&latchset.json("rfc7638_3.1.jwk"), None)), RFC_7638);
}

#[test]
fn rfc_8037_a_3_thumbprint() {
    let Some(cookbook) = corpus("jose-cookbook/curve25519") else { return };
    let key = &cookbook.json("jws.json")["input"]["key"];
    assert_eq!(thumbprint(&load_one(key, None)), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

#[test]
fn rfc_9449_6_1_thumbprint() {
    let Some(dpop) = corpus("dpop-rfc9449") else { return };
    let vectors = dpop.json("vectors.json");
    assert_eq!(vectors["jkt"], "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
    assert_eq!(thumbprint(&load_one(&vectors["jwk"], None)), vectors["jkt"]);
}

/// No spelling of the JWK changes the thumbprint: order, space, escapes in names and values, other members.
#[test]
fn a_thumbprint_does_not_depend_on_the_spelling() {
    let Some(cookbook) = corpus("jose-cookbook/curve25519") else { return };
    let x = cookbook.json("jws.json")["input"]["key"]["x"].clone();
    let plain = thumbprint(&load_one(&json!({ "kty": "OKP", "crv": "Ed25519", "x": x }), None));
    let spelled = format!(
        r#" {{ "keys" : [ {{ "\u0078":{x},"kid":"a","c\u0072v" : "Ed\u00325519", "\u006bty":"OK\u0050" }} ] }} "#
    );
    assert_eq!(thumbprint(&load(&spelled, None)), plain);
}
