//! The fingerprint of moduli whose generator was broken: ROCA, CVE-2017-15361 (M. Nemec et al., "The Return of Coppersmith's
//! Attack", CCS 2017).
//!
//! The generator takes primes k M + (65537^a mod M), where M is the product of the first primes. So the modulus, too, is
//! a power of 65537 modulo each of them; for the 17 below these powers are only some of the residues. Another modulus is
//! taken for such a one in one of 2^27.8 cases, the product of the shares of these powers; then the key is refused, and
//! its owner needs another one.

use core::num::NonZeroU32;

/// The primes up to 167 of which not every residue but 0 is a power of 65537, those with the fewest powers first: an
/// ordinary modulus is cleared by the first in 15 of 16 cases.
const PRIMES: [u8; 17] = [97, 37, 79, 11, 61, 73, 127, 151, 13, 17, 19, 53, 71, 103, 107, 109, 157];

/// Whether the modulus, big-endian, is a power of 65537 modulo every one of [`PRIMES`].
pub(super) fn has_fingerprint(n: &[u8]) -> bool {
    // Division by what cannot be 0 has no panic.
    let mut primes = PRIMES.iter().filter_map(|&prime| NonZeroU32::new(prime.into()));
    primes.all(|prime| is_power(remainder(n, prime), prime))
}

/// n mod a prime below 2^8.
fn remainder(n: &[u8], prime: NonZeroU32) -> u32 {
    // Three bytes below a remainder that has one.
    let (first, rest) = n.as_rchunks::<3>();
    let first = first.iter().fold(0, |remainder: u32, &byte| (remainder << 8) | u32::from(byte)) % prime;
    rest.iter().fold(first, |remainder, &[a, b, c]| {
        u32::from_be_bytes([remainder.to_be_bytes()[3], a, b, c]) % prime
    })
}

/// Whether 65537^a = residue mod a prime below 2^8, for some a.
#[expect(clippy::arithmetic_side_effects, reason = "factors are below 2^8")]
fn is_power(residue: u32, prime: NonZeroU32) -> bool {
    let mut power = 1;
    // There are fewer powers than that; they come again.
    for _ in 1..prime.get() {
        if power == residue {
            return true;
        }
        power = power * (65537 % prime) % prime;
    }
    false
}

#[cfg(test)]
mod tests;
