//! One authentic token before one policy: each rule by itself. Their order stands in `validator`.

use super::{
    binding::Proofs, coverage, revocation_status::RevocationStatus, sender::Presented, token::Authentic,
    validator::Validator,
};
use crate::{
    Denied, Issuer, Now, Policy, UnixSeconds,
    ground::clock::Clock,
    meaning::{
        claims::Claims,
        scope::{Purpose, ScopeValue, Scopes},
    },
    trust::{
        policy::{AudienceRule, Client, ClientRule, Legs, ScopeRule, Within},
        profile::{Profile, Required, ScopeForm},
    },
};

/// What is judged, and against what.
pub(super) struct Case<'c, 'a, 's, S> {
    pub(super) token: &'c Authentic<'c, 's>,
    pub(super) policy: &'a Policy<'a, S>,
    pub(super) issuer: &'a Issuer<S>,
    /// What the host saw of the sender.
    pub(super) presented: &'c Presented<'c>,
    pub(super) proofs: Option<Proofs<'a>>,
    pub(super) clock: Clock,
    pub(super) revocation_status: RevocationStatus<'a>,
    /// Read once, though several rules ask for them.
    scopes: Result<Scopes<'s>, Denied>,
    /// Likewise.
    purpose: Result<Option<Purpose<'s>>, Denied>,
}

impl<'c, 'a, 's, S: AsRef<str>> Case<'c, 'a, 's, S> {
    pub(super) fn new(
        token: &'c Authentic<'c, 's>,
        validator: Validator<'a, S>,
        issuer: &'a Issuer<S>,
        presented: &'c Presented<'c>,
        now: Now,
    ) -> Self {
        let Validator { policy, revocation_status, proofs, .. } = validator;
        let clock = Clock { now, floor: policy.clock_floor, leeway: policy.leeway };
        let scopes = read_scopes(&token.reading.claims, &issuer.profile);
        let purpose = match &policy.purpose {
            None => Ok(None),
            Some(demand) => demand.read(&token.reading.claims, &scopes),
        };
        Self { token, policy, issuer, presented, proofs, clock, revocation_status, scopes, purpose }
    }

    pub(super) fn claims(&self) -> &'c Claims<&'s str> {
        &self.token.reading.claims
    }

    /// The claimed issuer is the one that the key belongs to.
    pub(super) fn issuer(&self) -> Result<(), Denied> {
        let claimed = self.claims().issuer.ok_or(Denied::IssuerMissing)?;
        require(self.token.key.serves(claimed), Denied::IssuerMismatch)
    }

    /// The header's `typ` is one of the issuer's access tokens.
    pub(super) fn token_type(&self) -> Result<(), Denied> {
        require(self.issuer.accepts_type(self.token.reading.jws.header.typ), Denied::WrongType)
    }

    /// The claims are not those of an ID token, a logout token, a refresh token.
    pub(super) fn kind(&self) -> Result<(), Denied> {
        require(self.issuer.accepts_kind(self.claims()), Denied::WrongKind)
    }

    /// The host's time, if it may be believed.
    pub(super) fn time(&self) -> Result<UnixSeconds, Denied> {
        self.clock.time()
    }

    /// `now` is before `exp`, leeway included.
    pub(super) fn expiry(&self) -> Result<(), Denied> {
        let expires = self.claims().expires.ok_or(Denied::ExpirationMissing)?;
        require(self.clock.is_before(expires)?, Denied::Expired)
    }

    /// `now` is not before `nbf`, leeway included.
    pub(super) fn not_before(&self) -> Result<(), Denied> {
        let Some(not_before) = self.claims().not_before else { return Ok(()) };
        require(self.clock.has_come(not_before)?, Denied::NotYetValid)
    }

    /// `iat` is there where it is needed, not in the future, and before `exp`.
    pub(super) fn issued_at(&self) -> Result<(), Denied> {
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
    pub(super) fn lifetime(&self) -> Result<(), Denied> {
        match (self.policy.max_lifetime, self.claims().issued_at, self.claims().expires) {
            (Within::Seconds(most), Some(issued_at), Some(expires)) => {
                require(expires.since(issued_at) <= i64::from(most), Denied::LifetimeTooLong)
            }
            _ => Ok(()),
        }
    }

    /// `iat` is not too long ago.
    pub(super) fn age(&self) -> Result<(), Denied> {
        match (self.policy.max_age, self.claims().issued_at) {
            (Within::Seconds(most), Some(issued_at)) => {
                require(self.clock.is_within(most, issued_at)?, Denied::TooOld)
            }
            _ => Ok(()),
        }
    }

    /// One of the token's audiences is one of the product's, exactly; or the client tells whom the token is for.
    pub(super) fn audience(&self) -> Result<(), Denied> {
        let AudienceRule::OneOf(own) = self.policy.audience else { return Ok(()) };
        let audience = self.claims().audience.as_ref().ok_or(Denied::AudienceMissing)?;
        require(audience.is_any_of(own), Denied::WrongAudience)
    }

    pub(super) fn subject(&self) -> Result<(), Denied> {
        let needed = self.issuer.profile.requires(Required::Subject);
        require(!needed || self.claims().subject.is_some(), Denied::SubjectMissing)
    }

    pub(super) fn token_id(&self) -> Result<(), Denied> {
        let needed = self.issuer.profile.requires(Required::TokenId);
        require(!needed || self.claims().token_id.is_some(), Denied::TokenIdMissing)
    }

    pub(super) fn required_claims(&self) -> Result<(), Denied> {
        let all_there = coverage::has_all(self.claims().object(), self.policy.required);
        require(all_there, Denied::RequiredClaimMissing)
    }

    /// The client that the issuer's profile reads.
    pub(super) fn client_id(&self) -> Option<&'s str> {
        self.issuer.profile.clients.read(&self.claims().clients)
    }

    fn all_clients(&self) -> impl Iterator<Item = &'s str> {
        let clients = self.claims().clients;
        [clients.client_id, clients.azp, clients.cid, clients.appid].into_iter().flatten()
    }

    /// There is a client where one is needed, and all claims that name one agree.
    pub(super) fn client(&self) -> Result<(), Denied> {
        let mut all = self.all_clients();
        if let Some(first) = all.next() {
            require(all.all(|other| other == first), Denied::ClientsDisagree)?;
        }
        let needed = self.issuer.profile.requires(Required::Client)
            || matches!(self.policy.clients, ClientRule::OneOf(_));
        require(!needed || self.client_id().is_some(), Denied::ClientMissing)
    }

    /// None of the claims that name a client names a blocked one.
    pub(super) fn client_not_blocked(&self) -> Result<(), Denied> {
        let blocked =
            self.all_clients().any(|client| self.policy.blocked.iter().any(|own| own.as_ref() == client));
        require(!blocked, Denied::ClientBlocked)
    }

    pub(super) fn client_allowed(&self) -> Result<(), Denied> {
        match self.policy.clients {
            ClientRule::AnyClient => Ok(()),
            ClientRule::OneOf(_) => require(self.listed_client().is_some(), Denied::ClientNotAllowed),
        }
    }

    pub(super) fn listed_client(&self) -> Option<&'a Client<S>> {
        let ClientRule::OneOf(list) = self.policy.clients else { return None };
        let client = self.client_id()?;
        list.iter().find(|own| own.id.as_ref() == client)
    }

    pub(super) fn has_user(&self) -> bool {
        self.issuer.profile.user.finds_user(self.claims(), self.client_id())
    }

    pub(super) fn legs(&self) -> Result<(), Denied> {
        match self.policy.legs {
            Legs::Either => Ok(()),
            Legs::Three => require(self.has_user(), Denied::UserRequired),
            Legs::Two => require(!self.has_user(), Denied::UserNotAllowed),
        }
    }

    /// RFC 9470, section 5.
    pub(super) fn authentication_class(&self) -> Result<(), Denied> {
        let classes = self.policy.step_up.classes;
        let strong = self.claims().acr.is_some_and(|acr| classes.iter().any(|own| own.as_ref() == acr));
        require(classes.is_empty() || strong, Denied::AuthenticationTooWeak)
    }

    /// RFC 9470, section 5. Without `auth_time` nobody knows.
    pub(super) fn authentication_age(&self) -> Result<(), Denied> {
        let Some(most) = self.policy.step_up.max_age else { return Ok(()) };
        let since = self.claims().auth_time.ok_or(Denied::AuthenticationTooOld)?;
        require(self.clock.has_come(since)?, Denied::AuthenticationInFuture)?;
        require(self.clock.is_within(most, since)?, Denied::AuthenticationTooOld)
    }

    /// The token's scopes, from the one claim that the issuer's profile reads.
    pub(super) fn scopes(&self) -> Result<&Scopes<'s>, Denied> {
        self.scopes.as_ref().map_err(|denied| *denied)
    }

    /// All scopes of one alternative are there.
    pub(super) fn scope(&self) -> Result<(), Denied> {
        let ScopeRule::AnyOf(alternatives) = self.policy.scopes else { return self.scopes().map(|_| ()) };
        let scopes = self.scopes()?;
        // In the older form of CAMARA's purpose, what stands behind `#` is the scope.
        let target = self.purpose()?.and_then(|purpose| purpose.target());
        require(coverage::covers(alternatives, scopes, target), Denied::ScopeMissing)
    }

    /// The one purpose of the token, where the policy asks for one and the token has one.
    pub(super) fn purpose(&self) -> Result<Option<Purpose<'s>>, Denied> {
        self.purpose
    }

    /// Exactly one purpose, and one that covers the product.
    pub(super) fn purpose_allowed(&self) -> Result<(), Denied> {
        let Some(demand) = &self.policy.purpose else { return Ok(()) };
        let purpose = self.purpose()?.ok_or(Denied::PurposeMissing)?;
        require(demand.names.iter().any(|own| own.as_ref() == purpose.name()), Denied::PurposeNotAllowed)
    }
}

fn read_scopes<'s>(claims: &Claims<&'s str>, profile: &Profile) -> Result<Scopes<'s>, Denied> {
    let Some(value) = profile.scopes.read(&claims.scopes) else { return Ok(Scopes::NONE) };
    match (value, profile.form) {
        (ScopeValue::List(_), ScopeForm::String) | (ScopeValue::Words(_), ScopeForm::Array) => {
            Err(Denied::ClaimWrongType)
        }
        _ => Scopes::read(value),
    }
}

pub(super) fn require(holds: bool, otherwise: Denied) -> Result<(), Denied> {
    if holds { Ok(()) } else { Err(otherwise) }
}
