//! The exceptions: which tests do not get the answer of their label, and why.

use serde::Deserialize;
use std::collections::BTreeSet;

/// What Wycheproof says of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    Valid,
    Acceptable,
    Invalid,
}

/// What jotgate says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Accepted,
    Refused,
}

/// One test with its label and its answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Verdict {
    pub file: String,
    pub id: u64,
    pub label: Label,
    pub answer: Answer,
}

impl Verdict {
    /// "Acceptable" is no answer: whatever is said of it has to be listed.
    pub fn deviates(&self) -> bool {
        !matches!(
            (self.label, self.answer),
            (Label::Valid, Answer::Accepted) | (Label::Invalid, Answer::Refused)
        )
    }
}

/// A file with keys that the loader skips, and its reason.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unusable {
    file: String,
    skipped: String,
}

impl Unusable {
    pub fn new(file: &str, skipped: &str) -> Self {
        Self { file: file.into(), skipped: skipped.into() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exceptions {
    exception: Vec<Exception>,
    unusable_key: Vec<UnusableKeys>,
}

/// Tests that share a reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    files: Vec<String>,
    labelled: Label,
    /// All tests of that label when empty.
    #[serde(default)]
    ids: Vec<u64>,
    /// Tests of that label that are no exceptions.
    #[serde(default)]
    but: Vec<u64>,
    answer: Answer,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnusableKeys {
    files: Vec<String>,
    skipped: String,
    reason: String,
}

impl Exceptions {
    pub fn read() -> Self {
        let read: Self =
            toml::from_str(include_str!("../../data/wycheproof-exceptions.toml")).expect("the list is TOML");
        let reasons = read.exception.iter().map(|e| &e.reason);
        let reasons = reasons.chain(read.unusable_key.iter().map(|keys| &keys.reason));
        assert!(reasons.into_iter().all(|reason| !reason.is_empty()));
        read
    }

    /// Every file that is named.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let skipped = self.unusable_key.iter().flat_map(|keys| &keys.files);
        self.exception.iter().flat_map(|exception| &exception.files).chain(skipped).map(String::as_str)
    }

    /// Those of the files that begin so.
    pub fn of(mut self, prefix: &str) -> Self {
        self.exception.iter_mut().for_each(|exception| exception.files.retain(|f| f.starts_with(prefix)));
        self.unusable_key.iter_mut().for_each(|keys| keys.files.retain(|file| file.starts_with(prefix)));
        self
    }

    /// The verdicts that are expected to deviate.
    ///
    /// # Panics
    /// A listed test does not exist.
    pub fn verdicts(&self, all: &[Verdict]) -> BTreeSet<Verdict> {
        let mut listed = BTreeSet::new();
        for exception in &self.exception {
            for file in &exception.files {
                let Exception { labelled, ids, but, answer, .. } = exception;
                let tests = || all.iter().filter(|test| test.file == *file && test.label == *labelled);
                for id in ids.iter().chain(but) {
                    assert!(tests().any(|test| test.id == *id), "{file} has no {labelled:?} test {id}");
                }
                let chosen =
                    |test: &&Verdict| (ids.is_empty() || ids.contains(&test.id)) && !but.contains(&test.id);
                assert!(tests().any(|test| chosen(&test)), "{file} has no {labelled:?} test");
                listed.extend(tests().filter(chosen).map(|test| Verdict { answer: *answer, ..test.clone() }));
            }
        }
        listed
    }

    /// The files whose keys are expected to be skipped.
    pub fn unusable(&self) -> BTreeSet<Unusable> {
        let files = |keys: &UnusableKeys| {
            let skipped = keys.skipped.clone();
            keys.files.clone().into_iter().map(move |file| Unusable { file, skipped: skipped.clone() })
        };
        self.unusable_key.iter().flat_map(files).collect()
    }
}
