//! base64url: the core's decoder and `base64ct` take the same texts, and decode them alike.

use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_core::{Denied, Peek, Scratch, limits::MAX_TOKEN_LEN_RAISED};

/// `{"alg":"ES256"}`
const HEADER: &str = "eyJhbGciOiJFUzI1NiJ9";

/// As the payload of a token whose other segments are good.
pub fn base64url(data: &[u8]) {
    let token = [HEADER.as_bytes(), b".", data, b".AAAA"].concat();
    let (mut text, mut names) = (vec![0; Scratch::text_len(token.len())], [0; Scratch::NAMES]);
    let mut scratch = Scratch::new(&mut text, &mut names);
    let ours = Peek::read(&token, &mut scratch).map(|peek| peek.payload_unverified().to_vec());
    let theirs = std::str::from_utf8(data).ok().and_then(|text| Base64UrlUnpadded::decode_vec(text).ok());
    let expected = match theirs {
        _ if token.len() > MAX_TOKEN_LEN_RAISED => Err(Denied::TokenTooLong),
        Some(bytes) => Ok(bytes),
        None => match data.iter().filter(|byte| **byte == b'.').count() {
            0 => Err(Denied::NotBase64url),
            2 if data.iter().all(is_legal) => Err(Denied::EncryptedToken),
            _ => Err(Denied::NotJwt),
        },
    };
    assert_eq!(ours, expected);
}

/// In a token: base64url, and the dots.
fn is_legal(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.".contains(byte)
}
