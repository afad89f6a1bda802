//! From a token to a decision.

pub(crate) mod answer;
pub(crate) mod explanation;
pub(crate) mod grant;
pub(crate) mod presented;
pub(crate) mod validator;
pub(crate) mod value;
pub(crate) mod worker;
