//! One DPoP proof before one request: the checks of RFC 9449, section 4.3, what is cheap first.

use super::{
    jws::Jws,
    sender::{DpopNonces, DpopRequest},
};
use crate::{
    Denied, KeyParameter, Now, Policy, ReplayWindow, Scratch, Thumbprint, UnixSeconds,
    ground::{clock::Clock, constant_time, require::require, scan},
    limits::MAX_PROOF_LEN,
    meaning::{media_type, proof::ProofClaims},
    trust::{
        dpop::{DpopRule, NonceRule, RequestDigests},
        jwk::Jwk,
        replay::Use,
    },
    wire::{
        compact::Compact,
        digest::sha256_of_text,
        json::{Object, Str, Value},
        uri::RequestUri,
    },
};
use jotgate_crypto::{Algorithm, Hashing, PublicKey, SigningInput, VerifyingKey, Word};
use sha2::{Digest, Sha256};

/// A DPoP proof that holds, but for having been used before.
#[derive(Clone, Copy)]
pub struct DpopProof<'s> {
    /// Of the key that signed it: the one that the token is bound to.
    pub(super) key: Thumbprint,
    /// `jti`.
    pub(super) id: &'s str,
    /// From when on it is refused for its age, or for its nonce.
    pub(super) expires: UnixSeconds,
}

impl<'s> DpopProof<'s> {
    /// Checks the proof of a request by itself: for a token that is no JWT, of which the authorization server
    /// has told to which key it is bound. The validator does this for tokens that are.
    ///
    /// # Errors
    /// [`Denied::BindingNotProven`] when the policy has no rule for proofs, [`Denied::ScratchTooSmall`], a reason of the
    /// 50xx group, or of the 60xx and 62xx groups for time, nonces and digests.
    pub fn check<S: AsRef<str>>(
        request: &DpopRequest<'s>,
        token: &[u8],
        bound_to: &Thumbprint,
        policy: &Policy<'_, S>,
        now: Now,
        scratch: &'s mut Scratch<'_>,
    ) -> Result<Self, Denied> {
        let rule = policy.dpop.as_ref().ok_or(Denied::BindingNotProven)?;
        let clock = Clock { now, floor: policy.clock_floor, leeway: policy.leeway };
        let case = ProofCase { rule, request, token: Hashing::of(token), bound_to: &bound_to.0, clock };
        case.check(request.fields, &mut scratch.reborrow())
    }

    /// Takes note that it was used, on the account of this client, in one step with the question whether it was
    /// before. To be asked last, when nothing else refuses the request.
    ///
    /// # Errors
    /// [`Denied::Replayed`], or why no note can be taken: a reason of the 52xx or 62xx group.
    pub fn spend(
        &self,
        window: &ReplayWindow<'_>,
        issuer: &str,
        client: &str,
        now: UnixSeconds,
    ) -> Result<(), Denied> {
        window.spend(&Use { key: &self.key, id: self.id, issuer, client, expires: self.expires }, now)
    }
}

/// What a proof is held against.
#[derive(Clone, Copy)]
pub(super) struct ProofCase<'c> {
    pub(super) rule: &'c DpopRule<'c>,
    pub(super) request: &'c DpopRequest<'c>,
    /// The token, in the same bytes as it was sent.
    pub(super) token: Hashing<'c>,
    /// `cnf.jkt`.
    pub(super) bound_to: &'c [u8; 32],
    pub(super) clock: Clock,
}

/// Words that suffice for the largest key of any algorithm: RSA of 4096 bits, whatever the processor. On the stack, for
/// the time of one verification.
const KEY_WORDS: usize = 264;

impl ProofCase<'_> {
    /// Point 1: exactly one field. A comma joins fields, and stands in no proof.
    pub(super) fn check<'s>(
        &self,
        fields: &[&'s [u8]],
        scratch: &mut Scratch<'s>,
    ) -> Result<DpopProof<'s>, Denied> {
        match *fields {
            [] => Err(Denied::ProofMissing),
            [field] if scan::position(field, b',').is_none() => self.check_one(field.trim_ascii(), scratch),
            _ => Err(Denied::ProofRepeated),
        }
    }

    /// Reads and checks the proof. The signature comes last, so that whoever has no good token, or none of
    /// this key, cannot spend its cost.
    fn check_one<'s>(&self, field: &'s [u8], scratch: &mut Scratch<'s>) -> Result<DpopProof<'s>, Denied> {
        // Point 2; header and claims are read once, as those of tokens are.
        let compact = Compact::split(field, MAX_PROOF_LEN).map_err(form)?;
        let mut hashings = [Hashing::of(compact.signing_input), self.token];
        let mut jws = Jws::UNREAD;
        jws.fill(compact, scratch, None, &mut hashings).map_err(form)?;
        let (algorithm, key) = self.header(&jws, scratch)?;
        let claims = ProofClaims::read(jws.segments.payload, scratch, &mut hashings)?; // point 3
        let [input, token] = hashings;
        self.method(&claims)?; // point 8
        self.uri(&claims)?; // point 9
        let by_nonce = self.nonce(&claims)?; // point 10
        let by_age = self.age(&claims)?; // point 11
        require(is_digest(claims.token_digest, &token.digest()), Denied::ProofWrongToken)?; // point 12, first half
        self.digests(&claims)?; // CAMARA
        let thumbprint = Thumbprint::of(&key);
        if !constant_time::equal(&thumbprint.0, self.bound_to) {
            return Err(Denied::ProofWrongKey); // point 12, second half
        }
        verify(&jws, &input.finish(), algorithm, &key)?; // point 6
        let expires = by_nonce.map_or(by_age, |by_nonce| by_nonce.min(by_age));
        Ok(DpopProof { key: thumbprint, id: claims.id, expires })
    }

    /// Points 4, 5 and 7: type, algorithm, and a public key that fits it.
    fn header<'s>(
        &self,
        jws: &Jws<'s>,
        scratch: &mut Scratch<'s>,
    ) -> Result<(&dyn Algorithm, PublicKey<'s>), Denied> {
        let header = &jws.header;
        if !header.typ.is_some_and(|typ| media_type::same(typ, "dpop+jwt")) {
            return Err(Denied::ProofWrongType);
        }
        let allowed = self.rule.algorithms.iter().find(|own| own.name() == header.algorithm);
        let algorithm = *allowed.ok_or(Denied::ProofAlgorithmNotAllowed)?;
        if !header.key_parameters.contain(KeyParameter::Jwk) {
            return Err(Denied::ProofKeyMissing);
        }
        let object = Object::of_checked(header.key.ok_or(Denied::ProofKeyUnusable)?);
        let jwk = Jwk::read(Value::Object(object), scratch);
        let jwk = jwk.map_err(|(reason, _)| match reason {
            crate::SkipReason::Fault(crate::KeyFault::OutOfMemory) => Denied::ScratchTooSmall,
            _ => Denied::ProofKeyUnusable,
        })?;
        if jwk.remarks.private_members {
            return Err(Denied::ProofKeyPrivate);
        }
        let is_of_another = jwk.algorithm.is_some_and(|own| own != header.algorithm);
        if is_of_another || jwk.remarks.leading_zero {
            return Err(Denied::ProofKeyUnusable);
        }
        Ok((algorithm, jwk.public))
    }

    fn method(&self, claims: &ProofClaims<'_>) -> Result<(), Denied> {
        require(claims.method.as_bytes() == self.request.method, Denied::ProofWrongMethod)
    }

    fn uri(&self, claims: &ProofClaims<'_>) -> Result<(), Denied> {
        let claimed = RequestUri::parse(claims.uri.as_bytes());
        let same = claimed.is_some_and(|claimed| claimed.is_same_as(&self.request.uri));
        require(same, Denied::ProofWrongUri)
    }

    /// When the nonce makes the proof worthless, where one was checked.
    fn nonce(&self, claims: &ProofClaims<'_>) -> Result<Option<UnixSeconds>, Denied> {
        let life = match (self.rule.nonce, claims.nonce) {
            (NonceRule::NotRequired, None) => return Ok(None),
            (NonceRule::NotRequired, Some(_)) => None,
            (NonceRule::Required { .. }, None) => return Err(Denied::ProofNonceMissing),
            (NonceRule::Required { life }, Some(_)) => Some(life),
        };
        let good = match (self.request.nonces, life) {
            (Some(nonces), _) => nonces.contain(claims.nonce.unwrap_or_default()),
            (None, None) => return Ok(None),
            (None, Some(_)) => return Err(Denied::NoncesMissing),
        };
        require(good, Denied::ProofNonceStale)?;
        let now = self.clock.time()?;
        // It is accepted for `life` at the most, counted from a time that is over: from now on it is less.
        Ok(life.map(|life| now.plus(life).plus(1)))
    }

    /// From when on the proof is too old.
    fn age(&self, claims: &ProofClaims<'_>) -> Result<UnixSeconds, Denied> {
        let (issued_at, most) = (claims.issued_at, self.rule.max_age);
        require(self.clock.has_come(issued_at)?, Denied::ProofIssuedInFuture)?;
        require(self.clock.is_within(most, issued_at)?, Denied::ProofTooOld)?;
        Ok(issued_at.plus(most).plus(self.clock.leeway).plus(1))
    }

    fn digests(&self, claims: &ProofClaims<'_>) -> Result<(), Denied> {
        let (query, body) = match self.rule.digests {
            RequestDigests::NotRequired => (false, false),
            RequestDigests::Query => (true, false),
            RequestDigests::Body => (false, true),
            RequestDigests::QueryAndBody => (true, true),
        };
        if query {
            let query = self.request.query.ok_or(Denied::RequestDetailsMissing)?;
            let digest = query.map(|query| <[u8; 32]>::from(Sha256::digest(query)));
            require(is_said(claims.query_digest, digest.as_ref()), Denied::ProofWrongQuery)?;
        }
        if body {
            let digest = self.request.body.ok_or(Denied::RequestDetailsMissing)?;
            require(is_said(claims.body_digest, digest), Denied::ProofWrongBody)?;
        }
        Ok(())
    }
}

impl DpopNonces<'_> {
    fn contain(&self, nonce: &str) -> bool {
        let is = |own: &[u8]| !own.is_empty() && constant_time::equal(own, nonce.as_bytes());
        // Both are compared, so that the time does not tell which one it is.
        is(self.current) | self.previous.is_some_and(is)
    }
}

/// The claim is there if and only if there is something to digest, and says its digest.
fn is_said(claim: Option<Str<'_>>, digest: Option<&[u8; 32]>) -> bool {
    match (claim, digest) {
        (Some(claim), Some(digest)) => is_digest(claim, digest),
        (None, None) => true,
        _ => false,
    }
}

fn is_digest(text: Str<'_>, digest: &[u8; 32]) -> bool {
    sha256_of_text(text).is_some_and(|said| constant_time::equal(&said, digest))
}

/// What the reader of tokens says, said of a proof.
fn form(denied: Denied) -> Denied {
    match denied {
        Denied::ScratchTooSmall => denied,
        Denied::TokenTooLong => Denied::ProofTooLong,
        Denied::AlgorithmNotSupported | Denied::AlgorithmMissing => Denied::ProofAlgorithmNotAllowed,
        _ => Denied::ProofMalformed,
    }
}

/// A function of its own, so that its stack is only there while it runs.
#[inline(never)]
fn verify(
    jws: &Jws<'_>,
    input: &SigningInput<'_>,
    algorithm: &dyn Algorithm,
    key: &PublicKey<'_>,
) -> Result<(), Denied> {
    let mut words: [Word; KEY_WORDS] = [0; KEY_WORDS];
    let mut memory = words.as_mut_slice();
    let key = VerifyingKey::prepare(algorithm, key, &mut memory).map_err(|_| Denied::ProofKeyUnusable)?;
    key.verify(input, jws.segments.signature).map_err(|_| Denied::ProofBadSignature)
}
