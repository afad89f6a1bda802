//! Signatures: our arithmetic answers as other crates do, with words of 64 bits and of 32.
//!
//! An input is `[algorithm | place | bits | text..]`: a key and a message are made of the text, the message is signed by
//! another crate, and the bits at that place of the signature are flipped.

use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_core::crypto::{
    Algorithm, Curve, EDDSA, EDDSA_DALEK, ES256, ES256_RUSTCRYPTO, ES384, ES384_RUSTCRYPTO, PS256, PublicKey,
    RS256, SigningInput, VerifyingKey, Word,
};
use p256::ecdsa::signature::Signer;
use serde_json::Value;
use std::{fmt::Write, sync::OnceLock};

/// Words of the largest key, RSA of 4096 bits.
const WORDS: usize = 4096 / 8 * 2 / size_of::<Word>() + 40;

/// Every answer is that of the crate beside ours, and a signature with a bit flipped is not good.
pub fn signature(data: &[u8]) {
    let _checked: String = signature_answers(data);
}

/// What is to be the same for every width of words: the prepared key, where its layout is, and whether the signature is
/// good.
pub fn signature_answers(data: &[u8]) -> String {
    let [algorithm, place, bits, text @ ..] = data else { return String::new() };
    let (place, bits) = (usize::from(*place), *bits);
    match algorithm % 5 {
        0 => es256(text, place, bits),
        1 => es384(text, place, bits),
        2 => eddsa(text, place, bits),
        3 => rsa(&RS256, "RS256", place, bits),
        _ => rsa(&PS256, "PS256", place, bits),
    }
}

fn es256(text: &[u8], place: usize, bits: u8) -> String {
    let (secret, message) = split::<32>(text);
    let Ok(secret) = p256::ecdsa::SigningKey::from_slice(&secret) else { return String::new() };
    let signature: p256::ecdsa::Signature = secret.sign(message);
    let point = secret.verifying_key().to_sec1_point(false);
    let (x, y) = point.as_bytes()[1..].split_at(32);
    let key = PublicKey::Ec { curve: Curve::P256, x, y };
    alike([&ES256, &ES256_RUSTCRYPTO], &key, message, flipped(&signature.to_bytes(), place, bits), bits == 0)
}

fn es384(text: &[u8], place: usize, bits: u8) -> String {
    let (secret, message) = split::<48>(text);
    let Ok(secret) = p384::ecdsa::SigningKey::from_slice(&secret) else { return String::new() };
    let signature: p384::ecdsa::Signature = secret.sign(message);
    let point = secret.verifying_key().to_sec1_point(false);
    let (x, y) = point.as_bytes()[1..].split_at(48);
    let key = PublicKey::Ec { curve: Curve::P384, x, y };
    alike([&ES384, &ES384_RUSTCRYPTO], &key, message, flipped(&signature.to_bytes(), place, bits), bits == 0)
}

fn eddsa(text: &[u8], place: usize, bits: u8) -> String {
    let (secret, message) = split::<32>(text);
    let secret = ed25519_dalek::SigningKey::from_bytes(&secret);
    let signature = ed25519_dalek::Signer::sign(&secret, message).to_bytes();
    let point = secret.verifying_key().to_bytes();
    let key = PublicKey::Ed25519 { x: &point };
    alike([&EDDSA, &EDDSA_DALEK], &key, message, flipped(&signature, place, bits), bits == 0)
}

/// The token of the firmware: signing takes too long here.
fn rsa(algorithm: &dyn Algorithm, name: &str, place: usize, bits: u8) -> String {
    static KEYS: OnceLock<Value> = OnceLock::new();
    let keys = KEYS
        .get_or_init(|| serde_json::from_str(include_str!("../../firmware/tokens/all_keys.json")).unwrap());
    let key = keys["keys"].as_array().unwrap().iter().find(|key| key["alg"] == name).unwrap();
    let member = |name: &str| Base64UrlUnpadded::decode_vec(key[name].as_str().unwrap()).unwrap();
    let token = match name {
        "RS256" => include_str!("../../firmware/tokens/rs256_good.jwt"),
        _ => include_str!("../../firmware/tokens/ps256_good.jwt"),
    };
    let (message, signature) = token.trim_end().rsplit_once('.').unwrap();
    let signature = flipped(&Base64UrlUnpadded::decode_vec(signature).unwrap(), place, bits);
    let key = PublicKey::Rsa { n: &member("n"), e: &member("e") };
    let is_good = verified(algorithm, &key, message.as_bytes(), &signature);
    assert_eq!(is_good, bits == 0);
    format!("{name} {is_good}")
}

/// By both algorithms: they must agree.
fn alike(
    [own, other]: [&dyn Algorithm; 2],
    key: &PublicKey<'_>,
    message: &[u8],
    signature: Vec<u8>,
    is_signed: bool,
) -> String {
    let [is_good, by_other] = [own, other].map(|algorithm| verified(algorithm, key, message, &signature));
    assert_eq!(is_good, by_other, "{key:x?} {message:x?} {signature:x?}");
    assert_eq!(is_good, is_signed, "{key:x?} {message:x?} {signature:x?}");
    let mut words = [0; WORDS];
    let words = &mut words[..own.words(key).unwrap()];
    own.prepare(key, words).unwrap();
    let mut text = format!("{} {is_good} ", own.name().as_jose());
    // Least significant byte first, words have no width.
    for byte in words.iter().flat_map(|word| word.to_le_bytes()) {
        write!(text, "{byte:02x}").unwrap();
    }
    text
}

fn verified(algorithm: &dyn Algorithm, key: &PublicKey<'_>, message: &[u8], signature: &[u8]) -> bool {
    let mut words = [0; WORDS];
    let key = VerifyingKey::prepare(algorithm, key, &mut &mut words[..]).unwrap();
    key.verify(&SigningInput::new(message), signature).is_ok()
}

/// The first bytes of a text, with noughts where it is too short, and the rest.
fn split<const LEN: usize>(text: &[u8]) -> ([u8; LEN], &[u8]) {
    let (front, rest) = text.split_at(text.len().min(LEN));
    let mut bytes = [0; LEN];
    bytes[..front.len()].copy_from_slice(front);
    (bytes, rest)
}

fn flipped(signature: &[u8], place: usize, bits: u8) -> Vec<u8> {
    let mut signature = signature.to_vec();
    let len = signature.len();
    signature[place % len] ^= bits;
    signature
}
