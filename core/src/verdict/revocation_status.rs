//! What the host knows of tokens that were taken back, and how a token is looked up in it.

use super::token::Authentic;
use crate::{
    Denied, RevocationList, StatusLists, UnixSeconds,
    ground::{clock::Clock, require::require},
    limits::MAX_KID_LEN,
    trust::{
        revocation::{Counted, Findings, Kind, Questions},
        revocation_status::Freshness,
    },
};

/// What the host knows of tokens that were taken back. Shared and immutable.
#[derive(Clone, Copy, Default)]
pub(super) struct RevocationStatus<'a> {
    pub(super) revocations: Option<Revocations<'a>>,
    pub(super) status_lists: Option<&'a StatusLists<'a>>,
}

/// A list, and how a token is judged by it. The function pointer is set only in [`Revocations::listed_in`], so the linker
/// drops the code in programs that never call it.
#[derive(Clone, Copy)]
pub(super) struct Revocations<'a> {
    list: &'a RevocationList<'a>,
    judge: fn(&RevocationList<'_>, Freshness, Demanded, &Suspect<'_>) -> Result<(), Denied>,
}

/// Which lists the policy believes to be whole.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Demanded {
    AnyList,
    CountedList,
}

impl<'a> Revocations<'a> {
    pub(super) fn listed_in(list: &'a RevocationList<'a>) -> Self {
        Self { list, judge: |list, freshness, demanded, suspect| suspect.judge(list, freshness, demanded) }
    }

    /// No entry names the suspect, and the list is as fresh and as whole as demanded.
    pub(super) fn judge(
        &self,
        freshness: Freshness,
        demanded: Demanded,
        suspect: &Suspect<'_>,
    ) -> Result<(), Denied> {
        (self.judge)(self.list, freshness, demanded, suspect)
    }
}

/// What is looked up in a revocation list.
pub(super) struct Suspect<'c> {
    pub(super) token: &'c Authentic<'c, 'c>,
    pub(super) clock: Clock,
}

impl Suspect<'_> {
    fn judge(
        &self,
        list: &RevocationList<'_>,
        freshness: Freshness,
        demanded: Demanded,
    ) -> Result<(), Denied> {
        let findings = match self.token.reading.jws.header.kid {
            None if list.has(Kind::Key) => self.look_up_with_key(list),
            kid => list.look_up(&self.questions(kid.map(str::as_bytes))),
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
        if demanded == Demanded::CountedList && list.counted() != Counted::Yes {
            return Err(Denied::RevocationListNotCounted);
        }
        let good = freshness.covers(&self.clock, list.as_of(), None)?;
        require(good, Denied::RevocationListStale)
    }

    fn questions<'q>(&'q self, key_id: Option<&'q [u8]>) -> Questions<'q> {
        let claims = &self.token.reading.claims;
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
    fn look_up_with_key(&self, list: &RevocationList<'_>) -> Findings {
        let mut buffer = [0; MAX_KID_LEN];
        list.look_up(&self.questions(self.token.key.copy_kid(&mut buffer)))
    }

    /// `iat` is earlier, or nobody knows.
    fn is_issued_before(&self, before: UnixSeconds) -> bool {
        self.token.reading.claims.issued_at.is_none_or(|issued_at| issued_at < before)
    }
}
