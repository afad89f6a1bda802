//! Thousands of tokens, good and mutated, before jotgate and before other validators.
//!
//! Where answers differ, `data/differences.toml` must name the difference with its reason, whoever is the
//! stricter; a difference that is named and does not occur fails as well. PyJWT is asked if
//! `JOTGATE_PYTHON` names an interpreter that has it.

mod mutations;
mod peers;

use jotgate_core::{Now, UnixSeconds};
use jotgate_tests::forge::{Fixture, ISSUER, Key};
use mutations::MUTATIONS;
use peers::{JsonWebToken, Peer, PyJwt};
use rand::{SeedableRng, rngs::StdRng};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::io::{Write, stderr};
use std::time::SystemTime;

/// Tokens of each mutation; each random one counts several times.
const ROUNDS: usize = 60;

/// A line of the list of differences.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    /// `granted`, or the name of our reason.
    ours: String,
    /// Who answers otherwise.
    peers: Vec<String>,
    /// By which changes to a token.
    mutations: Vec<String>,
    /// Why that is as it should be.
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    difference: Vec<Listed>,
}

/// Peer, our answer, mutation.
type Difference = (String, String, String);

fn listed(peers: &[&str]) -> BTreeSet<Difference> {
    let list: List = toml::from_str(include_str!("../../data/differences.toml")).unwrap();
    let mut all = BTreeSet::new();
    for line in &list.difference {
        assert!(
            !line.why.is_empty() && !line.mutations.is_empty() && !line.peers.is_empty(),
            "{}",
            line.ours
        );
        for mutation in &line.mutations {
            assert!(MUTATIONS.iter().any(|(name, ..)| name == mutation), "no mutation {mutation}");
            for peer in line.peers.iter().filter(|peer| peers.contains(&peer.as_str())) {
                let difference = (peer.clone(), line.ours.clone(), mutation.clone());
                assert!(all.insert(difference.clone()), "listed twice: {difference:?}");
            }
        }
    }
    all
}

#[test]
fn answers_differ_only_where_listed() {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let now = i64::try_from(now).unwrap();
    let keys = ["ES256", "RS256", "PS256", "EdDSA"].map(|algorithm| Key::new(algorithm, algorithm, 1));
    let mut fixture = Fixture::of(&[(ISSUER, &keys.each_ref())]);
    fixture.now = Now::Trusted(UnixSeconds(now));

    let rng = &mut StdRng::seed_from_u64(0x006a_6f74);
    let mut tokens = vec![];
    for (name, weight, mutate) in MUTATIONS {
        for round in 0..ROUNDS * weight {
            // RSA signs slowly: a token in eight each.
            let key = &keys[[0, 1, 0, 3, 2, 0, 3, 0][round % 8]];
            tokens.push((*name, mutate(rng, key, now)));
        }
    }
    assert!(tokens.len() >= 5000, "{}", tokens.len());

    let mut peers: Vec<Box<dyn Peer>> = vec![Box::new(JsonWebToken::new(&keys))];
    match std::env::var("JOTGATE_PYTHON") {
        Ok(python) => peers.push(Box::new(PyJwt::new(python, &keys))),
        // Past the test runner, which keeps what a passing test prints to itself.
        Err(_) => writeln!(stderr(), "\n*** JOTGATE_PYTHON is not set: PyJWT WAS NOT ASKED ***\n").unwrap(),
    }
    let ours: Vec<_> = tokens.iter().map(|(_, token)| fixture.denied(token)).collect();
    let granted = ours.iter().filter(|denied| denied.is_none()).count();
    assert!(granted * 20 > tokens.len(), "too few good tokens: {granted}");

    let names: Vec<_> = peers.iter().map(|peer| peer.name()).collect();
    let listed = listed(&names);
    let mut found = BTreeSet::new();
    let mut unlisted = BTreeSet::new();
    for peer in &peers {
        let answers = peer.grants(&tokens.iter().map(|(_, token)| token.as_str()).collect::<Vec<_>>());
        assert_eq!(answers.len(), tokens.len(), "{}", peer.name());
        for (((mutation, token), denied), grants) in tokens.iter().zip(&ours).zip(answers) {
            if grants != denied.is_none() {
                let own = denied.map_or("granted", |denied| denied.name()).to_owned();
                let difference = (peer.name().to_owned(), own, (*mutation).to_owned());
                // One token of each is enough to look at.
                if !listed.contains(&difference) && !found.contains(&difference) {
                    unlisted.insert((difference.clone(), token));
                }
                found.insert(difference);
            }
        }
    }
    assert!(unlisted.is_empty(), "not listed:\n{unlisted:#?}");
    let missing: Vec<_> = listed.difference(&found).collect();
    assert!(missing.is_empty(), "listed, but did not occur:\n{missing:#?}");
    println!("{} tokens, {granted} granted, {} differences, asked: {names:?}", tokens.len(), found.len());
}
