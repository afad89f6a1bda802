//! Decisions on single tokens, by a policy file and without one.

use crate::run::{BY_POLICY, DIRECT, NOW, jotgate, root, token, with};
use serde_json::json;

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
        ("bound-to-a-key", 1, "binding_not_proven", 401),
        ("bound-to-a-certificate", 1, "certificate_missing", 401),
        // Of other products: what they are called after is judged in `lists`, `sender` and `introspection`.
        ("bound-for-location", 1, "wrong_audience", 401),
        ("current", 1, "wrong_audience", 401),
        ("status-invalid", 1, "wrong_audience", 401),
        ("status-suspended", 1, "wrong_audience", 401),
        ("token-revoked", 1, "wrong_audience", 401),
        ("client-revoked", 1, "wrong_audience", 401),
        ("issued-before-revocation", 1, "wrong_audience", 401),
        ("to-be-asked-about", 1, "wrong_audience", 401),
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
            "issuer": "https://auth.operator.example", "issuer_label": "operator", "audience": ["https://api.operator.example/sim-swap"],
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
fn empty_demands_never_mean_any() {
    for (flag, value) in [("--scope", ""), ("--audience", ""), ("--typ", "")] {
        let output = jotgate(&with(&DIRECT, &[flag, value]), &token("granted"));
        assert_eq!(output.status, 2, "{flag}: {}", output.stdout);
    }
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
