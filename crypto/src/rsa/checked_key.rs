//! An RSA public key whose modulus and exponent passed the checks of size and form.

use crate::{KeyFault, PublicKey};

/// Shortest modulus, bytes: 2048 bits (RFC 7518, section 3.3). The top bit of the first byte is then set.
const MIN_MODULUS_LEN: usize = 256;

/// Longest modulus, bytes: 4096 bits bound the time and the stack that one signature costs.
pub(super) const MAX_MODULUS_LEN: usize = 512;

/// Longest exponent, bytes: 2^32 - 1 bounds the time that one signature costs.
const MAX_EXPONENT_LEN: usize = 4;

/// A modulus of 2048 to 4096 bits and an exponent of 3 to 2^32 - 1, both odd; that is all that was checked.
#[derive(Clone, Copy)]
pub(super) struct CheckedKey<'k> {
    /// The modulus, big-endian, without leading zero bytes.
    pub(super) n: &'k [u8],
    pub(super) exponent: u32,
}

impl<'k> CheckedKey<'k> {
    /// # Errors
    /// What is wrong with the key.
    // Not inlined: one copy, of which each algorithm has two calls.
    #[inline(never)]
    pub(super) fn new(key: &PublicKey<'k>) -> Result<Self, KeyFault> {
        let PublicKey::Rsa { n, e } = *key else { return Err(KeyFault::WrongKind) };
        check_modulus(n)?;
        Ok(Self { n, exponent: check_exponent(e)? })
    }
}

/// Length first: whatever is done with a modulus later is bounded by it.
fn check_modulus(n: &[u8]) -> Result<(), KeyFault> {
    let (Some(&first), Some(&last)) = (n.first(), n.last()) else { return Err(KeyFault::ModulusTooShort) };
    if first == 0 {
        return Err(KeyFault::LeadingZero);
    }
    if n.len() < MIN_MODULUS_LEN || (n.len() == MIN_MODULUS_LEN && first < 0x80) {
        return Err(KeyFault::ModulusTooShort);
    }
    if n.len() > MAX_MODULUS_LEN {
        return Err(KeyFault::ModulusTooLong);
    }
    if last & 1 == 0 {
        return Err(KeyFault::ModulusEven);
    }
    Ok(())
}

fn check_exponent(e: &[u8]) -> Result<u32, KeyFault> {
    match e {
        // One zero byte is how zero is written (RFC 7518, section 2), not a leading one.
        [] | [0] => return Err(KeyFault::ExponentTooSmall),
        [0, ..] => return Err(KeyFault::LeadingZero),
        _ if e.len() > MAX_EXPONENT_LEN => return Err(KeyFault::ExponentTooLarge),
        _ => {}
    }
    let exponent = e.iter().fold(0, |value: u32, &byte| (value << 8) | u32::from(byte));
    if exponent < 3 {
        return Err(KeyFault::ExponentTooSmall);
    }
    if exponent & 1 == 0 {
        return Err(KeyFault::ExponentEven);
    }
    Ok(exponent)
}
