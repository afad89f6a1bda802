//! Our own subjects, as `jotgate/BACKEND/TABLE`.

use crate::{
    case::{self, Case},
    options::Work,
    subject::Subject,
};
use jotgate_benches::{gate, values};
use jotgate_core::{
    AlgorithmName, Now, Presented, UnixSeconds,
    crypto::{
        self, Algorithm,
        Backend::{Bmi2, Ifma, Portable},
        CacheLine, Curve,
        EdDsaShape::{self, Kib15, Kib60, Kib384},
        Es256Shape::{Kib64, Kib256, Kib512},
        Es384Shape::{Kib30, Kib96, Kib96Columns2, Kib288},
        PublicKey, SigningInput, VerifyingKey,
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
    Ours { name: "jotgate/portable/none", value: || values::rs256(Portable) },
    Ours { name: "jotgate/bmi2/none", value: || values::rs256(Bmi2) },
    Ours { name: "jotgate/ifma/none", value: || values::rs256(Ifma) },
    Ours { name: "jotgate/portable/none", value: || values::ps256(Portable) },
    Ours { name: "jotgate/bmi2/none", value: || values::ps256(Bmi2) },
    Ours { name: "jotgate/ifma/none", value: || values::ps256(Ifma) },
    Ours { name: "jotgate/portable/none", value: || values::es256(Portable) },
    Ours { name: "jotgate/bmi2/none", value: || values::es256(Bmi2) },
    Ours { name: "jotgate/portable/64KiB", value: || values::es256_tabled(Portable, Kib64) },
    Ours { name: "jotgate/bmi2/64KiB", value: || values::es256_tabled(Bmi2, Kib64) },
    Ours { name: "jotgate/bmi2/512KiB", value: || values::es256_tabled(Bmi2, Kib512) },
    Ours { name: "jotgate/ifma/64KiB", value: || values::es256_tabled(Ifma, Kib64) },
    Ours { name: "jotgate/ifma/256KiB", value: || values::es256_tabled(Ifma, Kib256) },
    Ours { name: "jotgate/portable/none", value: || values::es384(Portable) },
    Ours { name: "jotgate/bmi2/none", value: || values::es384(Bmi2) },
    Ours { name: "jotgate/portable/96KiB", value: || values::es384_tabled(Portable, Kib96) },
    Ours { name: "jotgate/bmi2/30KiB", value: || values::es384_tabled(Bmi2, Kib30) },
    Ours { name: "jotgate/bmi2/96KiB", value: || values::es384_tabled(Bmi2, Kib96) },
    Ours { name: "jotgate/ifma/96KiB", value: || values::es384_tabled(Ifma, Kib96Columns2) },
    Ours { name: "jotgate/ifma/288KiB", value: || values::es384_tabled(Ifma, Kib288) },
    Ours { name: "jotgate/p384/none", value: || Some(&crypto::ES384_RUSTCRYPTO) },
    Ours { name: "jotgate/dalek/none", value: || Some(&crypto::EDDSA_DALEK) },
    Ours { name: "jotgate/portable/none", value: || values::eddsa(Portable) },
    Ours { name: "jotgate/bmi2/none", value: || values::eddsa(Bmi2) },
    Ours { name: "jotgate/portable/60KiB", value: || values::eddsa_tabled(Portable, Kib60) },
    Ours { name: "jotgate/bmi2/15KiB", value: || values::eddsa_tabled(Bmi2, Kib15) },
    Ours { name: "jotgate/bmi2/60KiB", value: || values::eddsa_tabled(Bmi2, Kib60) },
    Ours { name: "jotgate/bmi2/384KiB", value: || values::eddsa_tabled(Bmi2, Kib384) },
    Ours { name: "jotgate/ifma/60KiB", value: || values::eddsa_tabled(Ifma, Kib60) },
    Ours { name: "jotgate/ifma/96KiB", value: || values::eddsa_tabled(Ifma, EdDsaShape::Kib96) },
    Ours { name: "jotgate/ifma/768KiB", value: || values::eddsa_tabled(Ifma, EdDsaShape::Kib768) },
];

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
pub(crate) fn prepare(value: &'static dyn Algorithm, public: &PublicKey<'_>) -> VerifyingKey<'static> {
    let mut words: &mut [u64] = vec![0; gate::words_for(1)].leak();
    let mut lines: &mut [CacheLine] = vec![CacheLine::EMPTY; value.table_lines()].leak();
    let mut key = VerifyingKey::prepare(value, public, &mut words).unwrap();
    assert_eq!(key.add_table(&mut lines), value.table_lines() > 0);
    key
}
