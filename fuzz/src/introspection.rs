//! Introspection responses, and what they make of a token that is to be asked about.

use crate::world::{ISSUER, NOW, SIGNED, policy, ring, with_scratch};
use jotgate_core::{
    Checked, Denied, Introspection, IntrospectionRule, Presented, Validator, WhenUnanswered, WorkerState,
};
use serde_json::Value;

/// A response: it grants the good token only if serde_json reads in it that a token is active and nothing that contradicts
/// it, and then always, unless it says something of times, audiences, scopes or binding that is judged. Written again, it
/// says the same.
pub fn introspection(data: &[u8]) {
    let verdict = answered(data);
    let read = with_scratch(0, |scratch| Introspection::read(data, scratch).map(|read| read.is_active()));
    match (read, verdict) {
        (Err(_), Some(Denied::IntrospectionMalformed)) => return,
        (Ok(false), Some(Denied::IntrospectionInactive)) => {}
        // What it says is judged; texts that are no scopes are found when they are.
        (Ok(true), _) => {}
        (read, verdict) => panic!("{read:?} {verdict:?}"),
    }
    // Lone surrogates, and numbers that no float can be.
    let Ok(said) = serde_json::from_slice::<Value>(data) else { return };
    assert_eq!(said["active"], Value::Bool(read == Ok(true)));
    if read == Ok(true) {
        let agrees = |name: &str, own: &str| said.get(name).is_none_or(|said| said == own);
        let texts = [("iss", ISSUER), ("sub", "user-1"), ("client_id", "c"), ("jti", "j")];
        let all = texts.iter().all(|(name, own)| agrees(name, own));
        let judged = ["exp", "nbf", "aud", "scope", "cnf"].iter().any(|name| said.get(name).is_some());
        assert!(if judged { all || verdict.is_some() } else { all == verdict.is_none() }, "{said}");
    }
    assert_eq!(answered(said.to_string().as_bytes()), verdict, "{said}");
}

/// Why the good token is refused after this response.
fn answered(response: &[u8]) -> Option<Denied> {
    let policy = policy().with_introspection(IntrospectionRule::Asked(WhenUnanswered::Deny));
    let validator = Validator::for_product(ring(), &policy);
    with_scratch(SIGNED[0].len(), |scratch| {
        let presented = Presented::bearer(SIGNED[0]);
        match validator.check_or_ask(presented, NOW, scratch, &mut WorkerState::new()) {
            Ok(Checked::Asking(inquiry)) => {
                with_scratch(0, |scratch| inquiry.answered(response, NOW, scratch).err())
            }
            other => panic!("{other:?}"),
        }
    })
}
