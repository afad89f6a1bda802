//! JSONTestSuite: what must be accepted, what must be refused, and what the reader decides for itself.
//!
//! The answers that need a reason stand in `data/jsontestsuite-exceptions.toml`.

use jotgate_core::json::{JsonError, Members, Value};
use jotgate_tests::vectors::{Corpus, corpus};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Files whose answer is listed, and why.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    files: BTreeSet<String>,
    answer: String,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exceptions {
    /// What `Value::read` answers.
    value: Vec<Listed>,
    /// What `Members` answers, where it is another answer than that of `Value::read`.
    members: Vec<Listed>,
}

impl Exceptions {
    fn read() -> Self {
        toml::from_str(include_str!("../data/jsontestsuite-exceptions.toml")).expect("the list is TOML")
    }
}

/// The listed answer of each file; no file stands twice, no reason is empty.
fn answers(listed: Vec<Listed>) -> BTreeMap<String, String> {
    let mut answers = BTreeMap::new();
    for entry in listed {
        assert!(!entry.reason.is_empty());
        for file in entry.files {
            assert_eq!(answers.insert(file.clone(), entry.answer.clone()), None, "{file} is listed twice");
        }
    }
    answers
}

/// Every file of the suite: name and content.
fn files(suite: &Corpus) -> impl Iterator<Item = (String, Vec<u8>)> {
    ["test_parsing", "test_transform"].into_iter().flat_map(move |folder| {
        suite.files(folder).into_iter().map(move |file| {
            let content = suite.read(&format!("{folder}/{file}"));
            (file, content)
        })
    })
}

/// The answer that the suite asks for; none where it leaves it open.
fn expected(file: &str, text: &[u8]) -> Option<&'static str> {
    match file.split('_').next() {
        Some("y") => Some("accepted"),
        Some("n") if std::str::from_utf8(text).is_err() => Some("NotUtf8"),
        Some("n") => Some("Syntax"),
        _ => None,
    }
}

/// An error by its name; where in the text it was found is not the suite's business.
fn name(answer: Result<(), JsonError>) -> String {
    match answer {
        Ok(()) => "accepted".into(),
        Err(JsonError::Syntax(_)) => "Syntax".into(),
        Err(error) => format!("{error:?}"),
    }
}

fn value(text: &[u8]) -> Result<(), JsonError> {
    Value::read(text).map(look_into)
}

fn members(text: &[u8]) -> Result<(), JsonError> {
    let mut names = [0; 16];
    let mut members = Members::open(text, &mut names)?;
    while let Some((name, value)) = members.next()? {
        name.chars().for_each(drop);
        look_into(value);
    }
    Ok(())
}

/// Asks for all that can be asked for: nothing in it may fail or panic once the text is read.
fn look_into(value: Value<'_>) {
    match value {
        Value::Null | Value::Bool(_) => {}
        Value::Number(number) => {
            assert!(number.as_i64().is_none_or(|n| number.as_u64() == n.try_into().ok()))
        }
        Value::String(string) => {
            let mut buffer = vec![0; string.max_len()];
            let resolved: Result<String, _> = string.chars().collect();
            assert_eq!(string.resolve(&mut buffer), resolved.as_deref().map_err(|error| *error));
        }
        Value::Array(array) => array.items().for_each(look_into),
        Value::Object(object) => {
            for (name, value) in object.members() {
                look_into(Value::String(name));
                look_into(value);
            }
        }
    }
}

#[test]
fn every_file_gets_its_answer() {
    let Some(suite) = corpus("jsontestsuite") else { return };
    let mut listed = answers(Exceptions::read().value);
    let mut wrong = Vec::new();
    for (file, text) in files(&suite) {
        let answer = name(value(&text));
        let asked = expected(&file, &text).map(str::to_owned);
        // Listed without need is as wrong as not listed.
        let right = match listed.remove(&file) {
            Some(listed) => listed == answer && asked != Some(listed),
            None => asked.as_ref() == Some(&answer),
        };
        if !right {
            wrong.push((file, answer));
        }
    }
    assert_eq!((wrong, listed), (vec![], BTreeMap::new()), "left: wrong answers; right: no such files");
}

/// The other way to read: member by member. It agrees, but for what is no object and for names that stand
/// twice.
#[test]
fn every_object_gets_its_answer() {
    let Some(suite) = corpus("jsontestsuite") else { return };
    let mut listed = answers(Exceptions::read().members);
    let mut wrong = Vec::new();
    for (file, text) in files(&suite) {
        let answer = name(members(&text));
        let by_value = match Value::read(&text) {
            Ok(Value::Object(_)) => "accepted".into(),
            Ok(_) => "NotObject".into(),
            Err(error) => name(Err(error)),
        };
        let right = match listed.remove(&file) {
            Some(listed) => listed == answer && listed != by_value,
            None => answer == by_value,
        };
        if !right {
            wrong.push((file, answer));
        }
    }
    assert_eq!((wrong, listed), (vec![], BTreeMap::new()), "left: wrong answers; right: no such files");
}
