//! The rules about what a token says.

use super::super::{case::Case, coverage};
use crate::{
    Denied,
    ground::require::require,
    trust::{
        policy::{AudienceRule, ClientRule, Legs, ScopeRule, Within},
        profile::Required,
    },
};

impl<S: AsRef<str>> Case<'_, '_, '_, S> {
    /// The claimed issuer is the one that the key belongs to.
    pub(in crate::verdict) fn issuer(&self) -> Result<(), Denied> {
        let claimed = self.claims().issuer.ok_or(Denied::IssuerMissing)?;
        require(self.token.key.serves(claimed), Denied::IssuerMismatch)
    }

    /// The claims that profile or policy ask for have the type that they must have.
    pub(in crate::verdict) fn claim_types(&self) -> Result<(), Denied> {
        self.claims().sound(|| self.issuer.asked_for().and(self.policy.asked_for()))
    }

    /// The header's `typ` is one of the issuer's access tokens.
    pub(in crate::verdict) fn token_type(&self) -> Result<(), Denied> {
        require(self.issuer.accepts_type(self.token.reading.jws.header.typ), Denied::WrongType)
    }

    /// The claims are not those of an ID token, a logout token, a refresh token.
    pub(in crate::verdict) fn kind(&self) -> Result<(), Denied> {
        require(self.issuer.accepts_kind(self.claims()), Denied::WrongKind)
    }

    /// `now` is before `exp`, leeway included.
    pub(in crate::verdict) fn expiry(&self) -> Result<(), Denied> {
        let expires = self.claims().expires.ok_or(Denied::ExpirationMissing)?;
        require(self.clock.is_before(expires)?, Denied::Expired)
    }

    /// `now` is not before `nbf`, leeway included.
    pub(in crate::verdict) fn not_before(&self) -> Result<(), Denied> {
        let Some(not_before) = self.claims().not_before else { return Ok(()) };
        require(self.clock.has_come(not_before)?, Denied::NotYetValid)
    }

    /// `iat` is there where it is needed, not in the future, and before `exp`.
    pub(in crate::verdict) fn issued_at(&self) -> Result<(), Denied> {
        let policy = self.policy;
        let Some(issued_at) = self.claims().issued_at else {
            let needed = self.issuer.profile.requires(Required::IssuedAt)
                || policy.max_lifetime != Within::Unbounded
                || policy.max_age != Within::Unbounded;
            return require(!needed, Denied::IssuedAtMissing);
        };
        require(self.clock.has_come(issued_at)?, Denied::IssuedInFuture)?;
        require(self.claims().expires.is_none_or(|expires| expires > issued_at), Denied::ExpiresBeforeIssued)
    }

    /// `exp` is not too long after `iat`.
    pub(in crate::verdict) fn lifetime(&self) -> Result<(), Denied> {
        match (self.policy.max_lifetime, self.claims().issued_at, self.claims().expires) {
            (Within::Seconds(most), Some(issued_at), Some(expires)) => {
                require(expires.since(issued_at) <= i64::from(most), Denied::LifetimeTooLong)
            }
            _ => Ok(()),
        }
    }

    /// `iat` is not too long ago.
    pub(in crate::verdict) fn age(&self) -> Result<(), Denied> {
        match (self.policy.max_age, self.claims().issued_at) {
            (Within::Seconds(most), Some(issued_at)) => {
                require(self.clock.is_within(most, issued_at)?, Denied::TooOld)
            }
            _ => Ok(()),
        }
    }

    /// One of the token's audiences is one of the product's, exactly; or the client tells whom the token is for.
    pub(in crate::verdict) fn audience(&self) -> Result<(), Denied> {
        let AudienceRule::OneOf(own) = self.policy.audience else { return Ok(()) };
        let audience = self.claims().audience.as_ref().ok_or(Denied::AudienceMissing)?;
        require(audience.is_any_of(own), Denied::WrongAudience)
    }

    pub(in crate::verdict) fn subject(&self) -> Result<(), Denied> {
        let needed = self.issuer.profile.requires(Required::Subject);
        require(!needed || self.claims().subject.is_some(), Denied::SubjectMissing)
    }

    pub(in crate::verdict) fn token_id(&self) -> Result<(), Denied> {
        let needed = self.issuer.profile.requires(Required::TokenId);
        require(!needed || self.claims().token_id.is_some(), Denied::TokenIdMissing)
    }

    pub(in crate::verdict) fn required_claims(&self) -> Result<(), Denied> {
        let all_there = coverage::has_all(self.claims().object(), self.policy.required);
        require(all_there, Denied::RequiredClaimMissing)
    }

    /// The claims have the values that the product demands.
    pub(in crate::verdict) fn claim_values(&self) -> Result<(), Denied> {
        match &self.policy.claims {
            None => Ok(()),
            Some(demand) => demand.judge(self.claims().object()),
        }
    }

    /// There is a client where one is needed, and all claims that name one agree.
    pub(in crate::verdict) fn client(&self) -> Result<(), Denied> {
        let mut all = self.all_clients();
        if let Some(first) = all.next() {
            require(all.all(|other| other == first), Denied::ClientsDisagree)?;
        }
        let needed = self.issuer.profile.requires(Required::Client)
            || matches!(self.policy.clients, ClientRule::OneOf(_));
        require(!needed || self.client_id().is_some(), Denied::ClientMissing)
    }

    /// None of the claims that name a client names a blocked one.
    pub(in crate::verdict) fn client_not_blocked(&self) -> Result<(), Denied> {
        let blocked =
            self.all_clients().any(|client| self.policy.blocked.iter().any(|own| own.as_ref() == client));
        require(!blocked, Denied::ClientBlocked)
    }

    pub(in crate::verdict) fn client_allowed(&self) -> Result<(), Denied> {
        match self.policy.clients {
            ClientRule::AnyClient => Ok(()),
            ClientRule::OneOf(_) => require(self.listed_client().is_some(), Denied::ClientNotAllowed),
        }
    }

    pub(in crate::verdict) fn legs(&self) -> Result<(), Denied> {
        match self.policy.legs {
            Legs::Either => Ok(()),
            Legs::Three => require(self.has_user(), Denied::UserRequired),
            Legs::Two => require(!self.has_user(), Denied::UserNotAllowed),
        }
    }

    /// RFC 9470, section 5.
    pub(in crate::verdict) fn authentication_class(&self) -> Result<(), Denied> {
        let classes = self.policy.step_up.classes;
        let strong = self.claims().acr.is_some_and(|acr| classes.iter().any(|own| own.as_ref() == acr));
        require(classes.is_empty() || strong, Denied::AuthenticationTooWeak)
    }

    /// RFC 9470, section 5. Without `auth_time` nobody knows.
    pub(in crate::verdict) fn authentication_age(&self) -> Result<(), Denied> {
        let Some(most) = self.policy.step_up.max_age else { return Ok(()) };
        let since = self.claims().auth_time.ok_or(Denied::AuthenticationTooOld)?;
        require(self.clock.has_come(since)?, Denied::AuthenticationInFuture)?;
        require(self.clock.is_within(most, since)?, Denied::AuthenticationTooOld)
    }

    /// All scopes of one alternative are there.
    pub(in crate::verdict) fn scope(&self) -> Result<(), Denied> {
        let ScopeRule::AnyOf(alternatives) = self.policy.scopes else { return self.scopes().map(|_| ()) };
        let scopes = self.scopes()?;
        // In the older form of CAMARA's purpose, what stands behind `#` is the scope.
        let target = self.purpose()?.and_then(|purpose| purpose.target());
        require(coverage::covers(alternatives, scopes, target), Denied::ScopeMissing)
    }

    /// Exactly one purpose, and one that covers the product.
    pub(in crate::verdict) fn purpose_allowed(&self) -> Result<(), Denied> {
        let Some(demand) = &self.policy.purpose else { return Ok(()) };
        let purpose = self.purpose()?.ok_or(Denied::PurposeMissing)?;
        require(demand.names.iter().any(|own| own.as_ref() == purpose.name()), Denied::PurposeNotAllowed)
    }
}
