//! Tokens: whatever is changed about a signed one, it is not granted; and no two ways of judging differ.

use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_core::{
    Denied, HeaderSlot, Issuer, IssuerSlot, Jws, KeyRing, KeyRingBuilder, KeySlot, KeySource, Now, Peek,
    Policy, Presented, Profile, ScopeRule, Scratch, UnixSeconds, Validator, WorkerState, json::Value,
    limits::MAX_HEADER_LEN,
};
use jotgate_gate::ALL_ALGORITHMS;
use std::sync::OnceLock;

/// The public half of the key that `examples/make_seeds.rs` signs with.
const KEY_SET: &str = include_str!("../seeds/key_set/es256");

/// The tokens that are signed with it.
const SIGNED: [&[u8]; 3] = [
    include_bytes!("../seeds/token/granted"),
    include_bytes!("../seeds/token/expired"),
    include_bytes!("../seeds/token/escapes"),
];

/// When they are judged, seconds.
const NOW: Now = Now::Trusted(UnixSeconds(1_784_000_000));

/// A whole token. Only what was signed is granted, and an explanation says the same as the check.
pub fn token(data: &[u8]) {
    let validator = validator();
    let (mut text, mut names) = (vec![0; Scratch::text_len(data.len())], [0; Scratch::NAMES]);
    let mut scratch = Scratch::new(&mut text, &mut names);
    // A worker that has judged a good token, and so knows its header, as most workers do.
    let mut headers = [HeaderSlot::EMPTY; 1];
    let mut worker = WorkerState::new().with_known_headers(&mut headers);
    let _ignored: bool =
        validator.check(Presented::bearer(SIGNED[0]), NOW, &mut scratch, &mut worker).is_ok();
    let before = (worker.granted(), worker.denied());
    let _any: Result<Peek<'_>, Denied> = Peek::read(data, &mut scratch);
    let explained = validator.explain(Presented::bearer(data), NOW, &mut scratch).denied();
    let (denied, subject) = match validator.check(Presented::bearer(data), NOW, &mut scratch, &mut worker) {
        Ok(grant) => (None, grant.subject().map(str::to_owned)),
        Err(denied) => (Some(denied), None),
    };
    assert_eq!(denied, explained);
    let (granted, refused) = if denied.is_none() { (1, 0) } else { (0, 1) };
    assert_eq!((worker.granted(), worker.denied()), (before.0 + granted, before.1 + refused));
    assert_ne!(denied, Some(Denied::ScratchTooSmall));
    let is_signed = SIGNED.iter().any(|signed| signing_input(signed) == signing_input(data));
    if denied.is_none() {
        assert!(is_signed, "granted, and never signed");
        assert_eq!(subject.as_deref(), Some("user-1"));
    }
    if let Some(denied) = denied {
        let answer = &mut [0; 512];
        assert!(validator.answer(denied, answer).unwrap().status() >= 400);
    }
}

fn signing_input(token: &[u8]) -> &[u8] {
    let end = token.iter().rposition(|octet| *octet == b'.').unwrap_or(0);
    &token[..end]
}

fn validator() -> Validator<'static> {
    static RING: OnceLock<KeyRing<'static>> = OnceLock::new();
    static POLICY: OnceLock<Policy<'static>> = OnceLock::new();
    let ring = RING.get_or_init(|| {
        let issuers = Box::leak(Box::new([IssuerSlot::EMPTY; 1]));
        let keys = Box::leak(Box::new([KeySlot::EMPTY; 1]));
        let mut builder = KeyRingBuilder::new(1, issuers, keys, vec![0; 64].leak());
        let (mut text, mut names) = ([0; 1024], [0; Scratch::NAMES]);
        let mut scratch = Scratch::new(&mut text, &mut names);
        let source = KeySource { algorithms: &ALL_ALGORITHMS, unnamed: None };
        builder
            .load("https://issuer.example", KEY_SET.as_bytes(), &source, &mut scratch, &mut |_| {})
            .unwrap();
        builder.finish().unwrap()
    });
    let policy = POLICY.get_or_init(|| {
        let issuer = Issuer::new("https://issuer.example", Profile::RFC9068).unwrap();
        let scopes = ScopeRule::AnyOf(&["read write", "admin"]);
        Policy::new(vec![issuer].leak(), &["https://api.example"], scopes).unwrap()
    });
    Validator::for_product(ring, policy)
}

/// A decoded header, in a token whose other segments are good.
pub fn header(data: &[u8]) {
    let token = format!("{}.e30.AAAA", Base64UrlUnpadded::encode_string(data));
    let (mut text, mut names) = (vec![0; Scratch::text_len(token.len())], [0; Scratch::NAMES]);
    let mut scratch = Scratch::new(&mut text, &mut names);
    match Jws::read(token.as_bytes(), token.len(), &mut scratch) {
        Ok(_) => {
            assert!(data.len() <= MAX_HEADER_LEN);
            let header = Value::read(data).unwrap().as_object().unwrap();
            assert!(header.get("alg").unwrap().as_str().is_some());
            assert!(["crit", "enc", "zip"].iter().all(|name| header.get(name).is_none()));
            assert!(header.get("kid").is_none_or(|kid| kid.as_str().is_some()));
        }
        Err(Denied::HeaderTooLong) => assert!(data.len() > MAX_HEADER_LEN),
        Err(denied) => {
            assert!(!matches!(denied, Denied::NotBase64url | Denied::NotJwt | Denied::ScratchTooSmall))
        }
    }
}
