//! Tokens that are bound to their sender: to a certificate, or to a key with a DPoP proof.

use crate::run::{BY_POLICY, DIRECT, NOW, jotgate, root, token, with};
use serde_json::Value;

const URI: &str = "https://api.operator.example/sim-swap/v2/check";
const PROOF: [&str; 6] = ["--dpop", "@examples/state/proof.jwt", "--method", "POST", "--uri", URI];

fn state(name: &str) -> String {
    let text = std::fs::read_to_string(root().join("examples/state").join(name)).expect("an example");
    text.trim().to_owned()
}

/// What is printed, and the exit status beside it.
fn judged(args: &[&str], token: &str) -> (i32, Value) {
    let output = jotgate(&with(args, &["--format", "json"]), token);
    assert!(output.stderr.is_empty(), "{args:?}: {}", output.stderr);
    (output.status, output.json())
}

fn reason(args: &[&str], token: &str) -> (i32, String) {
    let (status, decision) = judged(args, token);
    (status, decision["reason"].as_str().expect("a reason").to_owned())
}

fn denied(reason: &str) -> (i32, String) {
    (1, reason.to_owned())
}

fn granted() -> (i32, String) {
    (0, "granted".to_owned())
}

#[test]
fn a_proof_in_a_file_and_as_an_argument() {
    let bound = token("bound-to-a-key");
    assert_eq!(reason(&with(&BY_POLICY, &PROOF), &bound), granted());
    let proof = state("proof.jwt");
    let args = ["--dpop", &proof, "--method", "POST", "--uri", URI];
    assert_eq!(reason(&with(&BY_POLICY, &args), &bound), granted());
    assert_eq!(reason(&with(&DIRECT, &args), &bound), granted(), "without a policy file");
}

#[test]
fn a_proof_that_does_not_hold() {
    let bound = token("bound-to-a-key");
    let proof = state("proof.jwt");
    let (signed, _) = proof.rsplit_once('.').expect("a signature");
    let other_signature = format!("{signed}.{}", "A".repeat(86));
    let access_token = bound.trim();
    let by = |proof: &str, method: &str, uri: &str| {
        reason(&with(&BY_POLICY, &["--dpop", proof, "--method", method, "--uri", uri]), &bound)
    };
    assert_eq!(by(&proof, "GET", URI), denied("proof_wrong_method"));
    assert_eq!(by(&proof, "POST", "https://api.operator.example/sim-swap/v2"), denied("proof_wrong_uri"));
    assert_eq!(by(&proof, "POST", "HTTPS://API.operator.example:443/sim-swap/v2/./check?a=b#c"), granted());
    assert_eq!(by(&other_signature, "POST", URI), denied("proof_bad_signature"));
    assert_eq!(by(access_token, "POST", URI), denied("proof_wrong_type"));
    assert_eq!(by("", "POST", URI), denied("proof_malformed"));
    let later = ["check", "--policy", "examples/policy.toml", "--product", "sim-swap", "--now", "1767225959"];
    assert_eq!(reason(&with(&later, &PROOF), &bound), denied("proof_too_old"));
    // The token is another one, of the same key or of none.
    assert_eq!(reason(&with(&BY_POLICY, &PROOF), &token("granted")), denied("token_not_bound"));
    assert_eq!(
        reason(&with(&BY_POLICY, &PROOF), &token("bound-but-not-proven")),
        denied("proof_wrong_token")
    );
    assert_eq!(reason(&BY_POLICY, &bound), denied("binding_not_proven"));
}

/// Under the scheme `DPoP` the grammar of the field is judged first.
#[test]
fn a_token_that_is_none() {
    for input in ["", "a b", "\u{e4}"] {
        let (status, decision) = judged(&with(&BY_POLICY, &[&PROOF[..], &["--explain"]].concat()), input);
        assert_eq!((status, decision["reason"].as_str()), (1, Some("bad_authorization_header")), "{input:?}");
        assert_eq!(decision["rules"][0]["verdict"], "failed");
        assert_eq!(decision["rules"][1]["verdict"], "not judged");
    }
    assert_eq!(reason(&with(&BY_POLICY, &PROOF), "a.b"), denied("not_jwt"));
}

/// The challenge is that of the scheme under which the token came.
#[test]
fn the_challenge_of_a_proof() {
    let args = ["--dpop", "x", "--method", "POST", "--uri", URI];
    let (_, decision) = judged(&with(&BY_POLICY, &args), &token("bound-to-a-key"));
    let challenge = decision["www_authenticate"].as_str().expect("a challenge");
    assert!(
        challenge.starts_with("DPoP realm=\"open-gateway\", error=\"invalid_dpop_proof\""),
        "{challenge}"
    );
    assert!(challenge.ends_with("algs=\"ES256\""), "{challenge}");
}

/// A proof is good for one request; explaining spends nothing.
#[test]
fn a_proof_that_comes_again() {
    let bound = token("bound-to-a-key");
    let args = with(&BY_POLICY, &[&PROOF[..], &["--lines", "--explain"]].concat());
    let output = jotgate(&args, &[bound.as_str(), &token("expired"), &bound].concat());
    assert_eq!(output.status, 1);
    assert!(output.lines()[0].starts_with("granted "), "{}", output.stdout);
    assert!(output.lines()[1].starts_with("denied 4001 expired "), "{}", output.stdout);
    assert_eq!(output.lines()[2], "denied 5201 replayed replay=replayed");
}

/// The product demands a nonce, and the digests of query and body.
#[test]
fn nonce_and_digests() {
    let location = ["check", "--policy", "examples/policy.toml", "--product", "location", "--now", NOW];
    let (uri, body) =
        ("https://api.operator.example/location/v1/verify?accuracy=2", "examples/state/body.json");
    let with_nonce = ["--dpop", "@examples/state/proof-with-nonce.jwt", "--method", "POST"];
    let by = |more: &[&str]| {
        reason(&[&location, with_nonce.as_slice(), more].concat(), &token("bound-for-location"))
    };
    let nonce = "nonce-of-the-gateway";
    assert_eq!(by(&["--uri", uri, "--body", body, "--nonce", nonce]), granted());
    assert_eq!(by(&["--uri", uri, "--body", body, "--nonce", "another"]), denied("proof_nonce_stale"));
    assert_eq!(by(&["--uri", uri, "--body", body]), denied("nonces_missing"));
    assert_eq!(by(&["--uri", uri, "--nonce", nonce]), denied("proof_wrong_body"));
    let other = [uri, "0"].concat();
    assert_eq!(by(&["--uri", &other, "--body", body, "--nonce", nonce]), denied("proof_wrong_query"));
    let none = uri.replace("?accuracy=2", "");
    assert_eq!(by(&["--uri", &none, "--body", body, "--nonce", nonce]), denied("proof_wrong_query"));
    let fragment = [uri, "#f?x"].concat();
    assert_eq!(
        by(&["--uri", &fragment, "--body", body, "--nonce", nonce]),
        granted(),
        "no part of the query"
    );
    // Bound it must be, to one or the other.
    let loose = jotgate(&with(&location, &["--explain"]), &token("granted"));
    assert!(loose.stdout.contains("binding                failed: binding_missing"), "{}", loose.stdout);
}

/// Without a policy file a nonce that is given is demanded, and the answer gives it out.
#[test]
fn a_nonce_without_a_policy_file() {
    let args = with(&DIRECT, &[&PROOF[..], &["--nonce", "n-1"]].concat());
    let (status, decision) = judged(&args, &token("bound-to-a-key"));
    assert_eq!((status, decision["reason"].as_str()), (1, Some("proof_nonce_missing")));
    assert_eq!(decision["dpop_nonce"], "n-1");
    let text = jotgate(&args, &token("bound-to-a-key"));
    assert!(text.stdout.contains("  nonce      n-1\n"), "{}", text.stdout);
}

#[test]
fn a_certificate() {
    let bound = token("bound-to-a-certificate");
    let hex = state("certificate.sha256");
    let pairs: Vec<String> =
        hex.to_uppercase().as_bytes().chunks(2).map(|p| String::from_utf8_lossy(p).into()).collect();
    let other = format!("{}0", &hex[..63]);
    let shown = |hex: &str| reason(&with(&BY_POLICY, &["--cert-sha256", hex]), &bound);
    assert_eq!(shown(&hex), granted());
    assert_eq!(shown(&pairs.join(":")), granted(), "as openssl prints it");
    assert_eq!(shown(&other), denied("certificate_mismatch"));
    assert_eq!(reason(&BY_POLICY, &bound), denied("certificate_missing"));
    assert_eq!(
        reason(&with(&BY_POLICY, &["--cert-sha256", &hex]), &token("granted")),
        granted(),
        "not bound"
    );
    let lines =
        jotgate(&with(&BY_POLICY, &["--cert-sha256", &hex, "--lines"]), &[bound.clone(), bound].concat());
    assert_eq!(lines.status, 0, "a certificate is good more than once");
}

#[test]
fn half_of_what_is_needed_is_a_usage_error() {
    let cases: [(&[&str], &str); 8] = [
        (&["--dpop", "x"], "--method"),
        (&["--dpop", "x", "--method", "GET"], "--uri"),
        (&["--method", "GET"], "--dpop"),
        (&["--nonce", "n"], "--dpop"),
        (&["--dpop", "x", "--method", "GET", "--uri", "/path"], "it is no absolute URI"),
        (&["--dpop", "@no/such.jwt", "--method", "GET", "--uri", URI], "no/such.jwt: No such file"),
        (&["--cert-sha256", "abc"], "64 hexadecimal digits"),
        (&["--cert-sha256", &"g".repeat(64)], "64 hexadecimal digits"),
    ];
    for (args, message) in cases {
        let output = jotgate(&with(&BY_POLICY, args), &token("granted"));
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{args:?}");
        assert!(output.stderr.contains(message), "{args:?}: {}", output.stderr);
    }
}
