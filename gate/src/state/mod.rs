//! What a gateway knows beside keys and policy: which tokens were taken back, and which proofs were used. Files are read
//! into memory of this process and lent to the core from there.

mod list_file_error;
mod proof_memory;
mod revocation_file;
mod status_list_file;

pub use list_file_error::ListFileError;
pub use proof_memory::ProofMemory;
pub use revocation_file::RevocationFile;
pub use status_list_file::{MAX_STATUSES_LEN, StatusListFile};

use jotgate_core::UnixSeconds;
use std::{
    io,
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

/// A file of at most `most` bytes, and when it was last changed.
fn read_file(path: &Path, most: usize) -> Result<(Vec<u8>, UnixSeconds), ListFileError> {
    let file =
        crate::read_bounded(path, most).map_err(|error| ListFileError::Unreadable(path.to_owned(), error))?;
    Ok((file.bytes, seconds(file.changed)))
}

/// Rounded down. Before 1970 is as old as can be.
fn seconds(time: SystemTime) -> UnixSeconds {
    let since = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    UnixSeconds(i64::try_from(since).unwrap_or(i64::MAX))
}

/// Sixteen bytes of the system's random source.
fn random_key() -> io::Result<[u8; 16]> {
    let mut key = [0; 16];
    getrandom::fill(&mut key).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(key)
}
