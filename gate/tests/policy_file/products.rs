//! What a file says of issuers and products.

use crate::file::{File, GOOD, error};
use jotgate_core::{
    AlgorithmName, Dialect, Freshness, IntrospectionRule, Legs, ReplayMemory, RequestDigests, RevocationRule,
    SenderBinding, StatusListRule, WhenStale, WhenUnanswered,
};
use jotgate_gate::{Audience, PolicyFile};
use std::path::Path;

#[test]
fn example_is_read() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/policy.toml");
    let policy = PolicyFile::open(&example).unwrap_or_else(|error| panic!("{error}"));
    let names: Vec<&str> = policy.products().iter().map(|product| product.name()).collect();
    assert_eq!(
        names,
        ["carrier-billing", "location", "number-verification", "quality-on-demand", "sim-swap"]
    );
    let issuers: Vec<_> =
        policy.issuers().iter().map(|source| (source.label(), source.keys().default_rsa_algorithm)).collect();
    assert_eq!(issuers, [("operator", None), ("partner", Some(AlgorithmName::Rs256))]);

    let product = policy.product("number-verification").expect("described");
    let owned = product.policy();
    assert_eq!(owned.revocation, RevocationRule::NotChecked);
    assert_eq!(owned.max_lifetime, Some(900), "the product's own");
    assert_eq!((owned.leeway, owned.dialect), (60, Dialect::Camara), "the defaults");
    assert_eq!((owned.legs, owned.max_authentication_age), (Legs::Three, Some(300)));
    assert_eq!(owned.acr_values, ["2", "3"]);
    let binding = |name: &str| policy.product(name).map(|product| product.policy().sender_binding);
    assert_eq!(binding("location"), Some(SenderBinding::Either));
    assert_eq!(binding("sim-swap"), Some(SenderBinding::AsTheTokenSays));
    let dpop = |name: &str| policy.product(name).and_then(|product| product.policy().dpop.clone());
    let (shared, own) = (dpop("sim-swap").expect("the default"), dpop("location").expect("its own"));
    assert_eq!((shared.max_age, shared.nonce_life, shared.algorithms.len()), (300, None, 1));
    assert_eq!((own.max_age, own.nonce_life), (120, Some(60)));
    assert_eq!(own.request_digests, RequestDigests::QueryAndBody);
    assert_eq!(own.replay_memory, ReplayMemory::WhileTokenLives);
    assert_eq!(policy.product("sim-swap").map(|p| p.policy().max_lifetime), Some(Some(3600)), "the default");

    let quality = policy.product("quality-on-demand").expect("described").policy();
    let fresh = |when_stale, max_age| Freshness { max_age, when_stale };
    let list = RevocationRule::ByCountedList(fresh(WhenStale::Allow { seconds: 3600 }, 600));
    assert_eq!((quality.revocation, quality.introspection), (list, IntrospectionRule::NotAsked));
    assert_eq!(quality.status_list, StatusListRule::WhenPresent(fresh(WhenStale::Deny, 3600)));
    let billing = policy.product("carrier-billing").expect("described").policy();
    assert_eq!(billing.introspection, IntrospectionRule::Asked(WhenUnanswered::Deny));
}

/// Tokens that need not have an audience are judged by their client.
#[test]
fn audience_by_client() {
    let cognito = GOOD.replace("rfc9068", "cognito");
    let refused = error("cognito", &cognito);
    assert_eq!((refused.line(), refused.key()), (Some(14), "products.p.audience"), "{refused}");
    assert!(refused.to_string().contains("by client ([issuers.a])"), "{refused}");

    let by_client = cognito.replace("[\"https://p.example\"]", "\"by-client\"");
    let file = File::new("by-client", &by_client);
    let policy = PolicyFile::open(&file.0).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(policy.products()[0].policy().audience, Audience::ByClient);
    for (name, text, message) in [
        ("by-client-of-all", by_client.replace("clients = [\"@gold\", \"three\"]", ""), "must be listed"),
        ("by-client-unmarked", by_client.replace("cognito", "okta"), "access tokens"),
        (
            "by-client-typ",
            GOOD.replace("[\"https://p.example\"]", "\"by-client\"")
                .replace("keys.file", "typ = \"any\"\nkeys.file"),
            "access tokens",
        ),
    ] {
        let error = error(name, &text);
        assert_eq!(error.key(), "products.p.audience", "{error}");
        assert!(error.to_string().contains(message), "{error}");
    }
}

/// A default is judged even where every product has a value of its own.
#[test]
fn defaults_that_no_product_shares() {
    let own = GOOD.replace("clients = [", "leeway = 20\nmax_lifetime = 9\nclients = [");
    for (name, line, key) in [
        ("leeway", "leeway = 301", "defaults.leeway"),
        ("lifetime", "max_lifetime = 0", "defaults.max_lifetime"),
    ] {
        let error = error(&format!("unshared-{name}"), &own.replace("leeway = 30", line));
        assert_eq!((error.line(), error.key()), (Some(2), key), "{error}");
    }
}

/// Tables of one issuer, each with keys of its own: a product may name up to four of them.
#[test]
fn a_product_names_tables_of_one_issuer() {
    let tables = |labels: &[&str]| -> String {
        let table = |label: &&str| {
            format!(
                "[issuers.{label}]\nissuer = \"https://a.example\"\npreset = \"rfc9068\"\nkeys.file = \"{label}.json\"\n"
            )
        };
        labels.iter().map(table).collect()
    };
    let labels = ["b", "c", "d", "e"];
    let text = |named: &str| {
        let text = GOOD.replace("[client_groups]", &format!("{}\n[client_groups]", tables(&labels)));
        text.replace("[\"a\"]", named)
    };
    let many = error("tables-many", &text(r#"["a", "b", "c", "d", "e"]"#));
    assert_eq!(many.key(), "products.p.issuers", "{many}");
    assert!(many.to_string().contains("more than 4 times"), "{many}");
    let four = File::new("tables-four", &text(r#"["d", "a", "c", "b"]"#));
    let policy = PolicyFile::open(&four.0).unwrap_or_else(|error| panic!("{error}"));
    let issuers = &policy.products()[0].policy().issuers;
    let labels: Vec<_> = issuers.iter().map(|issuer| issuer.section().label).collect();
    assert_eq!(labels, ["d", "a", "c", "b"]);
}

#[test]
fn groups_become_clients() {
    let file = File::new("groups", GOOD);
    let policy = PolicyFile::open(&file.0).unwrap_or_else(|error| panic!("{error}"));
    let clients = policy.products()[0].policy().clients.clone().expect("listed");
    let pairs: Vec<_> = clients.iter().map(|client| (client.id.as_str(), client.group.as_str())).collect();
    assert_eq!(pairs, [("one", "gold"), ("two", "gold"), ("three", "")]);
}

#[test]
fn key_files_are_relative_to_the_policy_file() {
    let file = File::new("relative", GOOD);
    let policy = PolicyFile::open(&file.0).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(policy.issuers()[0].keys().path, std::env::temp_dir().join("a.json"));
}
