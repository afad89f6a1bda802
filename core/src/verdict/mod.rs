//! From a presented token to a decision.

pub(crate) mod answer;
pub(crate) mod case;
pub(crate) mod explain;
pub(crate) mod grant;
pub(crate) mod jws;
pub(crate) mod peek;
pub(crate) mod token;
pub(crate) mod validator;
pub(crate) mod worker;
