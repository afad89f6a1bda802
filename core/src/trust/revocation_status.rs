//! What a product demands beyond the token itself: that nobody took it back since it was issued.

use crate::{Denied, UnixSeconds, ground::clock::Clock};

/// Maximum age of revocation data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Freshness {
    /// Seconds for which it counts as fresh.
    pub max_age: u32,
    /// What happens then.
    pub when_stale: WhenStale,
}

/// What happens to tokens when what the host knows is older than it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenStale {
    /// They are judged by what is known for so many seconds more, then denied. There is no "for ever".
    Allow {
        /// Seconds beyond the age at which it is stale.
        seconds: u32,
    },
    /// They are denied.
    Deny,
}

impl Freshness {
    /// Whether something known `since` then, and good `until` then, may still be judged by. What is said to be known from
    /// the future is as good as not known: a clock is wrong.
    pub(crate) fn covers(
        &self,
        clock: &Clock,
        since: UnixSeconds,
        until: Option<UnixSeconds>,
    ) -> Result<bool, Denied> {
        let now = clock.time()?;
        let over_time = match self.when_stale {
            WhenStale::Deny => 0,
            WhenStale::Allow { seconds } => seconds,
        };
        let end = since.plus(self.max_age);
        let end = until.map_or(end, |until| until.min(end)).plus(over_time);
        Ok(since <= now.plus(clock.leeway) && now <= end)
    }
}

/// Whether tokens are looked up in a [`RevocationList`](crate::RevocationList).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationRule {
    /// They are not: a token is good until it expires.
    NotChecked,
    /// They are. Without a list every token is denied.
    ByList(Freshness),
    /// They are, in a list that says how many entries it has. One that does not may have been cut off: what it revokes is
    /// revoked, and every other token is denied.
    ByCountedList(Freshness),
}

/// Whether the status that a token refers to is looked up (Token Status List). A list is stale at its `exp`, when its
/// `ttl` is over, or at the age given here, whichever comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusListRule {
    /// It is not; the claim `status` is not even read.
    NotChecked,
    /// Every token must refer to a status that is valid.
    Required(Freshness),
    /// A token that refers to a status needs a valid one; a token that refers to none is good without.
    WhenPresent(Freshness),
}

/// Whether the authorization server is asked about each token (RFC 7662).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntrospectionRule {
    /// It is. [`Validator::check`](crate::Validator::check) grants nothing then:
    /// [`check_or_ask`](crate::Validator::check_or_ask) does.
    Asked(WhenUnanswered),
    /// It is not.
    NotAsked,
}

/// What happens to a token about which the authorization server did not answer in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenUnanswered {
    /// It passes: everything else about it is good.
    Allow,
    /// It is denied.
    Deny,
}
