//! Many tokens, one a line.

use crate::run::{BY_POLICY, jotgate, root, token, with};
use serde_json::Value;

/// Many tokens are judged with tables of keys, one without.
#[test]
fn lines_are_decided_as_single_tokens_are() {
    let names: Vec<String> = std::fs::read_dir(root().join("examples/tokens"))
        .expect("there")
        .map(|entry| entry.expect("read").path().file_stem().expect("named").to_string_lossy().into_owned())
        .collect();
    let input: String = names.iter().map(|name| token(name).trim().to_owned() + "\n").collect();
    let lines = jotgate(&with(&BY_POLICY, &["--lines", "--format", "json"]), &input);
    let singles: Vec<Value> = names
        .iter()
        .map(|name| jotgate(&with(&BY_POLICY, &["--format", "json"]), &token(name)).json())
        .collect();
    let together: Vec<Value> =
        lines.lines().iter().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(together, singles);
}

#[test]
fn lines_are_decided_in_order() {
    let input =
        [token("granted"), "\n".to_owned(), token("expired"), token("granted").trim().to_owned()].concat();
    let json = jotgate(&with(&BY_POLICY, &["--lines", "--format", "json"]), &input);
    let reasons: Vec<Value> = json
        .lines()
        .iter()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["reason"].clone())
        .collect();
    assert_eq!(reasons, ["granted", "not_jwt", "expired", "granted"]);
    assert_eq!(json.status, 1);

    let text = jotgate(&with(&BY_POLICY, &["--lines"]), &input);
    assert_eq!(text.lines().len(), 4);
    assert!(text.lines()[0].starts_with("granted client=bank-one "), "{}", text.stdout);
    assert_eq!(text.lines()[2], "denied 4001 expired");
    assert_eq!(jotgate(&with(&BY_POLICY, &["--lines"]), &token("granted")).status, 0);
    assert_eq!(jotgate(&with(&BY_POLICY, &["--lines"]), "").status, 1, "no input is an empty token");
}

#[test]
fn very_long_line_is_one_denial() {
    let input = format!("{}\n{}", "a".repeat(100_000), token("granted"));
    let output = jotgate(&with(&BY_POLICY, &["--lines"]), &input);
    assert_eq!(output.lines()[0], "denied 2012 token_too_long");
    assert!(output.lines()[1].starts_with("granted"));
}
