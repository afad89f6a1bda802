//! Documents with faults: what one reader accepts, the other accepts.

use crate::{
    spelling::{document, spelling},
    tree::same,
};
use jotgate_core::json::{JsonError, Value};
use proptest::{collection::vec, prelude::*, sample::Index};
use serde::de::IgnoredAny;

/// What documents are made of, right and wrong.
const TOKENS: [&[u8]; 48] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"\"",
    b"\"a\"",
    b"\"a\":",
    b"\\",
    b"\"\\u0061\"",
    b"\"\\ud800\"",
    b"\"\\ud834\\udd1e\"",
    b"\"\\u12\"",
    b"\"\\x\"",
    b"\"\\/\"",
    b"'",
    b"true",
    b"false",
    b"null",
    b"tru",
    b"True",
    b"NaN",
    b"0",
    b"-",
    b"-0",
    b"1",
    b"01",
    b"1.",
    b".5",
    b"1.5",
    b"1e",
    b"1e5",
    b"1E+5",
    b"-1e-5",
    b"+1",
    b"1e400",
    b"0x1",
    b" ",
    b"\t",
    b"\n",
    b"\x0b",
    b"\0",
    b"\xff",
    b"\xc0\x80",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"//",
];

/// Replaces, removes or inserts a piece.
#[derive(Clone, Debug)]
enum Fault {
    Replace(Index, &'static [u8]),
    Insert(Index, &'static [u8]),
    Remove(Index),
    CutOff(Index),
}

fn fault() -> impl Strategy<Value = Fault> {
    let token = || prop::sample::select(TOKENS.to_vec());
    prop_oneof![
        (any::<Index>(), token()).prop_map(|(at, token)| Fault::Replace(at, token)),
        (any::<Index>(), token()).prop_map(|(at, token)| Fault::Insert(at, token)),
        any::<Index>().prop_map(Fault::Remove),
        any::<Index>().prop_map(Fault::CutOff),
    ]
}

impl Fault {
    fn put(self, text: &mut Vec<u8>) {
        match self {
            Self::Insert(at, token) => splice(text, at.index(text.len() + 1), 0, token),
            Self::CutOff(at) => text.truncate(at.index(text.len() + 1)),
            _ if text.is_empty() => {}
            Self::Replace(at, token) => splice(text, at.index(text.len()), 1, token),
            Self::Remove(at) => splice(text, at.index(text.len()), 1, b""),
        }
    }
}

fn splice(text: &mut Vec<u8>, at: usize, removed: usize, inserted: &[u8]) {
    text.splice(at..at + removed, inserted.iter().copied());
}

/// UTF-8 and the grammar of RFC 8259: serde_json looks at neither ranges nor surrogates when nobody asks for
/// the value.
fn is_json(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok() && serde_json::from_slice::<IgnoredAny>(text).is_ok()
}

fn assert_agreement(text: &[u8]) -> Result<(), TestCaseError> {
    let shown = text.escape_ascii();
    let ours = match Value::read(text) {
        Ok(ours) => ours,
        // The limits of this reader: said before the rest of the text is looked at.
        Err(JsonError::TooDeep | JsonError::NumberTooLong) => return Ok(()),
        Err(JsonError::NotUtf8) => {
            prop_assert!(std::str::from_utf8(text).is_err(), "{shown}");
            return Ok(());
        }
        Err(error) => {
            prop_assert!(matches!(error, JsonError::Syntax(at) if at <= text.len()), "{error:?} {shown}");
            prop_assert!(!is_json(text), "refused: {shown}");
            return Ok(());
        }
    };
    prop_assert!(is_json(text), "accepted: {shown}");
    match serde_json::from_slice::<serde_json::Value>(text) {
        Ok(theirs) => prop_assert!(same(ours, &theirs), "{shown}"),
        // What serde_json refuses when it makes values, and this reader says when it is asked for them.
        Err(_) => prop_assert!(has_half_a_pair(ours) || has_infinity(ours), "{shown}"),
    }
    Ok(())
}

/// Half of a surrogate pair, in a string or a name.
fn has_half_a_pair(value: Value<'_>) -> bool {
    holds(value, &|value| value.as_str().is_some_and(|string| string.chars().any(|c| c.is_err())))
}

/// A number beyond the range of floats.
fn has_infinity(value: Value<'_>) -> bool {
    holds(value, &|value| {
        value.as_number().is_some_and(|number| number.text().parse::<f64>().is_ok_and(f64::is_infinite))
    })
}

fn holds(value: Value<'_>, is_it: &dyn Fn(Value<'_>) -> bool) -> bool {
    match value {
        Value::Array(array) => array.items().any(|item| holds(item, is_it)),
        Value::Object(object) => {
            object.members().any(|(name, value)| is_it(Value::String(name)) || holds(value, is_it))
        }
        leaf => is_it(leaf),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn documents_with_faults(
        document in document(),
        spelling in spelling(),
        faults in vec(fault(), 1..4),
    ) {
        let mut text = spelling.write(&document).into_bytes();
        faults.into_iter().for_each(|fault| fault.put(&mut text));
        assert_agreement(&text)?;
    }

    #[test]
    fn tokens_in_any_order(tokens in vec(prop::sample::select(TOKENS.to_vec()), 0..12)) {
        assert_agreement(&tokens.concat())?;
    }

    #[test]
    fn any_bytes(text in vec(any::<u8>(), 0..16)) {
        assert_agreement(&text)?;
    }
}

/// One byte in a string, at every place where the reader may look at eight of them at once.
#[test]
fn every_byte_at_every_position_of_a_string() {
    for len in 1..20 {
        for position in 0..len {
            for byte in 0..=u8::MAX {
                let mut text = vec![b'a'; len + 2];
                (text[0], text[position + 1], text[len + 1]) = (b'"', byte, b'"');
                assert_eq!(Value::read(&text).is_ok(), is_json(&text), "{byte:#x} at {position} of {len}");
            }
        }
    }
}
