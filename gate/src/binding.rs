//! What a policy file says about the sender of a token: `sender_binding`, and the table `dpop`.

use crate::{
    OwnedPolicy, Setting,
    error::Fault,
    issuer::enabled,
    list::List,
    product::seconds,
    settings_table::SettingsTable,
    spelling::{REPLAY_MEMORIES, REQUEST_DIGESTS},
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
    /// The setting that is wrong, and what is wrong with it.
    pub fn rule(&self) -> Result<DpopRule<'_>, (Setting, PolicyError)> {
        let at = |setting: Setting| move |error| (setting, error);
        let nonce = self.nonce_life.map_or(NonceRule::NotRequired, |life| NonceRule::Required { life });
        Ok(DpopRule::new(&self.algorithms)
            .map_err(at(Setting::DpopAlgorithms))?
            .with_max_age(self.max_age)
            .map_err(at(Setting::DpopMaxAge))?
            .with_nonce(nonce)
            .map_err(at(Setting::DpopNonceLife))?
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
    pub(crate) algorithms: List,
    pub(crate) max_age: Option<Spanned<u32>>,
    pub(crate) nonce_life: Option<Spanned<u32>>,
    pub(crate) request_digests: Option<Spanned<String>>,
    pub(crate) replay_memory: Option<Spanned<String>>,
}

impl DpopTable {
    /// `around` is the table that this one is part of.
    pub(crate) fn read(&self, around: &SettingsTable<'_>) -> Result<OwnedDpopRule, Fault> {
        let algorithms = enabled(&around.items(Setting::DpopAlgorithms, &self.algorithms)?)?;
        let request_digests = around
            .word_if_any(Setting::DpopRequestDigests, &self.request_digests, &REQUEST_DIGESTS)?
            .unwrap_or(RequestDigests::NotRequired);
        let replay_memory = around
            .word_if_any(Setting::DpopReplayMemory, &self.replay_memory, &REPLAY_MEMORIES)?
            .unwrap_or(ReplayMemory::WhileProofIsFresh);
        let owned = OwnedDpopRule {
            algorithms,
            max_age: seconds(&self.max_age).unwrap_or(DEFAULT_PROOF_AGE),
            nonce_life: seconds(&self.nonce_life),
            request_digests,
            replay_memory,
        };
        match owned.rule() {
            Ok(_) => Ok(owned),
            Err((setting, error)) => Err(around.fault(setting, error)),
        }
    }
}
