//! What ends a command before it has an answer: exit status 2.

use jotgate_core::LoadError;
use jotgate_gate::{KeyFileError, ListFileError, PolicyFileError};
use std::{
    fmt, io,
    path::{Path, PathBuf},
};

/// A usage, policy, key-set or list error, or an output that cannot be written.
#[derive(Debug)]
pub(crate) enum Failure {
    Usage(String),
    Policy(PolicyFileError),
    Keys(KeyFileError),
    List(ListFileError),
    /// Another file cannot be read.
    File(PathBuf, io::Error),
    /// The ring as a whole.
    Ring(LoadError),
    Input(io::Error),
    Output(io::Error),
}

impl Failure {
    /// The octets of a file that is neither key set nor list.
    pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Self> {
        std::fs::read(path).map_err(|error| Self::File(path.to_owned(), error))
    }

    /// Whoever read the output has seen enough, as `head` does.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) => f.write_str(message),
            Self::Policy(error) => error.fmt(f),
            Self::Keys(error) => error.fmt(f),
            Self::List(error) => error.fmt(f),
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Ring(error) => error.fmt(f),
            Self::Input(error) => write!(f, "standard input: {error}"),
            Self::Output(error) => write!(f, "standard output: {error}"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<PolicyFileError> for Failure {
    fn from(error: PolicyFileError) -> Self {
        Self::Policy(error)
    }
}

impl From<KeyFileError> for Failure {
    fn from(error: KeyFileError) -> Self {
        Self::Keys(error)
    }
}

impl From<ListFileError> for Failure {
    fn from(error: ListFileError) -> Self {
        Self::List(error)
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        Self::Ring(error)
    }
}
