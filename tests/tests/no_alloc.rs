//! Nothing allocates: not the loading of keys, not a check, granted or denied, not an explanation, not an answer.
//!
//! The crates are `no_std` without `alloc`, which `scripts/check-no-std` proves; this counts what happens here, with
//! every algorithm. Keys and tokens are those of `firmware/tokens`.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;

use jotgate_core::crypto::{Algorithm, EDDSA, ES256, ES384, ES512, PS256, RS256};
use jotgate_core::{
    AlgorithmName, Asked, Authorization, Checked, ClientSlot, Denied, DpopRequest, DpopRule, Freshness,
    HeaderSlot, IdToken, IdTokenRule, IndexKey, IntrospectionRule, Issuer, IssuerSlot, KeyReport, KeyRing,
    KeyRingBuilder, KeySlot, KeySource, Now, Policy, Presented, Profile, ReplayMark, ReplaySlot,
    ReplayWindow, RequestUri, RevocationBucket, RevocationFacts, RevocationList, RevocationRule, Scheme,
    ScopeRule, Scratch, SenderBinding, StatusListRule, StatusLists, StepUp, UnixSeconds, Validator, Verdict,
    WhenStale, WhenUnanswered, WorkerState, limits, steps::inflate_zlib,
};
use jotgate_tests::forge::{self, Fixture, Key, METHOD, ProofForge, Token, URI, thumbprint};
use serde_json::json;

const KEY_SET: &[u8] = include_bytes!("../../firmware/tokens/all_keys.json");
const ISSUER: &str = "https://as.example";
const ALGORITHMS: [&dyn Algorithm; 6] = [&ES256, &RS256, &PS256, &ES384, &ES512, &EDDSA];

/// A time at which the good tokens are valid, and one at which they are not any more.
const NOW: Now = Now::Trusted(UnixSeconds(1_760_000_060));
const LATER: Now = Now::Trusted(UnixSeconds(1_760_009_999));

macro_rules! tokens {
    ($($name:literal)*) => {
        [$((
            $name,
            include_bytes!(concat!("../../firmware/tokens/", $name, "_good.jwt")),
            include_bytes!(concat!("../../firmware/tokens/", $name, "_bad.jwt")),
        ),)*]
    };
}

/// A good and a bad token for each algorithm.
const TOKENS: [(&str, &[u8], &[u8]); 6] = tokens!["es256" "rs256" "ps256" "es384" "es512" "eddsa"];

const AUDIENCE: [&str; 1] = ["https://api.example/sim-swap"];
const SCOPES: [&str; 2] = ["sim-swap:check", "sim-swap"];

/// Counts what each thread asks of the system's allocator.
struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

fn count() {
    // A thread that ends has no counter any more, and nothing to count.
    let _ = ALLOCATIONS.try_with(|count| count.set(count.get() + 1));
}

// SAFETY: hands everything to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count();
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Calls `f`, which must not allocate.
fn without_allocation<T>(what: &str, f: impl FnOnce() -> T) -> T {
    let before = ALLOCATIONS.get();
    let result = f();
    let allocations = ALLOCATIONS.get() - before;
    assert_eq!(allocations, 0, "{what} allocates");
    result
}

#[test]
fn the_counter_counts() {
    let before = ALLOCATIONS.get();
    drop(black_box(Box::new(1)));
    drop(black_box(vec![0_u8; 100]));
    assert_eq!(ALLOCATIONS.get() - before, 2);
}

#[test]
fn every_algorithm_grants_and_denies_without_allocating() {
    with_ring(&ALGORITHMS, |ring, scratch| {
        let accepted = accepted();
        let policy = policy(&accepted, &AUDIENCE, &SCOPES);
        let validator = Validator::for_product(ring, &policy);
        for (name, good, bad) in TOKENS {
            judge(name, validator, good, NOW, scratch, None);
            judge(name, validator, bad, NOW, scratch, Some(Denied::BadSignature));
            judge(name, validator, good, LATER, scratch, Some(Denied::Expired));
            judge(name, validator, good, Now::NotTrusted, scratch, Some(Denied::ClockNotTrusted));
        }
    });
}

#[test]
fn malformed_tokens_are_denied_without_allocating() {
    with_ring(&ALGORITHMS, |ring, scratch| {
        let accepted = accepted();
        let policy = policy(&accepted, &AUDIENCE, &SCOPES);
        let validator = Validator::for_product(ring, &policy);
        let (_, good, _) = TOKENS[0];
        let dot = good.iter().rposition(|byte| *byte == b'.').expect("a signature");
        let too_long = vec![b'a'; limits::MAX_TOKEN_LEN + 1];
        let malformed: [(&str, &[u8], Denied); 5] = [
            ("empty", b"", Denied::NotJwt),
            ("opaque", b"2YotnFZFEjr1zCsicMWpAA", Denied::NotJwt),
            ("without a signature", &good[..=dot], Denied::UnsignedToken),
            ("with a signature cut short", &good[..good.len() - 4], Denied::BadSignature),
            ("too long", &too_long, Denied::TokenTooLong),
        ];
        for (what, token, denied) in malformed {
            judge(what, validator, token, NOW, scratch, Some(denied));
        }
    });
}

#[test]
fn policies_and_keys_deny_without_allocating() {
    let (_, good, _) = TOKENS[0];
    with_ring(&ALGORITHMS, |ring, scratch| {
        let accepted = accepted();
        let elsewhere = policy(&accepted, &["https://api.example/other"], &SCOPES);
        let validator = Validator::for_product(ring, &elsewhere);
        judge("audience", validator, good, NOW, scratch, Some(Denied::WrongAudience));

        let broader = policy(&accepted, &AUDIENCE, &["sim-swap:write", "sim-swap openid"]);
        let validator = Validator::for_product(ring, &broader);
        judge("scope", validator, good, NOW, scratch, Some(Denied::ScopeMissing));

        let stronger = policy(&accepted, &AUDIENCE, &SCOPES);
        let stronger = stronger.with_step_up(StepUp::classes(&["3"]).expect("a class").with_max_age(300));
        let validator = Validator::for_product(ring, &stronger);
        judge("step-up", validator, good, NOW, scratch, Some(Denied::AuthenticationTooWeak));
    });
    with_ring(&[&RS256], |ring, scratch| {
        let accepted = accepted();
        let policy = policy(&accepted, &AUDIENCE, &SCOPES);
        let validator = Validator::for_product(ring, &policy);
        judge("key", validator, good, NOW, scratch, Some(Denied::UnknownKid));
    });
}

#[test]
fn revocation_and_introspection_without_allocating() {
    let (_, good, _) = TOKENS[0];
    let mut buckets = [RevocationBucket::EMPTY; 2];
    let facts = RevocationFacts { generation: 1, as_of: UnixSeconds(1_760_000_060), key: IndexKey([1; 16]) };
    let mut load = |text: &'static str, ring: &KeyRing<'_>, scratch: &mut Scratch<'_>, denied| {
        let list = without_allocation("a revocation list", || {
            RevocationList::load(text.as_bytes(), facts, &mut buckets)
        });
        let list = list.expect("a list in order");
        let accepted = accepted();
        let fresh = Freshness { max_age: 60, when_stale: WhenStale::Deny };
        let policy = policy(&accepted, &AUDIENCE, &SCOPES)
            .with_revocation(RevocationRule::ByList(fresh))
            .with_status_list(StatusListRule::WhenPresent(fresh));
        let none = StatusLists::new(&[]);
        let validator =
            Validator::for_product(ring, &policy).with_revocations(&list).with_status_lists(&none);
        judge("revocation", validator, good, NOW, scratch, denied);

        let policy = policy.with_introspection(IntrospectionRule::Asked(WhenUnanswered::Deny));
        let validator =
            Validator::for_product(ring, &policy).with_revocations(&list).with_status_lists(&none);
        let (mut text, mut names, mut worker) = ([0; 64], [0; 16], WorkerState::new());
        let mut other = Scratch::new(&mut text, &mut names);
        let decision = without_allocation("asking", || {
            match validator.check_or_ask(Presented::bearer(good), NOW, scratch, &mut worker)? {
                Checked::Granted(grant) => Ok(grant),
                Checked::Asking(inquiry) => inquiry.answered(br#"{"active":true}"#, NOW, &mut other),
            }
            .map(|grant| assert_eq!(grant.client(), Some("bank-42")))
        });
        assert_eq!(decision.err(), denied);
    };
    with_ring(&ALGORITHMS, |ring, scratch| {
        load("# nothing\nclient other\nkid https://as.example other\n", ring, scratch, None);
        load("client bank-42\n", ring, scratch, Some(Denied::ClientRevoked));
    });
}

#[test]
fn inflating_without_allocating() {
    let stream = [0x78, 0xda, 0x3b, 0xe9, 0xf2, 0x13, 0, 3, 0xdf, 2, 7];
    let mut out = [0; 8];
    let len = without_allocation("inflating", || inflate_zlib(&stream, &mut out));
    assert_eq!((len, &out[..3]), (Ok(3), &[0xc9, 0x44, 0xf9][..]));
}

/// A bound token with its proof: granted once, then refused; and an ID token.
#[test]
fn proofs_and_id_tokens_do_not_allocate() {
    let (issuer_key, client) = (Key::es256("es-1", 1), Key::es256("client", 9));
    let token = Token::good(&issuer_key).claim("cnf", json!({"jkt": thumbprint(&client)})).sign();
    let good = ProofForge::good(&client, &token);
    let (proof, other) = (good.sign(), good.claim("htm", "GET").sign());
    let id_token = Token::good(&issuer_key).header("typ", "JWT").claim("aud", "client-1").sign();
    let fixture = Fixture::new(&[&issuer_key]);
    let mut text = [0; Scratch::text_len_with_proof(limits::MAX_TOKEN_LEN)];
    let mut names = [0; Scratch::NAMES];
    let mut scratch = Scratch::new(&mut text, &mut names);
    let (mark, slots) = (ReplayMark::new(), [const { ReplaySlot::new() }; 64]);
    let clients = [const { ClientSlot::new() }; 4];
    let granted = without_allocation("proofs", || {
        let window = ReplayWindow::new(&mark, &slots, &clients, [7; 16], 10, 3600).expect("lawful");
        let algorithms: [&dyn Algorithm; 2] = [&ES256, &EDDSA];
        let policy = fixture.policy.with_dpop(DpopRule::new(&algorithms).expect("lawful"));
        let policy = policy.with_sender_binding(SenderBinding::Dpop).expect("lawful");
        let validator = Validator::for_product(&fixture.ring, &policy).with_replay_window(&window);
        let mut decide = |proof: &str| {
            let field = [b"DPoP ", token.as_bytes()];
            let mut authorization = [0; 1024];
            let (scheme, rest) = authorization.split_at_mut(field[0].len());
            scheme.copy_from_slice(field[0]);
            rest[..field[1].len()].copy_from_slice(field[1]);
            let fields = [&authorization[..field[0].len() + field[1].len()]];
            let proofs = [proof.as_bytes()];
            let uri = RequestUri::parse(URI.as_bytes()).expect("a URI");
            let request = DpopRequest::new(&proofs, METHOD.as_bytes(), uri);
            let presented =
                Presented::from(Authorization::read(&fields).expect("a field")).with_dpop(request);
            let explained = validator.explain(presented, fixture.now, &mut scratch).denied();
            let mut worker = WorkerState::new();
            let denied = validator.check(presented, fixture.now, &mut scratch, &mut worker).err();
            assert_eq!(explained, denied);
            let asked = Asked { scheme: Scheme::Dpop, nonce: Some("n") };
            let reason = denied.unwrap_or(Denied::ProofNonceMissing);
            assert!(validator.answer_to(asked, reason, &mut [0; 512]).is_ok());
            denied
        };
        [decide(&other), decide(&proof), decide(&proof)]
    });
    assert_eq!(granted, [Some(Denied::ProofWrongMethod), None, Some(Denied::Replayed)]);

    let subject = without_allocation("an ID token", || {
        let rule = IdTokenRule::new(forge::ISSUER, "client-1", AlgorithmName::Es256).expect("lawful");
        let checked = IdToken::check(id_token.as_bytes(), &fixture.ring, &rule, fixture.now, &mut scratch);
        checked.map(|token| token.subject().len())
    });
    assert_eq!(subject, Ok("user-1".len()));
}

/// Lends memory, loads the key set without allocating, and goes on with the ring.
fn with_ring(algorithms: &[&'static dyn Algorithm], then: impl FnOnce(&KeyRing<'_>, &mut Scratch<'_>)) {
    let (mut issuers, mut keys, mut words) = ([IssuerSlot::EMPTY; 1], [KeySlot::EMPTY; 6], [0; 512]);
    let mut text = [0; Scratch::text_len(limits::MAX_TOKEN_LEN)];
    let mut names = [0; Scratch::NAMES];
    let mut scratch = Scratch::new(&mut text, &mut names);
    let mut used = 0;
    let ring = without_allocation("loading", || {
        let mut builder = KeyRingBuilder::new(1, &mut issuers, &mut keys, &mut words);
        let source = KeySource { algorithms, default_rsa_algorithm: None };
        let mut report = |key: &KeyReport<'_>| used += usize::from(key.outcome.is_ok());
        builder.load(ISSUER, KEY_SET, &source, &mut scratch, &mut report)?;
        builder.finish()
    });
    assert_eq!(used, algorithms.len());
    then(&ring.expect("a key set in order"), &mut scratch);
}

fn accepted() -> [Issuer<&'static str>; 1] {
    without_allocation("an issuer", || [Issuer::new(ISSUER, Profile::RFC9068).expect("a name")])
}

fn policy<'p>(
    accepted: &'p [Issuer<&'static str>],
    audience: &'p [&'static str],
    scopes: &'p [&'static str],
) -> Policy<'p> {
    without_allocation("a policy", || {
        Policy::new(accepted, audience, ScopeRule::AnyOf(scopes)).expect("a policy in order")
    })
}

/// Checks, explains and answers, all without allocating; the decision must be the expected one.
fn judge(
    what: &str,
    validator: Validator<'_>,
    token: &[u8],
    now: Now,
    scratch: &mut Scratch<'_>,
    expected: Option<Denied>,
) {
    let mut headers = [HeaderSlot::EMPTY; 1];
    let mut worker = WorkerState::new().with_known_headers(&mut headers);
    let decision = without_allocation(what, || {
        validator.check(Presented::bearer(token), now, scratch, &mut worker).map(|grant| {
            assert_eq!(grant.client(), Some("bank-42"));
            assert_eq!(grant.scopes().count(), 2);
            assert!(grant.claim("jti").is_some());
        })
    });
    assert_eq!(decision.err(), expected, "{what}");

    let explanation = without_allocation(what, || validator.explain(Presented::bearer(token), now, scratch));
    assert_eq!(explanation.denied(), expected, "{what}");
    let failed = explanation.verdicts().any(|(_, verdict)| matches!(verdict, Verdict::Failed(_)));
    assert_eq!(failed, expected.is_some(), "{what}");

    if let Some(denied) = expected {
        let (mut challenge, mut body) = ([0; 1024], [0; 1024]);
        without_allocation(what, || {
            let answer = validator.answer(denied, &mut challenge).expect("room for the challenge");
            let body = answer.body(&mut body).expect("room for the body");
            assert!(answer.status() >= 400 && body.starts_with('{'));
        });
    }
}
