//! A validator with its keys, policy and scratch, so that a test says only what it varies.

use super::{Key, key_set, record};
use jotgate_core::{
    Authorization, Client, Denied, Explanation, Grant, HeaderSlot, IndexKey, Issuer, IssuerSlot, KeyReport,
    KeyRing, KeyRingBuilder, KeySlot, KeySource, LoadError, Loaded, Now, Policy, Presented, Profile,
    RevocationBucket, RevocationFacts, RevocationList, ScopeRule, Scratch, SkipReason, StatusLists,
    UnixSeconds, UsedKey, Validator, WorkerState, crypto::ALL_ALGORITHMS, limits,
};

use std::sync::atomic::{AtomicU64, Ordering};

/// The time of every test.
pub const NOW: i64 = 1_700_000_000;

/// The issuer of most tokens.
pub const ISSUER: &str = "https://as.example";

/// Another issuer that the default policy accepts.
pub const OTHER_ISSUER: &str = "https://other.example";

/// The product's audience.
pub const AUDIENCE: &str = "https://api.example/sim-swap";

/// What a grant says, owned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// `iss`.
    pub issuer: String,
    /// `sub`.
    pub subject: Option<String>,
    /// The client.
    pub client: Option<String>,
    /// Whether the token stands for a user.
    pub has_user: bool,
    /// The digest that names the token.
    pub signing_input_digest: [u8; 32],
}

impl Summary {
    fn of(grant: &Grant<'_>) -> Self {
        Self {
            issuer: grant.issuer().to_owned(),
            subject: grant.subject().map(str::to_owned),
            client: grant.client().map(str::to_owned),
            has_user: grant.has_user(),
            signing_input_digest: *grant.signing_input_digest(),
        }
    }
}

/// What became of a key set: the outcome of every key, and of the whole.
pub struct Report {
    /// `Ok` when the key is used.
    pub keys: Vec<Result<UsedKey, SkipReason>>,
    /// The ring, or why there is none.
    pub ring: Result<KeyRing<'static>, LoadError>,
    /// The counts of each set that was loaded.
    pub loaded: Vec<Loaded>,
}

/// Loads key sets, each for an issuer, into memory that stays: tests end soon.
pub fn load<'a>(sets: impl IntoIterator<Item = (&'a str, &'a str)>) -> Report {
    load_from(sets, &KeySource { algorithms: ALL_ALGORITHMS, default_rsa_algorithm: None })
}

/// [`load`] with another choice of keys.
pub fn load_from<'a>(
    sets: impl IntoIterator<Item = (&'a str, &'a str)>,
    source: &KeySource<'_, 'static>,
) -> Report {
    let mut keys = vec![];
    let mut loaded = vec![];
    let (mut text, mut names) = (vec![0; 4096], [0; Scratch::NAMES]);
    let mut scratch = Scratch::new(&mut text, &mut names);
    let issuers = Box::leak(Box::new([IssuerSlot::EMPTY; 8]));
    let slots = Box::leak(Box::new([KeySlot::EMPTY; 64]));
    let words = Box::leak(vec![0; 8192].into_boxed_slice());
    let generation = next_generation();
    let mut builder = KeyRingBuilder::new(generation, issuers, slots, words);
    let mut recorded: Vec<record::Set> = vec![];
    for (issuer, set) in sets {
        recorded.push(record::Set {
            issuer: issuer.to_owned(),
            text: set.to_owned(),
            algorithms: source.algorithms.iter().map(|algorithm| algorithm.name()).collect(),
            default_rsa_algorithm: source.default_rsa_algorithm,
        });
        let mut own = vec![];
        let mut report = |report: &KeyReport<'_>| own.push(report.outcome);
        let outcome = builder.load(issuer, set.as_bytes(), source, &mut scratch, &mut report);
        let outcomes: Vec<_> =
            own.iter().map(|key| key.as_ref().map(|_| ()).map_err(|reason| *reason)).collect();
        record::load(&recorded, &outcomes, outcome.as_ref().map(|_| ()).map_err(|error| *error));
        keys.append(&mut own);
        match outcome {
            Ok(counts) => loaded.push(counts),
            Err(error) => return Report { keys, ring: Err(error), loaded },
        }
    }
    record::ring(generation, recorded);
    Report { keys, ring: builder.finish(), loaded }
}

/// A revocation list that says this, true at this time, in memory that stays.
///
/// # Panics
/// When it cannot be loaded.
#[must_use]
pub fn revocation_list(text: &str, as_of: i64) -> RevocationList<'static> {
    let text = text.to_owned().leak();
    let buckets = vec![RevocationBucket::EMPTY; RevocationList::buckets(text.lines().count())].leak();
    let generation = next_generation();
    record::revocations(generation, text);
    let facts = RevocationFacts { generation, as_of: UnixSeconds(as_of), key: IndexKey([9; 16]) };
    RevocationList::load(text.as_bytes(), facts, buckets).expect("a good list")
}

/// Each ring and list has a generation of its own, as a host gives it.
fn next_generation() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

/// Judges tokens by one policy and one ring at one time. Each test varies what it is about.
#[derive(Clone)]
pub struct Fixture {
    /// The keys.
    pub ring: KeyRing<'static>,
    /// What is demanded.
    pub policy: Policy<'static>,
    /// The time.
    pub now: Now,
    /// What was revoked, if there is a list.
    pub revocations: Option<RevocationList<'static>>,
    /// The status lists, if there are any.
    pub status_lists: Option<StatusLists<'static>>,
    /// The tokens that the status lists were loaded from, of [`ISSUER`] and received now, with their addresses: without
    /// them no other judge can be told.
    pub status_list_tokens: Vec<(&'static str, String)>,
    names: Vec<&'static str>,
}

impl Fixture {
    /// Two issuers of RFC 9068 tokens, the first with these keys, the second with one of its own.
    #[must_use]
    pub fn new(keys: &[&Key]) -> Self {
        let other = Key::es256("other", 77);
        Self::of(&[(ISSUER, keys), (OTHER_ISSUER, &[&other])])
    }

    /// These issuers with these keys, all RFC 9068.
    ///
    /// # Panics
    /// When a key set cannot be loaded.
    #[must_use]
    pub fn of(issuers: &[(&'static str, &[&Key])]) -> Self {
        let sets: Vec<_> =
            issuers.iter().map(|(name, keys)| (*name, key_set(keys.iter().map(|key| key.jwk())))).collect();
        let names = issuers.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        let ring = load(sets.iter().map(|(name, set)| (*name, set.as_str()))).ring.expect("good keys");
        let policy = policy(&names, Profile::RFC9068);
        let now = Now::Trusted(UnixSeconds(NOW));
        Self { ring, policy, now, revocations: None, status_lists: None, status_list_tokens: vec![], names }
    }

    /// With a policy made of the default one.
    #[must_use]
    pub fn policy(mut self, change: impl FnOnce(Policy<'static>) -> Policy<'static>) -> Self {
        self.policy = change(self.policy);
        self
    }

    /// With the default policy for issuers of another kind.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.policy = policy(&self.names, profile);
        self
    }

    /// With a policy for issuers of another kind whose tokens are judged by client.
    ///
    /// # Panics
    /// When there is no such policy.
    #[must_use]
    pub fn by_client(mut self, profile: Profile, clients: &'static [Client<&'static str>]) -> Self {
        self.policy = Policy::by_client(issuers(&self.names, profile), clients, SCOPES).expect("lawful");
        self
    }

    /// With the default policy for one issuer, changed.
    ///
    /// # Panics
    /// When the issuer has no name.
    #[must_use]
    pub fn issuer(mut self, change: impl FnOnce(Issuer<&'static str>) -> Issuer<&'static str>) -> Self {
        let issuer = Issuer::new(self.names[0], Profile::RFC9068).expect("a name");
        self.policy = policy_of(vec![change(issuer)]);
        self
    }

    /// So many seconds later than [`NOW`].
    #[must_use]
    pub fn later(mut self, seconds: i64) -> Self {
        self.now = Now::Trusted(UnixSeconds(NOW + seconds));
        self
    }

    /// The validator.
    #[must_use]
    pub fn validator(&self) -> Validator<'_> {
        let mut validator = Validator::for_product(&self.ring, &self.policy);
        if let Some(list) = &self.revocations {
            validator = validator.with_revocations(list);
        }
        if let Some(lists) = &self.status_lists {
            validator = validator.with_status_lists(lists);
        }
        validator
    }

    /// Judges one token.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn check(&self, token: impl AsRef<[u8]>) -> Result<Summary, Denied> {
        self.grant(token, Summary::of)
    }

    /// Why the token is refused, if it is.
    #[must_use]
    pub fn denied(&self, token: impl AsRef<[u8]>) -> Option<Denied> {
        self.check(token).err()
    }

    /// Judges one token and asks the grant. It is judged twice: a worker that knows the token's header must say what
    /// it said when it had never seen it.
    ///
    /// # Errors
    /// Why it is refused.
    ///
    /// # Panics
    /// When the two decisions differ.
    pub fn grant<T>(&self, token: impl AsRef<[u8]>, ask: impl FnOnce(&Grant<'_>) -> T) -> Result<T, Denied> {
        let presented = Presented::bearer(token.as_ref());
        let mut slots = [HeaderSlot::EMPTY; 1];
        let mut worker = WorkerState::new().with_known_headers(&mut slots);
        with_scratch(|scratch| {
            let first = self.validator().check(presented, self.now, scratch, &mut worker).err();
            let decision = self.validator().check(presented, self.now, scratch, &mut worker);
            assert_eq!(
                decision.as_ref().err().copied(),
                first,
                "first and second decision on the same token"
            );
            record::decision(
                self,
                token.as_ref(),
                &decision.as_ref().map(Summary::of).map_err(|denied| *denied),
            );
            decision.map(|grant| ask(&grant))
        })
    }

    /// Judges one token by a worker that may remember.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn check_by(&self, worker: &mut WorkerState<'_>, token: impl AsRef<[u8]>) -> Result<Summary, Denied> {
        let presented = Presented::bearer(token.as_ref());
        with_scratch(|scratch| {
            self.validator().check(presented, self.now, scratch, worker).map(|grant| Summary::of(&grant))
        })
    }

    /// Judges what came in the `Authorization` fields of a request.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn check_fields(&self, fields: &[&[u8]]) -> Result<Summary, Denied> {
        let presented = Presented::from(Authorization::read(fields)?);
        with_scratch(|scratch| {
            let mut worker = WorkerState::new();
            self.validator().check(presented, self.now, scratch, &mut worker).map(|grant| Summary::of(&grant))
        })
    }

    /// Judges one token by every rule.
    #[must_use]
    pub fn explain(&self, token: impl AsRef<[u8]>) -> Explanation {
        with_scratch(|scratch| self.validator().explain(Presented::bearer(token.as_ref()), self.now, scratch))
    }

    /// Every token of the table must get its answer; all that do not are shown.
    ///
    /// # Panics
    /// When one does not.
    pub fn refuses<N: AsRef<str>, T: AsRef<[u8]>>(&self, table: impl IntoIterator<Item = (N, T, Denied)>) {
        self.answers(table.into_iter().map(|(name, token, denied)| (name, token, Some(denied))));
    }

    /// [`refuses`](Self::refuses) with `None` for a token that is granted.
    ///
    /// # Panics
    /// When a token gets another answer.
    pub fn answers<N: AsRef<str>, T: AsRef<[u8]>>(
        &self,
        table: impl IntoIterator<Item = (N, T, Option<Denied>)>,
    ) {
        let mut wrong = vec![];
        for (name, token, expected) in table {
            let answer = self.denied(token);
            if answer != expected {
                wrong.push(format!("{}: {answer:?}, not {expected:?}", name.as_ref()));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

fn policy(names: &[&'static str], profile: Profile) -> Policy<'static> {
    Policy::new(issuers(names, profile), &[AUDIENCE], SCOPES).expect("lawful")
}

fn issuers(names: &[&'static str], profile: Profile) -> &'static [Issuer<&'static str>] {
    names.iter().map(|name| Issuer::new(*name, profile).expect("a name")).collect::<Vec<_>>().leak()
}

const SCOPES: ScopeRule<'static, &'static str> = ScopeRule::AnyOf(&["sim-swap:check", "sim-swap"]);

/// These issuers, the product sim-swap.
fn policy_of(issuers: Vec<Issuer<&'static str>>) -> Policy<'static> {
    Policy::new(issuers.leak(), &[AUDIENCE], SCOPES).expect("lawful")
}

/// Scratch for the longest token and a proof, for one use.
pub fn with_scratch<T>(run: impl FnOnce(&mut Scratch<'_>) -> T) -> T {
    let mut text = vec![0; Scratch::text_len_with_proof(limits::MAX_TOKEN_LEN_RAISED)];
    let mut names = [0; Scratch::NAMES];
    run(&mut Scratch::new(&mut text, &mut names))
}
