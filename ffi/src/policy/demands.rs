//! A policy: issuers, audiences and scopes first; everything else has a strict default.

use super::issuer::JotgateIssuer;
use crate::{
    keys::section::spans_of,
    memory::{Arena, CheckedText, In, InOut, Out, Text, object},
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

object!(JotgatePolicy, 6, Policy<'static, CheckedText>);

/// Makes a policy: tokens of one of these issuers, for one of these audiences, that cover the scopes of one of these
/// alternatives. Everything else has a strict default and a setter of its own.
///
/// Parameters: `policy` is written; `issuers`, `issuer_count` of them; `audiences`, `audience_count` exact values of
/// `aud`; `scopes`, `scope_count` alternatives, each a list of scopes separated by spaces, all of which a token must
/// have; `memory` of `memory_len` bytes, `JOTGATE_POLICY_ISSUER_LEN` for each issuer and 8 more.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_LIST`, `JOTGATE_POLICY_EMPTY_NAME` and others of 82xx: correct the policy;
/// `JOTGATE_MEMORY_TOO_SMALL`: lend more; another misuse (11xx): correct the program.
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
    init(policy, issuers, issuer_count, audiences, audience_count, memory, memory_len, || {
        Ok(ScopeRule::AnyOf(CheckedText::list(scopes, scope_count, output)?))
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
    init(policy, issuers, issuer_count, audiences, audience_count, memory, memory_len, || {
        Ok(ScopeRule::NotChecked)
    })
}

#[allow(clippy::too_many_arguments)]
fn init(
    policy: Out<JotgatePolicy>,
    issuers: In<JotgateIssuer>,
    issuer_count: usize,
    audiences: In<Text>,
    audience_count: usize,
    memory: Out<c_void>,
    memory_len: usize,
    scopes: impl FnOnce() -> Result<ScopeRule<'static, CheckedText>, Misuse>,
) -> Status {
    let output = policy.span();
    let inputs = [issuers.span_of(issuer_count), audiences.span_of(audience_count)];
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
        let audiences = CheckedText::list(audiences, audience_count, output)?;
        policy.fill_object(Policy::new(issuers, audiences, scopes()?)?);
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
        Status::of(|| self.change(rule))
    }
}
