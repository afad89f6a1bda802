//! Our own subjects that verify eight signatures at a time, as `jotgate/BACKEND/TABLE, 8 at once`.

use crate::{case::Case, ours, subject::Subject};
use jotgate_benches::values;
use jotgate_core::{
    AlgorithmName,
    crypto::{BatchEntry, Curve, Es256Shape, Es256Tabled, PublicKey, SigningInput},
};

/// Signatures of a batch.
const BATCH: usize = 8;

/// None where this processor cannot run them, or the algorithm has none.
pub(crate) fn subjects(case: &Case) -> Vec<Subject> {
    if case.kind.algorithm != AlgorithmName::Es256 {
        return vec![];
    }
    [("256KiB", Es256Shape::Kib256), ("512KiB", Es256Shape::Kib512)]
        .into_iter()
        .filter_map(|(table, shape)| {
            let name = format!("jotgate/ifma/{table}, {BATCH} at once");
            Some(subject(name, values::es256_batch(shape)?, case))
        })
        .collect()
}

/// Each call has the sample among seven others that are good, in another lane than the call before: all eight are
/// hashed and verified.
fn subject(name: String, value: &'static Es256Tabled<'static>, case: &Case) -> Subject {
    let (x, y) = (case.member("x"), case.member("y"));
    let key = ours::prepare(value, &PublicKey::Ec { curve: Curve::P256, x: &x, y: &y });
    let good: Vec<_> =
        case.good.iter().map(|sample| (sample.input.clone(), sample.signature.clone())).collect();
    let mut calls = 0;
    let mut check = move |input: &[u8], signature: &[u8]| {
        let lane = calls % BATCH;
        let sample = |at: usize| {
            let (input, signature) = &good[(calls * BATCH + at) % good.len()];
            (&**input, &**signature)
        };
        let samples: [_; BATCH] =
            std::array::from_fn(|at| if at == lane { (input, signature) } else { sample(at) });
        calls += 1;
        let inputs = samples.map(|(input, _)| SigningInput::new(input));
        let mut batch: [_; BATCH] =
            std::array::from_fn(|at| BatchEntry::new(key, &inputs[at], samples[at].1));
        value.verify_batch(&mut batch);
        let mut others = batch.iter().enumerate().filter(|(at, _)| *at != lane);
        assert!(others.all(|(_, entry)| entry.answer().is_ok()));
        batch[lane].answer().is_ok()
    };
    Subject::new(name, move |sample| check(&sample.input, &sample.signature)).judging(BATCH)
}
