//! Attacks by key set, and key sets that are merely odd: the exact reason for every key and for the whole.
//!
//! | row | attack | test |
//! |---|---|---|
//! | 7 | key not meant for verifying | `key_for_another_use` |
//! | 10 | equal key ids | `same_kid_for_different_keys`, `same_kid_for_two_algorithms`, `same_key_twice`, `key_that_cannot_be_used_makes_nothing_ambiguous` |
//! | 13 | private or symmetric key published | `private_members_are_reported_and_not_needed`, `symmetric_key_is_skipped` |
//! | 14 | RSA numbers | `rsa_numbers`, `small_lawful_exponents`, `modulus_of_a_generator_that_was_broken` |
//! | 15 | points | `points_that_are_none` |
//! | 16 | one bad or unknown key among good ones | `one_bad_key_among_good_ones`, `malformed_members` |
//! | 17 | no usable key, oversize sets | `sets_that_are_refused_whole` (sizes: limits.rs) |

use jotgate_core::{AlgorithmName, Denied, KeySource, LoadError, Loaded, SkipReason, crypto::KeyFault};
use jotgate_tests::forge::{Fixture, ISSUER, Key, Token, b64, es, key_set, load, load_from, rsa};
use num_bigint::BigUint;
use serde_json::{Value, json};

/// The key's JWK with one member changed, or removed by `null`.
fn with(key: &Key, name: &str, value: impl Into<Value>) -> Value {
    let mut jwk = key.jwk();
    match value.into() {
        Value::Null => {
            jwk.as_object_mut().unwrap().remove(name);
        }
        value => jwk[name] = value,
    }
    jwk
}

/// Why one key is skipped, if it is.
fn skipped(jwk: Value) -> Option<SkipReason> {
    load([(ISSUER, key_set([jwk]).as_str())]).keys[0].err()
}

#[test]
fn key_for_another_use() {
    for (name, value, reason) in [
        ("use", json!("enc"), Some(SkipReason::NotForSignatures)),
        ("use", json!("SIG"), Some(SkipReason::NotForSignatures)),
        ("use", json!(""), Some(SkipReason::NotForSignatures)),
        ("use", json!(["sig"]), Some(SkipReason::MemberWrongType)),
        ("use", json!(null), None),
        ("key_ops", json!(["verify"]), None),
        ("key_ops", json!(["sign", "verify"]), None),
        ("key_ops", json!([]), Some(SkipReason::NotForVerification)),
        ("key_ops", json!(["sign"]), Some(SkipReason::NotForVerification)),
        ("key_ops", json!(["encrypt", "wrapKey"]), Some(SkipReason::NotForVerification)),
        ("key_ops", json!(["VERIFY"]), Some(SkipReason::NotForVerification)),
        ("key_ops", json!(["verify", "verify"]), Some(SkipReason::OperationTwice)),
        ("key_ops", json!("verify"), Some(SkipReason::MemberWrongType)),
        ("key_ops", json!(["verify", 1]), Some(SkipReason::MemberWrongType)),
    ] {
        assert_eq!(skipped(with(&es(), name, value.clone())), reason, "{name} {value}");
    }
    // They contradict each other: each must allow it.
    let mut jwk = with(&es(), "use", "enc");
    jwk["key_ops"] = json!(["verify"]);
    assert_eq!(skipped(jwk), Some(SkipReason::NotForSignatures));
}

#[test]
fn same_kid_for_different_keys() {
    let keys = [1, 2, 3].map(|seed| Key::es256("1", seed));
    let bystander = Key::es256("2", 4);
    for count in [2, 3] {
        let mut all: Vec<_> = keys.iter().take(count).collect();
        all.push(&bystander);
        let fixture = Fixture::of(&[(ISSUER, &all)]);
        for key in &keys {
            assert_eq!(fixture.denied(Token::good(key).sign()), Some(Denied::AmbiguousKey), "{count}");
        }
        assert_eq!(fixture.denied(Token::good(&bystander).sign()), None);
    }
}

#[test]
fn same_kid_for_two_algorithms() {
    let (es, ed) = (Key::es256("1", 1), Key::new("EdDSA", "1", 1));
    Fixture::of(&[(ISSUER, &[&es, &ed])]).answers([
        ("ES256", Token::good(&es).sign(), None),
        ("EdDSA", Token::good(&ed).sign(), None),
        ("ES384", Token::good(&es).header("alg", "ES384").sign(), Some(Denied::AlgorithmMismatch)),
    ]);
}

/// ID.me publishes one key several times, with the certificates that it had.
#[test]
fn same_key_twice() {
    let set = key_set([es().jwk(), with(&es(), "x5c", json!(["MIIB\n"]))]);
    let report = load([(ISSUER, set.as_str())]);
    assert_eq!(report.keys[1], Err(SkipReason::KnownAlready));
    assert_eq!(report.loaded, [Loaded { used: 1, skipped: 1 }]);
    let mut fixture = Fixture::new(&[&es()]);
    fixture.ring = report.ring.unwrap();
    assert_eq!(fixture.denied(Token::good(&es()).sign()), None);
}

/// Whoever can add a broken key to a set must not put the good one of the same name out of use.
#[test]
fn key_that_cannot_be_used_makes_nothing_ambiguous() {
    let off_curve = with(&es(), "x", b64(&[1; 32]));
    let ed = Key::new("EdDSA", "ed-1", 1);
    let small_order = with(&ed, "x", b64(&[[1].as_slice(), &[0; 31]].concat()));
    for (key, broken, fault) in
        [(es(), off_curve, KeyFault::NotOnCurve), (ed, small_order, KeyFault::SmallOrderPoint)]
    {
        for set in [[key.jwk(), broken.clone()], [broken.clone(), key.jwk()]] {
            let report = load([(ISSUER, key_set(set).as_str())]);
            let mut faults = report.keys.iter().filter_map(|outcome| outcome.err());
            assert_eq!(faults.next(), Some(SkipReason::Fault(fault)));
            let mut fixture = Fixture::new(&[&key]);
            fixture.ring = report.ring.unwrap();
            assert_eq!(fixture.denied(Token::good(&key).sign()), None, "{fault:?}");
        }
    }
}

#[test]
fn private_members_are_reported_and_not_needed() {
    for name in ["d", "p", "q", "dp", "dq", "qi", "oth"] {
        for value in [json!("AQAB"), json!(1), json!([])] {
            let set = key_set([with(&rsa(), name, value)]);
            let used = load([(ISSUER, set.as_str())]).keys[0];
            assert_eq!(used.map(|used| used.remarks.private_members), Ok(true), "{name}");
        }
    }
    let used = load([(ISSUER, key_set([rsa().jwk()]).as_str())]).keys[0];
    assert_eq!(used.map(|used| used.remarks.private_members), Ok(false));
}

#[test]
fn symmetric_key_is_skipped() {
    let secret = json!({"kty": "oct", "kid": "es-1", "alg": "HS256", "k": b64(&[7; 32])});
    let set = key_set([secret.clone(), es().jwk()]);
    let report = load([(ISSUER, set.as_str())]);
    assert_eq!(report.keys[0], Err(SkipReason::Symmetric));
    assert_eq!(report.loaded, [Loaded { used: 1, skipped: 1 }]);
    let report = load([(ISSUER, key_set([secret]).as_str())]);
    assert_eq!(report.ring.err(), Some(LoadError::NoUsableKey));
    // Symmetric by its algorithm alone.
    assert_eq!(skipped(with(&rsa(), "alg", "HS256")), Some(SkipReason::AlgorithmUnknown));
}

fn fault(fault: KeyFault) -> Option<SkipReason> {
    Some(SkipReason::Fault(fault))
}

#[test]
fn rsa_numbers() {
    let modulus = |first: u8, len: usize, last: u8| {
        let mut n = vec![0x55; len];
        (n[0], n[len - 1]) = (first, last);
        b64(&n)
    };
    for (name, number, reason) in [
        ("n", modulus(0x7f, 256, 1), fault(KeyFault::ModulusTooShort)),
        ("n", modulus(0x80, 128, 1), fault(KeyFault::ModulusTooShort)),
        ("n", modulus(0x80, 256, 1), None),
        ("n", modulus(0xff, 512, 1), None),
        ("n", modulus(0x01, 513, 1), fault(KeyFault::ModulusTooLong)),
        ("n", modulus(0x80, 1024, 1), fault(KeyFault::ModulusTooLong)),
        ("n", modulus(0x80, 256, 2), fault(KeyFault::ModulusEven)),
        ("n", String::new(), fault(KeyFault::ModulusTooShort)),
        ("n", b64(&[0]), fault(KeyFault::LeadingZero)),
        ("e", String::new(), fault(KeyFault::ExponentTooSmall)),
        ("e", b64(&[0]), fault(KeyFault::ExponentTooSmall)),
        ("e", b64(&[1]), fault(KeyFault::ExponentTooSmall)),
        ("e", b64(&[2]), fault(KeyFault::ExponentTooSmall)),
        ("e", b64(&[4]), fault(KeyFault::ExponentEven)),
        ("e", b64(&[1, 0, 0]), fault(KeyFault::ExponentEven)),
        ("e", b64(&[0, 1, 0, 1]), fault(KeyFault::LeadingZero)),
        ("e", b64(&[0xff; 4]), None),
        ("e", b64(&[1, 0, 0, 0, 1]), fault(KeyFault::ExponentTooLarge)),
        ("e", b64(&[0xff; 256]), fault(KeyFault::ExponentTooLarge)),
    ] {
        assert_eq!(skipped(with(&rsa(), name, number.as_str())), reason, "{name} {number}");
    }

    // One zero byte before the modulus is what DER-minded producers write: used, and reported.
    let n = base64_of(&rsa(), "n");
    let padded = |zeros: usize| with(&rsa(), "n", b64(&[vec![0; zeros], n.clone()].concat()));
    let used = load([(ISSUER, key_set([padded(1)]).as_str())]).keys[0];
    assert_eq!(used.map(|used| (used.remarks.leading_zero, used.bits)), Ok((true, 2048)));
    assert_eq!(skipped(padded(2)), fault(KeyFault::LeadingZero));
}

/// Wycheproof's json_web_key has such a key, labelled invalid; this one is made here: a power of 65537 modulo the product
/// of the first primes.
#[test]
fn modulus_of_a_generator_that_was_broken() {
    let is_prime = |n: &u32| (2..*n).take_while(|d| d * d <= *n).all(|d| !n.is_multiple_of(d));
    let product: BigUint = (2..).filter(is_prime).take(126).product();
    let multiple: BigUint = (BigUint::from(3_u8) << 2046_u32) / &product;
    let n = multiple * &product + BigUint::from(65537_u32).modpow(&BigUint::from(77_u8), &product);
    let broken = with(&rsa(), "n", b64(&n.to_bytes_be()));
    assert_eq!(skipped(broken.clone()), fault(KeyFault::ModulusRoca));
    // It puts no other key out of use, not even that of its name.
    let report = load([(ISSUER, key_set([broken, rsa().jwk()]).as_str())]);
    assert_eq!(report.loaded, [Loaded { used: 1, skipped: 1 }]);
    assert_eq!(report.keys[1].map(|used| used.ambiguous), Ok(false));
}

fn base64_of(key: &Key, name: &str) -> Vec<u8> {
    use base64ct::{Base64UrlUnpadded, Encoding};
    Base64UrlUnpadded::decode_vec(key.jwk()[name].as_str().unwrap()).unwrap()
}

/// Envoy's library refused 35, which a bank used.
#[test]
fn small_lawful_exponents() {
    for exponent in [3, 5, 17, 35, 37, 257_u32] {
        let bytes = exponent.to_be_bytes();
        let short = &bytes[exponent.leading_zeros() as usize / 8..];
        assert_eq!(skipped(with(&rsa(), "e", b64(short))), None, "{exponent}");
    }
}

#[test]
fn points_that_are_none() {
    let coordinate = |name, bytes: &[u8]| with(&es(), name, b64(bytes));
    let (x, y) = (base64_of(&es(), "x"), base64_of(&es(), "y"));
    let p = [&[0xff; 4][..], &[0, 0, 0, 1], &[0; 12], &[0xff; 12]].concat();
    let mut infinity = coordinate("x", &[0; 32]);
    infinity["y"] = b64(&[0; 32]).into();
    let ed = Key::new("EdDSA", "ed-1", 1);
    for (what, jwk, reason) in [
        ("off the curve", coordinate("y", &x), fault(KeyFault::NotOnCurve)),
        ("infinity", infinity, fault(KeyFault::NotOnCurve)),
        ("x = p", coordinate("x", &p), fault(KeyFault::NotOnCurve)),
        ("short x", coordinate("x", &x[1..]), fault(KeyFault::WrongLength)),
        ("padded x", coordinate("x", &[&[0], &x[..]].concat()), fault(KeyFault::WrongLength)),
        ("compressed", coordinate("x", &[&[2], &x[..]].concat()), fault(KeyFault::WrongLength)),
        ("uncompressed", coordinate("x", &[&[4], &x[..], &y[..]].concat()), fault(KeyFault::WrongLength)),
        ("empty y", coordinate("y", &[]), fault(KeyFault::WrongLength)),
        ("no y", with(&es(), "y", Value::Null), Some(SkipReason::MemberMissing)),
        ("no crv", with(&es(), "crv", Value::Null), Some(SkipReason::MemberMissing)),
        ("P-384 for ES256", with(&es(), "crv", "P-384"), Some(SkipReason::AlgorithmMismatch)),
        ("secp256k1", with(&es(), "crv", "secp256k1"), Some(SkipReason::CurveUnknown)),
        ("Ed448", with(&ed, "crv", "Ed448"), Some(SkipReason::CurveUnknown)),
        ("X25519", with(&ed, "crv", "X25519"), Some(SkipReason::CurveUnknown)),
        ("short Ed25519", with(&ed, "x", b64(&[1; 31])), fault(KeyFault::WrongLength)),
        (
            "y = p + 1",
            with(&ed, "x", b64(&[&[0xee][..], &[0xff; 30], &[0x7f]].concat())),
            fault(KeyFault::NonCanonicalPoint),
        ),
        ("small order", with(&ed, "x", b64(&[0; 32])), fault(KeyFault::SmallOrderPoint)),
        (
            "Ed25519 no point",
            with(&ed, "x", b64(&[&[2][..], &[0; 31]].concat())),
            fault(KeyFault::NotOnCurve),
        ),
    ] {
        assert_eq!(skipped(jwk), reason, "{what}");
    }
}

#[test]
fn one_bad_key_among_good_ones() {
    let akp = json!({"kty": "AKP", "alg": "ML-DSA-44", "kid": "pq", "pub": "AAAA"});
    let bad = [
        (akp, SkipReason::KindNotSupported),
        (json!({"kty": "AKP", "pub": "AAAA"}), SkipReason::KindNotSupported),
        (json!({"kty": "akp", "pub": "AAAA"}), SkipReason::KindUnknown),
        (json!(null), SkipReason::NotObject),
        (json!([]), SkipReason::NotObject),
        (json!({}), SkipReason::MemberMissing),
        (with(&rsa(), "alg", "RSA-OAEP"), SkipReason::AlgorithmUnknown),
        (with(&es(), "alg", "none"), SkipReason::AlgorithmUnknown),
        (with(&es(), "alg", "ES384"), SkipReason::AlgorithmMismatch),
        (with(&es(), "alg", "RS256"), SkipReason::AlgorithmMismatch),
        (with(&rsa(), "alg", "ES256"), SkipReason::AlgorithmMismatch),
        (with(&es(), "kty", "ec"), SkipReason::KindUnknown),
        (with(&es(), "kty", "RSA"), SkipReason::MemberMissing),
    ];
    let keys = bad.iter().map(|(jwk, _)| jwk.clone()).chain([es().jwk()]);
    let report = load([(ISSUER, key_set(keys).as_str())]);
    let reasons: Vec<_> = report.keys.iter().map_while(|outcome| outcome.err()).collect();
    assert_eq!(reasons, bad.each_ref().map(|(_, reason)| *reason));
    assert_eq!(report.loaded, [Loaded { used: 1, skipped: bad.len() }]);
    let mut fixture = Fixture::new(&[&es()]);
    fixture.ring = report.ring.unwrap();
    assert_eq!(fixture.denied(Token::good(&es()).sign()), None);
    // Known to the library, not wanted by the host.
    let source = KeySource {
        algorithms: &[&jotgate_core::crypto::ES256],
        default_rsa_algorithm: Some(AlgorithmName::Rs256),
    };
    let report = load_from([(ISSUER, key_set([rsa().jwk()]).as_str())], &source);
    assert_eq!(report.keys, [Err(SkipReason::AlgorithmNotEnabled)]);
}

#[test]
fn malformed_members() {
    let text = es().jwk().to_string();
    let twice = |member: &str| format!("{{\"keys\":[{},{member}}}]}}", text.strip_suffix('}').unwrap());
    for member in [r#""kid":"es-1""#, r#""\u006bid":"x""#, r#""crv":"P-256""#] {
        let report = load([(ISSUER, twice(member).as_str())]);
        assert_eq!(report.keys, [Err(SkipReason::DuplicateMember)], "{member}");
    }
    let x = es().jwk()["x"].as_str().unwrap().to_owned();
    // The last of 43 characters carries two bits that must be zero.
    let last = u32::from(x.chars().last().unwrap()) + 1;
    let uncanonical = format!("{}{}", &x[..42], char::from_u32(last).unwrap());
    for (name, value, reason) in [
        ("kid", json!(1), SkipReason::MemberWrongType),
        ("kty", json!(1), SkipReason::MemberWrongType),
        ("alg", json!(["ES256"]), SkipReason::MemberWrongType),
        ("x", json!(1), SkipReason::MemberWrongType),
        ("kid", json!("a\0b"), SkipReason::StringNotUsable),
        ("kid", json!("k".repeat(257)), SkipReason::KidTooLong),
        ("x", json!(format!("{x}=")), SkipReason::NotBase64url),
        ("x", json!(format!("{x}\n")), SkipReason::NotBase64url),
        ("x", json!(x.replace(|c: char| c.is_ascii_digit(), "+")), SkipReason::NotBase64url),
        ("x", json!(uncanonical), SkipReason::NotBase64url),
        ("x", json!("A"), SkipReason::NotBase64url),
    ] {
        assert_eq!(skipped(with(&es(), name, value.clone())), Some(reason), "{name} {value}");
    }
    let surrogate = text.replace("\"es-1\"", "\"\\ud800\"");
    let report = load([(ISSUER, format!("{{\"keys\":[{surrogate}]}}").as_str())]);
    assert_eq!(report.keys, [Err(SkipReason::StringNotUsable)]);
}

#[test]
fn sets_that_are_refused_whole() {
    let key = es().jwk().to_string();
    for (set, error) in [
        ("", LoadError::NotJson(0)),
        ("{\"keys\":[]}", LoadError::NoUsableKey),
        ("{\"keys\":[{}]}", LoadError::NoUsableKey),
        ("{}", LoadError::NotKeySet),
        ("[]", LoadError::NotKeySet),
        ("null", LoadError::NotKeySet),
        ("{\"keys\":{}}", LoadError::NotKeySet),
        ("{\"keys\":null}", LoadError::NotKeySet),
        ("{\"Keys\":[]}", LoadError::NotKeySet),
        (key.as_str(), LoadError::NotKeySet),
        ("{\"keys\":[],}", LoadError::NotJson(11)),
        ("{\"keys\":[]} x", LoadError::NotJson(12)),
        ("\u{feff}{\"keys\":[]}", LoadError::NotJson(0)),
        ("{\"keys\":[],\"\\u006beys\":[]}", LoadError::DuplicateMember),
        (&format!("{{\"keys\":[{}]}}", "[".repeat(20_000)), LoadError::NestedTooDeep),
    ] {
        assert_eq!(load([(ISSUER, set)]).ring.err(), Some(error), "{set:.40}");
    }
    assert_eq!(load([("", key_set([es().jwk()]).as_str())]).ring.err(), Some(LoadError::EmptyIssuer));
}
