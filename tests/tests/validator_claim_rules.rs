//! Rules about claims that nobody else looks at: each test with each type of value, at each place.

use jotgate_core::{
    ClaimRefusal, ClaimRule, ClaimTest, Container, Denied, PolicyError,
    limits::{MAX_CLAIM_PATH, MAX_CLAIM_RULES, MAX_CLAIM_VALUES},
};
use jotgate_tests::forge::{Fixture, fixture, good};
use serde_json::json;

type Test = ClaimTest<&'static str>;

fn product(rules: &[(&'static str, Test)]) -> Fixture {
    let rule =
        |(path, test): &(&'static str, Test)| ClaimRule::new(*path, *test, ClaimRefusal::Forbidden).unwrap();
    let rules: Vec<_> = rules.iter().map(rule).collect();
    fixture().policy(|policy| policy.with_claim_rules(rules.leak()).unwrap())
}

/// Whether a claim with this JSON text passes; `None` where it is missing.
fn passes(test: Test, value: Option<&str>) -> bool {
    let fixture = product(&[(r#"["x"]"#, test)]);
    let token = value.map_or_else(|| good().sign(), |value| good().sign_with("x", value));
    match fixture.denied(token) {
        None => true,
        Some(Denied::ClaimForbidden) => false,
        other => panic!("{test:?} {value:?}: {other:?}"),
    }
}

/// Values of every type, and missing.
const VALUES: [Option<&str>; 24] = [
    None,
    Some("null"),
    Some("true"),
    Some("false"),
    Some("\"gold\""),
    Some(r#""g\u006fld""#),
    Some("\"Gold\""),
    Some("\"gold silver\""),
    Some(r#""silver\u0020gold""#),
    Some("\"\""),
    Some("\"2\""),
    Some("2"),
    Some("2.0"),
    Some("2e0"),
    Some("2.5"),
    Some("-0"),
    Some("1e30"),
    Some("[]"),
    Some("[\"gold\"]"),
    Some(r#"["silver","g\u006fld",2]"#),
    Some("[[\"gold\"]]"),
    Some("[true,2]"),
    Some("{}"),
    Some("{\"gold\":\"gold\"}"),
];

#[test]
fn every_test_with_every_type() {
    use Container::{Array, ArrayOrWords};
    for (test, granted) in [
        (ClaimTest::Present, &VALUES[2..]),
        (ClaimTest::Absent, &VALUES[..2]),
        (ClaimTest::OneOf(r#"["gold"]"#), &[VALUES[4], VALUES[5]]),
        (
            ClaimTest::OneOf(r#"["g\u006fld", 2]"#),
            &[VALUES[4], VALUES[5], VALUES[11], VALUES[12], VALUES[13]],
        ),
        (ClaimTest::OneOf("[false]"), &[VALUES[3]]),
        (ClaimTest::OneOf("[0, true]"), &[VALUES[2], VALUES[15]]),
        (ClaimTest::OneOf(r#"["", "2"]"#), &[VALUES[9], VALUES[10]]),
        (ClaimTest::ContainsOneOf(r#"["gold", "tin"]"#, Array), &[VALUES[18], VALUES[19]]),
        (
            ClaimTest::ContainsOneOf(r#"["gold", "tin"]"#, ArrayOrWords),
            &[VALUES[4], VALUES[5], VALUES[7], VALUES[8], VALUES[18], VALUES[19]],
        ),
        (ClaimTest::ContainsOneOf("[2]", Array), &[VALUES[19], VALUES[21]]),
        (ClaimTest::ContainsAllOf(r#"["gold", "silver"]"#, Array), &[VALUES[19]]),
        (
            ClaimTest::ContainsAllOf(r#"["gold", "silver"]"#, ArrayOrWords),
            &[VALUES[7], VALUES[8], VALUES[19]],
        ),
        (ClaimTest::ContainsAllOf("[2, true]", Array), &[VALUES[21]]),
        (ClaimTest::Between(Some(2), Some(2)), &VALUES[11..14]),
        (ClaimTest::Between(Some(2), None), &[VALUES[11], VALUES[12], VALUES[13], VALUES[14], VALUES[16]]),
        (ClaimTest::Between(None, Some(2)), &[VALUES[11], VALUES[12], VALUES[13], VALUES[15]]),
        (ClaimTest::Between(Some(3), None), &[VALUES[16]]),
        (ClaimTest::Between(Some(3), Some(4)), &[]),
    ] {
        let granted_by: Vec<_> = VALUES.into_iter().filter(|value| passes(test, *value)).collect();
        assert_eq!(granted_by, granted, "{test:?}");
    }
}

#[test]
fn words_are_whole() {
    let test = ClaimTest::ContainsOneOf(r#"["gold"]"#, Container::ArrayOrWords);
    for (words, expected) in [
        ("gold", true),
        ("  gold  ", true),
        ("a gold", true),
        ("gold a", true),
        ("golden", false),
        ("old", false),
        ("a golden gol old", false),
        ("gold,silver", false),
        (" ", false),
    ] {
        assert_eq!(passes(test, Some(&json!(words).to_string())), expected, "{words:?}");
    }
    // Half of a surrogate pair is no character of any word.
    assert!(!passes(test, Some(r#""\ud800gold""#)));
    assert!(passes(test, Some(r#""\ud800 gold""#)));
}

#[test]
fn numbers_at_their_edges() {
    let at = |least, most| ClaimTest::Between(least, most);
    for (test, number, expected) in [
        (at(Some(i64::MIN), None), "-9223372036854775808", true),
        (at(None, Some(i64::MAX)), "9223372036854775807", true),
        (at(None, Some(i64::MAX)), "9223372036854775808", false),
        (at(Some(i64::MIN), None), "1e400", true),
        (at(None, Some(i64::MAX)), "1e400", false),
        (at(None, Some(i64::MIN)), "-1e400", true),
        (at(Some(i64::MIN), None), "-9223372036854775808.5", false),
        (at(Some(0), None), "9223372036854775807.5", true),
        (at(None, Some(i64::MAX)), "9223372036854775807.5", false),
        (at(Some(18), None), "17.999", false),
        (at(Some(18), None), "18.0", true),
        (at(Some(18), None), "1.8e1", true),
        (at(None, Some(5)), "5.001", false),
        (at(None, Some(-5)), "-5.5", true),
        (at(Some(-5), None), "-5.5", false),
        (at(Some(0), Some(0)), "-0.0", true),
    ] {
        assert_eq!(passes(test, Some(number)), expected, "{test:?} {number}");
    }
}

#[test]
fn paths() {
    let one = ClaimTest::OneOf(r#"["v"]"#);
    for (path, claim, value, expected) in [
        (r#"["a"]"#, "a", json!("v"), None),
        (r#"["a.b"]"#, "a.b", json!("v"), None),
        (r#"["a.b"]"#, "a", json!({"b": "v"}), Some(Denied::ClaimForbidden)),
        (r#"["a", "b"]"#, "a", json!({"b": "v"}), None),
        (r#"["a", "b"]"#, "a.b", json!("v"), Some(Denied::ClaimForbidden)),
        (r#"["a", "b"]"#, "a", json!("v"), Some(Denied::ClaimForbidden)),
        (r#"["a", "b"]"#, "a", json!([{"b": "v"}]), Some(Denied::ClaimForbidden)),
        (
            r#"["a", "b", "c", "d", "e", "f", "g", "h"]"#,
            "a",
            json!({"b": {"c": {"d": {"e": {"f": {"g": {"h": "v"}}}}}}}),
            None,
        ),
        (r#"["https://ns.example/tier.x"]"#, "https://ns.example/tier.x", json!("v"), None),
        (r#"["\u0061"]"#, "a", json!("v"), None),
    ] {
        assert_eq!(
            product(&[(path, one)]).denied(good().claim(claim, value).sign()),
            expected,
            "{path} {claim}"
        );
    }
    let escaped = good().claims_text().replacen('{', r#"{"\u0061":{"\u0062":"v"},"#, 1);
    assert_eq!(product(&[(r#"["a", "b"]"#, one)]).denied(good().sign_payload(escaped)), None);
}

/// What should have the claim must be an object, even where the claim must be absent.
#[test]
fn paths_through_other_types() {
    let fixture = product(&[(r#"["a", "b"]"#, ClaimTest::Absent)]);
    for (value, expected) in [
        ("{}", None),
        ("null", None),
        (r#"{"b":null}"#, None),
        (r#"{"c":1}"#, None),
        (r#"{"b":1}"#, Some(Denied::ClaimForbidden)),
        ("1", Some(Denied::ClaimForbidden)),
        (r#""x""#, Some(Denied::ClaimForbidden)),
        (r#"[{"b":1}]"#, Some(Denied::ClaimForbidden)),
        ("true", Some(Denied::ClaimForbidden)),
    ] {
        assert_eq!(fixture.denied(good().sign_with("a", value)), expected, "{value}");
    }
    assert_eq!(fixture.denied(good().sign()), None);
}

/// A name that stands twice in an object on the way: nobody knows which is meant.
#[test]
fn names_that_stand_twice() {
    let fixture = product(&[(r#"["a", "b"]"#, ClaimTest::OneOf(r#"["v"]"#))]);
    for inner in [r#"{"b":"v","b":"w"}"#, r#"{"b":"w","\u0062":"v"}"#, r#"{"b":"v","c":1,"c":1}"#] {
        assert_eq!(fixture.denied(good().sign_with("a", inner)), Some(Denied::DuplicateMember), "{inner}");
    }
    assert_eq!(fixture.denied(good().sign_with("a", r#"{"b":"v","c":{"d":1,"d":1}}"#)), None);
}

/// As they were reported: a mail address that is not verified, a role that is missing, a tier in a namespace.
#[test]
fn rules_as_operators_need_them() {
    let rule = |path, test, refusal| ClaimRule::new(path, test, refusal).unwrap();
    let rules = vec![
        rule(r#"["email_verified"]"#, ClaimTest::OneOf("[true]"), ClaimRefusal::Forbidden),
        rule(
            r#"["realm_access", "roles"]"#,
            ClaimTest::ContainsOneOf(r#"["gateway"]"#, Container::Array),
            ClaimRefusal::Unauthorized,
        ),
        rule(
            r#"["https://ns.example/tier"]"#,
            ClaimTest::OneOf(r#"["gold", "silver"]"#),
            ClaimRefusal::Forbidden,
        ),
    ];
    let fixture = fixture().policy(|policy| policy.with_claim_rules(rules.leak()).unwrap());
    let token = || {
        good()
            .claim("email_verified", true)
            .claim("realm_access", json!({"roles": ["offline_access", "gateway"]}))
            .claim("https://ns.example/tier", "gold")
    };
    let answer = |token: String| {
        let denied = fixture.denied(token);
        let answer = denied.map(|denied| {
            let mut buffer = [0; 1024];
            let answer = fixture.validator().answer(denied, &mut buffer).unwrap();
            (answer.status(), answer.www_authenticate().map(str::to_owned))
        });
        (denied, answer)
    };
    assert_eq!(answer(token().sign()), (None, None));
    let forbidden = (Some(Denied::ClaimForbidden), Some((403, None)));
    assert_eq!(answer(token().claim("email_verified", false).sign()), forbidden);
    assert_eq!(answer(token().claim("email_verified", "true").sign()), forbidden);
    assert_eq!(answer(token().claim("https://ns.example/tier", "tin").sign()), forbidden);
    let (denied, challenge) =
        answer(token().claim("realm_access", json!({"roles": ["offline_access"]})).sign());
    assert_eq!(denied, Some(Denied::ClaimRefused));
    let (status, challenge) = challenge.unwrap();
    assert_eq!(status, 401);
    assert!(challenge.unwrap().contains("error=\"invalid_token\""));
    assert_eq!(answer(token().without("realm_access").sign()).0, Some(Denied::ClaimRefused));
}

#[test]
fn rules_that_are_refused() {
    let path =
        |path: &str| ClaimRule::new(path.to_owned(), ClaimTest::Present, ClaimRefusal::Forbidden).err();
    let names = |count: usize| serde_json::to_string(&vec!["a"; count]).unwrap();
    assert_eq!(path(&names(MAX_CLAIM_PATH)), None);
    for bad in [
        "",
        "a",
        "\"a\"",
        "[]",
        "[\"\"]",
        "[1]",
        "[\"a\",[]]",
        "[\"a\"",
        "[\"\\ud800\"]",
        &names(MAX_CLAIM_PATH + 1),
    ] {
        assert_eq!(path(bad), Some(PolicyError::ClaimPathMalformed), "{bad}");
    }
    let rule =
        |test: ClaimTest<String>| ClaimRule::new("[\"a\"]".to_owned(), test, ClaimRefusal::Forbidden).err();
    let numbers = |count: usize| serde_json::to_string(&(0..count).collect::<Vec<_>>()).unwrap();
    assert_eq!(rule(ClaimTest::OneOf(numbers(MAX_CLAIM_VALUES))), None);
    let many = numbers(MAX_CLAIM_VALUES + 1);
    for bad in [
        "",
        "1",
        "[]",
        "[null]",
        "[[]]",
        "[{}]",
        "[1.5]",
        "[1e30]",
        "[1, 1.0]",
        "[\"a\", \"\\u0061\"]",
        "[true, true]",
        &many,
    ] {
        let malformed = Some(PolicyError::ClaimValuesMalformed);
        assert_eq!(rule(ClaimTest::OneOf(bad.to_owned())), malformed, "{bad}");
        assert_eq!(rule(ClaimTest::ContainsOneOf(bad.to_owned(), Container::Array)), malformed, "{bad}");
        assert_eq!(rule(ClaimTest::ContainsAllOf(bad.to_owned(), Container::Array)), malformed, "{bad}");
    }
    for bad in ["[1]", "[true]", "[\"a b\"]", "[\"\"]"] {
        let words = ClaimTest::ContainsOneOf(bad.to_owned(), Container::ArrayOrWords);
        assert_eq!(rule(words), Some(PolicyError::ClaimValuesMalformed), "{bad}");
    }
    for (least, most) in [(None, None), (Some(2), Some(1))] {
        assert_eq!(rule(ClaimTest::Between(least, most)), Some(PolicyError::ClaimRangeEmpty));
    }
    let one = ClaimRule::new("[\"a\"]", ClaimTest::Present, ClaimRefusal::Forbidden).unwrap();
    let with = |count: usize| fixture().policy.with_claim_rules(vec![one; count].leak()).err();
    assert_eq!(with(0), Some(PolicyError::EmptyList));
    assert_eq!(with(MAX_CLAIM_RULES), None);
    assert_eq!(with(MAX_CLAIM_RULES + 1), Some(PolicyError::TooManyClaimRules));
}
