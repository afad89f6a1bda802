//! What a product demands beyond the token itself, as its table spells it: revocation lists, status lists, and whether
//! the authorization server is asked.

use crate::{error::Fault, spelling::spelled};
use jotgate_core::{Freshness, IntrospectionRule, RevocationRule, StatusListRule, WhenStale, WhenUnanswered};
use toml::Spanned;

/// The keys of a product that are about it.
pub(crate) struct RevocationStatusKeys<'t> {
    pub(crate) revocation: &'t Spanned<String>,
    pub(crate) revocation_max_age: Option<&'t Spanned<u32>>,
    pub(crate) revocation_stale_for: Option<&'t Spanned<u32>>,
    pub(crate) revocation_count: Option<&'t Spanned<String>>,
    pub(crate) status_list: Option<&'t Spanned<String>>,
    pub(crate) status_list_max_age: Option<&'t Spanned<u32>>,
    pub(crate) status_list_stale_for: Option<&'t Spanned<u32>>,
    pub(crate) introspection: Option<&'t Spanned<String>>,
    pub(crate) when_unanswered: Option<&'t Spanned<String>>,
}

/// What they say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RevocationStatus {
    pub(crate) revocation: RevocationRule,
    pub(crate) status_list: StatusListRule,
    pub(crate) introspection: IntrospectionRule,
}

#[derive(Clone, Copy)]
enum Revocation {
    NotChecked,
    List,
}

const REVOCATIONS: [(&str, Revocation); 2] =
    [("not-checked", Revocation::NotChecked), ("list", Revocation::List)];

#[derive(Clone, Copy)]
enum Count {
    NotRequired,
    Required,
}

const COUNTS: [(&str, Count); 2] = [("not-required", Count::NotRequired), ("required", Count::Required)];

#[derive(Clone, Copy)]
enum StatusLists {
    NotChecked,
    Required,
    WhenPresent,
}

const STATUS_LISTS: [(&str, StatusLists); 3] = [
    ("not-checked", StatusLists::NotChecked),
    ("required", StatusLists::Required),
    ("when-present", StatusLists::WhenPresent),
];

#[derive(Clone, Copy)]
enum Introspection {
    NotAsked,
    Asked,
}

const INTROSPECTIONS: [(&str, Introspection); 2] =
    [("not-asked", Introspection::NotAsked), ("asked", Introspection::Asked)];

const UNANSWERED: [(&str, WhenUnanswered); 2] =
    [("allow", WhenUnanswered::Allow), ("deny", WhenUnanswered::Deny)];

impl RevocationStatusKeys<'_> {
    /// `key` makes a dotted key of the name of one of these.
    pub(crate) fn read(&self, key: &dyn Fn(&str) -> String) -> Result<RevocationStatus, Fault> {
        Ok(RevocationStatus {
            revocation: self.revocation(key)?,
            status_list: self.status_list(key)?,
            introspection: self.introspection(key)?,
        })
    }

    fn revocation(&self, key: &dyn Fn(&str) -> String) -> Result<RevocationRule, Fault> {
        let ages = Ages {
            owner: "revocation",
            max_age: ("revocation_max_age", self.revocation_max_age),
            stale_for: ("revocation_stale_for", self.revocation_stale_for),
        };
        match read_word(self.revocation, &REVOCATIONS, "revocation", key)? {
            Revocation::NotChecked => match self.revocation_count {
                None => ages.none(key).map(|()| RevocationRule::NotChecked),
                Some(count) => {
                    let message = "revocation_count says nothing where revocation is not checked";
                    Err(Fault::new(count.span(), key("revocation_count"), message))
                }
            },
            Revocation::List => {
                let freshness = ages.freshness(self.revocation, key)?;
                Ok(match self.count(key)? {
                    Count::NotRequired => RevocationRule::ByList(freshness),
                    Count::Required => RevocationRule::ByCountedList(freshness),
                })
            }
        }
    }

    fn count(&self, key: &dyn Fn(&str) -> String) -> Result<Count, Fault> {
        self.revocation_count
            .map_or(Ok(Count::NotRequired), |word| read_word(word, &COUNTS, "revocation_count", key))
    }

    fn status_list(&self, key: &dyn Fn(&str) -> String) -> Result<StatusListRule, Fault> {
        let ages = Ages {
            owner: "status_list",
            max_age: ("status_list_max_age", self.status_list_max_age),
            stale_for: ("status_list_stale_for", self.status_list_stale_for),
        };
        let Some(word) = self.status_list else {
            return ages.none(key).map(|()| StatusListRule::NotChecked);
        };
        match read_word(word, &STATUS_LISTS, "status_list", key)? {
            StatusLists::NotChecked => ages.none(key).map(|()| StatusListRule::NotChecked),
            StatusLists::Required => ages.freshness(word, key).map(StatusListRule::Required),
            StatusLists::WhenPresent => ages.freshness(word, key).map(StatusListRule::WhenPresent),
        }
    }

    fn introspection(&self, key: &dyn Fn(&str) -> String) -> Result<IntrospectionRule, Fault> {
        let (asked, when) = match self.introspection {
            None => (None, self.when_unanswered),
            Some(word) => match read_word(word, &INTROSPECTIONS, "introspection", key)? {
                Introspection::NotAsked => (None, self.when_unanswered),
                Introspection::Asked => (Some(word), self.when_unanswered),
            },
        };
        match (asked, when) {
            (None, None) => Ok(IntrospectionRule::NotAsked),
            (None, Some(when)) => {
                let message = "when_unanswered says nothing where introspection is not asked";
                Err(Fault::new(when.span(), key("when_unanswered"), message))
            }
            (Some(asked), None) => {
                let message = "introspection needs when_unanswered beside it: deny, or allow";
                Err(Fault::new(asked.span(), key("introspection"), message))
            }
            (Some(_), Some(when)) => {
                read_word(when, &UNANSWERED, "when_unanswered", key).map(IntrospectionRule::Asked)
            }
        }
    }
}

fn read_word<T: Copy>(
    word: &Spanned<String>,
    table: &[(&str, T)],
    name: &str,
    key: &dyn Fn(&str) -> String,
) -> Result<T, Fault> {
    spelled(table, word.get_ref()).map_err(|message| Fault::new(word.span(), key(name), message))
}

/// The two numbers that say how old something may be, each with its key.
struct Ages<'t> {
    owner: &'static str,
    max_age: (&'static str, Option<&'t Spanned<u32>>),
    stale_for: (&'static str, Option<&'t Spanned<u32>>),
}

impl Ages<'_> {
    /// `word` is where the owner stands.
    fn freshness(&self, word: &Spanned<String>, key: &dyn Fn(&str) -> String) -> Result<Freshness, Fault> {
        let Some(max_age) = self.max_age.1 else {
            let message = format!("{} needs {} beside it: seconds", self.owner, self.max_age.0);
            return Err(Fault::new(word.span(), key(self.owner), message));
        };
        let when_stale = match self.stale_for.1 {
            None => WhenStale::Deny,
            Some(seconds) => WhenStale::Allow { seconds: *seconds.get_ref() },
        };
        Ok(Freshness { max_age: *max_age.get_ref(), when_stale })
    }

    /// Where nothing is looked up, an age would say nothing.
    fn none(&self, key: &dyn Fn(&str) -> String) -> Result<(), Fault> {
        for (name, value) in [self.max_age, self.stale_for] {
            if let Some(value) = value {
                let message = format!("{name} says nothing where {} is not checked", self.owner);
                return Err(Fault::new(value.span(), key(name), message));
            }
        }
        Ok(())
    }
}
