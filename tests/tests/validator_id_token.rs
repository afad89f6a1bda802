//! ID tokens: what a client expects of them (OpenID Connect Core 1.0, section 3.1.3.7; CIBA Core 1.0, section 10.3.1).

use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_core::{
    AlgorithmName, Denied, HashRule, IdToken, IdTokenRule, KeyRing, Now, PolicyError, UnixSeconds,
};
use jotgate_tests::{
    forge::{Fixture, ISSUER, Key, NOW, OTHER_ISSUER, Token, b64, es, key_set, load, with_scratch},
    vectors::corpus,
};
use serde_json::json;
use sha2::{Digest, Sha256, Sha384, Sha512};

const CLIENT: &str = "client-1";

/// An ID token that is good for [`rule`].
fn good() -> Token {
    Token::good(&es()).header("typ", "JWT").with_claims(json!({
        "iss": ISSUER, "sub": "user-1", "aud": CLIENT, "exp": NOW + 300, "iat": NOW,
    }))
}

fn rule() -> IdTokenRule<'static> {
    IdTokenRule::new(ISSUER, CLIENT, AlgorithmName::Es256).unwrap()
}

fn ring() -> KeyRing<'static> {
    Fixture::new(&[&es()]).ring
}

fn check_at(token: &str, rule: &IdTokenRule<'_>, now: Now) -> Result<String, Denied> {
    with_scratch(|scratch| {
        IdToken::check(token.as_bytes(), &ring(), rule, now, scratch).map(|token| token.subject().to_owned())
    })
}

fn denied(token: &Token, rule: &IdTokenRule<'_>) -> Option<Denied> {
    check_at(&token.sign(), rule, Now::Trusted(UnixSeconds(NOW))).err()
}

#[test]
fn a_good_one_says_who() {
    let token = good().claim("acr", "2").claim("auth_time", NOW - 5).claim("email", "a@b").sign();
    with_scratch(|scratch| {
        let now = Now::Trusted(UnixSeconds(NOW));
        let token = IdToken::check(token.as_bytes(), &ring(), &rule(), now, scratch).unwrap();
        assert_eq!((token.issuer(), token.subject()), (ISSUER, "user-1"));
        assert_eq!(token.authentication_class(), Some("2"));
        assert_eq!(token.authenticated_at(), Some(UnixSeconds(NOW - 5)));
        assert_eq!(token.claim("email").unwrap().as_str().unwrap().as_plain(), Some("a@b"));
        assert!(!format!("{token:?}").contains("user"));
    });
}

#[test]
fn reading_key_and_signature_are_those_of_access_tokens() {
    let rule = rule();
    let now = Now::Trusted(UnixSeconds(NOW));
    let signed = good().sign();
    for (token, expected) in [
        ("opaque".to_owned(), Denied::NotJwt),
        (good().header("alg", "none").sign(), Denied::AlgorithmNotSupported),
        (good().header("alg", "HS256").sign(), Denied::AlgorithmNotSupported),
        (good().header("alg", "ES384").sign(), Denied::AlgorithmMismatch),
        (good().header("kid", "?").sign(), Denied::UnknownKid),
        (good().header("jwk", json!({})).sign(), Denied::EmbeddedKey),
        (
            Token::good(&Key::es256("es-1", 66)).with_claims(json!({"iss": ISSUER})).sign(),
            Denied::BadSignature,
        ),
        (good().without("iss").sign(), Denied::IssuerMissing),
        (good().claim("iss", OTHER_ISSUER).sign(), Denied::IssuerUnknown),
        (good().claim("iss", format!("{ISSUER}/")).sign(), Denied::IssuerUnknown),
        (good().sign_with("nonce", r#""a","nonce":"b""#), Denied::DuplicateMember),
        (signed[..signed.rfind('.').unwrap() + 1].to_owned(), Denied::UnsignedToken),
    ] {
        assert_eq!(check_at(&token, &rule, now), Err(expected), "{token}");
    }
    let stranger = IdTokenRule::new("https://nobody.example", CLIENT, AlgorithmName::Es256).unwrap();
    assert_eq!(
        denied(&good().claim("iss", "https://nobody.example"), &stranger),
        Some(Denied::NoKeysForIssuer)
    );
}

/// Row 49, the other way round: what is no ID token is none.
#[test]
fn other_kinds_of_token() {
    let rule = rule();
    for typ in ["at+jwt", "application/at+jwt", "logout+jwt", "dpop+jwt", "secevent+jwt"] {
        assert_eq!(denied(&good().header("typ", typ), &rule), Some(Denied::WrongType), "{typ}");
    }
    assert_eq!(denied(&good().without_header("typ"), &rule), None);
    for (name, value, expected) in [
        ("typ", json!("ID"), None),
        ("typ", json!("Bearer"), Some(Denied::WrongKind)),
        ("typ", json!("Refresh"), Some(Denied::WrongKind)),
        ("typ", json!("Logout"), Some(Denied::WrongKind)),
        ("typ", json!(1), Some(Denied::ClaimWrongType)),
        ("token_use", json!("id"), None),
        ("token_use", json!("access"), Some(Denied::WrongKind)),
        ("events", json!({}), Some(Denied::WrongKind)),
    ] {
        assert_eq!(denied(&good().claim(name, value.clone()), &rule), expected, "{name} {value}");
    }
    // And an ID token is no access token: `other_kinds_of_token` in attacks_claims.rs.
    let fixture = Fixture::new(&[&es()]);
    assert_eq!(fixture.denied(good().sign()), Some(Denied::WrongType));
}

#[test]
fn subject() {
    let rule = rule();
    let sub = |sub: &str| denied(&good().claim("sub", sub), &rule);
    assert_eq!(denied(&good().without("sub"), &rule), Some(Denied::SubjectMissing));
    assert_eq!(denied(&good().claim("sub", 1), &rule), Some(Denied::ClaimWrongType));
    assert_eq!(sub(""), Some(Denied::SubjectMalformed));
    assert_eq!(sub("\u{e4}"), Some(Denied::SubjectMalformed));
    assert_eq!(sub(&"s".repeat(255)), None);
    assert_eq!(sub(&"s".repeat(256)), Some(Denied::SubjectMalformed));
}

#[test]
fn audiences() {
    let rule = rule();
    let trusting = rule.with_trusted_audiences(&["partner"]).unwrap();
    let aud = |aud: serde_json::Value, rule| denied(&good().claim("aud", aud), rule);
    assert_eq!(denied(&good().without("aud"), &rule), Some(Denied::AudienceMissing));
    assert_eq!(aud(json!("client-2"), &rule), Some(Denied::WrongAudience));
    assert_eq!(aud(json!([]), &rule), Some(Denied::ClaimWrongType));
    assert_eq!(aud(json!([CLIENT]), &rule), None);
    assert_eq!(aud(json!([CLIENT, CLIENT]), &rule), None);
    assert_eq!(aud(json!(["partner", CLIENT]), &rule), Some(Denied::AudienceNotTrusted));
    assert_eq!(aud(json!(["partner", CLIENT]), &trusting), None);
    assert_eq!(aud(json!(["partner"]), &trusting), Some(Denied::WrongAudience));
    assert_eq!(aud(json!([CLIENT, "partner", "x"]), &trusting), Some(Denied::AudienceNotTrusted));
    assert_eq!(denied(&good().claim("azp", CLIENT), &rule), None);
    assert_eq!(denied(&good().claim("azp", "client-2"), &rule), Some(Denied::WrongAuthorizedParty));
}

#[test]
fn dates() {
    let rule = rule();
    for (name, value, expected) in [
        ("exp", NOW - 59, None),
        ("exp", NOW - 60, Some(Denied::Expired)),
        ("nbf", NOW + 60, None),
        ("nbf", NOW + 61, Some(Denied::NotYetValid)),
        ("iat", NOW + 60, None),
        ("iat", NOW + 61, Some(Denied::IssuedInFuture)),
        ("iat", NOW - 660, None),
        ("iat", NOW - 661, Some(Denied::TooOld)),
        ("iat", NOW + 300, Some(Denied::IssuedInFuture)),
    ] {
        let token = if name == "exp" { good().claim("iat", NOW - 100) } else { good() };
        assert_eq!(denied(&token.claim(name, value), &rule), expected, "{name} {}", value - NOW);
    }
    assert_eq!(denied(&good().without("exp"), &rule), Some(Denied::ExpirationMissing));
    assert_eq!(denied(&good().without("iat"), &rule), Some(Denied::IssuedAtMissing));
    let backwards = good().claim("exp", NOW - 1).claim("iat", NOW);
    assert_eq!(denied(&backwards, &rule), Some(Denied::ExpiresBeforeIssued));
    let patient = rule.with_max_age(3600).unwrap().with_leeway(0).unwrap();
    assert_eq!(denied(&good().claim("iat", NOW - 3600), &patient), None);
    assert_eq!(denied(&good().claim("iat", NOW - 3601), &patient), Some(Denied::TooOld));
    let at = |rule: &IdTokenRule<'_>, now| check_at(&good().sign(), rule, now).err();
    assert_eq!(at(&rule, Now::NotTrusted), Some(Denied::ClockNotTrusted));
    let floor = rule.with_clock_floor(UnixSeconds(NOW + 1));
    assert_eq!(at(&floor, Now::Trusted(UnixSeconds(NOW))), Some(Denied::ClockBelowFloor));
}

#[test]
fn nonce() {
    let sent = rule().with_nonce("n-0S6_WzA2Mj").unwrap();
    assert_eq!(denied(&good(), &sent), Some(Denied::NonceMissing));
    assert_eq!(denied(&good().claim("nonce", "n-0S6_WzA2Mj"), &sent), None);
    for other in ["n-0S6_WzA2M", "n-0S6_WzA2Mjj", "N-0S6_WzA2Mj", ""] {
        assert_eq!(denied(&good().claim("nonce", other), &sent), Some(Denied::NonceMismatch));
    }
    assert_eq!(denied(&good().claim("nonce", 1), &sent), Some(Denied::ClaimWrongType));
    let escaped = good().sign_with("nonce", r#""\u006e-0S6_WzA2Mj""#);
    assert_eq!(check_at(&escaped, &sent, Now::Trusted(UnixSeconds(NOW))).err(), None);
    // Nothing was sent: nothing is compared.
    assert_eq!(denied(&good().claim("nonce", "x"), &rule()), None);
}

#[test]
fn authentication() {
    let strong = rule().with_classes(&["2", "3"]).unwrap();
    assert_eq!(denied(&good(), &strong), Some(Denied::AuthenticationTooWeak));
    assert_eq!(denied(&good().claim("acr", "1"), &strong), Some(Denied::AuthenticationTooWeak));
    assert_eq!(denied(&good().claim("acr", "3"), &strong), None);
    let recent = rule().with_max_authentication_age(100);
    assert_eq!(denied(&good(), &recent), Some(Denied::AuthenticationTimeMissing));
    assert_eq!(denied(&good().claim("auth_time", NOW - 160), &recent), None);
    assert_eq!(denied(&good().claim("auth_time", NOW - 161), &recent), Some(Denied::AuthenticationTooOld));
    assert_eq!(denied(&good().claim("auth_time", NOW + 60), &recent), None);
    assert_eq!(denied(&good().claim("auth_time", NOW + 61), &recent), Some(Denied::AuthenticationInFuture));
}

#[test]
fn hashes() {
    let half = |value: &str| b64(&Sha256::digest(value)[..16]);
    let access = rule().with_access_token(b"token", HashRule::Required).unwrap();
    let optional = rule().with_access_token(b"token", HashRule::Optional).unwrap();
    assert_eq!(denied(&good(), &access), Some(Denied::AccessTokenHashMissing));
    assert_eq!(denied(&good(), &optional), None);
    for rule in [&access, &optional] {
        assert_eq!(denied(&good().claim("at_hash", half("token")), rule), None);
        for wrong in [
            half("other"),
            b64(&Sha256::digest("token")),
            b64(&Sha256::digest("token")[16..]),
            b64(&Sha512::digest("token")[..32]),
            format!("{}==", half("token")),
            String::new(),
        ] {
            let token = good().claim("at_hash", wrong);
            assert_eq!(denied(&token, rule), Some(Denied::AccessTokenHashMismatch));
        }
        assert_eq!(denied(&good().claim("at_hash", 1), rule), Some(Denied::ClaimWrongType));
    }
    let code = rule().with_code(b"code", HashRule::Required).unwrap();
    let optional = rule().with_code(b"code", HashRule::Optional).unwrap();
    assert_eq!(denied(&good(), &code), Some(Denied::CodeHashMissing));
    assert_eq!(denied(&good(), &optional), None);
    for rule in [&code, &optional] {
        assert_eq!(denied(&good().claim("c_hash", half("code")), rule), None);
        assert_eq!(denied(&good().claim("c_hash", half("token")), rule), Some(Denied::CodeHashMismatch));
    }
    // Nothing is known of it: nothing is compared.
    assert_eq!(denied(&good().claim("at_hash", "x").claim("c_hash", "y"), &rule()), None);
}

/// The hash is that of the signature's algorithm.
#[test]
fn hashes_of_every_algorithm() {
    let (h256, h384, h512) = (
        Sha256::digest("token").to_vec(),
        Sha384::digest("token").to_vec(),
        Sha512::digest("token").to_vec(),
    );
    for (name, algorithm, hash) in [
        ("ES256", AlgorithmName::Es256, &h256),
        ("RS256", AlgorithmName::Rs256, &h256),
        ("PS256", AlgorithmName::Ps256, &h256),
        ("ES384", AlgorithmName::Es384, &h384),
        ("RS384", AlgorithmName::Rs384, &h384),
        ("PS384", AlgorithmName::Ps384, &h384),
        ("ES512", AlgorithmName::Es512, &h512),
        ("RS512", AlgorithmName::Rs512, &h512),
        ("PS512", AlgorithmName::Ps512, &h512),
        ("EdDSA", AlgorithmName::EdDsa, &h512),
    ] {
        let key = Key::new(name, "k", 1);
        let set = key_set([key.jwk()]);
        let ring = load([(ISSUER, set.as_str())]).ring.unwrap();
        let rule = IdTokenRule::new(ISSUER, CLIENT, algorithm).unwrap();
        let rule = rule.with_access_token(b"token", HashRule::Required).unwrap();
        for other in [&h256, &h384, &h512] {
            let token = Token::good(&key).header("typ", "JWT").with_claims(json!({
                "iss": ISSUER, "sub": "u", "aud": CLIENT, "exp": NOW + 300, "iat": NOW,
                "at_hash": b64(&other[..other.len() / 2]),
            }));
            let now = Now::Trusted(UnixSeconds(NOW));
            let answer = with_scratch(|scratch| {
                IdToken::check(token.sign().as_bytes(), &ring, &rule, now, scratch).err()
            });
            let expected = (other != hash).then_some(Denied::AccessTokenHashMismatch);
            assert_eq!(answer, expected, "{name} {}", other.len());
        }
    }
}

const AUTH_REQUEST: &str = "urn:openid:params:jwt:claim:auth_req_id";
const REFRESH: &str = "urn:openid:params:jwt:claim:rt_hash";

#[test]
fn push() {
    let half = |value: &str| b64(&Sha256::digest(value)[..16]);
    let rule = rule().with_push("request-1", b"token", Some(b"refresh")).unwrap();
    let pushed = good()
        .claim(AUTH_REQUEST, "request-1")
        .claim("at_hash", half("token"))
        .claim(REFRESH, half("refresh"));
    assert_eq!(denied(&pushed, &rule), None);
    for (token, expected) in [
        (pushed.clone().without("at_hash"), Denied::AccessTokenHashMissing),
        (pushed.clone().claim("at_hash", half("x")), Denied::AccessTokenHashMismatch),
        (pushed.clone().without(REFRESH), Denied::RefreshTokenHashMissing),
        (pushed.clone().claim(REFRESH, half("x")), Denied::RefreshTokenHashMismatch),
        (pushed.clone().without(AUTH_REQUEST), Denied::AuthRequestMissing),
        (pushed.clone().claim(AUTH_REQUEST, "request-2"), Denied::AuthRequestMismatch),
        (pushed.clone().claim(AUTH_REQUEST, 1), Denied::ClaimWrongType),
    ] {
        assert_eq!(denied(&token, &rule), Some(expected));
    }
    // Said later, that a hash may be missing is not true of a push.
    let again = rule.with_access_token(b"token", HashRule::Optional).unwrap();
    assert_eq!(denied(&pushed.clone().without("at_hash"), &again), Some(Denied::AccessTokenHashMissing));
    // Without a refresh token there is nothing to hash.
    let without = self::rule().with_push("request-1", b"token", None).unwrap();
    assert_eq!(denied(&pushed.without(REFRESH), &without), None);
}

/// The example of CIBA Core, section 10.3.1, its claims signed here.
#[test]
fn push_of_the_document() {
    let Some(corpus) = corpus("ciba") else { return };
    let vectors = corpus.json("hash-vectors.json");
    let text = |name: &str| vectors[name].as_str().unwrap();
    let claims = vectors["id_token_claims_example"].clone();
    let (issuer, client) = (claims["iss"].as_str().unwrap(), claims["aud"].as_str().unwrap());
    let set = key_set([es().jwk()]);
    let ring = load([(issuer, set.as_str())]).ring.unwrap();
    let rule = IdTokenRule::new(issuer, client, AlgorithmName::Es256).unwrap();
    let push = |access: &'static [u8], refresh: &'static [u8], request: &'static str| {
        rule.with_push(request, access, Some(refresh)).unwrap()
    };
    let leak = |name: &str| -> &'static str { text(name).to_owned().leak() };
    let (access, refresh) = (leak("access_token"), leak("refresh_token"));
    let request = leak(AUTH_REQUEST);
    let token = Token::good(&es()).header("typ", "JWT").with_claims(claims.clone()).sign();
    let now = Now::Trusted(UnixSeconds(claims["iat"].as_i64().unwrap()));
    let judge = |rule: &IdTokenRule<'_>| {
        with_scratch(|scratch| IdToken::check(token.as_bytes(), &ring, rule, now, scratch).err())
    };
    assert_eq!(judge(&push(access.as_bytes(), refresh.as_bytes(), request)), None);
    let swapped = push(refresh.as_bytes(), access.as_bytes(), request);
    assert_eq!(judge(&swapped), Some(Denied::AccessTokenHashMismatch));
    let other = push(access.as_bytes(), b"x", request);
    assert_eq!(judge(&other), Some(Denied::RefreshTokenHashMismatch));
    assert_eq!(judge(&push(access.as_bytes(), refresh.as_bytes(), "x")), Some(Denied::AuthRequestMismatch));
    // The hashes of the document are halves of SHA-256.
    for (name, value) in [("at_hash", access), (REFRESH, refresh)] {
        let half = Base64UrlUnpadded::decode_vec(text(name)).unwrap();
        assert_eq!(half[..], Sha256::digest(value)[..16]);
    }
}

#[test]
fn rules_that_would_check_nothing_cannot_be_made() {
    let new = |issuer, client| IdTokenRule::new(issuer, client, AlgorithmName::Es256).err();
    assert_eq!(new("", CLIENT), Some(PolicyError::EmptyName));
    assert_eq!(new(ISSUER, ""), Some(PolicyError::EmptyName));
    assert_eq!(rule().with_nonce("").err(), Some(PolicyError::EmptyName));
    assert_eq!(rule().with_classes(&[]).err(), Some(PolicyError::EmptyList));
    assert_eq!(rule().with_classes(&[""]).err(), Some(PolicyError::EmptyName));
    assert_eq!(rule().with_trusted_audiences(&[]).err(), Some(PolicyError::EmptyList));
    assert_eq!(rule().with_trusted_audiences(&["a", ""]).err(), Some(PolicyError::EmptyName));
    for hash in [HashRule::Optional, HashRule::Required] {
        assert_eq!(rule().with_access_token(b"", hash).err(), Some(PolicyError::EmptyName));
        assert_eq!(rule().with_code(b"", hash).err(), Some(PolicyError::EmptyName));
    }
    assert_eq!(rule().with_push("", b"a", None).err(), Some(PolicyError::EmptyName));
    assert_eq!(rule().with_push("r", b"", None).err(), Some(PolicyError::EmptyName));
    assert_eq!(rule().with_push("r", b"a", Some(b"")).err(), Some(PolicyError::EmptyName));
    assert_eq!(rule().with_max_age(0).err(), Some(PolicyError::SecondsOutOfRange));
    assert_eq!(rule().with_leeway(301).err(), Some(PolicyError::SecondsOutOfRange));
}
