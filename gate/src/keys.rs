//! Key sets in files, and a ring in memory of this process.

use crate::{
    file::read_bounded,
    tables::{Tabled, Tables, Wanted},
};
use jotgate_core::{
    IssuerSlot, KeyRing, KeyRingBuilder, KeySlot, LoadError, Scratch, Section,
    limits::{MAX_KEY_SET_LEN, MAX_KEYS, MAX_TOKEN_LEN_RAISED},
};
use std::{
    fmt, io,
    path::{Path, PathBuf},
};

/// How much memory key sets of these texts can need at the most.
#[derive(Clone, Copy, Debug, Default)]
pub struct Capacity {
    issuers: usize,
    keys: usize,
    words: usize,
    tables: Wanted,
}

impl Capacity {
    /// Room for one more key set of a section, loaded `times` times. None for what is beyond [`MAX_KEY_SET_LEN`]: such a set
    /// is refused.
    #[must_use]
    pub fn and(mut self, section: &Section<'_>, key_set: &[u8], times: usize) -> Self {
        let key_set = key_set.get(..MAX_KEY_SET_LEN).unwrap_or(key_set);
        // Every key is an object, and every number of a key is shorter decoded than in base64url; a word for
        // each byte of text leaves room for constants and index.
        let keys = key_set.iter().filter(|byte| **byte == b'{').count().min(MAX_KEYS);
        self.issuers = self.issuers.saturating_add(1);
        self.keys = self.keys.saturating_add(keys.saturating_mul(times));
        let names = section.issuer.len().saturating_add(section.label.len());
        self.words = self.words.saturating_add(key_set.len().saturating_mul(times)).saturating_add(names);
        self.tables = self.tables.and(key_set);
        self
    }
}

/// Builds a key ring and lends it to `with`. Keys whose algorithm `load` takes from [`Tabled`] get tables, if any are to
/// be built: the first [`TABLED_KEYS`](crate::TABLED_KEYS) of them.
///
/// # Errors
/// What `load` says, or why the ring cannot be closed. It may be empty: whether that is an error, `load` says.
pub fn in_key_ring<T, E: From<LoadError>>(
    capacity: Capacity,
    generation: u64,
    tables: Tables,
    load: impl for<'m> FnOnce(&mut KeyRingBuilder<'m>, &'m Tabled<'m>, &mut Scratch<'_>) -> Result<(), E>,
    with: impl FnOnce(&KeyRing<'_>) -> T,
) -> Result<T, E> {
    let mut memory = capacity.tables.memory(tables);
    let (tabled, lines) = Tabled::build(&mut memory);
    let mut words = vec![0; capacity.words];
    let mut issuers = vec![IssuerSlot::EMPTY; capacity.issuers];
    let mut keys = vec![KeySlot::EMPTY; capacity.keys];
    let (mut text, mut names) = (vec![0; Scratch::text_len(MAX_TOKEN_LEN_RAISED)], [0; Scratch::NAMES]);
    let mut builder = KeyRingBuilder::new(generation, &mut issuers, &mut keys, &mut words).with_tables(lines);
    load(&mut builder, &tabled, &mut Scratch::new(&mut text, &mut names))?;
    let ring = builder.finish_even_empty()?;
    Ok(with(&ring))
}

/// What is wrong with a file that holds a key set.
#[derive(Debug)]
pub enum KeyFileError {
    /// The file cannot be read.
    Unreadable(PathBuf, io::Error),
    /// The key set is refused.
    Refused(PathBuf, LoadError),
}

impl KeyFileError {
    /// Reads the bytes of a key set, at most [`MAX_KEY_SET_LEN`], with [`read_bounded`].
    ///
    /// # Errors
    /// [`KeyFileError::Unreadable`].
    pub fn read(path: &Path) -> Result<Vec<u8>, Self> {
        let file = read_bounded(path, MAX_KEY_SET_LEN);
        file.map(|file| file.bytes).map_err(|error| Self::Unreadable(path.to_owned(), error))
    }
}

impl fmt::Display for KeyFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Refused(path, error) => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for KeyFileError {}
