//! Files are read as far as a bound, and what is no file is not waited for.
#![cfg(unix)]

use crate::run::{BY_POLICY, DIRECT, File, NOW, command, jotgate, token, with};
use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

const URI: &str = "https://api.operator.example/sim-swap/v2/check";

/// Every option that names a file, with what it needs beside it; `FILE` stands for the file.
fn readers() -> Vec<(&'static str, Vec<&'static str>)> {
    let direct = |file| -> Vec<&str> {
        vec!["check", "--keys", file, "--issuer", "https://i.example", "--audience", "a", "--now", NOW]
    };
    let billing = ["check", "--policy", "examples/policy.toml", "--product", "carrier-billing", "--now", NOW];
    let proof = ["--method", "POST", "--uri", URI];
    vec![
        ("keys", vec!["keys", "FILE"]),
        ("jws --keys", vec!["jws", "--keys", "FILE"]),
        ("check --keys", direct("FILE")),
        ("check --policy", vec!["check", "--policy", "FILE", "--product", "p"]),
        ("check --introspection", with(&billing, &["--introspection", "FILE"])),
        ("check --dpop", [&BY_POLICY, &["--dpop", "@FILE"][..], &proof].concat()),
        ("check --body", [&DIRECT, &["--dpop", "x", "--body", "FILE"][..], &proof].concat()),
    ]
}

fn run(args: &[&str], file: &str) -> (i32, String) {
    let args: Vec<String> = args.iter().map(|arg| arg.replace("FILE", file)).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let began = Instant::now();
    // Address space for tables and threads, not for whatever somebody wrote into a file.
    let mut limited = Command::new("bash");
    limited.args(["-c", "ulimit -v 600000; exec timeout 20 \"$@\"", "bash", env!("CARGO_BIN_EXE_jotgate")]);
    let output =
        limited.args(&args).current_dir(crate::run::root()).stdin(Stdio::null()).output().expect("a shell");
    assert!(began.elapsed() < Duration::from_secs(15), "{args:?}");
    assert!(output.stdout.is_empty(), "{args:?}");
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_huge_file_is_refused_by_its_length() {
    // Braces are what keys begin with: no room is made for 250 million of them.
    let huge = File::new("huge", vec![b'{'; 250_000_000]);
    for (name, args) in readers() {
        let (status, said) = run(&args, &huge.name());
        assert_eq!(status, 2, "{name}: {said}");
        assert!(said.contains(&huge.name()), "{name}: {said}");
        assert!(said.contains("bytes is wanted; it has 250000000"), "{name}: {said}");
    }
}

#[test]
fn a_device_and_a_folder_are_refused() {
    for (name, args) in readers() {
        for (file, what) in [("/dev/zero", "it is a character device"), ("examples", "it is a directory")] {
            let (status, said) = run(&args, file);
            assert_eq!(status, 2, "{name}: {said}");
            assert!(said.contains(file) && said.contains(what), "{name}: {said}");
        }
    }
}

#[test]
fn a_pipe_without_a_writer_is_not_waited_for() {
    let place = File::new("pipe", "");
    std::fs::remove_file(place.name()).expect("there");
    assert!(Command::new("mkfifo").arg(place.name()).status().expect("mkfifo").success());
    for (name, args) in readers() {
        let (status, said) = run(&args, &place.name());
        assert_eq!(status, 2, "{name}: {said}");
        assert!(said.contains("nobody writes to this one"), "{name}: {said}");
    }
}

/// What a shell's `<(command)` is.
#[test]
fn a_pipe_with_a_writer_is_a_file() {
    let typed = "\"$0\" check --policy <(cat examples/policy.toml | sed 's|file = \"|&'\"$PWD\"'/examples/|') \
        --product sim-swap --now 1767225600 && \
        \"$0\" jws --keys <(sleep 0.3; cat examples/operator.jwks.json) \"$(cat examples/tokens/granted.jwt)\"";
    let mut shell = Command::new("bash");
    shell.args(["-c", typed, env!("CARGO_BIN_EXE_jotgate")]).current_dir(crate::run::root());
    shell.stdin(std::fs::File::open(crate::run::root().join("examples/tokens/granted.jwt")).expect("there"));
    let output = shell.output().expect("a shell");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(
        command(&["keys", "/dev/stdin"])
            .stdin(
                std::fs::File::open(crate::run::root().join("examples/operator.jwks.json")).expect("there")
            )
            .output()
            .expect("ends")
            .status
            .success()
    );
    assert_eq!(jotgate(&BY_POLICY, &token("granted")).status, 0);
}
