//! The rules about the sender of a token: they come behind all others, and the last of them spends.

use super::super::{binding::Bound, case::Case, explain::Sink, proof::DpopProof};
use crate::{
    Denied, Scheme, Scratch, SenderBinding,
    ground::{constant_time, require::require},
};

impl<'c, 's, S: AsRef<str>> Case<'c, '_, 's, S> {
    /// The token is bound where it must be, and came in the way that its binding asks for. All that it is
    /// bound to must be proven. Whether the proof of the key holds that this answers, [`proof`](Self::proof) says.
    pub(in crate::verdict) fn binding(&self) -> Result<Option<[u8; 32]>, Denied> {
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
    pub(in crate::verdict) fn proof(
        &self,
        bound_to: Option<[u8; 32]>,
        scratch: &mut Scratch<'c>,
    ) -> Result<Option<DpopProof<'c>>, Denied> {
        let Some(bound_to) = bound_to else { return Ok(None) };
        let bound = self.bound()?;
        let proofs = self.proofs.ok_or(Denied::ReplayWindowMissing)?;
        proofs.check(&bound, &bound_to, scratch).map(Some)
    }

    /// The proof was not used before, and from now on it was: asked last, so that only what is granted spends.
    pub(in crate::verdict) fn replay<K: Sink>(&self, proof: Option<DpopProof<'_>>) -> Result<(), Denied> {
        let Some(proof) = proof else { return Ok(()) };
        let bound = self.bound()?;
        let proofs = self.proofs.ok_or(Denied::ReplayWindowMissing)?;
        if K::SPENDS {
            proofs.spend(&bound, &proof, self.client_id())
        } else {
            proofs.peek(&bound, &proof, self.client_id())
        }
    }

    fn bound(&self) -> Result<Bound<'_, 'c>, Denied> {
        let (Some(rule), Some(request)) = (&self.policy.dpop, &self.presented.dpop) else {
            return Err(Denied::BindingNotProven);
        };
        Ok(Bound { token: self.token, presented: self.presented, request, rule, clock: self.clock })
    }
}
