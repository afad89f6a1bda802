//! What an issuer answers when it is asked: introspection responses, key sets, revocation lists. All of them come over a
//! connection that the host trusts.

use super::{
    Bar, Worst, escaped, filled,
    judged::{policy, signed, validator},
    list,
};
use crate::{
    gate,
    revocations::{FACTS, list_text},
    signer::Signer,
    token::{AUDIENCE, ISSUER},
    values::algorithm,
};
use jotgate_core::{
    AlgorithmName, Checked, IntrospectionRule, IssuerSlot, KeyRingBuilder, KeySlot, KeySource, Presented,
    RevocationBucket, RevocationList, ScopeRule, WhenUnanswered,
};
use std::hint::black_box;

/// Bytes of a long answer.
const LONG: usize = 8_000;

/// What the authorization server says of a token with these claims.
fn introspection(name: &str, claims: &str, said: &str) -> Worst {
    let policy = policy(ScopeRule::AnyOf(&["a", "b", "last"]))
        .with_introspection(IntrospectionRule::Asked(WhenUnanswered::Deny));
    let validator = validator(policy);
    let token = signed(&format!(r#""aud":"{AUDIENCE}",{claims}"#)).leak();
    let scratch = Box::leak(Box::new(gate::scratch()));
    let checked = validator.check_or_ask(Presented::bearer(token), gate::AT, scratch, &mut gate::worker());
    let Ok(Checked::Asking(inquiry)) = checked else { panic!("{name}: {checked:?}") };
    let said = format!(r#"{{"active":true,{said}}}"#);
    let mut scratch = gate::scratch();
    Worst::new(format!("introspection: {name}"), Bar::Verified, said.len(), move |_| {
        let _ = black_box(inquiry.clone().answered(black_box(said.as_bytes()), gate::AT, &mut scratch));
    })
}

/// A key set with these keys, so many of them.
fn key_set(name: &str, keys: &str, count: usize) -> Worst {
    let set = format!(r#"{{"keys":[{keys}]}}"#);
    let source =
        KeySource { algorithms: vec![algorithm(AlgorithmName::Es256)].leak(), default_rsa_algorithm: None };
    let mut scratch = gate::scratch();
    Worst::new(format!("key set: {name}"), Bar::Verified, set.len(), move |_| {
        let (mut issuers, mut slots) = ([IssuerSlot::EMPTY], vec![KeySlot::EMPTY; count]);
        let mut words = vec![0; gate::words_for(count)];
        let mut builder = KeyRingBuilder::new(1, &mut issuers, &mut slots, &mut words);
        let set = black_box(set.as_bytes());
        let _ = black_box(builder.load(ISSUER, set, &source, &mut scratch, &mut |_| {}));
    })
}

fn revocations(name: &str, text: String) -> Worst {
    let buckets = vec![RevocationBucket::EMPTY; RevocationList::buckets(text.lines().count() + 8)].leak();
    Worst::new(format!("revocation list: {name}"), Bar::Verified, text.len(), move |_| {
        let _ = black_box(RevocationList::load(black_box(text.as_bytes()), FACTS, &mut *buckets));
    })
}

pub fn cases() -> Vec<Worst> {
    let words = |each: fn(usize) -> String| (0..127).map(each).collect::<Vec<_>>().join(" ");
    let held = format!(r#""scope":"{} last""#, words(|at| format!("{at:02x}")));
    let other = format!(r#""scope":"{} last""#, words(|at| format!("{:02x}", 255 - at)));
    let long = format!(r#""scope":"{} {}""#, escaped(&words(|at| format!("{at:02x}"))), escaped("last"));
    let ec = Signer::new(AlgorithmName::Es256);
    let members = filled(800, |at| format!("\"{at}\":0"));
    vec![
        introspection(
            "256 escaped names",
            &held,
            &filled(LONG, |at| format!("\"{}\":0", escaped(&format!("{at:03}")))),
        ),
        introspection("128 scopes for 128", &held, &held),
        introspection("128 other scopes for 128", &held, &other),
        introspection("128 escaped scopes for 128", &held, &long),
        introspection(
            "32 escaped audiences",
            &held,
            &format!(r#""aud":[{}]"#, list(32, |at| format!("\"{}{at:02}\"", escaped(&AUDIENCE[..30])))),
        ),
        introspection(
            "a subject of escapes",
            &held,
            &format!(r#""sub":"{}""#, escaped(&"s".repeat(LONG / 6))),
        ),
        introspection("a nested member", &held, &format!(r#""x":[{}]"#, filled(LONG, |_| "[[]]".into()))),
        key_set("1024 keys of no kind", &filled(200_000, |_| "{}".into()), 1024),
        key_set("keys with many members", &list(200, |_| format!("{{{members}}}")), 200),
        key_set(
            "escaped names",
            &list(200, |_| {
                format!("{{{}}}", list(60, |at| format!("\"{}\":0", escaped(&format!("{at:02}")))))
            }),
            200,
        ),
        key_set("one key id of 200 keys", &list(200, |_| ec.jwk_named("k")), 200),
        revocations("10,000 entries", list_text(10_000, true)),
        revocations("blank lines", "\n".repeat(100_000)),
        revocations("the same entry", format!("jti {ISSUER} x\n").repeat(10_000)),
    ]
}
