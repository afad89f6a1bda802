//! `docs/ATTACKS.md` and the tests name each other: no row without a test, no test without a row.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// A row of the document: its number, and what its last column says.
fn rows() -> BTreeMap<u32, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/ATTACKS.md");
    let text = fs::read_to_string(path).expect("docs/ATTACKS.md");
    let mut rows = BTreeMap::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [number, .., shown] = cells.as_slice() else { continue };
        let Ok(number) = number.parse() else { continue };
        assert_eq!(cells.len(), 5, "row {number}");
        assert_eq!(rows.insert(number, (*shown).to_owned()), None, "row {number} stands twice");
    }
    rows
}

/// The sources of the tests beside this one, by file name.
fn sources() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let entries = fs::read_dir(folder).expect("the folder of tests");
    let files = entries.map(|entry| entry.expect("an entry").path());
    let sources = files.filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    let named = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    sources.map(|path| (named(&path), fs::read_to_string(&path).expect("a source"))).collect()
}

/// What stands in backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The functions that are tests.
fn tests(source: &str) -> impl Iterator<Item = &str> {
    source.split("#[test]").skip(1).filter_map(|behind| behind.split_once("fn ")?.1.split('(').next())
}

#[test]
fn every_row_names_tests_that_exist() {
    let sources = sources();
    let known: BTreeSet<&str> = sources.values().flat_map(|source| tests(source)).collect();
    let rows = rows();
    assert!(rows.len() >= 67, "{} rows", rows.len());
    for (number, shown) in rows {
        let missing: Vec<_> = quoted(&shown).filter(|name| !known.contains(name)).collect();
        assert!(missing.is_empty(), "row {number} names tests that do not exist: {missing:?}");
        let a_file = shown.split(", ").any(|name| sources.contains_key(name));
        let says_why_not = shown.starts_with("not shown");
        assert!(quoted(&shown).next().is_some() || a_file || says_why_not, "row {number} names no test");
    }
}

#[test]
fn every_row_of_a_test_is_listed() {
    let (rows, sources) = (rows(), sources());
    let known: BTreeSet<&str> = sources.values().flat_map(|source| tests(source)).collect();
    let mut claimed = 0;
    for (file, source) in &sources {
        for line in source.lines().filter_map(|line| line.strip_prefix("//! |")) {
            let Some(number) = line.split('|').next().and_then(|cell| cell.trim().parse().ok()) else {
                continue;
            };
            claimed += 1;
            let shown: &String =
                rows.get(&number).unwrap_or_else(|| panic!("{file}: there is no row {number}"));
            let unlisted =
                quoted(line).find(|name| known.contains(name) && quoted(shown).all(|own| own != *name));
            assert_eq!(unlisted, None, "{file}: row {number} does not list it");
        }
    }
    assert!(claimed > 60, "only {claimed} rows are claimed");
}
