//! Standard output, and text from tokens that is safe to print there.

use crate::failure::Failure;
use jotgate_core::{is_invisible, json::Str};
use serde::Serialize;
use std::{
    fmt::{self, Display, Write as _},
    io::{self, IsTerminal, Write},
};

/// Standard output: whole lines at a time, each as it comes where a person looks on.
pub(crate) struct Printer {
    lines: Vec<u8>,
    keep: usize,
}

/// Bytes that are kept before they are written, where nobody looks on.
const KEEP: usize = 1 << 16;

impl Printer {
    pub(crate) fn new() -> Self {
        Self { lines: Vec::new(), keep: if io::stdout().is_terminal() { 0 } else { KEEP } }
    }

    /// Takes what `print` writes, whole lines.
    pub(crate) fn print<T>(
        &mut self,
        print: impl FnOnce(&mut dyn Write) -> io::Result<T>,
    ) -> Result<T, Failure> {
        let printed = print(&mut self.lines).map_err(Failure::Output)?;
        if self.lines.len() > self.keep {
            self.write()?;
        }
        Ok(printed)
    }

    /// Writes what is kept.
    pub(crate) fn write(&mut self) -> Result<(), Failure> {
        if self.lines.is_empty() {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        out.write_all(&self.lines).and_then(|()| out.flush()).map_err(Failure::Output)?;
        self.lines.clear();
        Ok(())
    }

    /// The end: what was not written is no answer.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        self.write()
    }
}

/// One JSON value on a line, with harmful characters escaped, which mean the same to whoever reads JSON.
pub(crate) fn write_json(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", ShownJson(&serde_json::to_string(value)?))
}

/// JSON for a terminal: its harmful characters can only stand in strings, where they are escaped as JSON does it.
pub(crate) struct ShownJson<'t>(pub(crate) &'t str);

impl Display for ShownJson<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.chars().all(is_harmless) {
            return f.write_str(self.0);
        }
        self.0.chars().try_for_each(|c| match c {
            c if is_harmless(c) => f.write_char(c),
            c => c.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(f, "\\u{unit:04x}")),
        })
    }
}

/// Does nothing but show itself: no control, no mark of direction, nothing without width. Quotes and backslashes are
/// harmless to a terminal.
fn is_harmless(c: char) -> bool {
    matches!(c, ' '..='~') || (!c.is_ascii() && !is_invisible(c) && c.escape_debug().len() == 1)
}

/// Strings of a token, escapes resolved, with spaces between them; half a surrogate pair becomes the
/// replacement character.
pub(crate) struct Words<I>(pub(crate) I);

impl<'s, I: Iterator<Item = Str<'s>> + Clone> Display for Words<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, word) in self.0.clone().enumerate() {
            if position > 0 {
                f.write_char(' ')?;
            }
            match word.as_plain() {
                Some(plain) => f.write_str(plain)?,
                None => {
                    word.chars().try_for_each(|c| f.write_char(c.unwrap_or(char::REPLACEMENT_CHARACTER)))?
                }
            }
        }
        Ok(())
    }
}

/// One string of a token, escapes resolved.
pub(crate) fn resolved(string: Str<'_>) -> String {
    Words(std::iter::once(string)).to_string()
}

/// For a terminal: control characters and the like are escaped, so that a token cannot write to it.
pub(crate) struct Shown<T>(pub(crate) T);

impl<T: Display> Display for Shown<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Escaping(f), "{}", self.0)
    }
}

struct Escaping<'f, 'b>(&'f mut fmt::Formatter<'b>);

impl fmt::Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        // Quotes are harmless; a backslash would make an escape of what follows.
        text.chars().try_for_each(|c| match c {
            '\'' | '"' => self.0.write_char(c),
            c if is_invisible(c) => write!(self.0, "{}", c.escape_unicode()),
            c => write!(self.0, "{}", c.escape_debug()),
        })
    }
}

/// Bytes as hexadecimal digits.
pub(crate) struct Hex<'o>(pub(crate) &'o [u8]);

impl Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
        self.0.iter().try_for_each(|byte| {
            f.write_char(digit(byte >> 4))?;
            f.write_char(digit(byte & 15))
        })
    }
}
