//! From JSON's strings and errors to texts and reasons.

use crate::{
    Denied,
    ground::scratch::Text,
    wire::json::{JsonError, Str},
};

/// The string with escapes resolved, as long-lived as the scratch. Refuses NUL, which would end the string
/// early for a host that is written in C, and lone surrogates.
#[inline]
pub(crate) fn text<'s>(string: Str<'s>, scratch: &mut Text<'s>) -> Result<&'s str, Denied> {
    match string.as_plain() {
        // NUL can only be written as an escape.
        Some(plain) => Ok(plain),
        None => resolved(string, scratch),
    }
}

#[cold]
fn resolved<'s>(string: Str<'s>, scratch: &mut Text<'s>) -> Result<&'s str, Denied> {
    let buffer = scratch.take(string.max_len())?;
    let text = string.resolve(buffer).map_err(|error| denied(error, Denied::TooManyClaims))?;
    if text.bytes().any(|byte| byte == 0) { Err(Denied::NulCharacter) } else { Ok(text) }
}

/// The reason for a text that is not the JSON that was asked for; `too_many` names the limit on members.
pub(crate) fn denied(error: JsonError, too_many: Denied) -> Denied {
    match error {
        JsonError::NotUtf8 => Denied::NotUtf8,
        JsonError::Syntax(_) => Denied::NotJson,
        JsonError::NotObject => Denied::NotObject,
        JsonError::TooDeep => Denied::NestedTooDeep,
        JsonError::NumberTooLong => Denied::NumberTooLong,
        JsonError::DuplicateMember => Denied::DuplicateMember,
        JsonError::TooManyMembers => too_many,
        JsonError::LoneSurrogate => Denied::LoneSurrogate,
    }
}
