//! Claims that matter only where somebody asks for them.

/// A claim whose type matters only where the profile or the policy asks for it. The others are strict in every token.
#[derive(Clone, Copy)]
pub(crate) enum OptionalClaim {
    ClientId,
    Azp,
    Cid,
    Appid,
    Acr,
    AuthTime,
    Purpose,
    Typ,
    TokenUse,
    /// `sub` as a number.
    Subject,
}

impl OptionalClaim {
    /// The claim of this name.
    pub(crate) fn of_name(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"client_id" => Self::ClientId,
            b"azp" => Self::Azp,
            b"cid" => Self::Cid,
            b"appid" => Self::Appid,
            b"acr" => Self::Acr,
            b"auth_time" => Self::AuthTime,
            b"purpose" => Self::Purpose,
            b"typ" => Self::Typ,
            b"token_use" => Self::TokenUse,
            b"sub" => Self::Subject,
            _ => return None,
        })
    }

    const fn bit(self) -> u16 {
        match self {
            Self::ClientId => 1,
            Self::Azp => 1 << 1,
            Self::Cid => 1 << 2,
            Self::Appid => 1 << 3,
            Self::Acr => 1 << 4,
            Self::AuthTime => 1 << 5,
            Self::Purpose => 1 << 6,
            Self::Typ => 1 << 7,
            Self::TokenUse => 1 << 8,
            Self::Subject => 1 << 9,
        }
    }
}

/// A set of [`OptionalClaim`]s: one bit for each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClaimSet(u16);

impl ClaimSet {
    pub(crate) const EMPTY: Self = Self(0);

    /// All claims in which providers name the client.
    pub(crate) const CLIENTS: Self = Self::EMPTY
        .with(OptionalClaim::ClientId)
        .with(OptionalClaim::Azp)
        .with(OptionalClaim::Cid)
        .with(OptionalClaim::Appid);

    /// Those of an ID token that its rules and its holder look at.
    pub(crate) const OF_ID_TOKENS: Self = Self::EMPTY
        .with(OptionalClaim::Azp)
        .with(OptionalClaim::Acr)
        .with(OptionalClaim::AuthTime)
        .with(OptionalClaim::Typ)
        .with(OptionalClaim::TokenUse)
        .with(OptionalClaim::Subject);

    #[must_use]
    pub(crate) const fn with(self, claim: OptionalClaim) -> Self {
        Self(self.0 | claim.bit())
    }

    #[must_use]
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those that are in both sets.
    #[must_use]
    pub(crate) const fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) const fn contains(self, claim: OptionalClaim) -> bool {
        self.0 & claim.bit() != 0
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }
}
