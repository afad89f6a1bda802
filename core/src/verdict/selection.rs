//! Which key may verify a token, and which description of its issuer judges it.

use super::{
    token::{Authentic, Unverified},
    validator::Validator,
    worker::WorkerState,
};
use crate::{Denied, Issuer, SectionIndex, TrustedKey};

/// How far a token fits an issuer's description, before its signature is verified.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// A key of it may verify the token.
    Key,
    /// Its access tokens have this `typ`, too.
    Type,
    /// Its access tokens have such claims, too.
    Kind,
    /// It reads scopes from a claim that the token has, too.
    Scopes,
}

/// No key, and the section that has none of the token's key id, if that is why.
type NoKey = (Denied, Option<SectionIndex>);

impl<'a, S: AsRef<str>> Validator<'a, S> {
    /// Picks the key that may verify the token, and says whose it is: the claimed issuer must be one of the product's and
    /// picks the section of the ring, nothing more.
    pub(super) fn select(
        &self,
        token: &Unverified<'_>,
        worker: &mut WorkerState<'_>,
    ) -> Result<(&'a Issuer<S>, &'a TrustedKey<'a>), Denied> {
        let claimed = token.claims.issuer.ok_or(Denied::IssuerMissing)?;
        let selected = if self.policy.has_twins {
            self.select_among_twins(claimed, token)
        } else {
            let issuer = self.policy.issuer(claimed).ok_or(Denied::IssuerUnknown)?;
            self.select_from(issuer, token).map(|key| (issuer, key))
        };
        selected.map_err(|(denied, without_kid)| {
            if let Some(section) = without_kid {
                worker.note_unknown_kid(section);
            }
            denied
        })
    }

    /// Of several descriptions of one issuer, the first whose key, `typ`, kind and claim of scopes fit. Where none fits
    /// wholly, the first of those that fit furthest: its denial is the token's.
    #[cold]
    fn select_among_twins(
        &self,
        claimed: &str,
        token: &Unverified<'_>,
    ) -> Result<(&'a Issuer<S>, &'a TrustedKey<'a>), NoKey> {
        let (mut furthest, mut without) = (None, None);
        for issuer in self.policy.issuers.iter().filter(|issuer| issuer.name() == claimed) {
            match self.select_from(issuer, token) {
                Err(no_key) => without = without.or(Some(no_key)),
                Ok(key) => {
                    let fit = match &token.claims {
                        _ if !issuer.accepts_type(token.jws.header.typ) => Fit::Key,
                        claims if !issuer.accepts_kind(claims) => Fit::Type,
                        claims if issuer.profile.scopes.read(&claims.scopes).is_none() => Fit::Kind,
                        _ => Fit::Scopes,
                    };
                    if furthest.is_none_or(|(before, _)| before < fit) {
                        furthest = Some((fit, (issuer, key)));
                    }
                }
            }
        }
        match (furthest, without) {
            (Some((_, selected)), _) => Ok(selected),
            (None, Some(no_key)) => Err(no_key),
            (None, None) => Err((Denied::IssuerUnknown, None)),
        }
    }

    /// The key of this issuer's section that the header leads to.
    #[inline]
    fn select_from(
        &self,
        issuer: &'a Issuer<S>,
        token: &Unverified<'_>,
    ) -> Result<&'a TrustedKey<'a>, NoKey> {
        // RFC 8725, section 3.10: a key that the token brings is never one to trust.
        if !token.jws.header.key_parameters.are_within(issuer.ignored) {
            return Err((Denied::EmbeddedKey, None));
        }
        let (label, header) = (issuer.section().label, &token.jws.header);
        // Whoever knows the token knows where its key stood, and looks whether the same search would end there again.
        let again =
            token.known.as_ref().and_then(|known| self.ring.select_again(known.position, label, header));
        if let Some(key) = again {
            return Ok(key);
        }
        let section = self.ring.section(label).ok_or((Denied::NoKeysForIssuer, None))?;
        self.ring
            .select(section, header)
            .map_err(|denied| (denied, (denied == Denied::UnknownKid).then_some(section)))
    }

    /// The description that an authentic token's key belongs to.
    pub(super) fn issuer_of(&self, token: &Authentic<'_, '_>) -> Result<&'a Issuer<S>, Denied> {
        let claimed = token.reading.claims.issuer.ok_or(Denied::IssuerMissing)?;
        let first = self.policy.issuer(claimed).ok_or(Denied::IssuerUnknown)?;
        let has_key = |issuer: &&'a Issuer<S>| self.ring.holds(token.key, issuer.section().label);
        if has_key(&first) {
            return Ok(first);
        }
        let mut twins = self.policy.issuers.iter().filter(|issuer| issuer.name() == claimed);
        // The caller picked the key, perhaps for another product or from another ring.
        twins.find(has_key).ok_or(Denied::IssuerMismatch)
    }
}
