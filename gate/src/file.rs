//! Every file that a gateway reads: never more than was asked for, never longer than it takes.

use std::{
    fmt,
    fs::{File, FileType, OpenOptions},
    io::{self, Read},
    path::Path,
    time::SystemTime,
};

/// Longest wait for a pipe to be written and closed, seconds.
pub const PIPE_SECONDS: u64 = 30;

/// Longest wait for somebody to open a pipe for writing, seconds: some shells make the pipe before its writer.
pub const WRITER_SECONDS: u64 = 1;

/// What a file holds.
pub struct BoundedFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// When it was last changed; of a pipe, when it was last written to.
    pub changed: SystemTime,
}

/// Why a file that the system would give is not taken; inside of an [`io::Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFault {
    /// It is longer than `most` bytes: `found` of a regular file, unknown of a pipe.
    TooLong {
        /// The bound, bytes.
        most: usize,
        /// What the system says of its length, bytes.
        found: Option<u64>,
    },
    /// It is neither a regular file nor a pipe, but this.
    NotAFile(&'static str),
    /// A pipe that is empty, and that nobody opened for writing within [`WRITER_SECONDS`], or that was closed empty.
    NotWritten,
    /// A pipe that was not closed within [`PIPE_SECONDS`].
    NotClosed,
    /// Its length or its time changed while it was read: somebody writes to it, and nothing says whether it is whole.
    BeingWritten,
}

/// Reads a regular file of at most `most` bytes, or a pipe such as a shell's `<(command)`.
///
/// The file is opened without waiting. A regular file that is too long is refused by its length, before memory is
/// taken. A pipe must have a writer within [`WRITER_SECONDS`], and be closed by it within [`PIPE_SECONDS`]. Directories,
/// devices and sockets are refused. So is a regular file that is written to meanwhile: whoever replaces a file writes
/// another one beside it and renames it.
///
/// # Errors
/// What the system says, or a [`FileFault`] with what was wanted and what was found, of the kinds
/// [`FileTooLarge`](io::ErrorKind::FileTooLarge), [`InvalidInput`](io::ErrorKind::InvalidInput),
/// [`UnexpectedEof`](io::ErrorKind::UnexpectedEof), [`TimedOut`](io::ErrorKind::TimedOut) and
/// [`ResourceBusy`](io::ErrorKind::ResourceBusy).
pub fn read_bounded(path: &Path, most: usize) -> io::Result<BoundedFile> {
    let file = open(path)?;
    let facts = file.metadata()?;
    let kind = kind(facts.file_type());
    if let Some(name) = kind.refused() {
        return Err(FileFault::NotAFile(name).into());
    }
    let bytes = if kind == Kind::Pipe {
        pipe::read(&file, most)?
    } else {
        let bound = u64::try_from(most).unwrap_or(u64::MAX);
        if facts.len() > bound {
            return Err(FileFault::TooLong { most, found: Some(facts.len()) }.into());
        }
        let mut bytes = Vec::new();
        // It may grow meanwhile, and some files of the system have no length.
        (&file).take(bound.saturating_add(1)).read_to_end(&mut bytes)?;
        let after = file.metadata()?;
        if after.len() != facts.len() || after.modified()? != facts.modified()? {
            return Err(FileFault::BeingWritten.into());
        }
        bytes
    };
    if bytes.len() > most {
        return Err(FileFault::TooLong { most, found: None }.into());
    }
    Ok(BoundedFile { bytes, changed: facts.modified()? })
}

/// What stands at a path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Regular,
    Pipe,
    Other(&'static str),
}

impl Kind {
    fn refused(self) -> Option<&'static str> {
        if let Self::Other(name) = self { Some(name) } else { None }
    }
}

#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    // Without NONBLOCK opening a pipe waits for a writer; without NOCTTY a terminal could become this process's.
    let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits();
    OpenOptions::new().read(true).custom_flags(flags.cast_signed()).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

#[cfg(unix)]
fn kind(kind: FileType) -> Kind {
    use std::os::unix::fs::FileTypeExt;
    match kind {
        kind if kind.is_file() => Kind::Regular,
        kind if kind.is_fifo() => Kind::Pipe,
        kind if kind.is_dir() => Kind::Other("a directory"),
        kind if kind.is_char_device() => Kind::Other("a character device"),
        kind if kind.is_block_device() => Kind::Other("a block device"),
        _ => Kind::Other("neither a regular file nor a pipe"),
    }
}

#[cfg(not(unix))]
fn kind(kind: FileType) -> Kind {
    if kind.is_file() { Kind::Regular } else { Kind::Other("no regular file") }
}

#[cfg(unix)]
mod pipe {
    use super::{FileFault, PIPE_SECONDS, WRITER_SECONDS};
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use std::{
        fs::File,
        io::{self, Read},
        time::{Duration, Instant},
    };

    /// All that is written, until it is closed or a byte too much has come.
    pub(super) fn read(mut file: &File, most: usize) -> io::Result<Vec<u8>> {
        let end = Instant::now().checked_add(Duration::from_secs(PIPE_SECONDS));
        let (mut bytes, mut room) = (Vec::new(), [0; 16 * 1024]);
        let mut for_writer = Some(Duration::from_secs(WRITER_SECONDS));
        loop {
            match file.read(&mut room) {
                // No writer: none yet, or none any more.
                Ok(0) if bytes.is_empty() => match for_writer.take() {
                    Some(time) => {
                        wait(file, time)?;
                        continue;
                    }
                    None => return Err(FileFault::NotWritten.into()),
                },
                Ok(0) => return Ok(bytes),
                Ok(count) => bytes.extend_from_slice(room.get(..count).unwrap_or_default()),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            if bytes.len() > most {
                return Ok(bytes);
            }
            let left = end.map_or(Duration::ZERO, |end| end.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return Err(FileFault::NotClosed.into());
            }
            wait(file, left)?;
        }
    }

    /// Until there is something to read, or the end of it.
    fn wait(file: &File, most: Duration) -> io::Result<()> {
        let time = Timespec::try_from(most).map_err(io::Error::other)?;
        match poll(&mut [PollFd::new(file, PollFlags::IN)], Some(&time)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(not(unix))]
mod pipe {
    use super::{File, FileFault, io};

    /// Without Unix nothing is known to be a pipe.
    pub(super) fn read(_: &File, _: usize) -> io::Result<Vec<u8>> {
        Err(FileFault::NotAFile("a pipe").into())
    }
}

impl From<FileFault> for io::Error {
    fn from(fault: FileFault) -> Self {
        let kind = match fault {
            FileFault::TooLong { .. } => io::ErrorKind::FileTooLarge,
            FileFault::NotAFile(_) => io::ErrorKind::InvalidInput,
            FileFault::NotWritten => io::ErrorKind::UnexpectedEof,
            FileFault::NotClosed => io::ErrorKind::TimedOut,
            FileFault::BeingWritten => io::ErrorKind::ResourceBusy,
        };
        Self::new(kind, fault)
    }
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { most, found: Some(found) } => {
                write!(f, "a file of at most {most} bytes is wanted; it has {found}")
            }
            Self::TooLong { most, found: None } => {
                write!(f, "a file of at most {most} bytes is wanted; it has more")
            }
            Self::NotAFile(found) => write!(f, "a regular file or a pipe is wanted; it is {found}"),
            Self::NotWritten => f.write_str(
                "a pipe with something in it is wanted; nobody writes to this one, and it is empty",
            ),
            Self::BeingWritten => f.write_str(
                "a file that nobody writes to is wanted; it was written while it was read: write a new file and rename it",
            ),
            Self::NotClosed => write!(f, "a pipe must be closed within {PIPE_SECONDS} seconds; it was not"),
        }
    }
}

impl std::error::Error for FileFault {}
