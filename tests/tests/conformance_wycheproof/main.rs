//! Project Wycheproof: every signature is judged as it is labelled, under a key that went through the loader, by every
//! backend that this processor has and with every shape of table.
//!
//! What deviates stands in `data/wycheproof-exceptions.toml`, with its reason.

mod exceptions;
mod files;
mod group;
mod key;
mod values;

use exceptions::{Answer, Exceptions, Unusable, Verdict};
use group::{Asked, Group};
use jotgate_core::AlgorithmName::{
    self, EdDsa, Es256, Es384, Es512, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512,
};
use std::collections::{BTreeMap, BTreeSet};
use values::Values;

#[test]
fn rsa_pkcs1() {
    judge(
        "rsa_signature_",
        files::rsa_pkcs1(),
        &[(Ps256, 173), (Ps384, 173), (Ps512, 173), (Rs256, 922), (Rs384, 925), (Rs512, 925)],
    );
}

#[test]
fn rsa_pss() {
    judge(
        "rsa_pss_",
        files::rsa_pss(),
        &[(Ps256, 2633), (Ps384, 2500), (Ps512, 2502), (Rs256, 2408), (Rs384, 2408), (Rs512, 2408)],
    );
}

#[test]
fn ecdsa() {
    judge("ecdsa_", files::ecdsa(), &[(Es256, 678), (Es384, 474), (Es512, 550)]);
}

#[test]
fn eddsa() {
    judge("ed", files::eddsa(), &[(EdDsa, 151)]);
}

#[test]
fn no_exception_is_for_another_file() {
    let known = ["rsa_signature_", "rsa_pss_", "ecdsa_", "ed25519", "ed448"];
    for file in Exceptions::read().files() {
        assert!(known.iter().any(|prefix| file.starts_with(prefix)), "{file}");
    }
}

/// Judges all tests of `files` by every value of the algorithms, and compares what deviates with the list of exceptions,
/// both ways. `signatures` says how many are checked under every value of each algorithm.
fn judge(prefix: &str, files: Vec<(&'static str, &'static str)>, signatures: &[(AlgorithmName, usize)]) {
    let values = Values::of(&signatures.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    let (mut memory, mut asked) = (values.memory(), Asked::default());
    let mut verdicts = Vec::new();
    let mut unusable = BTreeSet::new();
    for (file, json) in files {
        assert!(file.starts_with(prefix), "{file}");
        let set: serde_json::Value = serde_json::from_str(json).expect("the vectors are JSON");
        for group in set["testGroups"].as_array().expect("the vectors come in groups") {
            match Group::load(group, &values, &mut memory) {
                Ok(group) => {
                    verdicts.extend(group.tests().map(|test| verdict(file, &group, &test, &mut asked)));
                }
                Err(skipped) => _ = unusable.insert(Unusable::new(file, skipped.name())),
            }
        }
    }
    let exceptions = Exceptions::read().of(prefix);
    assert_eq!(unusable, exceptions.unusable());
    let deviating: BTreeSet<_> = verdicts.iter().filter(|verdict| verdict.deviates()).cloned().collect();
    let listed = exceptions.verdicts(&verdicts);
    assert_eq!(
        (
            deviating.difference(&listed).collect::<Vec<_>>(),
            listed.difference(&deviating).collect::<Vec<_>>()
        ),
        (vec![], vec![]),
        "left: deviates and is not listed; right: is listed and does not deviate"
    );
    let expected: BTreeMap<_, _> = signatures.iter().map(|(name, count)| (name.as_jose(), *count)).collect();
    assert_eq!(asked.signatures, expected, "signatures that were checked under every value");
    let all: usize = signatures.iter().map(|(name, count)| count * values.named(*name).len()).sum();
    assert_eq!(asked.verifications, all);
    println!(
        "{prefix}: {} tests, {} of them exceptions; {all} verifications, {} values skipped",
        verdicts.len(),
        listed.len(),
        values.skipped
    );
}

fn verdict(file: &str, group: &Group<'_, '_>, test: &group::Test, asked: &mut Asked) -> Verdict {
    let accepting = group.accepting(test, asked);
    let answer = match (group.algorithm(), accepting.as_slice()) {
        (_, []) => Answer::Refused,
        (Some(own), [accepting]) if own == *accepting => Answer::Accepted,
        _ => panic!("{file} {}: accepted by {accepting:?}", test.id),
    };
    Verdict { file: file.into(), id: test.id, label: test.label, answer }
}
