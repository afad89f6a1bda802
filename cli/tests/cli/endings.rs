//! How a run ends: what its exit status says when output, input or the reader fails, and that the documentation says so.

use crate::run::{BY_POLICY, NOW, command, jotgate, root, token, with};
use std::{
    fs::File,
    io::{Read, Write},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

/// Every command that prints, with something denied or not to be denied.
fn commands() -> Vec<Vec<&'static str>> {
    vec![
        BY_POLICY.to_vec(),
        with(&BY_POLICY, &["--lines"]),
        with(&BY_POLICY, &["--format", "json"]),
        with(&BY_POLICY, &["--lines", "--format", "json"]),
        vec!["jws", "--keys", "examples/operator.jwks.json"],
        vec!["jws", "--keys", "examples/operator.jwks.json", "--lines"],
        vec!["keys", "examples/operator.jwks.json"],
        vec!["peek"],
        vec!["--help"],
        vec!["check", "--help"],
        vec!["--version"],
    ]
}

/// Runs with standard output and standard error as they are given.
fn status(args: &[&str], input: &str, stdout: impl Into<Stdio>, stderr: impl Into<Stdio>) -> (i32, String) {
    let mut child =
        command(args).stdin(Stdio::piped()).stdout(stdout).stderr(stderr).spawn().expect("starts");
    let _unread = child.stdin.take().expect("piped").write_all(input.as_bytes());
    let mut said = String::new();
    if let Some(mut stderr) = child.stderr.take() {
        stderr.read_to_string(&mut said).expect("UTF-8");
    }
    // What was skipped of the key sets is told before the first of many tokens.
    let said = said.split_inclusive('\n').filter(|line| !line.starts_with("jotgate: warning: ")).collect();
    (child.wait().expect("ends").code().expect("no signal"), said)
}

/// A grant that nobody reads is no grant, nor is a denial.
#[test]
fn a_reader_that_is_gone_has_a_status_of_its_own() {
    for args in commands() {
        for name in ["granted", "expired"] {
            let (reader, writer) = std::io::pipe().expect("a pipe");
            drop(reader);
            assert_eq!(
                status(&args, &token(name), writer, Stdio::piped()),
                (3, String::new()),
                "{args:?} {name}"
            );
        }
    }
}

/// `check --lines | head -1`: what comes behind the first line is denied, and nobody sees it.
#[test]
fn a_reader_that_goes_leaves_the_rest_unjudged() {
    let (mut reader, writer) = std::io::pipe().expect("a pipe");
    let mut child = command(&with(&BY_POLICY, &["--lines"]))
        .stdin(Stdio::piped())
        .stdout(writer)
        .spawn()
        .expect("starts");
    let mut input = child.stdin.take().expect("piped");
    input.write_all(token("granted").as_bytes()).expect("read");
    let mut first = [0; 7];
    reader.read_exact(&mut first).expect("a decision, though more input may come");
    assert_eq!(&first, b"granted");
    drop(reader);
    let _unread = input.write_all(token("expired").repeat(1000).as_bytes());
    drop(input);
    assert_eq!(child.wait().expect("ends").code(), Some(3));
}

#[test]
#[cfg(target_os = "linux")]
fn an_output_that_cannot_be_written_is_2() {
    let full = || File::options().write(true).open("/dev/full").expect("a full device");
    for args in commands() {
        let (status, said) = status(&args, &token("granted"), full(), Stdio::piped());
        assert_eq!(status, 2, "{args:?}");
        assert!(said.contains("standard output: No space left"), "{args:?}: {said}");
    }
    assert_eq!(status(&["check"], "", Stdio::null(), full()).0, 2, "a usage error that cannot be told");
    let missing = ["keys", "no/such.json"];
    assert_eq!(status(&missing, "", Stdio::null(), full()).0, 2, "a file error that cannot be told");
}

#[test]
fn an_input_that_cannot_be_read_is_2() {
    for args in [BY_POLICY.to_vec(), with(&BY_POLICY, &["--lines"])] {
        let output = command(&args).stdin(File::open("/").expect("a folder")).output().expect("ends");
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), [].as_slice()), "{args:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("standard input: "), "{said}");
    }
}

/// What was judged was printed, when input stops coming and a signal ends the run.
#[test]
#[cfg(unix)]
fn a_signal_loses_nothing_that_was_judged() {
    use std::os::unix::process::ExitStatusExt;
    for (signal, number) in [("INT", 2), ("TERM", 15)] {
        let mut child = interruptible(env!("CARGO_BIN_EXE_jotgate"))
            .args(with(&BY_POLICY, &["--lines"]))
            .current_dir(root())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("starts");
        let mut input = child.stdin.take().expect("piped");
        input.write_all([token("granted"), token("expired")].concat().as_bytes()).expect("read");
        let mut output = child.stdout.take().expect("piped");
        let mut seen = String::new();
        while seen.matches('\n').count() < 2 {
            let mut byte = [0];
            output.read_exact(&mut byte).expect("decisions, before input ends");
            seen.push(char::from(byte[0]));
        }
        let killed =
            Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().expect("kill");
        assert!(killed.success());
        assert_eq!(child.wait().expect("ends").signal(), Some(number), "as the shell says, 128 more");
        assert!(seen.starts_with("granted ") && seen.ends_with("denied 4001 expired\n"), "{seen}");
    }
}

/// Every row of the table is typed, by a shell.
#[test]
fn exit_statuses_are_those_of_the_table() {
    let text = std::fs::read_to_string(root().join("docs/CLI.md")).expect("there");
    let (_, section) = text.split_once("## Exit status").expect("a section");
    let section = section.split("\n## ").next().expect("a section");
    let rows: Vec<Vec<&str>> = section
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| Status"))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    let mut seen = Vec::new();
    for row in &rows {
        let [status, _, command] = row.as_slice() else { panic!("{row:?}") };
        let status: i32 = status.parse().expect("a number");
        let output = shell(&command.trim_matches('`').replace("\\|", "|"));
        assert_eq!(output.0, Some(status), "{command}: {}", output.1);
        seen.push(status);
    }
    assert_eq!(seen, [0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 130, 143]);
}

/// A program that signals end, also where these tests run in the background and were told to ignore them.
fn interruptible(program: &str) -> Command {
    let mut command = Command::new("env");
    command.args(["--default-signal=INT,TERM", program]);
    command
}

/// Status and errors of a command that is typed at the root of the repository.
fn shell(typed: &str) -> (Option<i32>, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_jotgate")).parent().expect("a folder");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").expect("a path"));
    let output = interruptible("bash")
        .args(["-o", "pipefail", "-c", typed])
        .current_dir(root())
        .env("PATH", path)
        .env("NOW", NOW)
        .output()
        .expect("a shell");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// A terminal sees each decision when it is made; here, whoever reads a pipe does, while input waits.
#[test]
fn decisions_do_not_wait_for_more_input() {
    let mut child = command(&["jws", "--keys", "examples/operator.jwks.json", "--lines"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut input = child.stdin.take().expect("piped");
    let mut output = child.stdout.take().expect("piped");
    for _ in 0..3 {
        input.write_all(token("granted").as_bytes()).expect("read");
        let mut line = [0; 6];
        output.read_exact(&mut line).expect("a decision");
        assert_eq!(&line, b"valid ");
        while line[0] != b'\n' {
            output.read_exact(&mut line[..1]).expect("the rest of the line");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(input);
    assert_eq!(child.wait().expect("ends").code(), Some(0));
    assert_eq!(jotgate(&["--version"], "").status, 0);
}
