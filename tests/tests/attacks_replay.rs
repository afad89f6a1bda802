//! Attacks with a DPoP proof that was good once, or for another request.
//!
//! | row | attack | test |
//! |---|---|---|
//! | 53 | proof used before; nonces; CAMARA's digests | `a_proof_is_good_once`, `nonces`, `digests_of_the_request` |

use jotgate_core::{Denied, DpopNonces, NonceRule, Now, ReplayMemory, RequestDigests};
use jotgate_tests::forge::{DpopFixture, Key, NOW, b64, bound_key, good_bound, replay_window};
use sha2::{Digest, Sha256};
use std::sync::Barrier;

#[test]
fn a_proof_is_good_once() {
    let (fixture, token, proof) = good_bound();
    let signed = proof.sign();
    // Explaining uses nothing up.
    for _ in 0..2 {
        assert_eq!(fixture.explain("DPoP", &token, &[&signed]).unwrap().denied(), None);
    }
    assert_eq!(fixture.check("DPoP", &token, &[&signed]), Ok(()));
    assert_eq!(fixture.check("DPoP", &token, &[&signed]), Err(Denied::Replayed));
    assert_eq!(fixture.explain("DPoP", &token, &[&signed]).unwrap().denied(), Some(Denied::Replayed));
    // The same id in another proof, and with another signature.
    let again = proof.clone().claim("iat", NOW + 1).sign();
    assert_eq!(fixture.check("DPoP", &token, &[&again]), Err(Denied::Replayed));
    let escaped =
        proof.sign_texts(&proof.header_text(), &proof.claims_text().replace("proof-1", "proof\\u002d1"));
    assert_eq!(fixture.check("DPoP", &token, &[&escaped]), Err(Denied::Replayed));
    assert_eq!(fixture.check("DPoP", &token, &[&proof.clone().claim("jti", "proof-2").sign()]), Ok(()));
    // As long as it would be fresh, and the moment after.
    assert_eq!(fixture.clone().later(360).check("DPoP", &token, &[&signed]), Err(Denied::Replayed));
    assert_eq!(fixture.clone().later(361).check("DPoP", &token, &[&signed]), Err(Denied::ProofTooOld));
    // Another client's proofs are its own.
    let other = DpopFixture { client: Key::es256("other", 10), ..fixture };
    let token = other.token(&bound_key()).sign();
    assert_eq!(other.check("DPoP", &token, &[&other.proof(&token).sign()]), Ok(()));
}

/// CAMARA asks for it: the id must not come again while the token lives, in whatever proof.
#[test]
fn ids_are_remembered_while_the_token_lives() {
    let (fixture, token, proof) = good_bound();
    let late = |fixture: &DpopFixture| {
        let again = proof.clone().claim("iat", NOW + 500).sign();
        fixture.check("DPoP", &token, &[&proof.sign()]).unwrap();
        fixture.clone().later(500).check("DPoP", &token, &[&again])
    };
    assert_eq!(late(&fixture), Ok(()));
    let camara = DpopFixture { window: Some(replay_window(4, 10, 3600)), ..fixture }
        .rule(|rule| rule.with_replay_memory(ReplayMemory::WhileTokenLives));
    assert_eq!(late(&camara), Err(Denied::Replayed));
}

/// Real threads, one proof: exactly one is granted, in every round.
#[test]
fn one_proof_for_many_workers() {
    const WORKERS: usize = 4;
    let (fixture, token, proof) = good_bound();
    let fixture = DpopFixture { window: Some(replay_window(512, 500, 3600)), ..fixture };
    let proofs: Vec<_> =
        (0..100).map(|round| proof.clone().claim("jti", format!("r{round}")).sign()).collect();
    let barrier = Barrier::new(WORKERS);
    let outcomes: Vec<Vec<_>> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS)
            .map(|_| {
                scope.spawn(|| {
                    let check = |proof: &String| {
                        barrier.wait();
                        fixture.check("DPoP", &token, &[proof])
                    };
                    proofs.iter().map(check).collect()
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    for round in 0..proofs.len() {
        let of_round: Vec<_> = outcomes.iter().map(|worker| worker[round]).collect();
        let granted = of_round.iter().filter(|outcome| outcome.is_ok()).count();
        let refused = of_round.iter().filter(|outcome| **outcome == Err(Denied::Replayed)).count();
        assert_eq!((granted, refused), (1, WORKERS - 1), "{of_round:?}");
    }
}

#[test]
fn memory_of_proofs() {
    let (fixture, token, proof) = good_bound();
    let with = |window| DpopFixture { window, ..fixture.clone() };
    let id = |id: usize| proof.clone().claim("jti", format!("id-{id}")).sign();
    let missing = with(None);
    assert_eq!(missing.check("DPoP", &token, &[&id(0)]), Err(Denied::ReplayWindowMissing));
    assert_eq!(
        missing.explain("DPoP", &token, &[&id(0)]).unwrap().denied(),
        Some(Denied::ReplayWindowMissing)
    );
    let full = with(Some(replay_window(1, 10, 3600)));
    assert_eq!(full.check("DPoP", &token, &[&id(0)]), Ok(()));
    assert_eq!(full.check("DPoP", &token, &[&id(1)]), Err(Denied::ReplayWindowFull));
    let small = with(Some(replay_window(100, 2, 3600)));
    assert_eq!(small.check("DPoP", &token, &[&id(0)]), Ok(()));
    assert_eq!(small.check("DPoP", &token, &[&id(1)]), Ok(()));
    assert_eq!(small.check("DPoP", &token, &[&id(2)]), Err(Denied::ReplayQuotaExceeded));
    // The quota is the client's, not its key's.
    let other_key = DpopFixture { client: Key::es256("other", 10), ..small.clone() };
    let bound = other_key.token(&bound_key()).sign();
    let denied = other_key.check("DPoP", &bound, &[&other_key.proof(&bound).sign()]);
    assert_eq!(denied, Err(Denied::ReplayQuotaExceeded));
    let bound = small.token(&bound_key()).claim("client_id", "client-2").sign();
    assert_eq!(small.check("DPoP", &bound, &[&small.proof(&bound).claim("jti", "x").sign()]), Ok(()));
    let short = with(Some(replay_window(10, 10, 100)));
    assert_eq!(short.check("DPoP", &token, &[&id(0)]), Err(Denied::ReplayLifeTooLong));
}

#[test]
fn clock_that_goes_back_behind_what_was_forgotten() {
    let (fixture, token, proof) = good_bound();
    let fixture = DpopFixture { window: Some(replay_window(1, 10, 3600)), ..fixture };
    let used = proof.sign();
    assert_eq!(fixture.check("DPoP", &token, &[&used]), Ok(()));
    let ahead = fixture.clone().later(500);
    let other = proof.clone().claim("jti", "proof-2").claim("iat", NOW + 500).sign();
    assert_eq!(ahead.check("DPoP", &token, &[&other]), Ok(()));
    assert_eq!(fixture.check("DPoP", &token, &[&used]), Err(Denied::ClockWentBack));
    let mut without = fixture;
    without.fixture.now = Now::NotTrusted;
    assert_eq!(without.check("DPoP", &token, &[&used]), Err(Denied::ClockNotTrusted));
}

#[test]
fn nonces() {
    let (fixture, token, proof) = good_bound();
    let nonce = |nonce: &str| proof.clone().claim("nonce", nonce).sign();
    let required = fixture.clone().rule(|rule| rule.with_nonce(NonceRule::Required { life: 60 }).unwrap());
    let lent = |fixture: &DpopFixture, previous| DpopFixture {
        nonces: Some(DpopNonces { current: b"n-2", previous }),
        ..fixture.clone()
    };
    assert_eq!(required.check("DPoP", &token, &[&nonce("n-2")]), Err(Denied::NoncesMissing));
    let both = lent(&required, Some(b"n-1"));
    both.answers(
        &token,
        [
            ("current", nonce("n-2"), None),
            ("previous", nonce("n-1"), None),
            ("none", proof.sign(), Some(Denied::ProofNonceMissing)),
            ("old", nonce("n-0"), Some(Denied::ProofNonceStale)),
            ("longer", nonce("n-22"), Some(Denied::ProofNonceStale)),
            ("empty", nonce(""), Some(Denied::ProofNonceStale)),
            ("case", nonce("N-2"), Some(Denied::ProofNonceStale)),
        ],
    );
    lent(&required, None).answers(&token, [("previous", nonce("n-1"), Some(Denied::ProofNonceStale))]);
    lent(&required, Some(b"")).answers(&token, [("empty", nonce(""), Some(Denied::ProofNonceStale))]);
    // Not demanded: what is there must be good all the same, where the host gives any out.
    lent(&fixture, None).answers(
        &token,
        [
            ("none", proof.sign(), None),
            ("current", nonce("n-2"), None),
            ("old", nonce("n-0"), Some(Denied::ProofNonceStale)),
        ],
    );
    fixture.answers(&token, [("nobody gives any out", nonce("x"), None)]);
    // The memory is as short as the nonce's life: a window made for 61 seconds suffices.
    let short = DpopFixture { window: Some(replay_window(4, 10, 61)), ..both };
    assert_eq!(short.check("DPoP", &token, &[&nonce("n-2")]), Ok(()));
    assert_eq!(short.clone().later(60).check("DPoP", &token, &[&nonce("n-2")]), Err(Denied::Replayed));
    let short = DpopFixture { window: Some(replay_window(4, 10, 60)), ..short };
    assert_eq!(short.check("DPoP", &token, &[&nonce("n-2")]), Err(Denied::ReplayLifeTooLong));
}

#[test]
fn digests_of_the_request() {
    let (fixture, token, proof) = good_bound();
    let digest = |bytes: &[u8]| b64(&Sha256::digest(bytes));
    let (query, body) = (b"a=b&c=%20".as_slice(), b"{\"phoneNumber\":\"+1\"}".as_slice());
    let hash: &'static [u8; 32] = Box::leak(Box::new(Sha256::digest(body).into()));
    let qh = |value: &str| proof.clone().claim("camara:qh", value);
    let bh = |value: &str| proof.clone().claim("camara:bh", value);
    let (wrong_query, wrong_body) = (Some(Denied::ProofWrongQuery), Some(Denied::ProofWrongBody));
    let of = |digests, query, body| DpopFixture {
        query,
        body,
        ..fixture.clone().rule(|rule| rule.with_request_digests(digests))
    };
    use RequestDigests::{Body, Query, QueryAndBody};
    of(Query, Some(Some(query)), None).answers(
        &token,
        [
            ("right", qh(&digest(query)).sign(), None),
            ("missing", proof.sign(), wrong_query),
            ("with the question mark", qh(&digest(b"?a=b&c=%20")).sign(), wrong_query),
            ("decoded", qh(&digest(b"a=b&c= ")).sign(), wrong_query),
            ("no digest", qh("a").sign(), wrong_query),
            ("a number", proof.clone().claim("camara:qh", 1).sign(), Some(Denied::ProofMalformed)),
        ],
    );
    of(Query, Some(None), None).answers(
        &token,
        [("none, none said", proof.sign(), None), ("none, one said", qh(&digest(b"")).sign(), wrong_query)],
    );
    of(Query, Some(Some(b"")), None).answers(&token, [("empty", qh(&digest(b"")).sign(), None)]);
    of(Body, None, Some(Some(hash))).answers(
        &token,
        [
            ("right", bh(&digest(body)).sign(), None),
            ("missing", proof.sign(), wrong_body),
            ("another", bh(&digest(b"{}")).sign(), wrong_body),
        ],
    );
    of(Body, None, Some(None)).answers(
        &token,
        [("none, none said", proof.sign(), None), ("none, one said", bh(&digest(b"")).sign(), wrong_body)],
    );
    of(QueryAndBody, Some(Some(query)), Some(Some(hash))).answers(
        &token,
        [
            ("both", qh(&digest(query)).claim("camara:bh", digest(body)).sign(), None),
            ("query alone", qh(&digest(query)).sign(), wrong_body),
            ("body alone", bh(&digest(body)).sign(), wrong_query),
        ],
    );
    // A host that does not say what the request was must not be taken for one without query or body.
    let unsaid = Some(Denied::RequestDetailsMissing);
    of(Query, None, None).answers(&token, [("query", proof.sign(), unsaid)]);
    of(Body, None, None).answers(&token, [("body", proof.sign(), unsaid)]);
    // Not demanded: not looked at.
    fixture.answers(&token, [("not demanded", qh("x").claim("camara:bh", "y").sign(), None)]);
}
