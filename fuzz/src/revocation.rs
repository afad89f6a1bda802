//! Revocation lists beside a plain reader, and what they say of a token.

use crate::world::{ISSUER, NOW, SECONDS, SIGNED, policy, ring, signing_input, with_scratch};
use jotgate_core::{
    Denied, Freshness, IndexKey, Presented, RevocationBucket, RevocationFacts, RevocationFault,
    RevocationList, RevocationRule, UnixSeconds, Validator, WhenStale, WorkerState,
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A list's text: taken if and only if the plain reader takes it, refused at the same line. What is taken names the
/// same things under any key and in any spelling, and denies the good token as the plain reader says.
pub fn revocation_list(data: &[u8]) {
    let lines = data.iter().filter(|byte| **byte == b'\n').count() + 1;
    let mut buckets = vec![RevocationBucket::EMPTY; RevocationList::buckets(lines)];
    match (RevocationList::load(data, facts(1), &mut buckets), read(data)) {
        (Ok(list), Ok(entries)) => {
            assert_eq!(list.entries(), entries.len());
            let verdict = judge(&list);
            assert_eq!(verdict, expected(&entries));
            fits_exactly(data, entries.len());
            let respelled = respelled(&entries);
            let mut buckets = vec![RevocationBucket::EMPTY; RevocationList::buckets(entries.len())];
            let again = RevocationList::load(respelled.as_bytes(), facts(2), &mut buckets).unwrap();
            assert_eq!((again.entries(), judge(&again)), (list.entries(), verdict));
        }
        (Err(error), Err(line)) => assert_eq!(error.line, line, "{error}"),
        (list, plain) => panic!("{:?} {plain:?}", list.map(|list| list.entries())),
    }
}

fn facts(generation: u64) -> RevocationFacts {
    let key = IndexKey([u8::try_from(generation).unwrap(); 16]);
    RevocationFacts { generation, as_of: UnixSeconds(SECONDS), key }
}

/// Buckets for the entries suffice, and fewer do not.
fn fits_exactly(data: &[u8], entries: usize) {
    let mut buckets = vec![RevocationBucket::EMPTY; RevocationList::buckets(entries)];
    assert_eq!(RevocationList::load(data, facts(1), &mut buckets).map(|list| list.entries()), Ok(entries));
    if let Some(less) = buckets.len().checked_sub(1) {
        let refused = RevocationList::load(data, facts(1), &mut buckets[..less]).map(|_| ());
        assert_eq!(refused.map_err(|error| error.fault), Err(RevocationFault::OutOfBuckets));
    }
}

fn judge(list: &RevocationList<'_>) -> Option<Denied> {
    let freshness = Freshness { max_age: 1, when_stale: WhenStale::Deny };
    let policy = policy().with_revocation(RevocationRule::ByList(freshness));
    let validator = Validator::for_product(ring(), &policy).with_revocations(list);
    with_scratch(SIGNED[0].len(), |scratch| {
        validator.check(Presented::bearer(SIGNED[0]), NOW, scratch, &mut WorkerState::new()).err()
    })
}

/// Kind, issuer and id.
type Name = (String, String, String);

/// Names, and before when tokens are revoked, for the kinds that say so.
type Entries = BTreeMap<Name, u64>;

/// The entries, or the line at fault, from 1.
fn read(data: &[u8]) -> Result<Entries, usize> {
    let line_of = |at: usize| 1 + data[..at].iter().filter(|byte| **byte == b'\n').count();
    let text = std::str::from_utf8(data).map_err(|error| line_of(error.valid_up_to()))?;
    let text = text.strip_suffix('\n').ok_or_else(|| line_of(data.len()))?;
    let mut entries = Entries::new();
    let (mut found, mut is_counted) = (0, false);
    for (at, line) in text.split('\n').enumerate() {
        if is_counted || line.chars().any(|c| c.is_ascii_control()) {
            return Err(at + 1);
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line.chars().any(is_invisible) {
            return Err(at + 1);
        }
        if let Some(said) = line.strip_prefix("entries ") {
            if number(said) != Some(found) {
                return Err(at + 1);
            }
            is_counted = true;
            continue;
        }
        found += 1;
        let (name, before) = entry(line).ok_or(at + 1)?;
        let known = entries.entry(name).or_insert(before);
        *known = before.max(*known);
    }
    Ok(entries)
}

fn entry(line: &str) -> Option<(Name, u64)> {
    let fields: Vec<&str> = line.split(' ').collect();
    let name = |kind: &str, issuer: &str, id: &str| Some((kind.to_owned(), issuer.to_owned(), id.to_owned()));
    let (name, before) = match fields[..] {
        [kind @ "client", id] => (name(kind, "", &value(id)?)?, 0),
        [kind @ "digest", hex] => {
            let is_hex = hex.len() == 64 && hex.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'));
            (name(kind, "", is_hex.then_some(hex)?)?, 0)
        }
        [kind @ ("jti" | "subject" | "kid"), issuer, id] => (name(kind, &value(issuer)?, &value(id)?)?, 0),
        ["issued-before", seconds, "issuer", issuer] => {
            (name("issuer-before", &value(issuer)?, "")?, number(seconds)?)
        }
        ["issued-before", seconds, "client", id] => {
            (name("client-before", "", &value(id)?)?, number(seconds)?)
        }
        _ => return None,
    };
    Some((name, before))
}

/// Escapes resolved.
fn value(field: &str) -> Option<String> {
    if field.starts_with(['"', '\'']) {
        return None;
    }
    let mut value = Vec::new();
    let mut rest = field;
    while let Some((plain, behind)) = rest.split_once('%') {
        let digits = behind.get(..2).filter(|digits| digits.chars().all(|c| c.is_ascii_hexdigit()))?;
        let byte = u8::from_str_radix(digits, 16).ok().filter(|byte| *byte != 0)?;
        value.extend(plain.bytes());
        value.push(byte);
        rest = &behind[2..];
    }
    value.extend(rest.bytes());
    String::from_utf8(value).ok().filter(|value| !value.is_empty())
}

/// What stands in a list and is not seen.
fn is_invisible(character: char) -> bool {
    let others =
        "\u{ad}\u{61c}\u{180e}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{feff}\u{fff9}\u{fffa}\u{fffb}";
    !character.is_ascii()
        && (character.is_whitespace() || character.is_control() || others.contains(character))
        || matches!(u32::from(character), 0x2028..=0x202f | 0x205f..=0x206f | 0xe0000..=0xe0fff)
}

fn number(digits: &str) -> Option<u64> {
    let is_number = digits == "0" || !digits.starts_with('0');
    let is_short = (1..=18).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
    if is_number && is_short { digits.parse().ok() } else { None }
}

/// Every byte of every value as an escape, one line for each entry, and how many.
fn respelled(entries: &Entries) -> String {
    let escaped = |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02x}")).collect() };
    let mut text = String::from("# the same\n");
    for ((kind, issuer, id), before) in entries {
        let (issuer, escaped_id) = (escaped(issuer), escaped(id));
        text += &match kind.as_str() {
            "client" => format!("client {escaped_id}\n"),
            "digest" => format!("digest {id}\n"),
            "issuer-before" => format!("issued-before {before} issuer {issuer}\n"),
            "client-before" => format!("issued-before {before} client {escaped_id}\n"),
            kind => format!("{kind} {issuer} {escaped_id}\n"),
        };
    }
    format!("{text}entries {}\n", entries.len())
}

/// What these entries mean for the good token: the first of what it is that is named.
fn expected(entries: &Entries) -> Option<Denied> {
    let digest: String =
        Sha256::digest(signing_input(SIGNED[0])).iter().map(|byte| format!("{byte:02x}")).collect();
    let before = |kind: &str, issuer: &str, id: &str| {
        entries.get(&(kind.to_owned(), issuer.to_owned(), id.to_owned())).copied()
    };
    let named = |kind: &str, issuer: &str, id: &str| before(kind, issuer, id).is_some();
    let issued_at = 1_783_999_000;
    if named("digest", "", &digest) || named("jti", ISSUER, "j") {
        Some(Denied::TokenRevoked)
    } else if named("client", "", "c") {
        Some(Denied::ClientRevoked)
    } else if named("subject", ISSUER, "user-1") {
        Some(Denied::SubjectRevoked)
    } else if named("kid", ISSUER, "k1") {
        Some(Denied::KeyRevoked)
    } else {
        let before = before("issuer-before", ISSUER, "").max(before("client-before", "", "c"));
        before.filter(|before| *before > issued_at).map(|_| Denied::IssuedBeforeRevocation)
    }
}
