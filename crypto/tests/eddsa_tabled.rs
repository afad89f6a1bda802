//! Ed25519 with tables, through the interface that programs use.
#![allow(missing_docs, clippy::arithmetic_side_effects, clippy::unwrap_used)]

mod common;

use common::MESSAGE;
use ed25519_dalek::{Signer, SigningKey};
use jotgate_crypto::{
    Algorithm, Backend, BadSignature, CacheLine, EDDSA, EDDSA_DALEK, EdDsa, EdDsaGeneratorTable, EdDsaShape,
    EdDsaTabled, PublicKey, SigningInput, VerifyingKey,
};

fn lines(count: usize) -> &'static mut [CacheLine] {
    Box::leak(vec![CacheLine::EMPTY; count].into_boxed_slice())
}

fn base(shape: EdDsaShape) -> EdDsaGeneratorTable<'static> {
    EdDsaGeneratorTable::build(&mut lines(shape.lines()), shape).unwrap()
}

fn backends() -> Vec<Backend> {
    Backend::available().collect()
}

fn secrets() -> impl Iterator<Item = SigningKey> {
    (0..4).map(|seed| SigningKey::from_bytes(&[seed; 32]))
}

fn assert_verifies(key: &VerifyingKey<'_>, secret: &SigningKey) {
    for message in [MESSAGE, b"", &[0xff; 1000]] {
        let input = SigningInput::new(message);
        let mut signature = secret.sign(message).to_bytes();
        assert_eq!(key.verify(&input, &signature), Ok(()));
        assert_eq!(key.verify(&SigningInput::new(b"other"), &signature), Err(BadSignature));
        for byte in [0, 31, 32, 63] {
            let mut flipped = signature;
            *flipped.get_mut(byte).unwrap() ^= 0x80;
            assert_eq!(key.verify(&input, &flipped), Err(BadSignature), "byte {byte}");
        }
        signature.reverse();
        assert_eq!(key.verify(&input, &signature), Err(BadSignature));
    }
}

fn assert_with_and_without_table(algorithm: &'static dyn Algorithm) {
    for secret in secrets() {
        let mut words = &mut [0; 16][..];
        let public = secret.verifying_key().to_bytes();
        let mut key =
            VerifyingKey::prepare(algorithm, &PublicKey::Ed25519 { x: &public }, &mut words).unwrap();
        assert_verifies(&key, &secret);
        assert_eq!(key.add_table(&mut lines(algorithm.table_lines())), algorithm.table_lines() > 0);
        assert_verifies(&key, &secret);
    }
}

#[test]
fn every_pair_of_shapes() {
    for of_base in EdDsaShape::ALL {
        let base = base(of_base);
        assert_eq!(base.shape(), of_base);
        for shape in EdDsaShape::ALL {
            for backend in backends() {
                let algorithm = EdDsaTabled::new(base, shape).with_backend(backend);
                assert_with_and_without_table(Box::leak(Box::new(algorithm)));
            }
        }
    }
}

#[test]
fn without_tables() {
    for backend in backends() {
        assert_with_and_without_table(Box::leak(Box::new(EdDsa::with_backend(backend))));
    }
    assert_with_and_without_table(&EDDSA);
    assert_with_and_without_table(&EDDSA_DALEK);
}

#[test]
fn sizes_of_tables() {
    let bytes = EdDsaShape::ALL.map(|shape| shape.lines() * size_of::<CacheLine>());
    assert_eq!(bytes, [768, 3840, 15 << 10, 60 << 10, 96 << 10, 384 << 10, 768 << 10]);
}

/// Tables come from the front of the lent memory; where it is too short nothing is taken, and keys still verify.
#[test]
fn memory_is_lent() {
    let shape = EdDsaShape::Bytes3840;
    let mut memory = &mut lines(3 * shape.lines() - 1)[..];
    let base = EdDsaGeneratorTable::build(&mut memory, shape).unwrap();
    let algorithm: &EdDsaTabled<'static> = Box::leak(Box::new(EdDsaTabled::new(base, shape)));
    let mut words = &mut Box::leak(Box::new([0; 64]))[..];
    let keys = secrets().take(2).zip([true, false]).map(|(secret, has_table)| {
        let public = secret.verifying_key().to_bytes();
        let mut key =
            VerifyingKey::prepare(algorithm, &PublicKey::Ed25519 { x: &public }, &mut words).unwrap();
        assert_eq!(key.add_table(&mut memory), has_table);
        (secret, key)
    });
    for (secret, key) in keys.collect::<Vec<_>>() {
        assert_verifies(&key, &secret);
    }
    assert_eq!(memory.len(), shape.lines() - 1);
    assert!(EdDsaGeneratorTable::build(&mut memory, shape).is_none());
    assert_eq!(memory.len(), shape.lines() - 1);
}
