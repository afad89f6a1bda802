//! Walks over a text once, checking the grammar.

use super::{JsonError, Number, Str, Value};
use crate::{
    ground::{fingerprint::Fingerprint, scan, swar},
    limits::{MAX_DEPTH, MAX_DIGITS},
};

/// A position in a text, always on a character boundary.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    /// Bytes of the whole text.
    len: usize,
    /// What was not read yet.
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { len: text.len(), rest: text }
    }

    /// Bytes that were not read yet.
    pub(super) fn rest_len(&self) -> usize {
        self.rest.len()
    }

    #[cold]
    pub(super) fn syntax(self) -> JsonError {
        JsonError::Syntax(self.len.saturating_sub(self.rest.len()))
    }

    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.rest.as_bytes().first().copied()
    }

    /// Reads something in a function of its own, on a copy: what has no address can stay in registers.
    #[inline]
    fn apart<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let mut copy = *self;
        let result = read(&mut copy);
        *self = copy;
        result
    }

    /// Steps over `count` bytes.
    #[inline]
    fn skip(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    /// Steps over `character`, which must stand here.
    #[inline]
    pub(super) fn expect(&mut self, character: char) -> Result<(), JsonError> {
        if self.accept(character) { Ok(()) } else { Err(self.syntax()) }
    }

    /// Steps over `character` if it stands here.
    #[inline]
    pub(super) fn accept(&mut self, character: char) -> bool {
        match self.rest.strip_prefix(character) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// RFC 8259, section 2: space, tab, line feed, carriage return.
    #[inline]
    pub(super) fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.skip(1);
        }
    }

    /// Nothing but space up to the end.
    #[inline]
    pub(super) fn end(&mut self) -> Result<(), JsonError> {
        self.space();
        if self.peek().is_none() { Ok(()) } else { Err(self.syntax()) }
    }

    /// What was read since `start`.
    #[inline]
    fn since(&self, start: Self) -> &'a str {
        let len = start.rest.len().saturating_sub(self.rest.len());
        start.rest.get(..len).unwrap_or_default()
    }

    /// A value of any kind, inside `outer` open arrays and objects.
    // Where flash is scarce, one copy is enough.
    #[cfg_attr(target_pointer_width = "64", inline(always))]
    pub(super) fn value(&mut self, outer: usize) -> Result<Value<'a>, JsonError> {
        let start = *self;
        match self.peek() {
            Some(b'"') => self.string().map(Value::String),
            Some(b'{') => {
                self.apart(|cursor| cursor.container(outer))?;
                Ok(Value::object(self.since(start)))
            }
            Some(b'[') => {
                self.apart(|cursor| cursor.container(outer))?;
                Ok(Value::array(self.since(start)))
            }
            Some(b't') => self.literal("true").map(|()| Value::Bool(true)),
            Some(b'f') => self.literal("false").map(|()| Value::Bool(false)),
            Some(b'n') => self.literal("null").map(|()| Value::Null),
            _ => self.apart(Self::number).map(Value::Number),
        }
    }

    /// The same in a text whose grammar was checked before: arrays and objects are stepped over by their brackets.
    pub(super) fn checked_value(&mut self) -> Result<Value<'a>, JsonError> {
        let start = *self;
        match self.peek() {
            Some(b'{') => {
                self.apart(Self::step_over_brackets)?;
                Ok(Value::object(self.since(start)))
            }
            Some(b'[') => {
                self.apart(Self::step_over_brackets)?;
                Ok(Value::array(self.since(start)))
            }
            _ => self.value(0),
        }
    }

    /// From the bracket that stands here to behind the one that closes it.
    #[inline(never)]
    fn step_over_brackets(&mut self) -> Result<(), JsonError> {
        let mut depth = 0_usize;
        loop {
            // The closing bracket, or a string before it, in which brackets mean nothing.
            let at = self.rest.bytes().position(|byte| {
                match byte {
                    b'{' | b'[' => depth = depth.saturating_add(1),
                    b'}' | b']' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                byte == b'"' || depth == 0
            });
            self.skip(at.ok_or_else(|| self.syntax())?);
            if depth == 0 {
                self.skip(1);
                return Ok(());
            }
            self.string()?;
        }
    }

    fn literal(&mut self, word: &str) -> Result<(), JsonError> {
        self.rest = self.rest.strip_prefix(word).ok_or_else(|| self.syntax())?;
        Ok(())
    }

    /// RFC 8259, section 7. The result is what stands between the quotes.
    #[cfg_attr(target_pointer_width = "64", inline(always))]
    pub(super) fn string(&mut self) -> Result<Str<'a>, JsonError> {
        self.expect('"')?;
        let plain = self.rest.split_at_checked(scan::plain_len(self.rest.as_bytes()));
        if let Some((raw, behind)) = plain
            && let Some(rest) = behind.strip_prefix('"')
        {
            self.rest = rest;
            return Ok(Str::new(raw, false));
        }
        self.apart(Self::string_with_escapes)
    }

    /// Behind the opening quote of a string that does not end without an escape.
    #[cold]
    fn string_with_escapes(&mut self) -> Result<Str<'a>, JsonError> {
        let start = *self;
        self.skip(scan::plain_len(self.rest.as_bytes()));
        while self.peek() == Some(b'\\') {
            self.escape()?;
            self.skip(scan::plain_len(self.rest.as_bytes()));
        }
        let raw = self.since(start);
        self.expect('"')?;
        Ok(Str::new(raw, true))
    }

    fn escape(&mut self) -> Result<(), JsonError> {
        self.expect('\\')?;
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.skip(1),
            Some(b'u') => {
                self.skip(1);
                for _ in 0..4 {
                    match self.peek() {
                        Some(digit) if digit.is_ascii_hexdigit() => self.skip(1),
                        _ => return Err(self.syntax()),
                    }
                }
            }
            _ => return Err(self.syntax()),
        }
        Ok(())
    }

    /// RFC 8259, section 6.
    #[inline(never)]
    pub(super) fn number(&mut self) -> Result<Number<'a>, JsonError> {
        let start = *self;
        self.accept('-');
        let mut digits = 0_usize;
        if self.accept('0') {
            digits = 1;
        } else {
            digits = digits.saturating_add(self.digits()?);
        }
        if self.accept('.') {
            digits = digits.saturating_add(self.digits()?);
        }
        if self.accept('e') || self.accept('E') {
            if !self.accept('+') {
                self.accept('-');
            }
            digits = digits.saturating_add(self.digits()?);
        }
        if digits > MAX_DIGITS {
            return Err(JsonError::NumberTooLong);
        }
        Ok(Number::new(self.since(start)))
    }

    /// One digit at least; how many.
    #[inline]
    fn digits(&mut self) -> Result<usize, JsonError> {
        let count = self.rest.bytes().take_while(|byte| byte.is_ascii_digit()).count();
        self.skip(count);
        if count == 0 { Err(self.syntax()) } else { Ok(count) }
    }

    /// An array or object with all that is in it, without recursion: `open` remembers one bit for each
    /// array (0) or object (1) that is open.
    #[inline(never)]
    fn container(&mut self, outer: usize) -> Result<(), JsonError> {
        let mut open = Open { kinds: 0, depth: 0, outer };
        loop {
            // A value must begin here.
            match self.peek() {
                Some(b'{') => {
                    self.skip(1);
                    open.push(1)?;
                    self.space();
                    if !self.accept('}') {
                        self.name()?;
                        continue;
                    }
                    open.pop();
                }
                Some(b'[') => {
                    self.skip(1);
                    open.push(0)?;
                    self.space();
                    if !self.accept(']') {
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
                if self.accept(',') {
                    self.space();
                    if open.in_object() {
                        self.name()?;
                    }
                    break;
                }
                self.expect(if open.in_object() { '}' } else { ']' })?;
                open.pop();
            }
        }
    }

    /// A member's name and its colon, up to the value.
    #[inline]
    pub(super) fn name(&mut self) -> Result<Str<'a>, JsonError> {
        let name = self.string()?;
        self.colon()?;
        Ok(name)
    }

    #[inline]
    fn colon(&mut self) -> Result<(), JsonError> {
        self.space();
        self.expect(':')?;
        self.space();
        Ok(())
    }

    /// The same with the name's fingerprint, taken while its end is searched.
    #[cfg_attr(target_pointer_width = "64", inline(always))]
    pub(super) fn fingerprinted_name(&mut self) -> Result<(Str<'a>, u64), JsonError> {
        // Where flash is scarce, one way is enough: that of names with escapes.
        let plain = if cfg!(target_pointer_width = "64") { self.plain_name() } else { None };
        let (name, fingerprint) = match plain {
            Some(plain) => plain,
            None => {
                let name = self.string()?;
                (name, name.fingerprint())
            }
        };
        self.colon()?;
        Ok((name, fingerprint))
    }

    /// A name without escapes; `None`, and nothing stepped over, when it may be anything else.
    #[inline]
    fn plain_name(&mut self) -> Option<(Str<'a>, u64)> {
        let inside = self.rest.strip_prefix('"')?;
        let mut fingerprint = Fingerprint::BEGIN;
        let mut rest = inside.as_bytes();
        loop {
            let (chunk, behind) = rest.split_first_chunk::<8>()?;
            let word = u64::from_le_bytes(*chunk);
            let marks = swar::ends_plain_text(word);
            if marks != 0 {
                fingerprint.absorb(swar::before_first_marked(word, marks));
                let len = inside.len().saturating_sub(rest.len()).saturating_add(swar::first_marked(marks));
                let (name, behind) = inside.split_at_checked(len)?;
                self.rest = behind.strip_prefix('"')?;
                return Some((Str::new(name, false), fingerprint.finish(len)));
            }
            fingerprint.absorb(word);
            rest = behind;
        }
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
