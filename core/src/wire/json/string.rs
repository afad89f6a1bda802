//! A string as it stands in the text, escapes and all.

use super::JsonError;
use crate::ground::fingerprint::{Bytewise, Fingerprint};

/// What stands between the quotes of a JSON string. Its escapes are lawful, but not resolved.
#[derive(Clone, Copy)]
pub struct Str<'a> {
    raw: &'a str,
    escaped: bool,
}

impl<'a> Str<'a> {
    pub(super) fn new(raw: &'a str, escaped: bool) -> Self {
        Self { raw, escaped }
    }

    /// A text without escapes, as a string.
    pub(crate) fn plain(text: &'a str) -> Self {
        Self { raw: text, escaped: false }
    }

    /// The string itself, when it holds no escape; nearly all do not.
    #[must_use]
    pub fn as_plain(&self) -> Option<&'a str> {
        (!self.escaped).then_some(self.raw)
    }

    /// The text between the quotes, escapes not resolved.
    #[must_use]
    pub fn raw(&self) -> &'a str {
        self.raw
    }

    /// Bytes that suffice for the string when its escapes are resolved: every escape is longer than what it
    /// stands for.
    #[must_use]
    pub fn max_len(&self) -> usize {
        self.raw.len()
    }

    /// The characters, escapes resolved.
    #[must_use]
    pub fn chars(&self) -> Chars<'a> {
        Chars { rest: self.raw.chars() }
    }

    /// The string with its escapes resolved: itself when it has none, else written to `buffer`, which must
    /// have [`max_len`](Self::max_len) bytes.
    ///
    /// # Errors
    /// [`JsonError::LoneSurrogate`], or [`JsonError::Syntax`] when the buffer is too short.
    #[inline]
    pub fn resolve<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, JsonError>
    where
        'a: 'b,
    {
        match self.as_plain() {
            Some(plain) => Ok(plain),
            None => self.resolve_escapes(buffer),
        }
    }

    #[cold]
    fn resolve_escapes<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, JsonError> {
        let mut len = 0_usize;
        for character in self.chars() {
            // Encoded elsewhere first, so that the compiler sees that every length fits.
            let mut bytes = [0; 4];
            let encoded: &str = character?.encode_utf8(&mut bytes);
            let place = buffer.get_mut(len..).and_then(|rest| rest.get_mut(..encoded.len()));
            place.ok_or(JsonError::Syntax(len))?.copy_from_slice(encoded.as_bytes());
            len = len.saturating_add(encoded.len());
        }
        let written: &'b [u8] = buffer.get(..len).unwrap_or_default();
        core::str::from_utf8(written).map_err(|_| JsonError::NotUtf8)
    }

    /// Whether the string, escapes resolved, begins with `prefix`.
    pub(crate) fn starts_with(&self, prefix: &str) -> bool {
        match self.as_plain() {
            Some(plain) => plain.starts_with(prefix),
            None => self.chars().take(prefix.chars().count()).eq(prefix.chars().map(Ok)),
        }
    }

    /// The same for strings of equal characters, however they are spelled. All lone surrogates count as one
    /// character.
    #[inline]
    pub(crate) fn fingerprint(&self) -> u64 {
        match self.as_plain() {
            Some(plain) => Fingerprint::of(plain.as_bytes()),
            None => self.fingerprint_of_characters(),
        }
    }

    #[cold]
    fn fingerprint_of_characters(&self) -> u64 {
        let mut fingerprint = Bytewise::BEGIN;
        for character in self.chars() {
            // A lone surrogate gets a byte that no UTF-8 has.
            let mut bytes = [0xff; 4];
            let len = character.map_or(1, |character| character.encode_utf8(&mut bytes).len());
            bytes.into_iter().take(len).for_each(|byte| fingerprint.absorb(byte));
        }
        fingerprint.finish()
    }
}

impl PartialEq<str> for Str<'_> {
    /// Code point by code point, without normalisation (RFC 7519, section 7.3).
    fn eq(&self, other: &str) -> bool {
        match self.as_plain() {
            Some(plain) => plain == other,
            None => self.chars().eq(other.chars().map(Ok)),
        }
    }
}

impl core::fmt::Debug for Str<'_> {
    /// Says nothing of the content: it may be a credential.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Str({} bytes)", self.raw.len())
    }
}

/// The characters of a string, escapes resolved.
#[derive(Clone)]
pub struct Chars<'a> {
    rest: core::str::Chars<'a>,
}

impl Iterator for Chars<'_> {
    type Item = Result<char, JsonError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.rest.next()? {
            '\\' => Some(self.escape()),
            character => Some(Ok(character)),
        }
    }
}

impl Chars<'_> {
    /// Behind a backslash. The reader has checked the grammar: what is missing here cannot be missing.
    fn escape(&mut self) -> Result<char, JsonError> {
        Ok(match self.rest.next() {
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => return self.code_point(),
            Some(character) => character,
            None => return Err(JsonError::Syntax(0)),
        })
    }

    fn code_point(&mut self) -> Result<char, JsonError> {
        let unit = self.hex4()?;
        if !(0xd800..0xdc00).contains(&unit) {
            // A low surrogate alone is no `char`.
            return char::from_u32(unit).ok_or(JsonError::LoneSurrogate);
        }
        let mut ahead = Chars { rest: self.rest.clone() };
        if (ahead.rest.next(), ahead.rest.next()) != (Some('\\'), Some('u')) {
            return Err(JsonError::LoneSurrogate);
        }
        let low = ahead.hex4()?;
        if !(0xdc00..0xe000).contains(&low) {
            return Err(JsonError::LoneSurrogate);
        }
        self.rest = ahead.rest;
        // RFC 8259, section 7: 20 bits in two halves, counted from 0x10000; at most 0x10ffff.
        let code = ((unit & 0x3ff) << 10 | low & 0x3ff).saturating_add(0x1_0000);
        char::from_u32(code).ok_or(JsonError::LoneSurrogate)
    }

    fn hex4(&mut self) -> Result<u32, JsonError> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.rest.next().and_then(|digit| digit.to_digit(16)).ok_or(JsonError::Syntax(0))?;
            unit = unit << 4 | digit;
        }
        Ok(unit)
    }
}
