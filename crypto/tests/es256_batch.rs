//! ES256 in batches as callers see them: each entry's answer is that of its key by itself.
#![allow(missing_docs, clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

use ecdsa::elliptic_curve::point::AffineCoordinates;
use jotgate_crypto::{
    Algorithm, Backend, BadSignature, BatchEntry, CacheLine, Curve, ES256, Es256GeneratorTable, Es256Shape,
    Es256Tabled, PublicKey, SigningInput, VerifyingKey,
};
use p256::ecdsa::signature::hazmat::PrehashSigner;
use p256::ecdsa::{Signature, SigningKey};

fn lines(count: usize) -> &'static mut [CacheLine] {
    Box::leak(vec![CacheLine::EMPTY; count].into_boxed_slice())
}

fn tabled(shape: Es256Shape, backend: Backend) -> &'static Es256Tabled<'static> {
    let generator = Es256GeneratorTable::build(&mut lines(shape.lines()), shape).unwrap();
    Box::leak(Box::new(Es256Tabled::new(generator, shape).with_backend(backend)))
}

struct Signer(SigningKey);

impl Signer {
    fn new(seed: u8) -> Self {
        Self(SigningKey::from_slice(&[seed; 32]).unwrap())
    }

    fn key(&self, algorithm: &'static dyn Algorithm) -> VerifyingKey<'static> {
        let point = self.0.verifying_key().as_affine();
        let key = PublicKey::Ec { curve: Curve::P256, x: &point.x(), y: &point.y() };
        let mut words = Box::leak(vec![0; 16].into_boxed_slice());
        VerifyingKey::prepare(algorithm, &key, &mut words).unwrap()
    }

    fn key_with_table(&self, algorithm: &'static Es256Tabled<'static>) -> VerifyingKey<'static> {
        let mut key = self.key(algorithm);
        assert!(key.add_table(&mut lines(algorithm.table_lines())));
        key
    }

    fn sign(&self, input: &SigningInput<'_>) -> Vec<u8> {
        let signature: Signature = self.0.sign_prehash(input.sha256()).unwrap();
        signature.to_bytes().to_vec()
    }
}

/// Verifies the batch; every answer must be that of the entry's key by itself.
fn assert_answers(
    algorithm: &Es256Tabled<'_>,
    all: &[(VerifyingKey<'_>, &SigningInput<'_>, &[u8])],
) -> usize {
    let mut batch: Vec<_> =
        all.iter().map(|(key, input, signature)| BatchEntry::new(*key, input, signature)).collect();
    assert!(batch.iter().all(|entry| entry.answer() == Err(BadSignature)), "before it is asked");
    algorithm.verify_batch(&mut batch);
    for (at, (entry, (key, input, signature))) in batch.iter().zip(all).enumerate() {
        assert_eq!(entry.answer(), key.verify(input, signature), "{at} of {}", all.len());
    }
    batch.iter().filter(|entry| entry.answer().is_ok()).count()
}

fn backends() -> impl Iterator<Item = Backend> {
    for backend in [Backend::Portable, Backend::Bmi2, Backend::Ifma] {
        if !backend.is_available() {
            eprintln!("SKIPPED, the processor lacks it: {}", backend.name());
        }
    }
    Backend::available()
}

#[test]
fn batches_of_every_length() {
    let messages: Vec<_> = (0..20_u8).map(|at| [at; 40]).collect();
    let inputs: Vec<_> = messages.iter().map(|message| SigningInput::new(message)).collect();
    for backend in backends() {
        for shape in Es256Shape::ALL {
            let algorithm = tabled(shape, backend);
            let signers = [1, 2, 3].map(Signer::new);
            let keys = signers.each_ref().map(|signer| signer.key_with_table(algorithm));
            let signatures: Vec<_> =
                inputs.iter().zip(0..).map(|(input, at)| signers[at % 3].sign(input)).collect();
            let all: Vec<_> =
                (0..20).map(|at| (keys[at % 3], &inputs[at], signatures[at].as_slice())).collect();
            for len in 0..=all.len() {
                assert_eq!(assert_answers(algorithm, &all[..len]), len, "{shape:?} {}", backend.name());
            }
        }
    }
}

/// Every bad signature in every lane, alone among good ones and among its like.
#[test]
fn bad_signatures_spoil_no_others() {
    let input = SigningInput::new(b"message");
    let signer = Signer::new(9);
    let good = signer.sign(&input);
    let mut bad = Vec::new();
    for at in [0, 31, 32, 63] {
        let mut changed = good.clone();
        changed[at] ^= 1;
        bad.push(changed);
    }
    let zeros = vec![0; 32];
    let order = p256_order();
    for wrong in [&zeros, &order, &vec![0xff; 32]] {
        bad.push([wrong, &good[32..]].concat());
        bad.push([&good[..32], wrong].concat());
    }
    bad.extend([vec![], good[..63].to_vec(), [good.as_slice(), &[0]].concat()]);
    for backend in backends() {
        let algorithm = tabled(Es256Shape::Kib256, backend);
        let key = signer.key_with_table(algorithm);
        for bad in &bad {
            for lane in 0..8 {
                let mut all = vec![(key, &input, good.as_slice()); 8];
                all[lane].2 = bad;
                assert_eq!(assert_answers(algorithm, &all), 7, "{bad:x?} {lane}");
            }
            assert_eq!(assert_answers(algorithm, &vec![(key, &input, bad.as_slice()); 8]), 0, "{bad:x?}");
        }
        for lane in 0..8 {
            let mut all: Vec<_> = (0..8).map(|at| (key, &input, bad[at].as_slice())).collect();
            all[lane].2 = &good;
            assert_eq!(assert_answers(algorithm, &all), 1, "{lane}");
        }
    }
}

fn p256_order() -> Vec<u8> {
    let (high, middle, low) = (0xffff_ffff_0000_0000_u64, u64::MAX, 0xbce6_faad_a717_9e84_u64);
    [high, middle, low, 0xf3b9_cac2_fc63_2551].iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// Keys without a table, of another value with tables of another shape, and without tables at all.
#[test]
fn other_keys_are_verified_by_themselves() {
    let inputs = [SigningInput::new(b"one"), SigningInput::new(b"other")];
    let signer = Signer::new(4);
    let signatures = inputs.each_ref().map(|input| signer.sign(input));
    for backend in backends() {
        let algorithm = tabled(Es256Shape::Kib64, backend);
        let own = signer.key_with_table(algorithm);
        let others = [
            signer.key(algorithm),
            signer.key_with_table(tabled(Es256Shape::Kib1, backend)),
            signer.key_with_table(tabled(Es256Shape::Kib64, backend)),
            signer.key(&ES256),
        ];
        for other in others {
            for own_keys in 0..=8 {
                let key = |at: usize| if at < own_keys { own } else { other };
                // The third one is bad, and so is the last.
                let all: Vec<_> = (0..8)
                    .map(|at| {
                        (
                            key(at),
                            &inputs[at % 2],
                            signatures[usize::from(at == 2 || at == 7) ^ (at % 2)].as_slice(),
                        )
                    })
                    .collect();
                assert_eq!(assert_answers(algorithm, &all), 6);
            }
        }
    }
}
