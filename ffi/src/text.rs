//! Statuses in words, and texts of strangers that can stand in a log.

use crate::{
    memory::{In, Out, Text},
    status::{Misuse, Status},
};
use core::ffi::c_char;

/// The name of a status in snake case, and its sentence for a person: ASCII, without anything of the request.
///
/// Parameters: `status`; `name` and `sentence` are written: constants.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE`: no status has this number; another misuse (11xx): correct the
/// program.
///
/// Memory: none is kept. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_status_describe(status: Status, name: Out<Text>, sentence: Out<Text>) -> Status {
    let name_span = name.span();
    let name = name.open(&[]);
    let sentence = sentence.open(&[name_span]);
    Status::of(|| {
        let (name, sentence) = (name?, sentence?);
        let described = status.described().ok_or(Misuse::UnknownValue)?;
        name.fill(Text::of(described.0));
        sentence.fill(Text::of(described.1));
        Ok(())
    })
}

/// Writes a text so that it can stand in a log between quotes: printable ASCII as it is, everything else, quotes and
/// backslashes as `\xNN`. What came in a token may hold line ends, escape sequences of terminals, and `%s`.
///
/// Parameters: `text` of `text_len` bytes, any bytes; `buffer` of `buffer_len` bytes: four for each of the text suffice;
/// `escaped` is written: a view into `buffer`.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_BUFFER_TOO_SMALL`: lend more; another misuse (11xx): correct the program.
///
/// Memory: the view is good as long as `buffer`. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_text_escape(
    text: In<c_char>,
    text_len: usize,
    buffer: Out<c_char>,
    buffer_len: usize,
    escaped: Out<Text>,
) -> Status {
    let (text_span, buffer_span) = (text.span_of(text_len), buffer.span_of(buffer_len));
    let escaped = escaped.open(&[text_span, buffer_span]);
    let buffer = buffer.open_buffer(buffer_len, &[text_span]);
    Status::of(|| {
        let (escaped, buffer) = (escaped?, buffer?);
        let mut len = 0_usize;
        for byte in text.bytes(text_len)? {
            let (hex, one) = (escape(*byte), [*byte]);
            let written: &[u8] = if matches!(byte, 0x20..=0x7e) && !matches!(byte, b'"' | b'\'' | b'\\') {
                &one
            } else {
                &hex
            };
            let place = buffer.get_mut(len..).and_then(|rest| rest.get_mut(..written.len()));
            place.ok_or(Misuse::BufferTooSmall)?.copy_from_slice(written);
            len = len.saturating_add(written.len());
        }
        escaped.fill(Text::of_bytes(buffer.get(..len).ok_or(Misuse::BufferTooSmall)?));
        Ok(())
    })
}

fn escape(byte: u8) -> [u8; 4] {
    let digit = |value: u8| {
        if value < 10 { b'0'.wrapping_add(value) } else { b'a'.wrapping_add(value).wrapping_sub(10) }
    };
    [b'\\', b'x', digit(byte >> 4), digit(byte & 15)]
}
