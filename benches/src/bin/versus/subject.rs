//! Somebody who judges tokens or signatures, under one name.

use crate::{
    case::{Case, Sample},
    options::Work,
};
use std::hint::black_box;

type Check = dyn FnMut(&Sample) -> bool;

/// Answers for samples: the whole token, or its signing input and signature, whatever the work is.
pub(crate) struct Subject {
    pub(crate) name: String,
    check: Box<Check>,
}

impl Subject {
    pub(crate) fn new(name: impl Into<String>, check: impl FnMut(&Sample) -> bool + 'static) -> Self {
        Self { name: name.into(), check: Box::new(check) }
    }

    /// Whether the subject accepts the sample.
    pub(crate) fn accepts(&mut self, sample: &Sample) -> bool {
        (self.check)(black_box(sample))
    }

    /// Nobody is timed who does not do the work.
    pub(crate) fn must_do(&mut self, work: Work, case: &Case) {
        for sample in &case.good {
            assert!(self.accepts(sample), "{} refuses a good token, {}", self.name, case.kind.name);
        }
        let claims = if work == Work::Validate { case.denied.as_slice() } else { &[] };
        for sample in case.tampered.iter().chain(claims) {
            let accepted = self.accepts(sample);
            assert!(!accepted, "{} accepts a bad token, {}: {}", self.name, case.kind.name, sample.fault);
        }
    }
}
