//! What a product demands beyond the token itself, as its table spells it: revocation lists, status lists, and whether
//! the authorization server is asked.

use crate::{
    Setting,
    error::Fault,
    product::{ProductTable, seconds},
    settings_table::SettingsTable,
};
use jotgate_core::{Freshness, IntrospectionRule, RevocationRule, StatusListRule, WhenStale, WhenUnanswered};

/// What the settings about it say.
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

impl RevocationStatus {
    /// What the table says; `here` tells its faults.
    pub(crate) fn read(table: &ProductTable, here: &SettingsTable<'_>) -> Result<Self, Fault> {
        Ok(Self {
            revocation: revocation(table, here)?,
            status_list: status_list(table, here)?,
            introspection: introspection(table, here)?,
        })
    }
}

fn revocation(table: &ProductTable, here: &SettingsTable<'_>) -> Result<RevocationRule, Fault> {
    let ages = Ages {
        owner: Setting::Revocation,
        max_age: (Setting::RevocationMaxAge, seconds(&table.revocation_max_age)),
        stale_for: (Setting::RevocationStaleFor, seconds(&table.revocation_stale_for)),
    };
    match here.word(Setting::Revocation, &table.revocation, &REVOCATIONS)? {
        Revocation::NotChecked => match &table.revocation_count {
            None => ages.none(here).map(|()| RevocationRule::NotChecked),
            Some(_) => Err(says_nothing(Setting::RevocationCount, Setting::Revocation, "checked", here)),
        },
        Revocation::List => {
            let freshness = ages.freshness(here)?;
            let count = here.word_if_any(Setting::RevocationCount, &table.revocation_count, &COUNTS)?;
            Ok(match count.unwrap_or(Count::NotRequired) {
                Count::NotRequired => RevocationRule::ByList(freshness),
                Count::Required => RevocationRule::ByCountedList(freshness),
            })
        }
    }
}

fn status_list(table: &ProductTable, here: &SettingsTable<'_>) -> Result<StatusListRule, Fault> {
    let ages = Ages {
        owner: Setting::StatusList,
        max_age: (Setting::StatusListMaxAge, seconds(&table.status_list_max_age)),
        stale_for: (Setting::StatusListStaleFor, seconds(&table.status_list_stale_for)),
    };
    let lists = here.word_if_any(Setting::StatusList, &table.status_list, &STATUS_LISTS)?;
    match lists.unwrap_or(StatusLists::NotChecked) {
        StatusLists::NotChecked => ages.none(here).map(|()| StatusListRule::NotChecked),
        StatusLists::Required => ages.freshness(here).map(StatusListRule::Required),
        StatusLists::WhenPresent => ages.freshness(here).map(StatusListRule::WhenPresent),
    }
}

fn introspection(table: &ProductTable, here: &SettingsTable<'_>) -> Result<IntrospectionRule, Fault> {
    let asked = here.word_if_any(Setting::Introspection, &table.introspection, &INTROSPECTIONS)?;
    match (asked.unwrap_or(Introspection::NotAsked), &table.when_unanswered) {
        (Introspection::NotAsked, None) => Ok(IntrospectionRule::NotAsked),
        (Introspection::NotAsked, Some(_)) => {
            Err(says_nothing(Setting::WhenUnanswered, Setting::Introspection, "asked", here))
        }
        (Introspection::Asked, None) => {
            let (own, other) = (Setting::Introspection, Setting::WhenUnanswered);
            Err(here.fault(own, format!("{own} needs {other} beside it: deny, or allow")))
        }
        (Introspection::Asked, Some(when)) => {
            here.word(Setting::WhenUnanswered, when, &UNANSWERED).map(IntrospectionRule::Asked)
        }
    }
}

/// The fault of a setting that another one makes idle: what the other speaks of is not `done`.
fn says_nothing(idle: Setting, other: Setting, done: &str, here: &SettingsTable<'_>) -> Fault {
    here.fault(idle, format!("{idle} says nothing where {other} is not {done}"))
}

/// The two settings that say how old something may be, and what `owner` looks up.
struct Ages {
    owner: Setting,
    max_age: (Setting, Option<u32>),
    stale_for: (Setting, Option<u32>),
}

impl Ages {
    fn freshness(&self, here: &SettingsTable<'_>) -> Result<Freshness, Fault> {
        let Self { owner, max_age: (name, max_age), stale_for: (_, stale_for) } = *self;
        let max_age =
            max_age.ok_or_else(|| here.fault(owner, format!("{owner} needs {name} beside it: seconds")))?;
        let when_stale = stale_for.map_or(WhenStale::Deny, |seconds| WhenStale::Allow { seconds });
        Ok(Freshness { max_age, when_stale })
    }

    /// Where nothing is looked up, an age would say nothing.
    fn none(&self, here: &SettingsTable<'_>) -> Result<(), Fault> {
        let written = [self.max_age, self.stale_for].into_iter().find(|(_, seconds)| seconds.is_some());
        written.map_or(Ok(()), |(idle, _)| Err(says_nothing(idle, self.owner, "checked", here)))
    }
}
