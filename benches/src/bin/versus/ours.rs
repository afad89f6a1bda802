//! Our own subjects, as `jotgate/BACKEND/TABLE`.

use crate::{
    case::{self, Case},
    options::Work,
    subject::Subject,
};
use jotgate_benches::gate;
use jotgate_core::{
    AlgorithmName, Now, Presented, UnixSeconds,
    crypto::{
        self, Algorithm,
        Backend::{self, Bmi2, Ifma, Portable},
        CacheLine,
        CombShape::{self, Kib64, Kib512},
        Curve, Es256, Es256Tabled, Es384, Es384GeneratorTable,
        Es384Shape::{self, Kib30, Kib96, Kib768},
        Es384Tabled, GeneratorTable, PublicKey, SigningInput, VerifyingKey,
    },
};

/// A value of ours to measure.
struct Ours {
    name: &'static str,
    /// The value, which lives for the whole run; none where this processor cannot run it. A key gets a table of as
    /// many lines as the value asks for.
    value: fn() -> Option<&'static dyn Algorithm>,
}

/// All of them. To measure another value, add a line: its algorithm is the one that it names.
///
/// ed25519-dalek has tables of B here, because the peer has them: features of one package are everybody's.
const OURS: &[Ours] = &[
    Ours { name: "jotgate/portable/none", value: || kept(crypto::RS256.with_backend(Portable)?) },
    Ours { name: "jotgate/bmi2/none", value: || kept(crypto::RS256.with_backend(Bmi2)?) },
    Ours { name: "jotgate/ifma/none", value: || kept(crypto::RS256.with_backend(Ifma)?) },
    Ours { name: "jotgate/portable/none", value: || kept(crypto::PS256.with_backend(Portable)?) },
    Ours { name: "jotgate/bmi2/none", value: || kept(crypto::PS256.with_backend(Bmi2)?) },
    Ours { name: "jotgate/ifma/none", value: || kept(crypto::PS256.with_backend(Ifma)?) },
    Ours { name: "jotgate/portable/none", value: || es256(Portable) },
    Ours { name: "jotgate/bmi2/none", value: || es256(Bmi2) },
    Ours { name: "jotgate/portable/64KiB", value: || es256_tabled(Portable, Kib64) },
    Ours { name: "jotgate/bmi2/64KiB", value: || es256_tabled(Bmi2, Kib64) },
    Ours { name: "jotgate/bmi2/512KiB", value: || es256_tabled(Bmi2, Kib512) },
    Ours { name: "jotgate/portable/none", value: || es384(Portable) },
    Ours { name: "jotgate/bmi2/none", value: || es384(Bmi2) },
    Ours { name: "jotgate/portable/96KiB", value: || es384_tabled(Portable, Kib96) },
    Ours { name: "jotgate/bmi2/30KiB", value: || es384_tabled(Bmi2, Kib30) },
    Ours { name: "jotgate/bmi2/96KiB", value: || es384_tabled(Bmi2, Kib96) },
    Ours { name: "jotgate/dalek/none", value: || Some(&crypto::EDDSA) },
];

/// Made at run time, and never given back.
fn kept(value: impl Algorithm + 'static) -> Option<&'static dyn Algorithm> {
    Some(Box::leak(Box::new(value)))
}

fn es256(backend: Backend) -> Option<&'static dyn Algorithm> {
    if backend.is_available() { kept(Es256::with_backend(backend)) } else { None }
}

/// With a table of the generator of 512 KiB.
fn es256_tabled(backend: Backend, shape: CombShape) -> Option<&'static dyn Algorithm> {
    let mut memory: &mut [CacheLine] = vec![CacheLine::EMPTY; Kib512.lines()].leak();
    let generator = GeneratorTable::build(&mut memory, Kib512)?;
    if backend.is_available() { kept(Es256Tabled::new(generator, shape).with_backend(backend)) } else { None }
}

fn es384(backend: Backend) -> Option<&'static dyn Algorithm> {
    if backend.is_available() { kept(Es384::with_backend(backend)) } else { None }
}

/// With a table of the generator of 768 KiB.
fn es384_tabled(backend: Backend, shape: Es384Shape) -> Option<&'static dyn Algorithm> {
    let mut memory: &mut [CacheLine] = vec![CacheLine::EMPTY; Kib768.lines()].leak();
    let generator = Es384GeneratorTable::build(&mut memory, Kib768)?;
    if backend.is_available() { kept(Es384Tabled::new(generator, shape).with_backend(backend)) } else { None }
}

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
    let (mut scratch, mut worker) = (gate::scratch(), gate::worker());
    Subject::new(name, move |sample| {
        // The peers ask for the time, too.
        let now = Now::Trusted(UnixSeconds(case::now()));
        validator.check(Presented::bearer(sample.token.as_bytes()), now, &mut scratch, &mut worker).is_ok()
    })
}

fn verify(name: &str, value: &'static dyn Algorithm, case: &Case) -> Subject {
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
    let key = prepare(value, &public);
    Subject::new(name, move |sample| key.verify(&SigningInput::new(&sample.input), &sample.signature).is_ok())
}

/// With its table, where the value has one.
fn prepare(value: &'static dyn Algorithm, public: &PublicKey<'_>) -> VerifyingKey<'static> {
    let mut words: &mut [u64] = vec![0; gate::words_for(1)].leak();
    let mut lines: &mut [CacheLine] = vec![CacheLine::EMPTY; value.table_lines()].leak();
    let mut key = VerifyingKey::prepare(value, public, &mut words).unwrap();
    assert_eq!(key.add_table(&mut lines), value.table_lines() > 0);
    key
}
