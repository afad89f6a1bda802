//! The rules about what was taken back since a token was issued: revocation lists and status lists.

use super::case::{Case, require};
use crate::{
    Denied, RevocationList, StatusLists, UnixSeconds,
    limits::MAX_KID_LEN,
    meaning::status::StatusReference,
    trust::{
        currency::{Freshness, RevocationRule, StatusListRule, WhenStale},
        revocation::{Findings, Kind, Questions},
    },
};

/// What the host knows of tokens that were taken back. Shared and immutable.
#[derive(Clone, Copy, Default)]
pub(super) struct Currency<'a> {
    pub(super) revocations: Option<Revocations<'a>>,
    pub(super) status_lists: Option<&'a StatusLists<'a>>,
}

/// A list, and how it is asked. Made by [`Revocations::listed_in`] alone, so that a program without a list holds no code
/// for it.
#[derive(Clone, Copy)]
pub(super) struct Revocations<'a> {
    list: &'a RevocationList<'a>,
    look_up: fn(&RevocationList<'_>, &Questions<'_>) -> Findings,
}

impl<'a> Revocations<'a> {
    pub(super) fn listed_in(list: &'a RevocationList<'a>) -> Self {
        Self { list, look_up: |list, questions| list.look_up(questions) }
    }
}

/// Statuses with a meaning (draft-ietf-oauth-status-list-20, section 7.1).
const VALID: u8 = 0;
const INVALID: u8 = 1;
const SUSPENDED: u8 = 2;

impl<S: AsRef<str>> Case<'_, '_, '_, S> {
    /// No entry of the revocation list names the token, its client, its subject or its key, and the list is fresh.
    pub(super) fn revocation(&self) -> Result<(), Denied> {
        let RevocationRule::ByList(freshness) = self.policy.revocation else { return Ok(()) };
        let revocations = self.currency.revocations.ok_or(Denied::RevocationListMissing)?;
        let Revocations { list, look_up } = revocations;
        let findings = match self.token.reading.jws.header.kid {
            None if list.has(Kind::Key) => self.look_up_with_key(revocations)?,
            kid => look_up(list, &self.questions(kid.map(str::as_bytes))),
        };
        // What was revoked stays revoked, however old the list.
        if let Some(kind) = findings.revoked {
            return Err(match kind {
                Kind::Digest | Kind::TokenId => Denied::TokenRevoked,
                Kind::Client | Kind::ClientBefore => Denied::ClientRevoked,
                Kind::Subject => Denied::SubjectRevoked,
                Kind::Key | Kind::IssuerBefore => Denied::KeyRevoked,
            });
        }
        if findings.before.is_some_and(|before| self.is_issued_before(before)) {
            return Err(Denied::IssuedBeforeRevocation);
        }
        let good = self.is_fresh(list.as_of(), None, freshness)?;
        require(good, Denied::RevocationListStale)
    }

    fn questions<'q>(&'q self, key_id: Option<&'q [u8]>) -> Questions<'q> {
        let claims = self.claims();
        Questions {
            issuer: claims.issuer.unwrap_or_default(),
            digest: &self.token.signing_input_digest,
            token_id: claims.token_id,
            clients: [claims.clients.client_id, claims.clients.azp, claims.clients.cid, claims.clients.appid],
            subject: claims.subject,
            key_id,
        }
    }

    /// A token that names no key was verified by one all the same, whose id may be revoked: whoever stole the key would
    /// leave the id out.
    #[cold]
    fn look_up_with_key(&self, revocations: Revocations<'_>) -> Result<Findings, Denied> {
        let Revocations { list, look_up } = revocations;
        let mut buffer = [0; MAX_KID_LEN];
        let key = self.ring.select(self.token.issuer, &self.token.reading.jws.header)?;
        Ok(look_up(list, &self.questions(key.copy_kid(&mut buffer))))
    }

    /// `iat`, a fraction cut off, is earlier, or nobody knows.
    fn is_issued_before(&self, before: UnixSeconds) -> bool {
        match self.claims().issued_at {
            None => true,
            // It was rounded up.
            Some(issued_at) if issued_at == before => {
                let iat = self.claims().object().get("iat").and_then(|iat| iat.as_number());
                iat.and_then(|iat| iat.floor().ok()).is_none_or(|iat| iat < before.0)
            }
            Some(issued_at) => issued_at < before,
        }
    }

    /// The status that the token refers to is valid, and the list fresh.
    pub(super) fn status(&self) -> Result<(), Denied> {
        let (freshness, when_absent) = match self.policy.status_list {
            StatusListRule::NotChecked => return Ok(()),
            StatusListRule::Required(freshness) => (freshness, Err(Denied::StatusMissing)),
            StatusListRule::WhenPresent(freshness) => (freshness, Ok(())),
        };
        let Some(claim) = self.claims().object().get("status") else { return when_absent };
        let Some(reference) = StatusReference::read(claim)? else { return when_absent };
        let issuer = self.claims().issuer.unwrap_or_default();
        let lists = self.currency.status_lists;
        let list = lists.and_then(|lists| lists.find(issuer, &reference)).ok_or(Denied::StatusListMissing)?;
        // A status that was valid may have changed since, and a suspended one as well: only a fresh list tells.
        require(self.is_fresh(list.received_at, list.good_until, freshness)?, Denied::StatusListStale)?;
        match list.status(reference.index).ok_or(Denied::StatusIndexOutOfRange)? {
            VALID => Ok(()),
            INVALID => Err(Denied::StatusInvalid),
            SUSPENDED => Err(Denied::StatusSuspended),
            _ => Err(Denied::StatusUnknown),
        }
    }

    /// Whether something known `since` then, and good `until` then, may still be judged by. What is said to be known from
    /// the future is as good as not known: a clock is wrong.
    fn is_fresh(
        &self,
        since: UnixSeconds,
        until: Option<UnixSeconds>,
        freshness: Freshness,
    ) -> Result<bool, Denied> {
        let now = self.time()?;
        let over_time = match freshness.when_stale {
            WhenStale::Deny => 0,
            WhenStale::Allow { seconds } => seconds,
        };
        let end = since.plus(freshness.max_age);
        let end = until.map_or(end, |until| until.min(end)).plus(over_time);
        Ok(since <= now.plus(self.policy.leeway) && now <= end)
    }
}
