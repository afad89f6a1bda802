//! Status list tokens: the payload is the input, signed as the issuer would sign it.

use crate::world::{ISSUER, SECONDS, ring, sign, signing_input};
use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_core::{
    Scratch, Section, StatusList, StatusListError, StatusListSource, UnixSeconds, limits::MAX_CLAIMS,
};
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use serde_json::Value;

const URI: &str = "https://issuer.example/lists/1";
const LEEWAY: i64 = 60;
const HEADER: &str = r#"{"alg":"ES256","kid":"k1","typ":"statuslist+jwt"}"#;

/// Bytes lent.
const ROOM: usize = 1 << 16;

/// A payload: what is taken says what serde_json and miniz_oxide read in it, status for status, within exactly the memory
/// that it needs; the same bytes with another signature are refused.
pub fn status_list(data: &[u8]) {
    let token = sign(HEADER, data);
    let mut memory = vec![0; ROOM];
    match load(token.as_bytes(), &mut memory) {
        Ok(list) => {
            let Some(bytes) = says_what_is_written(data, &list) else { return };
            let need = bytes.len() + ISSUER.len() + URI.len();
            let mut exact = vec![0; need];
            let again = load(token.as_bytes(), &mut exact).unwrap();
            assert!((0..=list.len()).all(|index| again.status(index) == list.status(index)));
            assert_eq!(
                load(token.as_bytes(), &mut exact[..need - 1]).err(),
                Some(StatusListError::OutOfMemory)
            );
            let forged = [signing_input(token.as_bytes()), b".", "A".repeat(86).as_bytes()].concat();
            assert!(matches!(load(&forged, &mut memory), Err(StatusListError::Token(_))));
        }
        Err(StatusListError::Token(_)) => assert!(data.is_empty(), "it was signed well"),
        Err(
            StatusListError::ScratchTooSmall | StatusListError::NoKeysForIssuer | StatusListError::WrongType,
        ) => {
            panic!("no reason of a payload")
        }
        Err(_) => {}
    }
}

fn load<'m>(token: &[u8], mut memory: &'m mut [u8]) -> Result<StatusList<'m>, StatusListError> {
    let (mut text, mut names) = (vec![0; Scratch::text_len(token.len())], [0; MAX_CLAIMS]);
    let mut scratch = Scratch::new(&mut text, &mut names);
    let leeway = u32::try_from(LEEWAY).unwrap();
    let source = StatusListSource {
        section: Section::of_issuer(ISSUER),
        uri: URI,
        received_at: UnixSeconds(SECONDS),
        leeway,
    };
    StatusList::load(token, &source, ring(), &mut scratch, &mut memory)
}

/// The bytes that miniz_oxide inflates; `None` for what serde_json cannot read, in claims that nobody reads: lone
/// surrogates, and numbers that no float can be.
fn says_what_is_written(data: &[u8], list: &StatusList<'_>) -> Option<Vec<u8>> {
    assert_eq!((list.issuer(), list.uri()), (ISSUER, URI));
    assert!(list.issued_at().0 <= SECONDS + LEEWAY);
    let payload: Value = serde_json::from_slice(data).ok()?;
    assert_eq!(payload["sub"], URI);
    assert!(payload.get("iss").is_none_or(|iss| iss == ISSUER));
    let until = |most: f64| assert!(list.good_until().is_some_and(|until| until.0 as f64 <= most));
    if let Some(exp) = payload.get("exp") {
        until(exp.as_f64().unwrap());
    }
    if let Some(ttl) = payload.get("ttl") {
        until(SECONDS as f64 + ttl.as_f64().unwrap());
    }
    let bits = payload["status_list"]["bits"].as_f64().unwrap() as usize;
    assert!([1, 2, 4, 8].contains(&bits));
    let compressed = Base64UrlUnpadded::decode_vec(payload["status_list"]["lst"].as_str().unwrap()).unwrap();
    let bytes = decompress_to_vec_zlib_with_limit(&compressed, ROOM).unwrap();
    let in_byte = 8 / bits;
    assert_eq!(list.len(), (bytes.len() * in_byte) as u64);
    for index in 0..bytes.len() * in_byte {
        let status = bytes[index / in_byte] >> (index % in_byte * bits) & (0xff >> (8 - bits));
        assert_eq!(list.status(index as u64), Some(status));
    }
    assert_eq!((list.status(list.len()), list.status(u64::MAX)), (None, None));
    Some(bytes)
}
