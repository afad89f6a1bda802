//! Errors before there is an answer, help, and what the README tells to type.

use crate::run::{BY_POLICY, DIRECT, File, jotgate, root, with};
use jotgate_core::Profile;
use std::{path::Path, process::Command};

#[test]
fn usage_and_file_errors_are_2_and_name_the_place() {
    let policy_file = File::new("broken.toml", "[issuers.a]\nissuer = 1\n");
    let broken = policy_file.name();
    let cases: [(&[&str], &str); 10] = [
        (&["check"], "--keys JWKS"),
        (&["check", "--policy", "examples/policy.toml"], "--product"),
        (&["check", "--policy", "no/such.toml", "--product", "x"], "no/such.toml"),
        (
            &["check", "--policy", "examples/policy.toml", "--product", "x"],
            "there are carrier-billing, location, number-verification",
        ),
        (&["check", "--policy", &broken, "--product", "x"], ".toml:2:10: issuers.a.issuer: "),
        (
            &["check", "--keys", "no/such.json", "--issuer", "i", "--audience", "a"],
            "no/such.json: No such file",
        ),
        (
            &["check", "--keys", "examples/policy.toml", "--issuer", "i", "--audience", "a"],
            "not JSON (at byte 0)",
        ),
        (
            &["check", "--keys", "x", "--issuer", "i", "--audience", "a", "--preset", "oracle"],
            "none of rfc9068",
        ),
        (&with(&BY_POLICY, &["--lines", "token"]), "standard input"),
        (
            &with(&DIRECT, &["--preset", "cognito"]),
            "judge by client, in a policy file with audience = \"by-client\" and the list clients",
        ),
    ];
    for (args, message) in cases {
        let output = jotgate(args, "");
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{args:?}");
        assert!(output.stderr.contains(message), "{args:?}: {}", output.stderr);
    }
}

/// What the READMEs tell to type is typed, by a shell.
#[test]
fn commands_of_the_readmes() {
    commands_of("README.md", "## The command line", 14);
    commands_of("cli/README.md", "## Example", 4);
}

fn commands_of(readme: &str, section: &str, count: usize) {
    let readme = std::fs::read_to_string(root().join(readme)).expect("there");
    let (_, section) = readme.split_once(section).expect("a section");
    let commands: Vec<&str> = section.split("```").nth(1).expect("a block").trim().lines().collect();
    assert_eq!(commands.len(), count);
    let program = Path::new(env!("CARGO_BIN_EXE_jotgate")).parent().expect("a folder");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").expect("a path"));
    for command in commands {
        let output = Command::new("sh")
            .args(["-c", command])
            .current_dir(root())
            .env("PATH", &path)
            .output()
            .expect("a shell");
        let refused = ["expired", "--lines", "# denied", "# ask"];
        let expected = i32::from(refused.iter().any(|mark| command.contains(mark)));
        assert_eq!(output.status.code(), Some(expected), "{command}");
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        let is_warned = said.lines().all(|line| line.starts_with("jotgate: warning: "));
        assert!(!output.stdout.is_empty() && is_warned, "{command}: {said}");
    }
}

#[test]
fn help_names_every_preset() {
    let help = jotgate(&["check", "--help"], "").stdout;
    for (name, _) in Profile::PRESETS {
        assert!(help.contains(name), "{name}");
    }
}

#[test]
fn help_has_examples() {
    for command in ["check", "jws"] {
        assert!(jotgate(&[command, "--help"], "").stdout.contains("Example"), "{command}");
    }
}
