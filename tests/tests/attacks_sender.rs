//! Attacks on the binding of a token to its sender.
//!
//! | row | attack | test |
//! |---|---|---|
//! | 49 | a DPoP proof as an access token | `other_kinds_of_token` in attacks_claims.rs |
//! | 52 | bound token as Bearer; another key, another certificate; both, one of them proven | `bound_token_as_bearer` in attacks_claims.rs, `bound_token_and_scheme`, `certificates`, `key_and_certificate_must_both_be_proven` |
//! | 53 | proof of another type, method, URI, token, time; used before; private key; CAMARA's digests | `proof_*`, `a_proof_is_good_once`, `nonces`, `digests_of_the_request` |
//! | 62 | two proofs in one request | `proof_fields` |
//! | 64 | timing | comparisons go through one helper, `core/src/ground/constant_time.rs` |

use jotgate_core::{
    Denied, Dialect, DpopNonces, DpopRule, NonceRule, Now, ReplayMemory, RequestDigests, Scheme,
    SenderBinding, Verdict, crypto,
};
use jotgate_tests::forge::{
    DpopBench, Key, NOW, ProofForge, Token, URI, b64, compact, good_claims, public_jwk, replay_window,
    thumbprint, with_member,
};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::sync::Barrier;

/// None of them signs the proofs of most tests.
const OTHERS: &[&dyn crypto::Algorithm] = &[&crypto::EDDSA, &crypto::ES384];

fn es() -> Key {
    Key::es256("es-1", 1)
}

/// A bench, a good bound token, and a good proof for it.
fn good() -> (DpopBench, String, ProofForge) {
    let bench = DpopBench::new(&es());
    let token = bench.token(&es()).sign();
    let proof = bench.proof(&token);
    (bench, token, proof)
}

/// Each proof with its answer, each with a memory of its own.
fn answers<'p>(
    bench: &DpopBench,
    token: &str,
    table: impl IntoIterator<Item = (&'p str, String, Option<Denied>)>,
) {
    let mut wrong = vec![];
    for (name, proof, expected) in table {
        let bench = DpopBench { window: Some(replay_window(4, 10, 3600)), ..bench.clone() };
        let explained = bench.explain("DPoP", token, &[&proof]).unwrap().denied();
        let answer = bench.check("DPoP", token, &[&proof]).err();
        if (answer, explained) != (expected, expected) {
            wrong.push(format!("{name}: {answer:?}, explained {explained:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn bound_token_and_scheme() {
    let (bench, token, proof) = good();
    let proof = proof.sign();
    assert_eq!(bench.check("Bearer", &token, &[]), Err(Denied::BindingNotProven));
    // RFC 9449, section 7.2: nor with a proof beside it.
    assert_eq!(bench.check("Bearer", &token, &[&proof]), Err(Denied::BindingNotProven));
    let unbound = Token::good(&es()).sign();
    let of_unbound = bench.proof(&unbound).sign();
    assert_eq!(bench.check("DPoP", &unbound, &[&of_unbound]), Err(Denied::TokenNotBound));
    assert_eq!(bench.check("Bearer", &unbound, &[]), Ok(()));
    assert_eq!(bench.check("Bearer", &unbound, &[&of_unbound]), Ok(()), "a proof that nobody asks for");
    assert_eq!(bench.check("dpop", &token, &[&proof]), Ok(()));
}

#[test]
fn proof_fields() {
    let (bench, token, proof) = good();
    let (one, other) = (proof.sign(), proof.clone().claim("jti", "proof-2").sign());
    assert_eq!(bench.check("DPoP", &token, &[]), Err(Denied::ProofMissing));
    assert_eq!(bench.check("DPoP", &token, &[""]), Err(Denied::ProofMalformed));
    assert_eq!(bench.check("DPoP", &token, &[&one, &other]), Err(Denied::ProofRepeated));
    assert_eq!(bench.check("DPoP", &token, &[&one, &one]), Err(Denied::ProofRepeated));
    assert_eq!(bench.check("DPoP", &token, &[&format!("{one}, {other}")]), Err(Denied::ProofRepeated));
    assert_eq!(bench.check("DPoP", &token, &[&format!(" {one}\t")]), Ok(()));
}

#[test]
fn proof_that_is_no_signed_jwt() {
    let (bench, token, proof) = good();
    let (header, claims) = (proof.header_text(), proof.claims_text());
    let signed = proof.sign();
    let twice = |text: &str, member: &str| with_member(text, member);
    answers(
        &bench,
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
            ("no octets", compact("", "", ""), Some(Denied::ProofMalformed)),
        ],
    );
}

#[test]
fn proof_limits() {
    let (bench, token, proof) = good();
    let long = |len: usize| {
        let short = proof.sign();
        // Four characters for three octets; some lengths cannot be had.
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
    answers(
        &bench,
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
    let (bench, token, proof) = good();
    let typ = |typ: &str| proof.clone().header("typ", typ).sign();
    answers(
        &bench,
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
    let (bench, token, proof) = good();
    let alg = |alg: &str| proof.clone().header("alg", alg).sign();
    let unsigned = compact(r#"{"alg":"none","typ":"dpop+jwt"}"#, "{}", "x");
    let denied = Some(Denied::ProofAlgorithmNotAllowed);
    answers(
        &bench,
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
    let bench = bench.policy(|policy| policy.with_dpop(DpopRule::new(OTHERS).unwrap()));
    answers(&bench, &token, [("not of the policy", proof.sign(), denied)]);
    // Every algorithm can be allowed.
    for (name, seed) in [("ES384", 2), ("ES512", 2), ("EdDSA", 2), ("RS256", 1), ("PS256", 1), ("RS512", 2)] {
        let client = Key::new(name, "client", seed);
        let bench = DpopBench { client, ..DpopBench::new(&es()) };
        let token = bench.token(&es()).sign();
        assert_eq!(bench.check("DPoP", &token, &[&bench.proof(&token).sign()]), Ok(()), "{name}");
    }
}

#[test]
fn proof_keys() {
    let (bench, token, proof) = good();
    let jwk = |name: &str, value: serde_json::Value| proof.clone().jwk(name, value).sign();
    let x = public_jwk(&bench.client)["x"].as_str().unwrap().to_owned();
    let symmetric = json!({"kty": "oct", "k": "AAAA"});
    let weak = json!({"kty": "RSA", "n": b64(&[0x81; 128]), "e": "AQAB"});
    let unusable = Some(Denied::ProofKeyUnusable);
    answers(
        &bench,
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
    let mut off = public_jwk(&bench.client);
    off["y"] = off["x"].clone();
    let text = format!(r#"{{"crv":"P-256","kty":"EC","x":{},"y":{}}}"#, off["x"], off["y"]);
    let token = Token::good(&es()).claim("cnf", json!({"jkt": b64(&Sha256::digest(text))})).sign();
    let proof = bench.proof(&token);
    answers(&bench, &token, [("off the curve", proof.clone().header("jwk", off).sign(), unusable)]);
    let weak = json!({"kty": "RSA", "n": b64(&[0x81; 128]), "e": "AQAB"});
    let text = format!(r#"{{"e":"AQAB","kty":"RSA","n":{}}}"#, weak["n"]);
    let token = Token::good(&es()).claim("cnf", json!({"jkt": b64(&Sha256::digest(text))})).sign();
    let proof = bench.proof(&token).header("alg", "RS256").header("jwk", weak).sign();
    answers(&bench, &token, [("RSA of 1024 bits", proof, unusable)]);
}

#[test]
fn proof_of_another_key() {
    let (bench, token, proof) = good();
    let thief = Key::es256("thief", 66);
    let own = ProofForge::good(&thief, &token).sign();
    assert_eq!(bench.check("DPoP", &token, &[&own]), Err(Denied::ProofWrongKey));
    let forged = proof.clone().signed_by(&thief).sign();
    assert_eq!(bench.check("DPoP", &token, &[&forged]), Err(Denied::ProofBadSignature));
    let signed = proof.sign();
    let (input, _) = signed.rsplit_once('.').unwrap();
    let other = format!("{input}.{}", b64(&[1; 64]));
    assert_eq!(bench.check("DPoP", &token, &[&other]), Err(Denied::ProofBadSignature));
    let short = format!("{input}.{}", b64(&[1; 63]));
    assert_eq!(bench.check("DPoP", &token, &[&short]), Err(Denied::ProofBadSignature));
}

#[test]
fn proof_claims_that_are_missing_or_of_another_type() {
    let (bench, token, proof) = good();
    for name in ["jti", "htm", "htu", "iat", "ath"] {
        answers(
            &bench,
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
        answers(&bench, &token, [(name, proof.clone().claim(name, 1).sign(), Some(Denied::ProofMalformed))]);
    }
    answers(
        &bench,
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
    let (bench, token, proof) = good();
    for method in ["post", "Post", "GET", "POST ", ""] {
        let proof = proof.clone().claim("htm", method).sign();
        assert_eq!(bench.check("DPoP", &token, &[&proof]), Err(Denied::ProofWrongMethod), "{method}");
    }
}

#[test]
fn proof_of_another_uri() {
    let (bench, token, proof) = good();
    let uri = |uri: &str| proof.clone().claim("htu", uri).sign();
    let wrong = Some(Denied::ProofWrongUri);
    answers(
        &bench,
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
    let (bench, token, proof) = good();
    let other = bench.token(&es()).claim("jti", "token-2").sign();
    let of_other = bench.proof(&other).sign();
    let hash = Sha256::digest(&token);
    let ath = |ath: String| proof.clone().claim("ath", ath).sign();
    let wrong = Some(Denied::ProofWrongToken);
    let hex: String = hash.iter().map(|octet| format!("{octet:02x}")).collect();
    let escaped = proof.claims_text().replacen(&b64(&hash), &b64(&hash).replacen('A', "\\u0041", 1), 1);
    answers(
        &bench,
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
        answers(&bench, &token, [("escaped", proof.sign_texts(&proof.header_text(), &escaped), wrong)]);
    }
}

#[test]
fn proof_of_another_time() {
    let (bench, token, proof) = good();
    let at = |seconds: f64| proof.clone().claim("iat", NOW as f64 + seconds).sign();
    // 300 seconds, and 60 of leeway in both directions.
    answers(
        &bench,
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
    let short = bench.rule(|rule| rule.with_max_age(10).unwrap());
    answers(&short, &token, [("70", at(-70.0), None), ("71", at(-71.0), Some(Denied::ProofTooOld))]);
}

/// A proof is looked at only behind a token that is good in every other respect, and its signature only when
/// all else of it is right: nothing that costs can be had for less.
#[test]
fn proofs_come_last() {
    let (bench, _, _) = good();
    let token = bench.token(&es());
    for (token, denied) in [
        (token.clone().claim("exp", NOW - 100).claim("iat", NOW - 200), Denied::Expired),
        (token.clone().claim("scope", "x"), Denied::ScopeMissing),
        (token.clone().claim("aud", "x"), Denied::WrongAudience),
    ] {
        assert_eq!(bench.check("DPoP", &token.sign(), &["?"]), Err(denied));
    }
    let signed = token.sign();
    let thief = Key::es256("thief", 66);
    let forged = bench.proof(&signed).signed_by(&thief);
    assert_eq!(
        bench.check("DPoP", &signed, &[&forged.clone().claim("htm", "PUT").sign()]),
        Err(Denied::ProofWrongMethod)
    );
    assert_eq!(bench.check("DPoP", &signed, &[&forged.sign()]), Err(Denied::ProofBadSignature));
    // None of these has used the proof up.
    assert_eq!(bench.check("DPoP", &signed, &[&bench.proof(&signed).sign()]), Ok(()));
}

#[test]
fn a_proof_is_good_once() {
    let (bench, token, proof) = good();
    let signed = proof.sign();
    // Explaining uses nothing up.
    for _ in 0..2 {
        assert_eq!(bench.explain("DPoP", &token, &[&signed]).unwrap().denied(), None);
    }
    assert_eq!(bench.check("DPoP", &token, &[&signed]), Ok(()));
    assert_eq!(bench.check("DPoP", &token, &[&signed]), Err(Denied::Replayed));
    assert_eq!(bench.explain("DPoP", &token, &[&signed]).unwrap().denied(), Some(Denied::Replayed));
    // The same id in another proof, and with another signature.
    let again = proof.clone().claim("iat", NOW + 1).sign();
    assert_eq!(bench.check("DPoP", &token, &[&again]), Err(Denied::Replayed));
    let escaped =
        proof.sign_texts(&proof.header_text(), &proof.claims_text().replace("proof-1", "proof\\u002d1"));
    assert_eq!(bench.check("DPoP", &token, &[&escaped]), Err(Denied::Replayed));
    assert_eq!(bench.check("DPoP", &token, &[&proof.clone().claim("jti", "proof-2").sign()]), Ok(()));
    // As long as it would be fresh, and the moment after.
    assert_eq!(bench.clone().later(360).check("DPoP", &token, &[&signed]), Err(Denied::Replayed));
    assert_eq!(bench.clone().later(361).check("DPoP", &token, &[&signed]), Err(Denied::ProofTooOld));
    // Another client's proofs are its own.
    let other = DpopBench { client: Key::es256("other", 10), ..bench };
    let token = other.token(&es()).sign();
    assert_eq!(other.check("DPoP", &token, &[&other.proof(&token).sign()]), Ok(()));
}

/// CAMARA asks for it: the id must not come again while the token lives, in whatever proof.
#[test]
fn ids_are_remembered_while_the_token_lives() {
    let (bench, token, proof) = good();
    let late = |bench: &DpopBench| {
        let again = proof.clone().claim("iat", NOW + 500).sign();
        bench.check("DPoP", &token, &[&proof.sign()]).unwrap();
        bench.clone().later(500).check("DPoP", &token, &[&again])
    };
    assert_eq!(late(&bench), Ok(()));
    let camara = DpopBench { window: Some(replay_window(4, 10, 3600)), ..bench }
        .rule(|rule| rule.with_replay_memory(ReplayMemory::WhileTokenLives));
    assert_eq!(late(&camara), Err(Denied::Replayed));
}

/// Real threads, one proof: exactly one is granted, in every round.
#[test]
fn one_proof_for_many_workers() {
    const WORKERS: usize = 4;
    let (bench, token, proof) = good();
    let bench = DpopBench { window: Some(replay_window(512, 500, 3600)), ..bench };
    let proofs: Vec<_> =
        (0..100).map(|round| proof.clone().claim("jti", format!("r{round}")).sign()).collect();
    let barrier = Barrier::new(WORKERS);
    let outcomes: Vec<Vec<_>> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS)
            .map(|_| {
                scope.spawn(|| {
                    let check = |proof: &String| {
                        barrier.wait();
                        bench.check("DPoP", &token, &[proof])
                    };
                    proofs.iter().map(check).collect()
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    for round in 0..proofs.len() {
        let of_round: Vec<_> = outcomes.iter().map(|worker| worker[round]).collect();
        let granted = of_round.iter().filter(|outcome| outcome.is_ok()).count();
        let refused = of_round.iter().filter(|outcome| **outcome == Err(Denied::Replayed)).count();
        assert_eq!((granted, refused), (1, WORKERS - 1), "{of_round:?}");
    }
}

#[test]
fn memory_of_proofs() {
    let (bench, token, proof) = good();
    let with = |window| DpopBench { window, ..bench.clone() };
    let id = |id: usize| proof.clone().claim("jti", format!("id-{id}")).sign();
    let missing = with(None);
    assert_eq!(missing.check("DPoP", &token, &[&id(0)]), Err(Denied::ReplayWindowMissing));
    assert_eq!(
        missing.explain("DPoP", &token, &[&id(0)]).unwrap().denied(),
        Some(Denied::ReplayWindowMissing)
    );
    let full = with(Some(replay_window(1, 10, 3600)));
    assert_eq!(full.check("DPoP", &token, &[&id(0)]), Ok(()));
    assert_eq!(full.check("DPoP", &token, &[&id(1)]), Err(Denied::ReplayWindowFull));
    let small = with(Some(replay_window(100, 2, 3600)));
    assert_eq!(small.check("DPoP", &token, &[&id(0)]), Ok(()));
    assert_eq!(small.check("DPoP", &token, &[&id(1)]), Ok(()));
    assert_eq!(small.check("DPoP", &token, &[&id(2)]), Err(Denied::ReplayQuotaExceeded));
    // The quota is the client's, not its key's.
    let other_key = DpopBench { client: Key::es256("other", 10), ..small.clone() };
    let bound = other_key.token(&es()).sign();
    let denied = other_key.check("DPoP", &bound, &[&other_key.proof(&bound).sign()]);
    assert_eq!(denied, Err(Denied::ReplayQuotaExceeded));
    let bound = small.token(&es()).claim("client_id", "client-2").sign();
    assert_eq!(small.check("DPoP", &bound, &[&small.proof(&bound).claim("jti", "x").sign()]), Ok(()));
    let short = with(Some(replay_window(10, 10, 100)));
    assert_eq!(short.check("DPoP", &token, &[&id(0)]), Err(Denied::ReplayLifeTooLong));
}

#[test]
fn clock_that_goes_back_behind_what_was_forgotten() {
    let (bench, token, proof) = good();
    let bench = DpopBench { window: Some(replay_window(1, 10, 3600)), ..bench };
    let used = proof.sign();
    assert_eq!(bench.check("DPoP", &token, &[&used]), Ok(()));
    let ahead = bench.clone().later(500);
    let other = proof.clone().claim("jti", "proof-2").claim("iat", NOW + 500).sign();
    assert_eq!(ahead.check("DPoP", &token, &[&other]), Ok(()));
    assert_eq!(bench.check("DPoP", &token, &[&used]), Err(Denied::ClockWentBack));
    let mut without = bench;
    without.bench.now = Now::NotTrusted;
    assert_eq!(without.check("DPoP", &token, &[&used]), Err(Denied::ClockNotTrusted));
}

#[test]
fn nonces() {
    let (bench, token, proof) = good();
    let nonce = |nonce: &str| proof.clone().claim("nonce", nonce).sign();
    let required = bench.clone().rule(|rule| rule.with_nonce(NonceRule::Required { life: 60 }).unwrap());
    let lent = |bench: &DpopBench, previous| DpopBench {
        nonces: Some(DpopNonces { current: b"n-2", previous }),
        ..bench.clone()
    };
    assert_eq!(required.check("DPoP", &token, &[&nonce("n-2")]), Err(Denied::NoncesMissing));
    let both = lent(&required, Some(b"n-1"));
    answers(
        &both,
        &token,
        [
            ("current", nonce("n-2"), None),
            ("previous", nonce("n-1"), None),
            ("none", proof.sign(), Some(Denied::ProofNonceMissing)),
            ("old", nonce("n-0"), Some(Denied::ProofNonceStale)),
            ("longer", nonce("n-22"), Some(Denied::ProofNonceStale)),
            ("empty", nonce(""), Some(Denied::ProofNonceStale)),
            ("case", nonce("N-2"), Some(Denied::ProofNonceStale)),
        ],
    );
    answers(&lent(&required, None), &token, [("previous", nonce("n-1"), Some(Denied::ProofNonceStale))]);
    answers(&lent(&required, Some(b"")), &token, [("empty", nonce(""), Some(Denied::ProofNonceStale))]);
    // Not demanded: what is there must be good all the same, where the host gives any out.
    answers(
        &lent(&bench, None),
        &token,
        [
            ("none", proof.sign(), None),
            ("current", nonce("n-2"), None),
            ("old", nonce("n-0"), Some(Denied::ProofNonceStale)),
        ],
    );
    answers(&bench, &token, [("nobody gives any out", nonce("x"), None)]);
    // The memory is as short as the nonce's life: a window made for 61 seconds suffices.
    let short = DpopBench { window: Some(replay_window(4, 10, 61)), ..both };
    assert_eq!(short.check("DPoP", &token, &[&nonce("n-2")]), Ok(()));
    assert_eq!(short.clone().later(60).check("DPoP", &token, &[&nonce("n-2")]), Err(Denied::Replayed));
    let short = DpopBench { window: Some(replay_window(4, 10, 60)), ..short };
    assert_eq!(short.check("DPoP", &token, &[&nonce("n-2")]), Err(Denied::ReplayLifeTooLong));
}

#[test]
fn digests_of_the_request() {
    let (bench, token, proof) = good();
    let digest = |octets: &[u8]| b64(&Sha256::digest(octets));
    let (query, body) = (b"a=b&c=%20".as_slice(), b"{\"phoneNumber\":\"+1\"}".as_slice());
    let hash: &'static [u8; 32] = Box::leak(Box::new(Sha256::digest(body).into()));
    let qh = |value: &str| proof.clone().claim("camara:qh", value);
    let bh = |value: &str| proof.clone().claim("camara:bh", value);
    let (wrong_query, wrong_body) = (Some(Denied::ProofWrongQuery), Some(Denied::ProofWrongBody));
    let of = |digests, query, body| DpopBench {
        query,
        body,
        ..bench.clone().rule(|rule| rule.with_request_digests(digests))
    };
    use RequestDigests::{Body, Query, QueryAndBody};
    answers(
        &of(Query, Some(Some(query)), None),
        &token,
        [
            ("right", qh(&digest(query)).sign(), None),
            ("missing", proof.sign(), wrong_query),
            ("with the question mark", qh(&digest(b"?a=b&c=%20")).sign(), wrong_query),
            ("decoded", qh(&digest(b"a=b&c= ")).sign(), wrong_query),
            ("no digest", qh("a").sign(), wrong_query),
            ("a number", proof.clone().claim("camara:qh", 1).sign(), Some(Denied::ProofMalformed)),
        ],
    );
    answers(
        &of(Query, Some(None), None),
        &token,
        [("none, none said", proof.sign(), None), ("none, one said", qh(&digest(b"")).sign(), wrong_query)],
    );
    answers(&of(Query, Some(Some(b"")), None), &token, [("empty", qh(&digest(b"")).sign(), None)]);
    answers(
        &of(Body, None, Some(Some(hash))),
        &token,
        [
            ("right", bh(&digest(body)).sign(), None),
            ("missing", proof.sign(), wrong_body),
            ("another", bh(&digest(b"{}")).sign(), wrong_body),
        ],
    );
    answers(
        &of(Body, None, Some(None)),
        &token,
        [("none, none said", proof.sign(), None), ("none, one said", bh(&digest(b"")).sign(), wrong_body)],
    );
    answers(
        &of(QueryAndBody, Some(Some(query)), Some(Some(hash))),
        &token,
        [
            ("both", qh(&digest(query)).claim("camara:bh", digest(body)).sign(), None),
            ("query alone", qh(&digest(query)).sign(), wrong_body),
            ("body alone", bh(&digest(body)).sign(), wrong_query),
        ],
    );
    // A host that does not say what the request was must not be taken for one without query or body.
    let unsaid = Some(Denied::RequestDetailsMissing);
    answers(&of(Query, None, None), &token, [("query", proof.sign(), unsaid)]);
    answers(&of(Body, None, None), &token, [("body", proof.sign(), unsaid)]);
    // Not demanded: not looked at.
    answers(&bench, &token, [("not demanded", qh("x").claim("camara:bh", "y").sign(), None)]);
}

#[test]
fn certificates() {
    let bench = DpopBench::new(&es());
    let print = [7; 32];
    let token = Token::good(&es()).claim("cnf", json!({"x5t#S256": b64(&print)})).sign();
    let shown = |certificate| DpopBench { certificate, ..bench.clone() };
    assert_eq!(shown(Some(print)).check("Bearer", &token, &[]), Ok(()));
    assert_eq!(shown(None).check("Bearer", &token, &[]), Err(Denied::CertificateMissing));
    for bit in 0..256 {
        let mut other = print;
        other[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(shown(Some(other)).check("Bearer", &token, &[]), Err(Denied::CertificateMismatch));
    }
    // Under DPoP it would have to be bound to a key.
    let proof = bench.proof(&token).sign();
    assert_eq!(shown(Some(print)).check("DPoP", &token, &[&proof]), Err(Denied::TokenNotBound));
    // A certificate that nobody asks for does no harm.
    assert_eq!(shown(Some(print)).check("Bearer", &Token::good(&es()).sign(), &[]), Ok(()));
}

#[test]
fn key_and_certificate_must_both_be_proven() {
    let bench = DpopBench::new(&es());
    let print = [7; 32];
    let cnf = json!({"x5t#S256": b64(&print), "jkt": thumbprint(&bench.client)});
    let token = Token::good(&es()).claim("cnf", cnf).sign();
    let proof = bench.proof(&token).sign();
    let shown = |certificate| DpopBench { certificate, ..bench.clone() };
    assert_eq!(shown(Some(print)).check("Bearer", &token, &[]), Err(Denied::BindingNotProven));
    assert_eq!(shown(None).check("DPoP", &token, &[&proof]), Err(Denied::CertificateMissing));
    assert_eq!(shown(Some([8; 32])).check("DPoP", &token, &[&proof]), Err(Denied::CertificateMismatch));
    assert_eq!(shown(Some(print)).check("DPoP", &token, &[]), Err(Denied::ProofMissing));
    assert_eq!(shown(Some(print)).check("DPoP", &token, &[&proof]), Ok(()));
}

#[test]
fn products_that_demand_a_bound_token() {
    use SenderBinding::{AsTheTokenSays, Certificate, Dpop, Either};
    let print = [7; 32];
    let bench = DpopBench { certificate: Some(print), ..DpopBench::new(&es()) };
    let by_key = bench.token(&es()).sign();
    let proof = |id: &str| bench.proof(&by_key).claim("jti", id).sign();
    let by_certificate = Token::good(&es()).claim("cnf", json!({"x5t#S256": b64(&print)})).sign();
    let unbound = Token::good(&es()).sign();
    let missing = Err(Denied::BindingMissing);
    for (binding, expected) in [
        (AsTheTokenSays, [Ok(()), Ok(()), Ok(())]),
        (Dpop, [missing, missing, Ok(())]),
        (Certificate, [missing, Ok(()), missing]),
        (Either, [missing, Ok(()), Ok(())]),
    ] {
        let bench = bench.clone().policy(|policy| policy.with_sender_binding(binding).unwrap());
        let answers = [
            bench.check("Bearer", &unbound, &[]),
            bench.check("Bearer", &by_certificate, &[]),
            bench.check("DPoP", &by_key, &[&proof(&format!("{binding:?}"))]),
        ];
        assert_eq!(answers, expected, "{binding:?}");
        // Explained alike.
        let explained = bench.explain("Bearer", &unbound, &[]).unwrap().denied();
        assert_eq!(explained, expected[0].err());
    }
}

/// A proof belongs to a request; the claims' rules fail each by themselves beside it.
#[test]
fn explained_to_the_end() {
    let bench = DpopBench::new(&es());
    let token = bench.token(&es()).claim("scope", "x").sign();
    let explanation =
        bench.explain("DPoP", &token, &[&bench.proof(&token).claim("htm", "GET").sign()]).unwrap();
    let failed: Vec<_> = explanation
        .verdicts()
        .filter_map(|(rule, verdict)| match verdict {
            Verdict::Failed(denied) => Some((rule.name(), denied)),
            Verdict::NotJudged => Some((rule.name(), Denied::NoCredentials)),
            Verdict::Passed => None,
        })
        .collect();
    let expected = [
        ("scope", Denied::ScopeMissing),
        ("proof", Denied::ProofWrongMethod),
        ("replay", Denied::NoCredentials),
    ];
    assert_eq!(failed, expected);
}

/// What is judged by `judge` alone has no sender: a bound token is refused.
#[test]
fn judging_claims_alone_grants_no_bound_token() {
    let bench = DpopBench::new(&es());
    let token = bench.token(&es()).sign();
    jotgate_tests::forge::with_scratch(|scratch| {
        let validator = bench.bench.validator();
        let unverified = jotgate_core::Unverified::read(token.as_bytes(), scratch).unwrap();
        let key = validator.select(&unverified, &mut jotgate_core::WorkerState::new()).unwrap();
        let authentic = unverified.verify(key).unwrap();
        for scheme in [Scheme::Bearer, Scheme::Dpop] {
            let denied = validator.judge(&authentic, scheme, bench.bench.now).err();
            assert_eq!(denied, Some(Denied::BindingNotProven));
        }
    });
}

/// In both dialects the DPoP reasons are known; nothing of the proof is repeated.
#[test]
fn dialects_do_not_change_the_decision() {
    let (bench, token, proof) = good();
    let camara = bench.policy(|policy| policy.with_dialect(Dialect::Camara));
    let proof = proof.claim("htm", "GET").sign();
    assert_eq!(camara.check("DPoP", &token, &[&proof]), Err(Denied::ProofWrongMethod));
    assert_eq!(good_claims()["cnf"], json!(null), "the default token is bound to nobody");
}
