//! What a whole check costs beside hash and signature, and what jsonwebtoken costs beside its own.
//!
//! `cargo run --release -p jotgate-benches --bin beside [ROUNDS]`
//!
//! The difference is taken twice: against the real verification, whose own noise is larger than the
//! difference for ES256, and against an algorithm that only hashes, which leaves nothing but the difference.

use jotgate_benches::{
    accept_any::{ANY_ES256, ANY_RS256},
    clock::{Candidate, interleave},
    token::Size,
    work::Group,
};
use jotgate_core::{AlgorithmName, crypto::Algorithm};

/// The bar of the difference, nanoseconds, and what is reached for.
const BAR: (f64, f64) = (700.0, 450.0);

/// The same for a token that the cache holds, beside SHA-256 of what is signed.
const CACHED_BAR: (f64, f64) = (250.0, 150.0);

/// Nanoseconds of one sample.
const SAMPLE: u64 = 300_000;

fn main() {
    let rounds = std::env::args().nth(1).map_or(300, |rounds| rounds.parse().unwrap());
    measure("RS256", AlgorithmName::Rs256, Size::Camara, &ANY_RS256, rounds);
    measure("ES256, the same claims", AlgorithmName::Es256, Size::Camara, &ANY_ES256, rounds);
    measure("ES256, more claims", AlgorithmName::Es256, Size::CamaraLong, &ANY_ES256, rounds);
}

fn measure(name: &str, algorithm: AlgorithmName, size: Size, any: &'static dyn Algorithm, rounds: usize) {
    let group = &Group::new(algorithm, size);
    let mut candidates = [
        Candidate::new("whole check", group.whole(group.real())),
        Candidate::new("hash and signature", group.signature(group.real())),
        Candidate::new("whole check, any signature accepted", group.whole(any)),
        Candidate::new("hash, any signature accepted", group.signature(any)),
        Candidate::new("reading, which hashes meanwhile", group.read()),
        Candidate::new("judging alone", group.judge()),
        Candidate::new("SHA-256 of what is signed", group.digest()),
        Candidate::new("whole check, cached", group.cached()),
        Candidate::new("jsonwebtoken, whole", group.peer_whole()),
        Candidate::new("jsonwebtoken, verification", group.peer_signature()),
    ];
    interleave(&mut candidates, rounds, SAMPLE);

    let len = group.tokens[0].len();
    println!("\n{name}, {len} bytes, nanoseconds: minimum, median of {rounds} rounds");
    for candidate in &candidates {
        println!("  {:44} {:9.0} {:9.0}", candidate.name, candidate.minimum(), candidate.median());
    }
    let [whole, signature, whole_any, hash, _, _, digest, cached, peer_whole, peer_signature] = &candidates;
    let beside = |name: &str, whole: &Candidate<'_>, part: &Candidate<'_>| {
        let (least, median) = (whole.minimum() - part.minimum(), whole.median() - part.median());
        println!("  {name:44} {least:9.0} {median:9.0}");
        least
    };
    beside("beside the signature, by the real one", whole, signature);
    let direct = beside("beside the signature, directly", whole_any, hash);
    beside("jsonwebtoken beside its verification", peer_whole, peer_signature);
    judge(direct, BAR);
    judge(beside("cached, beside SHA-256", cached, digest), CACHED_BAR);
}

fn judge(measured: f64, (bar, reach): (f64, f64)) {
    let verdict = match measured {
        d if d <= reach => "reached",
        d if d <= bar => "within the bar",
        _ => "ABOVE THE BAR",
    };
    println!("    bar {bar:.0}, reach for {reach:.0}: {verdict}");
}
