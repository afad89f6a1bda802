//! Signatures alone, key sets, and what nobody has verified.

use crate::run::{File, jotgate, root, token, with};
use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::{Value, json};
use std::fmt::Write as _;

#[test]
fn signatures_alone() {
    let args = ["jws", "--keys", "examples/operator.jwks.json", "--format", "json"];
    let good = token("expired");
    let output = jotgate(&args, &good);
    let payload = good.split('.').nth(1).expect("a payload");
    assert_eq!(
        (output.status, output.json()),
        (0, json!({"valid": true, "reason": "valid", "code": 7000, "payload": payload}))
    );
    let output = jotgate(&args, &token("claims-changed"));
    assert_eq!(
        (output.status, output.json()),
        (1, json!({"valid": false, "reason": "bad_signature", "code": 3007}))
    );
    // RSA keys that name no algorithm are loaded for each.
    let partner = ["jws", "--keys", "examples/partner.jwks.json"];
    assert_eq!(jotgate(&partner, &token("granted-keycloak")).status, 0);
    assert_eq!(jotgate(&with(&partner, &["--alg", "PS256"]), &token("granted-keycloak")).status, 1);
    let lines = jotgate(&with(&args, &["--lines"]), &[token("granted"), token("hs256")].concat());
    assert_eq!((lines.status, lines.lines().len()), (1, 2));
}

#[test]
fn single_key_is_a_set_of_one() {
    let set: Value = serde_json::from_str(
        &std::fs::read_to_string(root().join("examples/operator.jwks.json")).expect("an example"),
    )
    .expect("JSON");
    let key = File::new("single.jwk", set["keys"][0].to_string());
    let file = key.name();
    assert_eq!(jotgate(&["jws", "--keys", &file], &token("granted")).status, 0);
    assert!(jotgate(&["keys", &file], "").stdout.starts_with("used     op-2026-01  EC ES256 256 bits  "));
}

#[test]
fn key_sets_are_shown_key_by_key() {
    let text = jotgate(&["keys", "examples/operator.jwks.json"], "");
    assert_eq!(text.status, 0);
    assert_eq!(text.lines()[2], "skipped  op-pq  AKP ML-DSA-65  kind_not_supported");
    let json = jotgate(&["keys", "examples/partner.jwks.json", "--alg", "RS256", "--format", "json"], "");
    let keys: Vec<Value> =
        json.lines().iter().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(
        (&keys[0]["used"], &keys[0]["bits"], &keys[0]["alg"], keys[0]["thumbprint"].as_str().map(str::len)),
        (&json!(true), &json!(2048), &json!("RS256"), Some(43))
    );
    assert_eq!(
        keys[1],
        json!({"position": 1, "kid": "kc-enc-1", "kty": "RSA", "alg": "RSA-OAEP", "used": false,
            "skipped": "not_for_signatures"})
    );
    let none = jotgate(&["keys", "examples/partner.jwks.json"], "");
    assert_eq!(none.status, 2, "no key can be used");
    assert!(none.stdout.contains("algorithm_not_named"), "{}", none.stdout);
    assert!(none.stderr.contains("partner.jwks.json: no key of the set can be used"), "{}", none.stderr);
}

/// Two keys of one id and algorithm make each other unusable, also the first, which nobody knew yet when it was loaded.
#[test]
fn ambiguous_keys_are_not_used() {
    let text = std::fs::read_to_string(root().join("examples/operator.jwks.json")).expect("an example");
    let set: Value = serde_json::from_str(&text).expect("JSON");
    let keys = set["keys"].as_array().expect("keys");
    let (mut other, mut third) = (keys[1].clone(), keys[0].clone());
    other["kid"] = keys[0]["kid"].clone();
    third["kid"] = json!("third");
    let twins = File::new("twins.jwks", json!({"keys": [third, keys[0], keys[2], other]}).to_string());
    let output = jotgate(&["keys", &twins.name(), "--format", "json"], "");
    let shown: Vec<Value> =
        output.lines().iter().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let what = |field: &str| shown.iter().map(|key| key[field].clone()).collect::<Vec<_>>();
    assert_eq!(what("used"), [true, false, false, false]);
    assert_eq!(
        what("skipped"),
        [json!(null), json!("ambiguous"), json!("kind_not_supported"), json!("ambiguous")]
    );
    assert_eq!(output.status, 1);
    let text = jotgate(&["keys", &twins.name()], "");
    assert_eq!(text.status, 1);
    let ambiguous = |line: &&&str| {
        line.starts_with("skipped  op-2026-01  EC ES256 256 bits") && line.ends_with("  ambiguous")
    };
    assert_eq!(text.lines().iter().filter(ambiguous).count(), 2, "{}", text.stdout);
    let judged = jotgate(&["jws", "--keys", &twins.name(), "--format", "json"], &token("granted"));
    assert_eq!((judged.status, judged.json()["reason"].as_str()), (1, Some("ambiguous_key")));
}

/// A token without a key id leads to neither of two keys without one.
#[test]
fn keys_without_an_id_are_used_where_one_has_their_algorithm() {
    let text = std::fs::read_to_string(root().join("examples/operator.jwks.json")).expect("an example");
    let set: Value = serde_json::from_str(&text).expect("JSON");
    let mut keys: Vec<Value> = set["keys"].as_array().expect("keys")[..2].to_vec();
    keys.iter_mut().for_each(|key| drop(key.as_object_mut().expect("an object").remove("kid")));
    let both = File::new("nameless.jwks", json!({"keys": keys}).to_string());
    let output = jotgate(&["keys", &both.name()], "");
    assert_eq!(output.status, 1);
    assert_eq!(
        output.lines().iter().filter(|line| line.ends_with("  ambiguous")).count(),
        2,
        "{}",
        output.stdout
    );
    let one = File::new("one.jwks", json!({"keys": [keys[0]]}).to_string());
    assert_eq!(jotgate(&["keys", &one.name()], "").status, 0);
}

/// What is shown of a token is not out of proportion to it.
#[test]
fn peek_of_deep_nesting() {
    let claims = format!("{{\"a\":{}{}}}", "[".repeat(6_000), "]".repeat(6_000));
    let encode = |text: &str| Base64UrlUnpadded::encode_string(text.as_bytes());
    let deep = format!("{}.{}.AA", encode(r#"{"alg":"RS256"}"#), encode(&claims));
    let output = jotgate(&["peek"], &deep);
    assert_eq!(output.status, 0);
    assert!(output.stdout.len() < 100 * deep.len(), "{} bytes of {}", output.stdout.len(), deep.len());
}

#[test]
fn peek_warns_on_every_line() {
    for name in ["granted", "hs256", "alg-none"] {
        let output = jotgate(&["peek"], &token(name));
        assert_eq!(output.status, 0, "{name}");
        assert!(output.lines().iter().all(|line| line.starts_with("UNVERIFIED  ")), "{}", output.stdout);
        assert!(output.stdout.contains("\"client_id\": \"bank-one\""));
    }
    assert_eq!(jotgate(&["peek", "opaque"], "").status, 1);
}

/// Escape sequences in claims do not reach the terminal.
#[test]
fn tokens_cannot_write_to_the_terminal() {
    let mut payload = String::new();
    // `{"a":"ESC[31m"}` and a raw ESC, which is not even JSON.
    for text in ["eyJhIjoiXHUwMDFiWzMxbSJ9", "eyJhIjoiG1szMW0ifQ"] {
        write!(payload, "eyJhbGciOiJub25lIn0.{text}.").expect("a string");
        let output = jotgate(&["peek", &payload], "");
        assert!(!output.stdout.contains('\u{1b}'), "{}", output.stdout);
        payload.clear();
    }
}
