//! Attacks on revocation by a list.
//!
//! | row | attack | test |
//! |---|---|---|
//! | 22 | the twin (r, n - s) of a revoked token | `twin_of_a_revoked_token` |
//! | 58 | another spelling of a revoked token or name | `other_spellings_of_what_is_revoked`, `names_that_are_almost_those` |
//!
//! Besides: no list, an old list, a list from the future; a token of a revoked key that leaves the key id out; tokens
//! without `iat` when everything issued before a time is revoked.

use jotgate_core::{Denied, Freshness, Now, RevocationRule, Rule, UnixSeconds, Verdict, WhenStale};
use jotgate_tests::forge::{
    Fixture, ISSUER, Key, NOW, OTHER_ISSUER, Token, b64, es, good, good_claims, raw, revocation_list,
};
use num_bigint::BigUint;
use sha2::{Digest, Sha256};

const FRESH: Freshness = Freshness { max_age: 60, when_stale: WhenStale::Deny };

/// The default product with this list.
fn with(text: &str) -> Fixture {
    let mut fixture =
        Fixture::new(&[&es()]).policy(|policy| policy.with_revocation(RevocationRule::ByList(FRESH)));
    fixture.revocations = Some(revocation_list(text, NOW));
    fixture
}

/// SHA-256 of the signing input, in hexadecimal digits.
fn digest(token: &str) -> String {
    let input = token.rsplit_once('.').unwrap().0;
    Sha256::digest(input).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn each_kind_of_entry() {
    let token = good().sign();
    for (entry, denied) in [
        ("# nothing".to_owned(), None),
        (format!("digest {}", digest(&token)), Some(Denied::TokenRevoked)),
        (format!("jti {ISSUER} token-1"), Some(Denied::TokenRevoked)),
        ("client client-1".to_owned(), Some(Denied::ClientRevoked)),
        (format!("subject {ISSUER} user-1"), Some(Denied::SubjectRevoked)),
        (format!("kid {ISSUER} es-1"), Some(Denied::KeyRevoked)),
        (format!("issued-before {} issuer {ISSUER}", NOW + 1), Some(Denied::IssuedBeforeRevocation)),
        (format!("issued-before {} client client-1", NOW + 1), Some(Denied::IssuedBeforeRevocation)),
    ] {
        assert_eq!(with(&format!("{entry}\n")).denied(&token), denied, "{entry}");
    }
}

/// ECDSA lets anybody make a second signature of a first. Whatever names the token, names both.
#[test]
fn twin_of_a_revoked_token() {
    let token = good().sign();
    let (input, _) = token.rsplit_once('.').unwrap();
    let signature = es().sign(input.as_bytes());
    let order = BigUint::parse_bytes(b"ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16)
        .unwrap();
    let s = (order - BigUint::from_bytes_be(&signature[32..])).to_bytes_be();
    let twin = [&signature[..32], &vec![0; 32 - s.len()], &s].concat();
    let twin = format!("{input}.{}", b64(&twin));
    assert_ne!(token, twin);
    assert_eq!(with("# nothing\n").denied(&twin), None);
    for entry in [format!("digest {}\n", digest(&token)), format!("jti {ISSUER} token-1\n")] {
        assert_eq!(with(&entry).denied(&token), Some(Denied::TokenRevoked));
        assert_eq!(with(&entry).denied(&twin), Some(Denied::TokenRevoked));
    }
}

/// Names are compared with JSON's escapes resolved, and with those of the list.
#[test]
fn other_spellings_of_what_is_revoked() {
    let fixture =
        with(&format!("jti {ISSUER} token-1\nsubject {ISSUER} user%20one%25\nclient cli\u{eb}nt\n"));
    fixture.refuses([
        ("jti", good().sign_with("jti", r#""\u0074oken-1""#), Denied::TokenRevoked),
        ("name of jti", good().without("jti").sign_with("\\u006ati", r#""token-1""#), Denied::TokenRevoked),
        (
            "sub",
            good().claim("jti", "2").sign_with("sub", r#""user\u0020one\u0025""#),
            Denied::SubjectRevoked,
        ),
        (
            "client",
            good().claim("jti", "2").sign_with("client_id", r#""cli\u00ebnt""#),
            Denied::ClientRevoked,
        ),
        ("spaces", raw(&es(), good().header_text(), format!(" {}\n", good_claims())), Denied::TokenRevoked),
    ]);
}

#[test]
fn names_that_are_almost_those() {
    let fixture = with(&format!(
        "jti {OTHER_ISSUER} token-1\njti {ISSUER}/ token-1\njti {ISSUER} Token-1\njti {ISSUER} token-1%20\n\
         subject {OTHER_ISSUER} user-1\nsubject {ISSUER} token-1\nclient user-1\nclient client-10\nclient client-\n\
         kid {OTHER_ISSUER} es-1\nkid {ISSUER} es-\njti {ISSUER} user-1\ndigest {}\n\
         issued-before {NOW} issuer {ISSUER}\nissued-before {} issuer {OTHER_ISSUER}\n",
        digest("a.b.c"),
        NOW + 100,
    ));
    assert_eq!(fixture.denied(good().sign()), None);
}

/// The same id from two issuers: one is revoked.
#[test]
fn token_id_of_another_issuer() {
    let other = Key::es256("other", 77);
    let fixture = with(&format!("jti {ISSUER} token-1\n"));
    fixture.answers([
        ("revoked", good().sign(), Some(Denied::TokenRevoked)),
        ("the other's", Token::good(&other).claim("iss", OTHER_ISSUER).sign(), None),
    ]);
}

/// Whoever stole a key would leave its id out, if that helped.
#[test]
fn revoked_key_without_its_id() {
    let token = Token::good(&es()).without_header("kid");
    assert_eq!(with("client x\n").denied(token.sign()), None);
    assert_eq!(with(&format!("kid {ISSUER} es-2\n")).denied(token.sign()), None);
    assert_eq!(with(&format!("kid {ISSUER} es-1\n")).denied(token.sign()), Some(Denied::KeyRevoked));
    // A key without an id has no name that could be revoked.
    let without_kid = es().without_kid();
    let mut fixture = Fixture::new(&[&without_kid]);
    fixture.policy = fixture.policy.with_revocation(RevocationRule::ByList(FRESH));
    fixture.revocations = Some(revocation_list(&format!("kid {ISSUER} es-1\n"), NOW));
    assert_eq!(fixture.denied(Token::good(&without_kid).sign()), None);
}

#[test]
fn every_claim_that_names_a_client() {
    for claim in ["client_id", "azp", "cid", "appid"] {
        let token = good().claim(claim, "client-1");
        assert_eq!(with("client client-1\n").denied(token.sign()), Some(Denied::ClientRevoked), "{claim}");
    }
}

#[test]
fn issued_before() {
    let profile = jotgate_core::Profile::GENERIC_JWT;
    for rule in [format!("issuer {ISSUER}"), "client client-1".to_owned()] {
        let mut fixture = Fixture::new(&[&es()])
            .profile(profile)
            .policy(|policy| policy.with_revocation(RevocationRule::ByList(FRESH)));
        fixture.revocations = Some(revocation_list(&format!("issued-before {NOW} {rule}\n"), NOW));
        let revoked = Some(Denied::IssuedBeforeRevocation);
        fixture.answers([
            ("at the time", good().sign(), None),
            ("before", good().claim("iat", NOW - 1).sign(), revoked),
            ("half a second before", good().sign_with("iat", &format!("{}.5", NOW - 1)), revoked),
            ("half a second later", good().sign_with("iat", &format!("{NOW}.5")), None),
            ("exactly, with a fraction of zero", good().sign_with("iat", &format!("{NOW}.0")), None),
            ("nobody knows", good().without("iat").sign(), revoked),
        ]);
        assert_eq!(
            fixture.denied(good().claim("client_id", "client-2").without("iat").sign()),
            rule.starts_with("issuer").then_some(Denied::IssuedBeforeRevocation)
        );
    }
}

#[test]
fn no_list_is_not_an_empty_list() {
    let mut fixture = with("# nothing is revoked\n");
    assert_eq!(fixture.denied(good().sign()), None);
    fixture.revocations = None;
    assert_eq!(fixture.denied(good().sign()), Some(Denied::RevocationListMissing));
    // Named in the policy: nobody looks.
    let mut fixture =
        Fixture::new(&[&es()]).policy(|policy| policy.with_revocation(RevocationRule::NotChecked));
    fixture.revocations = Some(revocation_list("client client-1\n", NOW));
    assert_eq!(fixture.denied(good().sign()), None);
}

/// The policy tolerates clocks that differ by 60 seconds.
#[test]
fn list_that_is_too_old() {
    let at = |as_of: i64, when_stale| {
        let mut fixture = with("client client-2\n");
        fixture.policy =
            fixture.policy.with_revocation(RevocationRule::ByList(Freshness { max_age: 60, when_stale }));
        fixture.revocations = Some(revocation_list("client client-2\n", as_of));
        (fixture.denied(good().sign()), fixture.denied(good().claim("client_id", "client-2").sign()))
    };
    let stale = Some(Denied::RevocationListStale);
    let revoked = Some(Denied::ClientRevoked);
    assert_eq!(at(NOW - 60, WhenStale::Deny), (None, revoked));
    assert_eq!(at(NOW - 61, WhenStale::Deny), (stale, revoked));
    assert_eq!(at(NOW - 160, WhenStale::Allow { seconds: 100 }), (None, revoked));
    assert_eq!(at(NOW - 161, WhenStale::Allow { seconds: 100 }), (stale, revoked));
    assert_eq!(at(NOW + 60, WhenStale::Deny), (None, revoked));
    assert_eq!(at(NOW + 61, WhenStale::Deny), (stale, revoked));
    assert_eq!(at(i64::MIN, WhenStale::Allow { seconds: u32::MAX }), (stale, revoked));
    assert_eq!(at(i64::MAX, WhenStale::Deny), (stale, revoked));
}

/// A list that was cut off between two lines is a list: only its last line shows that it is whole.
#[test]
fn list_that_was_cut_off() {
    let at = |text: &str, as_of, rule: fn(Freshness) -> RevocationRule| {
        let mut fixture = with(text);
        fixture.policy = fixture.policy.with_revocation(rule(FRESH));
        fixture.revocations = Some(revocation_list(text, as_of));
        [good().sign(), good().claim("client_id", "client-2").sign()].map(|token| fixture.denied(token))
    };
    let (whole, cut) =
        ("client client-3\nclient client-2\nentries 2\n", "client client-3\nclient client-2\n");
    let revoked = Some(Denied::ClientRevoked);
    let not_counted = Some(Denied::RevocationListNotCounted);
    assert_eq!(at(whole, NOW, RevocationRule::ByCountedList), [None, revoked]);
    assert_eq!(at(cut, NOW, RevocationRule::ByCountedList), [not_counted, revoked]);
    assert_eq!(at("client client-3\n", NOW, RevocationRule::ByCountedList), [not_counted; 2]);
    assert_eq!(at(whole, NOW - 61, RevocationRule::ByCountedList)[0], Some(Denied::RevocationListStale));
    assert_eq!(at(cut, NOW, RevocationRule::ByList), [None, revoked]);
}

#[test]
fn explained_beside_the_other_rules() {
    let mut fixture = with(&format!("subject {ISSUER} user-1\n"));
    fixture.now = Now::Trusted(UnixSeconds(NOW + 10_000));
    let explanation = fixture.explain(good().sign());
    assert_eq!(explanation.denied(), Some(Denied::Expired));
    let verdict = |wanted| explanation.verdicts().find(|(rule, _)| *rule == wanted).unwrap().1;
    assert_eq!(verdict(Rule::Revocation), Verdict::Failed(Denied::SubjectRevoked));
    assert_eq!(verdict(Rule::StatusList), Verdict::Passed);
}
