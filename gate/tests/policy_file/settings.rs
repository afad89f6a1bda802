//! A wrong value of any setting is told at its own line and column, with its own key.

use crate::{
    every_key::{COUNTS, Document, Line},
    file::error,
};
use jotgate_gate::Setting;
use std::collections::BTreeSet;

/// Found by a reader of the code: the fault was told at the first line of the table, with another key.
#[test]
fn a_wrong_class_is_told_at_its_line() {
    let text = Document::good().with_line("products.p", "acr_values", r#"["ga\"ld"]"#).text();
    let error = error("setting-class", &text).to_string();
    let line = text.lines().position(|line| line.starts_with("acr_values")).expect("there") + 1;
    assert!(error.contains(&format!(".toml:{line}:14: products.p.acr_values: ")), "{error}");
}

/// Values of a setting that are wrong in the good document; `^` stands before what is at fault.
fn wrong(setting: Setting) -> &'static [&'static str] {
    match setting {
        Setting::Issuers => &[r#"[^"nobody"]"#, r#"["a", ^"a"]"#, "^[]"],
        Setting::Audience => &[r#"^"any""#, r#"[^""]"#, r#"[^"by-client"]"#],
        Setting::Scopes => &[r#"^"any""#, r#"^['x"']"#, r#"["x", ^"x y"]"#],
        Setting::Revocation => &[r#"^"none""#, r#"^"list""#],
        Setting::RevocationMaxAge | Setting::RevocationStaleFor => &["^9", r#"^"x""#],
        Setting::RevocationCount => &[r#"^"required""#, "^9"],
        Setting::StatusList => &[r#"^"yes""#, r#"^"required""#, r#"^"when-present""#],
        Setting::StatusListMaxAge | Setting::StatusListStaleFor => &["^9", r#"^"x""#],
        Setting::Introspection => &[r#"^"yes""#, r#"^"asked""#],
        Setting::WhenUnanswered => &[r#"^"deny""#, "^9"],
        Setting::Purposes => &[r#"^["fraud"]"#, r#"["Fraud", ^""]"#],
        Setting::PurposeForm => &[r#"^"claim""#, r#"^"word""#],
        Setting::Clients => &[r#"["@gold", ^"@gilt"]"#, r#"["@gold", ^"one"]"#],
        Setting::BlockedClients => &[r#"[^"@gilt"]"#, "^[]"],
        Setting::Legs => &[r#"^"four""#],
        Setting::AcrValues => &[r#"^['ga"ld']"#, "^[]"],
        Setting::MaxAuthenticationAge => &["^-1"],
        Setting::Leeway => &["^301"],
        Setting::MaxLifetime | Setting::MaxAge => &["^0"],
        Setting::RequiredClaims => &[r#"[^" x"]"#, "^[]"],
        Setting::Claims => &["^[]"],
        Setting::SenderBinding => &[r#"^"mtls""#, r#"^"dpop""#],
        Setting::Realm => &[r#"^'a"b'"#, r#"^"""#],
        Setting::ResourceMetadata => {
            &[r#"^"http://a.example""#, r#"^"https://""#, r#"^"https://a.example/#x""#]
        }
        Setting::Dialect => &[r#"^"http""#],
        Setting::ClockFloor => &[r#"^"now""#],
        Setting::MaxTokenLen => &["^16385", "^0"],
        Setting::DpopAlgorithms => &[r#"["ES256", ^"HS256"]"#, "^[]"],
        Setting::DpopMaxAge => &["^0"],
        Setting::DpopNonceLife => &["^3601"],
        Setting::DpopRequestDigests => &[r#"^"all""#],
        Setting::DpopReplayMemory => &[r#"^"ever""#],
    }
}

/// The tables in which a setting may stand, with its key there: those in which every key is shown to count.
fn tables(setting: Setting) -> BTreeSet<(&'static str, &'static str)> {
    let keys = COUNTS.iter().map(|((table, key, _), _)| (*table, *key));
    keys.filter(|(table, key)| {
        let dotted = format!("{table}.{key}");
        let name = dotted.strip_prefix("products.p.").or(dotted.strip_prefix("defaults."));
        name == Some(setting.name())
    })
    .collect()
}

/// Proofs need algorithms, whatever else their table says.
fn beside(table: &str) -> &'static [Line] {
    match table {
        "products.p.dpop" => &[("products.p.dpop", "algorithms", r#"["ES256"]"#)],
        "defaults.dpop" => &[("defaults.dpop", "algorithms", r#"["ES256"]"#)],
        _ => &[],
    }
}

#[test]
fn a_wrong_value_is_told_at_its_own_place() {
    let mut faults = vec![];
    for setting in Setting::ALL {
        for (table, key) in tables(*setting) {
            for (number, marked) in wrong(*setting).iter().enumerate() {
                let value = marked.replacen('^', "", 1);
                let text = Document::good().with(beside(table)).with_line(table, key, &value).text();
                let (before, _) = text.split_once(&format!("\n{key} = {value}\n")).expect("there");
                let line = before.matches('\n').count() + 2;
                let column = key.len() + " = ".len() + marked.find('^').expect("a mark") + 1;
                let place = format!(".toml:{line}:{column}: {table}.{key}: ");
                let error = error(&format!("setting-{table}-{key}-{number}"), &text).to_string();
                if !error.contains(&place) {
                    faults.push(format!("{table}.{key} = {value}: {error}, not at {place}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What the reader takes in these tables are the settings, and nothing else.
#[test]
fn every_key_of_a_product_and_of_the_defaults_is_a_setting() {
    let known: BTreeSet<_> = Setting::ALL.iter().flat_map(|setting| tables(*setting)).collect();
    let of_the_file: BTreeSet<_> = COUNTS.iter().map(|((table, key, _), _)| (*table, *key)).collect();
    let of_settings = of_the_file
        .into_iter()
        .filter(|(table, _)| table.starts_with("products.p") || table.starts_with("defaults"));
    assert_eq!(known, of_settings.collect());
    assert!(Setting::ALL.iter().all(|setting| !tables(*setting).is_empty()));
}
