//! How many crates a program brings along that takes `jotgate-core` without its features.

use std::{collections::BTreeSet, path::Path, process::Command};

/// The two of jotgate, and what reads JSON, hashes, and finds out what the processor has.
const MOST: usize = 21;

#[test]
fn few_crates_without_features() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--package", "jotgate-core", "--no-default-features"])
        .args(["--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .current_dir(workspace)
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let text = String::from_utf8(tree.stdout).unwrap();
    // Name and version; a crate that stands there again is marked.
    let crates: BTreeSet<Vec<&str>> = text
        .lines()
        .map(|line| line.split(' ').take(2).collect())
        .filter(|name: &Vec<_>| name.len() == 2)
        .collect();
    assert!(crates.iter().any(|name| name[0] == "jotgate-crypto"), "{crates:?}");
    assert!(crates.len() <= MOST, "{} crates: {crates:?}", crates.len());
}
