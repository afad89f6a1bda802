//! Tokens that are read in vain: nobody has signed them.

use super::{Bar, Worst, escaped, filled, list};
use crate::gate;
use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_core::steps::Unverified;
use std::hint::black_box;

/// Bytes of the longest payload that fits a token of 8 KiB beside a short header.
pub(super) const PAYLOAD: usize = 5_900;

/// Bytes of the longest header.
const HEADER: usize = 1_000;

/// A token with a signature that nobody made.
pub(super) fn token(header: &str, payload: &str) -> Vec<u8> {
    let encode = |text: &[u8]| Base64UrlUnpadded::encode_string(text);
    format!("{}.{}.{}", encode(header.as_bytes()), encode(payload.as_bytes()), encode(&[1; 64])).into_bytes()
}

fn read(name: &str, token: Vec<u8>) -> Worst {
    let mut scratch = gate::scratch_for(16 * 1024);
    Worst::new(name, Bar::Unverified, token.len(), move |_| {
        let _ = black_box(Unverified::read(black_box(&token), &mut scratch));
    })
}

fn header(name: &str, members: &str) -> Worst {
    read(&format!("header: {name}"), token(&format!(r#"{{"alg":"ES256",{members}}}"#), "{}"))
}

fn payload(name: &str, members: &str) -> Worst {
    let token = token(r#"{"alg":"ES256"}"#, &format!("{{{members}}}"));
    assert!(token.len() <= 8 * 1024, "{name}: {}", token.len());
    read(&format!("claims: {name}"), token)
}

pub fn cases() -> Vec<Worst> {
    let mut cases = vec![];
    for count in [8, 20, 29] {
        let name = |at: usize| format!("\"{}\"", escaped(&format!("{:02}", at)));
        let members = list(count, |at| format!("{}:0", name(at)));
        let named = format!(r#"{members},"crit":[{}]"#, list(count, name));
        if named.len() <= HEADER {
            cases.push(header(&format!("crit of {count} escaped names"), &named));
        }
    }
    let short = |at: usize| format!("\"\\u{:04x}\"", 0x100 + at);
    let named = format!("{},\"crit\":[{}]", list(29, |at| format!("{}:0", short(at))), list(29, short));
    cases.extend([
        header("crit of 29 escaped letters", &named),
        header("crit of 500 names", &format!(r#""crit":[{}]"#, filled(HEADER, |_| r#""""#.into()))),
        header("crit of registered names", &format!(r#""crit":[{}]"#, filled(HEADER, |_| r#""x5u""#.into()))),
        header("31 escaped names", &list(31, |at| format!("\"{}\":0", escaped(&format!("{at:04}"))))),
        header("31 names of one letter", &list(31, |at| format!("\"{}\":0", char::from(b'A' + at as u8)))),
        header("kid of escapes", &format!(r#""kid":"{}""#, escaped(&"k".repeat(150)))),
        header("typ of escapes", &format!(r#""typ":"{}""#, escaped(&"t".repeat(150)))),
        header("nested to the limit", &format!(r#""x":{}{}"#, "[".repeat(15), "]".repeat(15))),
        header("empty objects", &format!(r#""x":[{}]"#, filled(HEADER - 8, |_| "{}".into()))),
        header("numbers", &format!(r#""x":[{}]"#, filled(HEADER - 8, |_| "-1.1e-1".into()))),
    ]);
    let plain = |at: usize| format!("\"{at:03}\":0");
    let long = |at: usize| format!("\"{}\":0", escaped(&format!("{at:03}")));
    let scopes = |bytes| filled(bytes, |at| format!("\"{}\"", escaped(&format!("{at:02}"))));
    cases.extend([
        payload("256 names", &list(256, plain)),
        payload("escaped names", &filled(PAYLOAD, long)),
        payload("256 names of one class", &list(256, |at| format!("\"{at:03}aaaaaaaa\":0"))),
        payload("the last of 256 names twice", &format!("{},\"000\":0", list(255, plain))),
        payload("names that are almost interpreted", &filled(3_000, |at| format!("\"permission{at:03}\":0"))),
        payload("numbers of 32 digits", &format!(r#""x":[{}]"#, filled(PAYLOAD, |_| "1".repeat(32)))),
        payload("numbers of one digit", &format!(r#""x":[{}]"#, filled(PAYLOAD, |_| "1".into()))),
        payload(
            "dates that take long",
            &format!(r#""exp":0e{},"nbf":1e-{},"iat":0.{}"#, "9".repeat(30), "9".repeat(30), "0".repeat(30)),
        ),
        payload(
            "nested to the limit",
            &format!(r#""x":[{}]"#, filled(PAYLOAD, |_| format!("{}{}", "[".repeat(14), "]".repeat(14)))),
        ),
        payload(
            "objects, nested to the limit",
            &format!(
                r#""x":[{}]"#,
                filled(PAYLOAD, |_| format!("{}0{}", r#"{"":"#.repeat(14), "}".repeat(14)))
            ),
        ),
        payload("empty arrays", &format!(r#""x":[{}]"#, filled(PAYLOAD, |_| "[]".into()))),
        payload("empty strings", &format!(r#""x":[{}]"#, filled(PAYLOAD, |_| r#""""#.into()))),
        payload("members inside", &format!(r#""x":{{{}}}"#, filled(PAYLOAD, |_| r#""":0"#.into()))),
        payload("spaces", &format!(r#""x":[{}]"#, filled(PAYLOAD, |_| " \t\n\r 0 \t\n\r".into()))),
        payload("literals", &format!(r#""x":[{}]"#, filled(PAYLOAD, |_| "null".into()))),
        payload("a string of letters", &format!(r#""sub":"{}""#, "a".repeat(PAYLOAD))),
        payload("a string of long letters", &format!(r#""sub":"{}""#, "\u{10348}".repeat(PAYLOAD / 4))),
        payload("a subject of escapes", &format!(r#""sub":"{}""#, escaped(&"a".repeat(PAYLOAD / 6)))),
        payload("a subject of short escapes", &format!(r#""sub":"{}""#, "\\n".repeat(PAYLOAD / 2))),
        payload("a subject of surrogates", &format!(r#""sub":"{}""#, "\\ud83d\\ude00".repeat(PAYLOAD / 12))),
        payload(
            "a string of escapes that nobody asks for",
            &format!(r#""x":"{}""#, "\\n".repeat(PAYLOAD / 2)),
        ),
        payload("scopes of escapes", &format!(r#""scope":"{}""#, escaped(&"a ".repeat(PAYLOAD / 12)))),
        payload(
            "lists of escaped scopes",
            &["scope", "scp", "roles", "permissions"]
                .map(|name| format!(r#""{name}":[{}]"#, scopes(PAYLOAD / 4 - 20)))
                .join(","),
        ),
        payload(
            "lists of plain scopes",
            &["scope", "scp", "roles", "permissions"]
                .map(|name| format!(r#""{name}":["\/",{}]"#, filled(PAYLOAD / 4 - 24, |_| r#""a""#.into())))
                .join(","),
        ),
        payload(
            "32 audiences of escapes",
            &format!(r#""aud":[{}]"#, list(32, |_| format!("\"{}\"", escaped(&"a".repeat(29))))),
        ),
        payload(
            "cnf of escapes",
            &format!(r#""cnf":{{{}}}"#, list(8, |at| format!("\"{}{at}\":\"\"", escaped(&"a".repeat(110))))),
        ),
    ]);
    let encoded = token(r#"{"alg":"ES256"}"#, &"a".repeat(PAYLOAD));
    let changed = |name: &str, change: fn(&mut Vec<u8>)| {
        let mut token = encoded.clone();
        change(&mut token);
        read(&format!("encoding: {name}"), token)
    };
    cases.extend([
        changed("no JSON", |_| ()),
        changed("another character at the end", |token| *token.last_mut().unwrap() = b'='),
        changed("another character in the middle", |token| token[4_000] = b'+'),
        changed("dots", |token| token.fill(b'.')),
        changed("no dot", |token| token.fill(b'a')),
        changed("five segments", |token| {
            token[2_000..].chunks_mut(2_000).take(2).for_each(|part| part[0] = b'.')
        }),
        changed("zeros", |token| token.fill(0)),
        changed("the highest byte", |token| token.fill(0xff)),
    ]);
    cases
}
