//! The front page of `jotgate-core` lists every exported name, under the storey that it comes from.

use std::collections::BTreeSet;

const SOURCE: &str = include_str!("../../core/src/lib.rs");

/// Storey and name of each `[`name`]` behind the heading `## storey`.
fn listed() -> BTreeSet<(&'static str, &'static str)> {
    let page = SOURCE.lines().filter_map(|line| line.strip_prefix("//!")).map(str::trim);
    let mut storey = None;
    let mut names = BTreeSet::new();
    for line in page {
        if let Some(heading) = line.strip_prefix("## ") {
            storey = Some(heading);
        } else if let Some(storey) = storey {
            let links = line.split("[`").skip(1).filter_map(|rest| rest.split_once("`]"));
            for (name, _) in links {
                assert!(names.insert((storey, name)), "{name} is listed twice");
            }
        }
    }
    names
}

/// Storey and name of each `pub use` before the module of steps.
fn exported() -> BTreeSet<(&'static str, &'static str)> {
    let (names, _) = SOURCE.split_once("pub mod steps").expect("the module of steps is the last");
    let uses = names.split("\npub use ").skip(1).filter_map(|rest| rest.split_once(';'));
    uses.filter(|(path, _)| !path.contains(" as "))
        .flat_map(|(path, _)| {
            let (storey, _) = path.split_once("::").expect("a name is of a storey");
            let storey = if storey == "jotgate_crypto" { "crypto" } else { storey };
            let (_, last) = path.rsplit_once("::").expect("a name is of a storey");
            last.trim_matches(['{', '}'])
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(move |name| (storey, name))
        })
        .collect()
}

#[test]
fn every_exported_name_is_listed_under_its_storey() {
    assert!(exported().len() > 100);
    assert_eq!(listed(), exported());
}
