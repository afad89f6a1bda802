//! The rules about what was taken back since a token was issued: revocation lists and status lists.

use super::super::{
    case::Case,
    revocation_status::{Demanded, Suspect},
};
use crate::{Denied, trust::revocation_status::RevocationRule};

impl<S: AsRef<str>> Case<'_, '_, '_, S> {
    /// No entry of the revocation list names the token, its client, its subject or its key, and the list is fresh.
    pub(in crate::verdict) fn revocation(&self) -> Result<(), Denied> {
        let (freshness, demanded) = match self.policy.revocation {
            RevocationRule::NotChecked => return Ok(()),
            RevocationRule::ByList(freshness) => (freshness, Demanded::AnyList),
            RevocationRule::ByCountedList(freshness) => (freshness, Demanded::CountedList),
        };
        let revocations = self.revocation_status.revocations.ok_or(Denied::RevocationListMissing)?;
        revocations.judge(freshness, demanded, &Suspect { token: self.token, clock: self.clock })
    }

    /// The status that the token refers to is valid, and the list fresh.
    pub(in crate::verdict) fn status(&self) -> Result<(), Denied> {
        match &self.policy.status_list {
            None => Ok(()),
            Some(demand) => demand.judge(self.claims(), self.revocation_status.status_lists, &self.clock),
        }
    }
}
