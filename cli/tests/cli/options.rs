//! Every option of every command has an effect where it is taken, and is refused where it would have none.

use crate::run::{BY_POLICY, DIRECT, File, NOW, command, jotgate, root, token, with};
use std::collections::BTreeSet;

/// What adding an option to a command line does.
enum Does {
    /// Another output, for this input.
    Changes(String),
    /// Status 2, and these words.
    Refused(&'static str),
}
use Does::{Changes, Refused};

struct Case<'a> {
    option: &'static str,
    value: &'a str,
    base: Vec<&'a str>,
    does: Does,
}

const QUALITY: [&str; 7] =
    ["check", "--policy", "examples/policy.toml", "--product", "quality-on-demand", "--now", NOW];
const BILLING: [&str; 7] =
    ["check", "--policy", "examples/policy.toml", "--product", "carrier-billing", "--now", NOW];
const LOCATION: [&str; 7] =
    ["check", "--policy", "examples/policy.toml", "--product", "location", "--now", NOW];
const URI: &str = "https://api.operator.example/sim-swap/v2/check";
const PROOF: [&str; 6] = ["--dpop", "@examples/state/proof.jwt", "--method", "POST", "--uri", URI];
const OPERATOR: &str = "examples/operator.jwks.json";
const PARTNER: &str = "examples/partner.jwks.json";
const REVOKED: [&str; 2] = ["--revoked", "examples/state/revoked.txt"];

fn direct<'a>(keys: &'a str, issuer: &'a str, audience: &'a str, now: &'a str) -> Vec<&'a str> {
    vec!["check", "--keys", keys, "--issuer", issuer, "--audience", audience, "--now", now]
}

fn input(name: &str) -> Does {
    Changes(token(name))
}

/// Options that make a policy: none beside a policy file, and none without keys.
fn of_a_policy(cases: &mut Vec<Case<'_>>) {
    let options = [
        ("--keys", OPERATOR),
        ("--issuer", "i"),
        ("--audience", "a"),
        ("--preset", "keycloak"),
        ("--scope", "s"),
        ("--typ", "JWT"),
        ("--alg", "RS256"),
        ("--leeway", "1"),
        ("--max-lifetime", "1"),
    ];
    for (option, value) in options {
        cases.push(Case { option, value, base: BY_POLICY.to_vec(), does: Refused("cannot be used with") });
        let needed = if option == "--keys" { "--issuer <ISS>" } else { "--keys <JWKS>" };
        cases.push(Case { option, value, base: vec!["check"], does: Refused(needed) });
    }
    let operator = "https://auth.operator.example";
    let partner = "https://sso.partner.example/realms/open-gateway";
    let product = "https://api.operator.example/sim-swap";
    let mut effect = |option, value, base, does| cases.push(Case { option, value, base, does });
    effect("--audience", product, direct(OPERATOR, operator, "other", NOW), input("granted"));
    effect("--preset", "keycloak", DIRECT.to_vec(), input("granted"));
    effect("--scope", "other", DIRECT.to_vec(), input("granted"));
    effect("--typ", "JWT", DIRECT.to_vec(), input("granted"));
    effect("--typ", "any", with(&DIRECT, &["--typ", "JWT"]), Refused("any stands alone"));
    effect(
        "--audience",
        product,
        DIRECT.to_vec(),
        Refused("--audience: \"https://api.operator.example/sim-swap\" stands there twice"),
    );
    effect(
        "--scope",
        "a b",
        with(&DIRECT, &["--scope", "a b"]),
        Refused("--scope: \"a b\" stands there twice"),
    );
    effect("--scope", "b  a", with(&DIRECT, &["--scope", "a b"]), Refused("says nothing"));
    effect("--typ", "JWT", with(&DIRECT, &["--typ", "JWT"]), Refused("--typ: \"JWT\" stands there twice"));
    effect("--typ", "application/jwt", with(&DIRECT, &["--typ", "JWT"]), Refused("twice, in other words"));
    effect("--typ", "JWT at+jwt", DIRECT.to_vec(), Refused("more than one"));
    let keycloak = with(&direct(PARTNER, partner, product, NOW), &["--preset", "keycloak"]);
    effect("--alg", "RS256", keycloak, input("granted-keycloak"));
    // 100 seconds after it expired.
    effect("--leeway", "200", direct(OPERATOR, operator, product, "1767226480"), input("granted"));
    effect("--max-lifetime", "899", DIRECT.to_vec(), input("granted"));
    effect("--policy", "examples/policy.toml", vec!["check"], Refused("--product <NAME>"));
    effect("--policy", "examples/policy.toml", DIRECT.to_vec(), Refused("cannot be used with"));
    effect("--product", "sim-swap", vec!["check"], Refused("--policy <FILE>"));
    effect("--product", "sim-swap", DIRECT.to_vec(), Refused("cannot be used with"));
}

fn of_lists<'a>(revokes: &'a str, cases: &mut Vec<Case<'a>>) {
    let status_list = "examples/state/status-list.jwt";
    let mut case = |option, value, base, does| cases.push(Case { option, value, base, does });
    case("--revoked", REVOKED[1], BY_POLICY.to_vec(), Refused("not used"));
    case("--revoked", REVOKED[1], QUALITY.to_vec(), input("token-revoked"));
    case("--revoked", revokes, DIRECT.to_vec(), input("granted"));
    case("--status-list", status_list, BY_POLICY.to_vec(), Refused("not used"));
    case("--status-list", status_list, with(&QUALITY, &REVOKED), input("current"));
    case("--introspection", "examples/state/introspection.json", BY_POLICY.to_vec(), Refused("not used"));
    case(
        "--introspection",
        "examples/state/introspection.json",
        BILLING.to_vec(),
        input("to-be-asked-about"),
    );
    let asked = with(&BILLING, &["--introspection", "examples/state/introspection.json"]);
    for base in [BY_POLICY.to_vec(), DIRECT.to_vec(), asked] {
        case("--lists-as-of", "0", base, Refused("--revoked <FILE>"));
    }
    case("--lists-as-of", "0", with(&QUALITY, &REVOKED), input("current"));
    case("--lists-as-of", "0", with(&QUALITY, &["--status-list", status_list]), Refused("future"));
}

fn of_senders<'a>(no_proofs: &'a str, cases: &mut Vec<Case<'a>>) {
    let body = "examples/state/body.json";
    let mut case = |option, value, base, does| cases.push(Case { option, value, base, does });
    for (option, value) in [("--method", "POST"), ("--uri", URI), ("--body", body), ("--nonce", "n")] {
        for base in [BY_POLICY.to_vec(), DIRECT.to_vec()] {
            case(option, value, base, Refused("--dpop <PROOF>"));
        }
    }
    for base in [BY_POLICY.to_vec(), DIRECT.to_vec()] {
        case("--dpop", "x", base.clone(), Refused("--method <M>"));
        case("--cert-sha256", CERTIFICATE, base, input("bound-to-a-certificate"));
    }
    case(
        "--body",
        body,
        with(&BY_POLICY, &PROOF),
        Refused("not used: products.sim-swap.dpop.request_digests"),
    );
    case("--body", body, with(&DIRECT, &PROOF), input("bound-to-a-key"));
    case("--nonce", "n", with(&BY_POLICY, &PROOF), Refused("not used: products.sim-swap.dpop.nonce_life"));
    case("--nonce", "n", with(&DIRECT, &PROOF), input("bound-to-a-key"));
    let with_nonce = "@examples/state/proof-with-nonce.jwt";
    let uri = "https://api.operator.example/location/v1/verify?accuracy=2";
    let located = ["--dpop", with_nonce, "--method", "POST", "--uri", uri, "--nonce", "nonce-of-the-gateway"];
    case("--body", body, with(&LOCATION, &located), input("bound-for-location"));
    case(
        "--nonce",
        "nonce-of-the-gateway",
        with(&LOCATION, &[&located[..6], &["--body", body]].concat()),
        input("bound-for-location"),
    );
    let other = with(&["check", "--policy", no_proofs, "--product", "p", "--now", NOW], &PROOF);
    case("--body", body, other.clone(), Refused("not used: products.p.dpop.request_digests"));
    case("--nonce", "n", other, Refused("not used: products.p.dpop.nonce_life"));
}

const CERTIFICATE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

fn of_output(cases: &mut Vec<Case<'_>>) {
    let two = || Changes([token("granted"), token("expired")].concat());
    let jws = vec!["jws", "--keys", OPERATOR];
    for base in [BY_POLICY.to_vec(), DIRECT.to_vec(), jws.clone()] {
        cases.push(Case { option: "--format", value: "json", base: base.clone(), does: input("granted") });
        cases.push(Case { option: "--lines", value: "", base: base.clone(), does: two() });
        cases.push(Case {
            option: "--lines",
            value: "",
            base: with(&base, &["a.b.c"]),
            does: Refused("no token argument"),
        });
        let json_lines =
            Case { option: "--format", value: "json", base: with(&base, &["--lines"]), does: two() };
        cases.push(json_lines);
    }
    for more in [&[][..], &["--lines"], &["--format", "json"], &["--format", "json", "--lines"]] {
        cases.push(Case {
            option: "--explain",
            value: "",
            base: with(&BY_POLICY, more),
            does: input("expired"),
        });
    }
    cases.push(Case {
        option: "--now",
        value: "1",
        base: BY_POLICY[..5].to_vec(),
        does: Changes(token("granted")),
    });
    cases.push(Case {
        option: "--alg",
        value: "PS256",
        base: vec!["jws", "--keys", PARTNER],
        does: input("granted-keycloak"),
    });
    cases.push(Case {
        option: "--alg",
        value: "RS256",
        base: vec!["keys", PARTNER],
        does: Changes(String::new()),
    });
    cases.push(Case {
        option: "--format",
        value: "json",
        base: vec!["keys", OPERATOR],
        does: Changes(String::new()),
    });
    cases.push(Case { option: "--keys", value: "no/such", base: vec!["jws"], does: Refused("no/such") });
    for option in ["--format", "--explain", "--lines"] {
        cases.push(Case { option, value: "", base: vec!["peek"], does: Refused("unexpected argument") });
    }
    for option in ["--explain", "--now"] {
        cases.push(Case {
            option,
            value: "",
            base: vec!["jws", "--keys", OPERATOR],
            does: Refused("unexpected argument"),
        });
    }
}

/// The same policy, whose key set is not there.
fn without_keys(policy: &File) -> File {
    let text = std::fs::read_to_string(policy.name()).expect("there");
    let keys = root().join(OPERATOR).display().to_string();
    File::new("no-keys.toml", text.replace(&keys, "/nonexistent.json"))
}

/// The policy of one product that takes no proofs.
fn without_proofs() -> File {
    let keys = root().join(OPERATOR);
    File::new(
        "no-proofs.toml",
        format!(
            "[issuers.a]\nissuer = \"i\"\npreset = \"rfc9068\"\nkeys.file = \"{}\"\n[products.p]\nissuers = [\"a\"]\n\
            audience = [\"a\"]\nscopes = [\"s\"]\nrevocation = \"not-checked\"\n",
            keys.display()
        ),
    )
}

#[test]
fn every_option_has_an_effect_or_is_refused() {
    let (policy, revokes) =
        (without_proofs(), File::new("revokes.txt", "jti https://auth.operator.example b7d0f6f2-0001\n"));
    let keyless = without_keys(&policy);
    let (policy, revokes, keyless) = (policy.name(), revokes.name(), keyless.name());
    let mut cases = Vec::new();
    of_a_policy(&mut cases);
    of_lists(&revokes, &mut cases);
    of_senders(&policy, &mut cases);
    of_output(&mut cases);
    cases.push(Case {
        option: "--strict-keys",
        value: "",
        base: vec!["check", "--policy", &keyless, "--product", "p", "--now", NOW],
        does: input("granted"),
    });
    cases.push(Case {
        option: "--strict-keys",
        value: "",
        base: DIRECT.to_vec(),
        does: Refused("cannot be used with"),
    });
    let mut faults = Vec::new();
    for Case { option, value, base, does } in &cases {
        let mut args = base.clone();
        args.push(option);
        args.extend((!value.is_empty()).then_some(value));
        let text = if let Changes(text) = does { text.as_str() } else { "" };
        let (before, after) = (jotgate(base, text), jotgate(&args, text));
        let holds = match does {
            Changes(_) => (before.status, &before.stdout) != (after.status, &after.stdout),
            Refused(words) => after.status == 2 && after.stdout.is_empty() && after.stderr.contains(words),
        };
        if !holds {
            faults.push(format!("{args:?}: {} {} {}", after.status, after.stdout, after.stderr));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for name in ["check", "jws", "keys", "peek"] {
        let tried: BTreeSet<&str> =
            cases.iter().filter(|case| case.base[0] == name).map(|case| case.option).collect();
        let help = jotgate(&[name, "--help"], "").stdout;
        let options = help.lines().filter_map(|line| {
            let word = line.trim_start().trim_start_matches("-h, ").split([' ', '=']).next()?;
            (line.starts_with("  ") && word.starts_with("--") && word != "--help").then_some(word)
        });
        for option in options {
            assert!(tried.contains(option), "{name} {option} is not tried");
        }
    }
}

#[test]
fn bare_commands_say_what_to_do() {
    for (args, words) in [
        (&["check"][..], "--policy FILE and --product NAME, or --keys JWKS, --issuer ISS and --audience"),
        (&["check", "--lines"], "--policy FILE"),
        (&["jws"], "--keys <JWKS-OR-JWK>"),
        (&["keys"], "<JWKS>"),
        (&[], "Usage: jotgate <COMMAND>"),
    ] {
        let output = command(args).output().expect("ends");
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), [].as_slice()), "{args:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(words), "{args:?}: {said}");
    }
}

/// As Microsoft Entra's: no key names an algorithm.
#[test]
fn a_set_of_nameless_keys_says_what_to_do() {
    let issuer = "https://sso.partner.example/realms/open-gateway";
    for args in [vec!["keys", PARTNER], direct(PARTNER, issuer, "a", NOW)] {
        let output = jotgate(&args, &token("granted"));
        assert_eq!(output.status, 2);
        assert!(
            output.stderr.contains("no key of the set can be used: RSA keys name no algorithm; --alg RS256"),
            "{}",
            output.stderr
        );
    }
}
