//! How a policy file spells the core's choices.

use jotgate_core::{
    ClientClaim, Dialect, KeyParameter, Legs, PurposeForm, ReplayMemory, RequestDigests, ScopeClaim,
    ScopeForm, SenderBinding, SubjectForm, Tolerated,
};

/// Finds a name in a table of spellings; the error lists them.
pub(crate) fn spelled<T: Copy>(table: &[(&str, T)], name: &str) -> Result<T, String> {
    table.iter().find_map(|(own, value)| (*own == name).then_some(*value)).ok_or_else(|| {
        let known: Vec<&str> = table.iter().map(|(own, _)| *own).collect();
        format!("\"{name}\" is none of {}", known.join(", "))
    })
}

pub(crate) const LEGS: [(&str, Legs); 3] =
    [("either", Legs::Either), ("two", Legs::Two), ("three", Legs::Three)];

pub(crate) const DIALECTS: [(&str, Dialect); 2] = [("camara", Dialect::Camara), ("rfc", Dialect::Rfc)];

pub(crate) const PURPOSE_FORMS: [(&str, PurposeForm); 3] = [
    ("scope", PurposeForm::Scope),
    ("scope-with-target", PurposeForm::ScopeWithTarget),
    ("claim", PurposeForm::Claim),
];

pub(crate) const CLIENT_CLAIMS: [(&str, ClientClaim); 4] = [
    ("client_id", ClientClaim::ClientId),
    ("azp", ClientClaim::Azp),
    ("cid", ClientClaim::Cid),
    ("appid", ClientClaim::Appid),
];

pub(crate) const SCOPE_CLAIMS: [(&str, ScopeClaim); 4] = [
    ("scope", ScopeClaim::Scope),
    ("scp", ScopeClaim::Scp),
    ("roles", ScopeClaim::Roles),
    ("permissions", ScopeClaim::Permissions),
];

pub(crate) const SCOPE_FORMS: [(&str, ScopeForm); 3] =
    [("string", ScopeForm::String), ("array", ScopeForm::Array), ("either", ScopeForm::Either)];

pub(crate) const TOLERATED_CLAIMS: [(&str, Tolerated); 1] = [("nonce", Tolerated::Nonce)];

pub(crate) const SUBJECT_FORMS: [(&str, SubjectForm); 2] =
    [("string", SubjectForm::String), ("string-or-digits", SubjectForm::StringOrDigits)];

pub(crate) const KEY_PARAMETERS: [(&str, KeyParameter); 4] = [
    ("jku", KeyParameter::Jku),
    ("jwk", KeyParameter::Jwk),
    ("x5c", KeyParameter::X5c),
    ("x5u", KeyParameter::X5u),
];

pub(crate) const SENDER_BINDINGS: [(&str, SenderBinding); 4] = [
    ("as-the-token-says", SenderBinding::AsTheTokenSays),
    ("dpop", SenderBinding::Dpop),
    ("certificate", SenderBinding::Certificate),
    ("either", SenderBinding::Either),
];

pub(crate) const REQUEST_DIGESTS: [(&str, RequestDigests); 4] = [
    ("not-required", RequestDigests::NotRequired),
    ("query", RequestDigests::Query),
    ("body", RequestDigests::Body),
    ("query-and-body", RequestDigests::QueryAndBody),
];

pub(crate) const REPLAY_MEMORIES: [(&str, ReplayMemory); 2] = [
    ("while-proof-is-fresh", ReplayMemory::WhileProofIsFresh),
    ("while-token-lives", ReplayMemory::WhileTokenLives),
];
