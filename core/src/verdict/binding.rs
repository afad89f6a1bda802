//! A token that is bound to a key: how its proof is checked, and spent.

use super::{
    proof::{DpopProof, ProofCase},
    sender::{DpopRequest, Presented},
    token::Authentic,
};
use crate::{
    Denied, ReplayWindow, Scratch,
    ground::clock::Clock,
    trust::{
        dpop::{DpopRule, ReplayMemory},
        replay::Use,
    },
};

/// How a proof is checked, for the key of this thumbprint.
type Check = for<'c> fn(&Bound<'_, 'c>, &[u8; 32], &mut Scratch<'c>) -> Result<DpopProof<'c>, Denied>;

/// How a proof is spent, on the account of this client.
type Spend = fn(&ReplayWindow<'_>, &Bound<'_, '_>, &DpopProof<'_>, Option<&str>) -> Result<(), Denied>;

/// What a validator needs for proofs. The function pointers are set only in [`Proofs::remembered_in`], so the linker drops
/// the code in programs that never call it.
#[derive(Clone, Copy)]
pub(super) struct Proofs<'a> {
    /// Where used ones are remembered.
    window: &'a ReplayWindow<'a>,
    check: Check,
    spend: Spend,
    peek: Spend,
}

/// A token that may be bound to a key, and the request that has to prove it.
pub(super) struct Bound<'b, 'c> {
    pub(super) token: &'b Authentic<'b, 'b>,
    pub(super) presented: &'b Presented<'c>,
    pub(super) request: &'b DpopRequest<'c>,
    pub(super) rule: &'b DpopRule<'b>,
    pub(super) clock: Clock,
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

    /// Checks the proof of the key of this thumbprint.
    pub(super) fn check<'c>(
        &self,
        bound: &Bound<'_, 'c>,
        key: &[u8; 32],
        scratch: &mut Scratch<'c>,
    ) -> Result<DpopProof<'c>, Denied> {
        (self.check)(bound, key, scratch)
    }

    /// The proof was not used before, and from now on it was.
    pub(super) fn spend(
        &self,
        bound: &Bound<'_, '_>,
        proof: &DpopProof<'_>,
        client: Option<&str>,
    ) -> Result<(), Denied> {
        (self.spend)(self.window, bound, proof, client)
    }

    /// The proof was not used before.
    pub(super) fn peek(
        &self,
        bound: &Bound<'_, '_>,
        proof: &DpopProof<'_>,
        client: Option<&str>,
    ) -> Result<(), Denied> {
        (self.peek)(self.window, bound, proof, client)
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
