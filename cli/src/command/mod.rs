//! The four commands, and how decisions are printed.

pub(crate) mod check;
pub(crate) mod decision;
mod judge;
pub(crate) mod judgement;
pub(crate) mod jws;
pub(crate) mod keys;
pub(crate) mod peek;
mod policy_and_keys;
pub(crate) mod rules;
