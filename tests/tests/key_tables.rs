//! Tables of keys in lent memory: who gets one, and that answers are the same with and without.

use jotgate_core::{
    Denied, IssuerSlot, KeyRingBuilder, KeySlot, KeySource, KeyTable, Scratch,
    crypto::{Algorithm, CacheLine, EDDSA, Es256GeneratorTable, Es256Shape, Es256Tabled},
};
use jotgate_tests::forge::{Fixture, ISSUER, Key, Token, key_set};

/// So many lines, for good.
fn lines(count: usize) -> &'static mut [CacheLine] {
    Box::leak(vec![CacheLine::EMPTY; count].into_boxed_slice())
}

/// ES256 with the smallest tables.
fn tabled() -> &'static dyn Algorithm {
    let mut memory = lines(Es256Shape::Kib1.lines());
    let generator = Es256GeneratorTable::build(&mut memory, Es256Shape::Kib1).expect("exactly enough");
    Box::leak(Box::new(Es256Tabled::new(generator, Es256Shape::Kib1)))
}

/// The fixture with these keys under that algorithm, and who of them has a table in so many lines.
fn load(keys: &[&Key], tables: usize) -> (Fixture, Vec<KeyTable>) {
    let source = KeySource { algorithms: &[tabled(), &EDDSA], default_rsa_algorithm: None };
    let (mut text, mut names) = (vec![0; 4096], [0; Scratch::NAMES]);
    let mut scratch = Scratch::new(&mut text, &mut names);
    let issuers = Box::leak(Box::new([IssuerSlot::EMPTY; 1]));
    let slots = Box::leak(Box::new([KeySlot::EMPTY; 8]));
    let words = Box::leak(vec![0; 256].into_boxed_slice());
    let mut builder = KeyRingBuilder::new(1, issuers, slots, words).with_tables(lines(tables));
    let mut reported = vec![];
    let set = key_set(keys.iter().map(|key| key.jwk()));
    builder
        .load(ISSUER, set.as_bytes(), &source, &mut scratch, &mut |report| {
            reported.push(report.outcome.expect("used").table);
        })
        .expect("good keys");
    let mut fixture = Fixture::of(&[(ISSUER, keys)]);
    fixture.ring = builder.finish().expect("room enough");
    (fixture, reported)
}

#[test]
fn the_first_keys_get_tables_while_lines_last() {
    use KeyTable::{Absent, Built};
    let keys = [Key::es256("1", 1), Key::new("EdDSA", "2", 2), Key::es256("3", 3), Key::es256("4", 4)];
    let keys = keys.each_ref();
    let one = Es256Shape::Kib1.lines();
    for (tables, expected) in [
        (0, [Absent, Absent, Absent, Absent]),
        (one - 1, [Absent, Absent, Absent, Absent]),
        (one, [Built, Absent, Absent, Absent]),
        (2 * one - 1, [Built, Absent, Absent, Absent]),
        (2 * one, [Built, Absent, Built, Absent]),
        (4 * one, [Built, Absent, Built, Built]),
    ] {
        let (fixture, reported) = load(&keys, tables);
        assert_eq!(reported, expected, "{tables} lines");
        for (key, other) in keys.iter().zip(keys.iter().cycle().skip(2)) {
            assert!(fixture.check(Token::good(key).sign()).is_ok(), "{tables} lines, {:?}", key.kid());
            let kid = key.kid().expect("named");
            let forged = Token::good(&other.named(kid)).header("alg", key.algorithm()).sign();
            assert_eq!(fixture.denied(forged), Some(Denied::BadSignature), "{tables} lines, {kid}");
        }
    }
}

#[test]
fn keys_that_are_never_used_take_no_lines() {
    let (first, twin, last) = (Key::es256("1", 1), Key::es256("1", 2), Key::es256("3", 3));
    let (_, reported) = load(&[&first, &twin, &last], 2 * Es256Shape::Kib1.lines());
    assert_eq!(reported, [KeyTable::Built, KeyTable::Absent, KeyTable::Built]);
}
