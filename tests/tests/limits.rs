//! Every limit, at the limit and one beyond, each with its own reason.

use jotgate_core::{
    Authorization, Denied, Issuer, IssuerSlot, KeyRingBuilder, KeySlot, KeySource, LoadError, Policy,
    PolicyError, Presented, Profile, ScopeClaim, ScopeForm, ScopeRule, Scratch, SkipReason, Word,
    WorkerState, json::DeError, limits,
};
use jotgate_tests::forge::{
    ALL_ALGORITHMS, AUDIENCE, Fixture, ISSUER, Token, es, fixture, good, key_set, load, raw, with_member,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A good token of exactly `len` bytes.
fn sized(len: usize) -> String {
    let encoded = |bytes: usize| (bytes * 4).div_ceil(3);
    let (header, claims) = (good().header_text(), good().claims_text());
    // Two lengths to vary, for no segment has a length of 4n + 1.
    let (spaces, padding) = (0..4)
        .flat_map(|spaces| (0..len).map(move |padding| (spaces, padding)))
        .find(|(spaces, padding)| {
            encoded(header.len() + spaces) + encoded(claims.len() + padding) + encoded(64) + 2 == len
        })
        .unwrap();
    let (header, claims) = (header + &" ".repeat(spaces), claims + &" ".repeat(padding));
    let token = raw(&es(), header, claims);
    assert_eq!(token.len(), len);
    token
}

#[test]
fn token() {
    let raised = |len| fixture().policy(|policy| policy.with_max_token_len(len).unwrap());
    for (fixture, limit) in [
        (fixture(), limits::MAX_TOKEN_LEN),
        (raised(limits::MAX_TOKEN_LEN_RAISED), limits::MAX_TOKEN_LEN_RAISED),
        (raised(600), 600),
    ] {
        let answers = (fixture.denied(sized(limit)), fixture.denied(sized(limit + 1)));
        assert_eq!(answers, (None, Some(Denied::TokenTooLong)), "{limit}");
    }
    for len in [0, limits::MAX_TOKEN_LEN_RAISED + 1] {
        assert_eq!(fixture().policy.with_max_token_len(len).err(), Some(PolicyError::TokenLenOutOfRange));
    }
}

#[test]
fn header() {
    let text = good().header_text();
    let padded = |len: usize| good().sign_header(text.clone() + &" ".repeat(len - text.len()));
    assert_eq!(fixture().denied(padded(limits::MAX_HEADER_LEN)), None);
    assert_eq!(fixture().denied(padded(limits::MAX_HEADER_LEN + 1)), Some(Denied::HeaderTooLong));
}

/// `count` members besides those that are there.
fn members(count: usize) -> String {
    (0..count).map(|at| format!("\"n{at}\":0")).collect::<Vec<_>>().join(",")
}

#[test]
fn members_of_header_and_claims() {
    let header = |count: usize| good().sign_header(with_member(&good().header_text(), &members(count - 3)));
    assert_eq!(fixture().denied(header(limits::MAX_HEADER_MEMBERS)), None);
    assert_eq!(fixture().denied(header(limits::MAX_HEADER_MEMBERS + 1)), Some(Denied::TooManyHeaderMembers));
    let claims = |count: usize| good().sign_payload(with_member(&good().claims_text(), &members(count - 8)));
    assert_eq!(fixture().denied(claims(limits::MAX_CLAIMS)), None);
    assert_eq!(fixture().denied(claims(limits::MAX_CLAIMS + 1)), Some(Denied::TooManyClaims));
}

/// A claim may have more, as long as nobody looks into it.
#[test]
fn members_inside_of_a_claim() {
    let token = |count| {
        let claim = format!(r#""x":{{{}}}"#, members(count));
        good().sign_payload(with_member(&good().claims_text(), &claim))
    };
    let seen = |count| {
        fixture().grant(token(count), |grant| {
            let at = grant.claim_at(&["x", "n7"]).map(|value| value.is_some());
            (at, grant.claims::<Value>().map(drop), grant.claim("x").is_some())
        })
    };
    let (most, more) = (seen(limits::MAX_INNER_MEMBERS), seen(limits::MAX_INNER_MEMBERS + 1));
    assert_eq!(most, Ok((Ok(true), Ok(()), true)));
    assert_eq!(more, Ok((Err(Denied::TooManyClaims), Err(DeError::TooManyMembers), true)));
}

#[test]
fn nesting() {
    let nested = |depth: usize, open: &str, close: &str| {
        let inner = depth - 1;
        format!("\"x\":{}{}{}", open.repeat(inner), if open == "[" { "" } else { "0" }, close.repeat(inner))
    };
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for (depth, expected) in
            [(limits::MAX_DEPTH, None), (limits::MAX_DEPTH + 1, Some(Denied::NestedTooDeep))]
        {
            let member = nested(depth, open, close);
            let header = good().sign_header(with_member(&good().header_text(), &member));
            let payload = good().sign_payload(with_member(&good().claims_text(), &member));
            assert_eq!(
                (fixture().denied(header), fixture().denied(payload)),
                (expected, expected),
                "{depth} {open}"
            );
        }
    }
}

#[test]
fn kid() {
    for letter in ["k", "/", "\u{e4}"] {
        let fitting = letter.repeat(limits::MAX_KID_LEN / letter.len());
        let key = es().named(&fitting);
        let fixture = Fixture::new(&[&key]);
        assert_eq!(fixture.denied(Token::good(&key).sign()), None);
        let longer = Token::good(&key).header("kid", fitting.clone() + letter).sign();
        assert_eq!(fixture.denied(longer), Some(Denied::KidTooLong));
        // The limit counts what the escapes stand for.
        if letter == "/" {
            let escaped = Token::good(&key).header_text().replace('/', "\\/");
            assert_eq!(fixture.denied(Token::good(&key).sign_header(escaped)), None);
        }
    }
}

#[test]
fn scopes_of_a_token() {
    let list = |count: usize| {
        let mut scopes = vec!["a"; count];
        scopes[count - 1] = "sim-swap";
        scopes
    };
    let array = fixture().profile(Profile::RFC9068.with_scope_claim(ScopeClaim::Scope, ScopeForm::Array));
    for (count, expected) in
        [(limits::MAX_SCOPES, None), (limits::MAX_SCOPES + 1, Some(Denied::TooManyScopes))]
    {
        assert_eq!(fixture().denied(good().claim("scope", list(count).join(" ")).sign()), expected);
        assert_eq!(array.denied(good().claim("scope", list(count)).sign()), expected);
    }
}

#[test]
fn scopes_of_an_alternative() {
    let issuer = [Issuer::new(ISSUER, Profile::RFC9068).unwrap()];
    let alternative = |count: usize| vec!["a"; count].join("  ");
    let built = |alternative: &str| {
        Policy::new(&issuer, &[AUDIENCE], ScopeRule::AnyOf(&["b", alternative])).map(|_| ())
    };
    assert_eq!(built(&alternative(limits::MAX_ALTERNATIVE_SCOPES)), Ok(()));
    assert_eq!(built(&alternative(limits::MAX_ALTERNATIVE_SCOPES + 1)), Err(PolicyError::TooManyScopes));
}

#[test]
fn audiences() {
    let list = |count: usize| {
        let mut audiences = vec!["https://other.example"; count];
        audiences[count - 1] = AUDIENCE;
        good().claim("aud", audiences).sign()
    };
    assert_eq!(fixture().denied(list(limits::MAX_AUDIENCES)), None);
    assert_eq!(fixture().denied(list(limits::MAX_AUDIENCES + 1)), Some(Denied::TooManyAudiences));
}

#[test]
fn digits() {
    let (max, half) = (limits::MAX_DIGITS, limits::MAX_DIGITS / 2);
    for (number, expected) in [
        ("1".repeat(max), None),
        ("1".repeat(max + 1), Some(Denied::NumberTooLong)),
        (format!("-{}.{}e+1", "1".repeat(half), "1".repeat(half - 1)), None),
        (format!("-{}.{}e+1", "1".repeat(half), "1".repeat(half)), Some(Denied::NumberTooLong)),
        (format!("0e{}", "9".repeat(max - 1)), None),
        (format!("0e{}", "9".repeat(max)), Some(Denied::NumberTooLong)),
        (format!("[[{{\"a\":{}}}]]", "1".repeat(max + 1)), Some(Denied::NumberTooLong)),
    ] {
        let member = format!("\"x\":{number}");
        let header = good().sign_header(with_member(&good().header_text(), &member));
        let payload = good().sign_payload(with_member(&good().claims_text(), &member));
        assert_eq!((fixture().denied(header), fixture().denied(payload)), (expected, expected), "{number}");
    }
}

#[test]
fn authorization_header() {
    let field = |len: usize| format!("Bearer {}", "a".repeat(len - 7));
    let limit = limits::MAX_TOKEN_LEN_RAISED + limits::AUTHORIZATION_OVERHEAD;
    assert!(Authorization::read(&[field(limit).as_bytes()]).is_ok());
    let beyond = Authorization::read(&[field(limit + 1).as_bytes()]).err();
    assert_eq!(beyond, Some(Denied::AuthorizationHeaderTooLong));
}

#[test]
fn key_set_size() {
    let set = key_set([es().jwk()]);
    let padded = |len: usize| set.clone() + &" ".repeat(len - set.len());
    assert_eq!(load([(ISSUER, padded(limits::MAX_KEY_SET_LEN).as_str())]).ring.err(), None);
    let beyond = load([(ISSUER, padded(limits::MAX_KEY_SET_LEN + 1).as_str())]);
    assert_eq!(beyond.ring.err(), Some(LoadError::KeySetTooLong));
}

#[test]
fn keys_of_a_set() {
    let set = |count: usize| key_set((1..count).map(|_| json!({})).chain([es().jwk()]));
    let fitting = load([(ISSUER, set(limits::MAX_KEYS).as_str())]);
    assert_eq!((fitting.keys.len(), fitting.loaded[0].used), (limits::MAX_KEYS, 1));
    let beyond = load([(ISSUER, set(limits::MAX_KEYS + 1).as_str())]);
    assert_eq!(beyond.ring.err(), Some(LoadError::TooManyKeys));
    assert_eq!(load([(ISSUER, set(10_000).as_str())]).ring.err(), Some(LoadError::TooManyKeys));
}

#[test]
fn members_of_a_key() {
    let set = |count: usize| {
        let key = with_member(&es().jwk().to_string(), &members(count - 7));
        format!("{{\"keys\":[{key}]}}")
    };
    assert_eq!(load([(ISSUER, set(limits::MAX_KEY_MEMBERS).as_str())]).keys[0].err(), None);
    let beyond = load([(ISSUER, set(limits::MAX_KEY_MEMBERS + 1).as_str())]).keys[0].err();
    assert_eq!(beyond, Some(SkipReason::TooManyMembers));
}

/// Loads one ES256 key for each of `issuers` into memory of these sizes.
fn load_into(issuers: usize, slots: [usize; 3], text: usize) -> Option<LoadError> {
    let set = key_set([es().jwk()]);
    let (mut text, mut names) = (vec![0; text], [0; Scratch::NAMES]);
    let mut scratch = Scratch::new(&mut text, &mut names);
    let (mut issuer_slots, mut key_slots) =
        (vec![IssuerSlot::EMPTY; slots[0]], vec![KeySlot::EMPTY; slots[1]]);
    let mut words = vec![0; slots[2]];
    let mut builder = KeyRingBuilder::new(1, &mut issuer_slots, &mut key_slots, &mut words);
    let source = KeySource { algorithms: ALL_ALGORITHMS, default_rsa_algorithm: None };
    for issuer in 0..issuers {
        let issuer = format!("{ISSUER}/{issuer:05}");
        if let Err(error) = builder.load(&issuer, set.as_bytes(), &source, &mut scratch, &mut |_| {}) {
            return Some(error);
        }
    }
    builder.finish().err()
}

/// The words that the builder's documentation names: 8 for P-256, 1 for the key id, 3 for the issuer of 24
/// bytes, 1 for the index. Of 32 bits, twice as many for the first three.
#[test]
fn lent_memory() {
    let words = if size_of::<Word>() == 8 { 13 } else { 25 };
    // x and y of 32 bytes.
    let text = 64;
    for (issuers, slots, text, expected) in [
        (1, [1, 1, words], text, None),
        (1, [1, 1, words - 1], text, Some(LoadError::OutOfWords)),
        (1, [1, 1, 0], text, Some(LoadError::OutOfWords)),
        (1, [1, 0, words], text, Some(LoadError::OutOfSlots)),
        (2, [2, 1, words * 2], text, Some(LoadError::OutOfSlots)),
        (1, [0, 1, words], text, Some(LoadError::TooManyIssuers)),
        (2, [1, 2, words * 2], text, Some(LoadError::TooManyIssuers)),
        (1, [1, 1, words], text - 1, Some(LoadError::ScratchTooSmall)),
        (0, [1, 1, words], text, Some(LoadError::NoUsableKey)),
        (limits::MAX_ISSUERS, [2000, 2000, words * 2000], text, None),
        (limits::MAX_ISSUERS + 1, [2000, 2000, words * 2000], text, Some(LoadError::TooManyIssuers)),
    ] {
        assert_eq!(load_into(issuers, slots, text), expected, "{issuers} {slots:?} {text}");
    }
}

fn check_in(token: &str, text: usize, names: usize) -> Option<Denied> {
    let fixture = fixture().policy(|policy| policy.with_max_token_len(limits::MAX_TOKEN_LEN_RAISED).unwrap());
    let (mut text, mut names) = (vec![0; text], vec![0; names]);
    let mut scratch = Scratch::new(&mut text, &mut names);
    let presented = Presented::bearer(token.as_bytes());
    fixture.validator().check(presented, fixture.now, &mut scratch, &mut WorkerState::new()).err()
}

#[test]
fn scratch_too_small() {
    let token = good().sign();
    let segments: Vec<_> = token.split('.').map(|segment| segment.len() * 3 / 4).collect();
    let need: usize = segments.iter().sum();
    assert_eq!(check_in(&token, need, Scratch::NAMES), None);
    for text in 0..need {
        assert_eq!(check_in(&token, text, Scratch::NAMES), Some(Denied::ScratchTooSmall), "{text}");
    }
    // Fewer names lower the limits on members: 3 in the header, 8 in the claims.
    for (names, expected) in [
        (8, None),
        (7, Some(Denied::TooManyClaims)),
        (3, Some(Denied::TooManyClaims)),
        (2, Some(Denied::TooManyHeaderMembers)),
        (0, Some(Denied::TooManyHeaderMembers)),
    ] {
        assert_eq!(check_in(&token, need, names), expected, "{names}");
    }
}

/// The worst token: nearly all of it is one string with one escape.
#[test]
fn scratch_of_the_named_length_suffices_for_one_long_escaped_string() {
    for claim in ["sub", "jti", "acr", "client_id"] {
        for len in [100, 1000, 5000, 11_000] {
            let text = good().claim(claim, "@".repeat(len)).claims_text().replacen('@', "\\n", 1);
            let token = good().sign_payload(text);
            assert_eq!(
                check_in(&token, Scratch::text_len(token.len()), Scratch::NAMES),
                None,
                "{claim} {len}"
            );
        }
    }
}

/// A string in JSON, its characters escaped here and there.
fn escaped(text: &str, every: usize) -> String {
    let escape = |character: char| {
        let mut units = [0; 2];
        character.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>()
    };
    let characters = text.chars().enumerate();
    characters.map(|(at, c)| if at % every == 0 { escape(c) } else { c.to_string() }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn scratch_of_the_named_length_always_suffices(
        strings in proptest::collection::vec(("[a-z\u{e4}\u{1f600}]{0,600}", 1..200_usize), 4),
        extra in "[a-z]{0,100}",
    ) {
        let mut claims = good().claim("x", extra).claims_text();
        for (name, (text, every)) in ["acr", "azp", "cid", "purpose"].iter().zip(&strings) {
            claims = with_member(&claims, &format!("\"{name}\":\"{}\"", escaped(text, *every)));
        }
        let token = good().sign_payload(claims);
        let denied = check_in(&token, Scratch::text_len(token.len()), Scratch::NAMES);
        // The three clients are random and disagree; what matters is that all was read.
        prop_assert_eq!(denied, Some(Denied::ClientsDisagree));
    }
}

/// The number of claims is bounded before their values are looked at: a token cannot hide behind the limit.
#[test]
fn names_are_counted_with_their_values() {
    let claims: Map<String, Value> = (0..300).map(|at| (format!("n{at}"), json!([[[at]]]))).collect();
    let denied = fixture().denied(good().with_claims(claims.into()).sign());
    assert_eq!(denied, Some(Denied::TooManyClaims));
}
