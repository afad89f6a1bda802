//! What is wrong with a policy file, and where.

use std::{fmt, ops::Range, path::Path};

/// What is wrong with a policy file: file, line, key and one sentence.
#[derive(Debug)]
pub struct PolicyFileError {
    file: String,
    place: Option<(usize, usize)>,
    key: String,
    message: String,
}

impl PolicyFileError {
    pub(crate) fn unreadable(file: &Path, error: &std::io::Error) -> Self {
        Self { file: file.display().to_string(), place: None, key: String::new(), message: error.to_string() }
    }

    /// The line of the fault, from 1, where there is one.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.place.map(|(line, _)| line)
    }

    /// The key of the fault, dotted, empty where the file as a whole is at fault.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

impl fmt::Display for PolicyFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        if !self.key.is_empty() {
            write!(f, ": {}", self.key)?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for PolicyFileError {}

/// A fault before the file's name and the line are known: where in the text, at which key.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) span: Option<Range<usize>>,
    pub(crate) key: String,
    pub(crate) message: String,
}

impl Fault {
    pub(crate) fn new(span: Range<usize>, key: impl Into<String>, message: impl ToString) -> Self {
        Self { span: Some(span), key: key.into(), message: message.to_string() }
    }

    pub(crate) fn within(self, file: &str, text: &str) -> PolicyFileError {
        let place = self.span.map(|span| place_of(text, span.start));
        PolicyFileError { file: file.to_owned(), place, key: self.key, message: self.message }
    }
}

/// Line and column of a byte, both from 1.
fn place_of(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count().saturating_add(1);
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count().saturating_add(1);
    (line, column)
}
