//! What the measurements share: keys and tokens made at the start, a gate that grants them, and a clock.

pub mod accept_any;
#[cfg(feature = "measure")]
pub mod clock;
#[cfg(feature = "measure")]
pub mod dpop;
pub mod gate;
#[cfg(feature = "measure")]
mod peer;
#[cfg(feature = "measure")]
pub mod provider;
#[cfg(feature = "measure")]
pub mod revocations;
#[cfg(feature = "measure")]
pub mod signer;
pub mod token;
pub mod values;
pub mod work;
#[cfg(feature = "measure")]
pub mod worst;

/// The core's own file: the decoder is private, and nothing around it shall be measured with it.
#[path = "../../core/src/wire/base64url.rs"]
mod base64url;

/// Decodes as the core does.
pub fn decode_base64url(text: &[u8], out: &mut [u8]) -> Option<()> {
    base64url::decode(text, out)
}
