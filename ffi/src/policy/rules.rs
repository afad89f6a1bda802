//! The rules that a policy may have besides issuers, audiences and scopes.

use super::init::JotgatePolicy;
use crate::{
    memory::{CheckedText, In, InOut, JotgateClient, Text, checked_clients},
    status::{Misuse, Status},
};
use core::ffi::c_char;
use jotgate_core::{ClientRule, Dialect, Legs, PurposeForm, PurposeRule, StepUp, UnixSeconds, Within};

/// No bound in seconds, for an authentication's age.
pub const JOTGATE_UNBOUNDED: u32 = 0xffff_ffff;

/// `dpv:Name` among the scopes: CAMARA since 2024.
pub const JOTGATE_PURPOSE_FORM_SCOPE: u32 = 1;
/// `dpv:Name#scope` among the scopes; what stands behind `#` counts as a scope: CAMARA 0.1.
pub const JOTGATE_PURPOSE_FORM_SCOPE_WITH_TARGET: u32 = 2;
/// The claim `purpose`, as `dpv:Name` or `dpv:Name#scope`.
pub const JOTGATE_PURPOSE_FORM_CLAIM: u32 = 3;

/// Tokens of a user or of the client alone.
pub const JOTGATE_LEGS_EITHER: u32 = 1;
/// Tokens of the client alone.
pub const JOTGATE_LEGS_TWO: u32 = 2;
/// Tokens of a user: personal data with a right to refuse.
pub const JOTGATE_LEGS_THREE: u32 = 3;

/// RFC 6750: a malformed request is 400.
pub const JOTGATE_DIALECT_RFC: u32 = 1;
/// CAMARA: whatever is wrong with the credentials is 401.
pub const JOTGATE_DIALECT_CAMARA: u32 = 2;

/// Demands a purpose (CAMARA): exactly one, one of these. A failure empties the policy.
///
/// Parameters: `policy`; `names`, `name_count` names of the Data Privacy Vocabulary, without `dpv:`; `form`, how the
/// issuers write it, one of `JOTGATE_PURPOSE_FORM_*`.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_LIST`, `JOTGATE_POLICY_EMPTY_NAME`, `JOTGATE_POLICY_PURPOSE_MALFORMED`: correct the
/// policy; a misuse (11xx): correct the program.
///
/// Memory: list and texts must stay, unchanged, as long as the policy is used. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_set_purposes(
    policy: InOut<JotgatePolicy>,
    names: In<Text>,
    name_count: usize,
    form: u32,
) -> Status {
    policy.with(|own| {
        let names = CheckedText::list(names, name_count, policy.span())?;
        let form = match form {
            JOTGATE_PURPOSE_FORM_SCOPE => PurposeForm::Scope,
            JOTGATE_PURPOSE_FORM_SCOPE_WITH_TARGET => PurposeForm::ScopeWithTarget,
            JOTGATE_PURPOSE_FORM_CLAIM => PurposeForm::Claim,
            _ => return Err(Misuse::UnknownValue.into()),
        };
        Ok(own.with_purpose(PurposeRule::OneOf(names, form))?)
    })
}

/// Serves these clients only. Of two with the same id, the first counts. A failure empties the policy.
///
/// Parameters: `policy`; `clients`, `client_count` of them.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_LIST`, `JOTGATE_POLICY_EMPTY_NAME`: correct the policy; a misuse (11xx): correct the
/// program.
///
/// Memory: list and texts must stay, unchanged, as long as the policy is used. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_set_clients(
    policy: InOut<JotgatePolicy>,
    clients: In<JotgateClient>,
    client_count: usize,
) -> Status {
    policy.with(|own| {
        let clients = checked_clients(clients, client_count, policy.span())?;
        Ok(own.with_clients(ClientRule::OneOf(clients))?)
    })
}

/// Refuses tokens that name one of these clients in any claim that names clients. A failure empties the policy.
///
/// Parameters: `policy`; `ids`, `id_count` exact client ids.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_LIST`, `JOTGATE_POLICY_EMPTY_NAME`: correct the policy; a misuse (11xx): correct the
/// program.
///
/// Memory: list and texts must stay, unchanged, as long as the policy is used. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_set_blocked_clients(
    policy: InOut<JotgatePolicy>,
    ids: In<Text>,
    id_count: usize,
) -> Status {
    policy.with(|own| Ok(own.with_blocked_clients(CheckedText::list(ids, id_count, policy.span())?)?))
}

/// Demands a user, or that there is none. A failure empties the policy.
///
/// Parameters: `policy`; `legs`, one of `JOTGATE_LEGS_*`.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE` and other misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_set_legs(policy: InOut<JotgatePolicy>, legs: u32) -> Status {
    policy.with(|own| {
        let legs = match legs {
            JOTGATE_LEGS_EITHER => Legs::Either,
            JOTGATE_LEGS_TWO => Legs::Two,
            JOTGATE_LEGS_THREE => Legs::Three,
            _ => return Err(Misuse::UnknownValue.into()),
        };
        Ok(own.with_legs(legs))
    })
}

/// Demands a class or an age of the user's authentication (RFC 9470). A failure empties the policy.
///
/// Parameters: `policy`; `classes`, `class_count` values of `acr` of which a token must have one, or none for any;
/// `max_age`, how many seconds ago the user may have authenticated, not in the future, or `JOTGATE_UNBOUNDED`.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_LIST` when neither is demanded, `JOTGATE_POLICY_EMPTY_NAME`,
/// `JOTGATE_POLICY_CLASS_MALFORMED`: correct the policy; a misuse (11xx): correct the program.
///
/// Memory: list and texts must stay, unchanged, as long as the policy is used. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_set_step_up(
    policy: InOut<JotgatePolicy>,
    classes: In<Text>,
    class_count: usize,
    max_age: u32,
) -> Status {
    policy.with(|own| {
        let classes = CheckedText::list(classes, class_count, policy.span())?;
        let step_up = match (classes, max_age) {
            ([], max_age) if max_age != JOTGATE_UNBOUNDED => StepUp::NOT_REQUIRED,
            _ => StepUp::classes(classes)?,
        };
        let is_bound = max_age != JOTGATE_UNBOUNDED;
        Ok(own.with_step_up(if is_bound { step_up.with_max_age(max_age) } else { step_up }))
    })
}

/// Tolerates clocks that differ by so many seconds; without a call 60. A failure empties the policy.
///
/// Parameters: `policy`; `seconds`, at most 300.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_SECONDS_OUT_OF_RANGE`: correct the policy; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_set_leeway(policy: InOut<JotgatePolicy>, seconds: u32) -> Status {
    policy.with(|own| Ok(own.with_leeway(seconds)?))
}

/// Refuses tokens that live longer from `iat` to `exp`; `iat` is then required. A failure empties the policy.
///
/// Parameters: `policy`; `seconds`, more than 0; without a call there is no bound.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_SECONDS_OUT_OF_RANGE`: correct the policy; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_set_max_lifetime(policy: InOut<JotgatePolicy>, seconds: u32) -> Status {
    policy.with(|own| Ok(own.with_max_lifetime(Within::Seconds(seconds))?))
}

/// Refuses tokens that were issued longer ago; `iat` is then required. A failure empties the policy.
///
/// Parameters: `policy`; `seconds`, more than 0; without a call there is no bound.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_SECONDS_OUT_OF_RANGE`: correct the policy; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_set_max_age(policy: InOut<JotgatePolicy>, seconds: u32) -> Status {
    policy.with(|own| Ok(own.with_max_age(Within::Seconds(seconds))?))
}

/// Demands that these claims are there, and not null. A failure empties the policy.
///
/// Parameters: `policy`; `names`, `name_count` names of claims.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_LIST`, `JOTGATE_POLICY_EMPTY_NAME`: correct the policy; a misuse (11xx): correct the
/// program.
///
/// Memory: list and texts must stay, unchanged, as long as the policy is used. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_set_required_claims(
    policy: InOut<JotgatePolicy>,
    names: In<Text>,
    name_count: usize,
) -> Status {
    policy.with(|own| Ok(own.with_required_claims(CheckedText::list(names, name_count, policy.span())?)?))
}

/// Believes no time before `seconds`: the firmware's build time, for example; without a call 1971-01-01.
///
/// Parameters: `policy`; `seconds` since 1970-01-01T00:00:00Z.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_set_clock_floor(policy: InOut<JotgatePolicy>, seconds: i64) -> Status {
    policy.with(|own| Ok(own.with_clock_floor(UnixSeconds(seconds))))
}

/// Names the realm in challenges. A failure empties the policy.
///
/// Parameters: `policy`; `realm` of `realm_len` bytes, printable ASCII without quotes and backslashes.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_NAME`, `JOTGATE_POLICY_REALM_MALFORMED`: correct the policy; a misuse (11xx):
/// correct the program.
///
/// Memory: `realm` must stay, unchanged, as long as the policy is used. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_set_realm(
    policy: InOut<JotgatePolicy>,
    realm: In<c_char>,
    realm_len: usize,
) -> Status {
    policy.with(|own| {
        policy.span().apart_from(&[realm.span_of(realm_len)])?;
        Ok(own.with_realm(realm.text(realm_len)?)?)
    })
}

/// Names the address of the protected resource's metadata in challenges (RFC 9728, section 5.1). A failure empties the
/// policy.
///
/// Parameters: `policy`; `url` of `url_len` bytes, `https://` and a host first, visible ASCII without fragment, quotes and
/// backslashes.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_METADATA_MALFORMED`: correct the policy; a misuse (11xx): correct the program.
///
/// Memory: `url` must stay, unchanged, as long as the policy is used. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_set_resource_metadata(
    policy: InOut<JotgatePolicy>,
    url: In<c_char>,
    url_len: usize,
) -> Status {
    policy.with(|own| {
        policy.span().apart_from(&[url.span_of(url_len)])?;
        Ok(own.with_resource_metadata(url.text(url_len)?)?)
    })
}

/// Answers refusals in this dialect; without a call in that of RFC 6750. A failure empties the policy.
///
/// Parameters: `policy`; `dialect`, one of `JOTGATE_DIALECT_*`.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE` and other misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_set_dialect(policy: InOut<JotgatePolicy>, dialect: u32) -> Status {
    policy.with(|own| {
        Ok(own.with_dialect(match dialect {
            JOTGATE_DIALECT_RFC => Dialect::Rfc,
            JOTGATE_DIALECT_CAMARA => Dialect::Camara,
            _ => return Err(Misuse::UnknownValue.into()),
        }))
    })
}

/// Accepts tokens up to so many bytes, instead of 8 KiB. A failure empties the policy.
///
/// Parameters: `policy`; `len`, 1 to 16384 bytes.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_TOKEN_LEN_OUT_OF_RANGE`: correct the policy; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_policy_set_max_token_len(policy: InOut<JotgatePolicy>, len: usize) -> Status {
    policy.with(|own| Ok(own.with_max_token_len(len)?))
}
