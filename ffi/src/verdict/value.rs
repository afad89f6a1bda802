//! A claim's value: JSON, borrowed from the token, read by the same reader as the check.

use crate::{
    memory::{In, Opened, Out, Text, object},
    scratch::Mark,
    sizes::JOTGATE_VALUE_WORDS,
    status::{Misuse, Status},
};
use core::ffi::c_char;
use jotgate_core::json::Value;

/// A claim's value, borrowed from the scratch: stale when the scratch is used again.
#[repr(C)]
pub struct JotgateValue {
    opaque: [u64; JOTGATE_VALUE_WORDS],
}

/// The value, and the use of the scratch that it came of.
pub(crate) struct Borrowed {
    value: Value<'static>,
    mark: Mark,
}

object!(JotgateValue, 11, Borrowed);

/// `null`.
pub const JOTGATE_KIND_NULL: u32 = 1;
/// `true` or `false`.
pub const JOTGATE_KIND_BOOLEAN: u32 = 2;
/// A number.
pub const JOTGATE_KIND_NUMBER: u32 = 3;
/// A string.
pub const JOTGATE_KIND_STRING: u32 = 4;
/// An array.
pub const JOTGATE_KIND_ARRAY: u32 = 5;
/// An object.
pub const JOTGATE_KIND_OBJECT: u32 = 6;

impl Opened<JotgateValue> {
    pub(crate) fn fill_value(self, value: Value<'static>, mark: Mark) {
        self.fill_object(Borrowed { value, mark });
    }
}

impl In<JotgateValue> {
    fn borrowed<'a>(self) -> Result<&'a Borrowed, Misuse> {
        let borrowed = self.value()?;
        borrowed.mark.current()?;
        Ok(borrowed)
    }
}

/// What kind of value it is.
///
/// Parameters: `value`; `kind` is written: one of `JOTGATE_KIND_*`.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_STALE` and other misuse (11xx): correct the program, deny the request.
///
/// Memory: none is kept. Threads: those that may read the value.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_value_kind(value: In<JotgateValue>, kind: Out<u32>) -> Status {
    let kind = kind.open(&[value.span()]);
    Status::of(|| {
        let kind = kind?;
        kind.fill(match value.borrowed()?.value {
            Value::Null => JOTGATE_KIND_NULL,
            Value::Bool(_) => JOTGATE_KIND_BOOLEAN,
            Value::Number(_) => JOTGATE_KIND_NUMBER,
            Value::String(_) => JOTGATE_KIND_STRING,
            Value::Array(_) => JOTGATE_KIND_ARRAY,
            Value::Object(_) => JOTGATE_KIND_OBJECT,
        });
        Ok(())
    })
}

/// The JSON text as it stands in the token: an array or object with its brackets, a number as written, a string
/// without its quotes and with its escapes.
///
/// Parameters: `value`; `text` is written: a view into the scratch, or of a constant.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program, deny the request.
///
/// Memory: the view is good until the scratch is used again. Threads: those that may read the value.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_value_json(value: In<JotgateValue>, text: Out<Text>) -> Status {
    let text = text.open(&[value.span()]);
    Status::of(|| {
        let text = text?;
        text.fill(Text::of(match value.borrowed()?.value {
            Value::Null => "null",
            Value::Bool(true) => "true",
            Value::Bool(false) => "false",
            Value::Number(number) => number.text(),
            Value::String(string) => string.raw(),
            Value::Array(array) => array.text(),
            Value::Object(object) => object.text(),
        }));
        Ok(())
    })
}

/// The string, escapes resolved.
///
/// Parameters: `value`; `buffer` of `buffer_len` bytes, used only for a string with escapes, as many as its JSON text
/// has; `text` is written: a view into the scratch, or into `buffer`.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_OTHER_KIND`: no string, or one with half of a surrogate pair, which no UTF-8 can
/// write; `JOTGATE_BUFFER_TOO_SMALL`: lend more; another misuse (11xx): correct the program, deny the request.
///
/// Memory: the view is good until the scratch is used again, or the buffer. It may hold any character, NUL included.
/// Threads: those that may read the value.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_value_string(
    value: In<JotgateValue>,
    buffer: Out<c_char>,
    buffer_len: usize,
    text: Out<Text>,
) -> Status {
    let buffer_span = buffer.span_of(buffer_len);
    let text = text.open(&[value.span(), buffer_span]);
    let buffer = buffer.open_buffer(buffer_len, &[value.span()]);
    Status::of(|| {
        let (text, buffer) = (text?, buffer?);
        let string = value.borrowed()?.value.as_str().ok_or(Status::OTHER_KIND)?;
        if string.as_plain().is_none() && buffer.len() < string.max_len() {
            return Err(Misuse::BufferTooSmall.into());
        }
        text.fill(Text::of(string.resolve(buffer).map_err(|_| Status::OTHER_KIND)?));
        Ok(())
    })
}

/// The integer that a number is; `1e3` and `1.0` are integers.
///
/// Parameters: `value`; `integer` is written.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_OTHER_KIND`: no number, no integer, or beyond 64 bits; a misuse (11xx): correct the
/// program, deny the request.
///
/// Memory: none is kept. Threads: those that may read the value.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_value_integer(value: In<JotgateValue>, integer: Out<i64>) -> Status {
    let integer = integer.open(&[value.span()]);
    Status::of(|| {
        let integer = integer?;
        let number = value.borrowed()?.value.as_number().and_then(|number| number.as_i64());
        integer.fill(number.ok_or(Status::OTHER_KIND)?);
        Ok(())
    })
}

/// Whether a boolean is `true`.
///
/// Parameters: `value`.
///
/// Returns: `JOTGATE_OK`: it is `true`; `JOTGATE_ABSENT`: it is `false`; `JOTGATE_OTHER_KIND`: no boolean; a misuse
/// (11xx): correct the program, deny the request.
///
/// Memory: none is kept. Threads: those that may read the value.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_value_is_true(value: In<JotgateValue>) -> Status {
    Status::of(|| match value.borrowed()?.value {
        Value::Bool(true) => Ok(()),
        Value::Bool(false) => Err(Status::ABSENT),
        _ => Err(Status::OTHER_KIND),
    })
}

/// The member of this name of an object.
///
/// Parameters: `value`; `name` of `name_len` bytes; `member` is written.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: there is none; `JOTGATE_OTHER_KIND`: no object; `JOTGATE_DUPLICATE_MEMBER`: a
/// name stands twice in the object; `JOTGATE_TOO_MANY_CLAIMS`: it has more than 256 members; a misuse (11xx): correct the
/// program, deny the request.
///
/// Memory: the member borrows from the scratch, as the value. Threads: those that may read the value.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_value_member(
    value: In<JotgateValue>,
    name: In<c_char>,
    name_len: usize,
    member: Out<JotgateValue>,
) -> Status {
    let member = member.open(&[value.span(), name.span_of(name_len)]);
    Status::of(|| {
        let member = member?;
        let borrowed = value.borrowed()?;
        let object = borrowed.value.as_object().ok_or(Status::OTHER_KIND)?;
        let found = object.get(name.text(name_len)?)?.ok_or(Status::ABSENT)?;
        member.fill_value(found, borrowed.mark);
        Ok(())
    })
}

/// The value at a position of an array. Reads the array from its beginning.
///
/// Parameters: `value`; `position`, from 0; `item` is written.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: the array is shorter; `JOTGATE_OTHER_KIND`: no array; a misuse (11xx):
/// correct the program, deny the request.
///
/// Memory: the item borrows from the scratch, as the value. Threads: those that may read the value.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_value_item(
    value: In<JotgateValue>,
    position: usize,
    item: Out<JotgateValue>,
) -> Status {
    let item = item.open(&[value.span()]);
    Status::of(|| {
        let item = item?;
        let borrowed = value.borrowed()?;
        let array = borrowed.value.as_array().ok_or(Status::OTHER_KIND)?;
        item.fill_value(array.items().nth(position).ok_or(Status::ABSENT)?, borrowed.mark);
        Ok(())
    })
}
