//! What the host trusts: keys bound to issuers, and the policy of a product.

pub(crate) mod dpop;
pub(crate) mod id_token_rule;
pub(crate) mod issuer;
pub(crate) mod jwk;
pub(crate) mod jwks;
pub(crate) mod key_ring;
pub(crate) mod packed;
pub(crate) mod policy;
pub(crate) mod profile;
pub(crate) mod replay;
pub(crate) mod thumbprint;
