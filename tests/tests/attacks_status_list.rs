//! Attacks on the status that tokens refer to (draft-ietf-oauth-status-list-20).

use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_core::{
    Denied, Freshness, InflateFault, Now, Scratch, Section, StatusList, StatusListError, StatusListRule,
    StatusListSource, StatusLists, UnixSeconds, WhenStale, limits,
};
use jotgate_tests::forge::{Fixture, ISSUER, Key, NOW, OTHER_ISSUER, Token, es, raw, record};
use serde_json::{Value, json};

const URI: &str = "https://as.example/statuslists/1";

/// The draft's example of two bits: 1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3.
const TWO_BITS: &str = "eNo76fITAAPfAgc";

fn claims() -> Value {
    json!({"sub": URI, "iat": NOW - 10, "exp": NOW + 100, "ttl": 50, "status_list": {"bits": 2, "lst": TWO_BITS}})
}

fn with(name: &str, value: impl Into<Value>) -> Value {
    let mut claims = claims();
    claims[name] = value.into();
    claims
}

fn without(name: &str) -> Value {
    let mut claims = claims();
    claims.as_object_mut().unwrap().shift_remove(name).unwrap();
    claims
}

fn header() -> Value {
    json!({"alg": "ES256", "kid": "es-1", "typ": "statuslist+jwt"})
}

fn signed(claims: &Value) -> String {
    raw(&es(), header().to_string(), claims.to_string())
}

fn source(issuer: &'static str) -> StatusListSource<'static> {
    StatusListSource {
        section: Section::of_issuer(issuer),
        uri: URI,
        received_at: UnixSeconds(NOW),
        leeway: 5,
    }
}

fn load_from(token: &str, source: &StatusListSource<'_>) -> Result<StatusList<'static>, StatusListError> {
    let ring = Fixture::new(&[&es()]).ring;
    let (mut text, mut names) = (vec![0; Scratch::text_len(token.len())], [0; Scratch::NAMES]);
    let mut memory = vec![0; 4096].leak();
    let mut scratch = Scratch::new(&mut text, &mut names);
    let loaded = StatusList::load(token.as_bytes(), source, &ring, &mut scratch, &mut memory);
    record::status_list(
        ring.generation(),
        token,
        source,
        loaded.as_ref().map(|_| ()).map_err(|error| *error),
    );
    loaded
}

fn load(token: &str) -> Result<StatusList<'static>, StatusListError> {
    load_from(token, &source(ISSUER))
}

const FRESH: Freshness = Freshness { max_age: 600, when_stale: WhenStale::Deny };

/// The default product, with this list loaded.
fn fixture(rule: StatusListRule, list: &Value) -> Fixture {
    let mut fixture = Fixture::new(&[&es()]).policy(|policy| policy.with_status_list(rule));
    fixture.status_lists = Some(StatusLists::new(vec![load(&signed(list)).unwrap()].leak()));
    fixture.status_list_tokens = vec![(URI, signed(list))];
    fixture
}

/// A good token with this claim `status`.
fn token(status: &str) -> String {
    Token::good(&es()).sign_with("status", status)
}

fn at(index: u64) -> String {
    token(&json!({"status_list": {"idx": index, "uri": URI}}).to_string())
}

#[test]
fn statuses() {
    let fixture = fixture(StatusListRule::Required(FRESH), &claims());
    fixture.answers([
        ("valid", at(2), None),
        ("invalid", at(0), Some(Denied::StatusInvalid)),
        ("suspended", at(1), Some(Denied::StatusSuspended)),
        ("application specific", at(3), Some(Denied::StatusUnknown)),
        ("the last one", at(11), Some(Denied::StatusUnknown)),
        ("beyond the end", at(12), Some(Denied::StatusIndexOutOfRange)),
        ("far beyond", at(u64::MAX), Some(Denied::StatusIndexOutOfRange)),
        (
            "expired, though valid",
            {
                let token = Token::good(&es()).claim("exp", NOW - 100).claim("iat", NOW - 200);
                token.sign_with("status", &json!({"status_list": {"idx": 2, "uri": URI}}).to_string())
            },
            Some(Denied::Expired),
        ),
    ]);
}

#[test]
fn tokens_that_refer_to_no_status() {
    let none = Token::good(&es()).sign();
    let other = token(r#"{"other_mechanism": {"idx": 1}}"#);
    let required = fixture(StatusListRule::Required(FRESH), &claims());
    assert_eq!(required.denied(&none), Some(Denied::StatusMissing));
    assert_eq!(required.denied(&other), Some(Denied::StatusMissing));
    let when_present = fixture(StatusListRule::WhenPresent(FRESH), &claims());
    assert_eq!((when_present.denied(&none), when_present.denied(&other)), (None, None));
    assert_eq!(when_present.denied(at(0)), Some(Denied::StatusInvalid));
    let not_checked = fixture(StatusListRule::NotChecked, &claims());
    assert_eq!((not_checked.denied(at(0)), not_checked.denied(token("\"active\""))), (None, None));
}

#[test]
fn references_that_are_malformed() {
    let uri = format!("\"uri\":\"{URI}\"");
    for rule in [StatusListRule::Required(FRESH), StatusListRule::WhenPresent(FRESH)] {
        let fixture = fixture(rule, &claims());
        for status in [
            "null".to_owned(),
            "\"valid\"".to_owned(),
            "[]".to_owned(),
            r#"{"status_list":null}"#.to_owned(),
            r#"{"status_list":[]}"#.to_owned(),
            r#"{"status_list":{}}"#.to_owned(),
            r#"{"status_list":{"idx":2}}"#.to_owned(),
            format!(r#"{{"status_list":{{{uri}}}}}"#),
            format!(r#"{{"status_list":{{"idx":"2",{uri}}}}}"#),
            format!(r#"{{"status_list":{{"idx":-2,{uri}}}}}"#),
            format!(r#"{{"status_list":{{"idx":2.5,{uri}}}}}"#),
            format!(r#"{{"status_list":{{"idx":18446744073709551616,{uri}}}}}"#),
            r#"{"status_list":{"idx":2,"uri":7}}"#.to_owned(),
        ] {
            assert_eq!(fixture.denied(token(&status)), Some(Denied::ClaimWrongType), "{status}");
        }
        for status in [
            format!(r#"{{"status_list":{{"idx":0,"idx":2,{uri}}}}}"#),
            format!(r#"{{"status_list":{{"idx":0,"\u0069dx":2,{uri}}}}}"#),
            format!(r#"{{"status_list":{{"idx":0,{uri}}},"status_list":{{"idx":2,{uri}}}}}"#),
            format!(r#"{{"status_list":{{"idx":2,{uri},"x":1,"x":2}}}}"#),
        ] {
            assert_eq!(fixture.denied(token(&status)), Some(Denied::DuplicateMember), "{status}");
        }
        let escaped = URI.replace('/', "\\/").replace('a', "\\u0061");
        let status = format!(r#"{{"status_list":{{"idx":2e0,"uri":"{escaped}"}}}}"#);
        assert_eq!(fixture.denied(token(&status)), None, "the same, spelled otherwise");
    }
}

#[test]
fn lists_that_are_not_there() {
    let mut fixture = fixture(StatusListRule::WhenPresent(FRESH), &claims());
    let elsewhere = |uri: String| token(&json!({"status_list": {"idx": 2, "uri": uri}}).to_string());
    for uri in [format!("{URI}/"), URI.replace("/1", "/2"), URI.to_uppercase(), String::new()] {
        assert_eq!(fixture.denied(elsewhere(uri)), Some(Denied::StatusListMissing));
    }
    let other = Key::es256("other", 77);
    let foreign = Token::good(&other).claim("iss", OTHER_ISSUER);
    let foreign = foreign.sign_with("status", &json!({"status_list": {"idx": 2, "uri": URI}}).to_string());
    assert_eq!(fixture.denied(foreign), Some(Denied::StatusListMissing), "another issuer's list");
    fixture.status_lists = None;
    assert_eq!(fixture.denied(at(2)), Some(Denied::StatusListMissing));
}

#[test]
fn lists_that_are_too_old() {
    for (list, max_age, last) in [
        (claims(), 600, 50),          // ttl
        (with("ttl", 1000), 600, 99), // exp
        (without("exp"), 600, 50),    // ttl
        (without("ttl"), 30, 30),     // the policy's
        (with("ttl", 50.9), 600, 50),
    ] {
        let judged = |later: i64, when_stale| {
            let mut fixture =
                fixture(StatusListRule::Required(Freshness { max_age, when_stale }), &list).later(later);
            fixture.policy = fixture.policy.with_leeway(0).unwrap();
            fixture.denied(at(2))
        };
        let stale = Some(Denied::StatusListStale);
        assert_eq!(
            (judged(last, WhenStale::Deny), judged(last + 1, WhenStale::Deny)),
            (None, stale),
            "{list}"
        );
        let longer = WhenStale::Allow { seconds: 7 };
        assert_eq!((judged(last + 7, longer), judged(last + 8, longer)), (None, stale), "{list}");
    }
    let mut fixture = fixture(StatusListRule::Required(FRESH), &claims());
    fixture.now = Now::Trusted(UnixSeconds(NOW - 61));
    let early = Token::good(&es()).claim("iat", NOW - 100);
    let early = early.sign_with("status", &json!({"status_list": {"idx": 2, "uri": URI}}).to_string());
    assert_eq!(fixture.denied(early), Some(Denied::StatusListStale), "received in the future");
}

#[test]
fn lists_that_are_refused() {
    let list = |bits: Value, lst: Value| with("status_list", json!({"bits": bits, "lst": lst}));
    let zlib = |bytes: &[u8]| Base64UrlUnpadded::encode_string(bytes);
    let truncated = InflateFault::Truncated;
    for (what, claims, error) in [
        ("another address", with("sub", format!("{URI}/")), StatusListError::SubjectMismatch),
        ("no address", without("sub"), StatusListError::ClaimMalformed),
        ("another issuer", with("iss", OTHER_ISSUER), StatusListError::IssuerMismatch),
        ("issuer of another type", with("iss", 1), StatusListError::ClaimMalformed),
        ("no iat", without("iat"), StatusListError::ClaimMalformed),
        ("iat as text", with("iat", "1"), StatusListError::ClaimMalformed),
        ("issued in the future", with("iat", NOW + 6), StatusListError::IssuedInFuture),
        ("expired", with("exp", NOW - 5), StatusListError::Expired),
        ("exp of another type", with("exp", true), StatusListError::ClaimMalformed),
        ("ttl of zero", with("ttl", 0), StatusListError::ClaimMalformed),
        ("ttl below zero", with("ttl", -5), StatusListError::ClaimMalformed),
        ("ttl below one", with("ttl", 0.5), StatusListError::ClaimMalformed),
        ("no list", without("status_list"), StatusListError::ClaimMalformed),
        ("list of another type", with("status_list", json!([])), StatusListError::ClaimMalformed),
        ("no bits", with("status_list", json!({"lst": TWO_BITS})), StatusListError::ClaimMalformed),
        ("bits as text", list("2".into(), TWO_BITS.into()), StatusListError::ClaimMalformed),
        ("no lst", with("status_list", json!({"bits": 2})), StatusListError::ClaimMalformed),
        ("lst of another type", list(2.into(), 1.into()), StatusListError::ClaimMalformed),
        ("bits of no power", list(3.into(), TWO_BITS.into()), StatusListError::BitsNotSupported),
        ("bits of zero", list(0.into(), TWO_BITS.into()), StatusListError::BitsNotSupported),
        ("bits beyond a byte", list(16.into(), TWO_BITS.into()), StatusListError::BitsNotSupported),
        ("padding", list(2.into(), format!("{TWO_BITS}=").into()), StatusListError::NotBase64url),
        ("nothing", list(2.into(), "".into()), StatusListError::NotInflated(truncated)),
        (
            "cut off",
            list(2.into(), zlib(&[0x78, 0xda, 0x3b]).into()),
            StatusListError::NotInflated(truncated),
        ),
        (
            "gzip",
            list(2.into(), zlib(&[0x1f, 0x8b]).into()),
            StatusListError::NotInflated(InflateFault::Header),
        ),
        (
            // Four empty blocks of fixed codes in five bytes.
            "blocks of nothing",
            list(
                2.into(),
                zlib(&[&[0x78, 0xda][..], &[0x02, 0x08, 0x20, 0x80, 0].repeat(17)].concat()).into(),
            ),
            StatusListError::TooManyBlocks,
        ),
    ] {
        assert_eq!(load(&signed(&claims)).err(), Some(error), "{what}");
    }
    let twice = claims().to_string().replace("\"bits\":2", "\"bits\":2,\"bits\":1");
    assert_eq!(load(&raw(&es(), header().to_string(), twice)).err(), Some(StatusListError::NotClaims));
    let good = load(&signed(&with("iss", ISSUER))).unwrap();
    assert_eq!((good.uri(), good.issuer(), good.len()), (URI, ISSUER, 12));
    assert_eq!((good.issued_at(), good.good_until()), (UnixSeconds(NOW - 10), Some(UnixSeconds(NOW + 50))));
}

#[test]
fn lists_that_nobody_trusted_signed() {
    let typed = |typ: &str| {
        let mut header = header();
        header["typ"] = typ.into();
        load(&raw(&es(), header.to_string(), claims().to_string())).err()
    };
    for typ in ["at+jwt", "JWT", "statuslist", "statuslist+cwt"] {
        assert_eq!(typed(typ), Some(StatusListError::WrongType), "{typ}");
    }
    assert_eq!(typed("application/statuslist+jwt"), None);
    let mut untyped = header();
    untyped.as_object_mut().unwrap().shift_remove("typ");
    let untyped = raw(&es(), untyped.to_string(), claims().to_string());
    assert_eq!(load(&untyped).err(), Some(StatusListError::WrongType));

    let stranger = Key::es256("es-1", 66);
    let forged = raw(&stranger, header().to_string(), claims().to_string());
    assert_eq!(load(&forged).err(), Some(StatusListError::Token(Denied::BadSignature)));
    let good = signed(&claims());
    // The other issuer's section of the ring has no such key.
    let other = load_from(&good, &source(OTHER_ISSUER)).err();
    assert_eq!(other, Some(StatusListError::Token(Denied::UnknownKid)));
    assert_eq!(load_from(&good, &source("?")).err(), Some(StatusListError::NoKeysForIssuer));
    assert_eq!(load("opaque").err(), Some(StatusListError::Token(Denied::NotJwt)));
}

/// A status list is no access token, an access token no status list.
#[test]
fn neither_is_taken_for_the_other() {
    let fixture = Fixture::new(&[&es()]);
    let mut both = claims();
    both.as_object_mut().unwrap().extend(jotgate_tests::forge::good_claims().as_object().unwrap().clone());
    both["sub"] = URI.into();
    assert_eq!(fixture.denied(signed(&both)), Some(Denied::WrongType));
    assert_eq!(load(&Token::good(&es()).sign()).err(), Some(StatusListError::WrongType));
}

#[test]
fn memory() {
    let token = signed(&claims());
    let needed = 3 + ISSUER.len() + URI.len();
    let ring = Fixture::new(&[&es()]).ring;
    let load = |text_len: usize, len: usize| {
        let (mut text, mut names) = (vec![0; text_len], [0; Scratch::NAMES]);
        let mut memory = vec![0; len].leak();
        let mut scratch = Scratch::new(&mut text, &mut names);
        let loaded = StatusList::load(token.as_bytes(), &source(ISSUER), &ring, &mut scratch, &mut memory);
        (loaded.err(), memory.len())
    };
    let enough = Scratch::text_len(token.len());
    assert_eq!(load(enough, needed), (None, 0));
    assert_eq!(load(enough, needed + 7), (None, 7));
    assert_eq!(load(enough, needed - 1), (Some(StatusListError::OutOfMemory), needed - 1));
    assert_eq!(load(enough, 2), (Some(StatusListError::OutOfMemory), 2));
    assert_eq!(load(100, needed), (Some(StatusListError::ScratchTooSmall), needed));
}

/// The list may be far longer than a token; the limit is one of its own.
#[test]
fn length_at_the_limit_and_one_beyond() {
    // Blanks in header and payload change the length by different amounts: one pair fits.
    let sized = |len: usize| {
        let payload = claims().to_string();
        let blanks = (len - signed(&claims()).len()) / 4 * 3 - 6;
        (0..4_usize)
            .flat_map(|header| (blanks..blanks + 9).map(move |payload| (header, payload)))
            .map(|(more, blanks)| (" ".repeat(more), payload.clone() + &" ".repeat(blanks)))
            .map(|(more, payload)| raw(&es(), header().to_string() + &more, payload))
            .find(|token| token.len() == len)
            .unwrap()
    };
    assert_eq!(load(&sized(limits::MAX_STATUS_LIST_LEN)).err(), None);
    let longer = load(&sized(limits::MAX_STATUS_LIST_LEN + 1)).err();
    assert_eq!(longer, Some(StatusListError::Token(Denied::TokenTooLong)));
}
