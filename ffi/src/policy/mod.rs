//! What a product demands.

pub(crate) mod demands;
pub(crate) mod issuer;

pub(crate) mod rules;
pub(crate) mod sender;
