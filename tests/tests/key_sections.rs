//! What a key ring keeps apart: a token that is good by one section, ring or set is refused as a fresh check by another
//! one refuses it.

use jotgate_core::{
    CacheSlot, Denied, Issuer, IssuerSlot, KeyRing, KeyRingBuilder, KeySlot, KeySource, LoadError, Now,
    Policy, PolicyError, Presented, Profile, Scheme, ScopeClaim, ScopeForm, ScopeRule, Scratch, Section,
    TokenCache, Types, UnixSeconds, Validator, WorkerState,
    steps::{self, Unverified},
};
use jotgate_tests::forge::{
    ALL_ALGORITHMS, AUDIENCE, Fixture, ISSUER, Key, NOW, OTHER_ISSUER, Token, fixture, key_set, with_scratch,
};

/// Runs with a worker that remembers four tokens.
fn with_cache<T>(run: impl FnOnce(&mut WorkerState<'_>) -> T) -> T {
    let (mut slots, mut signatures) = ([CacheSlot::EMPTY; 4], [0; 4 * 256]);
    run(&mut WorkerState::new().with_cache(TokenCache::new(&mut slots, &mut signatures)))
}

/// Two rings of one number, and a token of the first that the second refuses: known or not.
#[test]
fn known_token_is_refused_as_a_fresh_one_is() {
    let (key, other) = (Key::es256("k", 1), Key::es256("k", 2));
    let (rsa, without_kid) = (Key::new("RS256", "k", 1), Key::es256("k", 1).without_kid());
    let named = Token::good(&key).sign();
    let no_kid = Token::good(&key).without_header("kid").sign();
    for (what, before, after, token, expected) in [
        ("renamed", &[&key][..], &[&key.named("k2")][..], &named, Denied::UnknownKid),
        ("ambiguous", &[&key], &[&key, &other], &named, Denied::AmbiguousKey),
        (
            "for another algorithm",
            &[&rsa],
            &[&rsa.serving("PS256")],
            &Token::good(&rsa).sign(),
            Denied::AlgorithmMismatch,
        ),
        ("one of two", &[&without_kid], &[&without_kid, &other.named("k2")], &no_kid, Denied::NoKeyFits),
        ("gone", &[&key], &[&Key::es256("k2", 2)], &named, Denied::UnknownKid),
    ] {
        let fixture = |keys: &[&Key]| {
            let mut fixture = Fixture::new(keys);
            fixture.ring = ring_of_generation(7, keys);
            fixture
        };
        with_cache(|worker| {
            assert!(fixture(before).check_by(worker, token).is_ok(), "{what}");
            assert!(fixture(before).check_by(worker, token).is_ok(), "{what}");
            assert_eq!(worker.cached(), 1, "{what}");
            assert_eq!(fixture(after).check_by(worker, token), Err(expected), "{what}");
            assert_eq!(fixture(after).denied(token), Some(expected), "{what}");
        });
    }
}

/// In memory that stays: tests end soon.
fn ring_of_generation(generation: u64, keys: &[&Key]) -> KeyRing<'static> {
    let (issuers, slots) = (vec![IssuerSlot::EMPTY; 1].leak(), vec![KeySlot::EMPTY; keys.len()].leak());
    let mut builder = KeyRingBuilder::new(generation, issuers, slots, vec![0; 1024].leak());
    load_into(&mut builder, ISSUER, keys).unwrap();
    builder.finish().unwrap()
}

fn load_into(builder: &mut KeyRingBuilder<'static>, issuer: &str, keys: &[&Key]) -> Result<usize, LoadError> {
    let (mut text, mut names) = (vec![0; 4096], [0; Scratch::NAMES]);
    let set = key_set(keys.iter().map(|key| key.jwk()));
    let source = KeySource { algorithms: ALL_ALGORITHMS, default_rsa_algorithm: None };
    let mut scratch = Scratch::new(&mut text, &mut names);
    builder.load(issuer, set.as_bytes(), &source, &mut scratch, &mut |_| {}).map(|loaded| loaded.used)
}

/// In both rings the first issuer has the number 0: it is another one in each.
#[test]
fn authentic_by_another_ring() {
    let (own, others) = (Key::es256("1", 1), Key::es256("1", 2));
    let theirs = Fixture::of(&[(OTHER_ISSUER, &[&others])]);
    let same_issuer = Fixture::of(&[(ISSUER, &[&others])]);
    let ours = Fixture::of(&[(ISSUER, &[&own])]);
    let token = Token::good(&others).sign();
    for (what, from) in [("another issuer's", &theirs), ("a key that is gone", &same_issuer)] {
        let denied = with_scratch(|scratch| {
            let unverified = Unverified::read(token.as_bytes(), scratch).unwrap();
            let authentic = unverified.verify(from.ring.keys().next().unwrap()).unwrap();
            steps::judge(&ours.validator(), &authentic, Scheme::Bearer, Now::Trusted(UnixSeconds(NOW))).err()
        });
        assert_eq!(denied, Some(Denied::IssuerMismatch), "{what}");
    }
}

/// What was loaded before stays, and serves, whatever was wrong with the set that came then.
#[test]
fn a_set_that_is_refused_leaves_the_builder_as_it_was() {
    let (own, twin) = (Key::es256("1", 1), Key::es256("1", 2));
    let next = Key::es256("2", 3);
    for (what, issuer, refused, error) in [
        ("the same set", ISSUER, &[&own][..], LoadError::NoUsableKey),
        ("no slot for the last", ISSUER, &[&next, &next.named("3"), &next.named("4")], LoadError::OutOfSlots),
        (
            "a twin, then no slot",
            ISSUER,
            &[&twin, &next, &next.named("3"), &next.named("4")],
            LoadError::OutOfSlots,
        ),
        ("no slot for the last", OTHER_ISSUER, &[&own, &next, &twin.named("3")], LoadError::OutOfSlots),
    ] {
        let (issuers, slots) = (vec![IssuerSlot::EMPTY; 2].leak(), vec![KeySlot::EMPTY; 3].leak());
        let mut builder = KeyRingBuilder::new(1, issuers, slots, vec![0; 64].leak());
        assert_eq!(load_into(&mut builder, ISSUER, &[&own]), Ok(1), "{what}");
        assert_eq!(load_into(&mut builder, issuer, refused), Err(error), "{what}");
        let mut fixture = Fixture::of(&[(ISSUER, &[&own]), (OTHER_ISSUER, &[&own])]);
        fixture.ring = builder.finish().expect(what);
        assert_eq!(fixture.ring.keys().count(), 1, "{what}");
        fixture.answers([
            ("own", Token::good(&own).sign(), None),
            ("refused", Token::good(&next).sign(), Some(Denied::UnknownKid)),
            (
                "another issuer's",
                Token::good(&own).claim("iss", OTHER_ISSUER).sign(),
                Some(Denied::NoKeysForIssuer),
            ),
        ]);
    }
}

/// Words run out in the middle of a set: what is left suffices to close the ring of what was there.
#[test]
fn words_for_the_index_are_never_given_to_keys() {
    for words in 0..120 {
        let (issuers, slots) = (vec![IssuerSlot::EMPTY; 1].leak(), vec![KeySlot::EMPTY; 9].leak());
        let mut builder = KeyRingBuilder::new(1, issuers, slots, vec![0; words].leak());
        let mut loaded = 0;
        for seed in 1..8 {
            loaded += load_into(&mut builder, ISSUER, &[&Key::es256(&seed.to_string(), seed)]).unwrap_or(0);
        }
        let keys = builder.finish().map(|ring| ring.keys().count());
        assert_eq!(keys, if loaded == 0 { Err(LoadError::NoUsableKey) } else { Ok(loaded) }, "{words}");
    }
}

const STRICT: Section<'_> = Section { label: "strict", issuer: ISSUER };
const LAX: Section<'_> = Section { label: "lax", issuer: ISSUER };

/// A ring of these sections.
fn ring_of(sections: &[(Section<'_>, &[&Key])]) -> Result<KeyRing<'static>, LoadError> {
    let (issuers, slots) = (vec![IssuerSlot::EMPTY; 4].leak(), vec![KeySlot::EMPTY; 8].leak());
    let mut builder = KeyRingBuilder::new(1, issuers, slots, vec![0; 1024].leak());
    let (mut text, mut names) = (vec![0; 4096], [0; Scratch::NAMES]);
    let source = KeySource { algorithms: ALL_ALGORITHMS, default_rsa_algorithm: None };
    for (section, keys) in sections {
        let set = key_set(keys.iter().map(|key| key.jwk()));
        let mut scratch = Scratch::new(&mut text, &mut names);
        builder.load_section(*section, set.as_bytes(), &source, &mut scratch, &mut |_| {})?;
    }
    builder.finish()
}

/// A fixture over this ring whose product takes the tokens of [`ISSUER`] with the keys of this section.
fn product(ring: KeyRing<'static>, label: &'static str) -> Fixture {
    let mut fixture = Fixture::of(&[(ISSUER, &[&Key::es256("1", 1)])]);
    fixture = fixture.issuer(|issuer| issuer.with_section(label).unwrap());
    fixture.ring = ring;
    fixture
}

#[test]
fn a_product_takes_the_keys_of_its_section_and_no_others() {
    // Of two sections the key id is the same, the key another one; and one key id is in the other section alone.
    let (strict, lax, more) = (Key::es256("k", 1), Key::es256("k", 2), Key::es256("more", 3));
    let ring = ring_of(&[(STRICT, &[&strict]), (LAX, &[&lax, &more])]).unwrap();
    let tokens = [&strict, &lax, &more].map(|key| Token::good(key).sign());
    for (label, expected) in [
        ("strict", [None, Some(Denied::BadSignature), Some(Denied::UnknownKid)]),
        ("lax", [Some(Denied::BadSignature), None, None]),
        (ISSUER, [Some(Denied::NoKeysForIssuer); 3]),
        ("stric", [Some(Denied::NoKeysForIssuer); 3]),
    ] {
        let fixture = product(ring, label);
        assert_eq!(tokens.each_ref().map(|token| fixture.denied(token)), expected, "{label}");
    }
}

/// One worker for both products: what it knows by the keys of one is nothing to the other.
#[test]
fn known_by_another_section() {
    let (strict, lax) = (Key::es256("k", 1), Key::es256("k2", 2));
    let ring = ring_of(&[(STRICT, &[&strict]), (LAX, &[&lax, &strict])]).unwrap();
    let token = Token::good(&lax).sign();
    with_cache(|worker| {
        for _ in 0..2 {
            assert!(product(ring, "lax").check_by(worker, &token).is_ok());
        }
        assert_eq!(product(ring, "strict").check_by(worker, &token), Err(Denied::UnknownKid));
        assert_eq!(worker.take_unknown_kid(), ring.section("strict"));
        assert_eq!(worker.cached(), 1);
    });
}

/// Step by step the products can be mixed up: the judge sees which section the key is of.
#[test]
fn authentic_by_another_section() {
    let (strict, lax) = (Key::es256("k", 1), Key::es256("k2", 2));
    let ring = ring_of(&[(STRICT, &[&strict]), (LAX, &[&lax])]).unwrap();
    let token = Token::good(&lax).sign();
    let judged = |by: &'static str| {
        with_scratch(|scratch| {
            let (picks, judges) = (product(ring, "lax"), product(ring, by));
            let unverified = Unverified::read(token.as_bytes(), scratch).unwrap();
            let key = steps::select(&picks.validator(), &unverified, &mut WorkerState::new()).unwrap();
            let authentic = unverified.verify(key).unwrap();
            steps::judge(&judges.validator(), &authentic, Scheme::Bearer, Now::Trusted(UnixSeconds(NOW)))
                .err()
        })
    };
    assert_eq!([judged("lax"), judged("strict")], [None, Some(Denied::IssuerMismatch)]);
}

/// A section is of one issuer; a policy that names it for another one gets nothing by it.
#[test]
fn a_label_is_of_one_issuer() {
    let key = Key::es256("1", 1);
    let theirs = Section { label: "strict", issuer: OTHER_ISSUER };
    let error = ring_of(&[(STRICT, &[&key]), (theirs, &[&key])]).err();
    assert_eq!(error, Some(LoadError::SectionOfAnotherIssuer));
    let ring = ring_of(&[(theirs, &[&key])]).unwrap();
    let section = ring.section("strict").unwrap();
    assert_eq!([ISSUER, OTHER_ISSUER].map(|issuer| ring.serves(section, issuer)), [false, true]);
    assert_eq!(product(ring, "strict").denied(Token::good(&key).sign()), Some(Denied::IssuerMismatch));
    assert_eq!(
        ring_of(&[(Section { label: "", issuer: ISSUER }, &[&key])]).err(),
        Some(LoadError::EmptyIssuer)
    );
}

#[test]
fn one_issuer_twice_in_a_policy() {
    let issuer = |label| Issuer::new(ISSUER, Profile::RFC9068).unwrap().with_section(label);
    assert_eq!(issuer("").err(), Some(PolicyError::EmptyName));
    let policy = |labels: &[&'static str]| {
        let issuers: Vec<_> = labels.iter().map(|label| issuer(label).unwrap()).collect();
        Policy::new(&issuers, &["a"], ScopeRule::NotChecked).map(|_| ())
    };
    assert_eq!(policy(&["strict", "lax"]), Ok(()));
    assert_eq!(policy(&["strict", "strict"]), Err(PolicyError::IssuerTwice));
    assert_eq!(policy(&["a", "b", "c", "d"]), Ok(()));
    assert_eq!(policy(&["a", "b", "c", "d", "e"]), Err(PolicyError::TooManyTables));
}

/// A product for both descriptions, the strict one of RFC 9068 first, then one whose tokens have any `typ`.
fn both(ring: KeyRing<'static>) -> Fixture {
    let issuer = |label| Issuer::new(ISSUER, Profile::RFC9068).unwrap().with_section(label).unwrap();
    let issuers = vec![issuer("strict"), issuer("lax").with_types(Types::OneOf("JWT")).unwrap()].leak();
    let mut product = fixture();
    product.ring = ring;
    product.policy(|_| Policy::new(issuers, &[AUDIENCE], ScopeRule::NotChecked).unwrap())
}

/// Key, `typ` and kind pick the description; what it says then is final, and nothing of the two is mixed.
#[test]
fn descriptions_of_one_issuer_are_tried_in_order() {
    let (first, second) = (Key::es256("1", 1), Key::es256("2", 2));
    let ring = ring_of(&[(STRICT, &[&first, &second]), (LAX, &[&second])]).unwrap();
    let product = both(ring);
    let judged = |token: &Token| product.grant(token.sign(), |grant| grant.issuer_label().to_owned());
    let jwt = |key: &Key| Token::good(key).header("typ", "JWT");
    assert_eq!(judged(&Token::good(&first)).as_deref(), Ok("strict"));
    assert_eq!(judged(&Token::good(&second)).as_deref(), Ok("strict"));
    assert_eq!(judged(&jwt(&second)).as_deref(), Ok("lax"));
    // The first key is not the second description's: of the two that remain, the first says what is wrong.
    assert_eq!(judged(&jwt(&first)), Err(Denied::WrongType));
    assert_eq!(judged(&Token::good(&Key::es256("3", 3))), Err(Denied::UnknownKid));
    // Its typ is the second's, its kind is not.
    assert_eq!(judged(&jwt(&second).claim("nonce", "n")), Err(Denied::WrongKind));
    // A denial is final: the second description would not have looked at the claims of another kind.
    assert_eq!(judged(&Token::good(&second).claim("exp", NOW - 1000)), Err(Denied::Expired));
    assert_eq!(judged(&jwt(&Key::es256("2", 9))), Err(Denied::BadSignature));
}

/// A worker that knows a token judges it by the same description again.
#[test]
fn known_tokens_keep_their_description() {
    let key = Key::es256("1", 1);
    let ring = ring_of(&[(STRICT, &[&key]), (LAX, &[&key])]).unwrap();
    let product = both(ring);
    with_cache(|worker| {
        for _ in 0..3 {
            for (typ, expected) in [("at+jwt", None), ("JWT", None), ("x", Some(Denied::WrongType))] {
                let token = Token::good(&key).header("typ", typ).sign();
                assert_eq!(product.check_by(worker, token).err(), expected, "{typ}");
            }
        }
    });
}

/// Of descriptions that differ in the claim of scopes alone, the one judges whose claim the token has.
#[test]
fn the_claim_of_scopes_tells_descriptions_apart() {
    let key = Key::es256("1", 1);
    let ring = ring_of(&[(STRICT, &[&key]), (LAX, &[&key])]).unwrap();
    let issuer = |label, profile| Issuer::new(ISSUER, profile).unwrap().with_section(label).unwrap();
    let roles = Profile::RFC9068.with_scope_claim(ScopeClaim::Roles, ScopeForm::Array);
    let issuers = vec![issuer("strict", Profile::RFC9068), issuer("lax", roles)].leak();
    let mut product = fixture();
    product.ring = ring;
    let product =
        product.policy(|_| Policy::new(issuers, &[AUDIENCE], ScopeRule::AnyOf(&["sim-swap"])).unwrap());
    let judged = |token: Token| product.grant(token.sign(), |grant| grant.issuer_label().to_owned());
    let bare = || Token::good(&key).without("scope");
    assert_eq!(judged(bare().claim("scope", "sim-swap")).as_deref(), Ok("strict"));
    assert_eq!(judged(bare().claim("roles", vec!["sim-swap"])).as_deref(), Ok("lax"));
    // The first has its claim: what it says is final.
    assert_eq!(
        judged(bare().claim("scope", "x").claim("roles", vec!["sim-swap"])),
        Err(Denied::ScopeMissing)
    );
    assert_eq!(judged(bare()), Err(Denied::ScopeMissing));
}

/// While no key set can be had.
#[test]
fn an_empty_ring_denies() {
    let (mut issuers, mut keys, mut words) = ([IssuerSlot::EMPTY; 1], [KeySlot::EMPTY; 1], [0; 8]);
    let builder = KeyRingBuilder::new(1, &mut issuers, &mut keys, &mut words);
    let ring = builder.finish_even_empty().unwrap();
    assert_eq!((ring.keys().count(), ring.section(ISSUER)), (0, None));
    let fixture = fixture();
    let validator = Validator::for_product(&ring, &fixture.policy);
    let token = Token::good(&Key::es256("1", 1)).sign();
    let denied = with_scratch(|scratch| {
        validator
            .check(Presented::bearer(token.as_bytes()), fixture.now, scratch, &mut WorkerState::new())
            .err()
    });
    assert_eq!(denied, Some(Denied::NoKeysForIssuer));
}
