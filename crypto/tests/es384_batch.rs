//! ES384 in batches as callers see them: each entry's answer is that of its key by itself.
#![allow(missing_docs, clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

use ecdsa::elliptic_curve::point::AffineCoordinates;
use jotgate_crypto::{
    Algorithm, Backend, BatchEntry, CacheLine, Curve, Es384GeneratorTable, Es384Shape, Es384Tabled,
    PublicKey, SigningInput, VerifyingKey,
};
use p384::ecdsa::signature::Signer;
use p384::ecdsa::{Signature, SigningKey};

fn lines(count: usize) -> &'static mut [CacheLine] {
    Box::leak(vec![CacheLine::EMPTY; count].into_boxed_slice())
}

fn tabled(shape: Es384Shape, backend: Backend) -> &'static Es384Tabled<'static> {
    let generator = Es384GeneratorTable::build(&mut lines(shape.lines()), shape).unwrap();
    Box::leak(Box::new(Es384Tabled::new(generator, shape).with_backend(backend)))
}

fn key(secret: &SigningKey, algorithm: &'static Es384Tabled<'static>) -> VerifyingKey<'static> {
    let point = secret.verifying_key().as_affine();
    let public = PublicKey::Ec { curve: Curve::P384, x: &point.x(), y: &point.y() };
    let mut words = Box::leak(vec![0; 32].into_boxed_slice());
    let mut key = VerifyingKey::prepare(algorithm, &public, &mut words).unwrap();
    assert!(key.add_table(&mut lines(algorithm.table_lines())));
    key
}

/// Every shape and backend, and two keys in turn: all good, then with a bad signature in each lane.
#[test]
fn answers_are_those_of_the_keys() {
    let secrets = [1, 2].map(|seed| SigningKey::from_slice(&[seed; 48]).unwrap());
    let messages: Vec<[u8; 40]> = (0..17).map(|at| [at; 40]).collect();
    let inputs: Vec<_> = messages.iter().map(|message| SigningInput::new(message)).collect();
    let signatures: Vec<[u8; 96]> = messages
        .iter()
        .enumerate()
        .map(|(at, message)| {
            let signature: Signature = secrets[at % 2].sign(message);
            signature.to_bytes().into()
        })
        .collect();
    for backend in Backend::available() {
        for shape in Es384Shape::ALL {
            let algorithm = tabled(shape, backend);
            let keys = secrets.each_ref().map(|secret| key(secret, algorithm));
            for bad in [None].into_iter().chain((0..signatures.len()).map(Some)) {
                let mut signatures = signatures.clone();
                if let Some(bad) = bad {
                    signatures[bad][bad * 5] ^= 1;
                }
                let mut batch: Vec<_> = (0..signatures.len())
                    .map(|at| BatchEntry::new(keys[at % 2], &inputs[at], &signatures[at]))
                    .collect();
                algorithm.verify_batch(&mut batch);
                for (at, entry) in batch.iter().enumerate() {
                    let name = backend.name();
                    assert_eq!(entry.answer().is_err(), bad == Some(at), "{name} {shape:?} {bad:?} {at}");
                }
            }
        }
    }
}
