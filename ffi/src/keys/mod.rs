//! Algorithms, and keys loaded for them.

pub(crate) mod algorithm;
pub(crate) mod builder;
pub(crate) mod report;
pub(crate) mod ring;
pub(crate) mod section;
pub(crate) mod tabled;
