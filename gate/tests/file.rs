//! Files are read as far as a bound and no longer than a time, whatever stands at their path.
#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

use jotgate_gate::{FileFault, PIPE_SECONDS, WRITER_SECONDS, read_bounded};
use std::{
    fs::File,
    io::{self, Write},
    os::unix::net::UnixListener,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

/// A path of a test's own, freed when the test is over.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("jotgate-file-{}-{name}", std::process::id())))
    }

    fn pipe(name: &str) -> Self {
        let place = Self::new(name);
        let made = Command::new("mkfifo").arg(&place.0).status().expect("mkfifo starts");
        assert!(made.success());
        place
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _unneeded = std::fs::remove_file(&self.0);
    }
}

fn fault(path: &Path, most: usize) -> FileFault {
    let error = read_bounded(path, most).err().expect("refused");
    *error.get_ref().and_then(|inner| inner.downcast_ref()).unwrap_or_else(|| panic!("{error}"))
}

#[test]
fn a_regular_file_is_read_as_far_as_its_bound() {
    let place = Place::new("bound");
    std::fs::write(&place.0, "12345").expect("written");
    let read = read_bounded(&place.0, 5).expect("at the bound");
    assert_eq!(read.bytes, b"12345");
    assert!(read.changed.elapsed().expect("in the past") < Duration::from_secs(600));
    assert_eq!(fault(&place.0, 4), FileFault::TooLong { most: 4, found: Some(5) });
    assert_eq!(read_bounded(Path::new("no/such"), 5).err().expect("none").kind(), io::ErrorKind::NotFound);
}

/// A terabyte that takes no room on the disk: refused by its length, before memory is taken.
#[test]
fn a_huge_file_is_not_read() {
    let place = Place::new("huge");
    File::create(&place.0).and_then(|file| file.set_len(1 << 40)).expect("a sparse file");
    let began = Instant::now();
    assert_eq!(
        fault(&place.0, usize::MAX >> 30),
        FileFault::TooLong { most: usize::MAX >> 30, found: Some(1 << 40) }
    );
    assert!(began.elapsed() < Duration::from_secs(1));
}

/// Files of the system say that they are empty.
#[test]
#[cfg(target_os = "linux")]
fn a_file_without_length_is_bounded_as_it_is_read() {
    let path = Path::new("/proc/self/maps");
    assert_eq!(fault(path, 100), FileFault::TooLong { most: 100, found: None });
    assert!(read_bounded(path, 1 << 20).is_ok());
}

#[test]
fn what_is_no_file_is_refused_by_its_name() {
    let socket = Place::new("socket");
    let _listener = UnixListener::bind(&socket.0).expect("a socket");
    assert_eq!(fault(Path::new("/dev/zero"), 5), FileFault::NotAFile("a character device"));
    assert_eq!(fault(Path::new("/dev/null"), 5), FileFault::NotAFile("a character device"));
    assert_eq!(fault(&std::env::temp_dir(), 5), FileFault::NotAFile("a directory"));
    // The system itself refuses to open it.
    assert!(read_bounded(&socket.0, 5).is_err());
}

#[test]
fn a_pipe_is_read_until_it_is_closed() {
    let place = Place::pipe("written");
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut pipe = File::options().write(true).open(&place.0).expect("a reader");
            pipe.write_all(b"12").expect("read");
            thread::sleep(Duration::from_millis(50));
            pipe.write_all(b"345").expect("read");
        });
        assert_eq!(read_bounded(&place.0, 5).expect("closed").bytes, b"12345");
    });
}

#[test]
fn a_pipe_without_end_is_read_as_far_as_its_bound() {
    let place = Place::pipe("endless");
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut pipe = File::options().write(true).open(&place.0).expect("a reader");
            while pipe.write_all(&[b' '; 4096]).is_ok() {}
        });
        assert_eq!(fault(&place.0, 100_000), FileFault::TooLong { most: 100_000, found: None });
    });
}

#[test]
fn a_pipe_that_nobody_writes_to_is_not_waited_for() {
    let place = Place::pipe("alone");
    let began = Instant::now();
    assert_eq!(fault(&place.0, 5), FileFault::NotWritten);
    assert!(began.elapsed() < Duration::from_secs(WRITER_SECONDS + 5));
    thread::scope(|scope| {
        scope.spawn(|| drop(File::options().write(true).open(&place.0).expect("a reader")));
        assert_eq!(fault(&place.0, 5), FileFault::NotWritten, "closed without a byte");
    });
}

#[test]
fn a_pipe_that_nobody_closes_is_left() {
    let place = Place::pipe("open");
    // Open for both, so that opening does not wait.
    let mut pipe = File::options().read(true).write(true).open(&place.0).expect("a pipe");
    pipe.write_all(b"1").expect("room");
    let began = Instant::now();
    assert_eq!(fault(&place.0, 5), FileFault::NotClosed);
    let waited = began.elapsed();
    assert!(waited >= Duration::from_secs(PIPE_SECONDS - 1), "{waited:?}");
    assert!(waited < Duration::from_secs(PIPE_SECONDS + 10), "{waited:?}");
}

#[test]
fn every_fault_says_what_was_wanted_and_what_was_found() {
    let cases = [
        (FileFault::TooLong { most: 4, found: Some(5) }, "a file of at most 4 bytes is wanted; it has 5"),
        (FileFault::TooLong { most: 4, found: None }, "a file of at most 4 bytes is wanted; it has more"),
        (FileFault::NotAFile("a directory"), "a regular file or a pipe is wanted; it is a directory"),
        (
            FileFault::NotWritten,
            "a pipe with something in it is wanted; nobody writes to this one, and it is empty",
        ),
        (FileFault::NotClosed, "a pipe must be closed within 30 seconds; it was not"),
    ];
    for (fault, message) in cases {
        assert_eq!(io::Error::from(fault).to_string(), message);
    }
}

/// A file that grows while it is read is refused, not taken as far as it got.
#[test]
fn a_file_that_is_being_written_says_so() {
    let place = Place::new("growing");
    std::fs::write(&place.0, vec![b'a'; 8 << 20]).expect("written");
    let is_over = std::sync::atomic::AtomicBool::new(false);
    let seen = thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = File::options().append(true).open(&place.0).expect("there");
            while !is_over.load(std::sync::atomic::Ordering::Relaxed) {
                file.write_all(b"a").expect("written");
            }
        });
        let end = Instant::now() + Duration::from_secs(20);
        let busy = || {
            let error = read_bounded(&place.0, 1 << 30).err()?;
            error.get_ref().and_then(|inner| inner.downcast_ref::<FileFault>()).copied()
        };
        let seen = std::iter::repeat_with(busy).find(|fault| fault.is_some() || Instant::now() > end);
        is_over.store(true, std::sync::atomic::Ordering::Relaxed);
        seen.flatten()
    });
    assert_eq!(seen, Some(FileFault::BeingWritten));
    assert!(read_bounded(&place.0, 1 << 30).is_ok(), "nobody writes any more");
    assert!(FileFault::BeingWritten.to_string().contains("write a new file and rename it"));
}
