//! Times the worst inputs, and says which costs most for each byte.
//!
//! `worst [ROUNDS]` prints a table in Markdown, and fails when something costs more than its bar.

use jotgate_benches::{
    clock::{Candidate, interleave},
    worst::{ALL, Bar, Worst},
};
use std::process::ExitCode;

/// Nanoseconds of one sample.
const SAMPLE: u64 = 1_000_000;

/// How often what is above its bar is measured again: the least of all counts, for noise only adds.
const AGAIN: usize = 3;

fn main() -> ExitCode {
    let rounds = std::env::args().nth(1).map_or(8, |rounds| rounds.parse().unwrap());
    println!("| input | bytes | ns a byte | bar |\n|---|--:|--:|--:|");
    let mut above = vec![];
    for (group, cases) in ALL {
        let mut measured: Vec<(String, usize, f64, Bar)> =
            cases().into_iter().map(|case| measure(case, rounds)).collect();
        measured.sort_by(|one, other| {
            (other.2 / other.3.nanoseconds()).total_cmp(&(one.2 / one.3.nanoseconds()))
        });
        println!("| **{group}** | | | |");
        for (name, bytes, nanoseconds, bar) in measured {
            println!("| {name} | {bytes} | {nanoseconds:.1} | {:.0} |", bar.nanoseconds());
            if nanoseconds > bar.nanoseconds() {
                above.push(format!(
                    "{name}: {nanoseconds:.1} ns a byte, and {:.0} is the bar",
                    bar.nanoseconds()
                ));
            }
        }
    }
    for line in &above {
        eprintln!("worst: {line}");
    }
    if above.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Nanoseconds for each byte of the input, the least of all rounds.
fn measure(case: Worst, rounds: usize) -> (String, usize, f64, Bar) {
    let Worst { name, bar, bytes, work } = case;
    let mut candidates = [Candidate::new(name, work)];
    let mut each = f64::INFINITY;
    for _ in 0..=AGAIN {
        interleave(&mut candidates, rounds, SAMPLE);
        each = candidates[0].minimum() / bytes as f64;
        if each <= bar.nanoseconds() {
            break;
        }
    }
    let [candidate] = candidates;
    (candidate.name, bytes, each, bar)
}
