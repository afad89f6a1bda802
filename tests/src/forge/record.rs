//! Writes down what the test fixtures judge and how, for a judge in another language: `JOTGATE_RECORD` names a folder.
//!
//! One file for each thread, which is for each test. A file is a row of commands: a name, the number of its arguments,
//! a line feed; then each argument as its length, a colon, its bytes, and a line feed. `tests/abi/judge.c` reads them.

use super::{
    DpopFixture, Fixture, ISSUER, NOW, Summary,
    debug_tree::{Node, parse},
};
use jotgate_core::{
    AlgorithmName, Denied, LoadError, Now, Profile, SkipReason, StatusListError, StatusListSource,
    UnixSeconds,
};
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
    pub(super) default_rsa_algorithm: Option<AlgorithmName>,
}

/// The text of each revocation list, by its generation.
static REVOCATIONS: Mutex<BTreeMap<u64, String>> = Mutex::new(BTreeMap::new());

impl Set {
    fn words(&self) -> Vec<&str> {
        let algorithms = self.algorithms.iter().map(|name| name.as_jose());
        let default_rsa_algorithm = self.default_rsa_algorithm.map_or("", AlgorithmName::as_jose);
        [self.issuer.as_str(), self.text.as_str(), default_rsa_algorithm]
            .into_iter()
            .chain(algorithms)
            .collect()
    }
}

thread_local! {
    static FILE: RefCell<Option<File>> = const { RefCell::new(None) };
}

struct File {
    file: fs::File,
    /// The fixture that the last command belongs to.
    current: String,
}

/// Remembers what the ring of this generation is made of.
pub(super) fn ring(generation: u64, sets: Vec<Set>) {
    if FOLDER.is_some() {
        RINGS.lock().expect("no thread panics here").insert(generation, sets);
    }
}

/// Remembers what the revocation list of this generation says.
pub(super) fn revocations(generation: u64, text: &str) {
    if FOLDER.is_some() {
        REVOCATIONS.lock().expect("no thread panics here").insert(generation, text.to_owned());
    }
}

/// Records what became of the last of these key sets, and of every key of it, unless all is good.
pub(super) fn load(sets: &[Set], keys: &[Result<(), SkipReason>], outcome: Result<(), LoadError>) {
    if FOLDER.is_none() || outcome.is_ok() && keys.iter().all(Result::is_ok) {
        return;
    }
    let Some((last, before)) = sets.split_last() else { return };
    let mut out = vec![];
    command(&mut out, "ring", &[]);
    for set in before {
        command(&mut out, "keys", &bytes(&set.words()));
    }
    let code = outcome.map_or_else(|error| error.code(), |()| OK);
    let mut words = vec![code.to_string(), keys.len().to_string()];
    words.extend(keys.iter().map(|key| key.map_or_else(|reason| reason.code(), |()| OK).to_string()));
    words.extend(last.words().iter().map(|word| (*word).to_owned()));
    command(&mut out, "reported", &words.iter().map(|word| word.as_bytes()).collect::<Vec<_>>());
    write(None, &out);
}

/// Records what became of a status list token of up to 64 KiB under the ring of this generation.
pub fn status_list(
    generation: u64,
    token: &str,
    source: &StatusListSource<'_>,
    outcome: Result<(), StatusListError>,
) {
    // The limit is megabytes.
    if token.len() > 65_536 {
        return;
    }
    let Some(sets) = RINGS.lock().expect("no thread panics here").get(&generation).cloned() else { return };
    let mut out = vec![];
    command(&mut out, "ring", &[]);
    for set in sets {
        command(&mut out, "keys", &bytes(&set.words()));
    }
    command(&mut out, "ring_alone", &[]);
    let code = match outcome {
        Ok(()) => OK,
        Err(StatusListError::Token(denied)) => denied.code(),
        Err(error) => error.code(),
    };
    let (time, leeway, code) =
        (source.received_at.0.to_string(), source.leeway.to_string(), code.to_string());
    command(
        &mut out,
        "status_list_loaded",
        &bytes(&[source.section.issuer, source.uri, &time, &leeway, token, &code]),
    );
    write(None, &out);
}

/// Records one decision on a token that was presented alone.
pub(super) fn decision(fixture: &Fixture, token: &[u8], decision: &Result<Summary, Denied>) {
    let Some(setting) = setting(fixture) else { return };
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
    write(Some(setting), &out);
}

/// Records what became of a token about which the authorization server was asked.
pub fn answered(fixture: &Fixture, token: &str, response: &[u8], now: i64, outcome: Option<Denied>) {
    let Some(setting) = setting(fixture) else { return };
    let mut out = vec![];
    let code = outcome.map_or(OK, Denied::code);
    let words = [token.as_bytes(), response, now.to_string().as_bytes(), code.to_string().as_bytes()]
        .map(<[u8]>::to_vec);
    command(&mut out, "answered", &words.iter().map(Vec::as_slice).collect::<Vec<_>>());
    write(Some(setting), &out);
}

/// Records one decision on a request with all that is known of its sender. What depends on the proofs that were used
/// before, or on how many may be remembered, is not recorded: `tests/abi/objects/sender.c` has it.
pub(super) fn bound(
    fixture: &DpopFixture,
    scheme: &str,
    token: &str,
    fields: &[&str],
    decision: Result<(), Denied>,
) {
    use Denied::{
        ClockWentBack, ProofAlgorithmNotAllowed, ReplayLifeTooLong, ReplayQuotaExceeded, ReplayWindowFull,
        Replayed,
    };
    let not_recorded = [
        // Of the algorithms of a rule its description says nothing: all are named.
        ProofAlgorithmNotAllowed,
        ClockWentBack,
        ReplayLifeTooLong,
        ReplayQuotaExceeded,
        ReplayWindowFull,
        Replayed,
    ];
    if decision.is_err_and(|denied| not_recorded.contains(&denied)) {
        return;
    }
    let Some(setting) = setting(&fixture.fixture) else { return };
    let Some((uri_scheme, rest)) = fixture.uri.split_once("://") else { return };
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let field = format!("{scheme} {token}");
    let code = decision.map_or_else(Denied::code, |()| OK).to_string();
    let nonces = fixture.nonces;
    let mut words: Vec<&[u8]> = vec![
        code.as_bytes(),
        field.as_bytes(),
        fixture.method.as_bytes(),
        uri_scheme.as_bytes(),
        authority.as_bytes(),
        path.as_bytes(),
        part(fixture.query),
        fixture.query.flatten().unwrap_or_default(),
        part(fixture.body),
        fixture.body.flatten().map_or(&[], |digest| digest),
        nonces.map_or(&[], |nonces| nonces.current),
        nonces.and_then(|nonces| nonces.previous).unwrap_or_default(),
        fixture.certificate.as_ref().map_or(&[], |digest| digest),
        if fixture.window.is_some() { b"window" } else { b"none" },
    ];
    words.extend(fields.iter().map(|field| field.as_bytes()));
    let mut out = vec![];
    command(&mut out, "bound", &words);
    write(Some(setting), &out);
}

/// A part of a request, in the numbers of the ABI: not said, absent, present.
fn part<T>(part: Option<Option<T>>) -> &'static [u8] {
    match part {
        None => b"0",
        Some(None) => b"1",
        Some(Some(_)) => b"2",
    }
}

/// Granted, or done: a number of the ABI.
const OK: u16 = 7000;

/// Writes commands, before them those that a fixture is described by unless it was the last. Without a fixture they
/// describe themselves.
fn write(setting: Option<(String, Vec<u8>)>, commands: &[u8]) {
    let Some(folder) = FOLDER.as_ref() else { return };
    // A file belongs to a thread with a name of its own.
    if std::thread::current().name().is_none() {
        return;
    }
    FILE.with_borrow_mut(|file| {
        let file = file.get_or_insert_with(|| File::new(folder));
        let (name, description) = setting.unwrap_or_default();
        if name.is_empty() || file.current != name {
            file.file.write_all(&description).expect("the folder can be written");
            file.current = name;
        }
        file.file.write_all(commands).expect("the folder can be written");
    });
}

impl File {
    fn new(folder: &std::path::Path) -> Self {
        let thread = std::thread::current();
        let test = thread.name().unwrap_or("nameless").replace("::", ".");
        let binary = env::current_exe().ok();
        let binary = binary.as_deref().and_then(|path| path.file_stem()?.to_str()).unwrap_or("tests");
        let path = folder.join(format!("{binary}.{test}.vectors"));
        fs::create_dir_all(folder).expect("the folder can be made");
        Self { file: fs::File::create(path).expect("the folder can be written"), current: String::new() }
    }
}

/// A fixture in words, and in commands; nothing for one that the commands cannot describe.
fn setting(fixture: &Fixture) -> Option<(String, Vec<u8>)> {
    FOLDER.as_ref()?;
    let generation = fixture.ring.generation();
    let sets = RINGS.lock().expect("no thread panics here").get(&generation)?.clone();
    if fixture.status_lists.is_some() && fixture.status_list_tokens.is_empty() {
        return None;
    }
    let revocations = match &fixture.revocations {
        Some(list) => {
            let texts = REVOCATIONS.lock().expect("no thread panics here");
            Some((list.generation(), texts.get(&list.generation())?.clone(), list.as_of().0.to_string()))
        }
        None => None,
    };
    // In C the earliest of all times stands for "not trusted".
    if fixture.now == Now::Trusted(UnixSeconds(i64::MIN)) {
        return None;
    }
    let text = format!("{generation} {:?} {:?}", fixture.now, fixture.policy);
    let policy = parse(&format!("{:?}", fixture.policy));
    // C has no rules about claims yet.
    if policy["claims"].name() != "None" {
        return None;
    }
    // C has no function for a policy by client that asks for no scope.
    if policy["audience"].name() == "ByClient" && policy["scopes"].name() == "NotChecked" {
        return None;
    }
    let mut out = vec![];
    command(&mut out, "ring", &[]);
    for set in sets {
        command(&mut out, "keys", &bytes(&set.words()));
    }
    for issuer in policy["issuers"].items() {
        write_issuer(&mut out, issuer);
    }
    write_policy(&mut out, &policy);
    let now = match fixture.now {
        Now::Trusted(UnixSeconds(seconds)) => seconds.to_string(),
        Now::NotTrusted => "none".to_owned(),
    };
    command(&mut out, "now", &[now.as_bytes()]);
    let lists = if fixture.status_lists.is_some() { fixture.status_list_tokens.as_slice() } else { &[] };
    for (uri, token) in lists {
        command(&mut out, "status_list_token", &bytes(&[ISSUER, uri, &NOW.to_string(), "5", token]));
    }
    if let Some((_, text, as_of)) = &revocations {
        command(&mut out, "revocations", &bytes(&[text, as_of]));
    }
    Some((format!("{text} {lists:?} {revocations:?}"), out))
}

fn write_issuer(out: &mut Vec<u8>, issuer: &Node) {
    // The profile is a preset, with other claims for client and scope perhaps.
    let own = &issuer["profile"];
    let same =
        |preset: &Node| ["types", "required", "kind", "user"].iter().all(|part| own[*part] == preset[*part]);
    let presets = Profile::PRESETS.map(|(name, profile)| (name, parse(&format!("{profile:?}"))));
    let (preset, base) =
        presets.iter().find(|(_, preset)| same(preset)).expect("every profile comes of a preset");
    command(out, "issuer", &bytes(&[issuer["name"].text(), preset]));
    if own["clients"] != base["clients"] {
        let list = own["clients"].items()[0].items();
        let claims: Vec<&str> =
            list.iter().filter(|claim| claim.name() == "Some").map(|claim| claim.items()[0].name()).collect();
        command(out, "client_claims", &bytes(&claims));
    }
    if own["scopes"] != base["scopes"] || own["form"] != base["form"] {
        command(out, "scope_claim", &bytes(&[own["scopes"].name(), own["form"].name()]));
    }
    match issuer["types"].name() {
        "OfProfile" => {}
        "Any" => command(out, "any_type", &[]),
        "OneOf" => command(out, "types", &bytes(&[issuer["types"].items()[0].text()])),
        other => panic!("types {other}"),
    }
    let ignored = issuer["ignored"].items()[0].name();
    if ignored != "0" {
        command(out, "ignored", &bytes(&[ignored]));
    }
    if issuer["tolerated"].name() == "Nonce" {
        command(out, "tolerate_nonce", &[]);
    }
    if issuer["subject"].name() == "StringOrDigits" {
        command(out, "subject_digits", &[]);
    }
}

/// Every part of a policy: one that is not known here ends the test.
fn write_policy(out: &mut Vec<u8>, policy: &Node) {
    match policy["audience"].name() {
        "ByClient" => command(out, "by_client", &bytes(&clients_of(&policy["clients"]))),
        _ => command(out, "audiences", &bytes(&policy["audience"].items()[0].texts())),
    }
    match policy["scopes"].name() {
        "NotChecked" => command(out, "no_scopes", &[]),
        _ => command(out, "scopes", &bytes(&policy["scopes"].items()[0].texts())),
    }
    for (name, value) in policy.members() {
        match (name.as_str(), value.name()) {
            ("issuers" | "audience" | "scopes" | "has_twins", _) | ("dpop" | "claims", "None") => {}
            ("blocked" | "required", _) if value.items().is_empty() => {}
            // The sender must be bound to something that proofs are taken of: before `binding`.
            ("binding", _) => {}
            ("dpop", _) => {
                let rule = &value.items()[0];
                let nonce = &rule["nonce"];
                let life = if nonce.name() == "NotRequired" { "0" } else { nonce["life"].name() };
                let words = [rule["max_age"].name(), life, rule["digests"].name(), rule["memory"].name()];
                command(out, "dpop", &bytes(&words));
            }
            ("purpose" | "status_list" | "realm" | "resource_metadata", "None")
            | ("clients", "AnyClient") => {}
            ("revocation", "NotChecked") | ("introspection", "NotAsked") => {}
            ("purpose", _) => {
                let [names, form] = value.items()[0].items() else { panic!("purpose") };
                let words: Vec<&str> = [form.name()].into_iter().chain(names.texts()).collect();
                command(out, "purposes", &bytes(&words));
            }
            ("clients", _) => command(out, "clients", &bytes(&clients_of(value))),
            ("blocked" | "required", _) => command(out, name, &bytes(&value.texts())),
            ("legs" | "dialect" | "leeway" | "max_token_len", word) => {
                command(out, name, &bytes(&[word]));
            }
            ("step_up", _) => {
                let age = &value["max_age"];
                let age = if age.name() == "None" { "none" } else { age.items()[0].name() };
                let words: Vec<&str> = [age].into_iter().chain(value["classes"].texts()).collect();
                command(out, "step_up", &bytes(&words));
            }
            ("max_lifetime" | "max_age", "Unbounded") => {}
            ("max_lifetime" | "max_age" | "clock_floor", _) => {
                command(out, name, &bytes(&[value.items()[0].name()]));
            }
            ("realm" | "resource_metadata", _) => command(out, name, &bytes(&[value.items()[0].text()])),
            ("revocation" | "status_list", _) => {
                let rule = if name == "status_list" { &value.items()[0] } else { value };
                let (rule, freshness) = (rule.name(), &rule.items()[0]);
                let stale = &freshness["when_stale"];
                let stale = if stale.name() == "Deny" { "0" } else { stale["seconds"].name() };
                command(out, name, &bytes(&[rule, freshness["max_age"].name(), stale]));
            }
            ("introspection", _) => command(out, name, &bytes(&[value.items()[0].name()])),
            (other, word) => panic!("a policy has {other}: {word}, which the record does not know"),
        }
    }
    command(out, "binding", &bytes(&[policy["binding"].name()]));
    command(out, "policy", &[]);
}

/// Id and group of each client of a rule.
fn clients_of(rule: &Node) -> Vec<&str> {
    let clients = rule.items()[0].items().iter();
    clients.flat_map(|client| [client["id"].text(), client["group"].text()]).collect()
}

fn bytes<'a>(words: &[&'a str]) -> Vec<&'a [u8]> {
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
