//! A table of settings while it is read: what is wrong with a setting is told with its key and its place.

use crate::{
    Setting,
    defaults::DefaultsTable,
    error::Fault,
    list::{Items, List, WordOrList},
    product::ProductTable,
    spelling::spelled,
};
use std::ops::Range;
use toml::Spanned;

/// A table that holds settings.
pub(crate) enum SettingsTable<'f> {
    /// `[defaults]`.
    Defaults(&'f DefaultsTable),
    /// `[products.NAME]`; `whole` is where the table stands.
    Product { name: &'f str, table: &'f ProductTable, whole: Range<usize> },
}

impl SettingsTable<'_> {
    /// The dotted key of a setting of this table.
    pub(crate) fn key(&self, setting: Setting) -> String {
        match self {
            Self::Defaults(_) => format!("defaults.{setting}"),
            Self::Product { name, .. } => format!("products.{name}.{setting}"),
        }
    }

    /// What is wrong with a setting; where it is not written, the fault is that of the table.
    pub(crate) fn fault(&self, setting: Setting, message: impl ToString) -> Fault {
        let span = match self {
            Self::Defaults(table) => setting.in_defaults(table),
            Self::Product { table, whole, .. } => setting.in_product(table).or(Some(whole.clone())),
        };
        Fault { span, key: self.key(setting), message: message.to_string() }
    }

    /// The choice that a word is spelled for.
    pub(crate) fn word<T: Copy>(
        &self,
        setting: Setting,
        word: &Spanned<String>,
        table: &[(&str, T)],
    ) -> Result<T, Fault> {
        spelled(table, word.get_ref()).map_err(|message| self.fault(setting, message))
    }

    /// The same, where the word may be left out.
    pub(crate) fn word_if_any<T: Copy>(
        &self,
        setting: Setting,
        word: &Option<Spanned<String>>,
        table: &[(&str, T)],
    ) -> Result<Option<T>, Fault> {
        word.as_ref().map(|word| self.word(setting, word, table)).transpose()
    }

    /// The items of a list.
    pub(crate) fn items<'t>(&self, setting: Setting, list: &'t List) -> Result<Items<'t>, Fault> {
        Items::of(list, self.key(setting))
    }

    /// The texts of a list; none where the list is left out.
    pub(crate) fn texts(&self, setting: Setting, list: &Option<List>) -> Result<Vec<String>, Fault> {
        list.as_ref().map_or(Ok(Vec::new()), |list| self.items(setting, list).map(|items| items.texts()))
    }

    /// The items of a list, or `None` where `word` stands instead.
    pub(crate) fn items_unless<'t>(
        &self,
        setting: Setting,
        word: &str,
        value: &'t Spanned<WordOrList>,
    ) -> Result<Option<Items<'t>>, Fault> {
        Items::unless(word, value, setting.name(), self.key(setting))
    }
}
