//! ID tokens (OpenID Connect Core 1.0, sections 2 and 3.1.3.7; CIBA Core 1.0, section 10.3.1): what a client may believe
//! of who has authenticated. They are read and verified as access tokens are, and never become a grant.

use super::{
    token::{Authentic, Unverified},
    worker::WorkerState,
};
use crate::{
    AlgorithmName, Denied, IdTokenRule, KeyRing, Now, Scratch, UnixSeconds,
    ground::{clock::Clock, constant_time, require::require},
    limits::MAX_TOKEN_LEN_RAISED,
    meaning::{
        claim_set::ClaimSet,
        claims::{Audience, Claims},
        media_type,
        text::text,
    },
    wire::{
        base64url,
        json::{Array, Str, Value},
    },
};
use sha2::{Digest, Sha256, Sha384, Sha512};

/// An ID token that passed every check of one authentication. It says who authenticated, and gives access to
/// nothing.
#[derive(Clone, Copy)]
pub struct IdToken<'s> {
    claims: Claims<&'s str>,
    signing_input_digest: [u8; 32],
    issuer: &'s str,
    subject: &'s str,
}

impl<'s> IdToken<'s> {
    /// Reads `token`, verifies it with the issuer's keys, and judges its claims.
    ///
    /// # Errors
    /// The first reason to refuse, in the order of this function.
    pub fn check(
        token: &'s [u8],
        ring: &KeyRing<'_>,
        rule: &IdTokenRule<'_>,
        now: Now,
        scratch: &'s mut Scratch<'_>,
    ) -> Result<Self, Denied> {
        let mut scratch = scratch.reborrow();
        // RFC 7515, section 5.2, steps 1 to 7; RFC 7519, section 7.2.
        let mut unverified = Unverified::UNREAD;
        unverified.fill(token, MAX_TOKEN_LEN_RAISED, &mut scratch, 0, &mut WorkerState::new())?;
        // Point 2: the issuer, exactly; it picks the section of the ring.
        let issuer = unverified.claims.issuer.ok_or(Denied::IssuerMissing)?;
        require(issuer == rule.section.issuer, Denied::IssuerUnknown)?;
        let section = ring.section_of(&rule.section).ok_or(Denied::NoKeysForIssuer)?;
        // Point 7: the algorithm that was registered, and no other.
        require(unverified.jws.header.algorithm == rule.algorithm, Denied::AlgorithmMismatch)?;
        let key = unverified.jws.select(ring, section)?;
        // Point 6.
        let token = unverified.verify(key)?;
        let case =
            IdCase { token: &token, rule, clock: Clock { now, floor: rule.floor, leeway: rule.leeway } };
        case.claims().sound(|| ClaimSet::OF_ID_TOKENS)?;
        case.kind()?;
        let subject = case.subject()?;
        case.audience()?; // points 3 to 5
        case.dates()?; // points 9 and 10
        case.nonce(&mut scratch)?; // point 11
        case.authentication()?; // points 12 and 13
        case.hashes()?; // sections 3.1.3.8, 3.3.2.9 and 3.3.2.10; CIBA section 10.3.1
        case.auth_request(&mut scratch)?; // CIBA section 10.3.1
        let signing_input_digest = token.signing_input_digest;
        Ok(Self { claims: unverified.claims, signing_input_digest, issuer, subject })
    }

    /// `iss`.
    #[must_use]
    pub fn issuer(&self) -> &'s str {
        self.issuer
    }

    /// `sub`: the user, for this issuer.
    #[must_use]
    pub fn subject(&self) -> &'s str {
        self.subject
    }

    /// `acr`: how the user has authenticated.
    #[must_use]
    pub fn authentication_class(&self) -> Option<&'s str> {
        self.claims.acr
    }

    /// `auth_time`: when, a fraction cut off.
    #[must_use]
    pub fn authenticated_at(&self) -> Option<UnixSeconds> {
        self.claims.auth_time
    }

    /// Any claim, borrowed from the token.
    #[must_use]
    pub fn claim(&self, name: &str) -> Option<Value<'s>> {
        self.claims.object().first(name)
    }
}

impl core::fmt::Debug for IdToken<'_> {
    /// Names the token by its digest; says nothing of its claims.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("IdToken")
            .field("signing_input_digest", &self.signing_input_digest)
            .finish_non_exhaustive()
    }
}

/// An authentic token before one rule.
struct IdCase<'c, 's> {
    token: &'c Authentic<'c, 's>,
    rule: &'c IdTokenRule<'c>,
    clock: Clock,
}

impl<'s> IdCase<'_, 's> {
    fn claims(&self) -> &Claims<&'s str> {
        &self.token.reading.claims
    }

    /// No access token, no logout token, and none of the kinds that name themselves.
    fn kind(&self) -> Result<(), Denied> {
        let typ = self.token.reading.jws.header.typ;
        require(typ.is_none_or(|typ| media_type::same(typ, "JWT")), Denied::WrongType)?;
        let claims = self.claims();
        let names = |value: Option<&str>, own: &str| value.is_none_or(|value| value == own);
        let is_id = names(claims.kind.typ, "ID") && names(claims.kind.token_use, "id");
        // A logout token has `events` (OpenID Connect Back-Channel Logout, section 2.4).
        require(is_id && claims.object().first("events").is_none(), Denied::WrongKind)
    }

    fn subject(&self) -> Result<&'s str, Denied> {
        let subject = self.claims().subject.ok_or(Denied::SubjectMissing)?;
        // OpenID Connect Core, section 2: at most 255 ASCII characters.
        let lawful = !subject.is_empty() && subject.len() <= 255 && subject.is_ascii();
        if lawful { Ok(subject) } else { Err(Denied::SubjectMalformed) }
    }

    fn audience(&self) -> Result<(), Denied> {
        let own = self.rule.client_id;
        let audience = self.claims().audience.ok_or(Denied::AudienceMissing)?;
        require(audience.contains(own), Denied::WrongAudience)?;
        if let Audience::Several(names) = audience {
            let trusted = |name: Str<'_>| {
                name == *own || self.rule.trusted_audiences.iter().any(|trusted| name == **trusted)
            };
            let all = Array::of_checked(names).items().all(|name| name.as_str().is_some_and(trusted));
            require(all, Denied::AudienceNotTrusted)?;
        }
        // Errata 2: only extensions define it; where it is, it is the client.
        let party = self.claims().clients.azp;
        require(party.is_none_or(|party| party == own), Denied::WrongAuthorizedParty)
    }

    fn dates(&self) -> Result<(), Denied> {
        let claims = self.claims();
        let expires = claims.expires.ok_or(Denied::ExpirationMissing)?;
        require(self.clock.is_before(expires)?, Denied::Expired)?;
        if let Some(not_before) = claims.not_before {
            require(self.clock.has_come(not_before)?, Denied::NotYetValid)?;
        }
        let issued_at = claims.issued_at.ok_or(Denied::IssuedAtMissing)?;
        require(self.clock.has_come(issued_at)?, Denied::IssuedInFuture)?;
        require(expires > issued_at, Denied::ExpiresBeforeIssued)?;
        require(self.clock.is_within(self.rule.max_age, issued_at)?, Denied::TooOld)
    }

    fn nonce(&self, scratch: &mut Scratch<'s>) -> Result<(), Denied> {
        let Some(sent) = self.rule.nonce else { return Ok(()) };
        let nonce = self.string("nonce")?.ok_or(Denied::NonceMissing)?;
        let nonce = text(nonce, scratch.text())?;
        require(constant_time::equal(nonce.as_bytes(), sent.as_bytes()), Denied::NonceMismatch)
    }

    fn authentication(&self) -> Result<(), Denied> {
        let (rule, claims) = (self.rule, self.claims());
        let good = claims.acr.is_some_and(|acr| rule.classes.contains(&acr));
        require(rule.classes.is_empty() || good, Denied::AuthenticationTooWeak)?;
        let Some(most) = rule.max_authentication_age else { return Ok(()) };
        let since = claims.auth_time.ok_or(Denied::AuthenticationTimeMissing)?;
        require(self.clock.has_come(since)?, Denied::AuthenticationInFuture)?;
        require(self.clock.is_within(most, since)?, Denied::AuthenticationTooOld)
    }

    /// Each hash that is there must be right, if its value is known; those that the flow requires must be there.
    fn hashes(&self) -> Result<(), Denied> {
        let rule = self.rule;
        for (name, value, required, missing, wrong) in [
            (
                "at_hash",
                rule.access_token,
                rule.requires_access_token_hash,
                Denied::AccessTokenHashMissing,
                Denied::AccessTokenHashMismatch,
            ),
            ("c_hash", rule.code, rule.requires_code_hash, Denied::CodeHashMissing, Denied::CodeHashMismatch),
            (
                "urn:openid:params:jwt:claim:rt_hash",
                rule.refresh_token,
                true,
                Denied::RefreshTokenHashMissing,
                Denied::RefreshTokenHashMismatch,
            ),
        ] {
            let Some(value) = value else { continue };
            match self.string(name)? {
                Some(hash) => require(self.is_half_hash(hash, value), wrong)?,
                None => require(!required, missing)?,
            }
        }
        Ok(())
    }

    /// Whether `hash` is base64url of the left half of the hash of `value`, with the hash of the signature's
    /// algorithm (OpenID Connect Core, section 3.1.3.6).
    fn is_half_hash(&self, hash: Str<'_>, value: &[u8]) -> bool {
        let mut half = [0; 32];
        let len = match self.token.reading.jws.header.algorithm {
            AlgorithmName::Es256 | AlgorithmName::Ps256 | AlgorithmName::Rs256 => {
                left_half(&Sha256::digest(value), &mut half)
            }
            AlgorithmName::Es384 | AlgorithmName::Ps384 | AlgorithmName::Rs384 => {
                left_half(&Sha384::digest(value), &mut half)
            }
            // Ed25519 hashes with SHA-512 (RFC 8032, section 5.1).
            AlgorithmName::Es512 | AlgorithmName::Ps512 | AlgorithmName::Rs512 | AlgorithmName::EdDsa => {
                left_half(&Sha512::digest(value), &mut half)
            }
        };
        let (mut said, expected) = ([0; 32], half.get(..len).unwrap_or_default());
        let Some(said) = said.get_mut(..len) else { return false };
        let decoded = hash.as_plain().and_then(|hash| base64url::decode(hash.as_bytes(), said));
        decoded.is_some() && constant_time::equal(said, expected)
    }

    fn auth_request(&self, scratch: &mut Scratch<'s>) -> Result<(), Denied> {
        let Some(sent) = self.rule.auth_request else { return Ok(()) };
        let id = self.string("urn:openid:params:jwt:claim:auth_req_id")?.ok_or(Denied::AuthRequestMissing)?;
        let id = text(id, scratch.text())?;
        require(constant_time::equal(id.as_bytes(), sent.as_bytes()), Denied::AuthRequestMismatch)
    }

    fn string(&self, name: &str) -> Result<Option<Str<'s>>, Denied> {
        let value = self.claims().object().first(name);
        value.map(|value| value.as_str().ok_or(Denied::ClaimWrongType)).transpose()
    }
}

/// Copies the left half, and says how long it is.
fn left_half(digest: &[u8], half: &mut [u8; 32]) -> usize {
    let len = digest.len() / 2;
    for (to, from) in half.iter_mut().zip(digest.iter().take(len)) {
        *to = *from;
    }
    len
}
