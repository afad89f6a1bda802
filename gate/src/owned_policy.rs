//! What one product demands of a token, in lists of its own.

use crate::{OwnedDpopRule, Setting};
use jotgate_core::{
    ClaimRule, Client, ClientRule, DEFAULT_CLOCK_FLOOR, DEFAULT_LEEWAY, Dialect, IntrospectionRule, Issuer,
    Legs, Policy, PolicyError, PurposeForm, PurposeRule, RevocationRule, ScopeRule, SenderBinding,
    StatusListRule, StepUp, UnixSeconds, Within, limits::MAX_TOKEN_LEN,
};

/// For whom a token must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// `aud` must name one of these.
    OneOf(Vec<String>),
    /// One of the product's clients, whatever `aud` says ([`Policy::by_client`]).
    ByClient,
}

/// What a product demands, in owned lists.
#[derive(Clone, Debug)]
pub struct OwnedPolicy {
    /// Issuers that are accepted.
    pub issuers: Vec<Issuer<String>>,
    /// For whom the token must be.
    pub audience: Audience,
    /// Alternatives, each of scopes separated by spaces; `None` demands none.
    pub scopes: Option<Vec<String>>,
    /// Purposes, one of which the token must name, and how tokens write it.
    pub purposes: Option<(Vec<String>, PurposeForm)>,
    /// Clients that may use the product; `None` for all, but not by client.
    pub clients: Option<Vec<Client<String>>>,
    /// Clients that may not; empty blocks none.
    pub blocked_clients: Vec<String>,
    /// For whom the token must stand.
    pub legs: Legs,
    /// Values of `acr`, one of which the token must have; empty demands none.
    pub acr_values: Vec<String>,
    /// Seconds since the user authenticated, at most.
    pub max_authentication_age: Option<u32>,
    /// Tolerance for clocks that differ, seconds.
    pub leeway: u32,
    /// Seconds from `iat` to `exp`, at most.
    pub max_lifetime: Option<u32>,
    /// Seconds since `iat`, at most.
    pub max_age: Option<u32>,
    /// Claims that must be there besides; empty demands none.
    pub required_claims: Vec<String>,
    /// What claims must say; empty demands nothing.
    pub claims: Vec<ClaimRule<String>>,
    /// The earliest time that is believed.
    pub clock_floor: UnixSeconds,
    /// Named in challenges.
    pub realm: Option<String>,
    /// The address of the resource's metadata, named in challenges.
    pub resource_metadata: Option<String>,
    /// How refusals are answered.
    pub dialect: Dialect,
    /// Longest token, bytes.
    pub max_token_len: usize,
    /// Whether tokens are looked up in a revocation list.
    pub revocation: RevocationRule,
    /// Whether the status that tokens refer to is looked up.
    pub status_list: StatusListRule,
    /// Whether the authorization server is asked about each token.
    pub introspection: IntrospectionRule,
    /// Whether tokens must be bound to their sender.
    pub sender_binding: SenderBinding,
    /// How DPoP proofs must look; `None` takes none.
    pub dpop: Option<OwnedDpopRule>,
}

impl OwnedPolicy {
    /// Tokens of these issuers for these audiences; strict defaults for everything else, no scope demanded,
    /// and nothing asked about what was revoked.
    #[must_use]
    pub fn new(issuers: Vec<Issuer<String>>, audiences: Vec<String>) -> Self {
        Self {
            issuers,
            audience: Audience::OneOf(audiences),
            scopes: None,
            purposes: None,
            clients: None,
            blocked_clients: Vec::new(),
            legs: Legs::Either,
            acr_values: Vec::new(),
            max_authentication_age: None,
            leeway: DEFAULT_LEEWAY,
            max_lifetime: None,
            max_age: None,
            required_claims: Vec::new(),
            claims: Vec::new(),
            clock_floor: DEFAULT_CLOCK_FLOOR,
            realm: None,
            resource_metadata: None,
            dialect: Dialect::Rfc,
            max_token_len: MAX_TOKEN_LEN,
            revocation: RevocationRule::NotChecked,
            status_list: StatusListRule::NotChecked,
            introspection: IntrospectionRule::NotAsked,
            sender_binding: SenderBinding::AsTheTokenSays,
            dpop: None,
        }
    }

    /// The policy that borrows these lists: a few words are copied, so that it may be made for each request.
    ///
    /// # Errors
    /// The setting that is wrong, and what is wrong with it.
    pub fn as_policy(&self) -> Result<Policy<'_, String>, (Setting, PolicyError)> {
        let at = |setting: Setting| move |error| (setting, error);
        let within = |seconds: Option<u32>| seconds.map_or(Within::Unbounded, Within::Seconds);
        let mut policy = self.base(ScopeRule::NotChecked).map_err(|error| match error {
            PolicyError::IssuerTwice | PolicyError::TooManyTables => (Setting::Issuers, error),
            _ => (Setting::Audience, error),
        })?;
        if let Some(alternatives) = &self.scopes {
            policy = self.base(ScopeRule::AnyOf(alternatives)).map_err(at(Setting::Scopes))?;
        }
        if let Some((names, form)) = &self.purposes {
            policy = policy.with_purpose(PurposeRule::OneOf(names, *form)).map_err(at(Setting::Purposes))?;
        }
        if let Some(clients) = &self.clients {
            policy = policy.with_clients(ClientRule::OneOf(clients)).map_err(at(Setting::Clients))?;
        }
        if !self.blocked_clients.is_empty() {
            policy =
                policy.with_blocked_clients(&self.blocked_clients).map_err(at(Setting::BlockedClients))?;
        }
        if !self.required_claims.is_empty() {
            policy =
                policy.with_required_claims(&self.required_claims).map_err(at(Setting::RequiredClaims))?;
        }
        if !self.claims.is_empty() {
            policy = policy.with_claim_rules(&self.claims).map_err(at(Setting::Claims))?;
        }
        let mut step_up = StepUp::NOT_REQUIRED;
        if !self.acr_values.is_empty() {
            step_up = StepUp::classes(&self.acr_values).map_err(at(Setting::AcrValues))?;
        }
        if let Some(seconds) = self.max_authentication_age {
            step_up = step_up.with_max_age(seconds);
        }
        if let Some(realm) = &self.realm {
            policy = policy.with_realm(realm).map_err(at(Setting::Realm))?;
        }
        if let Some(url) = &self.resource_metadata {
            policy = policy.with_resource_metadata(url).map_err(at(Setting::ResourceMetadata))?;
        }
        if let Some(dpop) = &self.dpop {
            policy = policy.with_dpop(dpop.rule()?);
        }
        policy
            .with_revocation(self.revocation)
            .with_status_list(self.status_list)
            .with_introspection(self.introspection)
            .with_sender_binding(self.sender_binding)
            .map_err(at(Setting::SenderBinding))?
            .with_legs(self.legs)
            .with_step_up(step_up)
            .with_clock_floor(self.clock_floor)
            .with_dialect(self.dialect)
            .with_leeway(self.leeway)
            .map_err(at(Setting::Leeway))?
            .with_max_lifetime(within(self.max_lifetime))
            .map_err(at(Setting::MaxLifetime))?
            .with_max_age(within(self.max_age))
            .map_err(at(Setting::MaxAge))?
            .with_max_token_len(self.max_token_len)
            .map_err(at(Setting::MaxTokenLen))
    }

    /// The policy before everything that has a default.
    fn base<'d>(&'d self, scopes: ScopeRule<'d, String>) -> Result<Policy<'d, String>, PolicyError> {
        match (&self.audience, &self.clients) {
            (Audience::OneOf(names), _) => Policy::new(&self.issuers, names, scopes),
            (Audience::ByClient, Some(clients)) => Policy::by_client(&self.issuers, clients, scopes),
            (Audience::ByClient, None) => Err(PolicyError::ClientsNotListed),
        }
    }
}
