//! What a file says of lists and of asking the authorization server.

use crate::file::{File, GOOD, error};
use jotgate_core::{Freshness, IntrospectionRule, RevocationRule, StatusListRule, WhenStale, WhenUnanswered};
use jotgate_gate::PolicyFile;

/// The good file with these lines instead of the one about revocation.
fn about_revocation(lines: &str) -> String {
    GOOD.replace("revocation = \"not-checked\"", lines)
}

#[test]
fn what_is_asked_about_revocation() {
    let read = |name: &str, lines: &str| {
        let file = File::new(name, &about_revocation(lines));
        let policy = PolicyFile::open(&file.0).unwrap_or_else(|error| panic!("{error}"));
        let owned = policy.products()[0].policy().clone();
        let policy = owned.as_policy().map(|_| ());
        assert!(policy.is_ok());
        (owned.revocation, owned.status_list, owned.introspection)
    };
    let fresh = |max_age, when_stale| Freshness { max_age, when_stale };
    let not_checked = (RevocationRule::NotChecked, StatusListRule::NotChecked, IntrospectionRule::NotAsked);
    assert_eq!(read("nothing", "revocation = \"not-checked\""), not_checked);
    let said = "revocation = \"not-checked\"\nstatus_list = \"not-checked\"\nintrospection = \"not-asked\"";
    assert_eq!(read("nothing-said", said), not_checked);
    let all = "revocation = \"list\"\nrevocation_max_age = 600\nrevocation_stale_for = 60\n\
               status_list = \"required\"\nstatus_list_max_age = 3600\n\
               introspection = \"asked\"\nwhen_unanswered = \"deny\"";
    let expected = (
        RevocationRule::ByList(fresh(600, WhenStale::Allow { seconds: 60 })),
        StatusListRule::Required(fresh(3600, WhenStale::Deny)),
        IntrospectionRule::Asked(WhenUnanswered::Deny),
    );
    assert_eq!(read("all", all), expected);
    let counted = |word: &str| read(word, &format!("{all}\nrevocation_count = \"{word}\"")).0;
    let list = fresh(600, WhenStale::Allow { seconds: 60 });
    assert_eq!(counted("required"), RevocationRule::ByCountedList(list));
    assert_eq!(counted("not-required"), RevocationRule::ByList(list));
    let lax = all.replace("required", "when-present").replace("deny", "allow");
    let (_, status_list, introspection) = read("lax", &lax);
    assert_eq!(status_list, StatusListRule::WhenPresent(fresh(3600, WhenStale::Deny)));
    assert_eq!(introspection, IntrospectionRule::Asked(WhenUnanswered::Allow));
}

#[test]
fn errors_about_revocation_name_line_and_key() {
    let not_checked = "revocation = \"not-checked\"\n";
    for (name, lines, line, key, message) in [
        ("list-without-age", "revocation = \"list\"", 16, "revocation", "needs revocation_max_age"),
        (
            "age-without-list",
            "revocation = \"not-checked\"\nrevocation_max_age = 5",
            17,
            "revocation_max_age",
            "says nothing",
        ),
        (
            "stale-without-list",
            "revocation_stale_for = 5\nrevocation = \"not-checked\"",
            16,
            "revocation_stale_for",
            "says nothing",
        ),
        (
            "age-of-another-type",
            "revocation = \"list\"\nrevocation_max_age = \"5\"",
            17,
            "revocation_max_age",
            "invalid type",
        ),
        ("count-alone", "revocation_count = \"required\"", 17, "revocation_count", "says nothing"),
        (
            "count-word",
            "revocation = \"list\"\nrevocation_max_age = 5\nrevocation_count = \"yes\"",
            18,
            "revocation_count",
            "not-required, required",
        ),
        ("status-word", "status_list = \"yes\"", 17, "status_list", "not-checked, required, when-present"),
        ("status-without-age", "status_list = \"required\"", 17, "status_list", "needs status_list_max_age"),
        ("status-age-alone", "status_list_max_age = 5", 17, "status_list_max_age", "says nothing"),
        ("introspection-word", "introspection = \"yes\"", 17, "introspection", "not-asked, asked"),
        ("introspection-alone", "introspection = \"asked\"", 17, "introspection", "needs when_unanswered"),
        ("unanswered-alone", "when_unanswered = \"deny\"", 17, "when_unanswered", "says nothing"),
        (
            "unanswered-word",
            "introspection = \"asked\"\nwhen_unanswered = \"pass\"",
            18,
            "when_unanswered",
            "allow, deny",
        ),
    ] {
        let lines =
            if lines.contains("revocation =") { lines.to_owned() } else { not_checked.to_owned() + lines };
        let error = error(name, &about_revocation(&lines));
        let key = format!("products.p.{key}");
        assert_eq!((error.line(), error.key()), (Some(line), key.as_str()), "{name}: {error}");
        assert!(error.to_string().contains(message), "{name}: {error}");
    }
}
