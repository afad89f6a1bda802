//! The JSON reader beside serde_json. (serde-json-core is no oracle: it refuses `-1` where it is ignored.)

use jotgate_core::{
    Scratch,
    json::{JsonError, Members, Object, Str, Value},
    limits::{MAX_DEPTH, MAX_DIGITS},
};
use serde::{Deserialize, de::IgnoredAny};

/// A document of any kind: both readers take it or both refuse it, but for what jotgate's limits refuse.
pub fn json(data: &[u8]) {
    let lawful = is_lawful(data);
    match Value::read(data) {
        Ok(value) => {
            assert!(lawful, "serde_json refuses it");
            walk(value, 0);
            same_content(data, value);
        }
        Err(JsonError::NotUtf8) => assert!(std::str::from_utf8(data).is_err()),
        Err(JsonError::TooDeep) => assert!(brackets(data) > MAX_DEPTH),
        Err(JsonError::NumberTooLong) => {
            assert!(data.iter().filter(|b| b.is_ascii_digit()).count() > MAX_DIGITS)
        }
        Err(JsonError::Syntax(at)) => {
            assert!(at <= data.len());
            assert!(!lawful, "serde_json takes it");
        }
        Err(error) => panic!("{error:?} is no error of a document"),
    }
}

/// serde_json looks at the grammar alone when it ignores what it reads: neither at UTF-8, nor at surrogates,
/// nor at the range of numbers.
fn is_lawful(data: &[u8]) -> bool {
    std::str::from_utf8(data).is_ok() && serde_json::from_slice::<IgnoredAny>(data).is_ok()
}

fn brackets(data: &[u8]) -> usize {
    data.iter().filter(|byte| matches!(byte, b'[' | b'{')).count()
}

/// Looking into what was read never fails.
fn walk(value: Value<'_>, depth: usize) {
    assert!(depth <= MAX_DEPTH);
    match value {
        Value::Array(array) => {
            let items: Vec<Value<'_>> = array.items().collect();
            assert_eq!(items.len(), serde_json::from_str::<Vec<IgnoredAny>>(array.text()).unwrap().len());
            items.into_iter().for_each(|item| walk(item, depth + 1));
        }
        Value::Object(object) => {
            let members: Vec<(Str<'_>, Value<'_>)> = object.members().collect();
            assert!(object.text().ends_with('}') && object.text().trim_start().starts_with('{'));
            members.into_iter().for_each(|(name, value)| {
                resolve(name);
                walk(value, depth + 1);
            });
        }
        Value::String(string) => drop(resolve(string)),
        Value::Number(number) => {
            let float: f64 = number.text().parse().unwrap();
            if let Some(integer) = number.as_i64() {
                assert_eq!(float, integer as f64);
            }
            if let Some(integer) = number.as_u64() {
                assert_eq!(float, integer as f64);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// The string, or `None` for a lone surrogate; serde_json says the same.
fn resolve(string: Str<'_>) -> Option<String> {
    let mut buffer = vec![0; string.max_len()];
    let ours = match string.resolve(&mut buffer) {
        Ok(text) => Some(text.to_owned()),
        Err(JsonError::LoneSurrogate) => None,
        Err(error) => panic!("{error:?} is no error of a string that was read"),
    };
    assert_eq!(ours, serde_json::from_str(&format!("\"{}\"", string.raw())).ok());
    if let Some(text) = &ours {
        assert!(string == **text);
    }
    ours
}

/// Through serde, both readers see the same.
fn same_content(data: &[u8], value: Value<'_>) {
    if let (Ok(ours), Ok(theirs)) =
        (serde_json::Value::deserialize(value), serde_json::from_slice::<serde_json::Value>(data))
    {
        assert!(same(&ours, &theirs), "{ours} {theirs}");
    }
}

/// Equal but for how numbers are kept: jotgate calls `1.0` an integer.
fn same(one: &serde_json::Value, other: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Number, Object};
    match (one, other) {
        (Number(one), Number(other)) => one.as_f64() == other.as_f64(),
        (Array(one), Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Object(one), Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, value)| other.get(name).is_some_and(|other| same(value, other)))
        }
        _ => one == other,
    }
}

/// One object, member by member. The first byte says for how many members there is room.
pub fn json_members(data: &[u8]) {
    let Some((room, data)) = data.split_first() else { return };
    let room = usize::from(*room).min(Scratch::NAMES);
    let mut names = vec![0; room];
    let outcome = read_members(data, &mut names);
    // Without the limit on members, and without a look at their names.
    let whole = Value::read(data);
    match (outcome, whole) {
        (Ok(members), Ok(Value::Object(object))) => {
            assert!(members.len() <= room);
            assert_eq!(members.len(), object.members().count());
            assert!(!has_twins(object));
            for ((name, value), (again, value_again)) in members.iter().zip(object.members()) {
                assert_eq!(name.raw(), again.raw());
                assert_eq!(format!("{value:?}"), format!("{value_again:?}"));
                walk(*value, 1);
            }
        }
        (Err(JsonError::DuplicateMember), Ok(Value::Object(object))) => assert!(has_twins(object)),
        (Err(JsonError::TooManyMembers), Ok(Value::Object(object))) => {
            assert!(object.members().count() > room);
        }
        (Err(JsonError::NotObject), Ok(value)) => assert!(value.as_object().is_none()),
        // What is wrong in front of the fault that ends the whole document comes first.
        (Err(JsonError::DuplicateMember | JsonError::TooManyMembers), Err(_)) => {}
        (Err(error), Err(whole)) => assert_eq!(error, whole),
        (outcome, whole) => panic!("{:?} {whole:?}", outcome.map(|members| members.len())),
    }
}

fn read_members<'a>(data: &'a [u8], names: &mut [u64]) -> Result<Vec<(Str<'a>, Value<'a>)>, JsonError> {
    let mut members = Members::open(data, names)?;
    let mut read = vec![];
    while let Some(member) = members.next()? {
        read.push(member);
    }
    Ok(read)
}

/// Whether a name stands twice, escapes resolved. All lone surrogates count as one character.
fn has_twins(object: Object<'_>) -> bool {
    let characters = |name: Str<'_>| -> Vec<Option<char>> { name.chars().map(Result::ok).collect() };
    let mut names: Vec<_> = object.members().map(|(name, _)| characters(name)).collect();
    let count = names.len();
    names.sort();
    names.dedup();
    names.len() < count
}
