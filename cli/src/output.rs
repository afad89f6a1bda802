//! Text from tokens, safe to print; written as it is formatted, without copies.

use jotgate_core::json::Str;
use std::fmt::{self, Display, Write};

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

impl Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        // Quotes are harmless to a terminal.
        text.chars().try_for_each(|c| match c {
            '\'' | '"' => self.0.write_char(c),
            c => write!(self.0, "{}", c.escape_debug()),
        })
    }
}

/// Octets as hexadecimal digits.
pub(crate) struct Hex<'o>(pub(crate) &'o [u8]);

impl Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
        self.0.iter().try_for_each(|octet| {
            f.write_char(digit(octet >> 4))?;
            f.write_char(digit(octet & 15))
        })
    }
}
