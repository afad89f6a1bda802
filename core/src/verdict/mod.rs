//! From a presented token to a decision.

pub(crate) mod answer;
pub(crate) mod binding;
pub(crate) mod case;
mod coverage;
pub(crate) mod explain;
pub(crate) mod grant;
pub(crate) mod id_token;
pub(crate) mod inquiry;
pub(crate) mod jws;
pub(crate) mod peek;
pub(crate) mod proof;
mod revocation_status;
mod rules;
mod selection;
pub(crate) mod sender;
pub(crate) mod status_token;
pub(crate) mod steps;
pub(crate) mod token;
pub(crate) mod validator;
pub(crate) mod worker;
