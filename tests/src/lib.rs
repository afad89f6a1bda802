//! What the tests share: where vectors lie, and how tokens are forged.

pub mod forge;
pub mod vectors;
