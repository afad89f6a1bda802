//! Attacks by the members of header and claims: names given twice, names that are almost right, names that
//! demand something.
//!
//! | row | attack | test |
//! |---|---|---|
//! | 33 | names that make the search for duplicates slow | `search_for_duplicates_is_not_quadratic` |
//! | 33 | claims that are long where the policy is | `long_policies_do_not_read_long_tokens_often` |
//! | 34 | a name given twice, in any spelling, nested | `name_twice`, `last_of_many_names_twice`, `name_twice_inside` |
//! | 38 | names that a careless comparison takes | `names_that_are_almost_right` |
//! | 39 | header and claims in one name space | `header_and_claims_are_apart` |
//! | 40 | `crit` | `crit_that_breaks_the_rules`, `crit_that_is_lawful` |
//! | 41 | `b64`, `zip` | `unencoded_payload`, `compressed_token` |

use jotgate_core::{Denied, Issuer, Policy, Profile, ScopeClaim, ScopeForm, ScopeRule};
use jotgate_tests::forge::{AUDIENCE, Fixture, ISSUER, NOW, Token, b64, es, fixture, with_member};
use serde_json::{Map, Value, json};
use std::time::{Duration, Instant};

/// The token with one more member, as it is, in its header.
fn header(member: &str) -> String {
    let token = Token::good(&es());
    token.sign_header(with_member(&token.header_text(), member))
}

/// The token with one more member, as it is, in its claims.
fn claim(member: &str) -> String {
    let token = Token::good(&es());
    token.sign_payload(with_member(&token.claims_text(), member))
}

/// Every spelling in which `name` can be given again.
fn spellings(name: &str) -> Vec<String> {
    let escaped = |letter: u8| format!("\\u{letter:04x}");
    let all: String = name.bytes().map(escaped).collect();
    let upper = format!("\\u{:04X}{}", name.as_bytes()[0], &name[1..]);
    let last = format!("{}{}", &name[..name.len() - 1], escaped(name.as_bytes()[name.len() - 1]));
    vec![name.to_owned(), all, upper, last]
}

#[test]
fn name_twice() {
    let fixture = fixture();
    for name in ["alg", "typ", "kid"] {
        for name in spellings(name) {
            for value in ["null", "\"ES256\"", "[]"] {
                let token = header(&format!("\"{name}\":{value}"));
                assert_eq!(fixture.denied(token), Some(Denied::DuplicateMember), "{name}");
            }
        }
    }
    for name in ["iss", "sub", "aud", "exp", "iat", "jti", "client_id", "scope"] {
        for name in spellings(name) {
            for value in ["null", "\"admin\"", "9999999999"] {
                let token = claim(&format!("\"{name}\":{value}"));
                assert_eq!(fixture.denied(token), Some(Denied::DuplicateMember), "{name}");
            }
        }
    }
    // Names that mean nothing count as well, in any script.
    for (one, other) in
        [("x", "x"), ("x", "\\u0078"), ("\u{e4}", "\\u00e4"), ("\u{1f600}", "\\ud83d\\ude00"), ("", "")]
    {
        let members = format!("\"{one}\":1,\"{other}\":2");
        assert_eq!(fixture.denied(header(&members)), Some(Denied::DuplicateMember), "{one} {other}");
        assert_eq!(fixture.denied(claim(&members)), Some(Denied::DuplicateMember), "{one} {other}");
    }
    // Unlike names stay so: no normalisation, no case folding (RFC 7519, section 7.3).
    assert_eq!(fixture.denied(claim("\"\u{e4}\":1,\"a\\u0308\":2,\"X\":1,\"x\":2")), None);
}

/// Few names are compared as they come, many at the end: a pair is found wherever it stands.
#[test]
fn last_of_many_names_twice() {
    let fixture = fixture().policy(|policy| policy.with_max_token_len(16 * 1024).unwrap());
    for count in [20, 24, 25, 26, 60, 240] {
        for twin in [0, count / 2, count - 2] {
            let names: Vec<_> = (0..count).map(|at| format!("\"n{at}\":0")).collect();
            assert_eq!(fixture.denied(claim(&names.join(","))), None, "{count}");
            let token = claim(&format!("{},\"\\u006e{twin}\":0", names.join(",")));
            assert_eq!(fixture.denied(token), Some(Denied::DuplicateMember), "{twin} of {count}");
        }
    }
}

#[test]
fn name_twice_inside() {
    let fixture = fixture();
    for (what, member, denied) in [
        ("cnf", r#""cnf":{"jkt":"a","jkt":"b"}"#, Denied::DuplicateMember),
        ("cnf, escaped", r#""cnf":{"jkt":"a","\u006akt":"b"}"#, Denied::DuplicateMember),
        ("cnf without a pair", r#""cnf":{"jkt":"a","x5t#S256":"b"}"#, Denied::ConfirmationMalformed),
    ] {
        assert_eq!(fixture.denied(claim(member)), Some(denied), "{what}");
    }
    // What nobody interprets is checked for grammar only.
    assert_eq!(fixture.denied(claim(r#""x":{"a":1,"a":2}"#)), None);
}

/// The worst that a token can hold: as many names as lawful, all of one class of fingerprints or all escaped.
#[test]
fn search_for_duplicates_is_not_quadratic() {
    let fixture = fixture().policy(|policy| policy.with_max_token_len(16 * 1024).unwrap());
    let same_tail: Vec<_> = (0..240).map(|at| format!("\"{at:03}aaaaaaaaaaaaa\":0")).collect();
    let escaped: Vec<_> =
        (0..240).map(|at| format!("\"\\u0061\\u0061{at:03}{}\":0", "\\u0061".repeat(4))).collect();
    // Names whose fingerprints share their upper six bits, by which the reader sorts them roughly.
    let colliding: Vec<_> = colliding_names(64).iter().map(|name| format!("\"{name}\":0")).collect();
    for (what, names) in [("same tail", same_tail), ("escaped", escaped), ("colliding", colliding)] {
        let token = claim(&names.join(","));
        assert_eq!(fixture.denied(&token), None, "{what}");
        let start = Instant::now();
        for _ in 0..1000 {
            assert_eq!(fixture.denied(&token), None, "{what}");
        }
        // A fraction of a second, most of it the signature.
        assert!(start.elapsed() < Duration::from_secs(30), "{what} {:?}", start.elapsed());
    }
}

/// The least time of a few checks that all answer this.
fn least_time(fixture: &Fixture, token: &str, denied: Denied) -> Duration {
    let timed = || {
        let start = Instant::now();
        for _ in 0..20 {
            assert_eq!(fixture.denied(token), Some(denied));
        }
        start.elapsed()
    };
    (0..10).map(|_| timed()).min().expect("several")
}

/// What a policy names many things of is not looked for in the whole token each time.
#[test]
fn long_policies_do_not_read_long_tokens_often() {
    let escaped = |text: &str| text.bytes().map(|byte| format!("\\u{byte:04x}")).collect::<String>();
    let scopes: Vec<_> = (0..127).map(|at| format!("\"{}\"", escaped(&format!("scop{at:03}")))).collect();
    let token = Token::good(&es());
    let text = token.claims_text();
    let text = text.replace("\"scope\"", "\"s\"");
    let listed = token.sign_payload(with_member(&text, &format!("\"scope\":[{}]", scopes.join(","))));
    let ones = vec!["1"; 2_500].join(",");
    let long = token.sign_payload(with_member(&token.claims_text(), &format!("\"x\":[{ones}],\"y\":0")));

    let array = Profile::RFC9068.with_scope_claim(ScopeClaim::Scope, ScopeForm::Array);
    let issuers = [Issuer::new(ISSUER, array).unwrap()];
    let with_alternatives = |count: usize| {
        let alternatives: &[&str] = vec!["scop126 never"; count].leak();
        let policy = Policy::new(issuers.to_vec().leak(), &[AUDIENCE], ScopeRule::AnyOf(alternatives));
        least_time(&fixture().policy(|_| policy.unwrap()), &listed, Denied::ScopeMissing)
    };
    let with_required = |count: usize| {
        let mut names = vec!["y"; count];
        names[count - 1] = "never";
        let names: &[&str] = names.leak();
        let fixture = fixture().policy(|policy| policy.with_required_claims(names).unwrap());
        least_time(&fixture, &long, Denied::RequiredClaimMissing)
    };
    // Each time anew, it would be ten times as long.
    for (what, few, many) in [
        ("alternatives", with_alternatives(1), with_alternatives(32)),
        ("required claims", with_required(1), with_required(32)),
    ] {
        assert!(many < 4 * few, "{what}: {few:?} for one, {many:?} for 32");
    }
}

/// Names of eight letters and digits in one class of fingerprints: computed as the reader does.
fn colliding_names(count: usize) -> Vec<String> {
    let absorb = |state: u64, chunk: u64| {
        let mixed = (state ^ chunk).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 29)
    };
    let fingerprint = |name: &str| {
        let chunk = u64::from_le_bytes(name.as_bytes().try_into().unwrap());
        [chunk, 0, 8].into_iter().fold(0xbb67_ae85_84ca_a73b, absorb)
    };
    let names = (0_u32..).map(|number| format!("{number:08}"));
    names.filter(|name| fingerprint(name) >> 58 == 0).take(count).collect()
}

#[test]
fn names_that_are_almost_right() {
    let fixture = fixture();
    let token = Token::good(&es());
    for (right, denied) in [
        ("exp", Denied::ExpirationMissing),
        ("iss", Denied::IssuerMissing),
        ("aud", Denied::AudienceMissing),
        ("sub", Denied::SubjectMissing),
        ("jti", Denied::TokenIdMissing),
        ("iat", Denied::IssuedAtMissing),
        ("client_id", Denied::ClientMissing),
        ("scope", Denied::ScopeMissing),
    ] {
        let upper = right.to_uppercase();
        let mut capital = right.to_owned();
        capital[..1].make_ascii_uppercase();
        for almost in [
            upper,
            capital,
            format!("{right}X"),
            right[..right.len() - 1].to_owned(),
            format!(" {right}"),
            format!("{right} "),
            format!("{right}\0"),
            format!("{right}\u{200b}"),
            format!("\u{feff}{right}"),
        ] {
            let text = token.claims_text();
            let name = serde_json::to_string(&almost).unwrap();
            let payload = text.replace(&format!("\"{right}\":"), &format!("{name}:"));
            assert_ne!(text, payload);
            assert_eq!(fixture.denied(token.sign_payload(payload)), Some(denied), "{almost:?}");
        }
    }
    for almost in ["Alg", "ALG", "algX", "al"] {
        let header = token.header_text().replace("\"alg\":", &format!("\"{almost}\":"));
        assert_eq!(fixture.denied(token.sign_header(header)), Some(Denied::AlgorithmMissing), "{almost}");
    }
    // The right name in another spelling is the right name.
    for name in ["exp", "iss", "aud", "client_id"] {
        for spelled in spellings(name) {
            let payload = token.claims_text().replace(&format!("\"{name}\":"), &format!("\"{spelled}\":"));
            assert_eq!(fixture.denied(token.sign_payload(payload)), None, "{spelled}");
        }
    }
}

#[test]
fn header_and_claims_are_apart() {
    let token = Token::good(&es());
    fixture().answers([
        (
            "exp in the header",
            token.clone().without("exp").header("exp", NOW + 600).sign(),
            Some(Denied::ExpirationMissing),
        ),
        ("expired in the header", token.clone().header("exp", 1).sign(), None),
        (
            "iss in the header",
            token.clone().without("iss").header("iss", "https://as.example").sign(),
            Some(Denied::IssuerMissing),
        ),
        ("alg in the claims", token.clone().claim("alg", "none").sign(), None),
        (
            "alg in the claims only",
            token.clone().without_header("alg").claim("alg", "ES256").sign(),
            Some(Denied::AlgorithmMissing),
        ),
        (
            "typ in the claims only",
            token.without_header("typ").claim("typ", "at+jwt").sign(),
            Some(Denied::WrongType),
        ),
    ]);
}

#[test]
fn crit_that_breaks_the_rules() {
    let registered = [
        "alg", "apu", "apv", "crit", "cty", "enc", "epk", "iv", "jku", "jwk", "kid", "p2c", "p2s", "tag",
        "typ", "x5c", "x5t", "x5t#S256", "x5u",
    ];
    let token =
        Token::good(&es()).header("exp", 1).header("x5t", "a").header("x5t#S256", "b").header("p2c", 1);
    let shapes = [
        json!([]),
        json!("exp"),
        json!(null),
        json!({}),
        json!(true),
        json!(1),
        json!([1]),
        json!(["exp", 1]),
        json!([["exp"]]),
        json!(["exp", "exp"]),
        json!(["absent"]),
        json!(["exp", "absent"]),
        json!(["Exp"]),
        json!([""]),
    ];
    let named = registered.map(|name| json!([name]));
    for crit in shapes.into_iter().chain(named) {
        let denied = fixture().denied(token.clone().header("crit", crit.clone()).sign());
        assert_eq!(denied, Some(Denied::CritMalformed), "{crit}");
    }
    let many = json!((0..33).map(|at| format!("n{at}")).collect::<Vec<_>>());
    assert_eq!(fixture().denied(token.header("crit", many).sign()), Some(Denied::CritMalformed));
    assert_eq!(fixture().denied(header(r#""x":1,"crit":["x","\u0078"]"#)), Some(Denied::CritMalformed));
}

/// No extension is understood: lawful or not, the token is refused.
#[test]
fn crit_that_is_lawful() {
    for member in [
        r#""exp":1,"crit":["exp"]"#,
        r#""http://example.com/UNDEFINED":true,"crit":["http://example.com/UNDEFINED"]"#,
        r#""a":1,"b":2,"crit":["b","a"]"#,
        r#""a":1,"crit":["\u0061"]"#,
        r#""b64":true,"crit":["b64"]"#,
    ] {
        assert_eq!(fixture().denied(header(member)), Some(Denied::CritNotSupported), "{member}");
    }
    // A stranger's name that fits in a header as often as lawful.
    let names: Map<String, Value> = (0..28).map(|at| (format!("n{at}"), json!(0))).collect();
    let list = json!(names.keys().collect::<Vec<_>>());
    let members = format!("{},\"crit\":{list}", &json!(names).to_string().trim_matches(['{', '}']));
    assert_eq!(fixture().denied(header(&members)), Some(Denied::CritNotSupported));
}

#[test]
fn unencoded_payload() {
    let token = Token::good(&es());
    fixture().answers([
        ("alone", header(r#""b64":false"#), Some(Denied::UnencodedPayload)),
        ("named", header(r#""b64":false,"crit":["b64"]"#), Some(Denied::UnencodedPayload)),
        ("null", header(r#""b64":null"#), Some(Denied::HeaderWrongType)),
        ("text", header(r#""b64":"false""#), Some(Denied::HeaderWrongType)),
        ("number", header(r#""b64":0"#), Some(Denied::HeaderWrongType)),
        ("true", header(r#""b64":true"#), None),
    ]);
    // As RFC 7797 sends it: the payload is not encoded, and detached, or without dots.
    let encoded = b64(with_member(&token.header_text(), r#""b64":false,"crit":["b64"]"#).as_bytes());
    let signature = b64(&es().sign(format!("{encoded}.{{}}").as_bytes()));
    fixture().refuses([
        ("not encoded", format!("{encoded}.{{}}.{signature}"), Denied::UnencodedPayload),
        ("detached", format!("{encoded}..{signature}"), Denied::UnencodedPayload),
    ]);
}

#[test]
fn compressed_token() {
    for member in [r#""zip":"DEF""#, r#""zip":null"#, r#""zip":"DEF","enc":"A128GCM""#] {
        assert_eq!(fixture().denied(header(member)), Some(Denied::EncryptionHeader), "{member}");
    }
}
