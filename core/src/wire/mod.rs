//! How a token is written: three base64url segments, JSON inside, in an `Authorization` field.

pub(crate) mod authorization;
pub(crate) mod base64url;
pub(crate) mod compact;
pub(crate) mod digest;
pub(crate) mod inflate;
pub mod json;
pub(crate) mod uri;
