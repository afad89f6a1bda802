//! Files of tests, and one that is in order.

use jotgate_gate::{PolicyFile, PolicyFileError};
use std::path::PathBuf;

/// A file of its own, removed when the test is over.
pub(crate) struct File(pub(crate) PathBuf);

impl File {
    pub(crate) fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("jotgate-{}-{name}.toml", std::process::id()));
        std::fs::write(&path, text).expect("the temporary folder can be written");
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _unneeded = std::fs::remove_file(&self.0);
    }
}

pub(crate) fn error(name: &str, text: &str) -> PolicyFileError {
    let file = File::new(name, text);
    PolicyFile::open(&file.0).err().expect("refused")
}

/// A policy file that is in order; tests change one line of it.
pub(crate) const GOOD: &str = r#"[defaults]
leeway = 30

[issuers.a]
issuer = "https://a.example"
preset = "rfc9068"
keys.file = "a.json"

[client_groups]
gold = ["one", "two"]

[products.p]
issuers = ["a"]
audience = ["https://p.example"]
scopes = ["x y", "z"]
revocation = "not-checked"
clients = ["@gold", "three"]
"#;
