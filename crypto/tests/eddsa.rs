//! EdDSA: RFC 8032's own signatures, and what strict verification must refuse.
#![allow(missing_docs, clippy::arithmetic_side_effects, clippy::unwrap_used)]

mod common;

use common::{MESSAGE, fault, prepare, verify};
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier};
use jotgate_crypto::{BadSignature, EDDSA, KeyFault, PublicKey, SigningInput, VerifyingKey};
use num_bigint::BigUint;
use sha2::{Digest, Sha512};

const SECRET: [u8; 32] = [0x42; 32];

/// The order of the base point (RFC 8032, section 5.1).
fn order() -> BigUint {
    (BigUint::from(1_u8) << 252) + 27_742_317_777_372_353_535_851_937_790_883_648_493_u128
}

fn scalar(number: &BigUint) -> [u8; 32] {
    let mut bytes = number.to_bytes_le();
    bytes.resize(32, 0);
    bytes.try_into().unwrap()
}

fn hex<const N: usize>(text: &str) -> [u8; N] {
    let number = BigUint::parse_bytes(text.as_bytes(), 16).unwrap();
    common::bytes(&number, N).try_into().unwrap()
}

fn key(point: &[u8]) -> VerifyingKey<'static> {
    prepare(&EDDSA, &PublicKey::Ed25519 { x: point }).unwrap()
}

fn key_fault(point: &[u8]) -> Option<KeyFault> {
    fault(&EDDSA, &PublicKey::Ed25519 { x: point })
}

/// The signature with this R and s = k * a + r, which satisfies the equation if R = r * B plus small order.
fn with_r(encoded_r: [u8; 32], r: &BigUint) -> [u8; 64] {
    let secret = SigningKey::from_bytes(&SECRET);
    let mut a: [u8; 32] = *Sha512::digest(SECRET).first_chunk().unwrap();
    a[0] &= 0xf8;
    a[31] &= 0x7f;
    a[31] |= 0x40;
    let k = Sha512::new()
        .chain_update(encoded_r)
        .chain_update(secret.verifying_key().as_bytes())
        .chain_update(MESSAGE)
        .finalize();
    let s = (BigUint::from_bytes_le(&k) * BigUint::from_bytes_le(&a) + r) % order();
    [encoded_r, scalar(&s)].concat().try_into().unwrap()
}

/// RFC 8032, section 7.1, tests 1 and 2.
#[test]
fn signatures_of_rfc_8032() {
    let vectors: [(&str, &[u8], &str); 2] = [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            b"",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155\
             5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            &[0x72],
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
             085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
    ];
    for (point, message, signature) in vectors {
        let key = key(&hex::<32>(point));
        assert_eq!(key.verify(&SigningInput::new(message), &hex::<64>(signature)), Ok(()));
        assert_eq!(key.verify(&SigningInput::new(b"other"), &hex::<64>(signature)), Err(BadSignature));
    }
}

#[test]
fn good_and_changed_signatures() {
    let secret = SigningKey::from_bytes(&SECRET);
    let key = key(secret.verifying_key().as_bytes());
    let signature = secret.sign(MESSAGE).to_bytes();
    assert_eq!(key.signature_len(), 64);
    assert_eq!(verify(&key, &signature), Ok(()));
    for byte in 0..64 {
        let mut flipped = signature;
        *flipped.get_mut(byte).unwrap() ^= 1 << (byte % 8);
        assert_eq!(verify(&key, &flipped), Err(BadSignature), "byte {byte}");
    }
    let other = SigningKey::from_bytes(&[7; 32]);
    assert_eq!(verify(&key, &other.sign(MESSAGE).to_bytes()), Err(BadSignature));
    for wrong in [
        vec![],
        signature.split_at(32).0.to_vec(),
        signature.split_at(63).0.to_vec(),
        signature.split_at(1).1.to_vec(),
        [&signature[..], &[0]].concat(),
        [&[0], &signature[..]].concat(),
        [&signature[..], &signature[..]].concat(),
        vec![0; 64],
        vec![0xff; 64],
    ] {
        assert_eq!(verify(&key, &wrong), Err(BadSignature), "{} bytes", wrong.len());
    }
}

#[test]
fn s_is_below_the_order() {
    let secret = SigningKey::from_bytes(&SECRET);
    let key = key(secret.verifying_key().as_bytes());
    let signature = secret.sign(MESSAGE).to_bytes();
    let (r, s) = signature.split_at(32);
    let s = BigUint::from_bytes_le(s);
    let mut multiple = order();
    // s + L, s + 2L, ... as long as 32 bytes hold it: all satisfy the equation.
    while (&s + &multiple).bits() <= 256 {
        let malleated = [r, &scalar(&(&s + &multiple))].concat();
        assert_eq!(verify(&key, &malleated), Err(BadSignature), "s + {multiple:x}");
        multiple += order();
    }
    for s in [BigUint::ZERO, order() - 1_u8, order(), order() + 1_u8] {
        assert_eq!(verify(&key, &[r, &scalar(&s)].concat()), Err(BadSignature), "s = {s:x}");
    }
}

/// Points of order 1, 2, 4 and 8, encoded canonically.
fn small_order() -> [[u8; 32]; 8] {
    let one = hex("0100000000000000000000000000000000000000000000000000000000000000");
    let minus_one = hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    let eighth = hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
    let other_eighth = hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a");
    [one, minus_one, [0; 32], signed([0; 32]), eighth, signed(eighth), other_eighth, signed(other_eighth)]
}

/// The encoding with the sign of x set.
fn signed(mut point: [u8; 32]) -> [u8; 32] {
    point[31] |= 0x80;
    point
}

/// Encodings with y >= p, and x = 0 with a sign: dalek decompresses those that are points.
fn not_canonical() -> Vec<[u8; 32]> {
    let [one, minus_one, ..] = small_order();
    let beyond = (0_u8..19).map(|y| {
        let mut encoded = [0xff; 32];
        encoded[0] = 0xed + y;
        encoded[31] = 0x7f;
        encoded
    });
    let mut encodings: Vec<_> = beyond.flat_map(|point| [point, signed(point)]).collect();
    encodings.extend([signed(one), signed(minus_one)]);
    encodings.retain(|point| ed25519_dalek::VerifyingKey::from_bytes(point).is_ok());
    encodings
}

#[test]
fn keys_that_are_no_keys() {
    for point in small_order() {
        assert_eq!(key_fault(&point), Some(KeyFault::SmallOrderPoint), "{point:x?}");
    }
    let not_canonical = not_canonical();
    assert!(not_canonical.len() > 10, "most of these encodings are points");
    for point in not_canonical {
        assert_eq!(key_fault(&point), Some(KeyFault::NonCanonicalPoint), "{point:x?}");
    }
    let mut two = [0; 32];
    two[0] = 2;
    assert_eq!(key_fault(&two), Some(KeyFault::NotOnCurve));

    let good = SigningKey::from_bytes(&SECRET).verifying_key().to_bytes();
    assert_eq!(key_fault(&good), None);
    for wrong in [&[][..], good.split_at(31).0, &[&good[..], &[0]].concat(), &[&good[..], &good[..]].concat()]
    {
        assert_eq!(key_fault(wrong), Some(KeyFault::WrongLength), "{} bytes", wrong.len());
    }
}

#[test]
fn r_of_small_order() {
    let secret = SigningKey::from_bytes(&SECRET);
    let key = key(secret.verifying_key().as_bytes());
    // R = 0 * B satisfies the equation, so that a verifier that is not strict accepts it.
    let [identity, ..] = small_order();
    let forged = with_r(identity, &BigUint::ZERO);
    assert!(secret.verifying_key().verify(MESSAGE, &Signature::from_bytes(&forged)).is_ok());
    for r in small_order().into_iter().chain(not_canonical()) {
        assert_eq!(verify(&key, &with_r(r, &BigUint::ZERO)), Err(BadSignature), "{r:x?}");
    }
    // The same construction with R = B is a signature: it is R's order that is refused.
    let base = hex("5866666666666666666666666666666666666666666666666666666666666666");
    assert_eq!(verify(&key, &with_r(base, &1_u8.into())), Ok(()));
}
