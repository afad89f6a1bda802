//! `docs/REASONS.md` lists every reason as the code has it. `JOTGATE_BLESS=1` writes it anew.

use jotgate_core::{
    Denied, Dialect, Issuer, IssuerSlot, KeyRingBuilder, KeySlot, KeySource, LoadError, Policy, PolicyError,
    Profile, RevocationFault, ScopeRule, Scratch, SkipReason, StatusListError, Validator, crypto,
};
use std::{fmt::Write, path::Path};

const HEAD: &str = "\
# Why a request is refused

Every refusal has a number and a name. Numbers are stable and only ever added to; they are no HTTP statuses. A grant
has the number 7000, so that a zeroed or forgotten status never grants.

| numbers | group |
|---|---|
| 1xxx | the host called wrongly |
| 2xxx | malformed: header field, token, header, claims |
| 3xxx | issuer, key or signature |
| 4xxx | claims against the policy |
| 5xxx | revoked, or bound to another sender |
| 6xxx | the host's state: no clock, no keys, no list, no answer |
| 8xxx | what is loaded: key sets, keys, policies, lists; below |

The statuses are those of the dialect `rfc`; where `camara` differs, its status stands behind the slash. The sentence is
what the challenge says as `error_description`; nothing of an answer comes from the request.

| number | name | HTTP | sentence |
|---|---|---|---|
";

/// Number, name and sentence of each reason.
type Table = &'static [(u16, &'static str, &'static str)];

/// What is refused when it is loaded, with its table.
const LOADING: [(&str, Table); 5] = [
    (
        "Why a key set is refused\n\nThe whole of it; whatever was in force before stays in force.",
        LoadError::TABLE,
    ),
    (
        "Why a key is not used\n\nWhat loading a key set reports of a key that it passes over. The other keys of the set are \
         used.",
        SkipReason::TABLE,
    ),
    ("Why a policy is refused\n\nNothing can be judged by it.", PolicyError::TABLE),
    (
        "Why a revocation list is refused\n\nThe line is named; the list in force stays in force.",
        RevocationFault::TABLE,
    ),
    ("Why a status list token is refused\n\nThe list in force stays in force.", StatusListError::TABLE),
];

const ML_DSA: &str = "
**ML-DSA (RFC 9964) is not supported**, and no version is promised that will. Algorithms are values, so that one can be added:
in `crypto` the algorithm with its name and kind of key, in `core` the reader of the key's members. Until then a key with the
`kty` `AKP` is `kind_not_supported`, and a token whose header names ML-DSA-44, ML-DSA-65 or ML-DSA-87 is
`algorithm_not_supported`.
";

/// A key set of one key, for a ring that is never asked.
const KEY_SET: &[u8] = include_bytes!("../../examples/operator.jwks.json");

#[test]
fn reasons_are_documented() {
    let (mut issuers, mut keys, mut words) = ([IssuerSlot::EMPTY; 1], [KeySlot::EMPTY; 4], [0; 256]);
    let (mut text, mut names) = ([0; 2048], [0; 64]);
    let mut builder = KeyRingBuilder::new(1, &mut issuers, &mut keys, &mut words);
    let source = KeySource { algorithms: &[&crypto::ES256], default_rsa_algorithm: None };
    builder.load("i", KEY_SET, &source, &mut Scratch::new(&mut text, &mut names), &mut |_| {}).unwrap();
    let ring = builder.finish().unwrap();
    let accepted = [Issuer::new("i", Profile::RFC9068).unwrap()];
    let policy = Policy::new(&accepted, &["a"], ScopeRule::NotChecked).unwrap();
    let camara = policy.with_dialect(Dialect::Camara);

    let mut table = HEAD.to_owned();
    for denied in Denied::ALL {
        let status = |policy| {
            Validator::for_product(&ring, policy).answer(*denied, &mut [0; 512]).expect("it fits").status()
        };
        let status = match (status(&policy), status(&camara)) {
            (rfc, camara) if rfc == camara => rfc.to_string(),
            (rfc, camara) => format!("{rfc} / {camara}"),
        };
        writeln!(table, "| {} | `{}` | {status} | {} |", denied.code(), denied.name(), denied.sentence())
            .unwrap();
    }
    for (head, rows) in LOADING {
        write!(table, "\n# {head}\n\n| number | name | sentence |\n|---|---|---|\n").unwrap();
        for (code, name, sentence) in rows {
            writeln!(table, "| {code} | `{name}` | {sentence} |").unwrap();
        }
    }
    table += ML_DSA;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/REASONS.md");
    if std::env::var_os("JOTGATE_BLESS").is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap() == table,
        "docs/REASONS.md is stale: run with JOTGATE_BLESS=1"
    );
}
