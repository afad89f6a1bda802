//! Signed objects of the RFCs: accepted with the exact payload, or refused with the exact reason.

use jotgate_core::{AlgorithmName, Denied, Jws, KeyRing, Scratch, limits::MAX_TOKEN_LEN};
use jotgate_tests::vectors::{
    Corpus, corpus,
    key_set::{Loading, load_one},
};
use serde_json::Value;

/// Hands the token's reading to `then`.
fn read<T>(token: &str, then: impl FnOnce(&Jws<'_>) -> Result<T, Denied>) -> Result<T, Denied> {
    let mut text = vec![0; Scratch::text_len(MAX_TOKEN_LEN)];
    let mut names = [0; Scratch::NAMES];
    let mut scratch = Scratch::new(&mut text, &mut names);
    then(&Jws::read(token.as_bytes(), MAX_TOKEN_LEN, &mut scratch)?)
}

/// Why the token is not even read.
fn refused(token: &str) -> Option<Denied> {
    read(token, |_| Ok(())).err()
}

/// The payload that is signed, under the key that the ring selects.
fn payload(token: &str, loading: &Loading) -> Result<Vec<u8>, Denied> {
    let (ring, issuer) = loading.ring();
    read(token, |jws| {
        let key = jws.select(&ring, issuer)?;
        Ok(jws.verify(key)?.bytes().to_vec())
    })
}

/// The token is good, and is not when its payload or its signature is another one.
fn assert_accepted(token: &str, loading: &Loading, expected: &[u8]) {
    assert_eq!(payload(token, loading).as_deref(), Ok(expected), "{token}");
    for segment in [1, 2] {
        assert_eq!(payload(&tampered(token, segment), loading), Err(Denied::BadSignature), "{token}");
    }
}

/// The token with another first character in this segment.
fn tampered(token: &str, segment: usize) -> String {
    let mut segments: Vec<String> = token.split('.').map(str::to_owned).collect();
    let other = if segments[segment].starts_with('A') { "B" } else { "A" };
    segments[segment].replace_range(..1, other);
    segments.join(".")
}

/// A file with a key, or with the name of a file with a key.
fn jwk(latchset: &Corpus, file: &str) -> Value {
    let text = latchset.text(file);
    if text.ends_with(".jwk") { latchset.json(&text) } else { latchset.json(file) }
}

const CLAIMS: &[u8] = b"{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";

#[test]
fn rfc_7515_a_2_to_a_4() {
    let Some(latchset) = corpus("latchset-jose/vectors") else { return };
    for (name, payload) in [("A.2", CLAIMS), ("A.3", CLAIMS), ("A.4", b"Payload")] {
        let token = latchset.text(&format!("rfc7515_{name}.jwsc"));
        let key = jwk(&latchset, &format!("rfc7515_{name}.jwk"));
        assert_accepted(&token, &load_one(&key, Some(AlgorithmName::Rs256)), payload);
    }
}

#[test]
fn rfc_7520_4_1_to_4_3_and_rfc_8037_a_4() {
    let Some(cookbook) = corpus("jose-cookbook") else { return };
    for (file, default_rsa_algorithm) in [
        ("jws/4_1.rsa_v15_signature.json", Some(AlgorithmName::Rs256)),
        ("jws/4_2.rsa-pss_signature.json", Some(AlgorithmName::Ps384)),
        ("jws/4_3.ecdsa_signature.json", None),
        ("curve25519/jws.json", None),
    ] {
        let vector = cookbook.json(file);
        let token = vector["output"]["compact"].as_str().expect("the compact form");
        let payload = vector["input"]["payload"].as_str().expect("the payload");
        assert_accepted(token, &load_one(&vector["input"]["key"], default_rsa_algorithm), payload.as_bytes());
    }
}

/// The same objects stand in both corpora.
#[test]
fn rfc_7520_is_the_same_everywhere() {
    let (Some(latchset), Some(cookbook)) = (corpus("latchset-jose/vectors"), corpus("jose-cookbook/jws"))
    else {
        return;
    };
    for (name, file) in [
        ("4.1", "4_1.rsa_v15_signature.json"),
        ("4.2", "4_2.rsa-pss_signature.json"),
        ("4.3", "4_3.ecdsa_signature.json"),
        ("4.4", "4_4.hmac-sha2_integrity_protection.json"),
        ("4.5", "4_5.signature_with_detached_content.json"),
    ] {
        let token = latchset.text(&format!("rfc7520_{name}.jwsc"));
        assert_eq!(cookbook.json(file)["output"]["compact"], token, "{name}");
    }
}

/// A key serves one algorithm for life: the same RSA key under the other name refuses the token.
#[test]
fn rfc_7520_4_1_and_4_2_with_each_others_algorithm() {
    let Some(cookbook) = corpus("jose-cookbook/jws") else { return };
    for (file, default_rsa_algorithm) in [
        ("4_1.rsa_v15_signature.json", AlgorithmName::Ps384),
        ("4_2.rsa-pss_signature.json", AlgorithmName::Rs256),
    ] {
        let vector = cookbook.json(file);
        let token = vector["output"]["compact"].as_str().expect("the compact form");
        let loading = load_one(&vector["input"]["key"], Some(default_rsa_algorithm));
        assert_eq!(payload(token, &loading), Err(Denied::AlgorithmMismatch), "{file}");
    }
}

/// RFC 9449: the proofs carry their key, which is not a source of trust; under the trusted one they verify.
#[test]
fn rfc_9449_proofs() {
    let Some(dpop) = corpus("dpop-rfc9449") else { return };
    let vectors = dpop.json("vectors.json");
    let loading = load_one(&vectors["jwk"], None);
    let (ring, issuer) = loading.ring();
    let only = |ring: KeyRing<'static>| ring.keys().next().expect("the ring has a key");
    for case in vectors["cases"].as_array().expect("the cases") {
        let proof = case["proof"].as_str().expect("the proof");
        let selected = read(proof, |jws| jws.select(&ring, issuer).map(|_| ()));
        assert_eq!(selected, Err(Denied::EmbeddedKey));
        let claims = read(proof, |jws| Ok(jws.verify(only(ring))?.bytes().to_vec())).expect("it verifies");
        let claims: Value = serde_json::from_slice(&claims).expect("the proof holds claims");
        for name in ["htm", "htu", "iat", "jti"] {
            assert_eq!(claims[name], case[name]);
        }
        let spoiled = read(&tampered(proof, 2), |jws| jws.verify(only(ring)).map(|_| ()));
        assert_eq!(spoiled, Err(Denied::BadSignature));
    }
}

#[test]
fn compact_forms_that_are_refused() {
    let Some(latchset) = corpus("latchset-jose/vectors") else { return };
    for (file, denied) in [
        // HS256.
        ("rfc7515_A.1.jwsc", Denied::AlgorithmNotSupported),
        ("rfc7520_4.4.jwsc", Denied::AlgorithmNotSupported),
        // HS256, and the payload detached.
        ("rfc7520_4.5.jwsc", Denied::AlgorithmNotSupported),
        // `none`.
        ("rfc7515_A.5.jwsc", Denied::UnsignedToken),
    ] {
        assert_eq!(refused(&latchset.text(file)), Some(denied), "{file}");
    }
    // `none` with a signature.
    let unsigned = latchset.text("rfc7515_A.5.jwsc");
    assert_eq!(refused(&format!("{unsigned}AAAA")), Some(Denied::AlgorithmNotSupported));
}

#[test]
fn encrypted_tokens() {
    let Some(latchset) = corpus("latchset-jose/vectors") else { return };
    let files: Vec<_> = latchset.files("").into_iter().filter(|file| file.ends_with(".jwec")).collect();
    assert_eq!(files.len(), 9);
    for file in files {
        assert_eq!(refused(&latchset.text(&file)), Some(Denied::EncryptedToken), "{file}");
    }
}

/// RFC 7519, section 3: a JWT is compact. Two of these have four dots in their key ids and are not taken for
/// encrypted tokens.
#[test]
fn json_serialisations() {
    let Some(latchset) = corpus("latchset-jose/vectors") else { return };
    let is_json = |file: &String| {
        [".jwsf", ".jwsg", ".jwef", ".jweg"].iter().any(|extension| file.ends_with(extension))
    };
    let files: Vec<_> = latchset.files("").into_iter().filter(is_json).collect();
    assert_eq!(files.len(), 40);
    for file in files {
        assert_eq!(refused(&latchset.text(&file)), Some(Denied::NotJwt), "{file}");
    }
}

/// RFC 7797, section 7: a JWT must not leave its payload unencoded.
#[test]
fn unencoded_payloads() {
    let Some(cookbook) = corpus("jose-cookbook/rfc7797") else { return };
    let vector = cookbook.json("hmac-sha2_b64_false.json");
    let compact = vector["output"]["compact"].as_str().expect("the compact form");
    assert_eq!(refused(compact), Some(Denied::UnencodedPayload));

    // Without `crit`; the payload has a dot, so that its compact form must be detached (section 5.2).
    let flat = &cookbook.json("4.2.hmac-sha2_b64_false.json")["output"]["json_flat"];
    let [protected, payload, signature] =
        ["protected", "payload", "signature"].map(|name| flat[name].as_str().expect("a member"));
    assert_eq!(refused(&format!("{protected}..{signature}")), Some(Denied::UnencodedPayload));
    assert_eq!(refused(&format!("{protected}.{payload}.{signature}")), Some(Denied::NotJwt));
}
