//! ES256 and ES384 with tables as callers see them: memory to the line, and the same answers with and without.
#![allow(missing_docs, clippy::arithmetic_side_effects, clippy::unwrap_used)]

mod common;

use common::{MESSAGE, verify};
use jotgate_crypto::{
    Algorithm, AlgorithmName, Backend, BadSignature, CacheLine, Curve, ES256, ES256_RUSTCRYPTO, ES384,
    ES384_RUSTCRYPTO, Es256, Es256GeneratorTable, Es256Shape, Es256Tabled, Es384, Es384GeneratorTable,
    Es384Shape, Es384Tabled, PublicKey, SigningInput, VerifyingKey,
};
use p256::ecdsa::signature::Signer;

fn lines(count: usize) -> &'static mut [CacheLine] {
    Box::leak(vec![CacheLine::EMPTY; count].into_boxed_slice())
}

fn leak(algorithm: impl Algorithm + 'static) -> &'static dyn Algorithm {
    Box::leak(Box::new(algorithm))
}

/// A key with its signature over the message, and the values that verify it.
struct Case {
    name: AlgorithmName,
    curve: Curve,
    /// Bytes of a coordinate.
    len: usize,
    x: Vec<u8>,
    y: Vec<u8>,
    signature: Vec<u8>,
    /// Without tables: ours, and that of another crate.
    plain: [&'static dyn Algorithm; 2],
    with_backend: fn(Backend) -> &'static dyn Algorithm,
    /// Bytes of a table of each shape, and its lines.
    shapes: Vec<(usize, usize)>,
    /// With a table of the generator and tables of keys, by the places of their shapes.
    tabled: fn(usize, usize, Backend) -> &'static dyn Algorithm,
    /// Builds a table of the generator, by the place of its shape; whether there was one.
    build_generator: fn(&mut &'static mut [CacheLine], usize) -> bool,
}

impl Case {
    fn all() -> [Self; 2] {
        [Self::es256(), Self::es384()]
    }

    fn es256() -> Self {
        let key = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
        let signature: p256::ecdsa::Signature = key.sign(MESSAGE);
        let (x, y) = halves(key.verifying_key().to_sec1_point(false).as_bytes());
        Self {
            name: AlgorithmName::Es256,
            curve: Curve::P256,
            len: 32,
            x,
            y,
            signature: signature.to_bytes().to_vec(),
            plain: [&ES256, &ES256_RUSTCRYPTO],
            with_backend: |backend| leak(Es256::with_backend(backend)),
            shapes: [1, 4, 16, 64, 256, 512]
                .map(|kib| kib << 10)
                .into_iter()
                .zip(Es256Shape::ALL.map(Es256Shape::lines))
                .collect(),
            tabled: |generator, shape, backend| {
                let generator =
                    Es256Shape::ALL.get(generator).map_or(Es256GeneratorTable::CONST_TABLE, |shape| {
                        Es256GeneratorTable::build(&mut lines(shape.lines()), *shape).unwrap()
                    });
                leak(Es256Tabled::new(generator, *Es256Shape::ALL.get(shape).unwrap()).with_backend(backend))
            },
            build_generator: |memory, shape| {
                let shape = *Es256Shape::ALL.get(shape).unwrap();
                Es256GeneratorTable::build(memory, shape).is_some_and(|table| table.shape() == shape)
            },
        }
    }

    fn es384() -> Self {
        let key = p384::ecdsa::SigningKey::from_slice(&[7; 48]).unwrap();
        let signature: p384::ecdsa::Signature = key.sign(MESSAGE);
        let (x, y) = halves(key.verifying_key().to_sec1_point(false).as_bytes());
        let bytes = [1536, 7680, 30 << 10, 96 << 10, 96 << 10, 288 << 10, 768 << 10];
        Self {
            name: AlgorithmName::Es384,
            curve: Curve::P384,
            len: 48,
            x,
            y,
            signature: signature.to_bytes().to_vec(),
            plain: [&ES384, &ES384_RUSTCRYPTO],
            with_backend: |backend| leak(Es384::with_backend(backend)),
            shapes: bytes.into_iter().zip(Es384Shape::ALL.map(Es384Shape::lines)).collect(),
            tabled: |generator, shape, backend| {
                let generator = *Es384Shape::ALL.get(generator).unwrap();
                let generator = Es384GeneratorTable::build(&mut lines(generator.lines()), generator).unwrap();
                leak(Es384Tabled::new(generator, *Es384Shape::ALL.get(shape).unwrap()).with_backend(backend))
            },
            build_generator: |memory, shape| {
                let shape = *Es384Shape::ALL.get(shape).unwrap();
                Es384GeneratorTable::build(memory, shape).is_some_and(|table| table.shape() == shape)
            },
        }
    }

    fn prepare(&self, algorithm: &'static dyn Algorithm) -> VerifyingKey<'static> {
        let key = PublicKey::Ec { curve: self.curve, x: &self.x, y: &self.y };
        let need = algorithm.words(&key).unwrap();
        assert_eq!(need * size_of::<jotgate_crypto::Word>(), 2 * self.len);
        let mut words = Box::leak(vec![0; need].into_boxed_slice());
        VerifyingKey::prepare(algorithm, &key, &mut words).unwrap()
    }

    fn check(&self, key: &VerifyingKey<'_>, what: &str) {
        assert_eq!(key.algorithm(), self.name);
        assert_eq!(key.signature_len(), 2 * self.len);
        assert_eq!(verify(key, &self.signature), Ok(()), "{what}");
        assert_eq!(key.verify(&SigningInput::new(b"other"), &self.signature), Err(BadSignature), "{what}");
        let mut changed = self.signature.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!(verify(key, &changed), Err(BadSignature), "{what}");
    }
}

/// The coordinates of an uncompressed point.
fn halves(point: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let (_, coordinates) = point.split_first().unwrap();
    let (x, y) = coordinates.split_at(coordinates.len() / 2);
    (x.to_vec(), y.to_vec())
}

#[test]
fn shapes_are_called_by_their_size() {
    for case in Case::all() {
        for (bytes, lines) in case.shapes {
            assert_eq!(lines * size_of::<CacheLine>(), bytes, "{:?}", case.name);
        }
    }
}

#[test]
fn generators_take_their_lines_to_the_line() {
    for case in Case::all() {
        for (at, (_, need)) in case.shapes.iter().enumerate() {
            let mut short = lines(need - 1);
            assert!(!(case.build_generator)(&mut short, at));
            assert_eq!(short.len(), need - 1, "what does not fit takes nothing");
            let mut memory = lines(need + 3);
            assert!((case.build_generator)(&mut memory, at));
            assert_eq!(memory.len(), 3, "{:?} {at}", case.name);
        }
    }
    assert_eq!(Es256GeneratorTable::CONST_TABLE.shape(), Es256Shape::Kib4);
}

#[test]
fn every_shape_and_backend() {
    for case in Case::all() {
        for algorithm in case.plain {
            case.check(&case.prepare(algorithm), "without tables");
        }
        // A backend that the processor lacks is the portable one.
        for backend in [Backend::Portable, Backend::Bmi2, Backend::Ifma] {
            case.check(&case.prepare((case.with_backend)(backend)), backend.name());
            // One more for P-256: the table that is linked.
            let generators = case.shapes.len() + usize::from(case.name == AlgorithmName::Es256);
            for generator in 0..generators {
                for (at, (_, need)) in case.shapes.iter().enumerate() {
                    let what = format!("{:?} {generator} {at} {}", case.name, backend.name());
                    let mut key = case.prepare((case.tabled)(generator, at, backend));
                    case.check(&key, &format!("{what}, no table"));
                    assert!(key.add_table(&mut lines(*need)));
                    case.check(&key, &what);
                }
            }
        }
    }
}

#[test]
fn keys_take_their_lines_to_the_line() {
    for case in Case::all() {
        for (at, (_, need)) in case.shapes.iter().enumerate() {
            let algorithm = (case.tabled)(0, at, Backend::Portable);
            assert_eq!(algorithm.table_lines(), *need);
            let mut key = case.prepare(algorithm);
            let mut short = lines(need - 1);
            assert!(!key.add_table(&mut short));
            assert_eq!(short.len(), need - 1, "{:?} {at}", case.name);
            let mut memory = lines(2 * need);
            assert!(key.add_table(&mut memory));
            assert_eq!(memory.len(), *need, "{:?} {at}", case.name);
            assert!(key.add_table(&mut memory), "it has one");
            assert_eq!(memory.len(), *need, "a second table is not built");
        }
        let mut memory = lines(1);
        assert!(!case.prepare((case.with_backend)(Backend::Portable)).add_table(&mut memory));
        assert_eq!(memory.len(), 1, "without tables none is taken");
    }
}
