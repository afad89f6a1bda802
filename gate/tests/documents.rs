//! What documents list and tell to type agrees with the code.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

use jotgate_core::{AlgorithmName, Profile, crypto::ALL_ALGORITHMS};
use std::{
    collections::BTreeSet,
    env,
    path::{Path, PathBuf},
    process::Command,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The words of a document from where a list begins to the end of its paragraph or item.
fn words(file: &str, begin: &str) -> Vec<String> {
    let text = read(file);
    let (_, list) = text.split_once(begin).unwrap_or_else(|| panic!("{file}: no list begins with {begin}"));
    let list = ["\n\n", "\n* ", "\n#\n", "\n///\n", "\n *\n"]
        .iter()
        .fold(list, |list, end| list.split(end).next().unwrap_or(list));
    let words = list.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '/'));
    words.map(str::to_owned).collect()
}

/// Wherever presets are listed, none is left out.
#[test]
fn lists_of_presets_are_whole() {
    for (file, begin) in [
        ("README.md", "* **Tokens**"),
        ("examples/policy.toml", "# Presets: "),
        ("ffi/src/policy/issuer.rs", "the kind of its tokens"),
        ("gate/README.md", "The issuer's `preset`"),
        ("include/jotgate.h", "the kind of its tokens"),
    ] {
        let listed: BTreeSet<_> =
            words(file, begin).into_iter().filter(|word| Profile::preset(word).is_some()).collect();
        let all: BTreeSet<_> = Profile::PRESETS.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(listed, all, "{file}: {begin}");
    }
}

/// Wherever algorithms are listed, none is left out; `RS256/384/512` stands for three.
#[test]
fn lists_of_algorithms_are_whole() {
    for (file, begin) in [
        ("README.md", "* **Algorithms**"),
        ("examples/policy.toml", "# Algorithms: "),
        ("gate/README.md", "its `algorithms`"),
    ] {
        let mut listed = BTreeSet::new();
        for word in words(file, begin) {
            let kind = word.get(..2).unwrap_or_default();
            let names = word.split('/').flat_map(|part| [part.to_owned(), format!("{kind}{part}")]);
            listed
                .extend(names.filter_map(|name| AlgorithmName::from_jose(&name)).map(AlgorithmName::as_jose));
        }
        let all: BTreeSet<_> = ALL_ALGORITHMS.iter().map(|algorithm| algorithm.name().as_jose()).collect();
        assert_eq!(listed, all, "{file}: {begin}");
    }
}

/// What the README tells to type is typed, by a shell: the program of `examples/policy.rs`.
#[test]
fn commands_of_the_readme() {
    let readme = read("gate/README.md");
    let (_, whole_program) = readme.split_once("is a whole program").expect("the program is named");
    let commands: Vec<&str> =
        whole_program.split("```").nth(1).expect("a block").trim().lines().skip(1).collect();
    let cargo = Path::new(env!("CARGO")).parent().expect("a folder");
    let path = format!("{}:{}", cargo.display(), env::var("PATH").expect("a path"));
    let said = commands.iter().map(|command| {
        let output = Command::new("sh").args(["-c", command]).current_dir(root()).env("PATH", &path).output();
        let output = output.expect("a shell");
        let said = String::from_utf8(output.stdout).expect("UTF-8");
        (output.status.code(), said.split(':').next().unwrap_or_default().to_owned() + &reason(&said))
    });
    let granted = (Some(0), "granted".to_owned());
    assert_eq!(said.collect::<Vec<_>>(), [granted, (Some(1), "denied 4001 expired".to_owned())]);
}

/// Number and name of a refusal, each after a space.
fn reason(said: &str) -> String {
    said.strip_prefix("denied:").and_then(|reason| reason.split(':').next()).unwrap_or_default().to_owned()
}
