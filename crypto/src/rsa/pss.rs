//! The padding EMSA-PSS (RFC 8017, section 9.1), as JOSE fixes it: MGF1 with the same hash, a salt as long as the
//! hash (RFC 7518, section 3.5).

use core::marker::PhantomData;

use sha2::digest::Output;

use super::{Padding, RsaKey};
use crate::hash::SignatureHash;
use crate::word::fill;
use crate::{AlgorithmName, BadSignature, SigningInput, Word};

/// RSASSA-PSS over the hash `D` (RFC 7518, section 3.5).
pub struct Pss<D>(PhantomData<fn() -> D>);

impl<D: SignatureHash> Padding for Pss<D> {
    const NAME: AlgorithmName = D::PS;

    /// EMSA-PSS-VERIFY (RFC 8017, section 9.1.2), by its step numbers.
    // Not inlined: one copy for the three sizes of keys.
    #[inline(never)]
    fn check(key: &RsaKey<'_>, message: &[Word], input: &SigningInput<'_>) -> Result<(), BadSignature> {
        // The encoding has one bit less than the modulus: these bits of the first of k octets may be set.
        let mut used = 0x7f_u8.wrapping_shr(key.unused_bits());
        let mut encoded = key.octets(message);
        let mut encoded_len = key.modulus_len();
        // Step 6.
        if encoded.clone().next().is_none_or(|first| first & !used != 0) {
            return Err(BadSignature);
        }
        if used == 0 {
            // bits = 1 mod 8: the encoding is one octet shorter than the modulus and begins with a full octet
            // (section 8.1.2, step 2c). The octet before it was zero.
            encoded.next();
            encoded_len = encoded_len.saturating_sub(1);
            used = 0xff;
        }

        // Steps 1 and 2.
        let hash = D::hash(input);
        // Step 3, and the lengths of what is unmasked: zeros, 01, salt. Never short: k is 255 at least.
        let hash_len = hash.len();
        let db_len =
            encoded_len.checked_sub(hash_len).and_then(|rest| rest.checked_sub(1)).ok_or(BadSignature)?;
        let zeros = db_len.checked_sub(hash_len).and_then(|rest| rest.checked_sub(1)).ok_or(BadSignature)?;
        // Steps 4 and 5: maskedDB, H, bc.
        let mut tail = encoded.clone().skip(db_len);
        let mut h = Output::<D>::default();
        fill(&mut h, tail.by_ref().take(hash_len));
        if tail.next() != Some(0xbc) {
            return Err(BadSignature);
        }

        // Steps 7 to 9.
        let first_only = core::iter::once(used).chain(core::iter::repeat(0xff));
        let mut db =
            encoded.zip(mgf1::<D>(&h)).zip(first_only).map(|((octet, mask), used)| (octet ^ mask) & used);
        // Step 10.
        if db.by_ref().take(zeros).any(|octet| octet != 0) || db.next() != Some(1) {
            return Err(BadSignature);
        }
        // Step 11.
        let mut salt = Output::<D>::default();
        fill(&mut salt, db);
        // Steps 12 to 14.
        let expected = D::new().chain_update([0; 8]).chain_update(&hash).chain_update(&salt).finalize();
        if h == expected { Ok(()) } else { Err(BadSignature) }
    }
}

/// The mask generation function MGF1 (RFC 8017, appendix B.2.1), octet by octet: one block is kept, not the mask.
fn mgf1<D: SignatureHash>(seed: &Output<D>) -> impl Iterator<Item = u8> + use<D> {
    let seeded = D::new_with_prefix(seed);
    // The mask of a 4096-bit key takes 15 blocks of the shortest hash.
    (0_u32..).flat_map(move |counter| seeded.clone().chain_update(counter.to_be_bytes()).finalize())
}
