//! What the command line asks for.

use std::path::PathBuf;

pub(crate) const USAGE: &str = "\
usage: versus [--json] [--quick] [--save FOLDER] [--note TEXT] [--work validate|verify] [--algorithm NAME]...
  --json        print an array of measurements instead of tables
  --quick       fewer rounds: all of it takes less than a minute
  --save        write FOLDER/versus.json and FOLDER/VERSUS.md instead of printing
  --note        a sentence on the state of what is measured, to stand beside the figures
  --work        only whole validations, or only hash and signature
  --algorithm   only these: RS256-2048, PS256-3072, ES256, EdDSA, ...; the beginning of a name is enough";

/// What is timed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// The whole validation of a token against six preloaded keys.
    Validate,
    /// Hash and verification of a token's signing input with one parsed key.
    Verify,
}

impl Work {
    pub(crate) const ALL: [Self; 2] = [Self::Validate, Self::Verify];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Validate => "validate",
            Self::Verify => "verify",
        }
    }
}

#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) json: bool,
    pub(crate) quick: bool,
    pub(crate) save: Option<PathBuf>,
    pub(crate) note: Option<String>,
    work: Option<Work>,
    algorithms: Vec<String>,
}

impl Options {
    pub(crate) fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self::default();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
            match argument.as_str() {
                "--json" => options.json = true,
                "--quick" => options.quick = true,
                "--save" => options.save = Some(value()?.into()),
                "--note" => options.note = Some(value()?),
                "--work" => {
                    let name = value()?;
                    let work = Work::ALL.into_iter().find(|work| work.name() == name);
                    options.work = Some(work.ok_or(format!("no such work: {name}"))?);
                }
                "--algorithm" => options.algorithms.push(value()?),
                _ => return Err(format!("unknown option: {argument}")),
            }
        }
        Ok(options)
    }

    pub(crate) fn takes_work(&self, work: Work) -> bool {
        self.work.is_none_or(|only| only == work)
    }

    pub(crate) fn takes_algorithm(&self, name: &str) -> bool {
        self.algorithms.is_empty() || self.algorithms.iter().any(|only| name.starts_with(only))
    }

    /// Rounds, and nanoseconds of a sample.
    pub(crate) fn effort(&self) -> (usize, u64) {
        if self.quick { (60, 200_000) } else { (400, 1_000_000) }
    }
}
