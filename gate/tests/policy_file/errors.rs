//! Errors name line and key.

use crate::file::{GOOD, error};
use jotgate_gate::PolicyFile;
use std::path::Path;

/// One line of the good file is replaced (or one is added behind it): the error names that line and key.
#[test]
fn errors_name_line_and_key() {
    let cases = [
        ("unknown_key", "leeway = 30", "leewya = 30", 2, "defaults.leewya", "unknown field"),
        ("wrong_type", "leeway = 30", "leeway = \"30\"", 2, "defaults.leeway", "invalid type"),
        ("leeway_too_large", "leeway = 30", "leeway = 301", 2, "defaults.leeway", "out of range"),
        ("negative", "leeway = 30", "leeway = -1", 2, "defaults.leeway", "invalid value"),
        ("syntax", "leeway = 30", "leeway = ", 2, "", ""),
        ("empty_issuer", "issuer = \"https://a.example\"", "issuer = \"\"", 5, "issuers.a.issuer", "empty"),
        (
            "preset",
            "preset = \"rfc9068\"",
            "preset = \"rfc9086\"",
            6,
            "issuers.a.preset",
            "none of rfc9068, keycloak",
        ),
        ("no_preset", "preset = \"rfc9068\"", "", 4, "issuers.a", "missing field `preset`"),
        (
            "key_algorithm",
            "keys.file = \"a.json\"",
            "keys = { file = \"a.json\", algorithm = \"HS256\" }",
            7,
            "issuers.a.keys.algorithm",
            "none of",
        ),
        (
            "types",
            "keys.file = \"a.json\"",
            "keys.file = \"a.json\"\ntyp = []",
            8,
            "issuers.a.typ",
            "never means any",
        ),
        (
            "algorithms",
            "keys.file = \"a.json\"",
            "keys.file = \"a.json\"\nalgorithms = []",
            8,
            "issuers.a.algorithms",
            "never means any",
        ),
        (
            "scope_form",
            "keys.file = \"a.json\"",
            "keys.file = \"a.json\"\nscope_form = \"array\"",
            8,
            "issuers.a.scope_form",
            "needs scope_claim",
        ),
        (
            "no_such_issuer",
            "issuers = [\"a\"]",
            "issuers = [\"b\"]",
            13,
            "products.p.issuers",
            "no [issuers.b]",
        ),
        ("no_issuers", "issuers = [\"a\"]", "issuers = []", 13, "products.p.issuers", "never means any"),
        (
            "no_audience",
            "audience = [\"https://p.example\"]",
            "audience = []",
            14,
            "products.p.audience",
            "never",
        ),
        (
            "empty_audience",
            "audience = [\"https://p.example\"]",
            "audience = [\"\"]",
            14,
            "products.p.audience",
            "empty",
        ),
        ("no_scopes", "scopes = [\"x y\", \"z\"]", "scopes = []", 15, "products.p.scopes", "never means any"),
        (
            "blank_scope",
            "scopes = [\"x y\", \"z\"]",
            "scopes = [\" \"]",
            15,
            "products.p.scopes",
            "white space",
        ),
        (
            "bad_scope",
            "scopes = [\"x y\", \"z\"]",
            "scopes = ['x\"']",
            15,
            "products.p.scopes",
            "must not hold",
        ),
        (
            "scope_word",
            "scopes = [\"x y\", \"z\"]",
            "scopes = \"any\"",
            15,
            "products.p.scopes",
            "not-checked",
        ),
        (
            "scope_number",
            "scopes = [\"x y\", \"z\"]",
            "scopes = 1",
            15,
            "products.p.scopes",
            "a list of strings",
        ),
        (
            "revocation",
            "revocation = \"not-checked\"",
            "revocation = \"none\"",
            16,
            "products.p.revocation",
            "none of not-checked",
        ),
        ("no_revocation", "revocation = \"not-checked\"", "", 12, "products.p", "missing field `revocation`"),
        (
            "no_group",
            "clients = [\"@gold\", \"three\"]",
            "clients = [\"@gilt\"]",
            17,
            "products.p.clients",
            "no group gilt",
        ),
        (
            "no_clients",
            "clients = [\"@gold\", \"three\"]",
            "clients = []",
            17,
            "products.p.clients",
            "never means any",
        ),
        (
            "purpose",
            "clients = [",
            "purposes = [\"fraud\"]\nclients = [",
            17,
            "products.p.purposes",
            "capital",
        ),
        (
            "acr",
            "clients = [",
            "acr_values = []\nclients = [",
            17,
            "products.p.acr_values",
            "never means any",
        ),
        ("legs", "clients = [", "legs = \"four\"\nclients = [", 17, "products.p.legs", "either, two, three"),
        (
            "lifetime",
            "clients = [",
            "max_lifetime = 0\nclients = [",
            17,
            "products.p.max_lifetime",
            "out of range",
        ),
        ("realm", "leeway = 30", "realm = 'a\"b'", 2, "defaults.realm", "challenge"),
        (
            "binding",
            "clients = [",
            "sender_binding = \"mtls\"\nclients = [",
            17,
            "products.p.sender_binding",
            "none of as-the-token-says, dpop, certificate, either",
        ),
        (
            "binding_without_dpop",
            "clients = [",
            "sender_binding = \"dpop\"\nclients = [",
            17,
            "products.p.sender_binding",
            "nothing is said about DPoP",
        ),
        (
            "dpop_algorithm",
            "clients = [",
            "dpop.algorithms = [\"HS256\"]\nclients = [",
            17,
            "products.p.dpop.algorithms",
            "none of",
        ),
        (
            "dpop_no_algorithms",
            "clients = [",
            "dpop = { algorithms = [] }\nclients = [",
            17,
            "products.p.dpop.algorithms",
            "never means any",
        ),
        (
            "dpop_age",
            "clients = [",
            "dpop.algorithms = [\"ES256\"]\ndpop.max_age = 0\nclients = [",
            18,
            "products.p.dpop.max_age",
            "out of range",
        ),
        (
            "dpop_nonce",
            "clients = [",
            "dpop.algorithms = [\"ES256\"]\ndpop.nonce_life = 3601\nclients = [",
            18,
            "products.p.dpop.nonce_life",
            "out of range",
        ),
        (
            "dpop_digests",
            "leeway = 30",
            "dpop = { algorithms = [\"ES256\"], request_digests = \"all\" }",
            2,
            "defaults.dpop.request_digests",
            "query-and-body",
        ),
        (
            "dpop_memory",
            "clients = [",
            "dpop.algorithms = [\"ES256\"]\ndpop.replay_memory = \"ever\"\nclients = [",
            18,
            "products.p.dpop.replay_memory",
            "while-token-lives",
        ),
        (
            "dpop_unknown",
            "clients = [",
            "dpop.algorithms = [\"ES256\"]\ndpop.nonce = 1\nclients = [",
            18,
            "products.p.dpop.nonce",
            "unknown field",
        ),
        (
            "class",
            "clients = [",
            "acr_values = ['ga\"ld']\nclients = [",
            17,
            "products.p.acr_values",
            "challenge",
        ),
        ("no_realm", "leeway = 30", "realm = \"\"", 2, "defaults.realm", "empty"),
        ("key_file", "keys.file = \"a.json\"", "keys.file = \"\"", 7, "issuers.a.keys.file", "empty"),
        ("default_nobody_has", "leeway = 30\n", "leeway = 301\n", 2, "defaults.leeway", "out of range"),
        (
            "audience_word",
            "audience = [\"https://p.example\"]",
            "audience = \"any\"",
            14,
            "products.p.audience",
            "by-client",
        ),
        ("token_len", "leeway = 30", "max_token_len = 16385", 2, "defaults.max_token_len", "16384"),
    ];
    for (name, old, new, line, key, message) in cases {
        assert_eq!(GOOD.matches(old).count(), 1, "{name}: the line to change is there once");
        let error = error(name, &GOOD.replace(old, new));
        assert_eq!((error.line(), error.key()), (Some(line), key), "{name}: {error}");
        assert!(error.to_string().contains(message), "{name}: {error}");
    }
}

#[test]
fn missing_file_is_named() {
    let error = PolicyFile::open(Path::new("no/such/policy.toml")).err().expect("refused");
    assert!(error.to_string().starts_with("no/such/policy.toml: "), "{error}");
}

#[test]
fn file_without_products_is_refused() {
    let (issuers, _) = GOOD.split_once("[products.p]").expect("there");
    let error = error("no_products", &format!("{issuers}\n[products]\n"));
    assert_eq!(error.key(), "products");
}
