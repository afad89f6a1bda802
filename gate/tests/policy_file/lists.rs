//! Every list of the file is read by the same rules.

use crate::{
    every_key::{COUNTS, Document},
    file::{File, GOOD, error},
};
use jotgate_gate::PolicyFile;

/// A list that is written holds something; each item is a text, without white space around it; and none says again what
/// another said.
#[test]
fn faults_of_every_list() {
    let (mut lists, mut wrong) = (0, vec![]);
    // Rules about claims are tables.
    let lists_of_texts = COUNTS.iter().filter(|((_, _, value), _)| !value.starts_with("[{"));
    for ((table, key, value), beside) in lists_of_texts {
        let Some(first) = value.strip_prefix('[').and_then(|list| list.split([',', ']']).next()) else {
            continue;
        };
        lists += 1;
        let around = first.replacen('"', "\" ", 1);
        for (faulty, message) in [
            ("[]".to_owned(), "the list is empty"),
            ("[\"\"]".to_owned(), "empty"),
            (format!("[{first}, \"\"]"), "empty"),
            (format!("[{first}, {first}]"), "twice"),
            (format!("[{around}]"), "white space"),
            (format!("[{}]", first.replacen('"', "\"\\u0007", 1)), "control character"),
        ] {
            let text = Document::good().with(beside).with_line(table, key, &faulty).text();
            let (before, _) = text.split_once(&format!("\n{key} = {faulty}\n")).expect("there");
            let line = before.matches('\n').count() + 2;
            let place = format!(".toml:{line}:");
            let file = File::new(&format!("list-{table}-{key}"), &text);
            let answer = PolicyFile::open(&file.0).err().map(|error| error.to_string());
            let parts = [place.as_str(), &format!(": {table}.{key}: "), message];
            if !answer.as_ref().is_some_and(|error| parts.iter().all(|part| error.contains(part))) {
                wrong.push(format!("{table}.{key} = {faulty}: {answer:?}, not {parts:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(lists, 16);
}

/// Groups mean the same wherever clients are listed.
#[test]
fn groups_are_blocked() {
    let text = GOOD.replace("clients = [", "blocked_clients = [\"@gold\", \"three\"]\nclients = [");
    let file = File::new("blocked", &text);
    let policy = PolicyFile::open(&file.0).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(policy.products()[0].policy().blocked_clients, ["one", "two", "three"]);
}

/// Where only some clients may use a product, another one's name blocks nobody: it may be a mistyped one.
#[test]
fn names_that_block_nobody() {
    for name in ["four", "thre", "THREE"] {
        let text =
            GOOD.replace("clients = [", &format!("blocked_clients = [\"three\", \"{name}\"]\nclients = ["));
        let error = error("nobody", &text);
        assert!(error.to_string().contains(&format!("{name} blocks nobody")), "{error}");
    }
}

/// Two names that look the same are not: what nobody sees is refused.
#[test]
fn characters_that_nobody_sees() {
    for unseen in ['\u{200b}', '\u{feff}', '\u{ad}', '\u{1160}', '\u{3164}', '\u{e0041}'] {
        let text = GOOD.replace("\"three\"", &format!("\"three{unseen}\""));
        let error = error("unseen", &text);
        assert!(error.to_string().contains("a character that nobody sees"), "{unseen:?}: {error}");
    }
}

/// Thousands of alternatives take no longer than they are long.
#[test]
fn many_alternatives() {
    let scopes: Vec<String> = (0..20_000).map(|number| format!("\"s{number} common\"")).collect();
    let line = GOOD.lines().find(|line| line.starts_with("scopes = ")).expect("scopes");
    let file = File::new("many", &GOOD.replace(line, &format!("scopes = [{}]", scopes.join(", "))));
    let began = std::time::Instant::now();
    let policy = PolicyFile::open(&file.0);
    assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
    assert!(policy.is_ok(), "{:?}", policy.err().map(|error| error.to_string()));
}

/// An item in a line of its own is named with that line.
#[test]
fn items_have_their_own_line() {
    let error =
        error("item", &GOOD.replace("[\"@gold\", \"three\"]", "[\n  \"@gold\",\n  \"three\",\n  \"\",\n]"));
    assert_eq!((error.line(), error.key()), (Some(20), "products.p.clients"), "{error}");
}

/// What stands in a group is a client.
#[test]
fn groups_hold_no_groups() {
    let error = error("nested", &GOOD.replace("[\"one\", \"two\"]", "[\"one\", \"@gold\"]"));
    assert_eq!((error.line(), error.key()), (Some(10), "client_groups.gold"), "{error}");
    assert!(error.to_string().contains("no groups"), "{error}");
}
