//! The cache of verified tokens: what it saves, and what it does not (attack rows 55 and 56). That it changes no decision
//! whatever happened before is in `state_cache_histories`.

use jotgate_core::{
    CacheSlot, Denied, HeaderSlot, IssuerSlot, KeyRing, KeyRingBuilder, KeySlot, KeySource, Scratch,
    TokenCache, Within, WorkerState,
};
use jotgate_tests::forge::{ALL_ALGORITHMS, Fixture, ISSUER, Key, OTHER_ISSUER, Token, flipped, key_set};

/// Runs with a worker that has so many slots, each with room for a signature of RSA-2048.
fn with_cache<T>(slots: usize, run: impl FnOnce(&mut WorkerState<'_>) -> T) -> T {
    let (mut slots, mut signatures) = (vec![CacheSlot::EMPTY; slots], vec![0; slots * 256]);
    let mut headers = [HeaderSlot::EMPTY; 2];
    let cache = TokenCache::new(&mut slots, &mut signatures);
    run(&mut WorkerState::new().with_known_headers(&mut headers).with_cache(cache))
}

#[test]
fn a_token_that_comes_again_is_not_verified_again() {
    let key = Key::es256("k", 1);
    let fixture = Fixture::new(&[&key]);
    let token = Token::good(&key).sign();
    with_cache(4, |worker| {
        let first = fixture.check_by(worker, &token);
        assert_eq!((first.is_ok(), worker.cached()), (true, 0));
        for hits in 1..4 {
            assert_eq!(fixture.check_by(worker, &token), first);
            assert_eq!(worker.cached(), hits);
        }
    });
}

#[test]
fn cached_signing_input_with_another_signature() {
    let key = Key::es256("k", 1);
    let fixture = Fixture::new(&[&key]);
    let token = Token::good(&key).sign();
    with_cache(4, |worker| {
        assert!(fixture.check_by(worker, &token).is_ok());
        assert_eq!(fixture.check_by(worker, flipped(&token)), Err(Denied::BadSignature));
        assert!(fixture.check_by(worker, &token).is_ok());
        assert_eq!(worker.cached(), 1);
    });
}

/// A known signature leads to what is known; what is signed must be the same, too.
#[test]
fn cached_signature_behind_another_signing_input() {
    let key = Key::es256("k", 1);
    let fixture = Fixture::new(&[&key]);
    let token = Token::good(&key).sign();
    let (_, signature) = token.rsplit_once('.').unwrap();
    let forged: Vec<String> = [
        Token::good(&key).claim("sub", "user-2").sign(),
        Token::good(&key).claim("scope", "openid").sign(),
        Token::good(&key).header("extra", "x").sign(),
    ]
    .iter()
    .map(|other| format!("{}.{signature}", other.rsplit_once('.').unwrap().0))
    .collect();
    with_cache(4, |worker| {
        let first = fixture.check_by(worker, &token);
        for (hits, forged) in (1..).zip(&forged) {
            assert_eq!(fixture.check_by(worker, forged), Err(Denied::BadSignature));
            assert_eq!(fixture.check_by(worker, &token), first);
            assert_eq!(worker.cached(), hits);
        }
    });
}

#[test]
fn cached_token_after_its_time() {
    let key = Key::es256("k", 1);
    let fixture = Fixture::new(&[&key]);
    let token = Token::good(&key).sign();
    with_cache(4, |worker| {
        assert!(fixture.check_by(worker, &token).is_ok());
        assert_eq!(fixture.clone().later(661).check_by(worker, &token), Err(Denied::Expired));
        assert_eq!(worker.cached(), 1);
    });
}

#[test]
fn cached_token_after_its_key() {
    let (key, next) = (Key::es256("k", 1), Key::es256("k", 2));
    let token = Token::good(&key).sign();
    with_cache(4, |worker| {
        assert!(Fixture::new(&[&key]).check_by(worker, &token).is_ok());
        // Another key under the same name; no key of that name; the same key in a new ring.
        assert_eq!(Fixture::new(&[&next]).check_by(worker, &token), Err(Denied::BadSignature));
        let renamed = Key::es256("renamed", 1);
        assert_eq!(Fixture::new(&[&renamed]).check_by(worker, &token), Err(Denied::UnknownKid));
        assert!(Fixture::new(&[&key]).check_by(worker, &token).is_ok());
        assert_eq!(worker.cached(), 0);
    });
}

/// A host that gives a number twice makes a mistake; what a key has not signed is refused all the same.
#[test]
fn cached_token_under_another_ring_of_the_same_generation() {
    let (key, other, third) = (Key::es256("k", 1), Key::es256("k", 2), Key::es256("first", 3));
    let fixture = |keys: &[&Key]| {
        let mut fixture = Fixture::new(keys);
        fixture.ring = ring_of_generation(7, ISSUER, keys);
        fixture
    };
    let token = Token::good(&key).sign();
    with_cache(4, |worker| {
        assert!(fixture(&[&key]).check_by(worker, &token).is_ok());
        assert_eq!(fixture(&[&other]).check_by(worker, &token), Err(Denied::BadSignature));
        assert_eq!(fixture(&[&third]).check_by(worker, &token), Err(Denied::UnknownKid));
        assert_eq!(worker.cached(), 0);
        // The same key, but another issuer's.
        let mut theirs = fixture(&[&key]);
        theirs.ring = ring_of_generation(7, OTHER_ISSUER, &[&key]);
        assert_eq!(theirs.check_by(worker, &token), Err(Denied::NoKeysForIssuer));
        // The same key in another position: found by its key id, and known.
        assert!(fixture(&[&third, &key]).check_by(worker, &token).is_ok());
        assert_eq!(worker.cached(), 1);
    });
}

/// In memory that stays: tests end soon.
fn ring_of_generation(generation: u64, issuer: &str, keys: &[&Key]) -> KeyRing<'static> {
    let (issuers, slots) = (vec![IssuerSlot::EMPTY; 1].leak(), vec![KeySlot::EMPTY; keys.len()].leak());
    let mut builder = KeyRingBuilder::new(generation, issuers, slots, vec![0; 1024].leak());
    let (mut text, mut names) = (vec![0; 4096], [0; Scratch::NAMES]);
    let set = key_set(keys.iter().map(|key| key.jwk()));
    let source = KeySource { algorithms: ALL_ALGORITHMS, default_rsa_algorithm: None };
    let mut scratch = Scratch::new(&mut text, &mut names);
    builder.load(issuer, set.as_bytes(), &source, &mut scratch, &mut |_| {}).unwrap();
    builder.finish().unwrap()
}

#[test]
fn cached_token_at_another_product() {
    let key = Key::es256("k", 1);
    let fixture = Fixture::new(&[&key]);
    let token = Token::good(&key).sign();
    let stricter = fixture.clone().policy(|policy| policy.with_max_lifetime(Within::Seconds(60)).unwrap());
    with_cache(4, |worker| {
        assert!(fixture.check_by(worker, &token).is_ok());
        assert_eq!(stricter.check_by(worker, &token), Err(Denied::LifetimeTooLong));
        assert_eq!(worker.cached(), 1);
    });
}

#[test]
fn tokens_with_escapes_or_long_signatures_are_verified_every_time() {
    let (key, rsa) = (Key::es256("k", 1), Key::new("RS256", "rsa", 1));
    let fixture = Fixture::new(&[&key, &rsa]);
    let escaped = Token::good(&key).sign_with("sub", r#""user-\u0031""#);
    let (mut slots, mut signatures) = ([CacheSlot::EMPTY; 4], [0; 4 * 64]);
    let mut worker = WorkerState::new().with_cache(TokenCache::new(&mut slots, &mut signatures));
    for token in [escaped, Token::good(&rsa).sign()] {
        for _ in 0..3 {
            assert!(fixture.check_by(&mut worker, &token).is_ok());
        }
    }
    assert_eq!(worker.cached(), 0);
}

/// Tokens that come once make room for one another; what comes again stays.
#[test]
fn a_flood_of_tokens_that_come_once() {
    let key = Key::es256("k", 1);
    let fixture = Fixture::new(&[&key]);
    let token = |jti: &str| Token::good(&key).claim("jti", jti).sign();
    let hot: Vec<String> = (0..4).map(|number| token(&format!("hot-{number}"))).collect();
    with_cache(16, |worker| {
        for number in 0..400 {
            if number % 4 == 0 {
                hot.iter().for_each(|token| assert!(fixture.check_by(worker, token).is_ok()));
            }
            assert!(fixture.check_by(worker, token(&format!("once-{number}"))).is_ok());
        }
        // A newcomer can take the place of a hot token only between two of its visits.
        assert!(worker.cached() >= 4 * 99 - 20, "{} hits of {}", worker.cached(), 4 * 100);
    });
}

#[test]
fn keys_that_were_replaced_make_room() {
    let key = Key::es256("k", 1);
    let tokens: Vec<String> =
        (0..4).map(|number| Token::good(&key).claim("jti", format!("t-{number}")).sign()).collect();
    with_cache(4, |worker| {
        for _ in 0..2 {
            let fixture = Fixture::new(&[&key]);
            let before = worker.cached();
            for _ in 0..3 {
                tokens.iter().for_each(|token| assert!(fixture.check_by(worker, token).is_ok()));
            }
            assert_eq!(worker.cached() - before, 8);
        }
    });
}
