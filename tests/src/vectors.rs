//! Test data of others, read where it lies: `JOTGATE_VECTORS`, by default `../shared/vectors` beside the project.

pub mod key_set;

use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// One corpus: a folder of files.
pub struct Corpus(PathBuf);

/// The corpus of this name. Without it nothing is proven: the run says so on stderr, uncaptured, and goes on.
#[must_use]
pub fn corpus(name: &str) -> Option<Corpus> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors");
    let folder = std::env::var_os("JOTGATE_VECTORS").map_or_else(beside, PathBuf::from).join(name);
    if folder.is_dir() {
        return Some(Corpus(folder));
    }
    let notice = format!(
        "\n*** SKIPPED, NOTHING PROVEN: no vectors in {}; JOTGATE_VECTORS names their folder ***\n",
        folder.display()
    );
    // Not `eprintln!`, which the test harness swallows when the test passes.
    std::io::stderr().write_all(notice.as_bytes()).expect("stderr can be written to");
    None
}

impl Corpus {
    /// The bytes of a file.
    ///
    /// # Panics
    /// The corpus is there, but not this file.
    #[must_use]
    pub fn read(&self, file: &str) -> Vec<u8> {
        let path = self.0.join(file);
        std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// A file of text, without space around it.
    ///
    /// # Panics
    /// The file is not there, or is no text.
    #[must_use]
    pub fn text(&self, file: &str) -> String {
        String::from_utf8(self.read(file)).expect("the file is UTF-8").trim().to_owned()
    }

    /// A file of JSON.
    ///
    /// # Panics
    /// The file is not there, or is no JSON.
    #[must_use]
    pub fn json(&self, file: &str) -> serde_json::Value {
        serde_json::from_slice(&self.read(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    /// The names of the files in `folder`, sorted.
    ///
    /// # Panics
    /// The folder cannot be read.
    #[must_use]
    pub fn files(&self, folder: &str) -> Vec<String> {
        let path = self.0.join(folder);
        let entries = std::fs::read_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = |entry: std::io::Result<std::fs::DirEntry>| {
            entry.expect("the folder can be read").file_name().into_string().expect("names are UTF-8")
        };
        let mut names: Vec<_> = entries.map(name).collect();
        names.sort();
        names
    }
}
