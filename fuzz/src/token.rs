//! Tokens: whatever is changed about a signed one, it is not granted; and no two ways of judging differ.

use crate::world::{NOW, SIGNED, policy, ring, signing_input};
use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_core::{
    Denied, HeaderSlot, Jws, Peek, Presented, Scratch, Validator, WorkerState, json::Value,
    limits::MAX_HEADER_LEN,
};

/// A whole token. Only what was signed is granted, and an explanation says the same as the check.
pub fn token(data: &[u8]) {
    let policy = policy();
    let validator = Validator::for_product(ring(), &policy);
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

/// A decoded header, in a token whose other segments are good.
pub fn header(data: &[u8]) {
    let token = format!("{}.e30.AAAA", Base64UrlUnpadded::encode_string(data));
    let (mut text, mut names) = (vec![0; Scratch::text_len(token.len())], [0; Scratch::NAMES]);
    let mut scratch = Scratch::new(&mut text, &mut names);
    match Jws::read(token.as_bytes(), token.len(), &mut scratch) {
        Ok(_) => {
            assert!(data.len() <= MAX_HEADER_LEN);
            let header = Value::read(data).unwrap().as_object().unwrap();
            let get = |name| header.get(name).expect("names were found to be different");
            assert!(get("alg").unwrap().as_str().is_some());
            assert!(["crit", "enc", "zip"].iter().all(|name| get(name).is_none()));
            assert!(get("kid").is_none_or(|kid| kid.as_str().is_some()));
        }
        Err(Denied::HeaderTooLong) => assert!(data.len() > MAX_HEADER_LEN),
        Err(denied) => {
            assert!(!matches!(denied, Denied::NotBase64url | Denied::NotJwt | Denied::ScratchTooSmall))
        }
    }
}
