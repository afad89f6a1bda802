//! One issuer in two tables of the policy file: each has its own keys and algorithms.

use crate::run::{File, NOW, Output, jotgate, root, token};

const OPERATOR: &str = "operator.jwks.json";

/// A policy whose tables `one` and `two` are of the same issuer, with these key sets; each product names what it is
/// called.
fn policy(name: &str, [one, two]: [&str; 2], products: &[&str]) -> File {
    let key_file = |name: &str| root().join("examples").join(name).display().to_string();
    let issuer = |label: &str, file: &str| {
        format!(
            "[issuers.{label}]\nissuer = \"https://auth.operator.example\"\npreset = \"rfc9068\"\n\
             keys.file = \"{}\"\n",
            key_file(file)
        )
    };
    let product = |labels: &&str| {
        let named: Vec<String> = labels.split('-').map(|label| format!("{label:?}")).collect();
        format!(
            "[products.{labels}]\nissuers = [{}]\naudience = [\"https://api.operator.example/sim-swap\"]\n\
             scopes = \"not-checked\"\nrevocation = \"not-checked\"\n",
            named.join(", ")
        )
    };
    let products: String = products.iter().map(product).collect();
    File::new(name, [issuer("one", one), issuer("two", two), products].concat())
}

fn check(policy: &File, product: &str) -> Output {
    let name = policy.name();
    let args = ["check", "--policy", &name, "--product", product, "--now", NOW, "--format", "json"];
    jotgate(&args, &token("granted"))
}

fn reason(policy: &File, product: &str) -> String {
    let output = check(policy, product);
    assert!(output.stderr.is_empty(), "{}", output.stderr);
    output.json()["reason"].as_str().expect("a reason").to_owned()
}

/// The operator's set, its key ids changed.
fn renamed(name: &str, changes: [(&str, &str); 3]) -> File {
    let set = std::fs::read_to_string(root().join("examples").join(OPERATOR)).expect("an example");
    File::new(name, changes.iter().fold(set, |set, (from, to)| set.replace(from, to)))
}

#[test]
fn a_product_takes_the_keys_of_its_own_table() {
    let others = [("op-2026-01", "a"), ("op-2025-07", "b"), ("op-pq", "c")];
    let others = renamed("sections-others.jwks.json", others);
    let policy = policy("sections-apart.toml", [OPERATOR, &others.name()], &["one", "two"]);
    assert_eq!([reason(&policy, "one"), reason(&policy, "two")], ["granted", "unknown_kid"]);
}

/// A key id of one table is another key in the other one: ambiguous in neither.
#[test]
fn a_key_id_of_one_table_says_nothing_in_the_other() {
    let swap = [("op-2026-01", "-"), ("op-2025-07", "op-2026-01"), ("\"-\"", "\"op-2025-07\"")];
    let swapped = renamed("sections-swapped.jwks.json", swap);
    let policy = policy("sections-swapped.toml", [OPERATOR, &swapped.name()], &["one", "two"]);
    assert_eq!([reason(&policy, "one"), reason(&policy, "two")], ["granted", "bad_signature"]);
}

#[test]
fn the_same_set_in_two_tables() {
    let policy = policy("sections-same.toml", [OPERATOR, OPERATOR], &["one", "two"]);
    assert_eq!([reason(&policy, "one"), reason(&policy, "two")], ["granted", "granted"]);
}

/// In the order of the product, the first table that has the key judges, and is named.
#[test]
fn both_tables_in_one_product() {
    let others = [("op-2026-01", "a"), ("op-2025-07", "b"), ("op-pq", "c")];
    let others = renamed("sections-both.jwks.json", others);
    let policy = policy("sections-both.toml", [OPERATOR, &others.name()], &["one-two", "two-one"]);
    for product in ["one-two", "two-one"] {
        let output = check(&policy, product);
        assert_eq!(output.json()["reason"], "granted", "{}", output.stderr);
        assert_eq!(output.json()["issuer_label"], "one");
    }
}

#[test]
fn the_first_of_two_tables_with_one_set_judges() {
    let policy = policy("sections-order.toml", [OPERATOR, OPERATOR], &["one-two", "two-one"]);
    let label = |product| check(&policy, product).json()["issuer_label"].clone();
    assert_eq!([label("one-two"), label("two-one")], ["one", "two"]);
}
