//! What a product's firmware does: keys and policy once, then token by token, in static memory.

use core::{hint::black_box, mem::MaybeUninit};

use jotgate_core::{
    Client, ClientRule, Denied, Issuer, IssuerSlot, KeyRing, KeyRingBuilder, KeySlot, KeySource, Legs, Now,
    Policy, PolicyError, Presented, Profile, ScopeRule, Scratch, Validator, Within, Word, WorkerState,
    crypto::Algorithm,
};

use crate::{
    measurement::Measurement,
    tokens::{CASES, KEY_SET, NOW},
};

const ISSUER: &str = "https://as.example";

/// Longest token that the product takes, bytes.
const MAX_TOKEN_LEN: usize = 1024;

/// Words of 32 bits for one key of RSA-2048 and one of P-256, their ids, the issuer's name and the index.
const WORDS: usize = 176;

/// Slots for issuers and keys. Empty ones are not all zeros: flash holds what they start with.
pub struct Slots {
    issuers: [IssuerSlot<'static>; 1],
    keys: [KeySlot<'static>; 2],
}

impl Slots {
    /// Slots that nobody uses yet.
    pub const EMPTY: Self = Self { issuers: [IssuerSlot::EMPTY; 1], keys: [KeySlot::EMPTY; 2] };
}

/// All other memory that the gate needs besides the stack. All zeros: it takes no flash.
pub struct Buffers {
    words: [Word; WORDS],
    judging: Judging,
}

/// The part of it that is needed once the keys are loaded.
pub struct Judging {
    /// For the token, and at first for the members of one key at a time.
    text: [u8; Scratch::text_len(MAX_TOKEN_LEN)],
    names: [u64; 32],
    accepted: MaybeUninit<[Issuer<&'static str>; 1]>,
    policy: MaybeUninit<Policy<'static>>,
}

impl Buffers {
    /// Buffers that nobody uses yet.
    pub const EMPTY: Self = Self { words: [0; WORDS], judging: Judging::EMPTY };
}

impl Judging {
    /// Buffers that nobody uses yet.
    pub const EMPTY: Self = Self {
        text: [0; Scratch::text_len(MAX_TOKEN_LEN)],
        names: [0; 32],
        accepted: MaybeUninit::zeroed(),
        policy: MaybeUninit::zeroed(),
    };
}

/// Loads the key set with these algorithms, judges every token, reports, and ends the run.
pub fn run(
    slots: &'static mut Slots,
    buffers: &'static mut Buffers,
    algorithms: &[&'static dyn Algorithm],
) -> ! {
    let Slots { issuers, keys } = slots;
    let Buffers { words, judging } = buffers;
    let mut measurement = Measurement::start();
    let ring = measurement.load(|| {
        let mut scratch = Scratch::new(&mut judging.text, &mut judging.names);
        let mut builder = KeyRingBuilder::new(1, issuers, keys, words);
        let source = KeySource { algorithms, default_rsa_algorithm: None };
        let loaded = builder.load(ISSUER, KEY_SET, &source, &mut scratch, &mut |_| {}).ok()?;
        if loaded.used == algorithms.len() { builder.finish().ok() } else { None }
    });
    judge_all(measurement, &ring, judging, algorithms)
}

/// The same with keys that were prepared elsewhere, so that no code for their loading is linked. The compiler does not know
/// that there are none: what is linked is measured, not run.
pub fn run_without_loading(judging: &'static mut Judging, algorithms: &[&'static dyn Algorithm]) -> ! {
    let measurement = Measurement::start();
    black_box(KEY_SET);
    let Some(ring) = black_box(None::<KeyRing<'static>>) else { measurement.fail() };
    judge_all(measurement, &ring, judging, black_box(algorithms))
}

fn judge_all(
    mut measurement: Measurement,
    ring: &KeyRing<'_>,
    judging: &'static mut Judging,
    algorithms: &[&'static dyn Algorithm],
) -> ! {
    let Judging { text, names, accepted, policy } = judging;
    let mut scratch = Scratch::new(text, names);
    let Ok(product) = product(accepted) else { measurement.fail() };
    let policy = policy.write(product);
    for case in &CASES {
        let enabled = algorithms.iter().any(|algorithm| algorithm.name() == case.algorithm);
        // The key of an algorithm that the image does not name was skipped.
        let expected = if enabled { case.expected } else { Err(Denied::UnknownKid) };
        measurement.check(case.name, expected, || judge(ring, policy, case.token, &mut scratch));
    }
    measurement.finish()
}

fn judge(
    ring: &KeyRing<'_>,
    policy: &Policy<'_>,
    token: &[u8],
    scratch: &mut Scratch<'_>,
) -> Result<(), Denied> {
    let validator = Validator::for_product(ring, policy);
    let grant =
        validator.check(Presented::bearer(token), Now::Trusted(NOW), scratch, &mut WorkerState::new())?;
    if grant.client_group() == Some("banks") { Ok(()) } else { Err(Denied::ClientNotAllowed) }
}

/// What the product demands: a user's token for one audience, one of two sets of scopes, known clients.
fn product(
    accepted: &'static mut MaybeUninit<[Issuer<&'static str>; 1]>,
) -> Result<Policy<'static>, PolicyError> {
    Policy::new(
        accepted.write([Issuer::new(ISSUER, Profile::RFC9068)?]),
        &["https://api.example/sim-swap"],
        ScopeRule::AnyOf(&["sim-swap:check", "sim-swap"]),
    )?
    .with_clients(ClientRule::OneOf(&[
        Client { id: "shop-7", group: "shops" },
        Client { id: "bank-42", group: "banks" },
    ]))?
    .with_legs(Legs::Three)
    .with_max_lifetime(Within::Seconds(3600))?
    .with_max_token_len(MAX_TOKEN_LEN)
}
