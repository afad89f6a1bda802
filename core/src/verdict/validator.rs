//! The order of checks stands here, once.

use super::{
    binding::Proofs,
    case::Case,
    explain::{Explanation, FirstFailure, Rule, Sink},
    grant::Grant,
    inquiry::{Checked, Inquiry},
    revocation_status::{RevocationStatus, Revocations},
    sender::Presented,
    token::{Authentic, Unverified},
    worker::WorkerState,
};
use crate::{
    Denied, IntrospectionRule, Issuer, KeyRing, Now, Policy, ReplayWindow, RevocationList, Scratch,
    StatusLists,
};

/// Judges tokens for one product: keys and policy, both shared and immutable.
///
/// The way of a token, all steps necessary and in this order: it is read strictly and once; the claimed
/// issuer and the key id pick one key, whose algorithm must be the header's; the signature is verified;
/// then, and only then, its claims are judged.
pub struct Validator<'a, S = &'a str> {
    pub(super) ring: &'a KeyRing<'a>,
    pub(super) policy: &'a Policy<'a, S>,
    pub(super) revocation_status: RevocationStatus<'a>,
    pub(super) proofs: Option<Proofs<'a>>,
}

impl<S> Clone for Validator<'_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Validator<'_, S> {}

impl<'a, S: AsRef<str>> Validator<'a, S> {
    /// Judges by this policy, with these keys.
    #[must_use]
    pub fn for_product(ring: &'a KeyRing<'a>, policy: &'a Policy<'a, S>) -> Self {
        Self { ring, policy, revocation_status: RevocationStatus::default(), proofs: None }
    }

    /// Looks tokens up in this list, where the policy demands it.
    #[must_use]
    pub fn with_revocations(mut self, list: &'a RevocationList<'a>) -> Self {
        self.revocation_status.revocations = Some(Revocations::listed_in(list));
        self
    }

    /// Looks up in these lists the status that tokens refer to, where the policy demands it.
    #[must_use]
    pub fn with_status_lists(mut self, lists: &'a StatusLists<'a>) -> Self {
        self.revocation_status.status_lists = Some(lists);
        self
    }

    /// Remembers DPoP proofs here. Without it none is taken.
    #[must_use]
    pub fn with_replay_window(mut self, window: &'a ReplayWindow<'a>) -> Self {
        self.proofs = Some(Proofs::remembered_in(window));
        self
    }

    /// The policy that this validator judges by.
    #[must_use]
    pub fn policy(&self) -> &'a Policy<'a, S> {
        self.policy
    }

    /// Judges one token. The grant borrows from `scratch`, which is free again when the grant is dropped.
    ///
    /// # Errors
    /// The first reason to refuse, in the order of this file. After [`Denied::UnknownKid`] the worker's
    /// state names the section ([`WorkerState::take_unknown_kid`]).
    pub fn check<'s>(
        &self,
        presented: Presented<'s>,
        now: Now,
        scratch: &'s mut Scratch<'_>,
        worker: &mut WorkerState<'_>,
    ) -> Result<Grant<'s>, Denied>
    where
        'a: 's,
    {
        let decision = self.decide(&presented, now, scratch.reborrow(), worker, Self::introspection);
        worker.count(&decision);
        decision
    }

    /// [`check`](Self::check) for products that have the authorization server asked about each token (RFC 7662): what is
    /// good otherwise is then a question to be asked, and the answer completes the check. The worker's state counts
    /// questions by themselves.
    ///
    /// # Errors
    /// As `check`.
    pub fn check_or_ask<'s>(
        &self,
        presented: Presented<'s>,
        now: Now,
        scratch: &'s mut Scratch<'_>,
        worker: &mut WorkerState<'_>,
    ) -> Result<Checked<'s, S>, Denied>
    where
        'a: 's,
    {
        let granted = self.decide(&presented, now, scratch.reborrow(), worker, |_| Ok(()));
        let decision = granted.map(|grant| match self.policy.introspection {
            IntrospectionRule::NotAsked => Checked::Granted(grant),
            IntrospectionRule::Asked(when_unanswered) => {
                Checked::Asking(Inquiry::new(grant, self.policy, when_unanswered))
            }
        });
        match &decision {
            Ok(Checked::Asking(_)) => worker.count_question(),
            decided => worker.count(decided),
        }
        decision
    }

    /// The way of a token, as far as it goes without asking anybody else.
    fn decide<'s>(
        &self,
        presented: &Presented<'s>,
        now: Now,
        mut scratch: Scratch<'s>,
        worker: &mut WorkerState<'_>,
        last: impl FnOnce(&Self) -> Result<(), Denied>,
    ) -> Result<Grant<'s>, Denied>
    where
        'a: 's,
    {
        // RFC 7515, section 5.2, steps 1 to 7; RFC 7519, section 7.2.
        let max_len = self.policy.max_token_len;
        let generation = self.ring.generation();
        let mut unverified = Unverified::UNREAD;
        unverified.fill(presented.token, max_len, &mut scratch, generation, worker)?;
        // RFC 8725, sections 3.1 and 3.8: issuer, key id and algorithm lead to one key.
        let (issuer, key) = self.select(&unverified, worker)?;
        // RFC 7515, section 5.2, step 8. Step 9 does not apply: the compact form has one signature.
        let authentic = unverified.verify(key)?;
        authentic.remember_in(worker, generation);
        self.judge_as(&authentic, issuer, presented, now, scratch, last)
    }

    /// Judges one token by every rule, also behind the first that fails, and says what became of each. What
    /// follows a token that cannot be read or whose signature is not good is not judged.
    pub fn explain(&self, presented: Presented<'_>, now: Now, scratch: &mut Scratch<'_>) -> Explanation {
        let mut explanation = Explanation::new();
        let mut rules = || {
            let mut scratch = scratch.reborrow();
            let (max_len, mut nothing) = (self.policy.max_token_len, WorkerState::new());
            let mut unverified = Unverified::UNREAD;
            let read = unverified.fill(presented.token, max_len, &mut scratch, 0, &mut nothing);
            explanation.take(Rule::Form, read)?;
            read?;
            let selected = self.select(&unverified, &mut WorkerState::new());
            explanation.take(Rule::Key, selected.map(|_| ()))?;
            let (issuer, key) = selected?;
            let authentic = unverified.verify(key);
            explanation.take(Rule::Signature, authentic.map(|_| ()))?;
            let authentic = authentic?;
            walk(&self.case(&authentic, issuer, &presented, now), scratch, &mut explanation)?;
            explanation.take(Rule::Introspection, self.introspection())
        };
        // What ended the walk is among the verdicts.
        let _ended: Result<(), Denied> = rules();
        explanation
    }

    /// Nobody need be asked: where somebody must be, only [`check_or_ask`](Self::check_or_ask) grants.
    pub(super) fn introspection(&self) -> Result<(), Denied> {
        match self.policy.introspection {
            IntrospectionRule::NotAsked => Ok(()),
            IntrospectionRule::Asked(_) => Err(Denied::IntrospectionNotAsked),
        }
    }

    /// `last` comes behind all rules, so that the grant is written once, where the caller wants it.
    // Where memory is scarce, judging takes the same stack as reading and verifying did.
    #[cfg_attr(target_pointer_width = "64", inline)]
    #[cfg_attr(not(target_pointer_width = "64"), inline(never))]
    pub(super) fn judge_as<'c, 's>(
        &self,
        token: &'c Authentic<'c, 's>,
        issuer: &'a Issuer<S>,
        presented: &'c Presented<'c>,
        now: Now,
        scratch: Scratch<'c>,
        last: impl FnOnce(&Self) -> Result<(), Denied>,
    ) -> Result<Grant<'s>, Denied>
    where
        'a: 's,
    {
        let case = self.case(token, issuer, presented, now);
        walk(&case, scratch, &mut FirstFailure)?;
        last(self)?;
        Grant::of(&case)
    }

    fn case<'c, 's>(
        &self,
        token: &'c Authentic<'c, 's>,
        issuer: &'a Issuer<S>,
        presented: &'c Presented<'c>,
        now: Now,
    ) -> Case<'c, 'a, 's, S> {
        let Self { policy, proofs, revocation_status, .. } = *self;
        Case::new(token, policy, issuer, presented, proofs, revocation_status, now)
    }
}

/// The rules about claims. What is cheap and tells most comes first; what spends something comes last.
fn walk<'c, S: AsRef<str>, K: Sink>(
    case: &Case<'c, '_, '_, S>,
    mut scratch: Scratch<'c>,
    sink: &mut K,
) -> Result<(), Denied> {
    sink.take(Rule::Issuer, case.issuer())?; // RFC 9068 section 4, RFC 8725 section 3.8
    sink.take(Rule::ClaimTypes, case.claim_types())?; // RFC 7519 section 4
    sink.take(Rule::Type, case.token_type())?; // RFC 9068 section 4, RFC 8725 section 3.11
    sink.take(Rule::Kind, case.kind())?; // RFC 8725 section 3.12
    sink.take(Rule::Clock, case.time().map(|_| ()))?;
    sink.take(Rule::Expiry, case.expiry())?; // RFC 7519 section 4.1.4
    sink.take(Rule::NotBefore, case.not_before())?; // RFC 7519 section 4.1.5
    sink.take(Rule::IssuedAt, case.issued_at())?; // RFC 9068 section 2.2
    sink.take(Rule::Lifetime, case.lifetime())?;
    sink.take(Rule::Age, case.age())?;
    sink.take(Rule::Audience, case.audience())?; // RFC 9068 section 4, RFC 7519 section 4.1.3
    sink.take(Rule::Subject, case.subject())?; // RFC 9068 section 2.2
    sink.take(Rule::TokenId, case.token_id())?; // RFC 9068 section 2.2
    sink.take(Rule::Client, case.client())?; // RFC 9068 section 2.2
    sink.take(Rule::ClientNotBlocked, case.client_not_blocked())?;
    sink.take(Rule::ClientAllowed, case.client_allowed())?;
    sink.take(Rule::RequiredClaims, case.required_claims())?;
    sink.take(Rule::ClaimValues, case.claim_values())?;
    sink.take(Rule::Legs, case.legs())?; // RFC 9068 section 2.2, CAMARA
    sink.take(Rule::AuthenticationClass, case.authentication_class())?; // RFC 9470 section 5
    sink.take(Rule::AuthenticationAge, case.authentication_age())?; // RFC 9470 section 5
    sink.take(Rule::Scope, case.scope())?; // RFC 6750 section 3.1
    sink.take(Rule::Purpose, case.purpose_allowed())?; // CAMARA
    sink.take(Rule::Revocation, case.revocation())?; // RFC 7009 section 3
    sink.take(Rule::StatusList, case.status())?; // draft-ietf-oauth-status-list section 8.3
    let bound = case.binding(); // RFC 7800, RFC 8705 section 3, RFC 9449 section 7.2
    sink.take(Rule::Binding, bound.map(|_| ()))?;
    // Explaining goes on behind failures, but nobody knows then what is to be proven.
    let Ok(key) = bound else { return Ok(()) };
    let proof = case.proof(key, &mut scratch); // RFC 9449 section 4.3
    sink.take(Rule::Proof, proof.map(|_| ()))?;
    let Ok(proof) = proof else { return Ok(()) };
    sink.take(Rule::Replay, case.replay::<K>(proof)) // RFC 9449 section 11.1
}
