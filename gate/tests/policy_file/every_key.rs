//! Every key of the file counts: it changes what is demanded, or it is refused where it would say nothing.

use crate::file::{File, error};
use jotgate_gate::PolicyFile;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// Tables, and their keys with values.
#[derive(Clone)]
pub(crate) struct Document(BTreeMap<&'static str, BTreeMap<&'static str, String>>);

/// A table, one of its keys, and a value.
pub(crate) type Line = (&'static str, &'static str, &'static str);

const GOOD: &[Line] = &[
    ("client_groups", "gold", r#"["one"]"#),
    ("issuers.a", "issuer", r#""https://a.example""#),
    ("issuers.a", "preset", r#""rfc9068""#),
    ("issuers.a.keys", "file", r#""a.json""#),
    ("products.p", "audience", r#"["https://p.example"]"#),
    ("products.p", "clients", r#"["@gold"]"#),
    ("products.p", "issuers", r#"["a"]"#),
    ("products.p", "revocation", r#""not-checked""#),
    ("products.p", "scopes", r#"["x"]"#),
];

impl Document {
    pub(crate) fn good() -> Self {
        Self(BTreeMap::new()).with(GOOD)
    }

    pub(crate) fn with(mut self, lines: &[Line]) -> Self {
        for (table, key, value) in lines {
            self = self.with_line(table, key, value);
        }
        self
    }

    pub(crate) fn with_line(mut self, table: &'static str, key: &'static str, value: &str) -> Self {
        self.0.entry(table).or_default().insert(key, value.to_owned());
        self
    }

    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for (table, lines) in &self.0 {
            writeln!(text, "[{table}]").expect("a string");
            for (key, value) in lines {
                writeln!(text, "{key} = {value}").expect("a string");
            }
        }
        text
    }

    /// Everything that gateways and the command line get of the file, or what is wrong with it.
    fn meaning(&self, name: &str) -> Result<String, String> {
        let file = File::new(name, &self.text());
        let policy = PolicyFile::open(&file.0).map_err(|error| error.to_string())?;
        let mut meaning = String::new();
        for product in policy.products() {
            let owned = product.policy();
            let rule = owned.as_policy().map_err(|error| format!("{error:?}"))?;
            writeln!(meaning, "{} {rule:?} {:?}", product.name(), owned.dpop).expect("a string");
        }
        for source in policy.issuers() {
            let names: Vec<_> = source.algorithms().iter().map(|algorithm| algorithm.name()).collect();
            writeln!(meaning, "{} {:?} {:?} {names:?}", source.label(), source.issuer(), source.keys())
                .expect("a string");
        }
        Ok(meaning)
    }
}

/// A value of every key of the file that makes a difference, and lines that it needs beside it.
pub(crate) const COUNTS: &[(Line, &[Line])] = &[
    (("client_groups", "gold", r#"["one", "two"]"#), &[]),
    (("defaults", "clock_floor", "40000000"), &[]),
    (("defaults", "dialect", r#""camara""#), &[]),
    (("defaults", "leeway", "30"), &[]),
    (("defaults", "max_lifetime", "900"), &[]),
    (("defaults", "max_token_len", "9000"), &[]),
    (("defaults", "realm", r#""gate""#), &[]),
    (("defaults", "resource_metadata", r#""https://a.example/m""#), &[]),
    (("defaults.dpop", "algorithms", r#"["ES256"]"#), &[]),
    (("defaults.dpop", "max_age", "9"), &[DEFAULT_PROOFS]),
    (("defaults.dpop", "nonce_life", "9"), &[DEFAULT_PROOFS]),
    (("defaults.dpop", "replay_memory", r#""while-token-lives""#), &[DEFAULT_PROOFS]),
    (("defaults.dpop", "request_digests", r#""body""#), &[DEFAULT_PROOFS]),
    (("issuers.a", "algorithms", r#"["ES256"]"#), &[]),
    (("issuers.a", "client_claims", r#"["azp"]"#), &[]),
    (("issuers.a", "ignored_header_parameters", r#"["jku"]"#), &[]),
    (("issuers.a", "issuer", r#""https://b.example""#), &[]),
    (("issuers.a", "preset", r#""okta""#), &[]),
    (("issuers.a", "scope_claim", r#""scp""#), &[("issuers.a", "scope_form", r#""string""#)]),
    (("issuers.a", "scope_form", r#""array""#), &[("issuers.a", "scope_claim", r#""scope""#)]),
    (("issuers.a", "subject_form", r#""string-or-digits""#), &[]),
    (("issuers.a", "tolerated_claims", r#"["nonce"]"#), &[("issuers.a", "preset", r#""keycloak""#)]),
    (("issuers.a", "typ", r#"["JWT"]"#), &[]),
    (("issuers.a", "typ", r#""any""#), &[]),
    (("issuers.a.keys", "algorithm", r#""RS256""#), &[]),
    (("issuers.a.keys", "file", r#""b.json""#), &[]),
    (("products.p", "acr_values", r#"["2"]"#), &[]),
    (("products.p", "audience", r#"["https://q.example"]"#), &[]),
    (("products.p", "audience", r#""by-client""#), &[]),
    (("products.p", "blocked_clients", r#"["one"]"#), &[]),
    (("products.p", "clients", r#"["@gold", "three"]"#), &[]),
    (("products.p", "introspection", r#""asked""#), &[("products.p", "when_unanswered", r#""deny""#)]),
    (
        ("products.p", "issuers", r#"["a", "b"]"#),
        &[
            ("issuers.b", "issuer", r#""https://b.example""#),
            ("issuers.b", "preset", r#""rfc9068""#),
            ("issuers.b.keys", "file", r#""b.json""#),
            ("products.q", "audience", r#"["https://q.example"]"#),
            ("products.q", "issuers", r#"["b"]"#),
            ("products.q", "revocation", r#""not-checked""#),
            ("products.q", "scopes", r#"["x"]"#),
        ],
    ),
    (("products.p", "claims", r#"[{ claim = "a", equals = "b" }]"#), &[]),
    (("products.p", "leeway", "30"), &[]),
    (("products.p", "legs", r#""two""#), &[]),
    (("products.p", "max_age", "900"), &[]),
    (("products.p", "max_authentication_age", "900"), &[]),
    (("products.p", "max_lifetime", "900"), &[]),
    (("products.p", "purpose_form", r#""claim""#), &[("products.p", "purposes", r#"["Fraud"]"#)]),
    (("products.p", "purposes", r#"["Fraud"]"#), &[]),
    (("products.p", "required_claims", r#"["tenant"]"#), &[]),
    (("products.p", "resource_metadata", r#""https://p.example/m""#), &[]),
    (("products.p", "revocation", r#""list""#), &[("products.p", "revocation_max_age", "9")]),
    (
        ("products.p", "revocation_count", r#""required""#),
        &[("products.p", "revocation", r#""list""#), ("products.p", "revocation_max_age", "9")],
    ),
    (("products.p", "revocation_max_age", "9"), &[("products.p", "revocation", r#""list""#)]),
    (
        ("products.p", "revocation_stale_for", "9"),
        &[("products.p", "revocation", r#""list""#), ("products.p", "revocation_max_age", "9")],
    ),
    (("products.p", "scopes", r#"["x y"]"#), &[]),
    (("products.p", "scopes", r#""not-checked""#), &[]),
    (("products.p", "sender_binding", r#""certificate""#), &[]),
    (("products.p", "status_list", r#""required""#), &[("products.p", "status_list_max_age", "9")]),
    (("products.p", "status_list_max_age", "9"), &[("products.p", "status_list", r#""required""#)]),
    (
        ("products.p", "status_list_stale_for", "9"),
        &[("products.p", "status_list", r#""required""#), ("products.p", "status_list_max_age", "9")],
    ),
    (("products.p", "when_unanswered", r#""allow""#), &[("products.p", "introspection", r#""asked""#)]),
    (("products.p.dpop", "algorithms", r#"["ES256"]"#), &[]),
    (("products.p.dpop", "max_age", "9"), &[PROOFS]),
    (("products.p.dpop", "nonce_life", "9"), &[PROOFS]),
    (("products.p.dpop", "replay_memory", r#""while-token-lives""#), &[PROOFS]),
    (("products.p.dpop", "request_digests", r#""body""#), &[PROOFS]),
];

const PROOFS: Line = ("products.p.dpop", "algorithms", r#"["ES256"]"#);
const DEFAULT_PROOFS: Line = ("defaults.dpop", "algorithms", r#"["ES256"]"#);

/// Keys that say nothing beside these lines, and what the error says.
const SAYS_NOTHING: &[(Line, &[Line], &str)] = &[
    (("client_groups", "tin", r#"["two"]"#), &[], "no product names"),
    (("issuers.a", "scope_form", r#""array""#), &[], "needs scope_claim beside it"),
    (("issuers.a", "scope_claim", r#""scp""#), &[], "needs scope_form beside it"),
    (("issuers.a", "typ", r#"["at+jwt", "application/AT+jwt"]"#), &[], "twice"),
    (("issuers.a", "typ", r#"["at+jwt JWT"]"#), &[], "space"),
    (("issuers.a", "typ", r#"["any"]"#), &[], "typ = \"any\""),
    (("issuers.a.keys", "algorithm", r#""ES256""#), &[], "RSA"),
    (
        ("issuers.a.keys", "algorithm", r#""RS256""#),
        &[("issuers.a", "algorithms", r#"["PS256"]"#)],
        "algorithms",
    ),
    (("products.p", "audience", r#"["by-client"]"#), &[], "audience = \"by-client\""),
    (("products.p", "blocked_clients", r#"["@tin"]"#), &[], "no group tin"),
    (("products.p", "blocked_clients", r#"["gold"]"#), &[], "@gold"),
    (("products.p", "clients", r#"["one", "@gold"]"#), &[], "one stands there already"),
    (("products.p", "purpose_form", r#""claim""#), &[], "purposes"),
    (("products.p", "revocation_count", r#""required""#), &[], "says nothing"),
    (("products.p", "revocation_max_age", "9"), &[], "says nothing"),
    (("products.p", "revocation_stale_for", "9"), &[], "says nothing"),
    (("products.p", "scopes", r#"["not-checked"]"#), &[], "scopes = \"not-checked\""),
    (("products.p", "scopes", r#"["x y", "y  x"]"#), &[], "says nothing"),
    (("products.p", "scopes", r#"["x y z", "x z"]"#), &[], "says nothing"),
    (("products.p", "status_list_max_age", "9"), &[], "says nothing"),
    (("products.p", "status_list_stale_for", "9"), &[], "says nothing"),
    (("products.p", "when_unanswered", r#""deny""#), &[], "says nothing"),
];

#[test]
fn every_key_counts() {
    let mut silent = vec![];
    for ((table, key, value), beside) in COUNTS {
        let without = Document::good().with(beside);
        let name = format!("counts-{table}-{key}");
        let with = without
            .clone()
            .with_line(table, key, value)
            .meaning(&name)
            .unwrap_or_else(|error| panic!("{error}"));
        // Without the key the lines beside it may be refused.
        if without.meaning(&name).is_ok_and(|without| without == with) {
            silent.push(format!("{table}.{key}"));
        }
    }
    assert!(silent.is_empty(), "these change nothing: {silent:?}");
}

#[test]
fn what_says_nothing_is_refused() {
    let mut wrong = vec![];
    for (number, ((table, key, value), beside, message)) in SAYS_NOTHING.iter().enumerate() {
        let document = Document::good().with(beside).with_line(table, key, value);
        let name = format!("nothing-{number}");
        let answer = document.meaning(&name).err();
        // Of an issuer that nobody names, the whole table says nothing.
        let place =
            if *table == "issuers.b" { ": issuers.b: ".to_owned() } else { format!(": {table}.{key}: ") };
        if !answer.as_ref().is_some_and(|error| error.contains(&place) && error.contains(message)) {
            wrong.push(format!("{table}.{key} = {value}: {answer:?}, not {message}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The reader names the keys that it knows when it meets one that it does not know.
#[test]
fn every_key_of_the_file_is_in_the_table() {
    let known = |table: &str| -> BTreeSet<String> {
        let text = if table.is_empty() { "zz = 1\n".to_owned() } else { format!("[{table}]\nzz = 1\n") };
        let error = error(&format!("probe-{table}"), &text).to_string();
        let (_, names) =
            error.split_once("unknown field `zz`, expected ").expect("the reader lists its keys");
        names.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    // What is a table of its own is no key with a value.
    let tables: BTreeSet<&str> = COUNTS.iter().map(|((table, ..), _)| *table).chain([""]).collect();
    for table in &tables {
        if *table == "client_groups" {
            continue;
        }
        let keys =
            COUNTS.iter().filter(|((own, ..), _)| own == table).map(|((_, key, _), _)| (*key).to_owned());
        let below = tables.iter().filter_map(|own| {
            let rest = if table.is_empty() { *own } else { own.strip_prefix(table)?.strip_prefix('.')? };
            rest.split('.').next().filter(|name| !name.is_empty()).map(str::to_owned)
        });
        assert_eq!(keys.chain(below).collect::<BTreeSet<_>>(), known(table), "[{table}]");
    }
}
