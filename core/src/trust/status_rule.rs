//! The rule about the status that a token refers to (draft-ietf-oauth-status-list-20, section 8.3).

use super::{
    revocation_status::StatusListRule,
    status_list::{StatusList, StatusLists},
};
use crate::{
    Denied,
    ground::clock::Clock,
    meaning::{claims::Claims, status::StatusReference},
};
use core::fmt;

/// A rule that asks for a status. The function pointer is set only in [`of`](Self::of), so the linker drops the code in
/// programs that never call it.
#[derive(Clone, Copy)]
pub(crate) struct StatusDemand {
    rule: StatusListRule,
    judge: Judge,
}

type Judge = fn(StatusListRule, &Claims<&str>, Option<&StatusLists<'_>>, &Clock) -> Result<(), Denied>;

impl fmt::Debug for StatusDemand {
    /// Omits the function pointer.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rule.fmt(f)
    }
}

impl StatusDemand {
    pub(crate) fn of(rule: StatusListRule) -> Option<Self> {
        (rule != StatusListRule::NotChecked).then_some(Self { rule, judge })
    }

    /// The status that the token refers to is valid, and the list fresh.
    pub(crate) fn judge(
        &self,
        claims: &Claims<&str>,
        lists: Option<&StatusLists<'_>>,
        clock: &Clock,
    ) -> Result<(), Denied> {
        (self.judge)(self.rule, claims, lists, clock)
    }
}

fn judge(
    rule: StatusListRule,
    claims: &Claims<&str>,
    lists: Option<&StatusLists<'_>>,
    clock: &Clock,
) -> Result<(), Denied> {
    let (freshness, when_absent) = match rule {
        StatusListRule::NotChecked => return Ok(()),
        StatusListRule::Required(freshness) => (freshness, Err(Denied::StatusMissing)),
        StatusListRule::WhenPresent(freshness) => (freshness, Ok(())),
    };
    let Some(claim) = claims.object().first("status") else { return when_absent };
    let Some(reference) = StatusReference::read(claim)? else { return when_absent };
    let issuer = claims.issuer.unwrap_or_default();
    let list = lists.and_then(|lists| lists.find(issuer, &reference)).ok_or(Denied::StatusListMissing)?;
    // A status that was valid may have changed since, and a suspended one as well: only a fresh list tells.
    if !freshness.covers(clock, list.received_at, list.good_until)? {
        return Err(Denied::StatusListStale);
    }
    match list.status(reference.index).ok_or(Denied::StatusIndexOutOfRange)? {
        StatusList::VALID => Ok(()),
        StatusList::INVALID => Err(Denied::StatusInvalid),
        StatusList::SUSPENDED => Err(Denied::StatusSuspended),
        _ => Err(Denied::StatusUnknown),
    }
}
