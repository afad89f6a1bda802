//! Keys in force: what a host learns of unknown ones, and how it changes them under way.

use jotgate_core::{
    Denied, IssuerSlot, KeyRing, KeyRingBuilder, KeySlot, KeySource, LoadError, Presented, Scratch,
    WorkerState,
};
use jotgate_tests::forge::{
    ALL_ALGORITHMS, Fixture, ISSUER, Key, OTHER_ISSUER, Token, key_set, load, with_scratch,
};

fn es(seed: u8) -> Key {
    Key::es256("es-1", seed)
}

#[test]
fn unknown_kid_names_the_issuer() {
    let (own, other) = (es(1), Key::es256("es-2", 2));
    let fixture = Fixture::of(&[(ISSUER, &[&own]), (OTHER_ISSUER, &[&other])]);
    let mut worker = WorkerState::new();
    let mut unknown_after = |token: String| {
        with_scratch(|scratch| {
            let presented = Presented::bearer(token.as_bytes());
            let denied = fixture.validator().check(presented, fixture.now, scratch, &mut worker).err();
            (denied, worker.take_unknown_kid().map(|issuer| issuer.position()))
        })
    };
    let of = |issuer: &str, kid: &str| Token::good(&own).claim("iss", issuer).header("kid", kid).sign();
    for (token, expected) in [
        (of(ISSUER, "new"), (Some(Denied::UnknownKid), Some(0))),
        (of(OTHER_ISSUER, "new"), (Some(Denied::UnknownKid), Some(1))),
        (of(ISSUER, "es-1"), (None, None)),
        (of("https://unknown.example", "new"), (Some(Denied::IssuerUnknown), None)),
        (of(OTHER_ISSUER, "es-2"), (Some(Denied::BadSignature), None)),
    ] {
        assert_eq!(unknown_after(token), expected);
    }
    assert_eq!(fixture.ring.section(OTHER_ISSUER).map(|issuer| issuer.position()), Some(1));
    assert_eq!(fixture.ring.section("https://unknown.example"), None);
}

#[test]
fn issuers_of_policy_and_ring() {
    let key = es(1);
    let mut fixture = Fixture::of(&[(ISSUER, &[&key]), (OTHER_ISSUER, &[&key])]);
    let other = Token::good(&key).claim("iss", OTHER_ISSUER).sign();
    assert_eq!(fixture.denied(&other), None);
    // In the policy, not in the ring: the host is set up wrongly, not the token.
    fixture.ring = load([(ISSUER, key_set([key.jwk()]).as_str())]).ring.unwrap();
    fixture.answers([
        ("in both", Token::good(&key).sign(), None),
        ("not in the ring", other.clone(), Some(Denied::NoKeysForIssuer)),
        (
            "in neither",
            Token::good(&key).claim("iss", "https://x.example").sign(),
            Some(Denied::IssuerUnknown),
        ),
    ]);
    // In the ring, not in the policy.
    let only_own = Fixture::of(&[(ISSUER, &[&key])]).policy;
    let mut fixture = Fixture::of(&[(ISSUER, &[&key]), (OTHER_ISSUER, &[&key])]);
    fixture.policy = only_own;
    assert_eq!(fixture.denied(other), Some(Denied::IssuerUnknown));
}

/// Several sets of one issuer are one section; a later ring replaces the earlier as a whole.
#[test]
fn sets_of_one_issuer_add_up() {
    let (one, two) = (Key::es256("1", 1), Key::es256("2", 2));
    let sets = [key_set([one.jwk()]), key_set([two.jwk()])];
    let mut fixture = Fixture::new(&[&one]);
    fixture.ring = load(sets.iter().map(|set| (ISSUER, set.as_str()))).ring.unwrap();
    assert_eq!(fixture.ring.keys().count(), 2);
    fixture.answers([("1", Token::good(&one).sign(), None), ("2", Token::good(&two).sign(), None)]);
    fixture.ring = load([(ISSUER, sets[1].as_str())]).ring.unwrap();
    fixture.answers([
        ("1", Token::good(&one).sign(), Some(Denied::UnknownKid)),
        ("2", Token::good(&two).sign(), None),
    ]);
}

/// The same kid, another key: the swap takes effect at once, for the next token.
#[test]
fn swap_of_rings() {
    let mut fixture = Fixture::new(&[&es(1)]);
    let (old, new) = (Token::good(&es(1)).sign(), Token::good(&es(2)).sign());
    fixture.answers([("old", &old, None), ("new", &new, Some(Denied::BadSignature))]);
    fixture.ring = load([(ISSUER, key_set([es(2).jwk()]).as_str())]).ring.unwrap();
    fixture.answers([("old", &old, Some(Denied::BadSignature)), ("new", &new, None)]);
}

/// Builds a ring of one set; the generation is the host's.
fn ring<'m>(
    generation: u64,
    set: &str,
    issuers: &'m mut [IssuerSlot<'m>],
    keys: &'m mut [KeySlot<'m>],
    words: &'m mut [jotgate_core::Word],
) -> Result<KeyRing<'m>, LoadError> {
    let (mut text, mut names) = ([0; 512], [0; Scratch::NAMES]);
    let mut scratch = Scratch::new(&mut text, &mut names);
    let mut builder = KeyRingBuilder::new(generation, issuers, keys, words);
    let source = KeySource { algorithms: ALL_ALGORITHMS, default_rsa_algorithm: None };
    builder.load(ISSUER, set.as_bytes(), &source, &mut scratch, &mut |_| {})?;
    builder.finish()
}

/// Two halves of memory, used in turn: what fails in one leaves what is in force in the other alone.
#[test]
fn failed_load_leaves_the_ring_in_force() {
    let good = key_set([es(1).jwk()]);
    let (mut i1, mut k1, mut w1) = ([IssuerSlot::EMPTY; 1], [KeySlot::EMPTY; 2], [0; 64]);
    let in_force = ring(7, &good, &mut i1, &mut k1, &mut w1).unwrap();
    assert_eq!(in_force.generation(), 7);
    let fixture = Fixture::new(&[&es(1)]);
    let token = Token::good(&es(1)).sign();
    let three = key_set([1, 2, 3].map(|seed| Key::es256(&seed.to_string(), seed).jwk()));
    for (set, error) in [
        ("", LoadError::NotJson(0)),
        ("<html>502 Bad Gateway</html>", LoadError::NotJson(0)),
        ("{\"keys\":[]}", LoadError::NoUsableKey),
        (&good[..good.len() - 1], LoadError::NotJson(good.len() - 1)),
        (&three, LoadError::OutOfSlots),
    ] {
        let (mut i2, mut k2, mut w2) = ([IssuerSlot::EMPTY; 1], [KeySlot::EMPTY; 2], [0; 64]);
        assert_eq!(ring(8, set, &mut i2, &mut k2, &mut w2).err(), Some(error), "{set}");
        let denied = with_scratch(|scratch| {
            let validator = jotgate_core::Validator::for_product(&in_force, &fixture.policy);
            let presented = Presented::bearer(token.as_bytes());
            validator.check(presented, fixture.now, scratch, &mut WorkerState::new()).err()
        });
        assert_eq!(denied, None);
    }
}

/// Hundreds of keys under kids that are nearly alike: each finds its own.
#[test]
fn every_kid_finds_its_own_key() {
    let keys: Vec<_> = (0..60).map(|at| Key::es256(&format!("key-{at}"), at + 1)).collect();
    let fixture = Fixture::new(&keys[..48].iter().collect::<Vec<_>>());
    for (at, key) in keys.iter().enumerate() {
        let expected = (at >= 48).then_some(Denied::UnknownKid);
        assert_eq!(fixture.denied(Token::good(key).sign()), expected, "{at}");
    }
}
