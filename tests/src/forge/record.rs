//! Writes down what benches judge and how, for a judge in another language: `JOTGATE_RECORD` names a folder.
//!
//! One file for each thread, which is for each test. A file is a row of commands: a name, the number of its arguments,
//! a line feed; then each argument as its length, a colon, its octets, and a line feed. `tests/abi/judge.c` reads them.

use super::{
    Bench, ISSUER, NOW, Summary,
    debug_tree::{Node, parse},
};
use jotgate_core::{AlgorithmName, Denied, Now, Profile, UnixSeconds};
use std::{
    cell::RefCell,
    collections::BTreeMap,
    env, fs,
    io::Write,
    path::PathBuf,
    sync::{LazyLock, Mutex},
};

/// Where to write, if anywhere.
static FOLDER: LazyLock<Option<PathBuf>> = LazyLock::new(|| env::var_os("JOTGATE_RECORD").map(PathBuf::from));

/// What each ring, by its generation, was loaded from.
static RINGS: Mutex<BTreeMap<u64, Vec<Set>>> = Mutex::new(BTreeMap::new());

/// A key set with what it was loaded with.
#[derive(Clone)]
pub(super) struct Set {
    pub(super) issuer: String,
    pub(super) text: String,
    pub(super) algorithms: Vec<AlgorithmName>,
    pub(super) unnamed: Option<AlgorithmName>,
}

thread_local! {
    static FILE: RefCell<Option<File>> = const { RefCell::new(None) };
}

struct File {
    file: fs::File,
    /// The bench that the last command belongs to.
    current: String,
}

/// Remembers what the ring of this generation is made of.
pub(super) fn ring(generation: u64, sets: Vec<Set>) {
    if FOLDER.is_some() {
        RINGS.lock().expect("no thread panics here").insert(generation, sets);
    }
}

/// Records one decision on a token that was presented alone.
pub(super) fn decision(bench: &Bench, token: &[u8], decision: &Result<Summary, Denied>) {
    let Some(folder) = FOLDER.as_ref() else { return };
    let Some(setting) = setting(bench) else { return };
    FILE.with_borrow_mut(|file| {
        let file = file.get_or_insert_with(|| File::new(folder));
        if file.current != setting.0 {
            file.file.write_all(&setting.1).expect("the folder can be written");
            file.current = setting.0;
        }
        let mut out = vec![];
        match decision {
            Err(denied) => command(&mut out, "refused", &[token, denied.code().to_string().as_bytes()]),
            Ok(summary) => command(
                &mut out,
                "granted",
                &[
                    token,
                    summary.issuer.as_bytes(),
                    summary.subject.as_deref().unwrap_or_default().as_bytes(),
                    summary.client.as_deref().unwrap_or_default().as_bytes(),
                    if summary.has_user { b"user" } else { b"client" },
                    &summary.signing_input_digest,
                ],
            ),
        }
        file.file.write_all(&out).expect("the folder can be written");
    });
}

impl File {
    fn new(folder: &std::path::Path) -> Self {
        let thread = std::thread::current();
        let test = thread.name().unwrap_or("unnamed").replace("::", ".");
        let binary = env::current_exe().ok();
        let binary = binary.as_deref().and_then(|path| path.file_stem()?.to_str()).unwrap_or("tests");
        let path = folder.join(format!("{binary}.{test}.vectors"));
        fs::create_dir_all(folder).expect("the folder can be made");
        Self { file: fs::File::create(path).expect("the folder can be written"), current: String::new() }
    }
}

/// A bench in words, and in commands; nothing for one that the commands cannot describe.
fn setting(bench: &Bench) -> Option<(String, Vec<u8>)> {
    let generation = bench.ring.generation();
    let sets = RINGS.lock().expect("no thread panics here").get(&generation)?.clone();
    if bench.revocations.is_some() || bench.status_lists.is_some() && bench.status_list_tokens.is_empty() {
        return None;
    }
    // In C the earliest of all times stands for "not trusted".
    if bench.now == Now::Trusted(UnixSeconds(i64::MIN)) {
        return None;
    }
    let text = format!("{generation} {:?} {:?}", bench.now, bench.policy);
    let policy = parse(&format!("{:?}", bench.policy));
    if policy["dpop"].name() != "None" {
        return None;
    }
    let mut out = vec![];
    command(&mut out, "ring", &[]);
    for set in sets {
        let algorithms = set.algorithms.iter().map(|name| name.as_jose());
        let unnamed = set.unnamed.map_or("", AlgorithmName::as_jose);
        let words: Vec<&str> =
            [set.issuer.as_str(), set.text.as_str(), unnamed].into_iter().chain(algorithms).collect();
        command(&mut out, "keys", &octets(&words));
    }
    for issuer in policy["issuers"].items() {
        write_issuer(&mut out, issuer);
    }
    write_policy(&mut out, &policy);
    let now = match bench.now {
        Now::Trusted(UnixSeconds(seconds)) => seconds.to_string(),
        Now::NotTrusted => "none".to_owned(),
    };
    command(&mut out, "now", &[now.as_bytes()]);
    let lists = if bench.status_lists.is_some() { bench.status_list_tokens.as_slice() } else { &[] };
    for (uri, token) in lists {
        command(&mut out, "status_list_token", &octets(&[ISSUER, uri, &NOW.to_string(), "5", token]));
    }
    Some((format!("{text} {lists:?}"), out))
}

fn write_issuer(out: &mut Vec<u8>, issuer: &Node) {
    // The profile is a preset, with other claims for client and scope perhaps.
    let own = &issuer["profile"];
    let same =
        |preset: &Node| ["types", "required", "kind", "user"].iter().all(|part| own[*part] == preset[*part]);
    let presets = Profile::PRESETS.map(|(name, profile)| (name, parse(&format!("{profile:?}"))));
    let (preset, base) =
        presets.iter().find(|(_, preset)| same(preset)).expect("every profile comes of a preset");
    command(out, "issuer", &octets(&[issuer["name"].text(), preset]));
    if own["clients"] != base["clients"] {
        let list = own["clients"].items()[0].items();
        let claims: Vec<&str> =
            list.iter().filter(|claim| claim.name() == "Some").map(|claim| claim.items()[0].name()).collect();
        command(out, "client_claims", &octets(&claims));
    }
    if own["scopes"] != base["scopes"] || own["form"] != base["form"] {
        command(out, "scope_claim", &octets(&[own["scopes"].name(), own["form"].name()]));
    }
    match issuer["types"].name() {
        "OfProfile" => {}
        "Any" => command(out, "any_type", &[]),
        "OneOf" => command(out, "types", &octets(&[issuer["types"].items()[0].text()])),
        other => panic!("types {other}"),
    }
    let ignored = issuer["ignored"].items()[0].name();
    if ignored != "0" {
        command(out, "ignored", &octets(&[ignored]));
    }
}

/// Every part of a policy: one that is not known here ends the test.
fn write_policy(out: &mut Vec<u8>, policy: &Node) {
    command(out, "audiences", &octets(&policy["audiences"].texts()));
    match policy["scopes"].name() {
        "NotChecked" => command(out, "no_scopes", &[]),
        _ => command(out, "scopes", &octets(&policy["scopes"].items()[0].texts())),
    }
    for (name, value) in policy.members() {
        match (name.as_str(), value.name()) {
            ("issuers" | "audiences" | "scopes" | "dpop", _) => {}
            ("purpose", "NotChecked") | ("clients", "AnyClient") | ("realm", "None") => {}
            ("revocation" | "status_list", "NotChecked") | ("introspection", "NotAsked") => {}
            ("purpose", _) => {
                let [names, form] = value.items() else { panic!("purpose") };
                let words: Vec<&str> = [form.name()].into_iter().chain(names.texts()).collect();
                command(out, "purposes", &octets(&words));
            }
            ("clients", _) => {
                let clients = value.items()[0].items().iter();
                let words: Vec<&str> =
                    clients.flat_map(|client| [client["id"].text(), client["group"].text()]).collect();
                command(out, "clients", &octets(&words));
            }
            ("blocked" | "required", _) => command(out, name, &octets(&value.texts())),
            ("legs" | "dialect" | "binding" | "leeway" | "max_token_len", word) => {
                command(out, name, &octets(&[word]));
            }
            ("step_up", _) => {
                let age = &value["max_age"];
                let age = if age.name() == "None" { "none" } else { age.items()[0].name() };
                let words: Vec<&str> = [age].into_iter().chain(value["classes"].texts()).collect();
                command(out, "step_up", &octets(&words));
            }
            ("max_lifetime" | "max_age", "Unbounded") => {}
            ("max_lifetime" | "max_age" | "clock_floor", _) => {
                command(out, name, &octets(&[value.items()[0].name()]));
            }
            ("realm", _) => command(out, name, &octets(&[value.items()[0].text()])),
            ("revocation" | "status_list", rule) => {
                let freshness = &value.items()[0];
                let stale = &freshness["when_stale"];
                let stale = if stale.name() == "Deny" { "0" } else { stale["seconds"].name() };
                command(out, name, &octets(&[rule, freshness["max_age"].name(), stale]));
            }
            ("introspection", _) => command(out, name, &octets(&[value.items()[0].name()])),
            (other, word) => panic!("a policy has {other}: {word}, which the record does not know"),
        }
    }
    command(out, "policy", &[]);
}

fn octets<'a>(words: &[&'a str]) -> Vec<&'a [u8]> {
    words.iter().map(|word| word.as_bytes()).collect()
}

fn command(out: &mut Vec<u8>, name: &str, arguments: &[&[u8]]) {
    out.extend_from_slice(format!("{name} {}\n", arguments.len()).as_bytes());
    for argument in arguments {
        out.extend_from_slice(format!("{}:", argument.len()).as_bytes());
        out.extend_from_slice(argument);
        out.push(b'\n');
    }
}
