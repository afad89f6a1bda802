//! What a grant says, and how a host asks it for claims of its own.

use jotgate_core::{Denied, PurposeForm, PurposeRule, UnixSeconds, json};
use jotgate_tests::forge::{AUDIENCE, ISSUER, NOW, fixture, good, with_member};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The token with these members, as they are, among its claims.
fn with(members: &str) -> String {
    good().sign_payload(with_member(&good().claims_text(), members))
}

#[test]
fn getters() {
    let token = good().claim("scope", "openid  sim-swap:check dpv:Security").sign();
    let rule = PurposeRule::OneOf(&["Security"], PurposeForm::Scope);
    let fixture = fixture().policy(|policy| policy.with_purpose(rule).unwrap());
    let digest = Sha256::digest(token.rsplit_once('.').unwrap().0);
    let asked = fixture.grant(&token, |grant| {
        assert_eq!(grant.issuer(), ISSUER);
        assert_eq!(grant.subject(), Some("user-1"));
        assert_eq!(grant.client(), Some("client-1"));
        assert_eq!(grant.token_id(), Some("token-1"));
        assert_eq!(grant.expires(), UnixSeconds(NOW + 600));
        assert_eq!(grant.issued_at(), Some(UnixSeconds(NOW)));
        assert!(grant.has_user());
        assert_eq!(
            grant.purpose().map(|purpose| (purpose.name(), purpose.target())),
            Some(("Security", None))
        );
        assert_eq!(grant.signing_input_digest()[..], digest[..]);
        assert_eq!(resolved(grant.audience()), [AUDIENCE]);
        let scopes: Vec<_> = grant.scopes().filter_map(|scope| scope.as_plain()).collect();
        assert_eq!(scopes, ["openid", "sim-swap:check", "dpv:Security"]);
        assert!(grant.scopes().contains("openid") && !grant.scopes().contains("open"));
    });
    assert_eq!(asked, Ok(()));
}

/// The strings with their escapes resolved.
fn resolved<'s>(strings: impl Iterator<Item = json::Str<'s>>) -> Vec<String> {
    strings.map(|string| string.chars().map(Result::unwrap).collect()).collect()
}

#[test]
fn audiences_in_order() {
    let token = good().claim("aud", vec!["a", AUDIENCE, "b"]).sign();
    let asked = fixture().grant(token, |grant| resolved(grant.audience()));
    assert_eq!(asked, Ok(["a", AUDIENCE, "b"].map(str::to_owned).to_vec()));
}

#[test]
fn any_claim() {
    let token =
        with(r#""realm_access":{"roles":["a","b"]},"n":17e-1,"t":true,"z":null,"\u0065scaped":"\u00e4\n""#);
    let asked = fixture().grant(token, |grant| {
        let roles = grant.claim_at(&["realm_access", "roles"]).unwrap().unwrap().as_array().unwrap();
        assert_eq!(resolved(roles.items().filter_map(|role| role.as_str())), ["a", "b"]);
        assert_eq!(grant.claim("n").unwrap().as_number().unwrap().text(), "17e-1");
        assert!(matches!(grant.claim("t"), Some(json::Value::Bool(true))));
        assert!(matches!(grant.claim("z"), Some(json::Value::Null)));
        assert!(grant.claim("escaped").unwrap().as_str().unwrap() == *"\u{e4}\n");
        for absent in [&["realm_access", "x"][..], &["n", "x"], &["x"], &["realm_access", "roles", "a"]] {
            assert!(matches!(grant.claim_at(absent), Ok(None)), "{absent:?}");
        }
        assert!(grant.claim_at(&[]).unwrap().unwrap().as_object().is_some());
        assert!(grant.claim("").is_none() && grant.claim("Z").is_none());
    });
    assert_eq!(asked, Ok(()));
}

#[derive(Debug, PartialEq, Deserialize)]
struct Own<'a> {
    #[serde(borrow)]
    tenant: &'a str,
    level: u8,
    #[serde(default)]
    note: Option<String>,
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    limits: BTreeMap<String, i64>,
    #[serde(default)]
    tier: Option<Tier>,
    #[serde(default)]
    ratio: Option<f64>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Tier {
    Gold,
    Tin,
}

#[test]
fn claims_as_a_type_of_the_host() {
    let token = with(
        r#""tenant":"t","level":2e0,"note":"a\"\u00e4","roles":["r","\u0073"],"limits":{"x":-1,"y":2},"tier":"gold","ratio":0.5"#,
    );
    let read = fixture().grant(token, |grant| {
        let own: Own<'_> = grant.claims().unwrap();
        let expected = Own {
            tenant: "t",
            level: 2,
            note: Some("a\"\u{e4}".to_owned()),
            roles: vec!["r".to_owned(), "s".to_owned()],
            limits: BTreeMap::from([("x".to_owned(), -1), ("y".to_owned(), 2)]),
            tier: Some(Tier::Gold),
            ratio: Some(0.5),
        };
        assert_eq!(own, expected);
    });
    assert_eq!(read, Ok(()));
}

#[test]
fn claims_that_do_not_fit_the_type() {
    let long = format!(r#""tenant":"t","level":1,"note":"{}\n""#, "a".repeat(300));
    for (members, error) in [
        (r#""level":1"#, "a claim that was asked for is missing"),
        (r#""tenant":"t""#, "a claim that was asked for is missing"),
        (r#""tenant":1,"level":1"#, "a claim is of another type than was asked for"),
        (r#""tenant":"t\u0061","level":1"#, "a claim is of another type than was asked for"),
        (r#""tenant":"t","level":256"#, "a claim is of another type than was asked for"),
        (r#""tenant":"t","level":-1"#, "a claim is of another type than was asked for"),
        (r#""tenant":"t","level":1,"tier":"lead""#, "a name is unknown to the type that was asked for"),
        (r#""tenant":"t","level":1,"note":"\ud800""#, "a string holds half of a surrogate pair"),
        (r#""tenant":"t","level":1,"ratio":1e999"#, "a claim is of another type than was asked for"),
        (long.as_str(), "a string with escapes is longer than 256 bytes"),
    ] {
        let refused = fixture()
            .grant(with(members), |grant| grant.claims::<Own<'_>>().map(|_| ()).unwrap_err().to_string());
        assert_eq!(refused.as_deref(), Ok(error), "{members}");
    }
}

#[test]
fn escaped_strings_in_every_getter() {
    let text = good()
        .claims_text()
        .replace("user-1", r"user\u002d1")
        .replace("client-1", r"client\u002d1")
        .replace("token-1", r"\u0074oken-1")
        .replace("sim-swap:check", r"sim-swap\u003acheck");
    let asked = fixture().grant(good().sign_payload(text), |grant| {
        assert_eq!(grant.subject(), Some("user-1"));
        assert_eq!(grant.client(), Some("client-1"));
        assert_eq!(grant.token_id(), Some("token-1"));
        assert!(grant.scopes().contains("sim-swap:check"));
    });
    assert_eq!(asked, Ok(()));
}

/// Both are rounded down; the leeway of the policy is not added.
#[test]
fn dates_as_they_are_judged() {
    let text =
        good().claims_text().replace("1700000600", "1700000600.9").replace("1700000000", "1700000000.9");
    let dates = fixture().grant(good().sign_payload(text), |grant| (grant.expires(), grant.issued_at()));
    assert_eq!(dates, Ok((UnixSeconds(NOW + 600), Some(UnixSeconds(NOW)))));
    assert_eq!(fixture().later(659).denied(good().sign()), None);
    assert_eq!(fixture().later(660).denied(good().sign()), Some(Denied::Expired));
}

/// `{"outer":…}` claims in which a name stands twice, at depths 2 to 4, plain and in escapes, and where it is looked for.
const TWICE: [(&str, &[&str]); 7] = [
    (r#""x":{"role":"user","role":"admin"}"#, &["x", "role"]),
    (r#""x":{"role":"user","\u0072ole":"admin"}"#, &["x", "role"]),
    (r#""x":{"\u0072\u006fle":"user","role":"admin"}"#, &["x", "role"]),
    (r#""x":{"y":{"role":"user","role":"admin"}}"#, &["x", "y", "role"]),
    (r#""x":{"y":{"z":{"role":"user","\u0072ole":"admin"}}}"#, &["x", "y", "z", "role"]),
    // Whatever is asked for there, and wherever the pair stands.
    (r#""x":{"role":"user","n":1,"m":2,"n":3}"#, &["x", "role"]),
    (r#""x":{"n":1,"y":{"role":"user"},"\u006e":3}"#, &["x", "y", "role"]),
];

/// Both ways into a claim refuse an object in which a name stands twice, at every depth that they enter.
#[test]
fn name_twice_inside_of_a_claim() {
    for (claim, path) in TWICE {
        let seen = fixture().grant(with(claim), |grant| {
            let any = grant.claims::<serde_json::Value>().map(|_| ());
            let ignored = grant.claims::<Skimmed>().map(|_| ());
            (format!("{:?}", grant.claim_at(path)), any, ignored)
        });
        let refused = Err(json::DeError::DuplicateField);
        assert_eq!(seen, Ok(("Err(DuplicateMember)".to_owned(), refused, refused)), "{claim}");
    }
    // What is not entered is not looked at, and what stands in different objects stands nowhere twice.
    let apart = r#""x":{"y":{"a":1},"z":{"a":1}},"a":1,"b":[{"a":1},{"a":1}]"#;
    let seen = fixture().grant(with(apart), |grant| {
        let read = grant.claims::<serde_json::Value>().map(|read| read["x"]["z"]["a"] == 1);
        (format!("{:?}", grant.claim_at(&["x", "z", "a"])), read)
    });
    assert_eq!(seen, Ok(("Ok(Some(Number(1)))".to_owned(), Ok(true))));
}

/// Enters `x`, and looks at nothing there.
#[derive(Debug, Deserialize)]
struct Skimmed {
    #[serde(rename = "x")]
    _x: Empty,
}

#[derive(Debug, Deserialize)]
struct Empty {
    #[serde(default, rename = "y")]
    _y: Option<Box<Empty>>,
    #[serde(default, rename = "z")]
    _z: Option<Box<Empty>>,
}
