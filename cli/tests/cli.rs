//! The command line as a user sees it: output, exit status, errors. Runs the program on the files in examples/.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

use serde_json::{Value, json};
use std::{
    fmt::Write as _,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// When the example tokens are good.
const NOW: &str = "1767225600";

struct Output {
    status: i32,
    stdout: String,
    stderr: String,
}

impl Output {
    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}", self.stdout))
    }

    fn lines(&self) -> Vec<&str> {
        self.stdout.lines().collect()
    }
}

fn jotgate(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jotgate"))
        .args(args)
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that ends with a usage error does not read its input.
    let _unread = child.stdin.take().expect("piped").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("the program ends");
    Output {
        status: output.status.code().expect("not killed"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn token(name: &str) -> String {
    std::fs::read_to_string(root().join(format!("examples/tokens/{name}.jwt"))).expect("an example")
}

const BY_POLICY: [&str; 7] =
    ["check", "--policy", "examples/policy.toml", "--product", "sim-swap", "--now", NOW];

/// The same demands as far as they can be made without a policy file.
const DIRECT: [&str; 9] = [
    "check",
    "--keys",
    "examples/operator.jwks.json",
    "--issuer",
    "https://auth.operator.example",
    "--audience",
    "https://api.operator.example/sim-swap",
    "--now",
    NOW,
];

fn with<'a>(base: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [base, more].concat()
}

#[test]
fn every_example_is_judged_as_it_is_called() {
    let cases = [
        ("granted", 0, "granted", 200),
        ("granted-keycloak", 0, "granted", 200),
        ("expired", 1, "expired", 401),
        ("wrong-audience", 1, "wrong_audience", 401),
        ("scope-missing", 1, "scope_missing", 403),
        ("purpose-not-allowed", 1, "purpose_not_allowed", 403),
        ("client-blocked", 1, "client_blocked", 401),
        ("client-without-user", 1, "user_required", 403),
        ("id-token", 1, "wrong_type", 401),
        ("unknown-kid", 1, "unknown_kid", 401),
        ("signed-by-a-stranger", 1, "bad_signature", 401),
        ("claims-changed", 1, "bad_signature", 401),
        ("alg-none", 1, "unsigned_token", 401),
        ("hs256", 1, "algorithm_not_supported", 401),
        ("bound-but-not-proven", 1, "binding_not_proven", 401),
    ];
    let there = std::fs::read_dir(root().join("examples/tokens")).expect("there").count();
    assert_eq!(there, cases.len(), "an example without a case");
    for (name, status, reason, http) in cases {
        let output = jotgate(&with(&BY_POLICY, &["--format", "json"]), &token(name));
        let decision = output.json();
        assert_eq!(
            (output.status, decision["reason"].as_str(), decision["status"].as_i64()),
            (status, Some(reason), Some(http)),
            "{name}"
        );
        let word = if status == 0 { "granted" } else { "denied" };
        assert_eq!(decision["decision"], word, "{name}");
        assert_eq!(decision["www_authenticate"].is_string(), status == 1, "{name}");
    }
}

#[test]
fn grant_as_json() {
    let decision = jotgate(&with(&BY_POLICY, &["--format", "json"]), &token("granted")).json();
    assert_eq!(
        decision,
        json!({
            "decision": "granted", "reason": "granted", "code": 7000, "status": 200, "www_authenticate": null,
            "subject": "8f1c2d7e-pairwise", "client_id": "bank-one", "client_group": "banks",
            "scope": "dpv:FraudPreventionAndDetection sim-swap:check sim-swap:retrieve-date",
            "purpose": "FraudPreventionAndDetection", "expires": 1_767_226_380,
            "issuer": "https://auth.operator.example", "audience": ["https://api.operator.example/sim-swap"],
            "signing_input_digest": decision["signing_input_digest"],
        })
    );
    assert_eq!(decision["signing_input_digest"].as_str().map(str::len), Some(64));
}

#[test]
fn denial_as_json() {
    let decision = jotgate(&with(&BY_POLICY, &["--format", "json"]), &token("scope-missing")).json();
    assert_eq!(
        decision,
        json!({
            "decision": "denied", "reason": "scope_missing", "code": 4050, "status": 403,
            "www_authenticate": "Bearer realm=\"open-gateway\", error=\"insufficient_scope\", \
                error_description=\"The token lacks a scope that this product needs.\", \
                scope=\"sim-swap:check dpv:FraudPreventionAndDetection\"",
            "message": "The token lacks a scope that this product needs.",
        })
    );
}

#[test]
fn token_as_argument_and_on_standard_input() {
    let good = token("granted");
    for args in [with(&BY_POLICY, &[good.trim()]), with(&BY_POLICY, &["-"]), BY_POLICY.to_vec()] {
        assert_eq!(jotgate(&args, &good).status, 0);
    }
}

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
    assert_eq!(jotgate(&with(&BY_POLICY, &["--lines"]), "").status, 0, "nothing was denied");
}

#[test]
fn very_long_line_is_one_denial() {
    let input = format!("{}\n{}", "a".repeat(100_000), token("granted"));
    let output = jotgate(&with(&BY_POLICY, &["--lines"]), &input);
    assert_eq!(output.lines()[0], "denied 2012 token_too_long");
    assert!(output.lines()[1].starts_with("granted"));
}

#[test]
fn empty_token_is_denied() {
    for input in ["", "\n", "  \n"] {
        let output = jotgate(&with(&BY_POLICY, &["--format", "json"]), input);
        assert_eq!((output.status, output.json()["reason"].as_str()), (1, Some("not_jwt")), "{input:?}");
    }
}

#[test]
fn without_a_policy_file() {
    let granted = |more: &[&str], name: &str| jotgate(&with(&DIRECT, more), &token(name)).status;
    assert_eq!(granted(&[], "granted"), 0, "no scope is demanded");
    assert_eq!(
        granted(&["--scope", "sim-swap", "--scope", "sim-swap:check"], "granted"),
        0,
        "one alternative"
    );
    assert_eq!(
        granted(&["--scope", "sim-swap:check sim-swap:retrieve-date"], "granted"),
        0,
        "both are there"
    );
    assert_eq!(granted(&["--scope", "sim-swap:check sim-swap"], "granted"), 1, "all words are required");
    assert_eq!(granted(&["--max-lifetime", "900"], "granted"), 0);
    assert_eq!(granted(&["--max-lifetime", "899"], "granted"), 1);
    assert_eq!(granted(&[], "expired"), 1);
    assert_eq!(granted(&["--leeway", "300"], "expired"), 1, "expired 400 seconds ago");
    assert_eq!(granted(&["--typ", "JWT"], "granted"), 1, "at+jwt is not named");
    assert_eq!(granted(&["--typ", "JWT", "--typ", "at+jwt"], "granted"), 0);
    assert_eq!(granted(&["--typ", "any"], "granted"), 0);
    assert_eq!(granted(&["--audience", "https://other.example"], "granted"), 0, "one audience suffices");
}

#[test]
fn other_presets_and_keys_without_algorithm() {
    let partner = [
        "check",
        "--keys",
        "examples/partner.jwks.json",
        "--issuer",
        "https://sso.partner.example/realms/open-gateway",
        "--audience",
        "https://api.operator.example/sim-swap",
        "--now",
        NOW,
    ];
    let status = |more: &[&str]| jotgate(&with(&partner, more), &token("granted-keycloak")).status;
    assert_eq!(status(&["--preset", "keycloak", "--alg", "RS256"]), 0);
    assert_eq!(status(&["--preset", "keycloak"]), 2, "no key names an algorithm");
    assert_eq!(status(&["--preset", "keycloak", "--alg", "PS256"]), 1, "the key serves another algorithm");
    assert_eq!(status(&["--alg", "RS256"]), 1, "its typ is not at+jwt");
}

#[test]
fn explain_tells_every_rule() {
    let args =
        ["check", "--policy", "examples/policy.toml", "--product", "location", "--now", NOW, "--explain"];
    let text = jotgate(&args, &token("expired"));
    assert_eq!(text.status, 1);
    for line in ["expiry                 failed: expired", "audience               failed: wrong_audience"] {
        assert!(text.stdout.contains(line), "{}", text.stdout);
    }
    let json = jotgate(&with(&args, &["--format", "json"]), &token("signed-by-a-stranger")).json();
    let rules = json["rules"].as_array().expect("a list");
    let verdict =
        |name: &str| rules.iter().find(|rule| rule["rule"] == name).expect("a rule")["verdict"].clone();
    assert_eq!([verdict("key"), verdict("signature"), verdict("expiry")], ["passed", "failed", "not judged"]);
}

#[test]
fn usage_and_file_errors_are_2_and_name_the_place() {
    let policy_file = std::env::temp_dir().join(format!("jotgate-cli-{}.toml", std::process::id()));
    std::fs::write(&policy_file, "[issuers.a]\nissuer = 1\n").expect("written");
    let broken = policy_file.display().to_string();
    let cases: [(&[&str], &str); 9] = [
        (&["check"], "--keys <JWKS>"),
        (&["check", "--policy", "examples/policy.toml"], "--product"),
        (&["check", "--policy", "no/such.toml", "--product", "x"], "no/such.toml"),
        (
            &["check", "--policy", "examples/policy.toml", "--product", "x"],
            "there are location, number-verification",
        ),
        (&["check", "--policy", &broken, "--product", "x"], ".toml:2:10: issuers.a.issuer: "),
        (
            &["check", "--keys", "no/such.json", "--issuer", "i", "--audience", "a"],
            "no/such.json: No such file",
        ),
        (
            &["check", "--keys", "examples/policy.toml", "--issuer", "i", "--audience", "a"],
            "not JSON (at byte 0)",
        ),
        (
            &["check", "--keys", "x", "--issuer", "i", "--audience", "a", "--preset", "oracle"],
            "none of rfc9068",
        ),
        (&with(&BY_POLICY, &["--lines", "token"]), "standard input"),
    ];
    for (args, message) in cases {
        let output = jotgate(args, "");
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{args:?}");
        assert!(output.stderr.contains(message), "{args:?}: {}", output.stderr);
    }
    let _unneeded = std::fs::remove_file(&policy_file);
}

#[test]
fn empty_demands_never_mean_any() {
    for (flag, value) in [("--scope", ""), ("--audience", ""), ("--typ", "")] {
        let output = jotgate(&with(&DIRECT, &[flag, value]), &token("granted"));
        assert_eq!(output.status, 2, "{flag}: {}", output.stdout);
    }
}

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
    let path = std::env::temp_dir().join(format!("jotgate-cli-{}.jwk", std::process::id()));
    std::fs::write(&path, set["keys"][0].to_string()).expect("written");
    let file = path.display().to_string();
    assert_eq!(jotgate(&["jws", "--keys", &file], &token("granted")).status, 0);
    assert!(jotgate(&["keys", &file], "").stdout.starts_with("used     op-2026-01  EC ES256 256 bits  "));
    let _unneeded = std::fs::remove_file(&path);
}

#[test]
fn key_sets_are_shown_key_by_key() {
    let text = jotgate(&["keys", "examples/operator.jwks.json"], "");
    assert_eq!(text.status, 0);
    assert_eq!(text.lines()[2], "skipped  op-pq  AKP ML-DSA-65  kind_unknown");
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

/// What the README tells to type is typed, by a shell.
#[test]
fn commands_of_the_readme() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("there");
    let (_, section) = readme.split_once("## The command line").expect("a section");
    let commands: Vec<&str> = section.split("```").nth(1).expect("a block").trim().lines().collect();
    assert_eq!(commands.len(), 7);
    let program = Path::new(env!("CARGO_BIN_EXE_jotgate")).parent().expect("a folder");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").expect("a path"));
    for command in commands {
        let output = Command::new("sh")
            .args(["-c", command])
            .current_dir(root())
            .env("PATH", &path)
            .output()
            .expect("a shell");
        let expected = if command.contains("expired") || command.contains("--lines") { 1 } else { 0 };
        assert_eq!(output.status.code(), Some(expected), "{command}");
        assert!(!output.stdout.is_empty() && output.stderr.is_empty(), "{command}");
    }
}

#[test]
fn help_has_examples() {
    for command in ["check", "jws"] {
        assert!(jotgate(&[command, "--help"], "").stdout.contains("Example"), "{command}");
    }
}
