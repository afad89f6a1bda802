//! What a client expects of an ID token.

use super::{
    names::not_empty,
    policy::{DEFAULT_CLOCK_FLOOR, DEFAULT_LEEWAY, MAX_LEEWAY},
    section::Section,
};
use crate::{AlgorithmName, PolicyError, UnixSeconds};

/// What a client expects of the ID token that answers one of its authentication requests. Everything that it
/// sent must be said here, or it is not checked.
#[derive(Clone, Copy)]
pub struct IdTokenRule<'r> {
    pub(crate) section: Section<'r>,
    pub(crate) client_id: &'r str,
    pub(crate) algorithm: AlgorithmName,
    pub(crate) trusted_audiences: &'r [&'r str],
    pub(crate) nonce: Option<&'r str>,
    pub(crate) classes: &'r [&'r str],
    pub(crate) max_authentication_age: Option<u32>,
    pub(crate) access_token: Option<&'r [u8]>,
    pub(crate) requires_access_token_hash: bool,
    pub(crate) code: Option<&'r [u8]>,
    pub(crate) requires_code_hash: bool,
    pub(crate) refresh_token: Option<&'r [u8]>,
    pub(crate) auth_request: Option<&'r str>,
    pub(crate) max_age: u32,
    pub(crate) leeway: u32,
    pub(crate) floor: UnixSeconds,
}

/// Whether a hash of what came with the ID token must be in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashRule {
    /// It may be missing: what came from the token endpoint, over TLS. One that is there must be right.
    Optional,
    /// It must be there: what came through the browser (implicit and hybrid flow).
    Required,
}

/// Seconds since `iat` unless the client says otherwise.
pub const DEFAULT_ID_TOKEN_AGE: u32 = 600;

impl<'r> IdTokenRule<'r> {
    /// An ID token of `issuer` for `client_id`, signed with the algorithm that the client has registered
    /// (`id_token_signed_response_alg`; RS256 where it registered none).
    ///
    /// # Errors
    /// [`PolicyError::EmptyName`].
    pub fn new(issuer: &'r str, client_id: &'r str, algorithm: AlgorithmName) -> Result<Self, PolicyError> {
        if issuer.is_empty() || client_id.is_empty() {
            return Err(PolicyError::EmptyName);
        }
        Ok(Self {
            section: Section::of_issuer(issuer),
            client_id,
            algorithm,
            trusted_audiences: &[],
            nonce: None,
            classes: &[],
            max_authentication_age: None,
            access_token: None,
            requires_access_token_hash: false,
            code: None,
            requires_code_hash: false,
            refresh_token: None,
            auth_request: None,
            max_age: DEFAULT_ID_TOKEN_AGE,
            leeway: DEFAULT_LEEWAY,
            floor: DEFAULT_CLOCK_FLOOR,
        })
    }

    /// Takes the keys of the ring's section of this label, instead of the one that is called as the issuer.
    ///
    /// # Errors
    /// [`PolicyError::EmptyName`].
    pub fn with_section(mut self, label: &'r str) -> Result<Self, PolicyError> {
        if label.is_empty() {
            return Err(PolicyError::EmptyName);
        }
        self.section.label = label;
        Ok(self)
    }

    /// Trusts these audiences besides the client itself.
    ///
    /// # Errors
    /// [`PolicyError::EmptyList`], [`PolicyError::EmptyName`].
    pub fn with_trusted_audiences(mut self, names: &'r [&'r str]) -> Result<Self, PolicyError> {
        not_empty(names)?;
        self.trusted_audiences = names;
        Ok(self)
    }

    /// The nonce that was sent.
    ///
    /// # Errors
    /// [`PolicyError::EmptyName`].
    pub fn with_nonce(mut self, nonce: &'r str) -> Result<Self, PolicyError> {
        self.nonce = Some(named(nonce)?);
        Ok(self)
    }

    /// One of these values of `acr`.
    ///
    /// # Errors
    /// [`PolicyError::EmptyList`], [`PolicyError::EmptyName`].
    pub fn with_classes(mut self, classes: &'r [&'r str]) -> Result<Self, PolicyError> {
        not_empty(classes)?;
        self.classes = classes;
        Ok(self)
    }

    /// An authentication at most so many seconds ago, and none in the future; `auth_time` is then required (`max_age` was sent).
    #[must_use]
    pub fn with_max_authentication_age(mut self, seconds: u32) -> Self {
        self.max_authentication_age = Some(seconds);
        self
    }

    /// The access token that came with it. Its hash must be there in a [push](Self::with_push), whatever `hash` says.
    ///
    /// # Errors
    /// [`PolicyError::EmptyName`].
    pub fn with_access_token(mut self, token: &'r [u8], hash: HashRule) -> Result<Self, PolicyError> {
        self.access_token = Some(given(token)?);
        self.requires_access_token_hash = hash == HashRule::Required || self.auth_request.is_some();
        Ok(self)
    }

    /// The authorization code that came with it.
    ///
    /// # Errors
    /// [`PolicyError::EmptyName`].
    pub fn with_code(mut self, code: &'r [u8], hash: HashRule) -> Result<Self, PolicyError> {
        self.code = Some(given(code)?);
        self.requires_code_hash = hash == HashRule::Required;
        Ok(self)
    }

    /// A push of CIBA (section 10.3.1): the authentication request that it answers, and the tokens beside it, whose
    /// hashes must all be there.
    ///
    /// # Errors
    /// [`PolicyError::EmptyName`].
    pub fn with_push(
        mut self,
        auth_request: &'r str,
        access_token: &'r [u8],
        refresh_token: Option<&'r [u8]>,
    ) -> Result<Self, PolicyError> {
        self.auth_request = Some(named(auth_request)?);
        self.refresh_token = refresh_token.map(given).transpose()?;
        self.with_access_token(access_token, HashRule::Required)
    }

    /// Refuses ID tokens that were issued longer ago, instead of [`DEFAULT_ID_TOKEN_AGE`].
    ///
    /// # Errors
    /// [`PolicyError::SecondsOutOfRange`] for zero.
    pub fn with_max_age(mut self, seconds: u32) -> Result<Self, PolicyError> {
        if seconds == 0 {
            return Err(PolicyError::SecondsOutOfRange);
        }
        self.max_age = seconds;
        Ok(self)
    }

    /// Tolerates clocks that differ by so many seconds.
    ///
    /// # Errors
    /// [`PolicyError::SecondsOutOfRange`] beyond [`MAX_LEEWAY`].
    pub fn with_leeway(mut self, seconds: u32) -> Result<Self, PolicyError> {
        if seconds > MAX_LEEWAY {
            return Err(PolicyError::SecondsOutOfRange);
        }
        self.leeway = seconds;
        Ok(self)
    }

    /// Believes no time before `floor`.
    #[must_use]
    pub fn with_clock_floor(mut self, floor: UnixSeconds) -> Self {
        self.floor = floor;
        self
    }
}

fn named(name: &str) -> Result<&str, PolicyError> {
    if name.is_empty() { Err(PolicyError::EmptyName) } else { Ok(name) }
}

fn given(secret: &[u8]) -> Result<&[u8], PolicyError> {
    if secret.is_empty() { Err(PolicyError::EmptyName) } else { Ok(secret) }
}
