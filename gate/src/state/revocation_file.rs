//! A revocation list in a file, and its index on the heap.

use super::{ListFileError, random_key, read_file};
use jotgate_core::{
    IndexKey, RevocationBucket, RevocationFacts, RevocationList, RevocationRule, UnixSeconds,
    limits::MAX_REVOCATION_LIST_LEN,
};
use std::path::{Path, PathBuf};

/// The text of a revocation list with room for its index: 16 bytes for each line that may be an entry.
pub struct RevocationFile {
    path: PathBuf,
    text: Vec<u8>,
    as_of: UnixSeconds,
    buckets: Vec<RevocationBucket>,
}

impl RevocationFile {
    /// Reads the file. The list counts as true when the file was last changed. Whoever replaces it writes another file
    /// beside it and renames that one: a file that is written to while it is read is refused.
    ///
    /// # Errors
    /// [`ListFileError::Unreadable`], with a [`FileFault`](crate::FileFault) where the system is not at fault.
    pub fn read(path: &Path) -> Result<Self, ListFileError> {
        let (text, as_of) = read_file(path, MAX_REVOCATION_LIST_LEN)?;
        let entries =
            text.split(|byte| *byte == b'\n').filter(|line| !matches!(line, [] | [b'#', ..])).count();
        let buckets = vec![RevocationBucket::EMPTY; RevocationList::buckets(entries)];
        Ok(Self { path: path.to_owned(), text, as_of, buckets })
    }

    /// When the list was true at its source, for whoever knows better than the file.
    #[must_use]
    pub fn with_as_of(mut self, as_of: UnixSeconds) -> Self {
        self.as_of = as_of;
        self
    }

    /// Loads the list; `generation` tells it from others.
    ///
    /// # Errors
    /// [`ListFileError::Revocations`] with the first line at fault; [`ListFileError::Unreadable`] when the system gives
    /// no random key.
    pub fn load(&mut self, generation: u64) -> Result<RevocationList<'_>, ListFileError> {
        let key = random_key().map_err(|error| ListFileError::Unreadable(self.path.clone(), error))?;
        let facts = RevocationFacts { generation, as_of: self.as_of, key: IndexKey(key) };
        RevocationList::load(&self.text, facts, &mut self.buckets)
            .map_err(|error| ListFileError::Revocations(self.path.clone(), error))
    }

    /// Loads the list as this rule demands it: where a list must say how many entries it has, one that does not is no
    /// list.
    ///
    /// # Errors
    /// As [`load`](Self::load), and [`RevocationFault::NotCounted`](jotgate_core::RevocationFault::NotCounted).
    pub fn load_for(
        &mut self,
        generation: u64,
        rule: RevocationRule,
    ) -> Result<RevocationList<'_>, ListFileError> {
        let path = self.path.clone();
        let list = self.load(generation)?;
        match rule {
            RevocationRule::ByCountedList(_) => {
                list.if_counted().map_err(|error| ListFileError::Revocations(path, error))
            }
            RevocationRule::ByList(_) | RevocationRule::NotChecked => Ok(list),
        }
    }
}
