//! The explanation of a token: every rule judged that can be, and the same answer as the check.

use jotgate_core::{Denied, Now, PurposeForm, PurposeRule, Rule, Verdict, Within};
use jotgate_tests::forge::{Fixture, Key, NOW, Token, es, raw};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The rules that failed, with their reasons, and those that were not judged.
fn told(fixture: &Fixture, token: &str) -> (Vec<(&'static str, Denied)>, Vec<&'static str>) {
    let explanation = fixture.explain(token);
    assert_eq!(explanation.denied(), fixture.denied(token));
    assert!(explanation.verdicts().map(|(rule, _)| rule).eq(Rule::ALL));
    let mut failed = vec![];
    let mut not_judged = vec![];
    for (rule, verdict) in explanation.verdicts() {
        match verdict {
            Verdict::Passed => {}
            Verdict::Failed(denied) => failed.push((rule.name(), denied)),
            Verdict::NotJudged => not_judged.push(rule.name()),
        }
    }
    (failed, not_judged)
}

fn names(rules: &[Rule]) -> Vec<&'static str> {
    rules.iter().map(|rule| rule.name()).collect()
}

#[test]
fn a_good_token_passes_every_rule() {
    assert_eq!(told(&Fixture::new(&[&es()]), &Token::good(&es()).sign()), (vec![], vec![]));
}

#[test]
fn goes_on_behind_a_claim_that_fails() {
    let fixture = Fixture::new(&[&es()]);
    let token = Token::good(&es())
        .header("typ", "JWT")
        .claim("exp", NOW - 100)
        .claim("iat", NOW - 700)
        .claim("nbf", NOW + 100)
        .claim("aud", "https://x.example")
        .claim("azp", "client-2")
        .claim("scope", "openid")
        .claim("cnf", json!({"jkt": "a"}))
        .without("sub")
        .without("jti");
    let failed = vec![
        ("type", Denied::WrongType),
        ("expiry", Denied::Expired),
        ("not_before", Denied::NotYetValid),
        ("audience", Denied::WrongAudience),
        ("subject", Denied::SubjectMissing),
        ("token_id", Denied::TokenIdMissing),
        ("client", Denied::ClientsDisagree),
        ("scope", Denied::ScopeMissing),
        ("binding", Denied::ConfirmationMalformed),
    ];
    // Nobody knows what would have to be proven.
    assert_eq!(told(&fixture, &token.sign()), (failed, vec!["proof", "replay"]));
}

#[test]
fn nothing_is_judged_behind_form_key_and_signature() {
    let fixture = Fixture::new(&[&es()]);
    let stranger = Token::good(&Key::es256("es-1", 66)).claim("exp", 1).sign();
    for (token, at, denied) in [
        ("opaque".to_owned(), 0, Denied::NotJwt),
        (Token::good(&es()).header("kid", "?").claim("exp", 1).sign(), 1, Denied::UnknownKid),
        (Token::good(&es()).claim("iss", "?").claim("exp", 1).sign(), 1, Denied::IssuerUnknown),
        (stranger, 2, Denied::BadSignature),
    ] {
        let expected = (vec![(Rule::ALL[at].name(), denied)], names(&Rule::ALL[at + 1..]));
        assert_eq!(told(&fixture, &token), expected);
    }
}

/// Rules that need the time fail each by itself; the others are judged.
#[test]
fn without_a_clock() {
    let mut fixture =
        Fixture::new(&[&es()]).policy(|policy| policy.with_max_age(Within::Seconds(600)).unwrap());
    fixture.now = Now::NotTrusted;
    let failed = ["clock", "expiry", "issued_at", "age"].map(|rule| (rule, Denied::ClockNotTrusted));
    assert_eq!(told(&fixture, &Token::good(&es()).sign()), (failed.to_vec(), vec![]));
}

#[test]
fn names_of_rules_are_unique() {
    let mut all = names(&Rule::ALL);
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), Rule::ALL.len());
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(null)),
        Just(json!("")),
        Just(json!(NOW)),
        Just(json!(NOW - 1000)),
        Just(json!(NOW + 1000)),
        Just(json!(["sim-swap", "openid"])),
        Just(json!("sim-swap dpv:Security")),
        Just(json!("dpv:A dpv:B")),
        Just(json!("client-1")),
        Just(json!({"jkt": "a"})),
        Just(json!("Bearer")),
        Just(json!(1e300)),
    ]
}

fn claim() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "iss",
        "sub",
        "aud",
        "exp",
        "nbf",
        "iat",
        "jti",
        "client_id",
        "azp",
        "scope",
        "acr",
        "auth_time",
        "cnf",
        "typ",
        "nonce",
        "sid",
        "purpose",
    ])
}

fn header() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec!["alg", "kid", "typ", "cty", "crit", "b64", "jwk", "x5t", "zip"])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    #[test]
    fn denied_is_what_the_check_says(
        claims in proptest::collection::vec((claim(), proptest::option::of(value())), 0..3),
        headers in proptest::collection::vec((header(), value()), 0..2),
        seed in prop_oneof![9 => Just(1_u8), 1 => Just(66)],
        byte in proptest::option::weighted(0.2, (any::<proptest::sample::Index>(), any::<u8>())),
        purpose in any::<bool>(),
    ) {
        let mut token = Token::good(&Key::es256("es-1", seed));
        for (name, value) in headers {
            token = token.header(name, value);
        }
        for (name, value) in claims {
            let set = token.claim(name, value.clone().unwrap_or_default());
            token = if value.is_some() { set } else { set.without(name) };
        }
        let mut token = token.sign().into_bytes();
        if let Some((at, byte)) = byte {
            let at = at.index(token.len());
            token[at] = byte;
        }
        let mut fixture = Fixture::new(&[&es()]);
        if purpose {
            let rule = PurposeRule::OneOf(&["Security"], PurposeForm::Scope);
            fixture = fixture.policy(|policy| policy.with_purpose(rule).unwrap());
        }
        prop_assert_eq!(fixture.explain(&token).denied(), fixture.denied(&token));
    }
}

/// The forge's own good token, raw, for the record of what the property test starts from.
#[test]
fn raw_and_built_tokens_are_one() {
    let token = Token::good(&es());
    assert_eq!(raw(&es(), token.header_text(), token.claims_text()), token.sign());
}
