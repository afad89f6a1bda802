//! Every fuzz target over its seeds and thousands of changed seeds: fuzzing in short, for every `cargo test`.

use jotgate_fuzz::{TARGETS, Target};
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

/// For each target; there are fifteen.
const LONGEST: Duration = Duration::from_secs(3);

/// Enough to meet every branch; most targets need less than their time for it.
const CHANGES: usize = 100_000;

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds").join(target);
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// The same changes in every run.
struct Mutator {
    state: u64,
}

impl Mutator {
    fn below(&mut self, bound: usize) -> usize {
        // Xorshift (Marsaglia 2003).
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state % bound.max(1) as u64) as usize
    }

    fn change(&mut self, input: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        const TOKENS: [&[u8]; 16] = [
            b"\"", b"\\", b"\\u0000", b"\\ud800", b"{", b"}", b"[", b"]", b":", b",", b".", b"=", b" ",
            b"\n", b"-1e9", b"\xff",
        ];
        let at = self.below(input.len() + 1);
        match self.below(7) {
            0 if at < input.len() => input[at] ^= 1 << self.below(8),
            1 if at < input.len() => input[at] = self.below(256) as u8,
            2 if at < input.len() => drop(input.drain(at..input.len().min(at + 1 + self.below(8)))),
            3 => input.truncate(at),
            4 => {
                let other = &seeds[self.below(seeds.len())];
                let (from, len) = (self.below(other.len() + 1), self.below(40));
                let piece = other[from..other.len().min(from + len)].to_vec();
                drop(input.splice(at..at, piece));
            }
            5 => {
                let end = input.len().min(at + self.below(40));
                let piece = input[at..end].to_vec();
                drop(input.splice(end..end, piece));
            }
            _ => drop(input.splice(at..at, TOKENS[self.below(TOKENS.len())].iter().copied())),
        }
    }
}

fn run((name, target): Target) {
    let seeds = seeds(name);
    for seed in &seeds {
        target(seed);
    }
    let mut mutator = Mutator { state: 0x006a_6f74 };
    let begin = Instant::now();
    for _ in 0..CHANGES {
        if begin.elapsed() > LONGEST {
            break;
        }
        let mut input = seeds[mutator.below(seeds.len())].clone();
        for _ in 0..=mutator.below(4) {
            mutator.change(&mut input, &seeds);
        }
        if std::panic::catch_unwind(|| target(&input)).is_err() {
            panic!("{name} fails on {:?}", String::from_utf8_lossy(&input));
        }
    }
}

#[test]
fn every_target_holds_for_its_seeds_and_their_changes() {
    TARGETS.iter().copied().for_each(run);
}
