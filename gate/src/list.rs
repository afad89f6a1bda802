//! Lists of texts as the policy file has them: all of them are read here.

use crate::{
    error::Fault,
    list_rules::{ItemFault, check_names},
    spelling::spelled,
};
use jotgate_core::PolicyError;
use serde::{Deserialize, Deserializer, de};
use std::{fmt, ops::Range};
use toml::Spanned;

/// A list as it stands in the file.
pub(crate) type List = Spanned<Vec<Spanned<String>>>;

/// A rule of a list's items.
type ItemRule = fn(&[&str]) -> Result<(), ItemFault>;

/// A list, or one word that stands for something else.
#[derive(Clone, Debug)]
pub(crate) enum WordOrList {
    Word(String),
    List(Vec<Spanned<String>>),
}

/// A list in order: it is not empty, and [`check_names`] holds of its items.
pub(crate) struct Items<'t> {
    key: String,
    items: &'t [Spanned<String>],
}

impl<'t> Items<'t> {
    /// `key` is where the list stands, dotted.
    pub(crate) fn of(list: &'t List, key: String) -> Result<Self, Fault> {
        Self::within(list.span(), list.get_ref(), key)
    }

    /// A list instead of which one word may stand: then there is none. `name` is the last part of `key`.
    pub(crate) fn unless(
        word: &str,
        value: &'t Spanned<WordOrList>,
        name: &str,
        key: String,
    ) -> Result<Option<Self>, Fault> {
        let list = match value.get_ref() {
            WordOrList::Word(own) if own == word => return Ok(None),
            WordOrList::Word(own) => {
                let message = format!("\"{own}\" must be a list, or the word {word}");
                return Err(Fault::new(value.span(), key, message));
            }
            WordOrList::List(items) => Self::within(value.span(), items, key)?,
        };
        match list.items.iter().find(|item| item.get_ref() == word) {
            Some(item) => Err(list.fault(item, format!("the word stands alone: {name} = \"{word}\""))),
            None => Ok(Some(list)),
        }
    }

    fn within(span: Range<usize>, items: &'t [Spanned<String>], key: String) -> Result<Self, Fault> {
        if items.is_empty() {
            return Err(Fault::new(span, key, PolicyError::EmptyList));
        }
        let list = Self { key, items };
        list.check(check_names)?;
        Ok(list)
    }

    pub(crate) fn texts(&self) -> Vec<String> {
        self.items.iter().map(|item| item.get_ref().clone()).collect()
    }

    /// The texts, of which another rule holds as well.
    pub(crate) fn texts_by(&self, rule: ItemRule) -> Result<Vec<String>, Fault> {
        self.check(rule)?;
        Ok(self.texts())
    }

    fn check(&self, rule: ItemRule) -> Result<(), Fault> {
        let texts: Vec<&str> = self.items.iter().map(|item| item.get_ref().as_str()).collect();
        rule(&texts).map_err(|ItemFault { position, message }| {
            let span = self.items.get(position).map(Spanned::span);
            Fault { span, key: self.key.clone(), message }
        })
    }

    /// What each item means, or the fault of the first that means nothing.
    pub(crate) fn read<T>(&self, mut read: impl FnMut(&str) -> Result<T, String>) -> Result<Vec<T>, Fault> {
        let read = |item: &Spanned<String>| read(item.get_ref()).map_err(|message| self.fault(item, message));
        self.items.iter().map(read).collect()
    }

    /// What each item is spelled for.
    pub(crate) fn spelled<T: Copy>(&self, table: &[(&str, T)]) -> Result<Vec<T>, Fault> {
        self.read(|name| spelled(table, name))
    }

    fn fault(&self, item: &Spanned<String>, message: String) -> Fault {
        Fault::new(item.span(), self.key.as_str(), message)
    }
}

impl<'de> Deserialize<'de> for WordOrList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = WordOrList;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of strings, or a word in quotes")
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<WordOrList, E> {
                Ok(WordOrList::Word(word.to_owned()))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<WordOrList, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(WordOrList::List(list))
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}
