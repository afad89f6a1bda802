//! A check that waits for what the authorization server says (RFC 7662): asked, answered, completed.

use super::grant::Grant;
use crate::{
    Denied, Now, Scratch, UnixSeconds, meaning::introspection::Introspection, trust::currency::WhenUnanswered,
};

/// What became of a token where the authorization server may have to be asked.
#[derive(Clone, Debug)]
#[must_use = "a question that nobody asks grants nothing"]
pub enum Checked<'s> {
    /// The product asks nobody: granted.
    Granted(Grant<'s>),
    /// Everything about the token is good so far. It is not granted.
    Asking(Inquiry<'s>),
}

/// A token that passed every other check of a product that has its authorization server asked. It is no grant and gives
/// no claim away; only an answer, or the policy for want of one, makes it a grant.
#[derive(Clone)]
#[must_use = "a question that nobody asks grants nothing"]
pub struct Inquiry<'s> {
    grant: Grant<'s>,
    when_unanswered: WhenUnanswered,
    /// `exp`, leeway included.
    expires: UnixSeconds,
}

impl<'s> Inquiry<'s> {
    pub(super) fn new(grant: Grant<'s>, when_unanswered: WhenUnanswered, leeway: u32) -> Self {
        let expires = grant.expires().plus(leeway);
        Self { grant, when_unanswered, expires }
    }

    /// SHA-256 of the signing input, 32 bytes: names the token in a cache of answers and in audit records.
    #[must_use]
    pub fn signing_input_digest(&self) -> &[u8; 32] {
        self.grant.signing_input_digest()
    }

    /// `jti`, by which some servers can be asked.
    #[must_use]
    pub fn token_id(&self) -> Option<&'s str> {
        self.grant.token_id()
    }

    /// `iss`: whom to ask. The token itself goes into the question as it was presented.
    #[must_use]
    pub fn issuer(&self) -> &'s str {
        self.grant.issuer()
    }

    /// Completes the check with the body of a response that the issuer's introspection endpoint sent, with status 200,
    /// to a question about this token.
    ///
    /// # Errors
    /// [`Denied::IntrospectionMalformed`] whatever the policy says about no answer, [`Denied::IntrospectionInactive`],
    /// [`Denied::IntrospectionContradicts`] when it names another issuer, subject, client, token id or `exp` than the token,
    /// or that the token expired meanwhile.
    pub fn answered(self, response: &[u8], now: Now, scratch: &mut Scratch<'_>) -> Result<Grant<'s>, Denied> {
        let said = Introspection::read(response, scratch).map_err(|_| Denied::IntrospectionMalformed)?;
        if !said.is_active() {
            return Err(Denied::IntrospectionInactive);
        }
        if !self.agrees(&said) {
            return Err(Denied::IntrospectionContradicts);
        }
        self.complete(now)
    }

    /// Completes the check without an answer: as the policy says.
    ///
    /// # Errors
    /// [`Denied::IntrospectionUnanswered`], or that the token expired meanwhile.
    pub fn unanswered(self, now: Now) -> Result<Grant<'s>, Denied> {
        match self.when_unanswered {
            WhenUnanswered::Allow => self.complete(now),
            WhenUnanswered::Deny => Err(Denied::IntrospectionUnanswered),
        }
    }

    /// Where both say something, they say the same.
    fn agrees(&self, said: &Introspection<'_>) -> bool {
        let grant = &self.grant;
        [
            (Some(grant.issuer()), said.issuer),
            (grant.subject(), said.subject),
            (grant.client(), said.client_id),
            (grant.token_id(), said.token_id),
        ]
        .into_iter()
        .all(|(own, said)| own.zip(said).is_none_or(|(own, said)| said == *own))
            && said.expires.is_none_or(|expires| expires == grant.expires())
    }

    /// Asking takes time.
    fn complete(self, now: Now) -> Result<Grant<'s>, Denied> {
        match now {
            Now::NotTrusted => Err(Denied::ClockNotTrusted),
            Now::Trusted(now) if now >= self.expires => Err(Denied::Expired),
            Now::Trusted(_) => Ok(self.grant),
        }
    }
}

impl core::fmt::Debug for Inquiry<'_> {
    /// Names the token by its digest; says nothing of its claims.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Inquiry")
            .field("signing_input_digest", self.signing_input_digest())
            .finish_non_exhaustive()
    }
}
