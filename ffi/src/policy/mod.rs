//! What a product demands.

pub(crate) mod init;
pub(crate) mod issuer;

pub(crate) mod rules;
pub(crate) mod sender;
