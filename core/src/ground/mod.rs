//! What everything else stands on: time, limits, and the reasons for a refusal.

pub(crate) mod clock;
pub(crate) mod constant_time;
pub(crate) mod denied;
pub(crate) mod fingerprint;
pub(crate) mod invisible;
pub mod limits;
pub(crate) mod load_error;
pub(crate) mod reasons;
pub(crate) mod require;
pub(crate) mod scan;
pub(crate) mod scratch;
pub(crate) mod sort;
pub(crate) mod swar;
pub(crate) mod text_range;
pub(crate) mod time;
pub(crate) mod words;
