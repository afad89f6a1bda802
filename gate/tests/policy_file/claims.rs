//! `claims` of a product: what each rule means, and every fault at its own line, column and key.

use crate::{
    every_key::Document,
    file::{File, error},
};
use jotgate_gate::PolicyFile;

fn text(rules: &str) -> String {
    Document::good().with_line("products.p", "claims", rules).text()
}

/// `^` stands before what is at fault; then the key behind `products.p.`, and a part of the message.
#[test]
fn faults() {
    let mut wrong = vec![];
    for (number, (marked, key, message)) in [
        ("^[]", "claims", "the list is empty"),
        (r#"[^{ claim = "a" }]"#, "claims[0]", "a rule needs one of equals, one_of"),
        (r#"[{ claim = "b", present = true }, ^{ claim = "a" }]"#, "claims[1]", "a rule needs one of"),
        (r#"[^{ claim = "a", equals = 1, present = true }]"#, "claims[0]", "write another rule"),
        (r#"[{ claim = ^"", present = true }]"#, "claims[0].claim", "none of them empty"),
        (r#"[{ claim = ^[], present = true }]"#, "claims[0].claim", "1 to 8 names"),
        (r#"[{ claim = ^["a", ""], present = true }]"#, "claims[0].claim", "none of them empty"),
        (r#"[{ claim = ^"a\u200b", present = true }]"#, "claims[0].claim", "a character that nobody sees"),
        (r#"[{ claim = "a", equals = ^"b\u200b" }]"#, "claims[0].equals", "a character that nobody sees"),
        (
            r#"[{ claim = "a", one_of = ^["b", "c\u200b"] }]"#,
            "claims[0].one_of",
            "a character that nobody sees",
        ),
        (
            r#"[{ claim = "a", equals = 1 }, ^{ claim = ["a"], equals = 1, status = 401 }]"#,
            "claims[1]",
            "stands there twice",
        ),
        (
            r#"[{ claim = "a", equals = 1 }, ^{ claim = "a", absent = true }]"#,
            "claims[1]",
            "no claim passes both",
        ),
        (
            r#"[{ claim = "a", present = true }, ^{ claim = "a", at_least = 1 }]"#,
            "claims[1]",
            "says nothing beside",
        ),
        (r#"[{ claim = "a", one_of = ^[] }]"#, "claims[0].one_of", "1 to 32 strings"),
        (r#"[{ claim = "a", one_of = ^["x", "x"] }]"#, "claims[0].one_of", "none of them twice"),
        (r#"[{ claim = "a", contains_one_of = ^[] }]"#, "claims[0].contains_one_of", "1 to 32"),
        (r#"[{ claim = "a", contains_all_of = ^[1, 1] }]"#, "claims[0].contains_all_of", "twice"),
        (
            r#"[{ claim = "a", contains_one_of = ^["x y"], words = true }]"#,
            "claims[0].contains_one_of",
            "without spaces",
        ),
        (r#"[{ claim = "a", equals = "b", words = ^true }]"#, "claims[0].words", "says nothing without"),
        (
            r#"[{ claim = "a", contains_one_of = ["b"], words = ^false }]"#,
            "claims[0].words",
            "false says nothing",
        ),
        (r#"[{ claim = "a", present = ^false }]"#, "claims[0].present", "false says nothing"),
        (r#"[{ claim = "a", absent = ^false }]"#, "claims[0].absent", "false says nothing"),
        (r#"[{ claim = "a", at_least = ^2, at_most = 1 }]"#, "claims[0].at_least", "lower bound"),
        (r#"[{ claim = "a", present = true, status = ^404 }]"#, "claims[0].status", "none of 401, 403"),
    ]
    .into_iter()
    .enumerate()
    {
        let text = text(&marked.replacen('^', "", 1));
        let line = text.lines().position(|line| line.starts_with("claims = ")).expect("there") + 1;
        let column = "claims = ".len() + marked.find('^').expect("a mark") + 1;
        let place = format!(".toml:{line}:{column}: products.p.{key}: ");
        let error = error(&format!("claims-{number}"), &text).to_string();
        if !(error.contains(&place) && error.contains(message)) {
            wrong.push(format!("{marked}: {error}, not {place}{message}"));
        }
    }
    for rules in
        [r#"[{ present = true }]"#, r#"[{ claim = "a", equals = 1.5 }]"#, r#"[{ claim = "a", equal = 1 }]"#]
    {
        let error = error("claims-types", &text(rules));
        assert!(error.line().is_some() && error.key().starts_with("products.p.claims"), "{rules}: {error}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_each_rule_means() {
    for (rule, meaning) in [
        (
            r#"{ claim = "a.b", equals = false }"#,
            r#"path: "[\"a.b\"]", test: OneOf("[false]"), refusal: Forbidden"#,
        ),
        (
            r#"{ claim = ["a", "b"], one_of = ["x", 2, true], status = 401 }"#,
            r#"path: "[\"a\",\"b\"]", test: OneOf("[\"x\",2,true]"), refusal: Unauthorized"#,
        ),
        (r#"{ claim = "a", contains_one_of = ["x"] }"#, r#"test: ContainsOneOf("[\"x\"]", Array)"#),
        (
            r#"{ claim = "a", contains_all_of = ["x"], words = true, status = 403 }"#,
            r#"test: ContainsAllOf("[\"x\"]", ArrayOrWords), refusal: Forbidden"#,
        ),
        (r#"{ claim = "a", at_least = 2 }"#, "test: Between(Some(2), None)"),
        (r#"{ claim = "a", at_most = -2 }"#, "test: Between(None, Some(-2))"),
        (r#"{ claim = "a", at_least = 1, at_most = 2 }"#, "test: Between(Some(1), Some(2))"),
        (r#"{ claim = "a", present = true }"#, "test: Present"),
        (r#"{ claim = "a", absent = true }"#, "test: Absent"),
    ] {
        let file = File::new("claims-meaning", &text(&format!("[{rule}]")));
        let policy = PolicyFile::open(&file.0).unwrap_or_else(|error| panic!("{rule}: {error}"));
        let rules = format!("{:?}", policy.products()[0].policy().claims);
        assert!(rules.contains(meaning), "{rule}: {rules}");
    }
    let statuses = r#"[{ claim = "a", present = true, status = 401 }, { claim = "a", equals = 1 }]"#;
    let two = File::new("claims-statuses", &text(statuses));
    assert!(PolicyFile::open(&two.0).is_ok(), "each answers something else");
    let many =
        (0..17).map(|n| format!("{{ claim = \"a{n}\", present = true }}")).collect::<Vec<_>>().join(", ");
    let error = error("claims-many", &text(&format!("[{many}]")));
    assert!(error.key() == "products.p.claims" && error.to_string().contains("more than 16"), "{error}");
}
