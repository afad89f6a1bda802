//! JWT access-token validation against preloaded keys: a token goes in, a decision comes out.
//!
//! `no_std`, no allocation, no clock, no globals, no recursion on input; all memory is lent. The way of a
//! token is [`Validator::check`]: read [`verdict/validator.rs`](Validator) first.
//!
//! ```
//! use jotgate_core::*;
//! # fn judge(key_set: &[u8], token: &[u8], seconds: i64) -> Result<(), Box<dyn std::error::Error>> {
//! // Keys, bound to their issuer, in memory of ours.
//! let (mut issuers, mut keys, mut words) = ([IssuerSlot::EMPTY; 1], [KeySlot::EMPTY; 4], [0; 512]);
//! let (mut text, mut names) = ([0; Scratch::text_len(limits::MAX_TOKEN_LEN)], [0; Scratch::NAMES]);
//! let mut scratch = Scratch::new(&mut text, &mut names);
//! let mut builder = KeyRingBuilder::new(1, &mut issuers, &mut keys, &mut words);
//! let source = KeySource { algorithms: &[&crypto::ES256, &crypto::RS256], default_rsa_algorithm: None };
//! builder.load("https://as.example", key_set, &source, &mut scratch, &mut |_| {})?;
//! let ring = builder.finish()?;
//!
//! // What this product demands.
//! let accepted = [Issuer::new("https://as.example", Profile::RFC9068)?];
//! let scopes = ScopeRule::AnyOf(&["sim-swap:check", "sim-swap"]);
//! let policy = Policy::new(&accepted, &["https://api.example/sim-swap"], scopes)?;
//!
//! // Every request.
//! let validator = Validator::for_product(&ring, &policy);
//! let now = Now::Trusted(UnixSeconds(seconds));
//! let grant = validator.check(Presented::bearer(token), now, &mut scratch, &mut WorkerState::new())?;
//! assert!(grant.subject().is_some());
//! # Ok(())
//! # }
//! ```
//!
//! # Names by storey
//!
//! Each storey uses only those above it, and [`crypto`].
//!
//! ## ground
//!
//! Time, limits, scratch memory, and the reasons for a refusal.
//!
//! [`Denied`], [`is_invisible`], [`limits`], [`LoadError`], [`PolicyError`], [`SkipReason`], [`Scratch`], [`Now`], [`UnixSeconds`].
//!
//! ## wire
//!
//! What stands in a request or a token byte for byte: the `Authorization` field, addresses, JSON.
//!
//! [`Authorization`], [`Scheme`], [`InflateFault`], [`json`], [`RequestUri`].
//!
//! ## meaning
//!
//! What header, claims, scopes and an introspection response say.
//!
//! [`KeyParameter`], [`KeyParameters`], [`Introspection`], [`IntrospectionMalformed`], [`HeaderSlot`], [`Purpose`],
//! [`Scopes`].
//!
//! ## trust
//!
//! What the host believes and demands: keys bound to their issuers, policies, lists of what was revoked, and the memory of
//! tokens and proofs.
//!
//! * Keys: [`Section`], [`SectionIndex`], [`IssuerSlot`], [`KeySlot`], [`KeySource`], [`KeyRingBuilder`],
//!   [`KeyReport`], [`Loaded`], [`UsedKey`], [`KeyTable`], [`Remarks`], [`KeyRing`], [`TrustedKey`], [`Standing`],
//!   [`Thumbprint`];
//! * Issuers: [`Issuer`], [`Types`], [`Profile`], [`ClientClaim`], [`ClientClaims`], [`ScopeClaim`], [`ScopeForm`],
//!   [`SubjectForm`], [`Tolerated`];
//! * Policies: [`Policy`], [`ScopeRule`], [`PurposeRule`], [`PurposeForm`], [`Client`], [`ClientRule`], [`Legs`],
//!   [`ClaimRule`], [`ClaimTest`], [`Container`], [`ClaimRefusal`], [`StepUp`], [`Within`], [`Dialect`], [`DEFAULT_LEEWAY`], [`MAX_LEEWAY`], [`DEFAULT_CLOCK_FLOOR`];
//! * ID tokens: [`IdTokenRule`], [`HashRule`], [`DEFAULT_ID_TOKEN_AGE`];
//! * DPoP proofs: [`DpopRule`], [`NonceRule`], [`RequestDigests`], [`SenderBinding`], [`ReplayMemory`],
//!   [`ReplayWindow`], [`ReplaySlot`], [`ReplayMark`], [`ClientSlot`], [`DEFAULT_PROOF_AGE`], [`MAX_PROOF_AGE`];
//! * What was revoked: [`RevocationRule`], [`StatusListRule`], [`IntrospectionRule`], [`Freshness`], [`WhenStale`],
//!   [`WhenUnanswered`], [`RevocationList`], [`RevocationListError`], [`RevocationFault`], [`RevocationFacts`],
//!   [`RevocationBucket`], [`IndexKey`], [`StatusList`], [`StatusLists`];
//! * Tokens that came before: [`TokenCache`], [`CacheSlot`].
//!
//! ## verdict
//!
//! The way of a token, of an ID token, of a JWS and of a DPoP proof, and the answer.
//!
//! [`Answer`], [`Asked`], [`BufferTooShort`], [`Explanation`], [`Rule`], [`Verdict`], [`Grant`], [`IdToken`],
//! [`Checked`], [`Inquiry`], [`Jws`], [`SignedPayload`], [`Peek`], [`DpopProof`], [`DpopNonces`], [`DpopRequest`],
//! [`Presented`], [`StatusListError`], [`StatusListSource`], [`Validator`], [`WorkerState`].
//!
//! ## crypto
//!
//! The signature algorithms, which are a crate of their own.
//!
//! [`AlgorithmName`], [`KeyFault`], [`Word`].
#![no_std]
#![forbid(unsafe_code)]

#[cfg(test)]
extern crate std;

mod ground;
mod meaning;
mod trust;
mod verdict;
mod wire;

/// Signature algorithms as values, and the key material behind them.
pub use jotgate_crypto as crypto;
pub use jotgate_crypto::{AlgorithmName, KeyFault, Word};

pub use ground::denied::Denied;
pub use ground::invisible::is_invisible;
pub use ground::limits;
pub use ground::load_error::{LoadError, PolicyError, SkipReason};
pub use ground::scratch::Scratch;
pub use ground::time::{Now, UnixSeconds};

pub use wire::authorization::{Authorization, Scheme};
pub use wire::inflate::InflateFault;
pub use wire::json;
pub use wire::uri::RequestUri;

pub use meaning::header::{KeyParameter, KeyParameters};
pub use meaning::introspection::{Introspection, IntrospectionMalformed};
pub use meaning::known_headers::HeaderSlot;
pub use meaning::scope::{Purpose, Scopes};

pub use trust::claim_rule::{ClaimRefusal, ClaimRule, ClaimTest, Container};
pub use trust::dpop::{
    DEFAULT_PROOF_AGE, DpopRule, MAX_PROOF_AGE, NonceRule, ReplayMemory, RequestDigests, SenderBinding,
};
pub use trust::id_token_rule::{DEFAULT_ID_TOKEN_AGE, HashRule, IdTokenRule};
pub use trust::issuer::{Issuer, SubjectForm, Types};
pub use trust::jwk::Remarks;
pub use trust::jwks::{KeyReport, KeyRingBuilder, KeySource, KeyTable, Loaded, UsedKey};
pub use trust::key_ring::{KeyRing, KeySlot, Standing, TrustedKey};
pub use trust::policy::{
    Client, ClientRule, DEFAULT_CLOCK_FLOOR, DEFAULT_LEEWAY, Dialect, Legs, MAX_LEEWAY, Policy, ScopeRule,
    StepUp, Within,
};
pub use trust::profile::{ClientClaim, ClientClaims, Profile, ScopeClaim, ScopeForm, Tolerated};
pub use trust::purpose_rule::{PurposeForm, PurposeRule};
pub use trust::replay::{ClientSlot, ReplayMark, ReplaySlot, ReplayWindow};
pub use trust::revocation::{
    IndexKey, RevocationBucket, RevocationFacts, RevocationFault, RevocationList, RevocationListError,
};
pub use trust::revocation_status::{
    Freshness, IntrospectionRule, RevocationRule, StatusListRule, WhenStale, WhenUnanswered,
};
pub use trust::section::{IssuerSlot, Section, SectionIndex};
pub use trust::status_list::{StatusList, StatusLists};
pub use trust::thumbprint::Thumbprint;
pub use trust::token_cache::{CacheSlot, TokenCache};

pub use verdict::answer::{Answer, Asked, BufferTooShort};
pub use verdict::explain::{Explanation, Rule, Verdict};
pub use verdict::grant::Grant;
pub use verdict::id_token::IdToken;
pub use verdict::inquiry::{Checked, Inquiry};
pub use verdict::jws::{Jws, SignedPayload};
pub use verdict::peek::Peek;
pub use verdict::proof::DpopProof;
pub use verdict::sender::{DpopNonces, DpopRequest, Presented};
pub use verdict::status_token::{StatusListError, StatusListSource};
pub use verdict::validator::Validator;
pub use verdict::worker::WorkerState;

/// The steps of [`Validator::check`] one by one, and parts that no host needs: for the tests and benches of this
/// repository. No version promises anything of it.
#[doc(hidden)]
pub mod steps {
    pub use crate::verdict::steps::{judge, select};
    pub use crate::verdict::token::{Authentic, Unverified};
    pub use crate::wire::inflate::inflate_zlib;
}
