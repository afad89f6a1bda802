//! The rules about the sender of a token: they come behind all others, and the last of them spends.

use super::{
    case::{Case, require},
    explain::Sink,
    proof::{DpopProof, ProofCase},
    sender::{DpopRequest, Presented},
    token::Authentic,
};
use crate::{
    Denied, ReplayWindow, Scheme, Scratch, SenderBinding,
    ground::{clock::Clock, constant_time},
    trust::{
        dpop::{DpopRule, ReplayMemory},
        replay::Use,
    },
};

/// How a proof is checked, for the key of this thumbprint.
type Check = for<'c> fn(&Bound<'_, 'c>, &[u8; 32], &mut Scratch<'c>) -> Result<DpopProof<'c>, Denied>;

/// How a proof is spent, on the account of this client.
type Spend = fn(&ReplayWindow<'_>, &Bound<'_, '_>, &DpopProof<'_>, Option<&str>) -> Result<(), Denied>;

/// What a validator needs for proofs. Made by [`Proofs::remembered_in`] alone, so that a program that takes none holds no
/// code for them.
#[derive(Clone, Copy)]
pub(super) struct Proofs<'a> {
    /// Where used ones are remembered.
    window: &'a ReplayWindow<'a>,
    check: Check,
    spend: Spend,
    peek: Spend,
}

/// A token that may be bound to a key, and the request that has to prove it.
struct Bound<'b, 'c> {
    token: &'b Authentic<'b, 'b>,
    presented: &'b Presented<'c>,
    request: &'b DpopRequest<'c>,
    rule: &'b DpopRule<'b>,
    clock: Clock,
}

impl<'a> Proofs<'a> {
    pub(super) fn remembered_in(window: &'a ReplayWindow<'a>) -> Self {
        Self {
            window,
            check: |bound, key, scratch| bound.check(key, scratch),
            spend: |window, bound, proof, client| {
                window.spend(&bound.usage(proof, client)?, bound.clock.time()?)
            },
            peek: |window, bound, proof, client| {
                window.peek(&bound.usage(proof, client)?, bound.clock.time()?)
            },
        }
    }
}

impl<'c> Bound<'_, 'c> {
    fn check(&self, bound_to: &[u8; 32], scratch: &mut Scratch<'c>) -> Result<DpopProof<'c>, Denied> {
        let Self { token, presented, request, rule, clock } = *self;
        let token = token.reading.hashing_on(presented.token);
        ProofCase { rule, request, token, bound_to, clock }.check(request.fields, scratch)
    }

    fn usage<'u>(&'u self, proof: &'u DpopProof<'_>, client: Option<&'u str>) -> Result<Use<'u>, Denied> {
        let claims = &self.token.reading.claims;
        let token_expires = claims.expires.ok_or(Denied::ExpirationMissing)?;
        let expires = match self.rule.memory {
            ReplayMemory::WhileTokenLives => proof.expires.max(token_expires.plus(self.clock.leeway)),
            ReplayMemory::WhileProofIsFresh => proof.expires,
        };
        Ok(Use {
            key: &proof.key,
            id: proof.id,
            issuer: claims.issuer.unwrap_or_default(),
            // Without a client, the subject pays.
            client: client.or(claims.subject).unwrap_or_default(),
            expires,
        })
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
        let bound = self.bound()?;
        let proofs = self.proofs.ok_or(Denied::ReplayWindowMissing)?;
        (proofs.check)(&bound, &bound_to, scratch).map(Some)
    }

    /// The proof was not used before, and from now on it was: asked last, so that only what is granted spends.
    pub(super) fn replay<K: Sink>(&self, proof: Option<DpopProof<'_>>) -> Result<(), Denied> {
        let Some(proof) = proof else { return Ok(()) };
        let bound = self.bound()?;
        let proofs = self.proofs.ok_or(Denied::ReplayWindowMissing)?;
        let ask = if K::SPENDS { proofs.spend } else { proofs.peek };
        ask(proofs.window, &bound, &proof, self.client_id())
    }

    fn bound(&self) -> Result<Bound<'_, 'c>, Denied> {
        let (Some(rule), Some(request)) = (&self.policy.dpop, &self.presented.dpop) else {
            return Err(Denied::BindingNotProven);
        };
        Ok(Bound { token: self.token, presented: self.presented, request, rule, clock: self.clock })
    }
}
