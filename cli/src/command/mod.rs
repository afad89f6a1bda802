//! The four commands.

pub(crate) mod check;
pub(crate) mod decision;
pub(crate) mod jws;
pub(crate) mod keys;
pub(crate) mod peek;
