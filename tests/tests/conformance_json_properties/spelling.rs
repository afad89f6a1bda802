//! Arbitrary JSON documents, and one of the many ways to write each of them.

use proptest::{collection::vec, prelude::*};
use serde_json::Value;
use std::fmt::Write;

/// Levels of arrays and objects in an arbitrary document; well within the reader's 16.
const DEPTH: u32 = 8;

pub fn document() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        string().prop_map(Value::from),
    ];
    leaf.prop_recursive(DEPTH, 64, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec((string(), inner), 0..6).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Characters of every length in UTF-8, those that must be escaped among them.
pub fn string() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        6 => prop::char::range(' ', '~'),
        1 => prop::char::range('\0', '\u{1f}'),
        1 => prop::sample::select(vec!['"', '\\', '/', '\u{8}', '\u{c}', '\n', '\r', '\t', '\u{7f}']),
        1 => any::<char>(),
        1 => prop::char::range('\u{10000}', '\u{10ffff}'),
    ];
    vec(character, 0..24).prop_map(String::from_iter)
}

/// Decides how each token is spelled: one number for each decision, again from the start when they run out.
#[derive(Clone, Debug)]
pub struct Spelling {
    decisions: Vec<u8>,
    at: usize,
}

pub fn spelling() -> impl Strategy<Value = Spelling> {
    vec(any::<u8>(), 1..64).prop_map(|decisions| Spelling { decisions, at: 0 })
}

impl Spelling {
    fn one_of(&mut self, choices: u8) -> u8 {
        let decision = self.decisions[self.at % self.decisions.len()];
        self.at += 1;
        decision % choices
    }

    /// Writes the document with this spelling.
    pub fn write(mut self, value: &Value) -> String {
        let mut text = String::new();
        self.space(&mut text);
        self.value(&mut text, value);
        self.space(&mut text);
        text
    }

    fn value(&mut self, text: &mut String, value: &Value) {
        match value {
            Value::String(string) => self.string(text, string),
            Value::Array(items) => {
                text.push('[');
                self.list(text, items, Self::value);
                text.push(']');
            }
            Value::Object(members) => {
                text.push('{');
                self.list(text, members, |spelling, text, (name, value)| {
                    spelling.string(text, name);
                    spelling.space(text);
                    text.push(':');
                    spelling.space(text);
                    spelling.value(text, value);
                });
                text.push('}');
            }
            plain => text.push_str(&plain.to_string()),
        }
    }

    fn list<I: IntoIterator>(
        &mut self,
        text: &mut String,
        items: I,
        write: impl Fn(&mut Self, &mut String, I::Item),
    ) {
        self.space(text);
        for (position, item) in items.into_iter().enumerate() {
            if position > 0 {
                text.push(',');
                self.space(text);
            }
            write(self, text, item);
            self.space(text);
        }
    }

    fn space(&mut self, text: &mut String) {
        text.push_str(["", "", "", " ", "\t", "\n", "\r\n", "  \t "][usize::from(self.one_of(8))]);
    }

    fn string(&mut self, text: &mut String, string: &str) {
        text.push('"');
        string.chars().for_each(|character| self.character(text, character));
        text.push('"');
    }

    fn character(&mut self, text: &mut String, character: char) {
        let short = match character {
            '"' | '\\' | '/' => Some(character),
            '\u{8}' => Some('b'),
            '\u{c}' => Some('f'),
            '\n' => Some('n'),
            '\r' => Some('r'),
            '\t' => Some('t'),
            _ => None,
        };
        let must_escape = character < ' ' || matches!(character, '"' | '\\');
        match (self.one_of(6), short) {
            (0, _) | (_, None) if must_escape => self.units(text, character),
            (1, _) => self.units(text, character),
            (2, Some(letter)) => text.extend(['\\', letter]),
            (_, Some(letter)) if must_escape => text.extend(['\\', letter]),
            _ => text.push(character),
        }
    }

    /// `\uXXXX` for each unit of UTF-16, in either case.
    fn units(&mut self, text: &mut String, character: char) {
        for unit in character.encode_utf16(&mut [0; 2]) {
            let written = if self.one_of(2) == 0 {
                write!(text, "\\u{unit:04x}")
            } else {
                write!(text, "\\u{unit:04X}")
            };
            written.expect("a string takes all");
        }
    }
}
