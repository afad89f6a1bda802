//! Measures all subjects of one work and algorithm, interleaved.

use crate::{
    allocations,
    case::{Case, Sample},
    options::{Options, Work},
    subject::Subject,
};
use jotgate_benches::clock::{Candidate, interleave};

/// What one subject took.
pub(crate) struct Measurement {
    pub(crate) work: Work,
    pub(crate) algorithm: &'static str,
    pub(crate) token_len: usize,
    pub(crate) subject: String,
    pub(crate) min_ns: f64,
    pub(crate) median_ns: f64,
    /// The mean of all good tokens, rounded.
    pub(crate) allocations: u64,
}

impl Measurement {
    pub(crate) fn is_ours(&self) -> bool {
        self.subject.starts_with("jotgate/")
    }

    /// How the key was prepared, of ours: `None` where keys never get tables, as with RSA.
    pub(crate) fn tables(&self) -> Option<&'static str> {
        let is_for_tables = ["ES", "Ed"].iter().any(|start| self.algorithm.starts_with(start));
        let table = self.subject.strip_prefix("jotgate/")?.split(['/', ',']).nth(1)?;
        is_for_tables.then_some(if table == "none" { "without tables" } else { "with tables" })
    }
}

pub(crate) fn measure(
    case: &Case,
    work: Work,
    mut subjects: Vec<Subject>,
    options: &Options,
) -> Vec<Measurement> {
    let mut counts = Vec::new();
    for subject in &mut subjects {
        subject.must_do(work, case);
        counts.push(allocations_of(subject, &case.good));
    }
    let mut candidates: Vec<Candidate<'_>> =
        subjects.into_iter().map(|subject| timed(subject, case)).collect();
    let (rounds, nanoseconds) = options.effort();
    interleave(&mut candidates, rounds, nanoseconds);
    let measured = candidates.into_iter().zip(counts);
    let measured = measured.map(|(candidate, allocations)| Measurement {
        work,
        algorithm: case.kind.name,
        token_len: case.token_len(),
        min_ns: candidate.minimum(),
        median_ns: candidate.median(),
        subject: candidate.name,
        allocations,
    });
    measured.collect()
}

fn timed(mut subject: Subject, case: &Case) -> Candidate<'_> {
    let good = &case.good;
    Candidate::new(subject.name.clone(), move |call| assert!(subject.accepts(&good[call % good.len()])))
}

fn allocations_of(subject: &mut Subject, good: &[Sample]) -> u64 {
    let before = allocations::count();
    for sample in good {
        subject.accepts(sample);
    }
    let len = u64::try_from(good.len()).unwrap();
    (allocations::count() - before + len / 2) / len
}
