//! Our own subjects, as `jotgate/BACKEND/TABLE`.

use crate::{
    case::{self, Case, Sample},
    options::Work,
    subject::Subject,
};
use jotgate_benches::gate;
use jotgate_core::{
    AlgorithmName, Now, Presented, UnixSeconds, WorkerState,
    crypto::{
        self, Algorithm,
        Backend::{self, Bmi2, Ifma, Portable},
        BaseTable, BatchEntry, CacheLine,
        CombShape::{self, Kib64, Kib256, Kib512},
        Curve, EdDsa,
        EdDsaShape::{self, Kib60, Kib96, Kib384, Kib768},
        EdDsaTabled, Es256, Es256Tabled, GeneratorTable, PublicKey, SigningInput, VerifyingKey,
    },
};
use std::array;

/// A value of ours to measure.
struct Ours {
    name: &'static str,
    /// The value, which lives for the whole run; none where this processor cannot run it. A key gets a table of as
    /// many lines as the value asks for.
    value: fn() -> Option<&'static dyn Algorithm>,
}

/// All of them. To measure another value, add a line: its algorithm is the one that it names.
///
/// `jotgate/dalek` has tables of B here, because the peer has them: features of one package are everybody's.
const OURS: &[Ours] = &[
    Ours { name: "jotgate/portable/none", value: || kept(crypto::RS256.with_backend(Portable)?) },
    Ours { name: "jotgate/bmi2/none", value: || kept(crypto::RS256.with_backend(Bmi2)?) },
    Ours { name: "jotgate/ifma/none", value: || kept(crypto::RS256.with_backend(Ifma)?) },
    Ours { name: "jotgate/portable/none", value: || kept(crypto::PS256.with_backend(Portable)?) },
    Ours { name: "jotgate/bmi2/none", value: || kept(crypto::PS256.with_backend(Bmi2)?) },
    Ours { name: "jotgate/ifma/none", value: || kept(crypto::PS256.with_backend(Ifma)?) },
    Ours { name: "jotgate/portable/none", value: || es256(Portable) },
    Ours { name: "jotgate/bmi2/none", value: || es256(Bmi2) },
    Ours { name: "jotgate/portable/64KiB", value: || Some(es256_tabled(Portable, Kib512, Kib64)?) },
    Ours { name: "jotgate/bmi2/64KiB", value: || Some(es256_tabled(Bmi2, Kib512, Kib64)?) },
    Ours { name: "jotgate/bmi2/512KiB", value: || Some(es256_tabled(Bmi2, Kib512, Kib512)?) },
    Ours { name: "jotgate/ifma/64KiB", value: || Some(es256_tabled(Ifma, Kib256, Kib64)?) },
    Ours { name: "jotgate/ifma/256KiB", value: || Some(es256_tabled(Ifma, Kib256, Kib256)?) },
    Ours { name: "jotgate/p384/none", value: || Some(&crypto::ES384) },
    Ours { name: "jotgate/dalek/none", value: || Some(&crypto::EDDSA_DALEK) },
    Ours { name: "jotgate/bmi2/none", value: || eddsa(Bmi2) },
    Ours { name: "jotgate/portable/60KiB", value: || eddsa_tabled(Portable, Kib384, Kib60) },
    Ours { name: "jotgate/bmi2/60KiB", value: || eddsa_tabled(Bmi2, Kib384, Kib60) },
    Ours { name: "jotgate/ifma/96KiB", value: || eddsa_tabled(Ifma, Kib768, Kib96) },
];

/// Made at run time, and never given back.
fn kept(value: impl Algorithm + 'static) -> Option<&'static dyn Algorithm> {
    Some(Box::leak(Box::new(value)))
}

fn es256(backend: Backend) -> Option<&'static dyn Algorithm> {
    if backend.is_available() { kept(Es256::with_backend(backend)) } else { None }
}

/// With these tables of the generator and of keys.
fn es256_tabled(
    backend: Backend,
    generator: CombShape,
    key: CombShape,
) -> Option<&'static Es256Tabled<'static>> {
    let mut memory: &mut [CacheLine] = vec![CacheLine::EMPTY; generator.lines()].leak();
    let generator = GeneratorTable::build(&mut memory, generator)?;
    let value = Es256Tabled::new(generator, key).with_backend(backend);
    if backend.is_available() { Some(Box::leak(Box::new(value))) } else { None }
}

fn eddsa(backend: Backend) -> Option<&'static dyn Algorithm> {
    if backend.is_available() { kept(EdDsa::with_backend(backend)) } else { None }
}

/// With these tables of the base point and of keys.
fn eddsa_tabled(backend: Backend, base: EdDsaShape, key: EdDsaShape) -> Option<&'static dyn Algorithm> {
    let mut memory: &mut [CacheLine] = vec![CacheLine::EMPTY; base.lines()].leak();
    let base = BaseTable::build(&mut memory, base)?;
    if backend.is_available() { kept(EdDsaTabled::new(base, key).with_backend(backend)) } else { None }
}

/// Eight signatures at once, as `jotgate/BACKEND/TABLE/batch`: the time is that of one of them, its hash included.
pub(crate) fn batches(case: &Case) -> Vec<Subject> {
    if case.kind.algorithm != AlgorithmName::Es256 {
        return Vec::new();
    }
    let shapes = [("jotgate/ifma/64KiB/batch", Kib64), ("jotgate/ifma/256KiB/batch", Kib256)];
    let values = shapes.into_iter().map(|(name, shape)| (name, es256_tabled(Ifma, Kib512, shape)));
    values.filter_map(|(name, value)| Some(batch(name, value?, case))).collect()
}

/// The sample that is asked for and seven others, in turn.
fn batch(name: &str, value: &'static Es256Tabled<'static>, case: &Case) -> Subject {
    let key = key(value, case);
    let others: Vec<_> =
        case.good.iter().map(|sample| (sample.input.clone(), sample.signature.clone())).collect();
    let mut turn = 0;
    let verify = move |sample: &Sample| {
        turn += 1;
        let inputs: [_; AT_ONCE] = array::from_fn(|lane| match lane {
            0 => SigningInput::new(&sample.input),
            _ => SigningInput::new(&others[(turn + lane) % others.len()].0),
        });
        let mut entries: [_; AT_ONCE] = array::from_fn(|lane| match lane {
            0 => BatchEntry::new(key, &inputs[0], &sample.signature),
            _ => BatchEntry::new(key, &inputs[lane], &others[(turn + lane) % others.len()].1),
        });
        value.verify_batch(&mut entries);
        let [own, others @ ..] = entries.map(|entry| entry.answer().is_ok());
        assert!(others.iter().all(|is_ok| *is_ok));
        own
    };
    Subject::new(name, verify).doing(AT_ONCE)
}

/// Signatures of a batch.
const AT_ONCE: usize = 8;

/// Names and values that this processor can run, each made once.
pub(crate) fn runnable() -> Vec<(&'static str, &'static dyn Algorithm)> {
    OURS.iter().filter_map(|ours| Some((ours.name, (ours.value)()?))).collect()
}

pub(crate) fn subject(name: &str, value: &'static dyn Algorithm, case: &Case, work: Work) -> Subject {
    match work {
        Work::Validate => validate(name, value, case),
        Work::Verify => verify(name, value, case),
    }
}

fn validate(name: &str, value: &'static dyn Algorithm, case: &Case) -> Subject {
    let jwks: Vec<String> = case.key_ids().iter().map(|id| case.signer.jwk_named(id)).collect();
    let validator = gate::validator(gate::ring(&jwks, &[value]), gate::camara_policy());
    let (mut scratch, mut worker) = (gate::scratch(), WorkerState::new());
    Subject::new(name, move |sample| {
        // The peers ask for the time, too.
        let now = Now::Trusted(UnixSeconds(case::now()));
        validator.check(Presented::bearer(sample.token.as_bytes()), now, &mut scratch, &mut worker).is_ok()
    })
}

fn verify(name: &str, value: &'static dyn Algorithm, case: &Case) -> Subject {
    let key = key(value, case);
    Subject::new(name, move |sample| key.verify(&SigningInput::new(&sample.input), &sample.signature).is_ok())
}

fn key(value: &'static dyn Algorithm, case: &Case) -> VerifyingKey<'static> {
    let (n, e, x, y);
    let public = match case.kind.algorithm {
        AlgorithmName::Es256 => {
            (x, y) = (case.member("x"), case.member("y"));
            PublicKey::Ec { curve: Curve::P256, x: &x, y: &y }
        }
        AlgorithmName::Es384 => {
            (x, y) = (case.member("x"), case.member("y"));
            PublicKey::Ec { curve: Curve::P384, x: &x, y: &y }
        }
        AlgorithmName::EdDsa => {
            x = case.member("x");
            PublicKey::Ed25519 { x: &x }
        }
        _ => {
            (n, e) = (case.member("n"), case.member("e"));
            PublicKey::Rsa { n: &n, e: &e }
        }
    };
    prepare(value, &public)
}

/// With its table, where the value has one.
fn prepare(value: &'static dyn Algorithm, public: &PublicKey<'_>) -> VerifyingKey<'static> {
    let mut words: &mut [u64] = vec![0; gate::words_for(1)].leak();
    let mut lines: &mut [CacheLine] = vec![CacheLine::EMPTY; value.table_lines()].leak();
    let mut key = VerifyingKey::prepare(value, public, &mut words).unwrap();
    assert_eq!(key.add_table(&mut lines), value.table_lines() > 0);
    key
}
