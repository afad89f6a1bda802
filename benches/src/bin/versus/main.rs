//! jotgate beside other libraries, all in one process: time and allocations of whole validations, and of hash and
//! signature alone.
//!
//! `cargo run --release -p jotgate-benches --bin versus -- [--json] [--quick] [--work WORK] [--algorithm NAME]...`
//!
//! Every round runs all subjects in another order; time is processor time of the thread. Figures of one run can be
//! compared with each other and with nothing else, and of those the minimum tells most.

mod allocations;
mod case;
mod machine;
mod measurement;
mod options;
mod ours;
mod report;
mod subject;
#[cfg(feature = "peers")]
mod validate;
#[cfg(feature = "peers")]
mod verify;

use case::{Case, Kind};
use jotgate_benches::provider;
use jotgate_core::crypto::Algorithm;
use options::{Options, Work};
use std::process::ExitCode;
use subject::Subject;

fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("versus: {message}\n{}", options::USAGE);
            return ExitCode::FAILURE;
        }
    };
    provider::install();
    let ours = ours::runnable();
    let mut all = Vec::new();
    for kind in Kind::ALL.iter().filter(|kind| options.takes_algorithm(kind.name)) {
        let case = Case::new(kind);
        for work in Work::ALL.into_iter().filter(|work| options.takes_work(*work)) {
            eprintln!("versus: {} {}, {} bytes", work.name(), kind.name, case.token_len());
            all.extend(measurement::measure(&case, work, subjects(&ours, &case, work), &options));
        }
    }
    let note = options.note.as_deref();
    match options.save {
        Some(ref folder) => report::save(folder, &all, note),
        None if options.json => print!("{}", report::json(&all)),
        None => print!("{}", report::text(&all, note)),
    }
    ExitCode::SUCCESS
}

/// Everybody who can do this work, ourselves first; without the feature `peers` ourselves alone.
fn subjects(ours: &[(&str, &'static dyn Algorithm)], case: &Case, work: Work) -> Vec<Subject> {
    let ours = ours.iter().filter(|(_, value)| value.name() == case.kind.algorithm);
    let ours = ours.map(|(name, value)| ours::subject(name, *value, case, work));
    #[cfg(feature = "peers")]
    let ours = ours.chain(match work {
        Work::Validate => validate::peers(case),
        Work::Verify => verify::peers(case),
    });
    ours.collect()
}
