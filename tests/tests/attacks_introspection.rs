//! Attacks on the question to the authorization server (RFC 7662): grants without an answer, answers about other tokens,
//! answers that are none.

use jotgate_core::{
    Checked, Denied, Inquiry, Introspection, IntrospectionRule, Now, Presented, Rule, UnixSeconds, Verdict,
    WhenUnanswered, WorkerState,
};
use jotgate_tests::forge::{AUDIENCE, Fixture, ISSUER, Key, NOW, Token, es, record, with_scratch};
use serde_json::{Value, json};

fn fixture(when_unanswered: WhenUnanswered) -> Fixture {
    Fixture::new(&[&es()])
        .policy(|policy| policy.with_introspection(IntrospectionRule::Asked(when_unanswered)))
}

/// Asks about this token; `complete` has the question.
fn asked<T>(fixture: &Fixture, token: &str, complete: impl FnOnce(Inquiry<'_>) -> T) -> Result<T, Denied> {
    with_scratch(|scratch| {
        let mut worker = WorkerState::new();
        let checked = fixture.validator().check_or_ask(
            Presented::bearer(token.as_bytes()),
            fixture.now,
            scratch,
            &mut worker,
        );
        match checked? {
            Checked::Asking(inquiry) => Ok(complete(inquiry)),
            Checked::Granted(_) => panic!("granted, and nobody was asked"),
        }
    })
}

fn now(later: i64) -> Now {
    Now::Trusted(UnixSeconds(NOW + later))
}

/// What becomes of a good token with this answer.
fn answered(response: impl AsRef<[u8]>) -> Option<Denied> {
    let (fixture, token) = (fixture(WhenUnanswered::Allow), Token::good(&es()).sign());
    let outcome = asked(&fixture, &token, |inquiry| {
        with_scratch(|scratch| inquiry.answered(response.as_ref(), now(1), scratch).err())
    })
    .unwrap();
    record::answered(&fixture, &token, response.as_ref(), NOW + 1, outcome);
    outcome
}

fn said() -> Value {
    json!({
        "active": true, "iss": ISSUER, "sub": "user-1", "client_id": "client-1", "jti": "token-1",
        "exp": NOW + 600, "iat": NOW, "nbf": NOW, "aud": ["a", AUDIENCE], "scope": "x sim-swap:check openid", "username": "u",
        "token_type": "Bearer"
    })
}

fn said_with(name: &str, value: impl Into<Value>) -> String {
    let mut said = said();
    said[name] = value.into();
    said.to_string()
}

#[test]
fn answers() {
    for (what, response, denied) in [
        ("everything", said().to_string(), None),
        ("nothing but the truth", r#"{"active":true}"#.to_owned(), None),
        ("escaped", r#"{"\u0061ctive":true,"sub":"us\u0065r-1"}"#.to_owned(), None),
        ("inactive", r#"{"active":false}"#.to_owned(), Some(Denied::IntrospectionInactive)),
        ("inactive, and more", said_with("active", false), Some(Denied::IntrospectionInactive)),
        ("another issuer", said_with("iss", "https://x"), Some(Denied::IntrospectionContradicts)),
        ("another subject", said_with("sub", "user-2"), Some(Denied::IntrospectionContradicts)),
        ("another client", said_with("client_id", "client-2"), Some(Denied::IntrospectionContradicts)),
        ("another token", said_with("jti", "token-2"), Some(Denied::IntrospectionContradicts)),
        // What the server says now counts, but it never lengthens a token's life.
        ("a later end", said_with("exp", NOW + 601), Some(Denied::IntrospectionContradicts)),
        ("an earlier end", said_with("exp", NOW + 599), None),
        ("an end that has come", said_with("exp", NOW - 59), Some(Denied::Expired)),
        ("an end within the leeway", said_with("exp", NOW - 58), None),
        ("a beginning within the leeway", said_with("nbf", NOW + 61), None),
        ("a beginning that is to come", said_with("nbf", NOW + 62), Some(Denied::NotYetValid)),
        ("one of the scopes", said_with("scope", "sim-swap:check"), None),
        ("another scope", said_with("scope", "openid"), Some(Denied::ScopeMissing)),
        ("a scope that the token lacks", said_with("scope", "sim-swap"), Some(Denied::ScopeMissing)),
        ("longer scopes", said_with("scope", "sim-swap:checks x:sim-swap:check"), Some(Denied::ScopeMissing)),
        ("no scope any more", said_with("scope", ""), Some(Denied::ScopeMissing)),
        (
            "scope that is none",
            said_with("scope", "sim-swap:check \u{e4}"),
            Some(Denied::IntrospectionMalformed),
        ),
        ("one audience", said_with("aud", AUDIENCE), None),
        ("another audience", said_with("aud", "https://x"), Some(Denied::WrongAudience)),
        ("other audiences", said_with("aud", vec!["a", "b"]), Some(Denied::WrongAudience)),
        ("no audience any more", said_with("aud", json!([])), Some(Denied::WrongAudience)),
        ("a key", said_with("cnf", json!({"jkt": "x"})), Some(Denied::IntrospectionContradicts)),
        ("an unknown binding", said_with("cnf", json!({"x": "x"})), Some(Denied::IntrospectionContradicts)),
    ] {
        assert_eq!(answered(&response), denied, "{what}");
    }
}

/// No policy makes an answer of these: the one here lets tokens pass about which there is no answer.
#[test]
fn answers_that_are_none() {
    for (what, response) in [
        ("nothing", String::new()),
        ("no JSON", "active".to_owned()),
        ("no object", "true".to_owned()),
        ("not whole", r#"{"active":true"#.to_owned()),
        ("something behind", r#"{"active":true}}"#.to_owned()),
        ("not said", "{}".to_owned()),
        ("as text", r#"{"active":"true"}"#.to_owned()),
        ("as a number", r#"{"active":1}"#.to_owned()),
        ("null", r#"{"active":null}"#.to_owned()),
        ("said twice", r#"{"active":false,"active":true}"#.to_owned()),
        ("said twice, escaped", r#"{"active":false,"\u0061ctive":true}"#.to_owned()),
        ("another case", r#"{"Active":true}"#.to_owned()),
    ] {
        assert_eq!(answered(&response), Some(Denied::IntrospectionMalformed), "{what}");
    }
    for name in ["iss", "sub", "client_id", "jti", "scope", "username", "token_type"] {
        for value in [json!(1), json!(null), json!(["a"])] {
            assert_eq!(answered(said_with(name, value)), Some(Denied::IntrospectionMalformed), "{name}");
        }
    }
    for name in ["exp", "iat", "nbf"] {
        for value in [json!("1"), json!(1.5), json!(1e30), json!(null)] {
            assert_eq!(answered(said_with(name, value)), Some(Denied::IntrospectionMalformed), "{name}");
        }
    }
    for value in [json!(1), json!([1]), json!({}), json!(null)] {
        assert_eq!(answered(said_with("aud", value)), Some(Denied::IntrospectionMalformed), "aud");
    }
    assert_eq!(answered(b"{\"active\":true,\"x\":\"\xff\"}"), Some(Denied::IntrospectionMalformed));
}

#[test]
fn no_answer() {
    let token = Token::good(&es()).sign();
    let unanswered = |when, later| {
        let complete =
            |inquiry: Inquiry<'_>| inquiry.unanswered(now(later)).map(|grant| grant.subject().is_some());
        asked(&fixture(when), &token, complete).unwrap()
    };
    assert_eq!(unanswered(WhenUnanswered::Deny, 1), Err(Denied::IntrospectionUnanswered));
    assert_eq!(unanswered(WhenUnanswered::Allow, 1), Ok(true));
}

/// `exp` and leeway are 600 and 60 seconds away.
#[test]
fn token_that_expires_while_asking() {
    let token = Token::good(&es()).sign();
    let late = |now| {
        let fixture = fixture(WhenUnanswered::Allow);
        let answered = |inquiry: Inquiry<'_>| {
            with_scratch(|scratch| inquiry.answered(br#"{"active":true}"#, now, scratch).err())
        };
        let unanswered = |inquiry: Inquiry<'_>| inquiry.unanswered(now).err();
        (asked(&fixture, &token, answered).unwrap(), asked(&fixture, &token, unanswered).unwrap())
    };
    assert_eq!(late(now(659)), (None, None));
    assert_eq!(late(now(660)), (Some(Denied::Expired), Some(Denied::Expired)));
    assert_eq!(late(Now::NotTrusted), (Some(Denied::ClockNotTrusted), Some(Denied::ClockNotTrusted)));
}

/// A host that never asks gets no grant, whatever the policy says about no answer.
#[test]
fn check_that_asks_nobody() {
    for when in [WhenUnanswered::Allow, WhenUnanswered::Deny] {
        let fixture = fixture(when);
        let token = Token::good(&es()).sign();
        assert_eq!(fixture.denied(&token), Some(Denied::IntrospectionNotAsked));
        let explanation = fixture.explain(&token);
        assert_eq!(explanation.denied(), Some(Denied::IntrospectionNotAsked));
        let failed: Vec<_> = explanation
            .verdicts()
            .filter(|(_, verdict)| *verdict != Verdict::Passed)
            .map(|(rule, _)| rule)
            .collect();
        assert_eq!(failed, [Rule::Introspection]);
    }
}

#[test]
fn only_good_tokens_are_asked_about() {
    let fixture = fixture(WhenUnanswered::Allow);
    let told = |token: String| asked(&fixture, &token, |_| ()).err();
    assert_eq!(told(Token::good(&es()).claim("exp", NOW - 100).sign()), Some(Denied::Expired));
    assert_eq!(told(Token::good(&es()).claim("scope", "x").sign()), Some(Denied::ScopeMissing));
    assert_eq!(told(Token::good(&Key::es256("es-1", 66)).sign()), Some(Denied::BadSignature));
    asked(&fixture, &Token::good(&es()).sign(), |inquiry| {
        assert_eq!((inquiry.issuer(), inquiry.token_id()), (ISSUER, Some("token-1")));
        assert_ne!(inquiry.signing_input_digest(), &[0; 32]);
        assert!(!format!("{inquiry:?}").contains("user-1"));
    })
    .unwrap();
}

#[test]
fn products_that_ask_nobody_grant_at_once() {
    let fixture = Fixture::new(&[&es()]);
    let token = Token::good(&es()).sign();
    with_scratch(|scratch| {
        let mut worker = WorkerState::new();
        let presented = Presented::bearer(token.as_bytes());
        let checked = fixture.validator().check_or_ask(presented, fixture.now, scratch, &mut worker);
        assert!(matches!(checked, Ok(Checked::Granted(grant)) if grant.subject() == Some("user-1")));
        assert_eq!((worker.granted(), worker.denied(), worker.asking()), (1, 0, 0));
    });
}

/// A question is its own count, whatever becomes of it; a denial stays one.
#[test]
fn questions_count_neither_as_granted_nor_as_denied() {
    let fixture = fixture(WhenUnanswered::Allow);
    let mut worker = WorkerState::new();
    let (good, expired) = (Token::good(&es()), Token::good(&es()).claim("exp", NOW - 100));
    for token in [good.sign(), expired.sign(), good.sign()] {
        with_scratch(|scratch| {
            let presented = Presented::bearer(token.as_bytes());
            let checked = fixture.validator().check_or_ask(presented, fixture.now, scratch, &mut worker);
            if let Ok(Checked::Asking(inquiry)) = checked {
                assert!(inquiry.unanswered(now(1)).is_ok());
            }
        });
    }
    assert_eq!((worker.granted(), worker.denied(), worker.asking()), (0, 1, 2));
    // Where only `check` is called, the product grants nothing.
    assert!(fixture.check_by(&mut worker, good.sign()).is_err());
    assert_eq!((worker.granted(), worker.denied(), worker.asking()), (0, 2, 2));
}

#[test]
fn members_of_a_response() {
    with_scratch(|scratch| {
        let response = said().to_string();
        let said = Introspection::read(response.as_bytes(), scratch).unwrap();
        assert!(said.is_active() && said.member("aud").is_some() && said.member("x").is_none());
    });
}

/// A scope that was withdrawn since the token was issued is held no longer, whatever the token says.
#[test]
fn withdrawn_scopes_are_not_held() {
    let token = Token::good(&es()).claim("scope", "a sim-swap b").sign();
    let held = |response: &str| {
        asked(&fixture(WhenUnanswered::Deny), &token, |inquiry| {
            let grant = with_scratch(|scratch| inquiry.answered(response.as_bytes(), now(1), scratch));
            let grant = grant.expect("granted");
            let scopes: Vec<_> = grant.scopes().filter_map(|scope| scope.as_plain()).collect();
            assert_eq!(
                ["a", "sim-swap", "b", "c"].map(|scope| grant.scopes().contains(scope)),
                ["a", "sim-swap", "b", "c"].map(|scope| scopes.contains(&scope))
            );
            (scopes.join(" "), grant.expires())
        })
        .unwrap()
    };
    let whole = UnixSeconds(NOW + 600);
    for (response, expected) in [
        (r#"{"active":true}"#, ("a sim-swap b", whole)),
        (r#"{"active":true,"scope":"sim-swap"}"#, ("sim-swap", whole)),
        (r#"{"active":true,"scope":"c b sim-s\u0077ap"}"#, ("sim-swap b", whole)),
        (r#"{"active":true,"scope":"b sim-swap a","exp":NOW}"#, ("a sim-swap b", UnixSeconds(NOW))),
    ] {
        let response = response.replace("NOW", &NOW.to_string());
        assert_eq!(held(&response), (expected.0.to_owned(), expected.1), "{response}");
    }
}
