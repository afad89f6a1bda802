//! ES256 with tables as callers see it: memory to the line, and the same answers with and without.
#![allow(missing_docs, clippy::arithmetic_side_effects, clippy::unwrap_used)]

mod common;

use common::{MESSAGE, verify};
use ecdsa::elliptic_curve::point::AffineCoordinates;
use jotgate_crypto::{
    Algorithm, AlgorithmName, Backend, BadSignature, CacheLine, CombShape, Curve, ES256, ES256_RUSTCRYPTO,
    Es256, Es256Tabled, GeneratorTable, PublicKey, SigningInput, VerifyingKey,
};
use p256::ecdsa::signature::hazmat::PrehashSigner;
use p256::ecdsa::{Signature, SigningKey};

const SHAPES: [(CombShape, usize); 6] = [
    (CombShape::Kib1, 1),
    (CombShape::Kib4, 4),
    (CombShape::Kib16, 16),
    (CombShape::Kib64, 64),
    (CombShape::Kib256, 256),
    (CombShape::Kib512, 512),
];

fn lines(count: usize) -> &'static mut [CacheLine] {
    Box::leak(vec![CacheLine::EMPTY; count].into_boxed_slice())
}

fn generator(shape: CombShape) -> GeneratorTable<'static> {
    GeneratorTable::build(&mut lines(shape.lines()), shape).unwrap()
}

/// A key with its signature over the message.
struct Signed {
    x: Vec<u8>,
    y: Vec<u8>,
    signature: Vec<u8>,
}

impl Signed {
    fn new() -> Self {
        let key = SigningKey::from_slice(&[7; 32]).unwrap();
        let signature: Signature = key.sign_prehash(SigningInput::new(MESSAGE).sha256()).unwrap();
        let point = key.verifying_key().as_affine();
        Self { x: point.x().to_vec(), y: point.y().to_vec(), signature: signature.to_bytes().to_vec() }
    }

    fn prepare(&self, algorithm: &'static dyn Algorithm) -> VerifyingKey<'static> {
        let key = PublicKey::Ec { curve: Curve::P256, x: &self.x, y: &self.y };
        let mut words = Box::leak(vec![0; 16].into_boxed_slice());
        VerifyingKey::prepare(algorithm, &key, &mut words).unwrap()
    }
}

fn tabled(
    generator: GeneratorTable<'static>,
    shape: CombShape,
    backend: Backend,
) -> &'static Es256Tabled<'static> {
    Box::leak(Box::new(Es256Tabled::new(generator, shape).with_backend(backend)))
}

#[test]
fn shapes_are_called_by_their_size() {
    assert_eq!(SHAPES.map(|(shape, _)| shape), CombShape::ALL);
    for (shape, kib) in SHAPES {
        assert_eq!(shape.lines() * size_of::<CacheLine>(), kib * 1024, "{shape:?}");
    }
}

#[test]
fn generators_take_their_lines_to_the_line() {
    for (shape, _) in SHAPES {
        let mut short = lines(shape.lines() - 1);
        assert!(GeneratorTable::build(&mut short, shape).is_none());
        assert_eq!(short.len(), shape.lines() - 1, "what does not fit takes nothing");
        let mut memory = lines(shape.lines() + 3);
        assert_eq!(GeneratorTable::build(&mut memory, shape).unwrap().shape(), shape);
        assert_eq!(memory.len(), 3, "{shape:?}");
    }
    assert_eq!(GeneratorTable::LINKED.shape(), CombShape::Kib4);
}

#[test]
fn every_shape_and_backend() {
    let signed = Signed::new();
    let other = SigningInput::new(b"other");
    let check = |key: &VerifyingKey<'_>, what: &str| {
        assert_eq!(key.algorithm(), AlgorithmName::Es256);
        assert_eq!(key.signature_len(), 64);
        assert_eq!(verify(key, &signed.signature), Ok(()), "{what}");
        assert_eq!(key.verify(&other, &signed.signature), Err(BadSignature), "{what}");
        let mut changed = signed.signature.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!(verify(key, &changed), Err(BadSignature), "{what}");
    };
    check(&signed.prepare(&ES256), "ES256");
    check(&signed.prepare(&ES256_RUSTCRYPTO), "ES256_RUSTCRYPTO");
    // A backend that the processor lacks is the portable one.
    for backend in [Backend::Portable, Backend::Bmi2, Backend::Ifma] {
        check(&signed.prepare(Box::leak(Box::new(Es256::with_backend(backend)))), backend.name());
        let generators = [GeneratorTable::LINKED].into_iter().chain(CombShape::ALL.map(generator));
        for generator in generators {
            for shape in CombShape::ALL {
                let what = format!("{:?} {shape:?} {}", generator.shape(), backend.name());
                let mut key = signed.prepare(tabled(generator, shape, backend));
                check(&key, &format!("{what}, no table"));
                assert!(key.add_table(&mut lines(shape.lines())));
                check(&key, &what);
            }
        }
    }
}

#[test]
fn keys_take_their_lines_to_the_line() {
    let signed = Signed::new();
    for (shape, _) in SHAPES {
        let algorithm = tabled(GeneratorTable::LINKED, shape, Backend::Portable);
        assert_eq!(algorithm.table_lines(), shape.lines());
        let mut key = signed.prepare(algorithm);
        let mut short = lines(shape.lines() - 1);
        assert!(!key.add_table(&mut short));
        assert_eq!(short.len(), shape.lines() - 1, "{shape:?}");
        let mut memory = lines(2 * shape.lines());
        assert!(key.add_table(&mut memory));
        assert_eq!(memory.len(), shape.lines(), "{shape:?}");
        assert!(key.add_table(&mut memory), "it has one");
        assert_eq!(memory.len(), shape.lines(), "a second table is not built");
    }
    let mut memory = lines(1);
    assert!(!signed.prepare(&ES256).add_table(&mut memory));
    assert_eq!(memory.len(), 1, "ES256 uses no table");
}
