//! A policy: issuers, audiences and scopes first; everything else has a strict default.

use super::issuer::JotgateIssuer;
use crate::{
    keys::section::spans_of,
    memory::{
        Arena, CheckedText, In, InOut, JotgateClient, Out, Span, Text, WithMemory, checked_clients, object,
    },
    sizes::JOTGATE_POLICY_WORDS,
    status::{Misuse, Status},
};
use core::ffi::c_void;
use jotgate_core::{Issuer, Policy, ScopeRule};

/// What one product demands of a token. Empty again when a setter fails: a rule that could not be added is not
/// forgotten.
#[repr(C)]
pub struct JotgatePolicy {
    opaque: [u64; JOTGATE_POLICY_WORDS],
}

/// The policy; where its issuers lie, and what it takes proofs of.
type LentPolicy = WithMemory<Policy<'static, CheckedText>, 2>;

object!(JotgatePolicy, 6, LentPolicy, |policy| policy.memory);

/// Makes a policy: tokens of one of these issuers, for one of these audiences, that cover the scopes of one of these
/// alternatives. Everything else has a strict default and a setter of its own.
///
/// Parameters: `policy` is written; `issuers`, `issuer_count` of them; `audiences`, `audience_count` exact values of
/// `aud`; `scopes`, `scope_count` alternatives, each a list of scopes separated by spaces, all of which a token must
/// have; `memory` of `memory_len` bytes, `JOTGATE_POLICY_ISSUER_LEN` for each issuer and 8 more.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_LIST`, `JOTGATE_POLICY_EMPTY_NAME` and others of 82xx: correct the policy, by
/// `jotgate_policy_init_by_client` for `JOTGATE_POLICY_AUDIENCE_NOT_REQUIRED`; `JOTGATE_MEMORY_TOO_SMALL`: lend more; another misuse (11xx): correct the program.
///
/// Memory: `issuers` are copied into `memory`, which must stay, and be nobody else's, as long as the policy is used;
/// so must all texts and the lists of audiences and scopes, unchanged.
///
/// Threads: one at a time; a policy that is done may be shared.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_init(
    policy: Out<JotgatePolicy>,
    issuers: In<JotgateIssuer>,
    issuer_count: usize,
    audiences: In<Text>,
    audience_count: usize,
    scopes: In<Text>,
    scope_count: usize,
    memory: Out<c_void>,
    memory_len: usize,
) -> Status {
    let output = policy.span();
    let span = audiences.span_of(audience_count);
    init(policy, issuers, issuer_count, span, memory, memory_len, |issuers, kept| {
        let audiences = apart(audiences, audience_count, [output, kept])?;
        let scopes = ScopeRule::AnyOf(apart(scopes, scope_count, [output, kept])?);
        Ok(Policy::new(issuers, audiences, scopes)?)
    })
}

/// Makes a policy that asks for no scope: any token of the issuers and the audiences will do. Otherwise like
/// `jotgate_policy_init`.
///
/// Parameters: as of `jotgate_policy_init`, without scopes.
///
/// Returns: as of `jotgate_policy_init`.
///
/// Memory: as of `jotgate_policy_init`. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_init_without_scopes(
    policy: Out<JotgatePolicy>,
    issuers: In<JotgateIssuer>,
    issuer_count: usize,
    audiences: In<Text>,
    audience_count: usize,
    memory: Out<c_void>,
    memory_len: usize,
) -> Status {
    let output = policy.span();
    let span = audiences.span_of(audience_count);
    init(policy, issuers, issuer_count, span, memory, memory_len, |issuers, kept| {
        let audiences = apart(audiences, audience_count, [output, kept])?;
        Ok(Policy::new(issuers, audiences, ScopeRule::NotChecked)?)
    })
}

/// Makes a policy: tokens of one of these issuers that were given to one of these clients and cover the scopes of one of
/// these alternatives, whatever their `aud` says: for issuers whose tokens need not have one. All claims that name the
/// client must agree, as always. Otherwise like `jotgate_policy_init`.
///
/// Parameters: as of `jotgate_policy_init`, with `clients`, `client_count` of them, instead of audiences.
///
/// Returns: as of `jotgate_policy_init`; `JOTGATE_POLICY_KIND_NOT_MARKED`: nothing shows that the tokens of an issuer are
/// access tokens: neither `at+jwt`, as the only value of `typ`, nor a claim that its profile asks for.
///
/// Memory: as of `jotgate_policy_init`; the list of clients and their texts must stay, unchanged, as well. Threads: one at
/// a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_init_by_client(
    policy: Out<JotgatePolicy>,
    issuers: In<JotgateIssuer>,
    issuer_count: usize,
    clients: In<JotgateClient>,
    client_count: usize,
    scopes: In<Text>,
    scope_count: usize,
    memory: Out<c_void>,
    memory_len: usize,
) -> Status {
    let output = policy.span();
    let span = clients.span_of(client_count);
    init(policy, issuers, issuer_count, span, memory, memory_len, |issuers, kept| {
        checked_clients(clients, client_count, kept)?;
        let clients = checked_clients(clients, client_count, output)?;
        let scopes = ScopeRule::AnyOf(apart(scopes, scope_count, [output, kept])?);
        Ok(Policy::by_client(issuers, clients, scopes)?)
    })
}

/// Texts that lie apart from both that are written: the policy, and what it keeps of its issuers.
fn apart(texts: In<Text>, count: usize, [policy, kept]: [Span; 2]) -> Result<&'static [CheckedText], Misuse> {
    CheckedText::list(texts, count, kept)?;
    CheckedText::list(texts, count, policy)
}

/// `listed` is the memory of the list of audiences or clients.
fn init(
    policy: Out<JotgatePolicy>,
    issuers: In<JotgateIssuer>,
    issuer_count: usize,
    listed: Span,
    memory: Out<c_void>,
    memory_len: usize,
    make: impl FnOnce(&'static [Issuer<CheckedText>], Span) -> Result<Policy<'static, CheckedText>, Status>,
) -> Status {
    let output = policy.span();
    let inputs = [issuers.span_of(issuer_count), listed];
    let arena = Arena::of(memory, memory_len, &[output, inputs[0], inputs[1]]);
    let policy = policy.open(&inputs);
    Status::of(|| {
        let (policy, mut arena) = (policy?, arena?);
        let whole = arena.span();
        let listed = issuers.list(issuer_count)?;
        let issuers = match listed.first() {
            None => &[][..],
            Some(first) => copies(listed, In::at(first).value()?.issuer()?, &mut arena)?,
        };
        for issuer in issuers {
            whole.apart_from(&spans_of(&issuer.section()))?;
        }
        let value = make(issuers, whole)?;
        policy.fill_object(WithMemory { value, memory: [whole, Span::NOTHING] });
        Ok(())
    })
}

fn copies(
    listed: &[JotgateIssuer],
    first: Issuer<CheckedText>,
    arena: &mut Arena<'static>,
) -> Result<&'static [Issuer<CheckedText>], Status> {
    let copies = arena.take(listed.len(), first)?;
    for (place, issuer) in copies.iter_mut().zip(listed) {
        *place = In::at(issuer).value()?.issuer()?;
    }
    Ok(copies)
}

impl InOut<JotgatePolicy> {
    /// Adds a rule, or empties the policy.
    pub(super) fn with(
        self,
        rule: impl FnOnce(Policy<'static, CheckedText>) -> Result<Policy<'static, CheckedText>, Status>,
    ) -> Status {
        Status::of(|| self.change(|own| Ok(WithMemory { value: rule(own.value)?, memory: own.memory })))
    }

    /// Adds a rule that lies in `memory`, or empties the policy.
    pub(super) fn with_memory(
        self,
        memory: Span,
        rule: impl FnOnce(Policy<'static, CheckedText>) -> Result<Policy<'static, CheckedText>, Status>,
    ) -> Status {
        Status::of(|| {
            self.change(|own| {
                let [issuers, _] = own.memory;
                memory.apart_from(&[issuers])?;
                Ok(WithMemory { value: rule(own.value)?, memory: [issuers, memory] })
            })
        })
    }
}
