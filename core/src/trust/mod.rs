//! What the host trusts: keys bound to issuers, the policy of a product, and what was revoked.

pub(crate) mod claim_rule;
pub(crate) mod dpop;
pub(crate) mod id_token_rule;
pub(crate) mod issuer;
pub(crate) mod jwk;
pub(crate) mod jwks;
pub(crate) mod key_ring;
mod names;
pub(crate) mod packed;
pub(crate) mod policy;
pub(crate) mod profile;
pub(crate) mod purpose_rule;
pub(crate) mod replay;
pub(crate) mod revocation;
pub(crate) mod revocation_status;
pub(crate) mod section;
pub(crate) mod status_list;
pub(crate) mod status_rule;
pub(crate) mod thumbprint;
pub(crate) mod token_cache;
