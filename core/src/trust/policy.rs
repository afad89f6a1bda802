//! What one product demands of a token.

mod rules;

use super::{
    claim_rule::ClaimDemand,
    dpop::{DpopRule, SenderBinding},
    issuer::Issuer,
    names::not_empty,
    profile::Required,
    purpose_rule::PurposeDemand,
    revocation_status::{IntrospectionRule, RevocationRule},
    status_rule::StatusDemand,
};
use crate::{
    PolicyError, UnixSeconds,
    ground::words::Words,
    limits::{MAX_ALTERNATIVE_SCOPES, MAX_TABLES, MAX_TOKEN_LEN},
    meaning::{
        claim_set::{ClaimSet, OptionalClaim},
        scope::is_scope_token,
    },
};

/// What a token must cover.
#[derive(Clone, Copy, Debug)]
pub enum ScopeRule<'p, S> {
    /// Any token of the issuers and the audience will do.
    NotChecked,
    /// All scopes of one of these alternatives; each is a list of scopes separated by spaces.
    AnyOf(&'p [S]),
}

/// For whom a token must be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum AudienceRule<'p, S> {
    /// `aud` must name one of these.
    OneOf(&'p [S]),
    /// One of the product's clients: `aud` is not looked at.
    ByClient,
}

/// Which clients may use a product.
#[derive(Clone, Copy, Debug)]
pub enum ClientRule<'p, S> {
    /// Every client that the issuers give a token to.
    AnyClient,
    /// These clients only.
    OneOf(&'p [Client<S>]),
}

/// A client, and the group (partner tier) that it is served as. Lies in memory as a C structure does, so that lists of
/// the C ABI need no copy.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Client<S> {
    /// The exact client id.
    pub id: S,
    /// The group's name, which the grant repeats.
    pub group: S,
}

/// For whom a token must stand (RFC 9068, section 2.2: subject and client; CAMARA: 2-legged and 3-legged).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Legs {
    /// A user or the client alone.
    Either,
    /// The client alone.
    Two,
    /// A user: personal data with a right to refuse.
    Three,
}

/// How well and how recently the user must have authenticated (RFC 9470).
#[derive(Clone, Copy, Debug)]
pub struct StepUp<'p, S> {
    pub(crate) classes: &'p [S],
    pub(crate) max_age: Option<u32>,
}

impl<'p, S> StepUp<'p, S> {
    /// Nothing is demanded.
    pub const NOT_REQUIRED: Self = Self { classes: &[], max_age: None };

    /// One of these values of `acr`.
    ///
    /// # Errors
    /// [`PolicyError::EmptyList`], [`PolicyError::EmptyName`], [`PolicyError::ClassMalformed`].
    pub fn classes(classes: &'p [S]) -> Result<Self, PolicyError>
    where
        S: AsRef<str>,
    {
        not_empty(classes)?;
        // They stand in a challenge, with spaces between them (RFC 9470, section 3).
        if !classes.iter().all(|class| is_scope_token(class.as_ref())) {
            return Err(PolicyError::ClassMalformed);
        }
        Ok(Self { classes, max_age: None })
    }

    /// Besides, an authentication at most so many seconds ago, and none in the future (`auth_time`).
    #[must_use]
    pub fn with_max_age(mut self, seconds: u32) -> Self {
        self.max_age = Some(seconds);
        self
    }
}

/// A bound in seconds that a policy sets or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// So many seconds at most.
    Seconds(u32),
    /// No bound.
    Unbounded,
}

/// How refusals are answered where RFC 6750 and CAMARA differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// RFC 6750: a malformed request is 400.
    Rfc,
    /// CAMARA: whatever is wrong with the credentials is 401.
    Camara,
}

/// Tolerance for clocks that differ, seconds.
pub const DEFAULT_LEEWAY: u32 = 60;

/// Largest tolerance, seconds. RFC 9068, section 4: no more than a few minutes.
pub const MAX_LEEWAY: u32 = 300;

/// The earliest time that is believed unless the policy names a later one: 1971-01-01. A board without a
/// clock starts in 1970.
pub const DEFAULT_CLOCK_FLOOR: UnixSeconds = UnixSeconds(31_536_000);

/// What one product demands. Borrows its lists; `S` is the host's kind of string.
#[derive(Clone, Copy, Debug)]
pub struct Policy<'p, S = &'p str> {
    pub(crate) issuers: &'p [Issuer<S>],
    /// Several of them describe one issuer.
    pub(crate) has_twins: bool,
    pub(crate) audience: AudienceRule<'p, S>,
    pub(crate) scopes: ScopeRule<'p, S>,
    pub(crate) purpose: Option<PurposeDemand<'p, S>>,
    pub(crate) clients: ClientRule<'p, S>,
    pub(crate) blocked: &'p [S],
    pub(crate) legs: Legs,
    pub(crate) step_up: StepUp<'p, S>,
    pub(crate) leeway: u32,
    pub(crate) max_lifetime: Within,
    pub(crate) max_age: Within,
    pub(crate) required: &'p [S],
    pub(crate) claims: Option<ClaimDemand<'p, S>>,
    pub(crate) clock_floor: UnixSeconds,
    pub(crate) realm: Option<&'p str>,
    pub(crate) resource_metadata: Option<&'p str>,
    pub(crate) dialect: Dialect,
    pub(crate) max_token_len: usize,
    pub(crate) revocation: RevocationRule,
    pub(crate) status_list: Option<StatusDemand>,
    pub(crate) introspection: IntrospectionRule,
    pub(crate) binding: SenderBinding,
    pub(crate) dpop: Option<DpopRule<'p>>,
}

impl<'p, S: AsRef<str>> Policy<'p, S> {
    /// Tokens of one of `issuers`, for one of `audiences`, that satisfy `scopes`. An issuer may be described several times,
    /// each time with a section of keys of its own: the first description whose key, `typ`, kind and claim of scopes fit a
    /// token judges it, and its denial is final. Everything else has a strict default, except that nothing is asked about what
    /// was revoked: a token is good until it expires.
    ///
    /// # Errors
    /// An empty list or name, an issuer that stands there twice with one section or more than four times, a scope that is
    /// none, or
    /// [`PolicyError::AudienceNotRequired`] when the tokens of an issuer need not have an audience.
    pub fn new(
        issuers: &'p [Issuer<S>],
        audiences: &'p [S],
        scopes: ScopeRule<'p, S>,
    ) -> Result<Self, PolicyError> {
        not_empty(audiences)?;
        if !issuers.iter().all(|issuer| issuer.profile.requires(Required::Audience)) {
            return Err(PolicyError::AudienceNotRequired);
        }
        Self::with_audience(issuers, AudienceRule::OneOf(audiences), scopes)
    }

    /// Tokens of one of `issuers` that were given to one of `clients` and satisfy `scopes`, whatever their `aud` says: for
    /// issuers whose tokens need not have one. All claims that name the client must agree, as always. Otherwise like
    /// [`new`](Self::new).
    ///
    /// # Errors
    /// An empty list or name, a scope that is none, or [`PolicyError::KindNotMarked`] when nothing shows that the tokens of
    /// an issuer are access tokens: neither `at+jwt`, as the only value of `typ`, nor a claim that its profile asks for.
    pub fn by_client(
        issuers: &'p [Issuer<S>],
        clients: &'p [Client<S>],
        scopes: ScopeRule<'p, S>,
    ) -> Result<Self, PolicyError> {
        if !issuers.iter().all(Issuer::marks_access_tokens) {
            return Err(PolicyError::KindNotMarked);
        }
        Self::with_audience(issuers, AudienceRule::ByClient, scopes)?.with_clients(ClientRule::OneOf(clients))
    }

    fn with_audience(
        issuers: &'p [Issuer<S>],
        audience: AudienceRule<'p, S>,
        scopes: ScopeRule<'p, S>,
    ) -> Result<Self, PolicyError> {
        if issuers.is_empty() {
            return Err(PolicyError::EmptyList);
        }
        let has_twins = has_twins(issuers)?;
        if let ScopeRule::AnyOf(alternatives) = scopes {
            not_empty(alternatives)?;
            alternatives.iter().try_for_each(|alternative| check_alternative(alternative.as_ref()))?;
        }
        Ok(Self {
            issuers,
            has_twins,
            audience,
            scopes,
            purpose: None,
            clients: ClientRule::AnyClient,
            blocked: &[],
            legs: Legs::Either,
            step_up: StepUp::NOT_REQUIRED,
            leeway: DEFAULT_LEEWAY,
            max_lifetime: Within::Unbounded,
            max_age: Within::Unbounded,
            required: &[],
            claims: None,
            clock_floor: DEFAULT_CLOCK_FLOOR,
            realm: None,
            resource_metadata: None,
            dialect: Dialect::Rfc,
            max_token_len: MAX_TOKEN_LEN,
            revocation: RevocationRule::NotChecked,
            status_list: None,
            introspection: IntrospectionRule::NotAsked,
            binding: SenderBinding::AsTheTokenSays,
            dpop: None,
        })
    }

    /// The claims that the policy looks at, whatever the issuer's profile is.
    pub(crate) fn asked_for(&self) -> ClaimSet {
        // Whoever names clients, to let them in or to keep them out, means them in whatever claim they stand.
        let names_clients = !self.blocked.is_empty()
            || matches!(self.clients, ClientRule::OneOf(_))
            || !matches!(self.revocation, RevocationRule::NotChecked);
        let mut all = if names_clients { ClaimSet::CLIENTS } else { ClaimSet::EMPTY };
        if !self.step_up.classes.is_empty() {
            all = all.with(OptionalClaim::Acr);
        }
        if self.step_up.max_age.is_some() {
            all = all.with(OptionalClaim::AuthTime);
        }
        if self.purpose.as_ref().is_some_and(PurposeDemand::reads_claim) {
            all = all.with(OptionalClaim::Purpose);
        }
        all
    }

    /// The first issuer of this exact name.
    pub(crate) fn issuer(&self, name: &str) -> Option<&'p Issuer<S>> {
        self.issuers.iter().find(|issuer| issuer.name() == name)
    }
}

/// Whether several descriptions are of one issuer.
///
/// # Errors
/// [`PolicyError::IssuerTwice`], [`PolicyError::TooManyTables`].
fn has_twins<S: AsRef<str>>(issuers: &[Issuer<S>]) -> Result<bool, PolicyError> {
    let mut most = 0_usize;
    for (at, issuer) in issuers.iter().enumerate() {
        let before = || issuers.iter().take(at).filter(|other| other.name() == issuer.name());
        if before().any(|other| other.section() == issuer.section()) {
            return Err(PolicyError::IssuerTwice);
        }
        most = most.max(before().count());
    }
    if most >= MAX_TABLES { Err(PolicyError::TooManyTables) } else { Ok(most > 0) }
}

fn check_alternative(alternative: &str) -> Result<(), PolicyError> {
    match Words::of(alternative).count() {
        0 => Err(PolicyError::ScopeMalformed),
        count if count > MAX_ALTERNATIVE_SCOPES => Err(PolicyError::TooManyScopes),
        _ if Words::of(alternative).all(is_scope_token) => Ok(()),
        _ => Err(PolicyError::ScopeMalformed),
    }
}
