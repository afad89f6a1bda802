//! Revocation lists and status lists: looked up, demanded, stale, and broken.

use crate::run::{BY_POLICY, DIRECT, File, NOW, jotgate, root, token, with};
use serde_json::{Value, json};

const QUALITY: [&str; 7] =
    ["check", "--policy", "examples/policy.toml", "--product", "quality-on-demand", "--now", NOW];
const REVOKED: [&str; 2] = ["--revoked", "examples/state/revoked.txt"];
const STATUSES: [&str; 2] = ["--status-list", "examples/state/status-list.jwt"];

/// The product that demands both, with both.
fn with_lists<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&QUALITY, REVOKED.as_slice(), &STATUSES, more].concat()
}

/// The status, and the reason in JSON.
fn judged(args: &[&str], input: &str) -> (i32, String) {
    let output = jotgate(&with(args, &["--format", "json"]), input);
    assert!(output.stderr.is_empty(), "{args:?}: {}", output.stderr);
    let decision = output.json();
    (output.status, decision["reason"].as_str().expect("a reason").to_owned())
}

fn denied(reason: &str) -> (i32, String) {
    (1, reason.to_owned())
}

fn granted() -> (i32, String) {
    (0, "granted".to_owned())
}

const EXAMPLES: [(&str, i32, &str, i64); 6] = [
    ("current", 0, "granted", 7000),
    ("status-invalid", 1, "status_invalid", 5111),
    ("status-suspended", 1, "status_suspended", 5112),
    ("token-revoked", 1, "token_revoked", 5101),
    ("client-revoked", 1, "client_revoked", 5102),
    ("issued-before-revocation", 1, "issued_before_revocation", 5105),
];

#[test]
fn examples_are_judged_as_they_are_called() {
    for (name, status, reason, code) in EXAMPLES {
        let output = jotgate(&with_lists(&["--format", "json"]), &token(name));
        let decision = output.json();
        assert_eq!(
            (output.status, decision["reason"].as_str(), decision["code"].as_i64()),
            (status, Some(reason), Some(code)),
            "{name}"
        );
    }
}

#[test]
fn the_same_with_lines_and_as_text() {
    let input: String = EXAMPLES.iter().map(|(name, ..)| token(name)).collect();
    let json = jotgate(&with_lists(&["--lines", "--format", "json"]), &input);
    let reasons: Vec<String> = json
        .lines()
        .iter()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["reason"].to_string())
        .collect();
    assert_eq!(reasons, EXAMPLES.map(|(_, _, reason, _)| format!("\"{reason}\"")));
    let text = jotgate(&with_lists(&["--lines"]), &input);
    assert!(text.lines()[0].starts_with("granted client=bank-one "), "{}", text.stdout);
    assert_eq!(text.lines()[3], "denied 5101 token_revoked");
    let single = jotgate(&with_lists(&[]), &token("client-revoked"));
    assert_eq!(single.lines()[0], "DENIED  5102 client_revoked");
}

#[test]
fn explain_tells_what_the_lists_say() {
    let output = jotgate(&with_lists(&["--explain"]), &token("status-suspended"));
    for line in ["revocation             passed", "status_list            failed: status_suspended"] {
        assert!(output.stdout.contains(line), "{}", output.stdout);
    }
}

/// The product says what it wants, whoever forgets it.
#[test]
fn a_product_without_its_lists_denies() {
    let current = token("current");
    assert_eq!(judged(&QUALITY, &current), denied("revocation_list_missing"));
    assert_eq!(judged(&with(&QUALITY, &STATUSES), &current), denied("revocation_list_missing"));
    assert_eq!(judged(&with(&QUALITY, &REVOKED), &current), denied("status_list_missing"));
}

/// A list that nobody looks at would seem to have been looked at.
#[test]
fn a_list_that_the_product_does_not_want_is_an_error() {
    for (option, file) in [
        ("--revoked", "examples/state/revoked.txt"),
        ("--status-list", "examples/state/status-list.jwt"),
        ("--introspection", "examples/state/introspection.json"),
    ] {
        let output = jotgate(&with(&BY_POLICY, &[option, file]), &token("granted"));
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{option}");
        assert!(
            output.stderr.contains(&format!("{option}: not used: products.sim-swap.")),
            "{}",
            output.stderr
        );
    }
}

/// What became of one rule.
fn rule(args: &[&str], name: &str, rule: &str) -> Value {
    let decision = jotgate(&with(args, &["--explain", "--format", "json"]), &token(name)).json();
    let rules = decision["rules"].as_array().expect("a list");
    rules.iter().find(|found| found["rule"] == rule).expect("a rule")["reason"].clone()
}

/// 600 seconds and 3600 more for the revocation list, 3600 for the status list.
#[test]
fn lists_have_an_age() {
    let at = |later: i64| {
        let now: i64 = NOW.parse().expect("a number");
        let now = (now + later).to_string();
        let [check, policy, file, product, name, ..] = QUALITY;
        let args = [check, policy, file, product, name, "--now", &now, "--lists-as-of", NOW];
        let args = [&args, REVOKED.as_slice(), &STATUSES].concat();
        (rule(&args, "current", "revocation"), rule(&args, "current", "status_list"))
    };
    let (fresh, stale) = (Value::Null, json!("revocation_list_stale"));
    assert_eq!(at(3600), (fresh.clone(), fresh.clone()));
    assert_eq!(at(4200), (fresh.clone(), json!("status_list_stale")));
    assert_eq!(at(4201), (stale.clone(), json!("status_list_stale")));
    assert_eq!(at(-60), (fresh.clone(), fresh), "clocks may differ");
    assert_eq!(at(-61), (stale, json!("status_list_stale")), "from the future");
}

/// Without `--now` and `--lists-as-of` the file's own time counts.
#[test]
fn a_file_is_as_old_as_its_last_change() {
    let list = File::new("old.txt", "# nothing is revoked\nentries 0\n");
    let name = list.name();
    let file = std::fs::File::options().write(true).open(&name).expect("there");
    let age = std::time::Duration::from_secs(1_000_000_000);
    let args =
        ["check", "--policy", "examples/policy.toml", "--product", "quality-on-demand", "--revoked", &name];
    let verdict = |changed| {
        file.set_modified(changed).expect("a time");
        rule(&args, "token-revoked", "revocation")
    };
    assert_eq!(verdict(std::time::SystemTime::now()), Value::Null);
    assert_eq!(verdict(std::time::SystemTime::now() - age), "revocation_list_stale");
}

#[test]
fn a_broken_revocation_list_names_file_line_and_fault() {
    let cases: [(&str, &[u8], &str); 10] = [
        ("kind", b"# fine\nclient a\nclients b\n", ":3: a line begins with jti, digest, client"),
        ("spaces", b"client a\n\nclient b c\n", ":3: too many fields or too few"),
        ("escape", b"client a%zz\n", ":1: a percent sign stands before two hexadecimal digits"),
        ("crlf", b"client a\r\n", ":1: a control character; lines end with a line feed alone"),
        ("cut", b"client a\nclient b", ":2: the last line has no end: the list was cut off"),
        ("cut-between-lines", b"client a\n", ":1: the last line does not say how many entries there are"),
        ("count", b"client a\nentries 2\n", ":2: 2 entries are said to stand before this line, and 1 do"),
        ("no-break-space", b"client a\xc2\xa0\n", ":1: a character that nobody sees"),
        ("empty", b"", ":1: the list has no line"),
        ("bytes", b"client a\n\xff\n", ":2: not UTF-8"),
    ];
    for (name, text, message) in cases {
        let list = File::new(&format!("broken-{name}.txt"), text);
        let output = jotgate(&with(&QUALITY, &["--revoked", &list.name()]), &token("current"));
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{name}");
        assert!(output.stderr.contains(&format!("{}{message}", list.name())), "{name}: {}", output.stderr);
    }
    let output = jotgate(&with(&QUALITY, &["--revoked", "no/such.txt"]), &token("current"));
    assert_eq!(output.status, 2);
    assert!(output.stderr.contains("no/such.txt: No such file"), "{}", output.stderr);
}

#[test]
fn a_broken_status_list_names_file_and_reason() {
    let good = std::fs::read_to_string(root().join("examples/state/status-list.jwt")).expect("an example");
    let (signed, _) = good.rsplit_once('.').expect("a signature");
    let issuer = "as a list of https://auth.operator.example: ";
    let cases = [
        ("signature", format!("{signed}.{}", "A".repeat(86)), "the status list token is refused: "),
        ("access-token", token("granted"), "typ is not statuslist+jwt"),
        ("stranger", token("signed-by-a-stranger"), "the status list token is refused: "),
    ];
    for (name, text, message) in cases {
        let list = File::new(&format!("status-{name}.jwt"), text);
        let output = jotgate(&with(&QUALITY, &["--status-list", &list.name()]), &token("current"));
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{name}");
        let expected = format!("{}: {issuer}{message}", list.name());
        assert!(output.stderr.contains(&expected), "{name}: {}", output.stderr);
    }
    for (name, text) in [("empty", ""), ("text", "a.b.c"), ("no-sub", "e30.e30.AAAA")] {
        let list = File::new(&format!("status-{name}.jwt"), text);
        let output = jotgate(&with(&QUALITY, &["--status-list", &list.name()]), &token("current"));
        assert_eq!(output.status, 2, "{name}");
        assert!(output.stderr.contains("not a status list token"), "{name}: {}", output.stderr);
    }
    // It was issued 60 seconds before, and lives for a day.
    let now: i64 = NOW.parse().expect("a number");
    for (time, message) in
        [(now - 121, "the list was issued in the future"), (now + 86_400 + 60, "the list expired")]
    {
        let output = jotgate(&with_lists(&["--lists-as-of", &time.to_string()]), &token("current"));
        assert_eq!(output.status, 2, "{message}");
        assert!(output.stderr.contains(message), "{}", output.stderr);
    }
}

/// Of two lists alike one would have no effect.
#[test]
fn a_status_list_is_given_once() {
    let output = jotgate(&with_lists(&STATUSES), &token("current"));
    assert_eq!((output.status, output.stdout.as_str()), (2, ""));
    let message = "--status-list: https://auth.operator.example/status-lists/7 of https://auth.operator.example is given";
    assert!(output.stderr.contains(message), "{}", output.stderr);
}

/// What is given without a policy file is demanded.
#[test]
fn without_a_policy_file() {
    let other = File::new("direct.txt", "jti https://auth.operator.example b7d0f6f2-0001\n");
    let good = token("granted");
    assert_eq!(judged(&with(&DIRECT, &REVOKED), &good), granted());
    assert_eq!(judged(&with(&DIRECT, &["--revoked", &other.name()]), &good), denied("token_revoked"));
    let old = ["--revoked", "examples/state/revoked.txt", "--lists-as-of", "0"];
    assert_eq!(judged(&with(&DIRECT, &old), &good), granted(), "nobody says how old it may be");
    let quality = [
        "check",
        "--keys",
        "examples/operator.jwks.json",
        "--issuer",
        "https://auth.operator.example",
        "--audience",
        "https://api.operator.example/quality-on-demand",
        "--now",
        NOW,
    ];
    assert_eq!(judged(&quality, &token("status-invalid")), granted(), "nobody asks");
    assert_eq!(judged(&with(&quality, &STATUSES), &token("status-invalid")), denied("status_invalid"));
    assert_eq!(judged(&with(&quality, &STATUSES), &token("current")), granted());
    assert_eq!(judged(&with(&quality, &STATUSES), &token("token-revoked")), granted(), "it names no status");
}
