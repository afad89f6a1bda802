//! Files are read as far as a bound and no longer than a time, whatever stands at their path.
#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

use jotgate_core::{Section, limits::MAX_KEY_SET_LEN};
use jotgate_gate::{
    Capacity, FileFault, KeyFileError, PIPE_SECONDS, PolicyFile, WRITER_SECONDS, limits::MAX_POLICY_LEN,
    read_bounded,
};
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
struct TempPath(PathBuf);

impl TempPath {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("jotgate-file-{}-{name}", std::process::id())))
    }

    fn pipe(name: &str) -> Self {
        let path = Self::new(name);
        let made = Command::new("mkfifo").arg(&path.0).status().expect("mkfifo starts");
        assert!(made.success());
        path
    }
}

impl Drop for TempPath {
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
    let path = TempPath::new("bound");
    std::fs::write(&path.0, "12345").expect("written");
    let read = read_bounded(&path.0, 5).expect("at the bound");
    assert_eq!(read.bytes, b"12345");
    assert!(read.changed.elapsed().expect("in the past") < Duration::from_secs(600));
    assert_eq!(fault(&path.0, 4), FileFault::TooLong { most: 4, found: Some(5) });
    assert_eq!(read_bounded(Path::new("no/such"), 5).err().expect("none").kind(), io::ErrorKind::NotFound);
}

/// A terabyte that takes no room on the disk: refused by its length, before memory is taken.
#[test]
fn a_huge_file_is_not_read() {
    let path = TempPath::new("huge");
    File::create(&path.0).and_then(|file| file.set_len(1 << 40)).expect("a sparse file");
    let began = Instant::now();
    assert_eq!(
        fault(&path.0, usize::MAX >> 30),
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
    let socket = TempPath::new("socket");
    let _listener = UnixListener::bind(&socket.0).expect("a socket");
    assert_eq!(fault(Path::new("/dev/zero"), 5), FileFault::NotAFile("a character device"));
    assert_eq!(fault(Path::new("/dev/null"), 5), FileFault::NotAFile("a character device"));
    assert_eq!(fault(&std::env::temp_dir(), 5), FileFault::NotAFile("a directory"));
    // The system itself refuses to open it.
    assert!(read_bounded(&socket.0, 5).is_err());
}

#[test]
fn a_pipe_is_read_until_it_is_closed() {
    let path = TempPath::pipe("written");
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut pipe = File::options().write(true).open(&path.0).expect("a reader");
            pipe.write_all(b"12").expect("read");
            thread::sleep(Duration::from_millis(50));
            pipe.write_all(b"345").expect("read");
        });
        assert_eq!(read_bounded(&path.0, 5).expect("closed").bytes, b"12345");
    });
}

#[test]
fn a_pipe_without_end_is_read_as_far_as_its_bound() {
    let path = TempPath::pipe("endless");
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut pipe = File::options().write(true).open(&path.0).expect("a reader");
            while pipe.write_all(&[b' '; 4096]).is_ok() {}
        });
        assert_eq!(fault(&path.0, 100_000), FileFault::TooLong { most: 100_000, found: None });
    });
}

#[test]
fn a_pipe_that_nobody_writes_to_is_not_waited_for() {
    let path = TempPath::pipe("alone");
    let began = Instant::now();
    assert_eq!(fault(&path.0, 5), FileFault::NotWritten);
    assert!(began.elapsed() < Duration::from_secs(WRITER_SECONDS + 5));
    thread::scope(|scope| {
        scope.spawn(|| drop(File::options().write(true).open(&path.0).expect("a reader")));
        assert_eq!(fault(&path.0, 5), FileFault::NotWritten, "closed without a byte");
    });
}

#[test]
fn a_pipe_that_nobody_closes_is_left() {
    let path = TempPath::pipe("open");
    // Open for both, so that opening does not wait.
    let mut pipe = File::options().read(true).write(true).open(&path.0).expect("a pipe");
    pipe.write_all(b"1").expect("room");
    let began = Instant::now();
    assert_eq!(fault(&path.0, 5), FileFault::NotClosed);
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

/// Key sets and policies are such files, and a set that is handed over from elsewhere takes no room beyond its bound.
#[test]
fn key_sets_and_policies_are_bounded() {
    let message = |error: Option<String>| error.expect("refused");
    let key_set = |path: &Path| message(KeyFileError::read(path).err().map(|error| error.to_string()));
    let policy = |path: &Path| message(PolicyFile::open(path).err().map(|error| error.to_string()));
    let path = TempPath::new("long");
    let wanted = |most: usize| {
        let wanted = format!("a file of at most {most} bytes is wanted; it has {}", most + 1);
        format!("{}: {wanted}", path.0.display())
    };
    let write = |len: usize| std::fs::write(&path.0, vec![b' '; len]).expect("written");
    write(MAX_KEY_SET_LEN);
    assert_eq!(KeyFileError::read(&path.0).expect("at the bound").len(), MAX_KEY_SET_LEN);
    write(MAX_KEY_SET_LEN + 1);
    assert_eq!(key_set(&path.0), wanted(MAX_KEY_SET_LEN));
    write(MAX_POLICY_LEN);
    assert!(policy(&path.0).contains("missing field"), "it was read: {}", policy(&path.0));
    write(MAX_POLICY_LEN + 1);
    assert_eq!(policy(&path.0), wanted(MAX_POLICY_LEN));
    for refused in [key_set(Path::new("/dev/zero")), policy(Path::new("/dev/zero"))] {
        assert!(refused.ends_with("it is a character device"), "{refused}");
    }
    std::fs::write(&path.0, b"a = \xff").expect("written");
    assert!(policy(&path.0).ends_with("not UTF-8 (at byte 4)"));
    let room =
        |len: usize| format!("{:?}", Capacity::default().and(&Section::of_issuer("i"), &vec![b'{'; len], 1));
    assert_eq!(room(MAX_KEY_SET_LEN), room(100 * MAX_KEY_SET_LEN));
}

/// A file that grows while it is read is refused, not taken as far as it got.
#[test]
fn a_file_that_is_being_written_says_so() {
    let path = TempPath::new("growing");
    std::fs::write(&path.0, vec![b'a'; 8 << 20]).expect("written");
    let is_over = std::sync::atomic::AtomicBool::new(false);
    let seen = thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = File::options().append(true).open(&path.0).expect("there");
            while !is_over.load(std::sync::atomic::Ordering::Relaxed) {
                file.write_all(b"a").expect("written");
            }
        });
        let end = Instant::now() + Duration::from_secs(20);
        let busy = || {
            let error = read_bounded(&path.0, 1 << 30).err()?;
            error.get_ref().and_then(|inner| inner.downcast_ref::<FileFault>()).copied()
        };
        let seen = std::iter::repeat_with(busy).find(|fault| fault.is_some() || Instant::now() > end);
        is_over.store(true, std::sync::atomic::Ordering::Relaxed);
        seen.flatten()
    });
    assert_eq!(seen, Some(FileFault::BeingWritten));
    assert!(read_bounded(&path.0, 1 << 30).is_ok(), "nobody writes any more");
    assert!(FileFault::BeingWritten.to_string().contains("write a new file and rename it"));
}
