//! How the access tokens of a kind of issuer look: RFC 9068, or what real providers send instead.

use crate::meaning::{
    claim_set::{ClaimSet, OptionalClaim},
    claims::{Claims, Clients, ScopeClaims},
    media_type,
    scope::ScopeValue,
};

/// How an issuer's access tokens are told from its other tokens, and where they say what.
///
/// The constants are the providers' defaults. Where a provider signs all kinds of tokens alike, claims must
/// tell them apart; what each profile relies on stands beside it.
#[derive(Clone, Copy, Debug)]
pub struct Profile {
    pub(crate) types: &'static [TokenType],
    pub(crate) clients: ClientClaims,
    pub(crate) scopes: ScopeClaim,
    pub(crate) form: ScopeForm,
    pub(crate) required: RequiredSet,
    pub(crate) kind: KindRule,
    pub(crate) user: UserRule,
}

/// A value of the header's `typ` that an issuer's access tokens may have.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TokenType {
    Named(&'static str),
    Absent,
}

/// A claim in which providers name the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientClaim {
    /// RFC 9068, and most providers.
    ClientId,
    /// "Authorized party": Keycloak, Auth0, Microsoft Entra v2.
    Azp,
    /// Okta.
    Cid,
    /// Microsoft Entra v1.
    Appid,
}

/// Which claims may name the client. Claims that are present must agree, whether they are among these or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientClaims([Option<ClientClaim>; 4]);

impl ClientClaims {
    /// The first claim of these that a token has names its client.
    #[must_use]
    pub const fn new(
        first: ClientClaim,
        second: Option<ClientClaim>,
        third: Option<ClientClaim>,
        fourth: Option<ClientClaim>,
    ) -> Self {
        Self([Some(first), second, third, fourth])
    }

    /// The claims that are read.
    fn asked_for(self) -> ClaimSet {
        self.0.into_iter().flatten().fold(ClaimSet::EMPTY, |all, claim| {
            all.with(match claim {
                ClientClaim::ClientId => OptionalClaim::ClientId,
                ClientClaim::Azp => OptionalClaim::Azp,
                ClientClaim::Cid => OptionalClaim::Cid,
                ClientClaim::Appid => OptionalClaim::Appid,
            })
        })
    }

    pub(crate) fn read<'s>(&self, clients: &Clients<&'s str>) -> Option<&'s str> {
        self.0.iter().flatten().find_map(|claim| match claim {
            ClientClaim::ClientId => clients.client_id,
            ClientClaim::Azp => clients.azp,
            ClientClaim::Cid => clients.cid,
            ClientClaim::Appid => clients.appid,
        })
    }
}

/// The one claim that says what a token covers. Never several: a token with two would gain rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeClaim {
    /// RFC 9068, and most providers.
    Scope,
    /// Okta, Microsoft Entra, Ory Hydra.
    Scp,
    /// Microsoft Entra for applications; SCIM roles.
    Roles,
    /// Auth0 with role-based access control.
    Permissions,
}

impl ScopeClaim {
    pub(crate) fn read<'s>(self, claims: &ScopeClaims<&'s str>) -> Option<ScopeValue<&'s str>> {
        match self {
            Self::Scope => claims.scope,
            Self::Scp => claims.scp,
            Self::Roles => claims.roles,
            Self::Permissions => claims.permissions,
        }
    }
}

/// How the scopes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeForm {
    /// A string, words separated by spaces.
    String,
    /// An array of strings.
    Array,
    /// Either: Spring Authorization Server, Duende, ForgeRock write arrays, or did.
    Either,
}

/// A claim that every access token of the profile has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Required {
    Audience,
    Subject,
    Client,
    IssuedAt,
    TokenId,
}

/// A set of claims: one bit for each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequiredSet(u8);

impl RequiredSet {
    const fn of(claims: &[Required]) -> Self {
        let mut bits = 0;
        let mut rest = claims;
        while let [first, others @ ..] = rest {
            bits |= first.bit();
            rest = others;
        }
        Self(bits)
    }

    fn contains(self, claim: Required) -> bool {
        self.0 & claim.bit() != 0
    }
}

impl Required {
    const fn bit(self) -> u8 {
        match self {
            Self::Audience => 1,
            Self::Subject => 2,
            Self::Client => 4,
            Self::IssuedAt => 8,
            Self::TokenId => 16,
        }
    }
}

/// Claims of other kinds of tokens that an issuer writes into its access tokens as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tolerated {
    /// None.
    Nothing,
    /// `nonce`: Keycloak before version 25.
    Nonce,
}

/// Which claims show that a token is an access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KindRule {
    /// `typ` alone tells, where no other value of it is accepted than that of access tokens; else the next rule.
    TypeTells,
    /// None of the claims that only other kinds of tokens have; no session without a scope.
    NoForeignClaims,
    /// As before, and the claim `typ` is `Bearer`, or `DPoP` for a bound token.
    KeycloakTyp,
    /// As before, and `token_use` is `access`.
    CognitoTokenUse,
}

/// How a token that stands for a user is told from one that stands for the client alone. No standard claim
/// says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UserRule {
    /// There is a subject and it is not the client (RFC 9068, section 2.2).
    SubjectIsNotClient,
    /// As before; a client's own subject ends in `@clients`.
    Auth0Suffix,
    /// Service accounts have a subject of their own, but only their tokens have `client_id`.
    KeycloakNoClientId,
    /// Only delegated tokens have `scp`.
    EntraScp,
}

impl Profile {
    /// RFC 9068 as it stands: `typ` is `at+jwt`; `aud`, `sub`, `client_id`, `iat` and `jti` are required.
    pub const RFC9068: Self = Self {
        types: &[TokenType::Named("at+jwt")],
        clients: ClientClaims::new(ClientClaim::ClientId, None, None, None),
        scopes: ScopeClaim::Scope,
        form: ScopeForm::String,
        required: RequiredSet::of(&[
            Required::Audience,
            Required::Subject,
            Required::Client,
            Required::IssuedAt,
            Required::TokenId,
        ]),
        kind: KindRule::TypeTells,
        user: UserRule::SubjectIsNotClient,
    };

    /// Keycloak: one `typ` for all kinds of tokens unless the client switches `at+jwt` on; the claim `typ`
    /// tells them apart. The subject may be missing.
    pub const KEYCLOAK: Self = Self {
        types: &[TokenType::Named("JWT"), TokenType::Named("at+jwt")],
        clients: ClientClaims::new(ClientClaim::Azp, Some(ClientClaim::ClientId), None, None),
        scopes: ScopeClaim::Scope,
        form: ScopeForm::String,
        required: RequiredSet::of(&[Required::Audience, Required::Client, Required::IssuedAt]),
        kind: KindRule::KeycloakTyp,
        user: UserRule::KeycloakNoClientId,
    };

    /// Auth0, both dialects of its access tokens. ID tokens have the client as audience, and `nonce`.
    pub const AUTH0: Self = Self {
        types: &[TokenType::Named("JWT"), TokenType::Named("at+jwt")],
        clients: ClientClaims::new(ClientClaim::ClientId, Some(ClientClaim::Azp), None, None),
        scopes: ScopeClaim::Scope,
        form: ScopeForm::String,
        required: RequiredSet::of(&[
            Required::Audience,
            Required::Subject,
            Required::Client,
            Required::IssuedAt,
        ]),
        kind: KindRule::NoForeignClaims,
        user: UserRule::Auth0Suffix,
    };

    /// Okta: scopes are the array `scp`, the client is `cid`, which ID tokens do not have.
    pub const OKTA: Self = Self {
        types: &[
            TokenType::Absent,
            TokenType::Named("JWT"),
            TokenType::Named("at+jwt"),
            TokenType::Named("application/okta-internal-at+jwt"),
        ],
        clients: ClientClaims::new(ClientClaim::Cid, None, None, None),
        scopes: ScopeClaim::Scp,
        form: ScopeForm::Array,
        required: RequiredSet::of(&[
            Required::Audience,
            Required::Subject,
            Required::Client,
            Required::IssuedAt,
            Required::TokenId,
        ]),
        kind: KindRule::NoForeignClaims,
        user: UserRule::SubjectIsNotClient,
    };

    /// Microsoft Entra, versions 1 and 2: scopes are the string `scp`; the client is `azp` or `appid`, which
    /// ID tokens do not have. Keys name no algorithm: the key source must.
    pub const ENTRA: Self = Self {
        types: &[TokenType::Named("JWT"), TokenType::Named("at+jwt")],
        clients: ClientClaims::new(ClientClaim::Azp, Some(ClientClaim::Appid), None, None),
        scopes: ScopeClaim::Scp,
        form: ScopeForm::String,
        required: RequiredSet::of(&[
            Required::Audience,
            Required::Subject,
            Required::Client,
            Required::IssuedAt,
        ]),
        kind: KindRule::NoForeignClaims,
        user: UserRule::EntraScp,
    };

    /// AWS Cognito: access tokens need have no audience; `token_use` tells the kinds apart, and the client says whom a
    /// token is for: [`Policy::by_client`](crate::Policy::by_client).
    pub const COGNITO: Self = Self {
        types: &[TokenType::Absent, TokenType::Named("JWT"), TokenType::Named("at+jwt")],
        clients: ClientClaims::new(ClientClaim::ClientId, None, None, None),
        scopes: ScopeClaim::Scope,
        form: ScopeForm::String,
        required: RequiredSet::of(&[Required::Subject, Required::Client, Required::IssuedAt]),
        kind: KindRule::CognitoTokenUse,
        user: UserRule::SubjectIsNotClient,
    };

    /// Any issuer of JWTs without a profile of its own: any of the usual claims for client and scope. Where
    /// an issuer writes nothing that tells its kinds of tokens apart, nothing can: a refresh token without
    /// any such claim passes if its audience does.
    pub const GENERIC_JWT: Self = Self {
        types: &[TokenType::Absent, TokenType::Named("JWT"), TokenType::Named("at+jwt")],
        clients: ClientClaims::new(
            ClientClaim::ClientId,
            Some(ClientClaim::Azp),
            Some(ClientClaim::Cid),
            Some(ClientClaim::Appid),
        ),
        scopes: ScopeClaim::Scope,
        form: ScopeForm::Either,
        required: RequiredSet::of(&[Required::Audience]),
        kind: KindRule::NoForeignClaims,
        user: UserRule::SubjectIsNotClient,
    };

    /// The names by which policies and the command line call the profiles.
    pub const PRESETS: [(&'static str, Self); 7] = [
        ("rfc9068", Self::RFC9068),
        ("keycloak", Self::KEYCLOAK),
        ("auth0", Self::AUTH0),
        ("okta", Self::OKTA),
        ("entra", Self::ENTRA),
        ("cognito", Self::COGNITO),
        ("generic-jwt", Self::GENERIC_JWT),
    ];

    /// The profile of this name.
    #[must_use]
    pub fn preset(name: &str) -> Option<Self> {
        Self::PRESETS.iter().find_map(|(own, profile)| (*own == name).then_some(*profile))
    }

    /// Reads the client from these claims instead.
    #[must_use]
    pub const fn with_client_claims(mut self, claims: ClientClaims) -> Self {
        self.clients = claims;
        self
    }

    /// Reads the scopes from this claim instead, written in this form.
    #[must_use]
    pub const fn with_scope_claim(mut self, claim: ScopeClaim, form: ScopeForm) -> Self {
        self.scopes = claim;
        self.form = form;
        self
    }

    /// The claims that the profile itself looks at.
    pub(crate) fn asked_for(&self) -> ClaimSet {
        let kind = match self.kind {
            KindRule::TypeTells | KindRule::NoForeignClaims => ClaimSet::EMPTY,
            KindRule::KeycloakTyp => ClaimSet::EMPTY.with(OptionalClaim::Typ),
            KindRule::CognitoTokenUse => ClaimSet::EMPTY.with(OptionalClaim::TokenUse),
        };
        let user = match self.user {
            UserRule::KeycloakNoClientId => ClaimSet::EMPTY.with(OptionalClaim::ClientId),
            UserRule::SubjectIsNotClient | UserRule::Auth0Suffix | UserRule::EntraScp => ClaimSet::EMPTY,
        };
        self.clients.asked_for().and(kind).and(user)
    }

    pub(crate) fn requires(&self, claim: Required) -> bool {
        self.required.contains(claim)
    }
}

impl TokenType {
    /// Whether it is that of RFC 9068, which no other kind of token has.
    pub(crate) fn is_of_access_tokens(typ: &str) -> bool {
        media_type::same(typ, "at+jwt")
    }
}

impl KindRule {
    /// Whether a claim that only access tokens have is asked for.
    pub(crate) fn asks_for_mark(self) -> bool {
        match self {
            Self::KeycloakTyp | Self::CognitoTokenUse => true,
            Self::TypeTells | Self::NoForeignClaims => false,
        }
    }

    /// Whether the claims may be those of an access token; `nonce` may be there where the issuer's tokens have it.
    pub(crate) fn allows(self, claims: &Claims<&str>, tolerated: Tolerated) -> bool {
        let kind = &claims.kind;
        let session_without_scope =
            claims.has_session && claims.scopes.scope.is_none() && claims.scopes.scp.is_none();
        let foreign_nonce = claims.has_nonce && tolerated == Tolerated::Nothing;
        let nothing_foreign = !claims.is_of_another_kind && !foreign_nonce && !session_without_scope;
        match self {
            Self::TypeTells => true,
            Self::NoForeignClaims => nothing_foreign,
            Self::KeycloakTyp => {
                nothing_foreign
                    && (kind.typ == Some("Bearer")
                        || claims.confirmation.is_some() && kind.typ == Some("DPoP"))
            }
            Self::CognitoTokenUse => nothing_foreign && kind.token_use == Some("access"),
        }
    }
}

impl UserRule {
    /// Whether the token stands for a user.
    pub(crate) fn finds_user(self, claims: &Claims<&str>, client: Option<&str>) -> bool {
        let Some(subject) = claims.subject else { return false };
        let is_client = client.is_some_and(|client| client == subject);
        match self {
            Self::SubjectIsNotClient => !is_client,
            Self::Auth0Suffix => {
                let bare = subject.strip_suffix("@clients");
                !is_client && (bare.is_none() || bare != client)
            }
            Self::KeycloakNoClientId => !is_client && claims.clients.client_id.is_none(),
            Self::EntraScp => !is_client && claims.scopes.scp.is_some(),
        }
    }
}
