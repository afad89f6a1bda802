//! The padding EMSA-PKCS1-v1_5 (RFC 8017, section 9.2).

use core::iter::{once, repeat_n};
use core::marker::PhantomData;

use super::{Padding, RsaKey};
use crate::hash::SignatureHash;
use crate::{AlgorithmName, BadSignature, SigningInput, Word};

/// RSASSA-PKCS1-v1_5 over the hash `D` (RFC 7518, section 3.3).
pub struct Pkcs1<D>(PhantomData<fn() -> D>);

impl<D: SignatureHash> Padding for Pkcs1<D> {
    const NAME: AlgorithmName = D::RS;

    /// Writes the one encoding that is right and compares all of it. The message is never parsed: a parser that
    /// overlooks a short padding, BER lengths or trailing octets accepts forgeries under small exponents.
    // Not inlined: one copy for the three sizes of keys.
    #[inline(never)]
    fn check(key: &RsaKey<'_>, message: &[Word], input: &SigningInput<'_>) -> Result<(), BadSignature> {
        let hash = D::hash(input);
        let info = D::DIGEST_INFO.iter().chain(&hash).copied();
        // 00 01 ff .. ff 00 DigestInfo: three octets beside the padding, which has at least 170 (RFC 8017 wants 8),
        // because the modulus has 256 or more and the longest DigestInfo 83.
        let padding =
            key.modulus_len().checked_sub(3).and_then(|rest| rest.checked_sub(info.clone().count()));
        let padding = repeat_n(0xff, padding.ok_or(BadSignature)?);
        let expected = [0, 1].into_iter().chain(padding).chain(once(0)).chain(info);
        if key.octets(message).eq(expected) { Ok(()) } else { Err(BadSignature) }
    }
}
