//! The rules that a policy may have besides issuers, audiences and scopes.

use super::{AudienceRule, ClientRule, Dialect, Legs, MAX_LEEWAY, Policy, StepUp, Within};
use crate::{
    PolicyError, UnixSeconds,
    limits::MAX_TOKEN_LEN_RAISED,
    trust::{
        claim_rule::{ClaimDemand, ClaimRule},
        dpop::{DpopRule, SenderBinding},
        names::not_empty,
        purpose_rule::{PurposeDemand, PurposeRule},
        revocation_status::{IntrospectionRule, RevocationRule, StatusListRule},
        status_rule::StatusDemand,
    },
};

impl<'p, S: AsRef<str>> Policy<'p, S> {
    /// Demands a purpose.
    ///
    /// # Errors
    /// [`PolicyError::EmptyList`], [`PolicyError::EmptyName`], [`PolicyError::PurposeMalformed`].
    pub fn with_purpose(mut self, purpose: PurposeRule<'p, S>) -> Result<Self, PolicyError> {
        self.purpose = PurposeDemand::of(purpose)?;
        Ok(self)
    }

    /// Serves these clients only. Of two with the same id, the first counts.
    ///
    /// # Errors
    /// [`PolicyError::EmptyList`], [`PolicyError::EmptyName`]; [`PolicyError::ClientsNotListed`] for any client of a policy
    /// [by client](Self::by_client).
    pub fn with_clients(mut self, clients: ClientRule<'p, S>) -> Result<Self, PolicyError> {
        match clients {
            ClientRule::OneOf([]) => return Err(PolicyError::EmptyList),
            ClientRule::OneOf(list) if list.iter().any(|client| client.id.as_ref().is_empty()) => {
                return Err(PolicyError::EmptyName);
            }
            ClientRule::AnyClient if matches!(self.audience, AudienceRule::ByClient) => {
                return Err(PolicyError::ClientsNotListed);
            }
            ClientRule::OneOf(_) | ClientRule::AnyClient => {}
        }
        self.clients = clients;
        Ok(self)
    }

    /// Refuses tokens that name one of these clients in any claim that names clients.
    ///
    /// # Errors
    /// [`PolicyError::EmptyList`], [`PolicyError::EmptyName`].
    pub fn with_blocked_clients(mut self, blocked: &'p [S]) -> Result<Self, PolicyError> {
        not_empty(blocked)?;
        self.blocked = blocked;
        Ok(self)
    }

    /// Demands a user, or that there is none.
    #[must_use]
    pub fn with_legs(mut self, legs: Legs) -> Self {
        self.legs = legs;
        self
    }

    /// Demands a class or an age of the user's authentication.
    #[must_use]
    pub fn with_step_up(mut self, step_up: StepUp<'p, S>) -> Self {
        self.step_up = step_up;
        self
    }

    /// Tolerates clocks that differ by so many seconds.
    ///
    /// # Errors
    /// [`PolicyError::SecondsOutOfRange`] beyond [`MAX_LEEWAY`].
    pub fn with_leeway(mut self, seconds: u32) -> Result<Self, PolicyError> {
        if seconds > MAX_LEEWAY {
            return Err(PolicyError::SecondsOutOfRange);
        }
        self.leeway = seconds;
        Ok(self)
    }

    /// Refuses tokens that live longer from `iat` to `exp`; `iat` is then required.
    ///
    /// # Errors
    /// [`PolicyError::SecondsOutOfRange`] for zero.
    pub fn with_max_lifetime(mut self, within: Within) -> Result<Self, PolicyError> {
        self.max_lifetime = not_zero(within)?;
        Ok(self)
    }

    /// Refuses tokens that were issued longer ago; `iat` is then required.
    ///
    /// # Errors
    /// [`PolicyError::SecondsOutOfRange`] for zero.
    pub fn with_max_age(mut self, within: Within) -> Result<Self, PolicyError> {
        self.max_age = not_zero(within)?;
        Ok(self)
    }

    /// Demands that these claims are there, whatever they say; `null` is as good as not there.
    ///
    /// # Errors
    /// [`PolicyError::EmptyList`], [`PolicyError::EmptyName`].
    pub fn with_required_claims(mut self, names: &'p [S]) -> Result<Self, PolicyError> {
        not_empty(names)?;
        self.required = names;
        Ok(self)
    }

    /// Demands that claims pass all of these rules, as they were signed: introspection changes no claim.
    ///
    /// # Errors
    /// [`PolicyError::EmptyList`], [`PolicyError::TooManyClaimRules`].
    pub fn with_claim_rules(mut self, rules: &'p [ClaimRule<S>]) -> Result<Self, PolicyError> {
        self.claims = Some(ClaimDemand::of(rules)?);
        Ok(self)
    }

    /// Believes no time before `floor`: the firmware's build time, for example.
    #[must_use]
    pub fn with_clock_floor(mut self, floor: UnixSeconds) -> Self {
        self.clock_floor = floor;
        self
    }

    /// Names the realm in challenges.
    ///
    /// # Errors
    /// [`PolicyError::EmptyName`]; [`PolicyError::RealmMalformed`] for quotes, backslashes and all but printable ASCII.
    pub fn with_realm(mut self, realm: &'p str) -> Result<Self, PolicyError> {
        if realm.is_empty() {
            return Err(PolicyError::EmptyName);
        }
        if !realm.bytes().all(|byte| matches!(byte, 0x20..=0x21 | 0x23..=0x5b | 0x5d..=0x7e)) {
            return Err(PolicyError::RealmMalformed);
        }
        self.realm = Some(realm);
        Ok(self)
    }

    /// Names the address of the protected resource's metadata in challenges (RFC 9728, section 5.1).
    ///
    /// # Errors
    /// [`PolicyError::MetadataMalformed`] unless it begins with `https://` and a host, without fragment, quotes, backslashes
    /// and all but visible ASCII.
    pub fn with_resource_metadata(mut self, url: &'p str) -> Result<Self, PolicyError> {
        let visible = url.bytes().all(|byte| matches!(byte, 0x21 | 0x24..=0x5b | 0x5d..=0x7e));
        let host = url
            .strip_prefix("https://")
            .filter(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', ':', '@']));
        if !visible || host.is_none() {
            return Err(PolicyError::MetadataMalformed);
        }
        self.resource_metadata = Some(url);
        Ok(self)
    }

    /// Answers in this dialect.
    #[must_use]
    pub fn with_dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = dialect;
        self
    }

    /// Accepts tokens up to so many bytes, instead of 8 KiB.
    ///
    /// # Errors
    /// [`PolicyError::TokenLenOutOfRange`] for zero or more than 16 KiB.
    pub fn with_max_token_len(mut self, len: usize) -> Result<Self, PolicyError> {
        if len == 0 || len > MAX_TOKEN_LEN_RAISED {
            return Err(PolicyError::TokenLenOutOfRange);
        }
        self.max_token_len = len;
        Ok(self)
    }

    /// Takes DPoP proofs that look like this. Without it a token that is bound to a key is refused.
    #[must_use]
    pub fn with_dpop(mut self, rule: DpopRule<'p>) -> Self {
        self.dpop = Some(rule);
        self
    }

    /// Demands that tokens are bound to their sender. To be said after [`with_dpop`](Self::with_dpop).
    ///
    /// # Errors
    /// [`PolicyError::DpopRuleMissing`] when a key may be demanded and no rule for proofs was given.
    pub fn with_sender_binding(mut self, binding: SenderBinding) -> Result<Self, PolicyError> {
        if matches!(binding, SenderBinding::Dpop | SenderBinding::Either) && self.dpop.is_none() {
            return Err(PolicyError::DpopRuleMissing);
        }
        self.binding = binding;
        Ok(self)
    }

    /// Looks tokens up in a revocation list, or says that it is not done, as without this call.
    #[must_use]
    pub fn with_revocation(mut self, rule: RevocationRule) -> Self {
        self.revocation = rule;
        self
    }

    /// Looks up the status that tokens refer to.
    #[must_use]
    pub fn with_status_list(mut self, rule: StatusListRule) -> Self {
        self.status_list = StatusDemand::of(rule);
        self
    }

    /// Has the authorization server asked about each token that is good otherwise.
    #[must_use]
    pub fn with_introspection(mut self, rule: IntrospectionRule) -> Self {
        self.introspection = rule;
        self
    }
}

fn not_zero(within: Within) -> Result<Within, PolicyError> {
    if within == Within::Seconds(0) { Err(PolicyError::SecondsOutOfRange) } else { Ok(within) }
}
