//! Nothing that a stranger wrote reaches a terminal or a log as it is.

use crate::run::{File, jotgate, root, with};
use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::Value;

/// A control of C1, of the directions of writing, a space of no width, a byte order mark, a tag beyond 16 bits, delete.
const HARMFUL: [char; 8] =
    ['\u{9b}', '\u{85}', '\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}', '\u{e0041}', '\u{7f}'];

fn no_harm(text: &str) {
    for c in text.chars() {
        assert!(c == '\n' || (!c.is_control() && !HARMFUL.contains(&c)), "{:?} in {text:?}", c);
    }
}

fn harmful() -> String {
    HARMFUL.iter().collect()
}

/// Key ids and algorithms are a stranger's.
#[test]
fn keys_as_json() {
    let set = std::fs::read_to_string(root().join("examples/operator.jwks.json")).expect("an example");
    let kid = format!("{}\\\\\\\"", harmful());
    let set = File::new("harmful.jwks", set.replace("op-2026-01", &kid).replace("ML-DSA-65", &harmful()));
    for format in ["json", "text"] {
        let output = jotgate(&["keys", &set.name(), "--format", format], "");
        assert_eq!(output.status, 0, "{}", output.stderr);
        no_harm(&output.stdout);
    }
    let output = jotgate(&["keys", &set.name(), "--format", "json"], "");
    let first: Value = serde_json::from_str(output.lines()[0]).expect("JSON still");
    assert_eq!(first["kid"], format!("{}\\\"", harmful()), "the same text to whoever reads JSON");
    assert!(output.stdout.contains("\\u202e\\u2066"), "{}", output.stdout);
    assert!(output.stdout.contains("\\udb40\\udc41"), "a pair of surrogates: {}", output.stdout);
}

/// An unsigned token of these claims.
fn unsigned(claims: &str) -> String {
    let encode = |text: &str| Base64UrlUnpadded::encode_string(text.as_bytes());
    format!("{}.{}.", encode("{\"alg\":\"none\"}"), encode(claims))
}

/// What is JSON is shown as JSON: nothing is escaped twice, and whoever copies it has what the token says.
#[test]
fn peek_escapes_once() {
    let claims =
        format!("{{\"path\":\"C:\\\\x\",\"quote\":\"a\\\"b\",\"e\":\"\\u001b\",\"h\":\"{}\"}}", harmful());
    let output = jotgate(&["peek"], &unsigned(&claims));
    assert_eq!(output.status, 0);
    no_harm(&output.stdout);
    let shown: String = output
        .lines()
        .iter()
        .filter_map(|line| line.strip_prefix("UNVERIFIED  claims  "))
        .collect::<Vec<_>>()
        .join("\n");
    assert!(shown.contains(r#""path": "C:\\x""#), "{shown}");
    assert!(shown.contains(r#""quote": "a\"b""#), "{shown}");
    let (shown, said): (Value, Value) =
        (serde_json::from_str(&shown).expect("JSON"), serde_json::from_str(&claims).expect("JSON"));
    assert_eq!(shown, said);
}

/// What is shown is what stands there: no name is dropped, and no number is another.
#[test]
fn peek_shows_what_stands_there() {
    for claims in
        [r#"{"a":1,"a":2}"#, r#"{"n":12345678901234567890123,"m":0.10,"k":1E400}"#, "[1", "\u{9b}31m"]
    {
        let output = jotgate(&["peek"], &unsigned(claims));
        assert_eq!(output.status, 0, "{claims}");
        no_harm(&output.stdout);
        let shown: String = output.stdout.replace("UNVERIFIED  claims  ", "").split_whitespace().collect();
        for word in
            claims.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').filter(|word| !word.is_empty())
        {
            assert!(shown.contains(word), "{word} of {claims}: {shown}");
        }
        assert_eq!(shown.matches("\"a\"").count(), claims.matches("\"a\"").count(), "{shown}");
    }
}

/// What a client calls itself is printed when its token is granted.
#[test]
fn payloads_as_text() {
    let args = ["jws", "--keys", "examples/operator.jwks.json"];
    let output = jotgate(&with(&args, &[]), &crate::run::token("granted"));
    assert_eq!(output.status, 0);
    no_harm(&output.stdout);
}
