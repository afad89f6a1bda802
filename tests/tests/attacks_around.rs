//! Attacks on what stands around the judging of one token.
//!
//! | row | attack | test |
//! |---|---|---|
//! | 57 | one token changes what the next meets | `one_token_changes_nothing_for_the_next` |
//! | 58 | another spelling escapes a deny list | `spellings_of_the_same_bytes`, `twin_signature_is_the_same_token` (other files) |
//! | 59 | flood of unknown key ids | `flood_of_unknown_key_ids_only_reports` |
//! | 60 | a refusal taken for success | `no_reason_looks_like_success` |
//! | 62 | two tokens in one request | `two_tokens_in_one_request`, `authorization_fields` |
//! | 63 | claim text in a log or header | `debug_prints_nothing_of_the_token`, `answers_repeat_nothing_of_the_token` |
//! | 66 | keys change under a request | `failed_load_leaves_the_ring_in_force` in validator_keys.rs |
//! | 67 | decryption oracles, bombs | `encrypted_token`, `compressed_token` (other files): nothing here decrypts or inflates |

use jotgate_core::{Denied, Now, Presented, Scratch, UnixSeconds, WorkerState, limits, steps::Unverified};
use jotgate_tests::forge::{Fixture, Key, NOW, Token, compact, es, with_scratch};
use serde_json::json;
use std::collections::HashSet;

/// One scratch and one worker for all, as in a gateway.
#[test]
fn one_token_changes_nothing_for_the_next() {
    let fixture = Fixture::new(&[&es()]);
    let good = Token::good(&es());
    let unsigned = good.clone().header("alg", "none").sign();
    let both = good.clone().header("alg", json!(["RS256", "none"])).sign();
    let forged = Token::good(&Key::es256("es-1", 66)).sign();
    let tokens = [
        (good.sign(), None),
        (unsigned, Some(Denied::AlgorithmNotSupported)),
        (both, Some(Denied::HeaderWrongType)),
        (forged, Some(Denied::BadSignature)),
        (good.clone().claim("sub", "user-2").sign(), None),
        (good.clone().without("sub").sign(), Some(Denied::SubjectMissing)),
        (good.clone().without("jti").sign(), Some(Denied::TokenIdMissing)),
        (good.header("kid", "?").sign(), Some(Denied::UnknownKid)),
    ];
    let mut text = vec![0xff; Scratch::text_len(limits::MAX_TOKEN_LEN)];
    let mut names = [u64::MAX; Scratch::NAMES];
    let mut scratch = Scratch::new(&mut text, &mut names);
    let mut worker = WorkerState::new();
    // Every token behind every other.
    for (one, _) in &tokens {
        for (other, expected) in &tokens {
            for (token, expected) in [(one, None), (other, Some(expected))] {
                let presented = Presented::bearer(token.as_bytes());
                let denied =
                    fixture.validator().check(presented, fixture.now, &mut scratch, &mut worker).err();
                assert!(expected.is_none_or(|expected| denied == *expected), "{denied:?} {expected:?}");
            }
        }
    }
    let (all, good) = (2 * 8 * 8, 2 * 8 * 2);
    assert_eq!((worker.granted(), worker.denied()), (good, all - good));
}

#[test]
fn flood_of_unknown_key_ids_only_reports() {
    let fixture = Fixture::new(&[&es()]);
    let mut worker = WorkerState::new();
    for number in 0..1000 {
        let token = Token::good(&es()).header("kid", format!("flood-{number}")).sign();
        let denied = with_scratch(|scratch| {
            let presented = Presented::bearer(token.as_bytes());
            fixture.validator().check(presented, fixture.now, scratch, &mut worker).err()
        });
        assert_eq!(denied, Some(Denied::UnknownKid));
    }
    assert_eq!(worker.take_unknown_kid().map(|issuer| issuer.position()), Some(0));
    assert_eq!(worker.take_unknown_kid(), None);
    assert_eq!(fixture.denied(Token::good(&es()).sign()), None);
}

#[test]
fn no_reason_looks_like_success() {
    let codes: HashSet<u16> = Denied::ALL.iter().map(|denied| denied.code()).collect();
    assert_eq!(codes.len(), Denied::ALL.len());
    assert!(codes.iter().all(|code| (1000..10_000).contains(code)));
    let fixture = Fixture::new(&[&es()]);
    for denied in Denied::ALL {
        let mut buffer = [0; 512];
        let status = fixture.validator().answer(*denied, &mut buffer).unwrap().status();
        assert!([400, 401, 403, 429, 500, 503].contains(&status), "{denied:?} {status}");
    }
}

#[test]
fn two_tokens_in_one_request() {
    let fixture = Fixture::new(&[&es()]);
    let good = format!("Bearer {}", Token::good(&es()).sign());
    let other = format!("Bearer {}", Token::good(&es()).claim("sub", "user-2").sign());
    let joined = format!("{good}, {other}");
    for fields in [&[good.as_bytes(), other.as_bytes()][..], &[good.as_bytes(); 2], &[joined.as_bytes()]] {
        assert_eq!(fixture.check_fields(fields).err(), Some(Denied::BadAuthorizationHeader));
    }
    assert_eq!(
        fixture.check_fields(&[good.as_bytes(), b"Basic eDp5"]).err(),
        Some(Denied::BadAuthorizationHeader)
    );
}

#[test]
fn authorization_fields() {
    let fixture = Fixture::new(&[&es()]);
    let token = Token::good(&es()).sign();
    for (field, expected) in [
        (format!("Bearer {token}"), None),
        (format!("bEaReR    {token}"), None),
        (format!("\t Bearer {token} \t"), None),
        (format!("DPoP {token}"), Some(Denied::TokenNotBound)),
        (format!("Bearer\t{token}"), Some(Denied::OtherScheme)),
        (format!("Bearer \t{token}"), Some(Denied::BadAuthorizationHeader)),
        (format!("Bearer {token}\r\nX-Injected: 1"), Some(Denied::BadAuthorizationHeader)),
        (format!("Bearer \"{token}\""), Some(Denied::BadAuthorizationHeader)),
        (format!("Bearer Bearer {token}"), Some(Denied::BadAuthorizationHeader)),
        (format!("Bearer token={token}"), Some(Denied::BadAuthorizationHeader)),
        (format!("Token {token}"), Some(Denied::OtherScheme)),
        (token.clone(), Some(Denied::OtherScheme)),
        ("Bearer ....".to_owned(), Some(Denied::EncryptedToken)),
        ("Bearer a+b/c~==".to_owned(), Some(Denied::NotJwt)),
        ("Bearer".to_owned(), Some(Denied::BadAuthorizationHeader)),
        (String::new(), Some(Denied::BadAuthorizationHeader)),
    ] {
        assert_eq!(fixture.check_fields(&[field.as_bytes()]).err(), expected, "{field}");
    }
    assert_eq!(fixture.check_fields(&[]).err(), Some(Denied::NoCredentials));
    // Bound and sent as DPoP to a host that takes no proofs.
    let thumbprint = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    let bound = Token::good(&es()).claim("cnf", json!({"jkt": thumbprint})).sign();
    let denied = fixture.check_fields(&[format!("DPoP {bound}").as_bytes()]).err();
    assert_eq!(denied, Some(Denied::BindingNotProven));
}

const MARK: &str = "injected\r\nX-Admin: 1 %s %n \u{1b}[31m";

#[test]
fn debug_prints_nothing_of_the_token() {
    let fixture = Fixture::new(&[&es()]);
    let token = Token::good(&es()).claim("sub", MARK).claim("x", MARK).sign();
    let printed = fixture.grant(&token, |grant| {
        assert_eq!(grant.subject(), Some(MARK));
        format!("{grant:?} {:?} {:?}", grant.claim("x"), grant.scopes().next())
    });
    let printed = printed.unwrap();
    for secret in ["injected", "openid", "user", "client-1", token.as_str()] {
        assert!(!printed.contains(secret), "{printed}");
    }
}

#[test]
fn answers_repeat_nothing_of_the_token() {
    let fixture = Fixture::new(&[&es()]);
    let now = Now::Trusted(UnixSeconds(NOW));
    for token in [
        Token::good(&es()).header("kid", MARK).sign(),
        Token::good(&es()).claim("iss", MARK).sign(),
        Token::good(&es()).claim("aud", MARK).sign(),
        Token::good(&es()).header("alg", MARK).sign(),
        compact(MARK, MARK, MARK),
    ] {
        let denied = with_scratch(|scratch| {
            let mut worker = WorkerState::new();
            fixture.validator().check(Presented::bearer(token.as_bytes()), now, scratch, &mut worker).err()
        });
        let (mut buffer, mut body) = ([0; 512], [0; 512]);
        let answer = fixture.validator().answer(denied.unwrap(), &mut buffer).unwrap();
        let said = format!("{denied:?} {answer:?} {}", answer.body(&mut body).unwrap());
        assert!(!said.contains("njected") && said.is_ascii(), "{said}");
        assert!(!said.contains(['\r', '\n', '\u{1b}']), "{said}");
    }
    let denied = with_scratch(|scratch| Unverified::read(MARK.as_bytes(), scratch).err());
    assert_eq!(denied, Some(Denied::NotJwt));
}
