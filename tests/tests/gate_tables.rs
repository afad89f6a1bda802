//! Tables that the gate builds on the heap: who gets one, and that answers are the same with and without.

use jotgate_core::{
    AlgorithmName, Denied, KeySource, KeyTable, LoadError, Now, Presented, Section, UnixSeconds, Validator,
    WorkerState, crypto::ALL_ALGORITHMS,
};
use jotgate_gate::{Capacity, TABLED_KEYS, Tables, in_key_ring};
use jotgate_tests::forge::{Fixture, ISSUER, Key, NOW, Token, key_set, with_scratch};

/// What became of the keys: who has a table.
type Built = Vec<(AlgorithmName, KeyTable)>;

/// Loads the keys and judges the tokens.
fn judge(keys: &[Key], tables: Tables, tokens: &[String]) -> (Built, Vec<Option<Denied>>) {
    let set = key_set(keys.iter().map(Key::jwk));
    let fixture = Fixture::of(&[(ISSUER, &[&keys[0]])]);
    let mut built = Vec::new();
    let denied = in_key_ring::<_, LoadError>(
        Capacity::default().and(&Section::of_issuer(ISSUER), set.as_bytes(), 1),
        1,
        tables,
        |builder, tabled, scratch| {
            let source =
                KeySource { algorithms: &tabled.instead_of(ALL_ALGORITHMS), default_rsa_algorithm: None };
            let mut report = |algorithm, table| built.push((algorithm, table));
            builder.load(ISSUER, set.as_bytes(), &source, scratch, &mut |key| {
                let used = key.outcome.expect("used");
                report(used.algorithm, used.table);
            })?;
            Ok(())
        },
        |ring| {
            let validator = Validator::for_product(ring, &fixture.policy);
            let mut judge = |token: &String| {
                with_scratch(|scratch| {
                    let presented = Presented::bearer(token.as_bytes());
                    let now = Now::Trusted(UnixSeconds(NOW));
                    validator.check(presented, now, scratch, &mut WorkerState::new()).err()
                })
            };
            tokens.iter().map(&mut judge).collect()
        },
    );
    (built, denied.expect("good keys"))
}

/// A good token of each key, and one under the same key id that another key signed.
fn tokens(keys: &[Key]) -> (Vec<String>, Vec<Option<Denied>>) {
    let mut tokens = Vec::new();
    for (key, next) in keys.iter().zip(keys.iter().cycle().skip(1)) {
        tokens.push(Token::good(key).sign());
        let stranger =
            Key::new(key.algorithm(), next.kid().expect("named"), 99).named(key.kid().expect("named"));
        tokens.push(Token::good(&stranger).sign());
    }
    let answers = [None, Some(Denied::BadSignature)];
    let count = tokens.len();
    (tokens, answers.into_iter().cycle().take(count).collect())
}

fn key(algorithm: &'static str, number: usize) -> Key {
    Key::new(algorithm, &format!("{algorithm}-{number}"), u8::try_from(number).expect("few"))
}

#[test]
fn keys_of_all_curves_get_tables_and_the_answers_stay() {
    let keys = [key("ES256", 1), key("EdDSA", 2), key("ES384", 3), key("RS256", 1), key("ES256", 4)];
    let (tokens, expected) = tokens_but_of_rsa(&keys);
    let (built, denied) = judge(&keys, Tables::Build, &tokens);
    let (plain, same) = judge(&keys, Tables::Omit, &tokens);
    assert_eq!((&denied, &same), (&expected, &expected));
    for ((algorithm, table), (_, none)) in built.into_iter().zip(plain) {
        let has_some =
            matches!(algorithm, AlgorithmName::Es256 | AlgorithmName::Es384 | AlgorithmName::EdDsa);
        assert_eq!(table, if has_some { KeyTable::Built } else { KeyTable::Absent }, "{algorithm:?}");
        assert_eq!(none, KeyTable::Absent, "{algorithm:?}");
    }
}

/// There are two RSA keys in the tests, and strangers want a third.
fn tokens_but_of_rsa(keys: &[Key]) -> (Vec<String>, Vec<Option<Denied>>) {
    let others: Vec<Key> = keys.iter().filter(|key| key.algorithm() != "RS256").cloned().collect();
    tokens(&others)
}

#[test]
fn the_first_keys_get_tables_and_the_others_are_verified_without() {
    let keys: Vec<Key> = (1..=40)
        .map(|number| key("ES256", number))
        .chain((41..=50).map(|number| key("ES384", number)))
        .chain((51..=70).map(|number| key("EdDSA", number)))
        .collect();
    let (tokens, expected) = tokens(&keys);
    let (built, denied) = judge(&keys, Tables::Build, &tokens);
    assert_eq!(denied, expected);
    let has_table = |(_, table): &(AlgorithmName, KeyTable)| *table == KeyTable::Built;
    assert!(built[..TABLED_KEYS].iter().all(has_table), "{built:?}");
    assert!(!built[TABLED_KEYS..].iter().any(has_table), "{built:?}");
}

#[test]
fn curves_spelled_with_escapes_get_no_table_and_are_verified() {
    let keys = [key("ES256", 1)];
    let set = key_set(keys.iter().map(Key::jwk)).replace("\"P-256\"", "\"P-25\\u0036\"");
    let mut tables = Vec::new();
    let loaded = in_key_ring::<_, LoadError>(
        Capacity::default().and(&Section::of_issuer(ISSUER), set.as_bytes(), 1),
        1,
        Tables::Build,
        |builder, tabled, scratch| {
            let source =
                KeySource { algorithms: &tabled.instead_of(ALL_ALGORITHMS), default_rsa_algorithm: None };
            builder.load(ISSUER, set.as_bytes(), &source, scratch, &mut |key| {
                tables.push(key.outcome.map(|used| used.table));
            })?;
            Ok(())
        },
        |ring| ring.keys().count(),
    );
    assert_eq!((loaded, tables), (Ok(1), vec![Ok(KeyTable::Absent)]));
}
