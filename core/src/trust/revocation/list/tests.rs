//! A list against what a set says, and its faults.

use super::*;
use proptest::prelude::*;
use std::{collections::BTreeMap, format, string::String, vec, vec::Vec};

const FACTS: RevocationFacts =
    RevocationFacts { generation: 7, as_of: UnixSeconds(100), key: IndexKey([3; 16]) };

fn with_list<T>(text: &str, buckets: usize, ask: impl FnOnce(&RevocationList<'_>) -> T) -> T {
    let mut memory = vec![RevocationBucket::EMPTY; buckets];
    ask(&RevocationList::load(text.as_bytes(), FACTS, &mut memory).unwrap())
}

fn fault(text: impl AsRef<[u8]>, buckets: usize) -> Option<RevocationListError> {
    let mut memory = vec![RevocationBucket::EMPTY; buckets];
    RevocationList::load(text.as_ref(), FACTS, &mut memory).err()
}

/// A token that nothing is said about.
fn token() -> Questions<'static> {
    Questions {
        issuer: "https://as.example",
        digest: &[0xab; 32],
        token_id: Some("j"),
        clients: [Some("c"), None, None, None],
        subject: Some("s"),
        key_id: Some(b"k"),
    }
}

/// What the list says: which kind of entry revokes, and before when.
fn said(text: &str, questions: &Questions<'_>) -> (Option<Kind>, Option<i64>) {
    with_list(text, 8, |list| {
        let findings = list.look_up(questions);
        (findings.revoked, findings.before.map(|before| before.0))
    })
}

#[test]
fn each_kind_names_its_tokens_and_no_others() {
    let digest = "ab".repeat(32);
    for (text, expected) in [
        ("# nothing\n\n", (None, None)),
        ("jti https://as.example j\n", (Some(Kind::TokenId), None)),
        ("jti https://other.example j\n", (None, None)),
        ("jti https://as.example s\n", (None, None)),
        ("subject https://as.example s\n", (Some(Kind::Subject), None)),
        ("subject https://as.example/ s\n", (None, None)),
        ("kid https://as.example k\n", (Some(Kind::Key), None)),
        ("client c\n", (Some(Kind::Client), None)),
        ("client C\nclient cc\nclient c%20\n", (None, None)),
        (&format!("digest {digest}\n"), (Some(Kind::Digest), None)),
        ("issued-before 5 issuer https://as.example\n", (None, Some(5))),
        ("issued-before 5 client c\n", (None, Some(5))),
        ("issued-before 5 issuer c\nissued-before 6 client https://as.example\n", (None, None)),
        ("issued-before 5 client c\nissued-before 9 issuer https://as.example\n", (None, Some(9))),
        ("client c\njti https://as.example j\n", (Some(Kind::TokenId), None)),
        ("subject https://as.example s\nclient c\nissued-before 0 client c\n", (Some(Kind::Client), Some(0))),
    ] {
        assert_eq!(said(text, &token()), expected, "{text}");
    }
}

#[test]
fn every_claim_that_names_a_client_is_asked() {
    for place in 0..4 {
        let mut clients = [Some("c"); 4];
        clients[place] = Some("blocked");
        let token = Questions { clients, ..token() };
        assert_eq!(said("client blocked\n", &token).0, Some(Kind::Client));
        assert_eq!(said("issued-before 3 client blocked\n", &token).1, Some(3));
        assert_eq!(said("client c\n", &token).0, Some(Kind::Client));
    }
    let nobody = Questions { clients: [None; 4], token_id: None, subject: None, key_id: None, ..token() };
    assert_eq!(said("client c\njti https://as.example j\n", &nobody), (None, None));
}

#[test]
fn later_of_two_times_counts_and_an_entry_counts_once() {
    for text in [
        "issued-before 5 client c\nissued-before 9 client %63\n",
        "issued-before 9 client c\nissued-before 5 client c\n",
    ] {
        assert_eq!(said(text, &token()).1, Some(9));
        assert_eq!(with_list(text, 1, |list| list.entries()), 1);
    }
    let many = "client %61\nclient a\n".repeat(1000);
    assert_eq!(with_list(&many, 1, |list| list.entries()), 1);
    with_list(&many, 1, |list| assert_eq!((list.generation(), list.as_of()), (7, UnixSeconds(100))));
}

#[test]
fn faults_name_their_line() {
    let at = |line, fault| Some(RevocationListError { line, fault });
    assert_eq!(fault("", 1), at(1, RevocationFault::NoLine));
    assert_eq!(fault("\n", 0), None);
    assert_eq!(fault("client a", 1), at(1, RevocationFault::LineNotEnded));
    assert_eq!(fault("# a\nclient a\nclient b", 1), at(3, RevocationFault::LineNotEnded));
    assert_eq!(fault("# a\n\nclient\n", 1), at(3, RevocationFault::FieldCount));
    assert_eq!(fault(b"client a\nclient \xff\n", 1), at(2, RevocationFault::NotUtf8));
    assert_eq!(fault("client a\n", 0), at(1, RevocationFault::OutOfBuckets));
    let four = "client a\nclient b\nclient c\nclient d\n";
    assert_eq!(fault(four, 1), None);
    assert_eq!(fault(format!("{four}client e\n"), 1), at(5, RevocationFault::OutOfBuckets));
    let error = RevocationListError { line: 3, fault: RevocationFault::NotUtf8 };
    assert_eq!(format!("{error}"), "line 3: not UTF-8");
}

#[test]
fn the_last_line_may_say_how_many_lines_are_entries() {
    for text in [
        "entries 0\n",
        "# none\n\nentries 0\n",
        "client a\nentries 1\n",
        "client a\n#\nclient a\nentries 2\n",
    ] {
        assert_eq!(fault(text, 8), None, "{text:?}");
    }
    let at = |line, fault| Some(RevocationListError { line, fault });
    let wrong = |said, found| RevocationFault::WrongCount { said, found };
    assert_eq!(fault("client a\nentries 2\n", 1), at(2, wrong(2, 1)));
    assert_eq!(fault("client a\nclient b\nentries 1\n", 1), at(3, wrong(1, 2)));
    for behind in ["\n", "#\n", "client b\n", "entries 1\n", "client \n"] {
        let text = format!("client a\nentries 1\n{behind}");
        assert_eq!(fault(&text, 1), at(3, RevocationFault::BehindCount), "{behind:?}");
    }
    let error = RevocationListError { line: 2, fault: wrong(12, 9) };
    assert_eq!(format!("{error}"), "line 2: 12 entries are said to stand before this line, and 9 do");
}

/// Wherever it is cut, and whatever part of it is lost.
#[test]
fn a_counted_list_is_whole_or_none() {
    let text = "# list\nclient a\nclient b\n\nclient c\nclient d\nclient e\nclient f\nclient g\nclient h\nclient i\nclient j\nentries 10\n";
    let load = |text: &str| {
        let mut memory = [RevocationBucket::EMPTY; 4];
        let list = RevocationList::load(text.as_bytes(), FACTS, &mut memory)?;
        list.if_counted().map(|list| list.entries())
    };
    assert_eq!(load(text), Ok(10));
    for at in 0..text.len() {
        assert!(load(&text[..at]).is_err(), "{at}");
    }
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for lost in 0..lines.len() {
        let is_entry = lines[lost].starts_with("client") || lines[lost].starts_with("entries");
        assert_eq!(
            load(&[&lines[..lost], &lines[lost + 1..]].concat().concat()).is_err(),
            is_entry,
            "{lost}"
        );
    }
    let cut = load("client a\n# b\n");
    assert_eq!(cut, Err(RevocationListError { line: 2, fault: RevocationFault::NotCounted }));
}

#[test]
fn values_that_look_like_others_are_refused() {
    for (line, fault_found) in [
        ("client a\u{a0}", RevocationFault::InvisibleCharacter),
        ("client \u{feff}a", RevocationFault::InvisibleCharacter),
        ("jti https://a\u{ad}b c", RevocationFault::InvisibleCharacter),
        ("client \"a\"", RevocationFault::Quoted),
        ("client 'a'", RevocationFault::Quoted),
    ] {
        let at = RevocationListError { line: 1, fault: fault_found };
        assert_eq!(fault(format!("{line}\n"), 8), Some(at), "{line:?}");
    }
    let token = Questions { clients: [Some("\"a\u{a0}"), None, None, None], ..token() };
    assert_eq!(said("client %22a%c2%a0\n", &token).0, Some(Kind::Client));
}

/// One of a few values, so that entries and questions meet: some need escapes, none can be confused with a neighbour.
fn value() -> impl Strategy<Value = String> {
    proptest::sample::select(vec!["a", "b", "ab", "a b", "%", "#a", "\u{e4}", "a\u{1}", "https://a"])
        .prop_map(String::from)
}

fn written(value: &str, escape_all: bool) -> String {
    let escape = |character: char| character <= ' ' || character == '%' || escape_all && character.is_ascii();
    value
        .chars()
        .map(|character| match character {
            character if escape(character) => format!("%{:02x}", u32::from(character)),
            character => format!("{character}"),
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn agrees_with_a_map(
        entries in proptest::collection::vec((0..6_u8, value(), value(), 0..9_i64, any::<bool>()), 0..60),
        asked in proptest::collection::vec((value(), value(), value(), value(), value()), 1..20),
        key in any::<[u8; 16]>(),
    ) {
        // Kind by number, issuer, id; the latest time.
        let mut model: BTreeMap<(u8, String, String), i64> = BTreeMap::new();
        let mut text = String::from("# a list\n");
        for (kind, issuer, id, time, escaped) in &entries {
            let (i, v) = (written(issuer, *escaped), written(id, *escaped));
            let (line, issuer, id, time) = match kind {
                0 => (format!("jti {i} {v}"), issuer.as_str(), id.as_str(), 0),
                1 => (format!("client {v}"), "", id.as_str(), 0),
                2 => (format!("subject {i} {v}"), issuer.as_str(), id.as_str(), 0),
                3 => (format!("kid {i} {v}"), issuer.as_str(), id.as_str(), 0),
                4 => (format!("issued-before {time} issuer {i}"), issuer.as_str(), "", *time),
                _ => (format!("issued-before {time} client {v}"), "", id.as_str(), *time),
            };
            text += &line;
            text.push('\n');
            let latest = model.entry((*kind, issuer.into(), id.into())).or_insert(time);
            *latest = time.max(*latest);
        }
        let mut memory = vec![RevocationBucket::EMPTY; RevocationList::buckets(model.len())];
        let list = RevocationList::load(text.as_bytes(), RevocationFacts { key: IndexKey(key), ..FACTS }, &mut memory);
        let list = list.unwrap();
        prop_assert_eq!(list.entries(), model.len());
        for (issuer, token_id, client, subject, kid) in &asked {
            let questions = Questions {
                issuer,
                digest: &[0; 32],
                token_id: Some(token_id),
                clients: [None, Some(client), None, None],
                subject: Some(subject),
                key_id: Some(kid.as_bytes()),
            };
            let has = |kind: u8, issuer: &str, id: &str| model.get(&(kind, issuer.into(), id.into())).copied();
            let revoked = [
                (Kind::TokenId, has(0, issuer, token_id)),
                (Kind::Client, has(1, "", client)),
                (Kind::Subject, has(2, issuer, subject)),
                (Kind::Key, has(3, issuer, kid)),
            ];
            let revoked = revoked.into_iter().find_map(|(kind, found)| found.map(|_| kind));
            let before = has(4, issuer, "").max(has(5, "", client)).map(UnixSeconds);
            prop_assert_eq!(list.look_up(&questions), Findings { revoked, before });
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _any = fault(&text, 4);
    }
}

/// Buckets hold four entries in the mean: of many lists the fullest neighbourhoods, too, find all.
#[test]
fn finds_all_of_many() {
    let count = 20_000;
    let text: Vec<String> =
        (0..count).map(|number| format!("jti https://as.example id-{number}\n")).collect();
    with_list(&text.concat(), RevocationList::buckets(count), |list| {
        assert_eq!(list.entries(), count);
        for number in 0..count {
            let (known, unknown) = (format!("id-{number}"), format!("id-{}", number + count));
            let ask = |id| list.look_up(&Questions { token_id: Some(id), ..token() }).revoked;
            assert_eq!((ask(&known), ask(&unknown)), (Some(Kind::TokenId), None));
        }
    });
}
