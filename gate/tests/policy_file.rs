//! Policy files: what is read, and where errors say they are.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

use jotgate_core::{
    AlgorithmName, Dialect, Freshness, IntrospectionRule, Legs, ReplayMemory, RequestDigests, RevocationRule,
    SenderBinding, StatusListRule, WhenStale, WhenUnanswered,
};
use jotgate_gate::{PolicyFile, PolicyFileError};
use std::path::{Path, PathBuf};

/// A file of its own, removed when the test is over.
struct File(PathBuf);

impl File {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("jotgate-{}-{name}.toml", std::process::id()));
        std::fs::write(&path, text).expect("the temporary folder can be written");
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _unneeded = std::fs::remove_file(&self.0);
    }
}

fn error(name: &str, text: &str) -> PolicyFileError {
    let file = File::new(name, text);
    PolicyFile::open(&file.0).err().expect("refused")
}

/// A policy file that is in order; tests change one line of it.
const GOOD: &str = r#"[defaults]
leeway = 30

[issuers.a]
issuer = "https://a.example"
preset = "rfc9068"
keys.file = "a.json"

[client_groups]
gold = ["one", "two"]

[products.p]
issuers = ["a"]
audience = ["https://p.example"]
scopes = ["x y", "z"]
revocation = "not-checked"
clients = ["@gold", "three"]
"#;

#[test]
fn example_is_read() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/policy.toml");
    let policy = PolicyFile::open(&example).unwrap_or_else(|error| panic!("{error}"));
    let names: Vec<&str> = policy.products().iter().map(|product| product.name()).collect();
    assert_eq!(names, ["location", "number-verification", "sim-swap"]);
    let issuers: Vec<_> =
        policy.issuers().iter().map(|source| (source.label(), source.keys().unnamed)).collect();
    assert_eq!(issuers, [("operator", None), ("partner", Some(AlgorithmName::Rs256))]);

    let product = policy.product("number-verification").expect("described");
    let demands = product.demands();
    assert_eq!(demands.revocation, RevocationRule::NotChecked);
    assert_eq!(demands.max_lifetime, Some(900), "the product's own");
    assert_eq!((demands.leeway, demands.dialect), (60, Dialect::Camara), "the defaults");
    assert_eq!((demands.legs, demands.max_authentication_age), (Legs::Three, Some(300)));
    assert_eq!(demands.acr_values, ["2", "3"]);
    let binding = |name: &str| policy.product(name).map(|product| product.demands().sender_binding);
    assert_eq!(binding("location"), Some(SenderBinding::Either));
    assert_eq!(binding("sim-swap"), Some(SenderBinding::AsTheTokenSays));
    let dpop = |name: &str| policy.product(name).and_then(|product| product.demands().dpop.clone());
    let (shared, own) = (dpop("sim-swap").expect("the default"), dpop("location").expect("its own"));
    assert_eq!((shared.max_age, shared.nonce_life, shared.algorithms.len()), (300, None, 1));
    assert_eq!((own.max_age, own.nonce_life), (120, Some(60)));
    assert_eq!(own.request_digests, RequestDigests::QueryAndBody);
    assert_eq!(own.replay_memory, ReplayMemory::WhileTokenLives);
    assert_eq!(policy.product("sim-swap").map(|p| p.demands().max_lifetime), Some(Some(3600)), "the default");
}

#[test]
fn groups_become_clients() {
    let file = File::new("groups", GOOD);
    let policy = PolicyFile::open(&file.0).unwrap_or_else(|error| panic!("{error}"));
    let clients = policy.products()[0].demands().clients.clone().expect("listed");
    let pairs: Vec<_> = clients.iter().map(|client| (client.id.as_str(), client.group.as_str())).collect();
    assert_eq!(pairs, [("one", "gold"), ("two", "gold"), ("three", "")]);
}

/// The good file with these lines instead of the one about revocation.
fn about_revocation(lines: &str) -> String {
    GOOD.replace("revocation = \"not-checked\"", lines)
}

#[test]
fn what_is_asked_about_revocation() {
    let read = |name: &str, lines: &str| {
        let file = File::new(name, &about_revocation(lines));
        let policy = PolicyFile::open(&file.0).unwrap_or_else(|error| panic!("{error}"));
        let demands = policy.products()[0].demands().clone();
        let policy = demands.policy().map(|_| ());
        assert!(policy.is_ok());
        (demands.revocation, demands.status_list, demands.introspection)
    };
    let fresh = |max_age, when_stale| Freshness { max_age, when_stale };
    let not_checked = (RevocationRule::NotChecked, StatusListRule::NotChecked, IntrospectionRule::NotAsked);
    assert_eq!(read("nothing", "revocation = \"not-checked\""), not_checked);
    let said = "revocation = \"not-checked\"\nstatus_list = \"not-checked\"\nintrospection = \"not-asked\"";
    assert_eq!(read("nothing-said", said), not_checked);
    let all = "revocation = \"list\"\nrevocation_max_age = 600\nrevocation_stale_for = 60\n\
               status_list = \"required\"\nstatus_list_max_age = 3600\n\
               introspection = \"asked\"\nwhen_unanswered = \"deny\"";
    let expected = (
        RevocationRule::ByList(fresh(600, WhenStale::Allow { seconds: 60 })),
        StatusListRule::Required(fresh(3600, WhenStale::Deny)),
        IntrospectionRule::Asked(WhenUnanswered::Deny),
    );
    assert_eq!(read("all", all), expected);
    let lax = all.replace("required", "when-present").replace("deny", "allow");
    let (_, status_list, introspection) = read("lax", &lax);
    assert_eq!(status_list, StatusListRule::WhenPresent(fresh(3600, WhenStale::Deny)));
    assert_eq!(introspection, IntrospectionRule::Asked(WhenUnanswered::Allow));
}

#[test]
fn errors_about_revocation_name_line_and_key() {
    let not_checked = "revocation = \"not-checked\"\n";
    for (name, lines, line, key, message) in [
        ("list-without-age", "revocation = \"list\"", 16, "revocation", "needs revocation_max_age"),
        (
            "age-without-list",
            "revocation = \"not-checked\"\nrevocation_max_age = 5",
            17,
            "revocation_max_age",
            "says nothing",
        ),
        (
            "stale-without-list",
            "revocation_stale_for = 5\nrevocation = \"not-checked\"",
            16,
            "revocation_stale_for",
            "says nothing",
        ),
        (
            "age-of-another-type",
            "revocation = \"list\"\nrevocation_max_age = \"5\"",
            17,
            "revocation_max_age",
            "invalid type",
        ),
        ("status-word", "status_list = \"yes\"", 17, "status_list", "not-checked, required, when-present"),
        ("status-without-age", "status_list = \"required\"", 17, "status_list", "needs status_list_max_age"),
        ("status-age-alone", "status_list_max_age = 5", 17, "status_list_max_age", "says nothing"),
        ("introspection-word", "introspection = \"yes\"", 17, "introspection", "not-asked, asked"),
        ("introspection-alone", "introspection = \"asked\"", 17, "introspection", "needs when_unanswered"),
        ("unanswered-alone", "when_unanswered = \"deny\"", 17, "when_unanswered", "says nothing"),
        (
            "unanswered-word",
            "introspection = \"asked\"\nwhen_unanswered = \"pass\"",
            18,
            "when_unanswered",
            "allow, deny",
        ),
    ] {
        let lines =
            if lines.contains("revocation =") { lines.to_owned() } else { not_checked.to_owned() + lines };
        let error = error(name, &about_revocation(&lines));
        let key = format!("products.p.{key}");
        assert_eq!((error.line(), error.key()), (Some(line), key.as_str()), "{name}: {error}");
        assert!(error.to_string().contains(message), "{name}: {error}");
    }
}

#[test]
fn key_files_are_relative_to_the_policy_file() {
    let file = File::new("relative", GOOD);
    let policy = PolicyFile::open(&file.0).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(policy.issuers()[0].keys().path, std::env::temp_dir().join("a.json"));
}

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
        ("blank_scope", "scopes = [\"x y\", \"z\"]", "scopes = [\" \"]", 15, "products.p.scopes", "no scope"),
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
