//! A check that waits for what the authorization server says (RFC 7662): asked, answered, completed.

use super::{coverage, grant::Grant};
use crate::{
    Denied, Now, Policy, Scratch,
    ground::{clock::Clock, require::require},
    meaning::{
        confirmation::Confirmation,
        introspection::Introspection,
        scope::{Purpose, ScopeValue, Scopes},
        text::text,
    },
    trust::{
        policy::{AudienceRule, ScopeRule},
        purpose_rule::{PurposeDemand, PurposeForm},
        revocation_status::WhenUnanswered,
    },
    wire::json::Str,
};

/// What became of a token where the authorization server may have to be asked.
#[derive(Clone, Debug)]
#[must_use = "a question that nobody asks grants nothing"]
pub enum Checked<'s, S = &'s str> {
    /// The product asks nobody: granted.
    Granted(Grant<'s>),
    /// Everything about the token is good so far. It is not granted.
    Asking(Inquiry<'s, S>),
}

/// A token that passed every other check of a product that has its authorization server asked. It is no grant and gives
/// no claim away; only an answer, or the policy for want of one, makes it a grant.
#[derive(Clone)]
#[must_use = "a question that nobody asks grants nothing"]
pub struct Inquiry<'s, S = &'s str> {
    grant: Grant<'s>,
    /// What the token was judged by, and what the answer says is judged by again.
    policy: &'s Policy<'s, S>,
    when_unanswered: WhenUnanswered,
}

impl<'s, S: AsRef<str>> Inquiry<'s, S> {
    pub(super) fn new(grant: Grant<'s>, policy: &'s Policy<'s, S>, when_unanswered: WhenUnanswered) -> Self {
        Self { grant, policy, when_unanswered }
    }

    /// SHA-256 of the signing input, 32 bytes: names the token in a cache of answers and in audit records.
    #[must_use]
    pub fn signing_input_digest(&self) -> &[u8; 32] {
        self.grant.signing_input_digest()
    }

    /// `jti`, by which some servers can be asked.
    #[must_use]
    pub fn token_id(&self) -> Option<&'s str> {
        self.grant.token_id()
    }

    /// `iss`: whom to ask. The token itself goes into the question as it was presented.
    #[must_use]
    pub fn issuer(&self) -> &'s str {
        self.grant.issuer()
    }

    /// Completes the check with the body of a response that the issuer's introspection endpoint sent, with status 200,
    /// to a question about this token.
    ///
    /// What the server says now counts: its `exp` if it is earlier, its `nbf`, its `aud`, and of the token's scopes those
    /// that its `scope` still has. What the answer leaves out is as the token says.
    ///
    /// # Errors
    /// [`Denied::IntrospectionMalformed`] whatever the policy says about no answer, [`Denied::IntrospectionInactive`],
    /// [`Denied::IntrospectionContradicts`] when it names another issuer, subject, client, token id or binding than the
    /// token, or a later `exp`; [`Denied::Expired`], [`Denied::NotYetValid`], [`Denied::WrongAudience`],
    /// [`Denied::ClientBlocked`], [`Denied::ScopeMissing`] or [`Denied::PurposeMissing`] when the policy refuses what it
    /// says; or that the token expired meanwhile.
    pub fn answered(
        mut self,
        response: &[u8],
        now: Now,
        scratch: &mut Scratch<'_>,
    ) -> Result<Grant<'s>, Denied> {
        let mut scratch = scratch.reborrow();
        let said = Introspection::read(response, &mut scratch).map_err(|_| Denied::IntrospectionMalformed)?;
        if !said.is_active() {
            return Err(Denied::IntrospectionInactive);
        }
        require(self.agrees(&said), Denied::IntrospectionContradicts)?;
        if let Some(expires) = said.expires {
            self.grant.expires = self.grant.expires.min(expires);
        }
        let clock = self.clock(now);
        require(clock.is_before(self.grant.expires)?, Denied::Expired)?;
        if let Some(not_before) = said.not_before {
            require(clock.has_come(not_before)?, Denied::NotYetValid)?;
        }
        self.judge_audience(&said)?;
        self.judge_client(said.client_id)?;
        if let Some(scope) = said.scope {
            let scope = text(scope, scratch.text()).map_err(|denied| match denied {
                Denied::ScratchTooSmall => denied,
                _ => Denied::IntrospectionMalformed,
            })?;
            self.judge_scope(scope)?;
        }
        Ok(self.grant)
    }

    /// Completes the check without an answer: as the policy says.
    ///
    /// # Errors
    /// [`Denied::IntrospectionUnanswered`], or that the token expired meanwhile.
    pub fn unanswered(self, now: Now) -> Result<Grant<'s>, Denied> {
        match self.when_unanswered {
            WhenUnanswered::Allow => {
                // Asking takes time.
                require(self.clock(now).is_before(self.grant.expires)?, Denied::Expired)?;
                Ok(self.grant)
            }
            WhenUnanswered::Deny => Err(Denied::IntrospectionUnanswered),
        }
    }

    fn clock(&self, now: Now) -> Clock {
        Clock { now, floor: self.policy.clock_floor, leeway: self.policy.leeway }
    }

    /// Where both say something, they say the same; an answer never makes a token live longer.
    fn agrees(&self, said: &Introspection<'_>) -> bool {
        let grant = &self.grant;
        [
            (Some(grant.issuer()), said.issuer),
            (grant.subject(), said.subject),
            (grant.client(), said.client_id),
            (grant.token_id(), said.token_id),
        ]
        .into_iter()
        .all(|(own, said)| own.zip(said).is_none_or(|(own, said)| said == *own))
            && said.expires.is_none_or(|expires| expires <= grant.expires())
            && said.confirmation.is_none_or(|said| self.is_bound_to(&said))
    }

    /// Whether the token is bound to all that the answer says: the proof was judged by what the token says. A binding
    /// that only the answer knows, or of an unknown kind, nobody proved.
    fn is_bound_to(&self, said: &Confirmation<&str>) -> bool {
        let own = self.grant.claims.first("cnf").and_then(|cnf| Confirmation::read(cnf).ok());
        let (Some(Ok(own)), Ok(said)) = (own.map(|own| own.digests()), said.digests()) else { return false };
        said.key.is_none_or(|key| own.key == Some(key))
            && said.certificate.is_none_or(|certificate| own.certificate == Some(certificate))
    }

    /// One of the product's audiences is among those of the answer, and of the token if it has some.
    fn judge_audience(&self, said: &Introspection<'_>) -> Result<(), Denied> {
        let AudienceRule::OneOf(own) = self.policy.audience else { return Ok(()) };
        let Some(said) = said.audiences() else { return Ok(()) };
        let is_own = |said: Str<'_>| {
            let is_of_token = |own: &str| self.grant.audience.is_none_or(|audience| audience.contains(own));
            own.iter().any(|own| said == *own.as_ref() && is_of_token(own.as_ref()))
        };
        require(said.into_iter().any(is_own), Denied::WrongAudience)
    }

    /// The answer may name the client of a token that names none.
    fn judge_client(&self, said: Option<Str<'_>>) -> Result<(), Denied> {
        let Some(said) = said else { return Ok(()) };
        let blocked = self.policy.blocked.iter().any(|own| said == *own.as_ref());
        require(!blocked, Denied::ClientBlocked)
    }

    /// Of the token's scopes only those are held that the answer has; they must still cover the product.
    fn judge_scope(&mut self, said: &str) -> Result<(), Denied> {
        let said = Scopes::read(ScopeValue::Words(said)).map_err(|_| Denied::IntrospectionMalformed)?;
        let held = self.grant.scopes.held_in(said);
        self.grant.scopes = held.clone();
        let is_held = |purpose: &Purpose<'_>| {
            held.clone()
                .any(|scope| scope.as_plain().and_then(Purpose::read).is_some_and(|own| own == *purpose))
        };
        let purpose = match self.policy.purpose {
            Some(PurposeDemand { form: PurposeForm::Scope | PurposeForm::ScopeWithTarget, .. }) => {
                self.grant.purpose.filter(is_held)
            }
            _ => self.grant.purpose,
        };
        if let ScopeRule::AnyOf(alternatives) = self.policy.scopes {
            let target = purpose.and_then(|purpose| purpose.target());
            require(coverage::covers(alternatives, &held, target), Denied::ScopeMissing)?;
        }
        require(self.policy.purpose.is_none() || purpose.is_some(), Denied::PurposeMissing)
    }
}

impl<S> core::fmt::Debug for Inquiry<'_, S> {
    /// Names the token by its digest; says nothing of its claims.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Inquiry")
            .field("signing_input_digest", self.grant.signing_input_digest())
            .finish_non_exhaustive()
    }
}
