//! Lists in files and memory of proofs, with the files in examples/.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

use jotgate_core::{
    Authorization, Denied, DpopRequest, Grant, KeyRing, KeySource, LoadError, Now, PolicyError, Presented,
    RequestUri, RevocationFault, Scratch, Section, StatusListError, UnixSeconds, Validator, WorkerState,
};
use jotgate_gate::{
    Capacity, ListFileError, OwnedPolicy, PolicyFile, ProofMemory, RevocationFile, StatusListFile, Tables,
    in_key_ring,
};
use std::{
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

/// When the examples are good.
const NOW: i64 = 1_767_225_600;
const OPERATOR: &str = "https://auth.operator.example";
const PARTNER: &str = "https://sso.partner.example/realms/open-gateway";
const OPERATORS: Section<'_> = Section { label: "operator", issuer: OPERATOR };
const PARTNERS: Section<'_> = Section { label: "partner", issuer: PARTNER };
const NOBODYS: Section<'_> = Section::of_issuer("https://no.keys.example");
const URI: &str = "https://auth.operator.example/status-lists/7";

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(name)
}

/// A file of a test's own, removed when the test is over.
struct File(PathBuf);

impl File {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("jotgate-state-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).expect("the temporary folder can be written");
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _unneeded = std::fs::remove_file(&self.0);
    }
}

/// A ring of both issuers' keys.
fn with_ring<T>(run: impl FnOnce(&KeyRing<'_>) -> T) -> T {
    let policy = PolicyFile::open(&example("policy.toml")).expect("in order");
    let sets: Vec<Vec<u8>> =
        policy.issuers().iter().map(|source| std::fs::read(&source.keys().path).expect("there")).collect();
    let capacity = policy.issuers().iter().zip(&sets).fold(Capacity::default(), |capacity, (source, set)| {
        capacity.and(&source.issuer().section(), set, 1)
    });
    in_key_ring(
        capacity,
        1,
        Tables::Omit,
        |builder, _, scratch| {
            for (source, set) in policy.issuers().iter().zip(&sets) {
                let keys = KeySource {
                    algorithms: source.algorithms(),
                    default_rsa_algorithm: source.keys().default_rsa_algorithm,
                };
                builder.load_section(source.issuer().section(), set, &keys, scratch, &mut |_| {})?;
            }
            Ok::<(), LoadError>(())
        },
        run,
    )
    .expect("good keys")
}

#[test]
fn revocations_of_the_example() {
    let mut file = RevocationFile::read(&example("state/revoked.txt")).expect("there");
    let list = file.load(7).expect("in order");
    assert_eq!((list.generation(), list.entries()), (7, 4));
    let mut file = file.with_as_of(UnixSeconds(NOW));
    assert_eq!(
        file.load(8).map(|list| (list.generation(), list.as_of())).expect("again"),
        (8, UnixSeconds(NOW))
    );
}

/// Rounded down, so that a list is never taken for younger than it is.
#[test]
fn files_were_true_when_they_were_changed() {
    let file = File::new("as-of.txt", b"client a\n");
    let changed = UNIX_EPOCH + Duration::from_millis(1_700_000_000_999);
    std::fs::File::options().write(true).open(&file.0).expect("there").set_modified(changed).expect("a time");
    let mut list = RevocationFile::read(&file.0).expect("there");
    assert_eq!(list.load(1).expect("in order").as_of(), UnixSeconds(1_700_000_000));
}

/// Room for the index is counted from the text: it must suffice whatever stands there, and for a list of many lines.
#[test]
fn every_list_that_is_in_order_has_room() {
    let many: String = (0..10_000).map(|number| format!("client c-{number}\n# {number}\n\n")).collect();
    let clients = File::new("many.txt", many.as_bytes());
    assert_eq!(RevocationFile::read(&clients.0).expect("there").load(1).expect("in order").entries(), 10_000);
    for (name, text, entries) in [("comment", "# none\n", 0), ("blank", "\n", 0), ("one", "client #\n", 1)] {
        let list = File::new(&format!("{name}.txt"), text.as_bytes());
        assert_eq!(RevocationFile::read(&list.0).expect("there").load(1).expect(name).entries(), entries);
    }
}

#[test]
fn a_broken_list_names_its_line() {
    let file = File::new("broken.txt", b"client a\nclient\n");
    let mut list = RevocationFile::read(&file.0).expect("there");
    let error = list.load(1).map(|list| list.entries()).expect_err("refused");
    let ListFileError::Revocations(_, reason) = &error else { panic!("{error}") };
    assert_eq!((reason.line, reason.fault), (2, RevocationFault::FieldCount));
    assert!(error.to_string().starts_with(&format!("{}:2: too many fields", file.0.display())), "{error}");
    let missing = RevocationFile::read(Path::new("no/such.txt")).map(|_| ()).expect_err("missing");
    assert!(
        matches!(missing, ListFileError::Unreadable(..)) && missing.to_string().starts_with("no/such.txt: ")
    );
}

/// A list is that of the issuer whose keys verify it, wherever that one stands among those that are tried.
#[test]
fn status_list_of_the_example() {
    with_ring(|ring| {
        for sections in [&[OPERATORS][..], &[PARTNERS, OPERATORS], &[NOBODYS, OPERATORS, PARTNERS]] {
            let file = StatusListFile::read(&example("state/status-list.jwt")).expect("there");
            let mut file = file.with_received_at(UnixSeconds(NOW));
            let list = file.load(ring, sections, 60).expect("in order");
            assert_eq!((list.issuer(), list.uri(), list.len()), (OPERATOR, URI, 16));
            assert_eq!([0, 1, 2, 16].map(|index| list.status(index)), [Some(1), Some(2), Some(0), None]);
        }
    });
}

#[test]
fn a_status_list_that_nobody_signed() {
    with_ring(|ring| {
        let file = StatusListFile::read(&example("state/status-list.jwt")).expect("there");
        let mut file = file.with_received_at(UnixSeconds(NOW));
        let error = file.load(ring, &[PARTNERS, NOBODYS], 60).expect_err("another's keys");
        let ListFileError::StatusList(_, reasons) = &error else { panic!("{error}") };
        let reasons: Vec<_> = reasons.iter().map(|(issuer, reason)| (issuer.as_str(), *reason)).collect();
        assert_eq!(
            reasons,
            [
                (PARTNER, StatusListError::Token(Denied::UnknownKid)),
                ("https://no.keys.example", StatusListError::NoKeysForIssuer)
            ]
        );
        let named = [PARTNER, "https://no.keys.example"].map(|issuer| format!(": as a list of {issuer}: "));
        assert!(named.iter().all(|issuer| error.to_string().contains(issuer)), "{error}");
    });
}

#[test]
fn what_is_no_status_list() {
    with_ring(|ring| {
        // The last ones: `sub` is no string, or half of a surrogate pair.
        for text in [
            "",
            ".",
            "a.b",
            "e30.e30.AAAA",
            "e30.W10.AAAA",
            "e30.eyJzdWIiOjF9.AA",
            "e30.eyJzdWIiOiJcdWQ4MDAifQ.AA",
        ] {
            let file = File::new(&format!("status-{}.jwt", text.len()), text.as_bytes());
            let mut list = StatusListFile::read(&file.0).expect("there");
            let error = list.load(ring, &[OPERATORS], 60).expect_err(text);
            assert!(matches!(error, ListFileError::NoListNamed(_)), "{text}: {error}");
        }
    });
}

/// Judges the example token that is bound to a key, with its proof, by its product.
fn judge(ring: &KeyRing<'_>, owned: &OwnedPolicy, memory: &ProofMemory) -> Result<(), Denied> {
    judge_at(NOW, owned.longest_proof_life(), ring, owned, memory)
}

fn judge_at(
    now: i64,
    longest_life: u32,
    ring: &KeyRing<'_>,
    owned: &OwnedPolicy,
    memory: &ProofMemory,
) -> Result<(), Denied> {
    let policy = owned.as_policy().expect("lawful");
    let window = memory.window(10, longest_life).expect("lawful");
    let read = |name| std::fs::read_to_string(example(name)).expect("there").trim().to_owned();
    let field = format!("DPoP {}", read("tokens/bound-to-a-key.jwt"));
    let proof = read("state/proof.jwt");
    let proofs = [proof.as_bytes()];
    let uri = RequestUri::parse(b"https://api.operator.example/sim-swap/v2/check").expect("absolute");
    let request = DpopRequest::new(&proofs, b"POST", uri);
    let presented = Presented::from(Authorization::read(&[field.as_bytes()])?).with_dpop(request);
    let (mut text, mut names) = (vec![0; Scratch::text_len_with_proof(field.len())], [0; Scratch::NAMES]);
    let mut scratch = Scratch::new(&mut text, &mut names);
    let validator = Validator::for_product(ring, &policy).with_replay_window(&window);
    let now = Now::Trusted(UnixSeconds(now));
    validator
        .check(presented, now, &mut scratch, &mut WorkerState::new())
        .map(|grant: Grant<'_>| assert_eq!(grant.client(), Some("bank-one")))
}

#[test]
fn a_proof_is_good_once_for_each_memory() {
    let policy = PolicyFile::open(&example("policy.toml")).expect("in order");
    let owned = policy.product("sim-swap").expect("described").policy();
    with_ring(|ring| {
        let (one, other) =
            (ProofMemory::new(10, 10).expect("random"), ProofMemory::new(0, 0).expect("random"));
        assert_eq!(judge(ring, owned, &one), Ok(()));
        assert_eq!(judge(ring, owned, &one), Err(Denied::Replayed));
        assert_eq!(judge(ring, owned, &other), Ok(()), "another process would not know");
    });
}

#[test]
fn windows_that_cannot_be() {
    let memory = ProofMemory::new(10, 10).expect("random");
    assert_eq!(memory.window(0, 60).map(|_| ()), Err(PolicyError::QuotaOutOfRange));
    assert_eq!(memory.window(1, 0).map(|_| ()), Err(PolicyError::SecondsOutOfRange));
    assert_eq!(memory.window(1, 86_401).map(|_| ()), Err(PolicyError::SecondsOutOfRange));
}

/// The proof was made 2 seconds before, so that by a clock that is 62 behind it comes as early as it may.
#[test]
fn longest_life_is_what_the_core_needs() {
    let policy = PolicyFile::open(&example("policy.toml")).expect("in order");
    let owned = policy.product("sim-swap").expect("described").policy();
    let life = owned.longest_proof_life();
    with_ring(|ring| {
        let judge = |now, life| {
            let memory = ProofMemory::new(10, 10).expect("random");
            judge_at(now, life, ring, owned, &memory)
        };
        assert_eq!(judge(NOW - 62, life), Ok(()));
        assert_eq!(judge(NOW - 62, life - 1), Err(Denied::ReplayLifeTooLong));
        assert_eq!(judge(NOW - 63, life), Err(Denied::ProofIssuedInFuture));
    });
}

/// For as long as the core may want to remember a proof, and no longer: it refuses those that need more.
#[test]
fn longest_life_of_a_proof() {
    let policy = PolicyFile::open(&example("policy.toml")).expect("in order");
    let mut owned = policy.product("sim-swap").expect("described").policy().clone();
    // An age of 300, and the leeway of 60 twice.
    assert_eq!(owned.longest_proof_life(), 421);
    let dpop = owned.dpop.as_mut().expect("the default");
    dpop.nonce_life = Some(30);
    assert_eq!(owned.longest_proof_life(), 31);
    // Tokens live for 3600 seconds.
    owned.dpop.as_mut().expect("the default").replay_memory = jotgate_core::ReplayMemory::WhileTokenLives;
    assert_eq!(owned.longest_proof_life(), 3720);
    owned.max_lifetime = None;
    assert_eq!(owned.longest_proof_life(), 86_400);
    owned.max_lifetime = Some(u32::MAX);
    assert_eq!(owned.longest_proof_life(), 86_400);
    owned.dpop = None;
    assert_eq!(owned.longest_proof_life(), 1, "no proof is taken");
}
