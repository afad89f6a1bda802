//! What a request may rely on. Nothing but a grant gives a subject, and nothing but a check gives a grant.

use super::case::Case;
use crate::{
    Denied, UnixSeconds,
    meaning::{
        claims::Audience,
        scope::{Purpose, Scopes},
        text::denied,
    },
    wire::json::{Array, DeError, Object, Str, Value},
};
use serde::Deserialize;

/// A token that passed every check of one product at one time. Valid for the request that it was checked
/// for; the next request is a check of its own.
#[derive(Clone)]
pub struct Grant<'s> {
    pub(super) claims: Object<'s>,
    issuer: &'s str,
    label: &'s str,
    subject: Option<&'s str>,
    pub(super) audience: Option<Audience<&'s str>>,
    token_id: Option<&'s str>,
    issued_at: Option<UnixSeconds>,
    client: Option<&'s str>,
    group: Option<&'s str>,
    has_user: bool,
    pub(super) scopes: Scopes<'s>,
    pub(super) purpose: Option<Purpose<'s>>,
    pub(super) expires: UnixSeconds,
    signing_input_digest: [u8; 32],
}

impl<'s> Grant<'s> {
    /// The facts of a case whose every rule holds.
    #[inline]
    pub(super) fn of<'a: 's, S: AsRef<str>>(case: &Case<'_, 'a, 's, S>) -> Result<Self, Denied> {
        let claims = case.claims();
        Ok(Self {
            claims: claims.object(),
            issuer: claims.issuer.ok_or(Denied::IssuerMissing)?,
            label: case.issuer.label(),
            subject: claims.subject,
            audience: claims.audience,
            token_id: claims.token_id,
            issued_at: claims.issued_at,
            client: case.client_id(),
            group: case.listed_client().map(|client| client.group.as_ref()),
            has_user: case.has_user(),
            scopes: case.scopes()?.clone(),
            purpose: case.purpose()?,
            expires: claims.expires.ok_or(Denied::ExpirationMissing)?,
            signing_input_digest: case.token.signing_input_digest,
        })
    }

    /// `iss`.
    #[must_use]
    pub fn issuer(&self) -> &'s str {
        self.issuer
    }

    /// Which of the policy's issuers judged: the label of its section of keys ([`Issuer::section`](crate::Issuer::section)).
    #[must_use]
    pub fn issuer_label(&self) -> &'s str {
        self.label
    }

    /// `sub`: the user, or the client itself ([`has_user`](Self::has_user) tells). Some providers leave it
    /// out.
    #[must_use]
    pub fn subject(&self) -> Option<&'s str> {
        self.subject
    }

    /// The client, from the claim in which this issuer names it.
    #[must_use]
    pub fn client(&self) -> Option<&'s str> {
        self.client
    }

    /// The group under which the policy lists the client, if it lists clients.
    #[must_use]
    pub fn client_group(&self) -> Option<&'s str> {
        self.group
    }

    /// Whether the token stands for a user (3-legged), not for the client alone.
    #[must_use]
    pub fn has_user(&self) -> bool {
        self.has_user
    }

    /// The scopes, in the token's order: after introspection those that the authorization server still grants.
    #[must_use]
    pub fn scopes(&self) -> Scopes<'s> {
        self.scopes.clone()
    }

    /// The purpose, where the policy asks for one.
    #[must_use]
    pub fn purpose(&self) -> Option<Purpose<'s>> {
        self.purpose
    }

    /// The audiences that the token names.
    pub fn audience(&self) -> impl Iterator<Item = Str<'s>> + Clone + use<'s> {
        let (one, several) = match self.audience {
            None => (None, None),
            Some(Audience::One(name)) => (Some(Str::plain(name)), None),
            Some(Audience::Several(names)) => (None, Some(Array::of_checked(names).items())),
        };
        one.into_iter().chain(several.into_iter().flatten().filter_map(|name| name.as_str()))
    }

    /// `exp`, a fraction cut off; that of the introspection response where it is earlier. The leeway of the policy is not
    /// added.
    #[must_use]
    pub fn expires(&self) -> UnixSeconds {
        self.expires
    }

    /// `iat`, a fraction cut off.
    #[must_use]
    pub fn issued_at(&self) -> Option<UnixSeconds> {
        self.issued_at
    }

    /// `jti`.
    #[must_use]
    pub fn token_id(&self) -> Option<&'s str> {
        self.token_id
    }

    /// SHA-256 of the first two segments with their dot, 32 bytes: names the token in audit records and
    /// revocation lists, the same whatever its signature.
    #[must_use]
    pub fn signing_input_digest(&self) -> &[u8; 32] {
        &self.signing_input_digest
    }

    /// Any claim, borrowed from the token, as it was signed: introspection changes none.
    #[must_use]
    pub fn claim(&self, name: &str) -> Option<Value<'s>> {
        self.claims.first(name)
    }

    /// A claim inside claims: `["realm_access", "roles"]`, for example. `None` when there is none.
    ///
    /// # Errors
    /// [`Denied::DuplicateMember`] when a name stands twice in one of the objects on the way, [`Denied::TooManyClaims`] when
    /// one has more than [`MAX_INNER_MEMBERS`](crate::limits::MAX_INNER_MEMBERS).
    pub fn claim_at(&self, path: &[&str]) -> Result<Option<Value<'s>>, Denied> {
        let mut value = Some(Value::Object(self.claims));
        for name in path {
            let Some(object) = value.and_then(|value| value.as_object()) else { return Ok(None) };
            value = object.get(name).map_err(|error| denied(error, Denied::TooManyClaims))?;
        }
        Ok(value)
    }

    /// All claims as a type of the caller's, through the same reader as the check: an object in which a name stands twice
    /// is refused, whether the type asks for that name or not.
    ///
    /// Strings without escapes can be borrowed (`&str`); those with escapes need an owned type and are
    /// limited to 256 bytes.
    ///
    /// # Errors
    /// How the claims do not fit the type.
    pub fn claims<T: Deserialize<'s>>(&self) -> Result<T, DeError> {
        T::deserialize(Value::Object(self.claims))
    }
}

impl core::fmt::Debug for Grant<'_> {
    /// Names the token by its digest; says nothing of its claims.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Grant")
            .field("signing_input_digest", &self.signing_input_digest)
            .finish_non_exhaustive()
    }
}
