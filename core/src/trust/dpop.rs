//! What a product demands of the sender: that the token is bound, and how DPoP proofs must look.

use crate::PolicyError;
use jotgate_crypto::Algorithm;

/// Whether tokens must be bound to their sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SenderBinding {
    /// A token that is bound must be proven; one that is not may be used by whoever has it.
    AsTheTokenSays,
    /// The token must be bound to a key (`cnf.jkt`, RFC 9449).
    Dpop,
    /// The token must be bound to a certificate (`cnf["x5t#S256"]`, RFC 8705).
    Certificate,
    /// The token must be bound to a key or a certificate.
    Either,
}

/// Whether proofs must hold a nonce of the host (RFC 9449, section 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NonceRule {
    /// They need none; one that is there must be good where the host lends nonces.
    NotRequired,
    /// They must hold one that the host lends now.
    Required {
        /// Seconds from the moment at which the host first lends a nonce to the moment at which it accepts it
        /// no more. Proofs are remembered for that long.
        life: u32,
    },
}

/// Which digests of the request a proof must hold besides (CAMARA Security and Interoperability Profile, DPoP).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestDigests {
    /// None.
    NotRequired,
    /// `camara:qh`: of the query, where there is one.
    Query,
    /// `camara:bh`: of the body, where there is one.
    Body,
    /// Both.
    QueryAndBody,
}

/// For how long a proof's `jti` is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplayMemory {
    /// While the proof would be accepted: what is older is refused for its age.
    WhileProofIsFresh,
    /// Until the access token expires, if that is later: CAMARA asks for it. Takes as much more memory.
    WhileTokenLives,
}

/// Seconds for which a proof is fresh unless the policy says otherwise: CAMARA's window.
pub const DEFAULT_PROOF_AGE: u32 = 300;

/// Most seconds for which a proof may be fresh.
pub const MAX_PROOF_AGE: u32 = 3600;

/// How DPoP proofs must look.
#[derive(Clone, Copy)]
pub struct DpopRule<'p> {
    pub(crate) algorithms: &'p [&'p dyn Algorithm],
    pub(crate) max_age: u32,
    pub(crate) nonce: NonceRule,
    pub(crate) digests: RequestDigests,
    pub(crate) memory: ReplayMemory,
}

impl<'p> DpopRule<'p> {
    /// Proofs signed with one of these algorithms. A proof's key is a stranger's choice and has no table:
    /// `ES256`, not its tabled forms.
    ///
    /// # Errors
    /// [`PolicyError::EmptyList`].
    pub fn new(algorithms: &'p [&'p dyn Algorithm]) -> Result<Self, PolicyError> {
        if algorithms.is_empty() {
            return Err(PolicyError::EmptyList);
        }
        Ok(Self {
            algorithms,
            max_age: DEFAULT_PROOF_AGE,
            nonce: NonceRule::NotRequired,
            digests: RequestDigests::NotRequired,
            memory: ReplayMemory::WhileProofIsFresh,
        })
    }

    /// Accepts proofs up to so many seconds after their `iat`, the policy's leeway besides.
    ///
    /// # Errors
    /// [`PolicyError::SecondsOutOfRange`] for zero or more than [`MAX_PROOF_AGE`].
    pub fn with_max_age(mut self, seconds: u32) -> Result<Self, PolicyError> {
        self.max_age = in_range(seconds)?;
        Ok(self)
    }

    /// Demands a nonce, or not.
    ///
    /// # Errors
    /// [`PolicyError::SecondsOutOfRange`] for a life of zero or more than [`MAX_PROOF_AGE`].
    pub fn with_nonce(mut self, nonce: NonceRule) -> Result<Self, PolicyError> {
        if let NonceRule::Required { life } = nonce {
            in_range(life)?;
        }
        self.nonce = nonce;
        Ok(self)
    }

    /// Demands digests of the request.
    #[must_use]
    pub fn with_request_digests(mut self, digests: RequestDigests) -> Self {
        self.digests = digests;
        self
    }

    /// Remembers proofs for this long.
    #[must_use]
    pub fn with_replay_memory(mut self, memory: ReplayMemory) -> Self {
        self.memory = memory;
        self
    }
}

fn in_range(seconds: u32) -> Result<u32, PolicyError> {
    if seconds == 0 || seconds > MAX_PROOF_AGE { Err(PolicyError::SecondsOutOfRange) } else { Ok(seconds) }
}

impl core::fmt::Debug for DpopRule<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("DpopRule")
            .field("max_age", &self.max_age)
            .field("nonce", &self.nonce)
            .field("digests", &self.digests)
            .field("memory", &self.memory)
            .finish_non_exhaustive()
    }
}
