//! Products that have the authorization server asked about each token: the question, and the answer that completes it.

use crate::run::{DIRECT, File, NOW, Output, jotgate, token, with};
use serde_json::{Value, json};

const BILLING: [&str; 7] =
    ["check", "--policy", "examples/policy.toml", "--product", "carrier-billing", "--now", NOW];
const ANSWER: [&str; 2] = ["--introspection", "examples/state/introspection.json"];

fn judged(args: &[&str]) -> Output {
    let output = jotgate(&with(&BILLING, args), &token("to-be-asked-about"));
    assert!(output.stderr.is_empty(), "{args:?}: {}", output.stderr);
    output
}

#[test]
fn a_question_is_no_grant() {
    let output = judged(&["--format", "json"]);
    let question = output.json();
    assert_eq!(output.status, 1);
    assert_eq!(
        question,
        json!({
            "decision": "ask", "reason": "ask", "code": null, "status": null, "www_authenticate": null,
            "issuer": "https://auth.operator.example", "token_id": "b7d0f6f2-0700",
            "signing_input_digest": question["signing_input_digest"],
        })
    );
    assert_eq!(question["signing_input_digest"].as_str().map(str::len), Some(64));
    let text = judged(&[]);
    assert_eq!(text.status, 1);
    assert!(text.lines()[0].starts_with("ASK  not granted: "), "{}", text.stdout);
    assert!(text.stdout.contains("  token id   b7d0f6f2-0700\n"), "{}", text.stdout);
    assert!(!text.stdout.contains("bank-one"), "a question gives no claim away: {}", text.stdout);
}

#[test]
fn an_answer_completes_the_check() {
    let output = judged(&with(&ANSWER, &["--format", "json"]));
    assert_eq!((output.status, output.json()["client_id"].as_str()), (0, Some("bank-one")));
    let answered = |text: &str| {
        let answer = File::new(&format!("answer-{}.json", text.len()), text);
        let output = judged(&["--introspection", &answer.name(), "--format", "json"]);
        assert_eq!(output.status, 1, "{text}");
        output.json()["reason"].as_str().expect("a reason").to_owned()
    };
    assert_eq!(answered("{\"active\":false}"), "introspection_inactive");
    assert_eq!(answered("{\"active\":true,\"jti\":\"other\"}"), "introspection_contradicts");
    assert_eq!(answered("{\"active\":true,\"scope\":\"\"}"), "scope_missing");
    assert_eq!(answered("{\"active\":true,\"aud\":\"other\"}"), "wrong_audience");
    assert_eq!(answered("{\"active\":\"true\"}"), "introspection_malformed");
    assert_eq!(answered(""), "introspection_malformed");
    let missing = jotgate(&with(&BILLING, &["--introspection", "no/such.json"]), "");
    assert_eq!(missing.status, 2);
    assert!(missing.stderr.contains("no/such.json: No such file"), "{}", missing.stderr);
}

#[test]
fn explain_tells_what_became_of_the_question() {
    let rule = |args: &[&str], token: &str| -> (Value, Value) {
        let args = [&BILLING, args, &["--explain", "--format", "json"]].concat();
        let rules = jotgate(&args, token).json()["rules"].clone();
        let last = rules.as_array().expect("a list").last().expect("a rule").clone();
        assert_eq!(last["rule"], "introspection");
        (last["verdict"].clone(), last["reason"].clone())
    };
    let good = token("to-be-asked-about");
    let inactive = File::new("inactive.json", "{\"active\":false}");
    assert_eq!(rule(&[], &good), (json!("not judged"), Value::Null));
    assert_eq!(rule(&ANSWER, &good), (json!("passed"), Value::Null));
    assert_eq!(
        rule(&["--introspection", &inactive.name()], &good),
        (json!("failed"), json!("introspection_inactive"))
    );
    assert_eq!(rule(&ANSWER, &token("expired")), (json!("not judged"), Value::Null), "it fails before");
}

/// The answer is about one of the tokens.
#[test]
fn with_lines() {
    let input = [token("to-be-asked-about"), token("granted")].concat();
    let asking = jotgate(&with(&BILLING, &["--lines"]), &input);
    assert_eq!(asking.status, 1);
    assert_eq!(asking.lines()[0], "ask issuer=https://auth.operator.example token_id=b7d0f6f2-0700");
    assert_eq!(asking.lines()[1], "denied 4022 wrong_audience");
    let answered = jotgate(&[&BILLING, &ANSWER[..], &["--lines"]].concat(), &input);
    assert!(answered.lines()[0].starts_with("granted client=bank-one "), "{}", answered.stdout);
}

/// What is given without a policy file is demanded.
#[test]
fn without_a_policy_file() {
    let output = jotgate(&[&DIRECT, &ANSWER[..], &["--format", "json"]].concat(), &token("granted"));
    assert_eq!((output.status, output.json()["reason"].as_str()), (1, Some("introspection_contradicts")));
}
