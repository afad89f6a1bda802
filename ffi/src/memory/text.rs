//! Strings with their length. No string of the ABI ends with a NUL.

use super::{In, Span};
use crate::status::Misuse;
use core::ffi::c_char;

/// A string: bytes with their number. It does not end with a NUL; what came in a token may hold any character but NUL.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Text {
    /// The first byte. May be NULL when there are none.
    pub data: *const c_char,
    /// Bytes.
    pub len: usize,
}

impl Text {
    /// A view of `text`.
    pub(crate) fn of(text: &str) -> Self {
        Self::of_bytes(text.as_bytes())
    }

    /// A view of `bytes`, which need not be text.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        Self { data: bytes.as_ptr().cast(), len: bytes.len() }
    }

    /// The view of nothing.
    pub(crate) const NONE: Self = Self { data: core::ptr::null(), len: 0 };

    pub(crate) fn bytes<'a>(self) -> Result<&'a [u8], Misuse> {
        In(self.data).bytes(self.len)
    }

    pub(crate) fn text<'a>(self) -> Result<&'a str, Misuse> {
        In(self.data).text(self.len)
    }
}

/// A text that was read once and found to be UTF-8. Its bytes stay the caller's, who promised not to change them.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct CheckedText(Text);

impl CheckedText {
    /// Checks one text.
    pub(crate) fn of(data: In<c_char>, len: usize) -> Result<Self, Misuse> {
        data.text(len)?;
        Ok(Self(Text { data: data.0, len }))
    }

    /// Checks `count` texts, and that none shares memory with `output`.
    pub(crate) fn list<'a>(list: In<Text>, count: usize, output: Span) -> Result<&'a [Self], Misuse> {
        let texts = list.list(count)?;
        output.apart_from(&[Span::of_slice(texts)])?;
        for text in texts {
            Self::of_text(*text, output)?;
        }
        // SAFETY: `CheckedText` is a transparent `Text`, and each of them was just checked.
        Ok(unsafe { core::slice::from_raw_parts(texts.as_ptr().cast(), texts.len()) })
    }

    /// Checks one text of a structure, and that it shares no memory with `output`.
    pub(super) fn of_text(text: Text, output: Span) -> Result<Self, Misuse> {
        // First of all: where they overlap, the text may have been written over already.
        output.apart_from(&[In(text.data).span_of(text.len)])?;
        text.text()?;
        Ok(Self(text))
    }

    pub(crate) fn as_str<'a>(self) -> &'a str {
        if self.0.len == 0 {
            return "";
        }
        // SAFETY: checked when it was made; that the bytes are still there and the same is the caller's promise.
        unsafe { core::str::from_utf8_unchecked(core::slice::from_raw_parts(self.0.data.cast(), self.0.len)) }
    }
}

impl AsRef<str> for CheckedText {
    #[inline]
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}
