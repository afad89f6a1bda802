//! The padding EMSA-PSS (RFC 8017, section 9.1), as JOSE fixes it: MGF1 with the same hash, a salt as long as the
//! hash (RFC 7518, section 3.5).

use core::marker::PhantomData;

use sha2::digest::Output;

use super::{Padding, split_before_last};
use crate::hash::SignatureHash;
use crate::{AlgorithmName, BadSignature, SigningInput};

/// RSASSA-PSS over the hash `D` (RFC 7518, section 3.5).
pub struct Pss<D>(PhantomData<fn() -> D>);

impl<D: SignatureHash> Padding for Pss<D> {
    const NAME: AlgorithmName = D::PS;

    /// EMSA-PSS-VERIFY (RFC 8017, section 9.1.2), by its step numbers.
    ///
    /// Step 3, that the encoding is long enough, holds for every key: it has at least 255 bytes, and SHA-512 needs
    /// 130.
    // Not inlined: one copy for the three sizes of keys.
    #[inline(never)]
    fn check(message: &mut [u8], unused_bits: u32, input: &SigningInput<'_>) -> Result<(), BadSignature> {
        // The encoding has one bit less than the modulus: these bits of the first byte may be set. Step 6.
        let used = 0x7f_u8.wrapping_shr(unused_bits);
        if message.first().is_none_or(|first| first & !used != 0) {
            return Err(BadSignature);
        }
        // A modulus of 8k + 1 bits leaves none, and the encoding, a byte shorter, begins with a full byte
        // (section 8.1.2, step 2c).
        let (encoded, used) =
            if used == 0 { (message.get_mut(1..).unwrap_or_default(), 0xff) } else { (message, used) };

        // Steps 4 and 5: maskedDB, H, bc.
        let (&mut trailer, masked_db_and_h) = encoded.split_last_mut().ok_or(BadSignature)?;
        if trailer != 0xbc {
            return Err(BadSignature);
        }
        let (db, h) = split_before_last(masked_db_and_h, D::LEN)?;
        // Steps 7 to 9.
        unmask::<D>(db, h);
        if let Some(first) = db.first_mut() {
            *first &= used;
        }
        // Steps 10 and 11: zeros, 01, salt.
        let (padding, salt) = split_before_last(db, D::LEN)?;
        let (separator, zeros) = padding.split_last().ok_or(BadSignature)?;
        if *separator != 1 || zeros.iter().any(|&byte| byte != 0) {
            return Err(BadSignature);
        }
        // Steps 1, 2 and 12 to 14.
        let hash = D::hash(input);
        let expected = hash_of_parts::<D>([&[0; 8], &hash, salt]);
        if *h == *expected { Ok(()) } else { Err(BadSignature) }
    }
}

/// Adds the mask that MGF1 makes of `seed` (RFC 8017, appendix B.2.1), one block of it at a time.
fn unmask<D: SignatureHash>(db: &mut [u8], seed: &[u8]) {
    for (counter, block) in (0_u32..).zip(db.chunks_mut(D::LEN)) {
        let mask = hash_of_parts::<D>([seed, &counter.to_be_bytes(), &[]]);
        for (byte, mask) in block.iter_mut().zip(mask) {
            *byte ^= mask;
        }
    }
}

// Not inlined: one hash state on the stack and one copy, for mask and message.
#[inline(never)]
fn hash_of_parts<D: SignatureHash>(parts: [&[u8]; 3]) -> Output<D> {
    let mut hasher = D::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize()
}
