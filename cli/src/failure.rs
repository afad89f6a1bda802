//! What ends a command before it has an answer: exit status 2, or 3.

use jotgate_core::LoadError;
use jotgate_gate::{KeyFileError, ListFileError, PolicyFileError, Setting, read_bounded};
use std::{
    fmt,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// A usage, policy, key-set or list error, or an output that cannot be written.
#[derive(Debug)]
pub(crate) enum Failure {
    Usage(String),
    /// The command line as clap judges it; or help, which cannot fail but by output.
    CommandLine(clap::Error),
    Policy(PolicyFileError),
    Keys(KeyFileError),
    /// No key of a set can be used, and some name no algorithm.
    NamelessKeys(PathBuf),
    List(ListFileError),
    /// Another file cannot be read.
    File(PathBuf, io::Error),
    /// The ring as a whole.
    Ring(LoadError),
    Input(io::Error),
    Output(io::Error),
}

impl Failure {
    /// A file that is neither key set nor list, of at most so many bytes.
    pub(crate) fn read(path: &Path, most: usize) -> Result<Vec<u8>, Self> {
        let file = read_bounded(path, most);
        file.map(|file| file.bytes).map_err(|error| Self::File(path.to_owned(), error))
    }

    /// The exit status. Whoever read the output has seen enough, as `head` does: what was judged and not read, or never
    /// judged, must not pass for granted.
    pub(crate) fn status(&self) -> u8 {
        if self.is_closed_pipe() { 3 } else { 2 }
    }

    pub(crate) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Tells it. Where standard error cannot be written, the status alone does.
    pub(crate) fn tell(&self) {
        let _untold = match self {
            failure if failure.is_closed_pipe() => Ok(()),
            Self::CommandLine(error) => error.print(),
            failure => writeln!(io::stderr(), "jotgate: {failure}"),
        };
    }
}

/// An option that this product makes no use of.
pub(crate) fn not_used(flag: &str, product: &str, setting: Setting) -> Failure {
    Failure::Usage(format!(
        "--{flag}: not used: products.{product}.{setting} of the policy file does not ask for it"
    ))
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) => f.write_str(message),
            Self::CommandLine(error) => error.fmt(f),
            Self::Policy(error) => error.fmt(f),
            Self::Keys(error) => error.fmt(f),
            Self::NamelessKeys(path) => {
                let refused = KeyFileError::Refused(path.clone(), LoadError::NoUsableKey);
                write!(
                    f,
                    "{refused}: RSA keys name no algorithm; --alg RS256, or keys.algorithm in a policy file, says \
                        which they serve"
                )
            }
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
