//! What ends a command before it has an answer: exit status 2.

use jotgate_core::LoadError;
use jotgate_gate::{KeyFileError, PolicyFileError};
use std::{fmt, io};

/// A usage, policy or key-set error, or an output that cannot be written.
#[derive(Debug)]
pub(crate) enum Failure {
    Usage(String),
    Policy(PolicyFileError),
    Keys(KeyFileError),
    /// The ring as a whole.
    Ring(LoadError),
    Input(io::Error),
    Output(io::Error),
}

impl Failure {
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

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        Self::Ring(error)
    }
}
