//! Attacks on the form of a token: segments, base64url, JSON, UTF-8.
//!
//! | row | attack | test |
//! |---|---|---|
//! | 26 | another number of segments | `segments_and_dots` |
//! | 27 | thousands of dots | `thousands_of_dots` |
//! | 28 | JWE, nested token | `encrypted_token`, `nested_token` |
//! | 29 | JSON serialization | `json_serialization` |
//! | 30 | characters outside the alphabet | `characters_outside_the_alphabet` |
//! | 31 | another spelling of the same bytes | `spellings_of_the_same_bytes`, `length_that_no_encoding_has` |
//! | 32 | huge parts | `huge_parts` (exact limits: limits.rs) |
//! | 33 | depth 20 000 | `depth_bomb` |
//! | 35 | neither header nor payload an object | `documents_that_are_no_object` |
//! | 36 | what lenient JSON readers take | `json_that_is_none` |
//! | 37 | what is not UTF-8 | `bytes_that_are_no_utf8`, `lone_surrogates`, `nul_in_a_name` |

use jotgate_core::Denied;
use jotgate_tests::forge::{Fixture, Token, b64, compact, es, with_member};
use serde_json::json;
use std::time::{Duration, Instant};

/// The three segments of a good token.
fn segments() -> [String; 3] {
    let token = Token::good(&es()).sign();
    token.split('.').map(str::to_owned).collect::<Vec<_>>().try_into().unwrap()
}

#[test]
fn segments_and_dots() {
    let [h, p, s] = segments();
    Fixture::new(&[&es()]).refuses([
        ("nothing", String::new(), Denied::NotJwt),
        ("a dot", ".".to_owned(), Denied::NotJwt),
        ("two dots", "..".to_owned(), Denied::UnsignedToken),
        ("opaque", "2YotnFZFEjr1zCsicMWpAA".to_owned(), Denied::NotJwt),
        ("2 segments", format!("{h}.{p}"), Denied::NotJwt),
        ("4 segments", format!("{h}.{p}.{s}.{s}"), Denied::NotJwt),
        ("6 segments", format!("{h}.{p}.{s}.{s}.{s}.{s}"), Denied::NotJwt),
        ("leading dot", format!(".{h}.{p}.{s}"), Denied::NotJwt),
        ("trailing dot", format!("{h}.{p}.{s}."), Denied::NotJwt),
        ("double dot", format!("{h}..{p}.{s}"), Denied::NotJwt),
        ("empty header", format!(".{p}.{s}"), Denied::NotJson),
        ("empty payload", format!("{h}..{s}"), Denied::NotJson),
        ("only a signature", format!("..{s}"), Denied::NotJson),
        ("token twice", format!("{h}.{p}.{s}{h}.{p}.{s}"), Denied::EncryptedToken),
    ]);
}

#[test]
fn thousands_of_dots() {
    let [h, p, s] = segments();
    let fixture = Fixture::new(&[&es()]);
    let (dots, many) = (".".repeat(8000), ".".repeat(20_000));
    let start = Instant::now();
    for _ in 0..1000 {
        fixture.refuses([
            ("dots", dots.clone(), Denied::NotJwt),
            ("between", format!("{h}.{p}{}{s}", ".".repeat(4000)), Denied::NotJwt),
            ("too long as well", many.clone(), Denied::TokenTooLong),
        ]);
    }
    // A fraction of a second, each token read in one pass.
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn encrypted_token() {
    let fixture = Fixture::new(&[&es()]);
    let [h, p, s] = segments();
    let jwe = b64(json!({"alg": "RSA-OAEP", "enc": "A256GCM"}).to_string().as_bytes());
    fixture.refuses([
        ("JWE", format!("{jwe}.{p}.{p}.{p}.{s}"), Denied::EncryptedToken),
        ("no encrypted key", format!("{jwe}..{p}.{p}.{s}"), Denied::EncryptedToken),
        ("four dots", "....".to_owned(), Denied::EncryptedToken),
        ("JWS header, five segments", format!("{h}.{p}.{p}.{p}.{s}"), Denied::EncryptedToken),
    ]);
    for (name, value) in [("enc", json!("A256GCM")), ("enc", json!(null)), ("zip", json!("DEF"))] {
        let token = Token::good(&es()).header(name, value).sign();
        assert_eq!(fixture.denied(token), Some(Denied::EncryptionHeader), "{name}");
    }
}

/// An unsigned token inside a signed one: what is inside must not be looked at.
#[test]
fn nested_token() {
    let fixture = Fixture::new(&[&es()]);
    let inner = compact(r#"{"alg":"none"}"#, Token::good(&es()).claims_text(), "");
    for cty in ["JWT", "jwt", "application/JWT", "application/jwt"] {
        let token = Token::good(&es()).header("cty", cty);
        assert_eq!(fixture.denied(token.sign_payload(&inner)), Some(Denied::NestedToken), "{cty}");
        assert_eq!(fixture.denied(token.sign()), Some(Denied::NestedToken), "{cty}");
    }
    assert_eq!(fixture.denied(Token::good(&es()).sign_payload(&inner)), Some(Denied::NotJson));
    let of_another_type = Token::good(&es()).header("cty", json!(["JWT"])).sign();
    assert_eq!(fixture.denied(of_another_type), Some(Denied::HeaderWrongType));
    assert_eq!(fixture.denied(Token::good(&es()).header("cty", "json").sign()), None);
}

#[test]
fn json_serialization() {
    let [h, p, s] = segments();
    let flattened = json!({"payload": p, "protected": h, "signature": s}).to_string();
    let general = json!({"payload": p, "signatures": [{"protected": h, "signature": s}]}).to_string();
    let dotted = json!({"payload": p, "protected": h, "signature": s, "a.b": "c.d"}).to_string();
    Fixture::new(&[&es()]).refuses([
        ("flattened", flattened, Denied::NotJwt),
        ("general", general, Denied::NotJwt),
        ("with two dots", dotted, Denied::NotBase64url),
    ]);
}

#[test]
fn characters_outside_the_alphabet() {
    let fixture = Fixture::new(&[&es()]);
    let good = segments();
    let strange: [&[u8]; 14] = [
        b"=",
        b"==",
        b"+",
        b"/",
        b" ",
        b"\t",
        b"\n",
        b"\r\n",
        b"\0",
        b"\"",
        b"{",
        b"~",
        b"\x80",
        "\u{e4}".as_bytes(),
    ];
    for segment in 0..3 {
        for bytes in strange {
            for at in [0, 8, good[segment].len()] {
                let mut token = good.clone().map(String::into_bytes);
                token[segment].splice(at..at, bytes.iter().copied());
                let denied = fixture.denied(token.join(&b'.'));
                assert_eq!(denied, Some(Denied::NotBase64url), "{bytes:?} at {at} of {segment}");
            }
            // In place of a character, so that the length stays lawful.
            let mut token = good.clone().map(String::into_bytes);
            token[segment][4] = bytes[0];
            assert_eq!(
                fixture.denied(token.join(&b'.')),
                Some(Denied::NotBase64url),
                "{bytes:?} in {segment}"
            );
        }
    }
}

/// The unused bits of the last character: one token would have several spellings.
#[test]
fn spellings_of_the_same_bytes() {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let fixture = Fixture::new(&[&es()]);
    // JSON may end with spaces: each of the two tails that carry unused bits, in each segment.
    let token = Token::good(&es());
    for (header, payload) in [("", ""), (" ", " "), ("  ", "  ")] {
        let (header, payload) = (token.header_text() + header, token.claims_text() + payload);
        let good = compact(&header, &payload, es().sign(b64s(&[&header, &payload]).as_bytes()));
        assert_eq!(fixture.denied(&good), None);
        let segments: Vec<_> = good.split('.').collect();
        for (at, segment) in segments.iter().enumerate() {
            let unused: u32 = [0, 0, 4, 2][segment.len() % 4];
            let (head, last) = segment.split_at(segment.len() - 1);
            let value = ALPHABET.find(last).unwrap();
            for other in (1..1_usize << unused).map(|bits| value | bits) {
                let mut spelled = segments.clone();
                let respelled = format!("{head}{}", &ALPHABET[other..=other]);
                spelled[at] = &respelled;
                assert_eq!(fixture.denied(spelled.join(".")), Some(Denied::NotBase64url), "{at}");
            }
        }
    }
}

fn b64s(texts: &[&str]) -> String {
    texts.iter().map(|text| b64(text.as_bytes())).collect::<Vec<_>>().join(".")
}

#[test]
fn length_that_no_encoding_has() {
    let fixture = Fixture::new(&[&es()]);
    for segment in 0..3 {
        let mut token = segments();
        let len = token[segment].len() / 4 * 4;
        token[segment].truncate(len);
        token[segment].push('A');
        assert_eq!(fixture.denied(token.join(".")), Some(Denied::NotBase64url), "{segment}");
    }
}

#[test]
fn huge_parts() {
    let token = Token::good(&es());
    let huge = "a".repeat(100_000);
    let array = vec!["a"; 100_000];
    let million = "a.".repeat(500_000);
    Fixture::new(&[&es()]).refuses([
        ("token", million, Denied::TokenTooLong),
        ("header", token.clone().header("x", huge.as_str()).sign(), Denied::TokenTooLong),
        ("claim", token.clone().claim("x", huge.as_str()).sign(), Denied::TokenTooLong),
        ("array", token.clone().claim("x", array.clone()).sign(), Denied::TokenTooLong),
        ("aud", token.clone().claim("aud", vec!["a"; 1000]).sign(), Denied::TooManyAudiences),
        ("scope", token.clone().claim("scope", "a ".repeat(1000)).sign(), Denied::TooManyScopes),
        ("header that fits", token.header("x", "a".repeat(1024)).sign(), Denied::HeaderTooLong),
    ]);
}

#[test]
fn depth_bomb() {
    let token = Token::good(&es());
    let raised = Fixture::new(&[&es()]).policy(|policy| policy.with_max_token_len(16 * 1024).unwrap());
    let within = |open: &str, times: usize| {
        with_member(&token.claims_text(), &format!("\"x\":{}", open.repeat(times)))
    };
    for open in ["[", "{\"a\":", "[{\"a\":"] {
        let bomb = token.sign_payload(within(open, 20_000));
        assert_eq!(raised.denied(bomb), Some(Denied::TokenTooLong));
        // As deep as a token can be.
        let bomb = token.sign_payload(within(open, 11_000 / open.len()));
        assert_eq!(raised.denied(bomb), Some(Denied::NestedTooDeep));
        let bomb = token.sign_payload(open.repeat(1000));
        assert_eq!(raised.denied(bomb), Some(Denied::NestedTooDeep));
        let bomb = token.sign_header(open.repeat(100));
        assert_eq!(raised.denied(bomb), Some(Denied::NestedTooDeep));
    }
}

/// Header and payload both become each text in turn.
fn both(texts: &[&[u8]], denied: Denied) {
    let fixture = Fixture::new(&[&es()]);
    let token = Token::good(&es());
    for text in texts {
        let shown = String::from_utf8_lossy(text);
        assert_eq!(fixture.denied(token.sign_header(text)), Some(denied), "header {shown}");
        assert_eq!(fixture.denied(token.sign_payload(text)), Some(denied), "payload {shown}");
    }
}

#[test]
fn documents_that_are_no_object() {
    let positional = br#"["https://as.example","user-1",1700000600]"#;
    both(
        &[b"[]", b"[{}]", b"null", b"true", b"0", b"-1.5e3", b"\"\"", b"\"{}\"", b" [] ", positional],
        Denied::NotObject,
    );
}

#[test]
fn json_that_is_none() {
    let whole: [&[u8]; 10] =
        [b"", b" ", b"{", b"{}{}", b"{} x", b"{},", b"{}\0", b"\xef\xbb\xbf{}", b"'a'", b"// no\n{}"];
    both(&whole, Denied::NotJson);

    let members: [&[u8]; 35] = [
        b"\"a\"",
        b"\"a\":",
        b"\"a\" 1",
        b"\"a\":1,",
        b",\"a\":1",
        b"\"a\":1 \"b\":2",
        b"a:1",
        b"'a':1",
        b"1:1",
        b"\"a\":NaN",
        b"\"a\":Infinity",
        b"\"a\":-Infinity",
        b"\"a\":TRUE",
        b"\"a\":nul",
        b"\"a\":truefalse",
        b"\"a\":01",
        b"\"a\":-01",
        b"\"a\":+1",
        b"\"a\":.5",
        b"\"a\":1.",
        b"\"a\":1.e1",
        b"\"a\":1e",
        b"\"a\":1e+",
        b"\"a\":0x1",
        b"\"a\":-",
        b"\"a\":1_000",
        b"\"a\":[1,]",
        b"\"a\":[,1]",
        b"\"a\":[1}",
        b"\"a\":{\"b\":1,}",
        b"\"a\":1/*no*/",
        b"\"a\":\"\n\"",
        b"\"a\":\"\x00\"",
        b"\"a\":\"\x1f\"",
        b"\"a\":\"\\x\"",
    ];
    let more: [&[u8]; 5] =
        [b"\"a\":\"\\u12\"", b"\"a\":\"\\u12g4\"", b"\"a\":\"\\\"", b"\"a\":\x0c1", b"\"a\":\xc2\xa01"];
    let documents: Vec<_> = members.iter().chain(&more).map(|m| [b"{", *m, b"}"].concat()).collect();
    both(&documents.iter().map(Vec::as_slice).collect::<Vec<_>>(), Denied::NotJson);
}

/// The four kinds of space that the grammar has, which real issuers write.
#[test]
fn lawful_space_everywhere() {
    let spaced = |text: String| {
        let text = text.replace([':'], " :\t").replace("https :\t", "https:").replace("check :\t", "check:");
        format!("\r\n {} \n", text.replace("sim-swap :\t", "sim-swap:").replace(',', "\n,\r"))
    };
    let token = Token::good(&es());
    let spaced = [token.header_text(), token.claims_text()].map(spaced);
    let signature = es().sign(b64s(&[&spaced[0], &spaced[1]]).as_bytes());
    assert_eq!(Fixture::new(&[&es()]).denied(compact(&spaced[0], &spaced[1], signature)), None);
}

#[test]
fn bytes_that_are_no_utf8() {
    let faults: [&[u8]; 10] = [
        b"\x80",
        b"\xff",
        b"\xc3",
        b"\xc0\x80",
        b"\xe0\x80\x80",
        b"\xf0\x80\x80\x80",
        b"\xed\xa0\x80",
        b"\xed\xb0\x80",
        b"\xf4\x90\x80\x80",
        b"\xf8\x88\x80\x80\x80",
    ];
    let documents: Vec<_> = faults.iter().map(|fault| [b"{\"a\":\"", *fault, b"\"}"].concat()).collect();
    both(&documents.iter().map(Vec::as_slice).collect::<Vec<_>>(), Denied::NotUtf8);
    let utf16: Vec<u8> = Token::good(&es()).claims_text().encode_utf16().flat_map(u16::to_le_bytes).collect();
    both(&[&[&[0xff, 0xfe], &utf16[..]].concat()], Denied::NotUtf8);
    // Without a mark UTF-16 of ASCII is lawful UTF-8 with NUL characters, and no JSON.
    both(&[&utf16[..]], Denied::NotJson);
}

/// Refused in what is interpreted; elsewhere the grammar allows them.
#[test]
fn lone_surrogates() {
    let fixture = Fixture::new(&[&es()]);
    let token = Token::good(&es());
    for escape in [r"\ud800", r"\udc00", r"\ud800\ud800", r"\udc00\ud800", r"\ud800x", r"\ud800\n", r"\udfff"]
    {
        for claim in ["iss", "sub", "jti", "client_id", "azp", "aud", "scope", "acr", "purpose"] {
            let with = token.clone().claim(claim, "@").claims_text().replace('@', escape);
            assert_eq!(
                fixture.denied(token.sign_payload(with)),
                Some(Denied::LoneSurrogate),
                "{claim} {escape}"
            );
        }
        let aud = token.clone().claim("aud", json!(["@"])).claims_text().replace('@', escape);
        assert_eq!(fixture.denied(token.sign_payload(aud)), Some(Denied::LoneSurrogate), "{escape}");
        for parameter in ["kid", "typ", "cty", "alg"] {
            let with = token.clone().header(parameter, "@").header_text().replace('@', escape);
            assert_eq!(fixture.denied(token.sign_header(with)), Some(Denied::LoneSurrogate), "{parameter}");
        }
        let elsewhere = format!(r#""x":["{escape}"],"{escape}":1"#);
        let payload = with_member(&token.claims_text(), &elsewhere);
        assert_eq!(fixture.denied(token.sign_payload(payload)), None, "{escape}");
    }
    let pair = with_member(&token.clone().without("sub").claims_text(), r#""sub":"\ud83d\ude00""#);
    let subject = fixture.check(token.sign_payload(pair)).map(|summary| summary.subject);
    assert_eq!(subject, Ok(Some("\u{1f600}".to_owned())));
}

/// A host that is written in C would see a shorter name.
#[test]
fn nul_in_a_name() {
    let fixture = Fixture::new(&[&es()]);
    let token = Token::good(&es());
    for claim in ["iss", "sub", "jti", "client_id", "aud", "scope", "acr", "purpose"] {
        let with = token.clone().claim(claim, "a\0b").sign();
        assert_eq!(fixture.denied(with), Some(Denied::NulCharacter), "{claim}");
    }
    assert_eq!(
        fixture.denied(token.clone().claim("aud", json!(["a\0b"])).sign()),
        Some(Denied::NulCharacter)
    );
    assert_eq!(fixture.denied(token.header("kid", "es-1\0").sign()), Some(Denied::NulCharacter));
}
