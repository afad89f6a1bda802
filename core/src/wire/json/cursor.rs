//! Walks over a text once, checking the grammar.

use super::{JsonError, Number, Str, Value};
use crate::{
    ground::swar,
    limits::{MAX_DEPTH, MAX_DIGITS},
};

/// A position in a text. `at` stands on a character boundary: only ASCII bytes are stepped over one by one.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    pub(super) fn syntax(&self) -> JsonError {
        JsonError::Syntax(self.at)
    }

    /// Steps over `byte`, which must stand here.
    pub(super) fn expect(&mut self, byte: u8) -> Result<(), JsonError> {
        if self.peek() == Some(byte) {
            self.step();
            Ok(())
        } else {
            Err(self.syntax())
        }
    }

    /// Steps over `byte` if it stands here.
    pub(super) fn accept(&mut self, byte: u8) -> bool {
        self.expect(byte).is_ok()
    }

    /// RFC 8259, section 2: space, tab, line feed, carriage return.
    #[inline]
    pub(super) fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.step();
        }
    }

    /// Nothing but space up to the end.
    pub(super) fn end(&mut self) -> Result<(), JsonError> {
        self.space();
        if self.peek().is_none() { Ok(()) } else { Err(self.syntax()) }
    }

    fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// A value of any kind, inside `outer` open arrays and objects.
    pub(super) fn value(&mut self, outer: usize) -> Result<Value<'a>, JsonError> {
        let start = self.at;
        match self.peek() {
            Some(b'"') => self.string().map(Value::String),
            Some(b'{') => {
                self.container(outer)?;
                Ok(Value::object(self.since(start)))
            }
            Some(b'[') => {
                self.container(outer)?;
                Ok(Value::array(self.since(start)))
            }
            Some(b't') => self.literal("true").map(|()| Value::Bool(true)),
            Some(b'f') => self.literal("false").map(|()| Value::Bool(false)),
            Some(b'n') => self.literal("null").map(|()| Value::Null),
            _ => self.number().map(Value::Number),
        }
    }

    fn literal(&mut self, word: &str) -> Result<(), JsonError> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at = self.at.saturating_add(word.len());
            Ok(())
        } else {
            Err(self.syntax())
        }
    }

    /// RFC 8259, section 7. The result is what stands between the quotes.
    #[inline]
    pub(super) fn string(&mut self) -> Result<Str<'a>, JsonError> {
        self.expect(b'"')?;
        let start = self.at;
        let mut escaped = false;
        loop {
            self.plain_characters();
            match self.peek() {
                Some(b'"') => {
                    let raw = self.since(start);
                    self.step();
                    return Ok(Str::new(raw, escaped));
                }
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                _ => return Err(self.syntax()),
            }
        }
    }

    /// Steps to the next quote, backslash, control character or the end.
    #[inline]
    fn plain_characters(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let (chunks, tail) = rest.as_chunks::<8>();
        for chunk in chunks {
            let word = u64::from_le_bytes(*chunk);
            let marks = swar::ends_plain_text(word);
            if marks != 0 {
                self.at = self.at.saturating_add(swar::first_marked(marks));
                return;
            }
            self.at = self.at.saturating_add(8);
        }
        let plain = tail.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20)).count();
        self.at = self.at.saturating_add(plain);
    }

    #[cold]
    fn escape(&mut self) -> Result<(), JsonError> {
        self.expect(b'\\')?;
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.step(),
            Some(b'u') => {
                self.step();
                for _ in 0..4 {
                    match self.peek() {
                        Some(digit) if digit.is_ascii_hexdigit() => self.step(),
                        _ => return Err(self.syntax()),
                    }
                }
            }
            _ => return Err(self.syntax()),
        }
        Ok(())
    }

    /// RFC 8259, section 6.
    pub(super) fn number(&mut self) -> Result<Number<'a>, JsonError> {
        let start = self.at;
        self.accept(b'-');
        let mut digits = 0_usize;
        if self.accept(b'0') {
            digits = 1;
        } else {
            digits = digits.saturating_add(self.digits()?);
        }
        if self.accept(b'.') {
            digits = digits.saturating_add(self.digits()?);
        }
        if self.accept(b'e') || self.accept(b'E') {
            if !self.accept(b'+') {
                self.accept(b'-');
            }
            digits = digits.saturating_add(self.digits()?);
        }
        if digits > MAX_DIGITS {
            return Err(JsonError::NumberTooLong);
        }
        Ok(Number::new(self.since(start)))
    }

    /// One digit at least; how many.
    fn digits(&mut self) -> Result<usize, JsonError> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.step();
        }
        match self.at.saturating_sub(start) {
            0 => Err(self.syntax()),
            count => Ok(count),
        }
    }

    /// An array or object with all that is in it, without recursion: `open` remembers one bit for each
    /// array (0) or object (1) that is open.
    fn container(&mut self, outer: usize) -> Result<(), JsonError> {
        let mut open = Open { kinds: 0, depth: 0, outer };
        loop {
            // A value must begin here.
            match self.peek() {
                Some(b'{') => {
                    self.step();
                    open.push(1)?;
                    self.space();
                    if !self.accept(b'}') {
                        self.name()?;
                        continue;
                    }
                    open.pop();
                }
                Some(b'[') => {
                    self.step();
                    open.push(0)?;
                    self.space();
                    if !self.accept(b']') {
                        continue;
                    }
                    open.pop();
                }
                // No array or object: `value` does not come back here.
                Some(b'"') => self.string().map(|_| ())?,
                Some(b't') => self.literal("true")?,
                Some(b'f') => self.literal("false")?,
                Some(b'n') => self.literal("null")?,
                _ => self.number().map(|_| ())?,
            }
            // A value has ended here.
            loop {
                if open.depth == 0 {
                    return Ok(());
                }
                self.space();
                if self.accept(b',') {
                    self.space();
                    if open.in_object() {
                        self.name()?;
                    }
                    break;
                }
                self.expect(if open.in_object() { b'}' } else { b']' })?;
                open.pop();
            }
        }
    }

    /// A member's name and its colon, up to the value.
    #[inline]
    pub(super) fn name(&mut self) -> Result<Str<'a>, JsonError> {
        let name = self.string()?;
        self.space();
        self.expect(b':')?;
        self.space();
        Ok(name)
    }
}

/// The arrays and objects that are open, innermost in the lowest bit.
struct Open {
    kinds: u32,
    depth: usize,
    outer: usize,
}

const _: () = assert!(MAX_DEPTH <= 32, "one bit of `kinds` for each level");

impl Open {
    fn push(&mut self, kind: u32) -> Result<(), JsonError> {
        self.depth = self.depth.saturating_add(1);
        if self.depth.saturating_add(self.outer) > MAX_DEPTH {
            return Err(JsonError::TooDeep);
        }
        self.kinds = self.kinds << 1 | kind;
        Ok(())
    }

    fn pop(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.kinds >>= 1;
    }

    fn in_object(&self) -> bool {
        self.kinds & 1 == 1
    }
}
