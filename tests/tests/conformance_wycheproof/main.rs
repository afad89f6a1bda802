//! Project Wycheproof: every signature is judged as it is labelled, under a key that went through the loader.
//!
//! What deviates stands in `data/wycheproof-exceptions.toml`, with its reason.

mod exceptions;
mod files;
mod group;
mod key;

use exceptions::{Answer, Exceptions, Unusable, Verdict};
use group::Group;
use std::collections::BTreeSet;

#[test]
fn rsa_pkcs1() {
    judge("rsa_signature_", files::rsa_pkcs1());
}

#[test]
fn rsa_pss() {
    judge("rsa_pss_", files::rsa_pss());
}

#[test]
fn ecdsa() {
    judge("ecdsa_", files::ecdsa());
}

#[test]
fn eddsa() {
    judge("ed", files::eddsa());
}

#[test]
fn no_exception_is_for_another_file() {
    let known = ["rsa_signature_", "rsa_pss_", "ecdsa_", "ed25519", "ed448"];
    for file in Exceptions::read().files() {
        assert!(known.iter().any(|prefix| file.starts_with(prefix)), "{file}");
    }
}

/// Judges all tests of `files` and compares what deviates with the list of exceptions, both ways.
fn judge(prefix: &str, files: Vec<(&'static str, &'static str)>) {
    let mut verdicts = Vec::new();
    let mut unusable = BTreeSet::new();
    for (file, json) in files {
        assert!(file.starts_with(prefix), "{file}");
        let set: serde_json::Value = serde_json::from_str(json).expect("the vectors are JSON");
        for group in set["testGroups"].as_array().expect("the vectors come in groups") {
            match Group::load(group) {
                Ok(group) => verdicts.extend(group.tests().map(|test| verdict(file, &group, &test))),
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
    println!("{prefix}: {} tests, {} of them exceptions", verdicts.len(), listed.len());
}

fn verdict(file: &str, group: &Group, test: &group::Test) -> Verdict {
    let accepting = group.accepting(test);
    let answer = match (group.algorithm(), accepting.as_slice()) {
        (_, []) => Answer::Refused,
        (Some(own), [accepting]) if own == *accepting => Answer::Accepted,
        _ => panic!("{file} {}: accepted by {accepting:?}", test.id),
    };
    Verdict { file: file.into(), id: test.id, label: test.label, answer }
}
