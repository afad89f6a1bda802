//! Attacks on the choice of algorithm and key, by token.
//!
//! | row | attack | test |
//! |---|---|---|
//! | 1 | `alg` none, missing, of a wrong type | `alg_none_in_any_case`, `ml_dsa_is_not_supported`, `alg_of_another_type` |
//! | 2 | HS256 with the public key as secret | `public_key_as_hmac_secret` |
//! | 3 | JWK without `alg` | `header_does_not_choose_for_a_key_without_alg` |
//! | 4 | `alg` checked before the key is chosen | `algorithm_of_another_key_of_the_issuer` |
//! | 5 | algorithm of another kind of key | `algorithm_of_another_kind_of_key` |
//! | 6 | sibling algorithm of the same key | `sibling_algorithms_of_one_rsa_key` |
//! | 8 | key of another issuer | `kid_of_another_issuer`, `same_kid_in_two_issuers`, `same_key_in_two_issuers`, `issuer_of_one_under_the_key_of_the_other` |
//! | 9 | fall back to any key | `unknown_kid_falls_back_to_nothing`, `no_kid_needs_exactly_one_key` |
//! | 11 | hostile kid | `kid_is_compared_and_nothing_else`, `kid_of_another_type` |
//! | 12 | embedded key | `embedded_key_or_its_address`, `ignored_only_where_the_policy_names_it` |

use jotgate_core::{
    AlgorithmName, Denied, KeyParameter, KeyParameters, KeySource, Now, Scheme, SkipReason, UnixSeconds,
    steps::{self, Unverified},
};
use jotgate_tests::forge::{
    ALL_ALGORITHMS, Fixture, ISSUER, Key, NOW, OTHER_ISSUER, Token, b64, compact, es, key_set, load,
    load_from, with_scratch,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

#[test]
fn good_tokens_of_every_algorithm() {
    for algorithm in ALL_ALGORITHMS {
        let key = Key::new(algorithm.name().as_jose(), "k", 1);
        let granted = Fixture::new(&[&key]).check(Token::good(&key).sign()).map(|summary| summary.subject);
        assert_eq!(granted, Ok(Some("user-1".to_owned())), "{}", key.algorithm());
    }
}

/// RFC 9864: two spellings of one algorithm.
#[test]
fn eddsa_and_ed25519_are_one_algorithm() {
    for named in ["EdDSA", "Ed25519"] {
        let key = Key::new(named, "k", 1);
        let fixture = Fixture::new(&[&key]);
        for header in ["EdDSA", "Ed25519"] {
            assert_eq!(
                fixture.denied(Token::good(&key).header("alg", header).sign()),
                None,
                "{named} {header}"
            );
        }
        for header in ["eddsa", "ED25519", "Ed448"] {
            let denied = fixture.denied(Token::good(&key).header("alg", header).sign());
            assert_eq!(denied, Some(Denied::AlgorithmNotSupported), "{header}");
        }
    }
}

#[test]
fn alg_none_in_any_case() {
    let fixture = Fixture::new(&[&es()]);
    for alg in ["none", "None", "NONE", "nOnE", "", "es256", "Es256", "ES256 ", " ES256", "ES257", "ES256K"] {
        let token = Token::good(&es()).header("alg", alg);
        assert_eq!(fixture.denied(token.sign()), Some(Denied::AlgorithmNotSupported), "{alg:?}");
        let unsigned = compact(token.header_text(), token.claims_text(), "");
        assert_eq!(fixture.denied(unsigned), Some(Denied::UnsignedToken), "{alg:?}");
    }
}

/// RFC 9964: known by name to whoever reads the reason, and to nothing else.
#[test]
fn ml_dsa_is_not_supported() {
    let fixture = Fixture::new(&[&es()]);
    for alg in ["ML-DSA-44", "ML-DSA-65", "ML-DSA-87"] {
        let token = Token::good(&es()).header("alg", alg);
        assert_eq!(fixture.denied(token.sign()), Some(Denied::AlgorithmNotSupported), "{alg}");
    }
}

#[test]
fn alg_of_another_type() {
    let token = Token::good(&es());
    let fixture = Fixture::new(&[&es()]);
    let cases = [Value::Null, json!(1), json!(true), json!(["ES256"]), json!({"a": "ES256"})];
    fixture.refuses(
        cases.map(|alg| (alg.to_string(), token.clone().header("alg", alg).sign(), Denied::HeaderWrongType)),
    );
    assert_eq!(fixture.denied(token.without_header("alg").sign()), Some(Denied::AlgorithmMissing));
}

fn hmac_sha256(secret: &[u8], message: &[u8]) -> Vec<u8> {
    let hash = |parts: [&[u8]; 2]| Sha256::digest(parts.concat()).to_vec();
    let secret = if secret.len() > 64 { Sha256::digest(secret).to_vec() } else { secret.to_vec() };
    let pad = |byte: u8| (0..64).map(|at| secret.get(at).unwrap_or(&0) ^ byte).collect::<Vec<u8>>();
    hash([&pad(0x5c), &hash([&pad(0x36), message])])
}

#[test]
fn public_key_as_hmac_secret() {
    let rsa = Key::new("RS256", "rs-1", 1);
    let jwk = rsa.jwk();
    let fixture = Fixture::new(&[&rsa]);
    for alg in ["HS256", "HS384", "HS512"] {
        let token = Token::good(&rsa).header("alg", alg);
        let input = [token.header_text(), token.claims_text()].map(|text| b64(text.as_bytes())).join(".");
        for secret in [jwk["n"].as_str().unwrap().as_bytes(), jwk.to_string().as_bytes()] {
            let forged = format!("{input}.{}", b64(&hmac_sha256(secret, input.as_bytes())));
            assert_eq!(fixture.denied(forged), Some(Denied::AlgorithmNotSupported), "{alg}");
        }
    }
}

/// An EC key has one algorithm whatever the header says. An RSA key has six: it gets none from a header,
/// and one only if the host's key source names it.
#[test]
fn header_does_not_choose_for_a_key_without_alg() {
    let set_without_alg = |key: &Key| {
        let mut jwk = key.jwk();
        jwk.as_object_mut().unwrap().remove("alg").unwrap();
        key_set([jwk])
    };
    let ec = load([(ISSUER, set_without_alg(&es()).as_str())]);
    assert_eq!(ec.keys[0].map(|used| used.algorithm), Ok(AlgorithmName::Es256));

    let rsa = Key::new("RS256", "rs-1", 1);
    let set = set_without_alg(&rsa);
    assert_eq!(load([(ISSUER, set.as_str())]).keys, [Err(SkipReason::AlgorithmNotNamed)]);

    let source = KeySource { algorithms: ALL_ALGORITHMS, default_rsa_algorithm: Some(AlgorithmName::Rs256) };
    let mut fixture = Fixture::new(&[&rsa]);
    fixture.ring = load_from([(ISSUER, set.as_str())], &source).ring.unwrap();
    fixture.answers([
        ("RS256", Token::good(&rsa).sign(), None),
        ("PS256", Token::good(&rsa.serving("PS256")).sign(), Some(Denied::AlgorithmMismatch)),
        ("RS512", Token::good(&rsa.serving("RS512")).sign(), Some(Denied::AlgorithmMismatch)),
    ]);
}

/// The allow list holds both algorithms: what counts is the chosen key's.
#[test]
fn algorithm_of_another_key_of_the_issuer() {
    let (es, rs) = (es(), Key::new("RS256", "rs-1", 1));
    Fixture::new(&[&es, &rs]).refuses([
        ("es256 kid", Token::good(&rs).header("kid", "es-1").sign(), Denied::AlgorithmMismatch),
        ("rs256 kid", Token::good(&es).header("kid", "rs-1").sign(), Denied::AlgorithmMismatch),
        ("rs256 alg", Token::good(&es).header("alg", "RS256").sign(), Denied::AlgorithmMismatch),
    ]);
}

#[test]
fn algorithm_of_another_kind_of_key() {
    let names = ALL_ALGORITHMS.iter().map(|algorithm| algorithm.name().as_jose());
    let keys: Vec<_> = names.clone().map(|name| Key::new(name, name, 1)).collect();
    let fixture = Fixture::new(&keys.iter().collect::<Vec<_>>());
    for key in &keys {
        for alg in names.clone().filter(|alg| *alg != key.algorithm()) {
            let denied = fixture.denied(Token::good(key).header("alg", alg).sign());
            assert_eq!(denied, Some(Denied::AlgorithmMismatch), "{} {alg}", key.algorithm());
        }
    }
}

/// The signature would verify: the same key, used as it must not be.
#[test]
fn sibling_algorithms_of_one_rsa_key() {
    let key = Key::new("RS256", "rs-1", 1);
    let fixture = Fixture::new(&[&key]);
    for alg in ["RS384", "RS512", "PS256", "PS384", "PS512"] {
        let denied = fixture.denied(Token::good(&key.serving(alg)).sign());
        assert_eq!(denied, Some(Denied::AlgorithmMismatch), "{alg}");
    }
}

/// The own key's tokens of both issuers, then each issuer's tokens under the other's key.
fn crossed(own: &Key, other: &Key, denied: Denied) {
    Fixture::of(&[(ISSUER, &[own]), (OTHER_ISSUER, &[other])]).answers([
        ("own", Token::good(own).sign(), None),
        ("other", Token::good(other).claim("iss", OTHER_ISSUER).sign(), None),
        ("own under other's key", Token::good(other).sign(), Some(denied)),
        ("other under own key", Token::good(own).claim("iss", OTHER_ISSUER).sign(), Some(denied)),
    ]);
}

#[test]
fn kid_of_another_issuer() {
    crossed(&es(), &Key::es256("es-2", 2), Denied::UnknownKid);
}

#[test]
fn same_kid_in_two_issuers() {
    crossed(&Key::es256("1", 1), &Key::es256("1", 2), Denied::BadSignature);
}

/// A shared key server: each issuer's tokens are that issuer's, and only where the policy names it.
#[test]
fn same_key_in_two_issuers() {
    let key = es();
    let mut fixture = Fixture::of(&[(ISSUER, &[&key]), (OTHER_ISSUER, &[&key])]);
    let other = Token::good(&key).claim("iss", OTHER_ISSUER).sign();
    assert_eq!(fixture.check(&other).map(|summary| summary.issuer), Ok(OTHER_ISSUER.to_owned()));
    fixture.policy = Fixture::of(&[(ISSUER, &[&key])]).policy;
    fixture.answers([("own", Token::good(&key).sign(), None), ("other", other, Some(Denied::IssuerUnknown))]);
}

/// Step by step any key that is trusted can verify a token; the judge still sees whose it is.
#[test]
fn issuer_of_one_under_the_key_of_the_other() {
    let (own, other) = (Key::es256("1", 1), Key::es256("1", 2));
    let fixture = Fixture::of(&[(ISSUER, &[&own]), (OTHER_ISSUER, &[&other])]);
    let others_key = fixture.ring.keys().nth(1).unwrap();
    let token = Token::good(&other).sign();
    let denied = with_scratch(|scratch| {
        let unverified = Unverified::read(token.as_bytes(), scratch).unwrap();
        let authentic = unverified.verify(others_key).unwrap();
        steps::judge(&fixture.validator(), &authentic, Scheme::Bearer, Now::Trusted(UnixSeconds(NOW))).err()
    });
    assert_eq!(denied, Some(Denied::IssuerMismatch));
}

#[test]
fn unknown_kid_falls_back_to_nothing() {
    let key = es();
    let fixture = Fixture::new(&[&key]);
    for kid in ["es-2", "", "es-", "es-1 ", "ES-1", "es-1\u{200b}", "other"] {
        let token = Token::good(&key).header("kid", kid).sign();
        assert_eq!(fixture.denied(token), Some(Denied::UnknownKid), "{kid:?}");
    }
    // A key that has no id is not found by one, not even by the empty one.
    let token = Token::good(&key).header("kid", "").sign();
    assert_eq!(Fixture::new(&[&key.without_kid()]).denied(token), Some(Denied::UnknownKid));
}

#[test]
fn no_kid_needs_exactly_one_key() {
    let (one, two) = (es(), Key::es256("es-2", 2));
    let token = Token::good(&one).without_header("kid").sign();
    for (keys, expected) in [
        (&[&one][..], None),
        (&[&one.without_kid()][..], None),
        (&[&one, &two][..], Some(Denied::NoKeyFits)),
        (&[&one, &Key::new("EdDSA", "ed", 1)][..], None),
        (&[&Key::new("EdDSA", "ed", 1)][..], Some(Denied::NoKeyFits)),
        (&[&two][..], Some(Denied::BadSignature)),
    ] {
        assert_eq!(Fixture::new(keys).denied(&token), expected);
    }
}

#[test]
fn kid_is_compared_and_nothing_else() {
    let key = es();
    let fixture = Fixture::new(&[&key]);
    let hostile = [
        "../../../../dev/null",
        "es-1' OR '1'='1",
        "es-1\r\nX-Injected: 1",
        "|/usr/bin/id",
        "https://attacker.example/keys.json",
        "%00",
        "{\"alg\":\"none\"}",
    ];
    let with = |kid: &str| Token::good(&key).header("kid", kid).sign();
    fixture.refuses(hostile.map(|kid| (kid, with(kid), Denied::UnknownKid)));
    fixture.refuses([
        ("NUL", with("es-1\0"), Denied::NulCharacter),
        ("10 KB", with(&"k".repeat(10_000)), Denied::TokenTooLong),
        ("longer than a header", with(&"k".repeat(1000)), Denied::HeaderTooLong),
        ("257 bytes", with(&"k".repeat(257)), Denied::KidTooLong),
    ]);
    // A hostile name is a name all the same if the issuer gives it to a key.
    for kid in hostile {
        let key = key.named(kid);
        assert_eq!(Fixture::new(&[&key]).denied(Token::good(&key).sign()), None, "{kid:?}");
    }
}

#[test]
fn kid_of_another_type() {
    let key = Key::es256("1", 1);
    let fixture = Fixture::new(&[&key]);
    for kid in [json!(1), json!(null), json!(["1"]), json!({"kid": "1"}), json!(true)] {
        let token = Token::good(&key).header("kid", kid.clone()).sign();
        assert_eq!(fixture.denied(token), Some(Denied::HeaderWrongType), "{kid}");
    }
}

/// Each parameter with a value that would work if somebody followed it, and with one that would not.
fn key_parameters() -> Vec<(&'static str, KeyParameter, Value)> {
    let attacker = Key::es256("es-1", 66).jwk();
    vec![
        ("jwk", KeyParameter::Jwk, attacker),
        ("jku", KeyParameter::Jku, json!("https://attacker.example/keys.json")),
        ("x5u", KeyParameter::X5u, json!("https://attacker.example/chain.pem")),
        ("x5c", KeyParameter::X5c, json!(["MIIB"])),
        ("jwk", KeyParameter::Jwk, json!(null)),
        ("jku", KeyParameter::Jku, json!("")),
        ("x5u", KeyParameter::X5u, json!(0)),
        ("x5c", KeyParameter::X5c, json!([])),
    ]
}

#[test]
fn embedded_key_or_its_address() {
    let (key, attacker) = (es(), Key::es256("es-1", 66));
    let fixture = Fixture::new(&[&key]);
    for (name, _, value) in key_parameters() {
        for signer in [&key, &attacker] {
            let token = Token::good(signer).header(name, value.clone()).sign();
            assert_eq!(fixture.denied(token), Some(Denied::EmbeddedKey), "{name} {value}");
        }
    }
    // Certificate thumbprints bring no key: they are ignored.
    let token = Token::good(&key).header("x5t", "abc").header("x5t#S256", "abc").sign();
    assert_eq!(fixture.denied(token), None);
}

#[test]
fn ignored_only_where_the_policy_names_it() {
    let (key, attacker) = (es(), Key::es256("es-1", 66));
    for (own, parameter, _) in key_parameters() {
        let ignored = KeyParameters::NONE.with(parameter);
        let fixture = Fixture::new(&[&key]).issuer(|issuer| issuer.with_ignored(ignored));
        for (name, _, value) in key_parameters() {
            let denied = |signer| fixture.denied(Token::good(signer).header(name, value.clone()).sign());
            if name == own {
                // Ignored is not followed: the attacker's key stays a stranger's.
                assert_eq!((denied(&key), denied(&attacker)), (None, Some(Denied::BadSignature)), "{own}");
            } else {
                assert_eq!(denied(&key), Some(Denied::EmbeddedKey), "{own} {name}");
            }
        }
    }
}
