//! No history changes a decision: whatever a worker with a cache has seen, while keys, policies, revocation lists, proofs
//! and the time changed, it decides as one that has seen nothing (attack rows 55 and 56).

use jotgate_core::{
    Authorization, CacheSlot, Denied, DpopRequest, DpopRule, Freshness, HeaderSlot, IndexKey, Presented,
    Profile, ReplayWindow, RequestUri, RevocationBucket, RevocationFacts, RevocationList, RevocationRule,
    Scheme, TokenCache, UnixSeconds, WhenStale, Within, WorkerState,
};
use jotgate_tests::forge::{
    ALL_ALGORITHMS, Fixture, ISSUER, Key, METHOD, NOW, OTHER_ISSUER, ProofForge, Token, URI, flipped,
    replay_window, thumbprint, with_scratch,
};
use proptest::prelude::*;
use serde_json::json;

/// What a client sends.
struct Request {
    scheme: Scheme,
    token: String,
    proof: String,
    certificate: Option<[u8; 32]>,
}

/// One step of a history: a request at a place at a time, with the revocation list that is in force then.
type Step = (usize, usize, usize, i64);

struct World {
    requests: Vec<Request>,
    fixtures: Vec<Fixture>,
    lists: Vec<Option<RevocationList<'static>>>,
}

const CERTIFICATE: [u8; 32] = [0x5a; 32];

impl World {
    /// Two issuers with equal key ids, keys that are rotated, products that differ, tokens good and bad, bound and not.
    fn new() -> Self {
        let (old, new, rsa) = (Key::es256("k", 1), Key::es256("k", 2), Key::new("RS256", "r", 1));
        let theirs = Key::es256("k", 3);
        let rings: [&[(&'static str, &[&Key])]; 3] = [
            &[(ISSUER, &[&old, &rsa]), (OTHER_ISSUER, &[&theirs])],
            &[(ISSUER, &[&new, &rsa]), (OTHER_ISSUER, &[&theirs])],
            &[(ISSUER, &[&new]), (OTHER_ISSUER, &[&old])],
        ];
        Self {
            requests: [&old, &new, &rsa, &theirs].into_iter().flat_map(requests).collect(),
            fixtures: rings.iter().flat_map(|issuers| products(issuers)).collect(),
            lists: lists(),
        }
    }
}

/// What comes with tokens of this key.
fn requests(key: &Key) -> Vec<Request> {
    let good = Token::good(key);
    let plain = [
        good.sign(),
        good.clone().claim("iss", OTHER_ISSUER).sign(),
        good.clone().claim("scope", "openid").sign(),
        good.clone().claim("exp", NOW + 30).sign(),
        good.clone().claim("client_id", "client-2").claim("jti", "token-2").sign(),
        good.clone().sign_with("iat", "1699999999.5"),
        good.clone().sign_with("sub", r#""user-\u0031""#),
        good.clone().header("jku", "https://as.example/jwks").sign(),
    ];
    let bearer = |token: String, certificate| Request {
        scheme: Scheme::Bearer,
        token,
        proof: String::new(),
        certificate,
    };
    let mut requests: Vec<Request> = plain
        .iter()
        .flat_map(|token| [flipped(token), token.clone(), crossed(token, &plain[0])])
        .map(|token| bearer(token, None))
        .collect();

    let certified = good.clone().claim("cnf", json!({"x5t#S256": encoded(&CERTIFICATE)})).sign();
    for certificate in [None, Some(CERTIFICATE), Some([0; 32])] {
        requests.push(bearer(certified.clone(), certificate));
    }

    let (client, thief) = (Key::es256("client", 9), Key::es256("thief", 10));
    let bound = good.claim("cnf", json!({"jkt": thumbprint(&client)})).sign();
    requests.push(bearer(bound.clone(), None));
    for proof in [
        ProofForge::good(&client, &bound).sign(),
        ProofForge::good(&client, &bound).claim("jti", "proof-2").sign(),
        ProofForge::good(&client, &plain[0]).sign(),
        ProofForge::good(&thief, &bound).sign(),
    ] {
        requests.push(Request { scheme: Scheme::Dpop, token: bound.clone(), proof, certificate: None });
    }
    requests
}

/// The first two segments of one token before the signature of another.
fn crossed(token: &str, other: &str) -> String {
    let (input, _) = token.rsplit_once('.').unwrap();
    let (_, signature) = other.rsplit_once('.').unwrap();
    format!("{input}.{signature}")
}

fn encoded(bytes: &[u8; 32]) -> String {
    use base64ct::{Base64UrlUnpadded, Encoding};
    Base64UrlUnpadded::encode_string(bytes)
}

/// Products with these keys: one without demands of its own, and several with one each.
fn products(issuers: &[(&'static str, &[&Key])]) -> Vec<Fixture> {
    let plain =
        Fixture::of(issuers).policy(|policy| policy.with_dpop(DpopRule::new(ALL_ALGORITHMS).unwrap()));
    let fresh = Freshness { max_age: 300, when_stale: WhenStale::Allow { seconds: 60 } };
    let demanding = |change: fn(_, Freshness) -> _| plain.clone().policy(|policy| change(policy, fresh));
    vec![
        demanding(|policy, _| policy.with_max_lifetime(Within::Seconds(60)).unwrap()),
        demanding(|policy, _| policy.with_blocked_clients(&["client-1"]).unwrap()),
        demanding(|policy, fresh| policy.with_revocation(RevocationRule::ByList(fresh))),
        Fixture::of(issuers).profile(Profile::GENERIC_JWT),
        plain,
    ]
}

/// No list, one that says nothing, and one for each way to name a token.
fn lists() -> Vec<Option<RevocationList<'static>>> {
    let issued_before = format!("issued-before {NOW} issuer {ISSUER}\n");
    let client_before = format!("issued-before {} client client-2\n", NOW + 1);
    let texts = [
        "# nothing\n",
        "client client-1\n",
        "client client-2\n",
        "jti https://as.example token-1\n",
        "jti https://other.example token-1\nclient other\n",
        "subject https://as.example user-1\n",
        "kid https://as.example k\n",
        &issued_before,
        &client_before,
    ];
    let load = |(number, text): (usize, &&str)| {
        let facts = RevocationFacts {
            generation: number as u64,
            as_of: UnixSeconds(NOW),
            key: IndexKey([number as u8; 16]),
        };
        let buckets = vec![RevocationBucket::EMPTY; 2].leak();
        RevocationList::load((*text).to_owned().leak().as_bytes(), facts, buckets).unwrap()
    };
    [None].into_iter().chain(texts.iter().enumerate().map(load).map(Some)).collect()
}

/// What this worker says of a request; of a grant, to whom.
fn decide(
    fixture: &Fixture,
    window: &ReplayWindow<'_>,
    request: &Request,
    worker: &mut WorkerState<'_>,
) -> Result<Option<String>, Denied> {
    let field = format!("DPoP {}", request.token);
    let proofs = [request.proof.as_bytes()];
    let uri = RequestUri::parse(URI.as_bytes()).unwrap();
    let mut presented = match request.scheme {
        Scheme::Bearer => Presented::bearer(request.token.as_bytes()),
        Scheme::Dpop => Presented::from(Authorization::read(&[field.as_bytes()])?)
            .with_dpop(DpopRequest::new(&proofs, METHOD.as_bytes(), uri)),
    };
    if let Some(certificate) = &request.certificate {
        presented = presented.with_certificate(certificate);
    }
    let validator = fixture.validator().with_replay_window(window);
    with_scratch(|scratch| {
        let grant = validator.check(presented, fixture.now, scratch, worker)?;
        Ok(grant.subject().map(str::to_owned))
    })
}

/// How often something happened in all histories of a test: a history in which nothing happens shows nothing.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    hits: u64,
    granted: u64,
    revoked: u64,
    replayed: u64,
    unproven: u64,
}

impl Seen {
    fn note(&mut self, decision: &Result<Option<String>, Denied>) {
        let count = match decision {
            Ok(_) => &mut self.granted,
            Err(Denied::Replayed) => &mut self.replayed,
            Err(denied) if (5001..5100).contains(&denied.code()) => &mut self.unproven,
            Err(denied) if (5101..5110).contains(&denied.code()) => &mut self.revoked,
            Err(_) => return,
        };
        *count += 1;
    }
}

/// Runs a history by a worker with so many slots of a cache, and beside it each request by one that has seen nothing. Both
/// remember proofs, each by itself.
fn run(world: &World, slots: usize, steps: Vec<Step>, seen: &mut Seen) -> Result<(), TestCaseError> {
    let (mut slots, mut signatures) = (vec![CacheSlot::EMPTY; slots], vec![0; slots * 256]);
    let mut headers = [HeaderSlot::EMPTY; 2];
    let cache = TokenCache::new(&mut slots, &mut signatures);
    let mut worker = WorkerState::new().with_known_headers(&mut headers).with_cache(cache);
    let [own, other] = [(); 2].map(|()| replay_window(256, 100, 3600));
    for (request, fixture, list, later) in steps {
        let request = &world.requests[request % world.requests.len()];
        let mut fixture = world.fixtures[fixture % world.fixtures.len()].clone().later(later);
        fixture.revocations = world.lists[list % world.lists.len()];
        // At once again: a hit, if it is kept at all.
        for _ in 0..2 {
            let expected = decide(&fixture, &other, request, &mut WorkerState::new());
            let decision = decide(&fixture, &own, request, &mut worker);
            prop_assert_eq!(&decision, &expected);
            seen.note(&decision);
        }
    }
    seen.hits += worker.cached();
    Ok(())
}

#[test]
fn no_history_changes_a_decision() {
    let world = World::new();
    let seen = std::cell::RefCell::new(Seen::default());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(256)
    });
    // Many of the steps at the place that asks the list, at a time at which most tokens are good.
    let place = prop_oneof![Just(2_usize), 0..15_usize];
    let time = prop_oneof![Just(0_i64), 0..400_i64, -700..700_i64];
    let steps = proptest::collection::vec((0..128_usize, place, 0..10_usize, time), 1..80);
    runner
        .run(&(1..12_usize, steps), |(slots, steps)| run(&world, slots, steps, &mut seen.borrow_mut()))
        .unwrap_or_else(|failure| panic!("{failure}"));
    let seen = seen.into_inner();
    let Seen { hits, granted, revoked, replayed, unproven } = seen;
    for count in [hits, granted, revoked, replayed, unproven] {
        assert!(count >= 20, "too little happened: {seen:?}");
    }
}

/// The same token, known to the worker, while one list replaces another.
#[test]
fn a_known_token_under_one_list_after_another() {
    let world = World::new();
    let mut seen = Seen::default();
    // The second request is a good token of the first key; place 2 asks the list.
    let steps = (0..40).map(|step| (1, 2, step % world.lists.len(), 0)).collect();
    run(&world, 4, steps, &mut seen).unwrap();
    // Four times through: granted under the lists that name somebody else.
    assert!(seen.granted > 0 && seen.revoked > 0, "{seen:?}");
    assert_eq!(seen.hits, 79, "every time but the first");
}
