//! Times the worst inputs, and says which costs most: for each byte, and for each choice of a key.
//!
//! `worst [ROUNDS]` prints a table in Markdown, and fails when something costs more than its bar.

use jotgate_benches::{
    clock::{Candidate, interleave},
    worst::{ALL, Worst},
    worst_keys::key_choice,
    worst_status::{Figure, revocation_lists, status_lists},
};
use std::process::ExitCode;

/// Nanoseconds of one sample.
const SAMPLE: u64 = 1_000_000;

/// How often what is above its bar is measured again: the least of all counts, for noise only adds.
const AGAIN: usize = 3;

/// Nanoseconds for each byte of what a list holds, inflated.
const LIST_BAR: f64 = 30.0;

/// Nanoseconds for the choice of a key of one issuer, whatever another one publishes.
const CHOICE_BAR: f64 = 60.0;

/// A line of the table.
struct Row {
    name: String,
    /// Bytes of the input, where its cost is that of a byte.
    bytes: Option<usize>,
    nanoseconds: f64,
    bar: f64,
}

fn main() -> ExitCode {
    let rounds = std::env::args().nth(1).map_or(8, |rounds| rounds.parse().unwrap());
    println!("| input | bytes | ns a byte | bar |\n|---|--:|--:|--:|");
    let mut above = vec![];
    for (group, cases) in ALL {
        above.extend(print(group, cases().into_iter().map(|case| measure(case, rounds)).collect()));
    }
    above.extend(print("an issuer: a byte of an inflated status list", figures(status_lists())));
    above.extend(print("who writes a revocation list: a byte of it", figures(revocation_lists())));
    above.extend(print("another issuer: ns for the choice of a key", choices()));
    for line in &above {
        eprintln!("worst: {line}");
    }
    if above.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints a group, the dearest first beside its bar, and returns what is above it.
fn print(group: &str, mut rows: Vec<Row>) -> Vec<String> {
    rows.sort_by(|one, other| (other.nanoseconds / other.bar).total_cmp(&(one.nanoseconds / one.bar)));
    println!("| **{group}** | | | |");
    for Row { name, bytes, nanoseconds, bar } in &rows {
        let bytes = bytes.map(|bytes| bytes.to_string()).unwrap_or_default();
        println!("| {name} | {bytes} | {nanoseconds:.1} | {bar:.0} |");
    }
    rows.iter()
        .filter(|row| row.nanoseconds > row.bar)
        .map(|row| format!("{}: {:.1} ns, and {:.0} is the bar", row.name, row.nanoseconds, row.bar))
        .collect()
}

fn figures(figures: Vec<Figure>) -> Vec<Row> {
    let row = |figure: Figure| Row {
        name: figure.name.to_owned(),
        bytes: None,
        nanoseconds: figure.ns_per_byte,
        bar: LIST_BAR,
    };
    figures.into_iter().map(row).collect()
}

/// What an issuer does to itself is its own: those are not judged.
fn choices() -> Vec<Row> {
    let choice = key_choice();
    [
        ("of an issuer alone", choice.alone),
        ("beside 1,023 keys of another issuer", choice.beside_many),
        ("beside 1,023 keys whose ids are aimed at it", choice.beside_aimed),
        ("without key id, beside some 500 keys without", choice.beside_nameless),
    ]
    .map(|(name, nanoseconds)| Row { name: name.to_owned(), bytes: None, nanoseconds, bar: CHOICE_BAR })
    .into()
}

/// Nanoseconds for each byte of the input, the least of all rounds.
fn measure(case: Worst, rounds: usize) -> Row {
    let Worst { name, bar, bytes, work } = case;
    let mut candidates = [Candidate::new(name, work)];
    let mut nanoseconds = f64::INFINITY;
    for _ in 0..=AGAIN {
        interleave(&mut candidates, rounds, SAMPLE);
        nanoseconds = candidates[0].minimum() / bytes as f64;
        if nanoseconds <= bar.nanoseconds() {
            break;
        }
    }
    let [candidate] = candidates;
    Row { name: candidate.name, bytes: Some(bytes), nanoseconds, bar: bar.nanoseconds() }
}
