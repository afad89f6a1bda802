//! What the measurements share: keys and tokens made at the start, a gate that grants them, and a clock.

pub mod accept_any;
pub mod clock;
pub mod gate;
pub mod provider;
pub mod signer;
pub mod token;
pub mod work;
