//! Keys and key sets that cannot be used: what is told of them, and whom they concern.

use crate::run::{File, NOW, Output, jotgate, root, token};

const ISSUER: &str = "https://auth.operator.example";

/// A policy whose table `good` has the operator's keys, and whose table `bad`, of another issuer, has this set.
fn policy(name: &str, bad: &str) -> File {
    let good = root().join("examples/operator.jwks.json").display().to_string();
    let issuer = |label: &str, name: &str, file: &str| {
        format!("[issuers.{label}]\nissuer = \"{name}\"\npreset = \"rfc9068\"\nkeys.file = \"{file}\"\n")
    };
    let text = [
        issuer("bad", "https://bad.example", bad),
        issuer("good", ISSUER, &good),
        "[products.p]\nissuers = [\"good\", \"bad\"]\naudience = [\"https://api.operator.example/sim-swap\"]\n\
         scopes = \"not-checked\"\nrevocation = \"not-checked\"\n"
            .to_owned(),
    ];
    File::new(name, text.concat())
}

fn check(policy: &File, more: &[&str], token: &str) -> Output {
    let name = policy.name();
    let args = ["check", "--policy", &name, "--product", "p", "--now", NOW, "--format", "json"];
    jotgate(&[&args, more].concat(), token)
}

/// A set whose one key has too few bits, and its file.
fn short_key(name: &str) -> File {
    let n = "q".repeat(100);
    File::new(
        name,
        format!(r#"{{"keys":[{{"kty":"RSA","kid":"short","alg":"RS256","n":"{n}","e":"AQAB"}}]}}"#),
    )
}

/// A token without a good signature that claims this issuer and this key.
fn claiming(issuer: &str, kid: &str) -> String {
    use base64ct::{Base64UrlUnpadded, Encoding};
    let header = format!(r#"{{"alg":"RS256","typ":"at+jwt","kid":"{kid}"}}"#);
    let claims = format!(r#"{{"iss":"{issuer}"}}"#);
    let [header, claims] = [header, claims].map(|text| Base64UrlUnpadded::encode_string(text.as_bytes()));
    format!("{header}.{claims}.AAAA")
}

#[test]
fn a_broken_set_concerns_its_own_tokens() {
    let short = short_key("unused-short.json");
    let no_json = File::new("unused-no-json.json", "{");
    for (name, file, told) in [
        ("unused-missing.toml", "/nonexistent/keys.json", "/nonexistent/keys.json: "),
        ("unused-no-json.toml", &no_json.name(), "unused-no-json.json: "),
        ("unused-short.toml", &short.name(), "no key of the set can be used"),
    ] {
        let policy = policy(name, file);
        let good = check(&policy, &[], &token("granted"));
        assert_eq!((good.status, good.json()["reason"].as_str()), (0, Some("granted")), "{name}");
        for part in [told, "[issuers.bad]", "(6003)"] {
            assert!(good.warnings.contains(part), "{name}: {part}: {}", good.warnings);
        }
        let bad = check(&policy, &[], &claiming("https://bad.example", "short"));
        assert_eq!((bad.status, bad.json()["code"].as_i64()), (1, Some(6003)), "{name}");
        let note = bad.json()["note"].as_str().expect("a note").to_owned();
        assert!(note.contains("[issuers.bad] has no keys: ") && note.contains(told), "{name}: {note}");
        let strict = check(&policy, &["--strict-keys"], &token("granted"));
        assert_eq!((strict.status, strict.stdout.as_str()), (2, ""), "{name}");
        assert!(strict.stderr.contains(told), "{name}: {}", strict.stderr);
    }
}

/// Where nothing can be loaded, everything is denied, and nothing is an error.
#[test]
fn all_sets_are_broken() {
    let text =
        std::fs::read_to_string(policy("unused-all.toml", "/nonexistent/a.json").name()).expect("there");
    let good = root().join("examples/operator.jwks.json").display().to_string();
    let policy = File::new("unused-all-broken.toml", text.replace(&good, "/nonexistent/b.json"));
    let output = check(&policy, &[], &token("granted"));
    assert_eq!((output.status, output.json()["code"].as_i64()), (1, Some(6003)));
    assert_eq!(output.json()["status"], 503);
}

#[test]
fn a_skipped_key_is_named_where_a_token_needs_it() {
    let set = std::fs::read_to_string(short_key("unused-one.json").name()).expect("there");
    let operator = std::fs::read_to_string(root().join("examples/operator.jwks.json")).expect("there");
    let (head, rest) = operator.split_once('[').expect("a set");
    let key = set.split_once('[').and_then(|(_, rest)| rest.rsplit_once(']')).expect("a set").0;
    let both = File::new("unused-both.json", format!("{head}[{key},{rest}"));
    let args = [
        "check",
        "--keys",
        &both.name(),
        "--issuer",
        ISSUER,
        "--audience",
        "https://api.operator.example/sim-swap",
        "--now",
        NOW,
        "--format",
        "json",
    ];
    let granted = jotgate(&args, &token("granted"));
    assert_eq!(granted.status, 0, "{}", granted.stderr);
    let warning = "unused-both.json: key 0 \"short\" is skipped: ";
    assert!(
        granted.warnings.contains(warning) && granted.warnings.contains("modulus_too_short"),
        "{}",
        granted.stderr
    );
    let denied = jotgate(&args, &claiming(ISSUER, "short"));
    let json = denied.json();
    assert_eq!(json["reason"], "unknown_kid");
    let note = json["note"].as_str().expect("a note");
    assert!(note.starts_with("a key of this id is there: ") && note.contains(warning), "{note}");
    assert!(jotgate(&args, &claiming(ISSUER, "other")).json()["note"].is_null());
    let text: Vec<_> = args.iter().copied().filter(|arg| !["--format", "json"].contains(arg)).collect();
    assert!(
        jotgate(&text, &claiming(ISSUER, "short")).stdout.contains("  note       a key of this id is there")
    );
}

/// Without a policy file there is one set: without it nothing can be granted.
#[test]
fn the_only_set_is_broken() {
    let short = short_key("unused-only.json");
    let args = ["check", "--keys", &short.name(), "--issuer", ISSUER, "--audience", "a", "--now", NOW];
    let output = jotgate(&args, &token("granted"));
    assert_eq!((output.status, output.stdout.as_str()), (2, ""));
    assert!(output.warnings.contains("key 0 \"short\" is skipped: "), "{}", output.warnings);
    assert!(output.stderr.contains("no key of the set can be used"), "{}", output.stderr);
}
