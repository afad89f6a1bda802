//! Digests that claims hold as base64url text.

use super::{base64url, json::Str};

/// Characters of SHA-256 in base64url.
const SHA256_TEXT_LEN: usize = 43;

/// The 32 bytes that canonical base64url of 43 characters stands for. An escape in it, lawful as JSON, is
/// refused: no one writes digests so.
pub(crate) fn sha256_of_text(text: Str<'_>) -> Option<[u8; 32]> {
    let text = text.as_plain().filter(|text| text.len() == SHA256_TEXT_LEN)?;
    let mut bytes = [0; 32];
    base64url::decode(text.as_bytes(), &mut bytes)?;
    Some(bytes)
}
