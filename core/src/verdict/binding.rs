//! The rules about the sender of a token: they come behind all others, and the last of them spends.

use super::{
    case::{Case, require},
    explain::Sink,
    proof::{DpopProof, ProofCase},
};
use crate::{
    Denied, ReplayWindow, Scheme, Scratch, SenderBinding, UnixSeconds,
    ground::constant_time,
    trust::{dpop::ReplayMemory, replay::Use},
};

/// What [`ProofCase::check`] is.
type Check = for<'c, 's> fn(&ProofCase<'c>, &[&'s [u8]], &mut Scratch<'s>) -> Result<DpopProof<'s>, Denied>;

/// What a validator needs for proofs. Made by [`Proofs::remembered_in`] alone, so that a program that takes none holds no
/// code for them.
#[derive(Clone, Copy)]
pub(super) struct Proofs<'a> {
    /// Where used ones are remembered.
    window: &'a ReplayWindow<'a>,
    check: Check,
    spend: fn(&ReplayWindow<'_>, &Use<'_>, UnixSeconds) -> Result<(), Denied>,
    peek: fn(&ReplayWindow<'_>, &Use<'_>, UnixSeconds) -> Result<(), Denied>,
}

impl<'a> Proofs<'a> {
    pub(super) fn remembered_in(window: &'a ReplayWindow<'a>) -> Self {
        Self {
            window,
            check: |case, fields, scratch| case.check(fields, scratch),
            spend: |window, usage, now| window.spend(usage, now),
            peek: |window, usage, now| window.peek(usage, now),
        }
    }
}

impl<'c, 's, S: AsRef<str>> Case<'c, '_, 's, S> {
    /// The token is bound where it must be, and came in the way that its binding asks for. All that it is
    /// bound to must be proven. Whether the proof of the key holds that this answers, [`proof`](Self::proof) says.
    pub(super) fn binding(&self) -> Result<Option<[u8; 32]>, Denied> {
        let bound_to = self.claims().confirmation.map(|methods| methods.digests()).transpose()?;
        let key = bound_to.and_then(|bound_to| bound_to.key);
        let certificate = bound_to.and_then(|bound_to| bound_to.certificate);
        match (key, self.presented.scheme) {
            (None, Scheme::Dpop) => return Err(Denied::TokenNotBound),
            // RFC 9449, section 7.2. Without a rule for proofs, or a host that hands them over, none is taken.
            (Some(_), Scheme::Bearer) => return Err(Denied::BindingNotProven),
            (Some(_), Scheme::Dpop) if self.policy.dpop.is_none() || self.presented.dpop.is_none() => {
                return Err(Denied::BindingNotProven);
            }
            _ => {}
        }
        if let Some(bound_to) = certificate {
            let shown = self.presented.certificate.ok_or(Denied::CertificateMissing)?;
            require(constant_time::equal(&bound_to, shown), Denied::CertificateMismatch)?;
        }
        let bound = match self.policy.binding {
            SenderBinding::AsTheTokenSays => true,
            SenderBinding::Dpop => key.is_some(),
            SenderBinding::Certificate => certificate.is_some(),
            SenderBinding::Either => key.is_some() || certificate.is_some(),
        };
        require(bound, Denied::BindingMissing)?;
        Ok(key)
    }

    /// The proof of the key that the token is bound to, if it is bound to one.
    pub(super) fn proof(
        &self,
        bound_to: Option<[u8; 32]>,
        scratch: &mut Scratch<'c>,
    ) -> Result<Option<DpopProof<'c>>, Denied> {
        let Some(bound_to) = bound_to else { return Ok(None) };
        let (Some(rule), Some(request)) = (&self.policy.dpop, &self.presented.dpop) else {
            return Err(Denied::BindingNotProven);
        };
        let proofs = self.proofs.ok_or(Denied::ReplayWindowMissing)?;
        let token = self.token.reading.hashing_on(self.presented.token);
        let case = ProofCase { rule, request, token, bound_to: &bound_to, clock: self.clock };
        (proofs.check)(&case, request.fields, scratch).map(Some)
    }

    /// The proof was not used before, and from now on it was: asked last, so that only what is granted spends.
    pub(super) fn replay<K: Sink>(&self, proof: Option<DpopProof<'_>>) -> Result<(), Denied> {
        let Some(proof) = proof else { return Ok(()) };
        let proofs = self.proofs.ok_or(Denied::ReplayWindowMissing)?;
        let token_expires = self.claims().expires.ok_or(Denied::ExpirationMissing)?;
        let memory = self.policy.dpop.as_ref().map(|rule| rule.memory);
        let expires = match memory {
            Some(ReplayMemory::WhileTokenLives) => proof.expires.max(token_expires.plus(self.clock.leeway)),
            _ => proof.expires,
        };
        let usage = Use {
            key: &proof.key,
            id: proof.id,
            issuer: self.claims().issuer.unwrap_or_default(),
            // Without a client, the subject pays.
            client: self.client_id().or(self.claims().subject).unwrap_or_default(),
            expires,
        };
        let now = self.clock.time()?;
        let ask = if K::SPENDS { proofs.spend } else { proofs.peek };
        ask(proofs.window, &usage, now)
    }
}
