//! Whether two URIs are the same, held against the crate `url` (WHATWG) and a plain normaliser with allocations.
//!
//! Where `url` lawfully differs from RFC 3986, section 6.2.2, is listed in `where_url_differs`.

use jotgate_core::RequestUri;
use proptest::prelude::*;
use url::Url;

fn same(one: &str, other: &str) -> bool {
    let parse = |uri: &'static [u8]| RequestUri::parse(uri);
    // The parts may be of any life; a test that leaks is short.
    let (one, other) = (one.to_owned().leak().as_bytes(), other.to_owned().leak().as_bytes());
    match (parse(one), parse(other)) {
        (Some(one), Some(other)) => {
            let answer = one.is_same_as(&other);
            assert_eq!(answer, other.is_same_as(&one), "one way as the other");
            answer
        }
        _ => false,
    }
}

/// Percent-encoding as RFC 3986, section 6.2.2, wants it: `url` leaves it as it is.
fn percent_normal(text: &str) -> String {
    let mut normal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        normal.push_str(&rest[..at]);
        let byte = u8::from_str_radix(&rest[at + 1..at + 3], 16).unwrap();
        let character = char::from(byte);
        if character.is_ascii_alphanumeric() || "-._~".contains(character) {
            normal.push(character);
        } else {
            normal.push_str(&format!("%{byte:02X}"));
        }
        rest = &rest[at + 3..];
    }
    normal + rest
}

fn by_url(one: &str, other: &str) -> bool {
    let normal = |uri: &str| {
        let mut url = Url::parse(&percent_normal(uri)).unwrap();
        url.set_query(None);
        url.set_fragment(None);
        url
    };
    normal(one) == normal(other)
}

fn uri() -> impl Strategy<Value = String> {
    let scheme = proptest::sample::select(vec!["https", "HTTPS", "http", "hTTp"]);
    let host = proptest::sample::select(vec![
        "a.example",
        "A.eXample",
        "b.example",
        "%61.example",
        "[::1]",
        "a.example.",
    ]);
    let port = proptest::sample::select(vec!["", "", ":", ":80", ":443", ":0443", ":8443"]);
    let segment = proptest::sample::select(vec![
        "", ".", "..", "%2e", "%2E", ".%2e", "%2E.", "a", "A", "%61", "%41", "b", "%2f", "%2F", "%c3%a4",
        "%C3%A4", "~", "%7e", "...", "a.", "a;b", "%3B", ";",
    ]);
    let tail = proptest::sample::select(vec!["", "", "?", "?q=/../x", "#f", "?a#b"]);
    (scheme, host, port, proptest::collection::vec(segment, 0..6), tail).prop_map(
        |(scheme, host, port, segments, tail)| {
            let path: String = segments.iter().map(|segment| format!("/{segment}")).collect();
            format!("{scheme}://{host}{port}{path}{tail}")
        },
    )
}

/// Another spelling of a URI, or nearly.
fn respelled() -> impl Strategy<Value = (String, String)> {
    (uri(), any::<prop::sample::Index>(), 0..8_u8).prop_map(|(one, at, how)| {
        let other = match how {
            0 => one.replacen("/a", "/%61", 1),
            1 => one.replacen("/a", "/./a", 1),
            2 => one.replacen("/b", "/x/../b", 1),
            3 => one.replacen("example", "EXAMPLE", 1),
            4 => one.replacen("/a", "/A", 1),
            5 => {
                let mut letters: Vec<char> = one.chars().collect();
                let at = at.index(letters.len());
                if at > 8 && letters[at] == '/' {
                    letters.insert(at, '/');
                }
                letters.into_iter().collect()
            }
            6 => one.replacen("%2f", "%2F", 1),
            _ => one.clone(),
        };
        (one, other)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(20_000) })]

    #[test]
    fn agrees_with_url_on_pairs_of_one_kind((one, other) in respelled()) {
        prop_assert_eq!(same(&one, &other), by_url(&one, &other), "{} {}", one, other);
    }

    #[test]
    fn agrees_with_url_on_any_pair(one in uri(), other in uri()) {
        prop_assert_eq!(same(&one, &other), by_url(&one, &other), "{} {}", one, other);
    }

    #[test]
    fn never_panics(one in proptest::collection::vec(any::<u8>(), 0..60), other in uri()) {
        let one: &'static [u8] = one.leak();
        let (one, other) = (RequestUri::parse(one), RequestUri::parse(other.leak().as_bytes()));
        if let (Some(one), Some(other)) = (one, other) {
            let _answer = one.is_same_as(&other);
        }
    }
}

#[test]
fn word_by_word() {
    for (one, other, expected) in [
        // RFC 3986, sections 6.2.2 and 6.2.3.
        ("HTTP://www.EXAMPLE.com/", "http://www.example.com/", true),
        ("example://a/b/c/%7Bfoo%7D", "eXAMPLE://a/./b/../b/%63/%7bfoo%7d", true),
        ("http://example.com", "http://example.com/", true),
        ("http://example.com:/", "http://example.com/", true),
        ("http://example.com:80/", "http://example.com/", true),
        ("http://example.com:443/", "http://example.com/", false),
        ("https://example.com:443/", "https://example.com/", true),
        // RFC 3986, section 5.2.4.
        ("http://e/a/b/c/./../../g", "http://e/a/g", true),
        ("http://e/mid/content=5/../6", "http://e/mid/6", true),
        ("http://e/a/..", "http://e/", true),
        ("http://e/a/b/..", "http://e/a/", true),
        ("http://e/a/b/..", "http://e/a", false),
        ("http://e/../../a", "http://e/a", true),
        ("http://e/a//../b", "http://e/a/b", true),
        ("http://e//a", "http://e/a", false),
        ("http://e/a/", "http://e/a", false),
        ("http://e/A", "http://e/a", false),
        ("http://e/a%2Fb", "http://e/a/b", false),
        ("http://e/a?b", "http://e/a#c", true),
        ("http://[2001:DB8::1]/", "http://[2001:db8::1]:80/", true),
        ("http://[2001:db8::1]:81/", "http://[2001:db8::1]/", false),
        // Not lawful: the same as nothing, not even as itself.
        ("http://u@e/", "http://u@e/", false),
        ("http:///a", "http:///a", false),
        ("http://e:99999/", "http://e:99999/", false),
        ("http://e:8x/", "http://e:8x/", false),
        ("http://a:b:80/", "http://a:b:80/", false),
        ("http://::1/", "http://::1/", false),
        ("http://[]/", "http://[]/", false),
        ("http://[::1]]/", "http://[::1]]/", false),
        ("http://[::1]a/", "http://[::1]a/", false),
        ("http://a[::1]/", "http://a[::1]/", false),
        ("http:/e/a", "http:/e/a", false),
        ("/a", "/a", false),
        ("", "", false),
        ("1http://e/", "1http://e/", false),
        // A percent sign that encodes nothing stands for itself.
        ("http://e/%", "http://e/%", true),
        ("http://e/%zz", "http://e/%ZZ", false),
        ("http://e/%2", "http://e/%02", false),
    ] {
        assert_eq!(same(one, other), expected, "{one} {other}");
    }
}

#[test]
fn parts_and_whole_are_one() {
    let whole = RequestUri::parse(b"https://api.example:8443/a/b?c=d#e").unwrap();
    for path in [&b"/a/b"[..], b"/a/b?c", b"/a/b#c", b"/a/./b"] {
        assert!(RequestUri::of_parts(b"https", b"api.example:8443", path).is_same_as(&whole));
    }
    for (scheme, authority, path) in [
        (&b"http"[..], &b"api.example:8443"[..], &b"/a/b"[..]),
        (b"https", b"api.example", b"/a/b"),
        (b"https", b"", b"/a/b"),
        (b"https", b"api.example:8443", b"a/b"),
        (b"", b"api.example:8443", b"/a/b"),
    ] {
        assert!(!RequestUri::of_parts(scheme, authority, path).is_same_as(&whole));
    }
}

/// WHATWG's URLs are lenient where RFC 3986 knows no such URI, or another one; the proptest leaves these out.
#[test]
fn where_url_differs() {
    let differs = |one: &str, other: &str, ours: bool| {
        let normal = |uri: &str| Url::parse(uri).ok();
        assert_eq!(same(one, other), ours, "{one} {other}");
        assert_ne!(normal(one).is_some() && normal(one) == normal(other), ours, "{one} {other}");
    };
    // Backslashes are slashes; tabs and line ends vanish.
    differs("http://e/a\\b", "http://e/a/b", false);
    differs("http://e/a\tb", "http://e/ab", false);
    // Numbers are addresses.
    differs("http://0x7f.1/", "http://127.0.0.1/", false);
    differs("http://[0:0::1]/", "http://[::1]/", false);
    // Characters that must be encoded are; international names are translated.
    differs("http://e/\u{e4}", "http://e/%C3%A4", false);
    differs("http://b\u{fc}cher.example/", "http://xn--bcher-kva.example/", false);
    // Encoded characters that need no encoding stay so; the digits keep their case.
    differs("http://e/%61", "http://e/a", true);
    differs("http://e/%c3", "http://e/%C3", true);
    // User information is a part of it.
    differs("http://u@e/", "http://u@e/", false);
}
