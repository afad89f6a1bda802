//! All rules of one token, for a person: what passed, what failed, what could not be judged.

use crate::Denied;

/// A step of the way of a token, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Rule {
    /// Header and payload can be read.
    Form,
    /// The issuer is one of the product's, and one of its keys may verify the token.
    Key,
    /// The signature is good.
    Signature,
    /// The key belongs to the claimed issuer.
    Issuer,
    /// `typ` is that of an access token.
    Type,
    /// The claims are not those of another kind of token.
    Kind,
    /// The host knows the time.
    Clock,
    /// Not expired.
    Expiry,
    /// Valid already.
    NotBefore,
    /// Issued in the past, before it expires.
    IssuedAt,
    /// Does not live too long.
    Lifetime,
    /// Was not issued too long ago.
    Age,
    /// Meant for this audience.
    Audience,
    /// Names a subject where one is needed.
    Subject,
    /// Has an id where one is needed.
    TokenId,
    /// Names one client.
    Client,
    /// The client is not blocked.
    ClientNotBlocked,
    /// The client may use the product.
    ClientAllowed,
    /// The claims that the product requires are there.
    RequiredClaims,
    /// Stands for a user, or does not, as the product needs.
    Legs,
    /// The user's authentication is strong enough.
    AuthenticationClass,
    /// The user's authentication is recent enough.
    AuthenticationAge,
    /// Covers the product's scopes.
    Scope,
    /// Names a purpose that covers the product.
    Purpose,
    /// Not named by the revocation list.
    Revocation,
    /// The status that it refers to is valid.
    StatusList,
    /// Not bound to a sender that is not proven.
    Binding,
    /// The DPoP proof holds.
    Proof,
    /// The DPoP proof was not used before.
    Replay,
    /// The authorization server need not be asked, or was.
    Introspection,
}

impl Rule {
    /// Every rule, in the order of judging.
    pub const ALL: [Self; 30] = [
        Self::Form,
        Self::Key,
        Self::Signature,
        Self::Issuer,
        Self::Type,
        Self::Kind,
        Self::Clock,
        Self::Expiry,
        Self::NotBefore,
        Self::IssuedAt,
        Self::Lifetime,
        Self::Age,
        Self::Audience,
        Self::Subject,
        Self::TokenId,
        Self::Client,
        Self::ClientNotBlocked,
        Self::ClientAllowed,
        Self::RequiredClaims,
        Self::Legs,
        Self::AuthenticationClass,
        Self::AuthenticationAge,
        Self::Scope,
        Self::Purpose,
        Self::Revocation,
        Self::StatusList,
        Self::Binding,
        Self::Proof,
        Self::Replay,
        Self::Introspection,
    ];

    /// The name in snake case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Key => "key",
            Self::Signature => "signature",
            Self::Issuer => "issuer",
            Self::Type => "type",
            Self::Kind => "kind",
            Self::Clock => "clock",
            Self::Expiry => "expiry",
            Self::NotBefore => "not_before",
            Self::IssuedAt => "issued_at",
            Self::Lifetime => "lifetime",
            Self::Age => "age",
            Self::Audience => "audience",
            Self::Subject => "subject",
            Self::TokenId => "token_id",
            Self::Client => "client",
            Self::ClientNotBlocked => "client_not_blocked",
            Self::ClientAllowed => "client_allowed",
            Self::RequiredClaims => "required_claims",
            Self::Legs => "legs",
            Self::AuthenticationClass => "authentication_class",
            Self::AuthenticationAge => "authentication_age",
            Self::Scope => "scope",
            Self::Purpose => "purpose",
            Self::Revocation => "revocation",
            Self::StatusList => "status_list",
            Self::Binding => "binding",
            Self::Proof => "proof",
            Self::Replay => "replay",
            Self::Introspection => "introspection",
        }
    }
}

/// What became of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// An earlier step failed that this one needs.
    NotJudged,
    /// The rule holds, or the policy does not ask for it.
    Passed,
    /// The rule does not hold.
    Failed(Denied),
}

/// Where the verdicts of the rules go. `check` stops at the first failure; explaining goes on.
pub(super) trait Sink {
    /// Whether what a grant spends is spent. Explaining looks, and spends nothing.
    const SPENDS: bool;

    /// Takes one verdict; an error ends the walk.
    fn take(&mut self, rule: Rule, verdict: Result<(), Denied>) -> Result<(), Denied>;
}

/// Stops at the first failure and remembers nothing.
pub(super) struct FirstFailure;

impl Sink for FirstFailure {
    const SPENDS: bool = true;

    #[inline]
    fn take(&mut self, _: Rule, verdict: Result<(), Denied>) -> Result<(), Denied> {
        verdict
    }
}

/// All verdicts on one token. For people who run the gate, never for an HTTP answer: it says more than a
/// stranger should know.
#[derive(Clone, Copy, Debug)]
pub struct Explanation {
    verdicts: [Verdict; Rule::ALL.len()],
}

impl Explanation {
    pub(super) const fn new() -> Self {
        Self { verdicts: [Verdict::NotJudged; Rule::ALL.len()] }
    }

    /// Every rule with its verdict, in the order of judging.
    pub fn verdicts(&self) -> impl Iterator<Item = (Rule, Verdict)> {
        Rule::ALL.into_iter().zip(self.verdicts)
    }

    /// The reason that `check` would give: the first failure. `None` when the token is granted.
    #[must_use]
    pub fn denied(&self) -> Option<Denied> {
        self.verdicts.iter().find_map(|verdict| match verdict {
            Verdict::Failed(denied) => Some(*denied),
            _ => None,
        })
    }
}

impl Sink for Explanation {
    const SPENDS: bool = false;

    fn take(&mut self, rule: Rule, verdict: Result<(), Denied>) -> Result<(), Denied> {
        let verdict = match verdict {
            Ok(()) => Verdict::Passed,
            Err(denied) => Verdict::Failed(denied),
        };
        for (own, place) in Rule::ALL.into_iter().zip(&mut self.verdicts) {
            if own == rule {
                *place = verdict;
            }
        }
        Ok(())
    }
}
