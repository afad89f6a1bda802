//! What a policy file says about the sender of a token: `sender_binding`, and the table `dpop`.

use crate::{
    OwnedPolicy,
    error::Fault,
    issuer::enabled,
    list::{Items, List},
    owned_policy::Part,
    spelling::{REPLAY_MEMORIES, REQUEST_DIGESTS, spelled},
};
use jotgate_core::{
    DEFAULT_PROOF_AGE, DpopRule, NonceRule, PolicyError, ReplayMemory, RequestDigests, crypto::Algorithm,
};
use serde::Deserialize;
use std::fmt;
use toml::Spanned;

/// How DPoP proofs must look, in owned lists.
#[derive(Clone)]
pub struct OwnedDpopRule {
    /// Algorithms that proofs may be signed with.
    pub algorithms: Vec<&'static dyn Algorithm>,
    /// Seconds since a proof's `iat`, at most.
    pub max_age: u32,
    /// Seconds for which a nonce is accepted; `None` demands no nonce.
    pub nonce_life: Option<u32>,
    /// Digests of the request that a proof must hold.
    pub request_digests: RequestDigests,
    /// For how long used proofs are remembered.
    pub replay_memory: ReplayMemory,
}

impl OwnedDpopRule {
    /// The rule that borrows the list.
    ///
    /// # Errors
    /// What is wrong with one of the demands, and its key in the policy file.
    pub fn rule(&self) -> Result<DpopRule<'_>, (&'static str, PolicyError)> {
        self.checked().map_err(|(part, error)| (part.key(), error))
    }

    pub(crate) fn checked(&self) -> Result<DpopRule<'_>, (Part, PolicyError)> {
        let at = |part: Part| move |error| (part, error);
        let nonce = self.nonce_life.map_or(NonceRule::NotRequired, |life| NonceRule::Required { life });
        Ok(DpopRule::new(&self.algorithms)
            .map_err(at(Part::DpopAlgorithms))?
            .with_max_age(self.max_age)
            .map_err(at(Part::DpopMaxAge))?
            .with_nonce(nonce)
            .map_err(at(Part::DpopNonceLife))?
            .with_request_digests(self.request_digests)
            .with_replay_memory(self.replay_memory))
    }
}

impl OwnedPolicy {
    /// Seconds for which a used proof may have to be remembered: the `longest_life` of the window that remembers them.
    /// Where tokens may live longer than the core keeps a proof, which is a day, proofs of longer ones are refused.
    #[must_use]
    pub fn longest_proof_life(&self) -> u32 {
        let Some(dpop) = &self.dpop else { return 1 };
        let clocks = self.leeway.saturating_mul(2);
        let by_age = dpop.max_age.saturating_add(clocks).saturating_add(1);
        let fresh = dpop.nonce_life.map_or(by_age, |life| by_age.min(life.saturating_add(1)));
        let life = match (dpop.replay_memory, self.max_lifetime) {
            (ReplayMemory::WhileProofIsFresh, _) => fresh,
            (ReplayMemory::WhileTokenLives, Some(lifetime)) => fresh.max(lifetime.saturating_add(clocks)),
            (ReplayMemory::WhileTokenLives, None) => DAY,
        };
        life.min(DAY)
    }
}

const DAY: u32 = 86_400;

impl fmt::Debug for OwnedDpopRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.algorithms.iter().map(|algorithm| algorithm.name().as_jose()).collect();
        f.debug_struct("OwnedDpopRule")
            .field("algorithms", &names)
            .field("max_age", &self.max_age)
            .finish_non_exhaustive()
    }
}

/// The table as it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DpopTable {
    algorithms: List,
    max_age: Option<Spanned<u32>>,
    nonce_life: Option<Spanned<u32>>,
    request_digests: Option<Spanned<String>>,
    replay_memory: Option<Spanned<String>>,
}

impl DpopTable {
    /// `key` names a member of this table, dotted.
    pub(crate) fn read(&self, key: impl Fn(&str) -> String) -> Result<OwnedDpopRule, Fault> {
        let word = |word: &Spanned<String>, name: &str, message| Fault::new(word.span(), key(name), message);
        let algorithms = enabled(&Items::of(&self.algorithms, key("dpop.algorithms"))?)?;
        let request_digests = match &self.request_digests {
            None => RequestDigests::NotRequired,
            Some(name) => spelled(&REQUEST_DIGESTS, name.get_ref())
                .map_err(|message| word(name, "dpop.request_digests", message))?,
        };
        let replay_memory = match &self.replay_memory {
            None => ReplayMemory::WhileProofIsFresh,
            Some(name) => spelled(&REPLAY_MEMORIES, name.get_ref())
                .map_err(|message| word(name, "dpop.replay_memory", message))?,
        };
        let owned = OwnedDpopRule {
            algorithms,
            max_age: self.max_age.as_ref().map_or(DEFAULT_PROOF_AGE, |seconds| *seconds.get_ref()),
            nonce_life: self.nonce_life.as_ref().map(|seconds| *seconds.get_ref()),
            request_digests,
            replay_memory,
        };
        match owned.checked() {
            Ok(_) => Ok(owned),
            Err((part, error)) => {
                let seconds = if part == Part::DpopMaxAge { &self.max_age } else { &self.nonce_life };
                let span = seconds.as_ref().map_or_else(|| self.algorithms.span(), Spanned::span);
                Err(Fault::new(span, key(part.key()), error))
            }
        }
    }
}
