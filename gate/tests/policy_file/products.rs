//! What a file says of issuers and products.

use crate::file::{File, GOOD};
use jotgate_core::{
    AlgorithmName, Dialect, Freshness, IntrospectionRule, Legs, ReplayMemory, RequestDigests, RevocationRule,
    SenderBinding, StatusListRule, WhenStale, WhenUnanswered,
};
use jotgate_gate::PolicyFile;
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

    let quality = policy.product("quality-on-demand").expect("described").demands();
    let fresh = |when_stale, max_age| Freshness { max_age, when_stale };
    let list = RevocationRule::ByCountedList(fresh(WhenStale::Allow { seconds: 3600 }, 600));
    assert_eq!((quality.revocation, quality.introspection), (list, IntrospectionRule::NotAsked));
    assert_eq!(quality.status_list, StatusListRule::WhenPresent(fresh(WhenStale::Deny, 3600)));
    let billing = policy.product("carrier-billing").expect("described").demands();
    assert_eq!(billing.introspection, IntrospectionRule::Asked(WhenUnanswered::Deny));
}

#[test]
fn groups_become_clients() {
    let file = File::new("groups", GOOD);
    let policy = PolicyFile::open(&file.0).unwrap_or_else(|error| panic!("{error}"));
    let clients = policy.products()[0].demands().clients.clone().expect("listed");
    let pairs: Vec<_> = clients.iter().map(|client| (client.id.as_str(), client.group.as_str())).collect();
    assert_eq!(pairs, [("one", "gold"), ("two", "gold"), ("three", "")]);
}

#[test]
fn key_files_are_relative_to_the_policy_file() {
    let file = File::new("relative", GOOD);
    let policy = PolicyFile::open(&file.0).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(policy.issuers()[0].keys().path, std::env::temp_dir().join("a.json"));
}
