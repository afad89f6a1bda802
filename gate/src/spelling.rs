//! How a policy file spells the core's choices, and lists that may also be one word.

use jotgate_core::{
    ClientClaim, Dialect, KeyParameter, Legs, PurposeForm, ReplayMemory, RequestDigests, ScopeClaim,
    ScopeForm, SenderBinding,
};
use serde::{Deserialize, Deserializer, de};
use std::fmt;

/// A list of strings, or one word that stands for something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WordOrList {
    Word(String),
    List(Vec<String>),
}

impl<'de> Deserialize<'de> for WordOrList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = WordOrList;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of strings, or a word in quotes")
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<WordOrList, E> {
                Ok(WordOrList::Word(word.to_owned()))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<WordOrList, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(WordOrList::List(list))
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}

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
