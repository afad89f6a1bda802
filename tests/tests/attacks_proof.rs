//! Attacks on a DPoP proof by itself.
//!
//! | row | attack | test |
//! |---|---|---|
//! | 53 | proof of another type, method, URI, token, time; private key | `proof_*` |
//! | 62 | two proofs in one request | `proof_fields` |

use jotgate_core::{Denied, DpopRule, crypto};
use jotgate_tests::forge::{
    DpopFixture, Key, NOW, ProofForge, Token, URI, b64, bound_key, compact, good_bound, public_jwk,
    with_member,
};
use serde_json::json;
use sha2::{Digest, Sha256};

/// None of them signs the proofs of most tests.
const OTHERS: &[&dyn crypto::Algorithm] = &[&crypto::EDDSA, &crypto::ES384];

#[test]
fn proof_fields() {
    let (fixture, token, proof) = good_bound();
    let (one, other) = (proof.sign(), proof.clone().claim("jti", "proof-2").sign());
    assert_eq!(fixture.check("DPoP", &token, &[]), Err(Denied::ProofMissing));
    assert_eq!(fixture.check("DPoP", &token, &[""]), Err(Denied::ProofMalformed));
    assert_eq!(fixture.check("DPoP", &token, &[&one, &other]), Err(Denied::ProofRepeated));
    assert_eq!(fixture.check("DPoP", &token, &[&one, &one]), Err(Denied::ProofRepeated));
    assert_eq!(fixture.check("DPoP", &token, &[&format!("{one}, {other}")]), Err(Denied::ProofRepeated));
    assert_eq!(fixture.check("DPoP", &token, &[&format!(" {one}\t")]), Ok(()));
}

#[test]
fn proof_that_is_no_signed_jwt() {
    let (fixture, token, proof) = good_bound();
    let (header, claims) = (proof.header_text(), proof.claims_text());
    let signed = proof.sign();
    let twice = |text: &str, member: &str| with_member(text, member);
    fixture.answers(
        &token,
        [
            ("opaque", "opaque".to_owned(), Some(Denied::ProofMalformed)),
            ("the token itself", token.clone(), Some(Denied::ProofWrongType)),
            ("encrypted", "a.b.c.d.e".to_owned(), Some(Denied::ProofMalformed)),
            ("padding", format!("{signed}="), Some(Denied::ProofMalformed)),
            ("a space inside", signed.replacen('.', " .", 1), Some(Denied::ProofMalformed)),
            ("no signature", signed[..=signed.rfind('.').unwrap()].to_owned(), Some(Denied::ProofMalformed)),
            ("header no JSON", proof.sign_texts("{", &claims), Some(Denied::ProofMalformed)),
            ("claims no JSON", proof.sign_texts(&header, "{"), Some(Denied::ProofMalformed)),
            ("claims an array", proof.sign_texts(&header, "[]"), Some(Denied::ProofMalformed)),
            (
                "jti twice",
                proof.sign_texts(&header, &twice(&claims, r#""jti":"x""#)),
                Some(Denied::ProofMalformed),
            ),
            (
                "jti twice, escaped",
                proof.sign_texts(&header, &twice(&claims, r#""\u006ati":"x""#)),
                Some(Denied::ProofMalformed),
            ),
            (
                "jwk twice",
                proof.sign_texts(&twice(&header, r#""jwk":{}"#), &claims),
                Some(Denied::ProofMalformed),
            ),
            (
                "crit",
                proof.clone().header("crit", json!(["x"])).header("x", 1).sign(),
                Some(Denied::ProofMalformed),
            ),
            ("b64", proof.clone().header("b64", false).sign(), Some(Denied::ProofMalformed)),
            ("unknown members", proof.clone().header("x", 1).claim("y", 2).sign(), None),
            ("no bytes", compact("", "", ""), Some(Denied::ProofMalformed)),
        ],
    );
}

#[test]
fn proof_limits() {
    let (fixture, token, proof) = good_bound();
    let long = |len: usize| {
        let short = proof.sign();
        // Four characters for three bytes; some lengths cannot be had.
        let fill = "x".repeat((len - short.len()) / 4 * 3 - 8);
        proof.clone().claim("fill", fill).sign()
    };
    let at = (8150..8250).rev().map(long).find(|proof| proof.len() <= 8192).unwrap();
    let beyond = (8150..8250).map(long).find(|proof| proof.len() > 8192).unwrap();
    assert!(at.len() > 8186 && beyond.len() < 8198, "{} {}", at.len(), beyond.len());
    let id = |len: usize| proof.clone().claim("jti", "j".repeat(len)).sign();
    let many = |count: usize| {
        (0..count).fold(proof.clone(), |proof, number| proof.claim(&format!("n{number}"), number)).sign()
    };
    fixture.answers(
        &token,
        [
            ("8 KiB", at, None),
            ("more", beyond, Some(Denied::ProofTooLong)),
            ("256 characters", id(256), None),
            ("257", id(257), Some(Denied::ProofIdTooLong)),
            ("32 claims", many(27), None),
            ("33", many(28), Some(Denied::ProofMalformed)),
        ],
    );
}

#[test]
fn proof_of_another_type() {
    let (fixture, token, proof) = good_bound();
    let typ = |typ: &str| proof.clone().header("typ", typ).sign();
    fixture.answers(
        &token,
        [
            ("in full", typ("application/dpop+jwt"), None),
            ("case", typ("DPoP+JWT"), None),
            ("none", proof.clone().without_header("typ").sign(), Some(Denied::ProofWrongType)),
            ("JWT", typ("JWT"), Some(Denied::ProofWrongType)),
            ("at+jwt", typ("at+jwt"), Some(Denied::ProofWrongType)),
            ("almost", typ("dpop+jwt "), Some(Denied::ProofWrongType)),
            ("a number", proof.clone().header("typ", 1).sign(), Some(Denied::ProofMalformed)),
        ],
    );
}

#[test]
fn proof_algorithms() {
    let (fixture, token, proof) = good_bound();
    let alg = |alg: &str| proof.clone().header("alg", alg).sign();
    let unsigned = compact(r#"{"alg":"none","typ":"dpop+jwt"}"#, "{}", "x");
    let denied = Some(Denied::ProofAlgorithmNotAllowed);
    fixture.answers(
        &token,
        [
            ("none", unsigned, denied),
            ("HS256", alg("HS256"), denied),
            ("case", alg("es256"), denied),
            ("missing", proof.clone().without_header("alg").sign(), denied),
            ("another of its kind", alg("ES384"), Some(Denied::ProofKeyUnusable)),
            ("another kind", alg("RS256"), Some(Denied::ProofKeyUnusable)),
        ],
    );
    let fixture = fixture.policy(|policy| policy.with_dpop(DpopRule::new(OTHERS).unwrap()));
    fixture.answers(&token, [("not of the policy", proof.sign(), denied)]);
    // Every algorithm can be allowed.
    for (name, seed) in [("ES384", 2), ("ES512", 2), ("EdDSA", 2), ("RS256", 1), ("PS256", 1), ("RS512", 2)] {
        let client = Key::new(name, "client", seed);
        let fixture = DpopFixture { client, ..DpopFixture::new(&bound_key()) };
        let token = fixture.token(&bound_key()).sign();
        assert_eq!(fixture.check("DPoP", &token, &[&fixture.proof(&token).sign()]), Ok(()), "{name}");
    }
}

#[test]
fn proof_keys() {
    let (fixture, token, proof) = good_bound();
    let jwk = |name: &str, value: serde_json::Value| proof.clone().jwk(name, value).sign();
    let x = public_jwk(&fixture.client)["x"].as_str().unwrap().to_owned();
    let symmetric = json!({"kty": "oct", "k": "AAAA"});
    let weak = json!({"kty": "RSA", "n": b64(&[0x81; 128]), "e": "AQAB"});
    let unusable = Some(Denied::ProofKeyUnusable);
    fixture.answers(
        &token,
        [
            ("no key", proof.clone().without_header("jwk").sign(), Some(Denied::ProofKeyMissing)),
            ("a private member", jwk("d", json!(x)), Some(Denied::ProofKeyPrivate)),
            ("a private member of another type", jwk("d", json!(1)), Some(Denied::ProofKeyPrivate)),
            ("no object", proof.clone().header("jwk", "a").sign(), unusable),
            ("null", proof.clone().header("jwk", json!(null)).sign(), unusable),
            ("symmetric", proof.clone().header("jwk", symmetric).sign(), unusable),
            ("x too short", jwk("x", json!(&x[..42])), unusable),
            ("no y", jwk("y", json!(null)), unusable),
            // Another key than the token's, whatever it is worth.
            ("another curve", jwk("crv", json!("P-384")), Some(Denied::ProofWrongKey)),
            ("for encryption", jwk("use", json!("enc")), unusable),
            ("its own alg is another", jwk("alg", json!("ES384")), unusable),
            ("its own alg is this one", jwk("alg", json!("ES256")), None),
            (
                "RSA of 1024 bits",
                proof.clone().header("alg", "RS256").header("jwk", weak).sign(),
                Some(Denied::ProofWrongKey),
            ),
        ],
    );
    // Not on the curve: the token is bound to that very key, and it is refused for what it is.
    let mut off = public_jwk(&fixture.client);
    off["y"] = off["x"].clone();
    let text = format!(r#"{{"crv":"P-256","kty":"EC","x":{},"y":{}}}"#, off["x"], off["y"]);
    let token = Token::good(&bound_key()).claim("cnf", json!({"jkt": b64(&Sha256::digest(text))})).sign();
    let proof = fixture.proof(&token);
    fixture.answers(&token, [("off the curve", proof.clone().header("jwk", off).sign(), unusable)]);
    let weak = json!({"kty": "RSA", "n": b64(&[0x81; 128]), "e": "AQAB"});
    let text = format!(r#"{{"e":"AQAB","kty":"RSA","n":{}}}"#, weak["n"]);
    let token = Token::good(&bound_key()).claim("cnf", json!({"jkt": b64(&Sha256::digest(text))})).sign();
    let proof = fixture.proof(&token).header("alg", "RS256").header("jwk", weak).sign();
    fixture.answers(&token, [("RSA of 1024 bits", proof, unusable)]);
}

#[test]
fn proof_of_another_key() {
    let (fixture, token, proof) = good_bound();
    let thief = Key::es256("thief", 66);
    let own = ProofForge::good(&thief, &token).sign();
    assert_eq!(fixture.check("DPoP", &token, &[&own]), Err(Denied::ProofWrongKey));
    let forged = proof.clone().signed_by(&thief).sign();
    assert_eq!(fixture.check("DPoP", &token, &[&forged]), Err(Denied::ProofBadSignature));
    let signed = proof.sign();
    let (input, _) = signed.rsplit_once('.').unwrap();
    let other = format!("{input}.{}", b64(&[1; 64]));
    assert_eq!(fixture.check("DPoP", &token, &[&other]), Err(Denied::ProofBadSignature));
    let short = format!("{input}.{}", b64(&[1; 63]));
    assert_eq!(fixture.check("DPoP", &token, &[&short]), Err(Denied::ProofBadSignature));
}

#[test]
fn proof_claims_that_are_missing_or_of_another_type() {
    let (fixture, token, proof) = good_bound();
    for name in ["jti", "htm", "htu", "iat", "ath"] {
        fixture.answers(
            &token,
            [
                (name, proof.clone().without(name).sign(), Some(Denied::ProofClaimMissing)),
                (name, proof.clone().claim(name, json!(null)).sign(), Some(Denied::ProofMalformed)),
                (name, proof.clone().claim(name, json!([])).sign(), Some(Denied::ProofMalformed)),
                (name, proof.clone().claim(name, json!("\0")).sign(), {
                    // `ath` is compared where it stands.
                    Some(if name == "ath" { Denied::ProofWrongToken } else { Denied::ProofMalformed })
                }),
            ],
        );
    }
    for name in ["jti", "htm", "htu", "ath", "nonce"] {
        fixture.answers(&token, [(name, proof.clone().claim(name, 1).sign(), Some(Denied::ProofMalformed))]);
    }
    fixture.answers(
        &token,
        [
            ("empty jti", proof.clone().claim("jti", "").sign(), Some(Denied::ProofClaimMissing)),
            (
                "iat a string",
                proof.clone().claim("iat", NOW.to_string()).sign(),
                Some(Denied::ProofMalformed),
            ),
            ("iat beyond all bounds", proof.clone().claim("iat", 1e300).sign(), Some(Denied::ProofMalformed)),
            (
                "escapes",
                proof.sign_texts(
                    &proof.header_text(),
                    &proof.claims_text().replace("POST", "\\u0050OST").replace("https", "\\u0068ttps"),
                ),
                None,
            ),
        ],
    );
}

#[test]
fn proof_of_another_method() {
    let (fixture, token, proof) = good_bound();
    for method in ["post", "Post", "GET", "POST ", ""] {
        let proof = proof.clone().claim("htm", method).sign();
        assert_eq!(fixture.check("DPoP", &token, &[&proof]), Err(Denied::ProofWrongMethod), "{method}");
    }
}

#[test]
fn proof_of_another_uri() {
    let (fixture, token, proof) = good_bound();
    let uri = |uri: &str| proof.clone().claim("htu", uri).sign();
    let wrong = Some(Denied::ProofWrongUri);
    fixture.answers(
        &token,
        [
            ("with a query", uri(&format!("{URI}?a=b")), None),
            ("with a fragment", uri(&format!("{URI}#a")), None),
            ("in another spelling", uri("HTTPS://API.Example:443/sim%2Dswap/x/../v2/./check"), None),
            ("http", uri(&URI.replace("https", "http")), wrong),
            ("another host", uri("https://api.example.org/sim-swap/v2/check"), wrong),
            ("another port", uri("https://api.example:8443/sim-swap/v2/check"), wrong),
            ("another path", uri("https://api.example/sim-swap/v1/check"), wrong),
            ("case of the path", uri("https://api.example/Sim-swap/v2/check"), wrong),
            ("a slash more", uri(&format!("{URI}/")), wrong),
            ("an encoded slash", uri("https://api.example/sim-swap/v2%2Fcheck"), wrong),
            ("only the beginning", uri("https://api.example/sim-swap"), wrong),
            ("somebody's name in it", uri("https://a@api.example/sim-swap/v2/check"), wrong),
            ("relative", uri("/sim-swap/v2/check"), wrong),
            ("empty", uri(""), wrong),
        ],
    );
}

#[test]
fn proof_of_another_token() {
    let (fixture, token, proof) = good_bound();
    let other = fixture.token(&bound_key()).claim("jti", "token-2").sign();
    let of_other = fixture.proof(&other).sign();
    let hash = Sha256::digest(&token);
    let ath = |ath: String| proof.clone().claim("ath", ath).sign();
    let wrong = Some(Denied::ProofWrongToken);
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let escaped = proof.claims_text().replacen(&b64(&hash), &b64(&hash).replacen('A', "\\u0041", 1), 1);
    fixture.answers(
        &token,
        [
            ("another token", of_other, wrong),
            ("half", ath(b64(&hash[..16])), wrong),
            ("padded", ath(format!("{}=", b64(&hash))), wrong),
            ("hexadecimal", ath(hex), wrong),
            ("empty", ath(String::new()), wrong),
        ],
    );
    if escaped != proof.claims_text() {
        fixture.answers(&token, [("escaped", proof.sign_texts(&proof.header_text(), &escaped), wrong)]);
    }
}

#[test]
fn proof_of_another_time() {
    let (fixture, token, proof) = good_bound();
    let at = |seconds: f64| proof.clone().claim("iat", NOW as f64 + seconds).sign();
    // 300 seconds, and 60 of leeway in both directions.
    fixture.answers(
        &token,
        [
            ("now", at(0.0), None),
            ("future", at(60.0), None),
            ("later", at(60.5), Some(Denied::ProofIssuedInFuture)),
            ("past", at(-360.0), None),
            ("a fraction is rounded up", at(-360.5), None),
            ("too old", at(-361.0), Some(Denied::ProofTooOld)),
            ("1970", proof.clone().claim("iat", 0).sign(), Some(Denied::ProofTooOld)),
            ("before", proof.clone().claim("iat", i64::MIN).sign(), Some(Denied::ProofTooOld)),
            ("never", proof.clone().claim("iat", i64::MAX).sign(), Some(Denied::ProofIssuedInFuture)),
        ],
    );
    let short = fixture.rule(|rule| rule.with_max_age(10).unwrap());
    short.answers(&token, [("70", at(-70.0), None), ("71", at(-71.0), Some(Denied::ProofTooOld))]);
}

/// A proof is looked at only behind a token that is good in every other respect, and its signature only when
/// all else of it is right: nothing that costs can be had for less.
#[test]
fn proofs_come_last() {
    let (fixture, _, _) = good_bound();
    let token = fixture.token(&bound_key());
    for (token, denied) in [
        (token.clone().claim("exp", NOW - 100).claim("iat", NOW - 200), Denied::Expired),
        (token.clone().claim("scope", "x"), Denied::ScopeMissing),
        (token.clone().claim("aud", "x"), Denied::WrongAudience),
    ] {
        assert_eq!(fixture.check("DPoP", &token.sign(), &["?"]), Err(denied));
    }
    let signed = token.sign();
    let thief = Key::es256("thief", 66);
    let forged = fixture.proof(&signed).signed_by(&thief);
    assert_eq!(
        fixture.check("DPoP", &signed, &[&forged.clone().claim("htm", "PUT").sign()]),
        Err(Denied::ProofWrongMethod)
    );
    assert_eq!(fixture.check("DPoP", &signed, &[&forged.sign()]), Err(Denied::ProofBadSignature));
    // None of these has used the proof up.
    assert_eq!(fixture.check("DPoP", &signed, &[&fixture.proof(&signed).sign()]), Ok(()));
}
