//! What the JSON of a token means: header parameters, claims, scopes.

pub(crate) mod claim_set;
pub(crate) mod claims;
pub(crate) mod confirmation;
pub(crate) mod header;
pub(crate) mod introspection;
pub(crate) mod known_headers;
pub(crate) mod media_type;
pub(crate) mod proof;
pub(crate) mod scope;
pub(crate) mod status;
pub(crate) mod text;
