//! Claims that do not fit the type: the exact reason, and what is at the edge of fitting.

use jotgate_core::json::{DeError, Value};
use serde::{Deserialize, de::IgnoredAny};
use std::collections::BTreeMap;

fn read<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, DeError> {
    T::deserialize(Value::read(text.as_bytes()).expect("the text is JSON"))
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct One {
    a: u8,
}

#[derive(Debug, PartialEq, Deserialize)]
enum Kind {
    Unit,
    Newtype(u8),
    Tuple(u8, u8),
    Struct { a: u8 },
}

/// A type that judges what it is given.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(try_from = "u8")]
struct Even(u8);

impl TryFrom<u8> for Even {
    type Error = &'static str;

    fn try_from(value: u8) -> Result<Self, Self::Error> {
        if value.is_multiple_of(2) { Ok(Self(value)) } else { Err("odd") }
    }
}

#[test]
fn fields() {
    assert_eq!(read(r#"{"a":1}"#), Ok(One { a: 1 }));
    assert_eq!(read(r#"{"\u0061":1}"#), Ok(One { a: 1 }));
    assert_eq!(read::<One>("{}"), Err(DeError::MissingField));
    assert_eq!(read::<One>(r#"{"a":1,"a":1}"#), Err(DeError::DuplicateField));
    assert_eq!(read::<One>(r#"{"a":1,"b":1}"#), Err(DeError::UnknownName));
    assert_eq!(read::<One>(r#"{"a":null}"#), Err(DeError::WrongType));
    // As with serde_json, an array stands for the fields in their order.
    assert_eq!(read("[1]"), Ok(One { a: 1 }));
    assert_eq!(read::<One>("[1,2]"), Err(DeError::WrongType));
    assert_eq!(read::<One>("1"), Err(DeError::WrongType));
    assert_eq!(read::<Even>("2"), Ok(Even(2)));
    assert_eq!(read::<Even>("3"), Err(DeError::Custom));
}

/// A number is an integer by its value, however it is written; serde_json goes by the spelling.
#[test]
fn numbers() {
    for (text, value) in [("255", 255), ("1e2", 100), ("1.0", 1), ("10E-1", 1), ("-0", 0), ("0e999", 0)] {
        assert_eq!(read::<u8>(text), Ok(value), "{text}");
    }
    for text in ["256", "-1", "1.5", "1e400", "\"1\"", "null", "true", "[1]"] {
        assert_eq!(read::<u8>(text), Err(DeError::WrongType), "{text}");
    }
    assert_eq!(read::<u64>("18446744073709551615"), Ok(u64::MAX));
    assert_eq!(read::<u64>("18446744073709551616"), Err(DeError::WrongType));
    assert_eq!(read::<i64>("-9223372036854775808"), Ok(i64::MIN));
    assert_eq!(read::<i64>("-9223372036854775809"), Err(DeError::WrongType));
    assert_eq!(read::<f64>("18446744073709551616"), Ok(18_446_744_073_709_551_616.0));
    assert_eq!(read::<f64>("1"), Ok(1.0));
    assert_eq!(read::<f64>("1e400"), Err(DeError::WrongType));
    assert_eq!(read::<f64>("1e-400"), Ok(0.0));
}

#[test]
fn strings() {
    assert_eq!(read::<&str>(r#""a/b""#), Ok("a/b"));
    assert_eq!(read::<&str>(r#""a\/b""#), Err(DeError::WrongType));
    assert_eq!(read::<String>(r#""a\/b\ud834\udd1e""#), Ok("a/b\u{1d11e}".into()));
    assert_eq!(read::<String>(r#""\ud834""#), Err(DeError::LoneSurrogate));
    assert_eq!(read::<char>(r#""\u00e4""#), Ok('\u{e4}'));
}

/// 256 bytes when the escapes are resolved, whatever they are written in; without escapes there is no limit.
#[test]
fn strings_at_the_limit_and_one_beyond() {
    let escaped = |len: usize| format!("\"{}\\u0061\"", "a".repeat(len - 1));
    assert_eq!(read::<String>(&escaped(256)), Ok("a".repeat(256)));
    assert_eq!(read::<String>(&escaped(257)), Err(DeError::EscapedStringTooLong));
    assert_eq!(read::<String>(&format!("\"{}\"", "a".repeat(1000))), Ok("a".repeat(1000)));
}

#[test]
fn variants() {
    assert_eq!(read(r#""Unit""#), Ok(Kind::Unit));
    assert_eq!(read(r#""\u0055nit""#), Ok(Kind::Unit));
    assert_eq!(read::<Kind>(r#""unit""#), Err(DeError::UnknownName));
    for text in [r#""Newtype""#, r#""Tuple""#, r#""Struct""#, r#"{"Newtype":1}"#, r#"{"Unit":null}"#, "1"] {
        assert_eq!(read::<Kind>(text), Err(DeError::WrongType), "{text}");
    }
}

#[test]
fn what_may_be_absent() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Absent {
        a: Option<u8>,
        #[serde(default)]
        b: u8,
    }
    assert_eq!(read("{}"), Ok(Absent { a: None, b: 0 }));
    assert_eq!(read(r#"{"a":null,"b":2}"#), Ok(Absent { a: None, b: 2 }));
    assert_eq!(read::<Absent>(r#"{"a":"1"}"#), Err(DeError::WrongType));
    assert_eq!(read::<Option<Option<u8>>>("null"), Ok(None));
    assert_eq!(read::<()>("null"), Ok(()));
}

/// A list that is longer than the type is not cut off in silence.
#[test]
fn lists() {
    assert_eq!(read("[1,2]"), Ok((1, 2)));
    assert_eq!(read::<(u8, u8)>("[1]"), Err(DeError::WrongType));
    assert_eq!(read::<(u8, u8)>("[1,2,3]"), Err(DeError::WrongType));
    assert_eq!(read::<[u8; 2]>("[1,2,3]"), Err(DeError::WrongType));
    assert_eq!(read::<Vec<u8>>("[]"), Ok(vec![]));
}

#[test]
fn what_nobody_asks_for_may_be_anything() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Little {
        a: u8,
    }
    let long = format!(r#"{{"b":"\ud800","c":1e400,"d":"{}\n","a":1}}"#, "a".repeat(300));
    assert_eq!(read(&long), Ok(Little { a: 1 }));
    assert_eq!(read::<BTreeMap<String, IgnoredAny>>(&long).map(|all| all.len()), Ok(4));

    // A name that cannot be resolved is that of no field; as a key of a map it is asked for.
    assert_eq!(read(r#"{"\ud800":1,"a":1}"#), Ok(Little { a: 1 }));
    let long = format!(r#"{{"{}\n":1,"a":1}}"#, "a".repeat(256));
    assert_eq!(read(&long), Ok(Little { a: 1 }));
    assert_eq!(read::<BTreeMap<String, u8>>(&long), Err(DeError::EscapedStringTooLong));
}
