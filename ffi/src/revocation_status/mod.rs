//! What was taken back since it was issued.

pub(crate) mod inquiry;
pub(crate) mod revocations;
pub(crate) mod status_lists;
