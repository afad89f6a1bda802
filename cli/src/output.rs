//! Text from tokens, safe to print.

use jotgate_core::json::Str;

/// The characters of a string, escapes resolved; half a surrogate pair becomes the replacement character.
pub(crate) fn resolved(string: Str<'_>) -> String {
    string.chars().map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// For a terminal: control characters and the like are escaped, so that a token cannot write to it.
pub(crate) fn shown(text: &str) -> String {
    text.escape_debug().to_string()
}

/// Octets as hexadecimal digits.
pub(crate) fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
