//! What a policy demands of the sender, and of how current its tokens are.

use super::init::JotgatePolicy;
use crate::{
    keys::algorithm::{Algorithms, JotgateAlgorithm},
    memory::{Arena, In, InOut, Out, Plain},
    status::{Misuse, Status},
};
use core::ffi::c_void;
use jotgate_core::{
    DpopRule, Freshness, IntrospectionRule, NonceRule, ReplayMemory, RequestDigests, RevocationRule,
    SenderBinding, StatusListRule, WhenStale, WhenUnanswered,
};

/// A token that is bound must be proven; one that is not may be used by whoever has it.
pub const JOTGATE_BINDING_AS_THE_TOKEN_SAYS: u32 = 1;
/// The token must be bound to a key (RFC 9449).
pub const JOTGATE_BINDING_DPOP: u32 = 2;
/// The token must be bound to a certificate (RFC 8705).
pub const JOTGATE_BINDING_CERTIFICATE: u32 = 3;
/// The token must be bound to a key or a certificate.
pub const JOTGATE_BINDING_EITHER: u32 = 4;

/// No digest of the request.
pub const JOTGATE_DIGESTS_NOT_REQUIRED: u32 = 1;
/// `camara:qh`: of the query, where there is one.
pub const JOTGATE_DIGESTS_QUERY: u32 = 2;
/// `camara:bh`: of the body, where there is one.
pub const JOTGATE_DIGESTS_BODY: u32 = 3;
/// Both.
pub const JOTGATE_DIGESTS_QUERY_AND_BODY: u32 = 4;

/// Proofs need no nonce; one that is there must be good where the host lends nonces.
pub const JOTGATE_NONCE_NOT_REQUIRED: u32 = 1;
/// Proofs must hold a nonce that the host lends now.
pub const JOTGATE_NONCE_REQUIRED: u32 = 2;

/// A proof is remembered while it would be accepted.
pub const JOTGATE_REPLAY_WHILE_PROOF_IS_FRESH: u32 = 1;
/// A proof is remembered until the access token expires, if that is later: CAMARA asks for it.
pub const JOTGATE_REPLAY_WHILE_TOKEN_LIVES: u32 = 2;

/// Any revocation list.
pub const JOTGATE_REVOCATION_LISTS_ANY: u32 = 1;
/// A revocation list whose last line says how many entries it has: another one may have been cut off.
pub const JOTGATE_REVOCATION_LISTS_COUNTED: u32 = 2;

/// Every token must refer to a status that is valid.
pub const JOTGATE_STATUS_REQUIRED: u32 = 1;
/// A token that refers to a status needs a valid one; a token that refers to none is good without.
pub const JOTGATE_STATUS_WHEN_PRESENT: u32 = 2;

/// A token passes about which the authorization server did not answer.
pub const JOTGATE_UNANSWERED_ALLOW: u32 = 1;
/// It is denied.
pub const JOTGATE_UNANSWERED_DENY: u32 = 2;

/// How DPoP proofs must look.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct JotgateDpopRule {
    /// Proofs signed with one of these algorithms. A proof's key is a stranger's choice and has no table:
    /// `jotgate_es256()`, not the tabled one.
    pub algorithms: In<In<JotgateAlgorithm>>,
    /// How many, 1 to `JOTGATE_MAX_ALGORITHMS`.
    pub algorithm_count: usize,
    /// Seconds after its `iat` for which a proof is fresh, the policy's leeway besides: 1 to 3600; CAMARA: 300.
    pub max_age: u32,
    /// One of `JOTGATE_NONCE_*`.
    pub nonce: u32,
    /// With `JOTGATE_NONCE_REQUIRED`: seconds from when the host first lends a nonce until it accepts it no more, 1 to 3600;
    /// else 0.
    pub nonce_life: u32,
    /// One of `JOTGATE_DIGESTS_*`.
    pub digests: u32,
    /// One of `JOTGATE_REPLAY_*`.
    pub memory: u32,
}

// SAFETY: a pointer and numbers, of which nothing is promised.
unsafe impl Plain for JotgateDpopRule {}

/// Takes DPoP proofs that look like this; without it a token that is bound to a key is refused. The validator needs a
/// replay window then. A failure empties the policy.
///
/// Parameters: `policy`; `rule`; `memory` of `memory_len` bytes, two pointers for each algorithm and 8 more.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_SECONDS_OUT_OF_RANGE`: correct the policy; `JOTGATE_MEMORY_TOO_SMALL`,
/// `JOTGATE_UNKNOWN_VALUE` and other misuse (11xx): correct the program.
///
/// Memory: `memory` must stay, and be nobody else's, as long as the policy is used; so must the algorithms. Threads: one
/// at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_set_dpop(
    policy: InOut<JotgatePolicy>,
    rule: In<JotgateDpopRule>,
    memory: Out<c_void>,
    memory_len: usize,
) -> Status {
    policy.with_memory(memory.span_of(memory_len), |own| {
        let mut arena = Arena::of(memory, memory_len, &[policy.span(), rule.span()])?;
        let rule = rule.plain()?;
        let named = Algorithms::read(rule.algorithms, rule.algorithm_count)?;
        let first = *named.as_slice().first().ok_or(Misuse::NullPointer)?;
        let algorithms = arena.take(named.as_slice().len(), first)?;
        for (place, algorithm) in algorithms.iter_mut().zip(named.as_slice()) {
            *place = *algorithm;
        }
        let nonce = match (rule.nonce, rule.nonce_life) {
            (JOTGATE_NONCE_REQUIRED, life) => NonceRule::Required { life },
            (JOTGATE_NONCE_NOT_REQUIRED, 0) => NonceRule::NotRequired,
            _ => return Err(Misuse::UnknownValue.into()),
        };
        let digests = match rule.digests {
            JOTGATE_DIGESTS_NOT_REQUIRED => RequestDigests::NotRequired,
            JOTGATE_DIGESTS_QUERY => RequestDigests::Query,
            JOTGATE_DIGESTS_BODY => RequestDigests::Body,
            JOTGATE_DIGESTS_QUERY_AND_BODY => RequestDigests::QueryAndBody,
            _ => return Err(Misuse::UnknownValue.into()),
        };
        let memory = match rule.memory {
            JOTGATE_REPLAY_WHILE_PROOF_IS_FRESH => ReplayMemory::WhileProofIsFresh,
            JOTGATE_REPLAY_WHILE_TOKEN_LIVES => ReplayMemory::WhileTokenLives,
            _ => return Err(Misuse::UnknownValue.into()),
        };
        let dpop = DpopRule::new(algorithms)?.with_max_age(rule.max_age)?.with_nonce(nonce)?;
        Ok(own.with_dpop(dpop.with_request_digests(digests).with_replay_memory(memory)))
    })
}

/// Demands that tokens are bound to their sender. A failure empties the policy.
///
/// Parameters: `policy`; `binding`, one of `JOTGATE_BINDING_*`.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_DPOP_RULE_MISSING`: call `jotgate_policy_set_dpop` first;
/// `JOTGATE_UNKNOWN_VALUE` and other misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_set_sender_binding(policy: InOut<JotgatePolicy>, binding: u32) -> Status {
    policy.with(|own| {
        Ok(own.with_sender_binding(match binding {
            JOTGATE_BINDING_AS_THE_TOKEN_SAYS => SenderBinding::AsTheTokenSays,
            JOTGATE_BINDING_DPOP => SenderBinding::Dpop,
            JOTGATE_BINDING_CERTIFICATE => SenderBinding::Certificate,
            JOTGATE_BINDING_EITHER => SenderBinding::Either,
            _ => return Err(Misuse::UnknownValue.into()),
        })?)
    })
}

/// Stale for 0 seconds more is not at all.
fn freshness(max_age: u32, stale_seconds: u32) -> Freshness {
    let when_stale = match stale_seconds {
        0 => WhenStale::Deny,
        seconds => WhenStale::Allow { seconds },
    };
    Freshness { max_age, when_stale }
}

/// Looks tokens up in a revocation list: `jotgate_validator_set_revocations`. Without a list every token is denied. A
/// failure empties the policy.
///
/// Parameters: `policy`; `lists`, one of `JOTGATE_REVOCATION_LISTS_*`, by which tokens pass; `max_age`, seconds for which
/// a list is fresh; `stale_seconds`, for how many more tokens are judged by it: 0 denies them at once.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE` and other misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_set_revocation(
    policy: InOut<JotgatePolicy>,
    lists: u32,
    max_age: u32,
    stale_seconds: u32,
) -> Status {
    policy.with(|own| {
        let freshness = freshness(max_age, stale_seconds);
        Ok(own.with_revocation(match lists {
            JOTGATE_REVOCATION_LISTS_ANY => RevocationRule::ByList(freshness),
            JOTGATE_REVOCATION_LISTS_COUNTED => RevocationRule::ByCountedList(freshness),
            _ => return Err(Misuse::UnknownValue.into()),
        }))
    })
}

/// Looks up the status that tokens refer to (Token Status List): `jotgate_validator_set_status_lists`. A failure empties
/// the policy.
///
/// Parameters: `policy`; `when`, one of `JOTGATE_STATUS_*`; `max_age`, seconds for which a list is fresh, its own `exp`
/// and `ttl` besides; `stale_seconds`, for how many more tokens are judged by it: 0 denies them at once.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE` and other misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_set_status_list(
    policy: InOut<JotgatePolicy>,
    when: u32,
    max_age: u32,
    stale_seconds: u32,
) -> Status {
    policy.with(|own| {
        let freshness = freshness(max_age, stale_seconds);
        Ok(own.with_status_list(match when {
            JOTGATE_STATUS_REQUIRED => StatusListRule::Required(freshness),
            JOTGATE_STATUS_WHEN_PRESENT => StatusListRule::WhenPresent(freshness),
            _ => return Err(Misuse::UnknownValue.into()),
        }))
    })
}

/// Has the authorization server asked about each token that is good otherwise (RFC 7662): `jotgate_validator_check`
/// grants nothing then, `jotgate_validator_check_or_ask` does. A failure empties the policy.
///
/// Parameters: `policy`; `when_unanswered`, one of `JOTGATE_UNANSWERED_*`.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE` and other misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_set_introspection(
    policy: InOut<JotgatePolicy>,
    when_unanswered: u32,
) -> Status {
    policy.with(|own| {
        Ok(own.with_introspection(IntrospectionRule::Asked(match when_unanswered {
            JOTGATE_UNANSWERED_ALLOW => WhenUnanswered::Allow,
            JOTGATE_UNANSWERED_DENY => WhenUnanswered::Deny,
            _ => return Err(Misuse::UnknownValue.into()),
        })))
    })
}
