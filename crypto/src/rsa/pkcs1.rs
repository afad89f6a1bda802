//! The padding EMSA-PKCS1-v1_5 (RFC 8017, section 9.2).

use core::marker::PhantomData;

use super::{Padding, split_before_last};
use crate::hash::SignatureHash;
use crate::{AlgorithmName, BadSignature, SigningInput};

/// RSASSA-PKCS1-v1_5 over the hash `D` (RFC 7518, section 3.3).
pub struct Pkcs1<D>(PhantomData<fn() -> D>);

impl<D: SignatureHash> Padding for Pkcs1<D> {
    const NAME: AlgorithmName = D::RS;

    /// Compares every byte with the one encoding that is right: 00 01 ff .. ff 00 DigestInfo.
    ///
    /// Each part is taken from the place that the lengths fix, never looked for: a parser that overlooks a short
    /// padding, BER lengths or trailing bytes accepts forgeries under small exponents. The padding has 170 bytes
    /// or more (RFC 8017 wants 8): the modulus has 256, and the longest DigestInfo 83.
    // Not inlined: one copy for the three sizes of keys.
    #[inline(never)]
    fn check(message: &mut [u8], _: u32, input: &SigningInput<'_>) -> Result<(), BadSignature> {
        let (front, hash) = split_before_last(message, D::LEN)?;
        let (front, info) = split_before_last(front, D::DIGEST_INFO.len())?;
        let right = *hash == *D::hash(input)
            && *info == D::DIGEST_INFO
            && matches!(front, [0, 1, padding @ .., 0] if padding.iter().all(|&byte| byte == 0xff));
        if right { Ok(()) } else { Err(BadSignature) }
    }
}
