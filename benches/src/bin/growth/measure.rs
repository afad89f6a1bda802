//! The questions, and their answers as lines over something that grows.

use jotgate_benches::{
    clock::{Candidate, interleave},
    gate,
    signer::Signer,
    token::{self, Size},
    values,
};
use jotgate_core::{
    AlgorithmName, Presented, Validator, WorkerState,
    crypto::{Algorithm, Backend, EdDsaShape, Es256Shape},
    steps::{self, Unverified},
};
use rand::{SeedableRng, rngs::StdRng, seq::SliceRandom};
use std::hint::black_box;

/// Nanoseconds of one sample.
const SAMPLE: u64 = 300_000;

type Work = Box<dyn FnMut(usize)>;

/// Something that grows, and the time over it.
pub(crate) struct Question {
    pub(crate) title: &'static str,
    pub(crate) note: String,
    /// What grows, with its unit.
    pub(crate) over: &'static str,
    pub(crate) lines: Vec<Line>,
}

/// One candidate over all sizes.
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) points: Vec<Point>,
}

/// Nanoseconds at one size.
pub(crate) struct Point {
    pub(crate) at: usize,
    pub(crate) min_ns: f64,
    pub(crate) median_ns: f64,
}

/// Whole checks of tokens of many lengths.
pub(crate) fn tokens(rounds: usize) -> Question {
    let mut candidates = Vec::new();
    for (name, value) in [
        (AlgorithmName::Rs256, values::algorithm(AlgorithmName::Rs256)),
        (AlgorithmName::Es256, es256_tabled()),
        (AlgorithmName::EdDsa, eddsa_tabled()),
    ] {
        let signer = Signer::new(name);
        let header = format!(r#"{{"alg":"{}","kid":"1"}}"#, name.as_jose());
        for roles in [0, 4, 8, 24, 56, 112, 164] {
            let token = |number| signer.signed(&header, &token::terse_claims(roles, number));
            let tokens: Vec<_> = (0..16).map(token).collect();
            let len = tokens[0].len();
            let work = check(gate::terse(signer.jwk_named("1"), value), tokens);
            candidates.push((format!("{}, {}", name.as_jose(), memory(value)), len, work));
        }
    }
    Question {
        title: "Longer tokens",
        note: "Whole check of a token that says what has to be said, and of more and more roles, which no rule asks for; one key.".to_owned(),
        over: "bytes of the token",
        lines: lines(candidates, rounds),
    }
}

/// The choice of the key alone, and whole checks, for key sets of many sizes.
pub(crate) fn look_up(rounds: usize) -> Question {
    let mut candidates: Vec<(String, usize, Work)> = Vec::new();
    for count in [1, 3, 10, 30, 100, 300, 1000] {
        let signers: Vec<_> =
            (0..count).map(|number| Signer::numbered(AlgorithmName::Es256, number)).collect();
        let jwks: Vec<_> = signers.iter().map(Signer::jwk).collect();
        // 64 of the keys, so that the tokens take the same memory whatever the size of the set.
        let tokens: Vec<_> = (0..64)
            .map(|number| signers[number * 7919 % count].token(&token::claims(Size::Small, number)))
            .collect();
        let validator =
            gate::validator(gate::ring(&jwks, &[values::algorithm(AlgorithmName::Es256)]), gate::policy());
        let read: Vec<Unverified<'static>> = tokens
            .iter()
            .map(|token| {
                let scratch = Box::leak(Box::new(gate::scratch_for(token.len())));
                Unverified::read(token.clone().leak(), scratch).unwrap()
            })
            .collect();
        let mut worker = WorkerState::new();
        let select = move |call: usize| {
            let token = black_box(&read[call % read.len()]);
            assert!(black_box(steps::select(&validator, token, &mut worker)).is_ok());
        };
        candidates.push(("issuer and key".to_owned(), count, Box::new(select)));
    }
    let lines = lines(candidates, rounds);
    let points = &lines[0].points;
    let more = points[points.len() - 1].min_ns - points[0].min_ns;
    let verdict = if more <= LOOK_UP_BAR { "kept" } else { "MISSED" };
    Question {
        title: "Larger key sets",
        note: format!(
            "The choice of issuer and key by key id alone, for a token that was read; tokens of up to 64 of the keys \
             in turn. From 1 to 1,000 keys: {more:+.0} ns by the minima. The bar of {LOOK_UP_BAR:.0} ns is {verdict}."
        ),
        over: "keys in the set",
        lines,
    }
}

/// What 1,000 keys may cost more than one, nanoseconds.
const LOOK_UP_BAR: f64 = 30.0;

/// Whole checks under one key, of few tokens again and again, and of many.
pub(crate) fn tokens_in_turn(rounds: usize) -> Question {
    let mut candidates = Vec::new();
    for value in with_and_without_tables() {
        let signer = Signer::new(value.name());
        for count in [1, 4, 16, 64, 256, FRESH] {
            let mut tokens: Vec<_> =
                (0..count).map(|number| signer.token(&token::claims(Size::Small, number))).collect();
            tokens.shuffle(&mut StdRng::seed_from_u64(2));
            let work = check(gate::validator(gate::ring(&[signer.jwk()], &[value]), gate::policy()), tokens);
            candidates.push((format!("{}, {}", value.name().as_jose(), memory(value)), count, work));
        }
    }
    Question {
        title: "More tokens in turn",
        note: "Whole check under one key, without a cache of tokens. A processor learns the branches of few signatures \
               by heart: what is measured with few tokens in turn flatters whoever branches on them."
            .to_owned(),
        over: "different tokens in turn",
        lines: lines(candidates, rounds),
    }
}

/// Whole checks of tokens that come once, signed by many keys in turn.
pub(crate) fn keys_in_use(rounds: usize) -> Question {
    let mut candidates = Vec::new();
    for value in with_and_without_tables() {
        for count in [1, 4, 16, 64] {
            let signers: Vec<_> = (0..count).map(|number| Signer::numbered(value.name(), number)).collect();
            let jwks: Vec<_> = signers.iter().map(Signer::jwk).collect();
            let mut tokens: Vec<_> = (0..FRESH)
                .map(|number| signers[number % count].token(&token::claims(Size::Small, number)))
                .collect();
            tokens.shuffle(&mut StdRng::seed_from_u64(2));
            let work = check(gate::validator(gate::ring(&jwks, &[value]), gate::policy()), tokens);
            candidates.push((format!("{}, {}", value.name().as_jose(), memory(value)), count, work));
        }
    }
    Question {
        title: "More keys in use",
        note: format!(
            "Whole check of {FRESH} different tokens in random order, signed by so many keys. Memory is that of all \
             tables of the keys, beside one for all of them."
        ),
        over: "keys that sign",
        lines: lines(candidates, rounds),
    }
}

/// Tokens that go round: at a sample of some dozens of checks, no token is seen twice within many rounds.
const FRESH: usize = 2048;

fn with_and_without_tables() -> [&'static dyn Algorithm; 4] {
    [
        values::algorithm(AlgorithmName::Es256),
        es256_tabled(),
        values::algorithm(AlgorithmName::EdDsa),
        eddsa_tabled(),
    ]
}

fn es256_tabled() -> &'static dyn Algorithm {
    values::es256_tabled(Backend::detected(), Es256Shape::Kib64).expect("detected")
}

fn eddsa_tabled() -> &'static dyn Algorithm {
    values::eddsa_tabled(Backend::detected(), EdDsaShape::Kib60).expect("detected")
}

/// What a value takes for each key.
fn memory(value: &dyn Algorithm) -> String {
    match value.table_lines() {
        0 => "no table".to_owned(),
        lines => format!("table of {} KiB", lines * 64 / 1024),
    }
}

/// The whole check of these tokens, one after the other.
fn check(validator: Validator<'static>, tokens: Vec<Vec<u8>>) -> Work {
    let (mut scratch, mut worker) = (gate::scratch(), gate::worker());
    let mut next = 0;
    Box::new(move |_| {
        next = (next + 1) % tokens.len();
        let presented = Presented::bearer(black_box(&tokens[next]));
        let grant = validator.check(presented, gate::AT, &mut scratch, &mut worker);
        assert!(black_box(&grant).is_ok());
    })
}

/// Measures all candidates interleaved, and puts those of one name on one line.
fn lines(candidates: Vec<(String, usize, Work)>, rounds: usize) -> Vec<Line> {
    let places: Vec<(String, usize)> = candidates.iter().map(|(name, at, _)| (name.clone(), *at)).collect();
    let mut timed: Vec<Candidate<'_>> =
        candidates.into_iter().map(|(name, _, work)| Candidate::new(name, work)).collect();
    interleave(&mut timed, rounds, SAMPLE);
    let mut lines: Vec<Line> = Vec::new();
    for ((name, at), candidate) in places.into_iter().zip(&timed) {
        let point = Point { at, min_ns: candidate.minimum(), median_ns: candidate.median() };
        match lines.iter_mut().find(|line| line.name == name) {
            Some(line) => line.points.push(point),
            None => lines.push(Line { name, points: vec![point] }),
        }
    }
    lines
}
