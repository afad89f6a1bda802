//! What is read is what was written.

use crate::spelling::{document, spelling};
use jotgate_core::json::{Members, Number, Str, Value};
use proptest::prelude::*;
use serde_json::Value as Theirs;
use std::collections::HashMap;

/// Whether both trees are equal. Where a name stands twice, serde_json keeps the last value.
pub fn same(ours: Value<'_>, theirs: &Theirs) -> bool {
    match (ours, theirs) {
        (Value::Null, Theirs::Null) => true,
        (Value::Bool(ours), Theirs::Bool(theirs)) => ours == *theirs,
        (Value::Number(ours), Theirs::Number(theirs)) => same_number(ours, theirs),
        (Value::String(ours), Theirs::String(theirs)) => same_string(ours, theirs),
        (Value::Array(ours), Theirs::Array(theirs)) => {
            ours.items().count() == theirs.len() && ours.items().zip(theirs).all(|(o, t)| same(o, t))
        }
        (Value::Object(ours), Theirs::Object(theirs)) => {
            let ours: HashMap<String, Value<'_>> =
                ours.members().filter_map(|(name, value)| Some((resolved(name)?, value))).collect();
            let equal = |(name, theirs)| ours.get(name).is_some_and(|ours| same(*ours, theirs));
            ours.len() == theirs.len() && theirs.iter().all(equal)
        }
        _ => false,
    }
}

/// Integers by value, all others by the nearest float of their text.
fn same_number(ours: Number<'_>, theirs: &serde_json::Number) -> bool {
    if theirs.is_f64() {
        return ours.text().parse().ok() == theirs.as_f64();
    }
    (ours.as_u64(), ours.as_i64()) == (theirs.as_u64(), theirs.as_i64())
}

fn same_string(ours: Str<'_>, theirs: &str) -> bool {
    let mut buffer = vec![0; ours.max_len()];
    ours == *theirs
        && ours.resolve(&mut buffer) == Ok(theirs)
        && resolved(ours).as_deref() == Some(theirs)
        && ours.as_plain().is_none_or(|plain| plain == theirs)
}

fn resolved(string: Str<'_>) -> Option<String> {
    string.chars().collect::<Result<_, _>>().ok()
}

/// Member by member, in order.
fn same_members(text: &str, theirs: &serde_json::Map<String, Theirs>) -> bool {
    let mut names = [0; 64];
    let Ok(mut ours) = Members::open(text.as_bytes(), &mut names) else { return false };
    for (their_name, theirs) in theirs {
        let Ok(Some((name, value))) = ours.next() else { return false };
        if !same_string(name, their_name) || !same(value, theirs) {
            return false;
        }
    }
    matches!(ours.next(), Ok(None))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_spelling_is_read_as_the_document(document in document(), spelling in spelling()) {
        let spelled = spelling.write(&document);
        // The spelling is right in the first place.
        prop_assert_eq!(&serde_json::from_str::<Theirs>(&spelled).unwrap(), &document);
        for text in [spelled, document.to_string(), format!("{document:#}")] {
            let ours = Value::read(text.as_bytes());
            prop_assert!(ours.is_ok_and(|ours| same(ours, &document)), "{ours:?} {text}");
            if let Theirs::Object(members) = &document {
                prop_assert!(same_members(&text, members), "{text}");
            }
        }
    }
}
