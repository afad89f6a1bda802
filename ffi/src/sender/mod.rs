//! Who sent the token: DPoP proofs, and the memory of those that were used.

pub(crate) mod replay;
pub(crate) mod request;
