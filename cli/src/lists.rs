//! What was taken back since tokens were issued: the files that the command line names.

use crate::{
    args::ListArgs,
    failure::{self, Failure},
};
use jotgate_core::{
    Freshness, IntrospectionRule, Issuer, KeyRing, RevocationList, RevocationRule, Section, StatusList,
    StatusListRule, UnixSeconds, WhenStale, WhenUnanswered,
};
use jotgate_gate::{OwnedPolicy, RevocationFile, Setting, StatusListFile, limits::MAX_INTROSPECTION_LEN};

/// Files that were read and not judged.
pub(crate) struct ListFiles {
    revocations: Option<RevocationFile>,
    status_lists: Vec<StatusListFile>,
    response: Option<Vec<u8>>,
}

/// Lists that were loaded, and what the authorization server answered.
pub(crate) struct Lists<'m> {
    pub(crate) revocations: Option<RevocationList<'m>>,
    pub(crate) status_lists: Vec<StatusList<'m>>,
    pub(crate) response: Option<&'m [u8]>,
}

impl ListFiles {
    /// Reads what is named. Who judges at another time than now takes lists for true at that time, unless theirs is said.
    pub(crate) fn read(args: &ListArgs, now: Option<i64>) -> Result<Self, Failure> {
        let as_of = args.lists_as_of.or(now).map(UnixSeconds);
        let mut revocations = args.revoked.as_deref().map(RevocationFile::read).transpose()?;
        let files = args.status_list.iter().map(|path| StatusListFile::read(path));
        let mut status_lists = files.collect::<Result<Vec<_>, _>>()?;
        if let Some(time) = as_of {
            revocations = revocations.map(|file| file.with_as_of(time));
            status_lists = status_lists.into_iter().map(|file| file.with_received_at(time)).collect();
        }
        let read = |path| Failure::read(path, MAX_INTROSPECTION_LEN);
        let response = args.introspection.as_deref().map(read).transpose()?;
        Ok(Self { revocations, status_lists, response })
    }

    /// Loads the lists: status lists are verified with the keys of the product's issuers.
    pub(crate) fn load(&mut self, ring: &KeyRing<'_>, owned: &OwnedPolicy) -> Result<Lists<'_>, Failure> {
        let sections: Vec<Section<'_>> = owned.issuers.iter().map(Issuer::section).collect();
        let status_lists = self
            .status_lists
            .iter_mut()
            .map(|file| file.load(ring, &sections, owned.leeway))
            .collect::<Result<Vec<_>, _>>()?;
        refuse_twice(&status_lists)?;
        Ok(Lists {
            revocations: self
                .revocations
                .as_mut()
                .map(|file| file.load_for(1, owned.revocation))
                .transpose()?,
            status_lists,
            response: self.response.as_deref(),
        })
    }
}

/// Of two lists of one issuer and one address only the first would be looked at.
fn refuse_twice(lists: &[StatusList<'_>]) -> Result<(), Failure> {
    for (at, list) in lists.iter().enumerate() {
        let is_it = |other: &StatusList<'_>| other.uri() == list.uri() && other.issuer() == list.issuer();
        if lists.iter().take(at).any(is_it) {
            let message = format!("--status-list: {} of {} is given twice", list.uri(), list.issuer());
            return Err(Failure::Usage(message));
        }
    }
    Ok(())
}

/// Without a policy file, what is given is demanded, whatever its age.
pub(crate) fn demand(args: &ListArgs, owned: &mut OwnedPolicy) {
    let whatever_age = Freshness { max_age: u32::MAX, when_stale: WhenStale::Deny };
    if args.revoked.is_some() {
        owned.revocation = RevocationRule::ByList(whatever_age);
    }
    if !args.status_list.is_empty() {
        owned.status_list = StatusListRule::WhenPresent(whatever_age);
    }
    if args.introspection.is_some() {
        owned.introspection = IntrospectionRule::Asked(WhenUnanswered::Deny);
    }
}

/// A list that the product does not look at would seem to have been looked at.
pub(crate) fn refuse_unused(args: &ListArgs, product: &str, owned: &OwnedPolicy) -> Result<(), Failure> {
    let unused = [
        (
            "revoked",
            args.revoked.is_some() && owned.revocation == RevocationRule::NotChecked,
            Setting::Revocation,
        ),
        (
            "status-list",
            !args.status_list.is_empty() && owned.status_list == StatusListRule::NotChecked,
            Setting::StatusList,
        ),
        (
            "introspection",
            args.introspection.is_some() && owned.introspection == IntrospectionRule::NotAsked,
            Setting::Introspection,
        ),
    ];
    for (flag, is_unused, setting) in unused {
        if is_unused {
            return Err(failure::not_used(flag, product, setting));
        }
    }
    Ok(())
}
