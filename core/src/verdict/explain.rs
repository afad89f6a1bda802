//! All rules of one token, for a person: what passed, what failed, what could not be judged.

use crate::Denied;

/// Declares [`Rule`] by its table: each row a variant, its name in snake case, and what holds when it passes.
macro_rules! rules {
    ($($Rule:ident $name:literal $sentence:literal)*) => {
        /// A step of the way of a token, in order.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        #[repr(usize)]
        pub enum Rule {
            $(#[doc = $sentence] $Rule,)*
        }

        impl Rule {
            /// Every rule, in the order of judging.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$Rule),*];

            /// The name in snake case.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$Rule => $name,)*
                }
            }
        }
    };
}

rules! {
    Form "form" "Header and payload can be read."
    Key "key" "The issuer is one of the product's, and one of its keys may verify the token."
    Signature "signature" "The signature is good."
    Issuer "issuer" "The key belongs to the claimed issuer."
    ClaimTypes "claim_types" "The claims that issuer and product ask for have the right type."
    Type "type" "`typ` is that of an access token."
    Kind "kind" "The claims are not those of another kind of token."
    Clock "clock" "The host knows the time."
    Expiry "expiry" "Not expired."
    NotBefore "not_before" "Valid already."
    IssuedAt "issued_at" "Issued in the past, before it expires."
    Lifetime "lifetime" "Does not live too long."
    Age "age" "Was not issued too long ago."
    Audience "audience" "Meant for this audience."
    Subject "subject" "Names a subject where one is needed."
    TokenId "token_id" "Has an id where one is needed."
    Client "client" "Names one client."
    ClientNotBlocked "client_not_blocked" "The client is not blocked."
    ClientAllowed "client_allowed" "The client may use the product."
    RequiredClaims "required_claims" "The claims that the product requires are there."
    ClaimValues "claim_values" "Claims have the values that the product demands."
    Legs "legs" "Stands for a user, or does not, as the product needs."
    AuthenticationClass "authentication_class" "The user's authentication is strong enough."
    AuthenticationAge "authentication_age" "The user's authentication is recent enough."
    Scope "scope" "Covers the product's scopes."
    Purpose "purpose" "Names a purpose that covers the product."
    Revocation "revocation" "Not named by the revocation list."
    StatusList "status_list" "The status that it refers to is valid."
    Binding "binding" "Not bound to a sender that is not proven."
    Proof "proof" "The DPoP proof holds."
    Replay "replay" "The DPoP proof was not used before."
    Introspection "introspection" "The authorization server need not be asked, or was."
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
