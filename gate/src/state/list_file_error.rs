//! What is wrong with a file that holds a list, and where.

use jotgate_core::{RevocationListError, StatusListError};
use std::{fmt, io, path::PathBuf};

/// Why a list is not loaded. The list in force stays in force.
#[derive(Debug)]
pub enum ListFileError {
    /// The file cannot be read, or the system gives no random key for its index.
    Unreadable(PathBuf, io::Error),
    /// The revocation list is refused, with the line at fault.
    Revocations(PathBuf, RevocationListError),
    /// The status list token names no list: it cannot be read, or has no `sub`.
    NoListNamed(PathBuf),
    /// The status list token is refused, with the reason for each issuer whose keys were tried.
    StatusList(PathBuf, Vec<(String, StatusListError)>),
}

impl fmt::Display for ListFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Revocations(path, RevocationListError { line, fault }) => {
                write!(f, "{}:{line}: {fault}", path.display())
            }
            Self::NoListNamed(path) => {
                write!(f, "{}: not a status list token: no payload with a sub can be read", path.display())
            }
            Self::StatusList(path, reasons) => {
                write!(f, "{}", path.display())?;
                for (issuer, reason) in reasons {
                    write!(f, ": as a list of {issuer}: {reason}")?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for ListFileError {}
