//! What a DPoP proof costs beside its signature.
//!
//! `cargo run --release -p jotgate-benches --no-default-features --bin dpop [ROUNDS]`
//!
//! The difference is taken in two ways: the whole check of a bound token with its proof less that of the same
//! token unbound, and the proof by itself. From both the verification of the proof's signature is taken away, without a
//! table and with a key that nobody knew before; once the real one, and once an algorithm that only hashes, because the
//! noise of the real one is larger than the difference.

use jotgate_benches::{
    accept_any::ANY_ES256,
    clock::{Candidate, interleave},
    dpop::Bound,
};
use jotgate_core::crypto::ES256;

/// The bar of the difference, nanoseconds, and what is reached for.
const BAR: (f64, f64) = (1500.0, 1000.0);

/// Nanoseconds of one sample.
const SAMPLE: u64 = 1_000_000;

fn main() {
    let rounds = std::env::args().nth(1).map_or(300, |rounds| rounds.parse().unwrap());
    let bound = &Bound::new();
    let mut candidates = [
        Candidate::new("whole check with proof", bound.whole(&ANY_ES256, &ES256)),
        Candidate::new("whole check without", bound.bearer(&ANY_ES256)),
        Candidate::new("proof alone", bound.proof(&ES256)),
        Candidate::new("hash and ES256 without table", bound.signature(&ES256)),
        Candidate::new("whole check with proof, any accepted", bound.whole(&ANY_ES256, &ANY_ES256)),
        Candidate::new("proof alone, any accepted", bound.proof(&ANY_ES256)),
        Candidate::new("hash, any accepted", bound.signature(&ANY_ES256)),
    ];
    interleave(&mut candidates, rounds, SAMPLE);
    let (token, proof) = bound.lens();
    println!("token of {token} bytes, proof of {proof}; nanoseconds: minimum, median of {rounds} rounds");
    for candidate in &candidates {
        println!("  {:44} {:9.0} {:9.0}", candidate.name, candidate.minimum(), candidate.median());
    }
    let [with, without, alone, signature, with_any, alone_any, hash] = &candidates;
    let least = |candidate: &Candidate<'_>| candidate.minimum();
    println!("beside ES256 without table:");
    println!("  {:44} {:9.0}", "whole, real", least(with) - least(without) - least(signature));
    println!("  {:44} {:9.0}", "alone, real", least(alone) - least(signature));
    let direct = least(with_any) - least(without) - least(hash);
    println!("  {:44} {:9.0}", "whole, directly", direct);
    println!("  {:44} {:9.0}", "alone, directly", least(alone_any) - least(hash));
    let (bar, reach) = BAR;
    let verdict = match direct {
        d if d <= reach => "reached",
        d if d <= bar => "within the bar",
        _ => "ABOVE THE BAR",
    };
    println!("  bar {bar:.0}, reach for {reach:.0}: {verdict} (whole, directly)");
}
