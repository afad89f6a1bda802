//! An RSA public key: what is checked at load, and how it lies in words.

use super::montgomery::Modulus;
use crate::word::{WORD_LEN, fill, octets_be, words_from_be};
use crate::{BadSignature, KeyFault, PublicKey, Word};

/// Shortest modulus, octets: 2048 bits (RFC 7518, section 3.3). The top bit of the first octet is then set.
const MIN_MODULUS_LEN: usize = 256;

/// Longest modulus, octets: 4096 bits bound the time and the stack that one signature costs.
const MAX_MODULUS_LEN: usize = 512;

/// Longest exponent, octets: 2^32 - 1 bounds the time that one signature costs.
const MAX_EXPONENT_LEN: usize = 4;

/// Words of a modulus up to 2048, 3072 and 4096 bits: the sizes of numbers on the stack.
const WORDS_2048: usize = 256 / WORD_LEN;
const WORDS_3072: usize = 384 / WORD_LEN;
const WORDS_4096: usize = MAX_MODULUS_LEN / WORD_LEN;

/// How many words [`prepare`] fills for this key: twice those of the modulus, and two.
///
/// # Errors
/// What is wrong with the key.
pub(super) fn words(key: &PublicKey<'_>) -> Result<usize, KeyFault> {
    let (n, _) = check(key)?;
    Ok(n.len().div_ceil(WORD_LEN).wrapping_mul(2).wrapping_add(2))
}

/// Lays the key out: `[ n | R^2 mod n | -1/n | e ]`, where the numbers have L words and the two last have one;
/// R = 2^(bits of L words). A key of 2048 bits takes 528 bytes with words of 64 bits.
///
/// # Errors
/// What is wrong with the key.
pub(super) fn prepare(key: &PublicKey<'_>, words: &mut [Word]) -> Result<(), KeyFault> {
    let (octets, exponent) = check(key)?;
    let (numbers, constants) = words.split_last_chunk_mut::<2>().ok_or(KeyFault::OutOfMemory)?;
    let len = octets.len().div_ceil(WORD_LEN);
    let (n, rr) = numbers.split_at_mut_checked(len).ok_or(KeyFault::OutOfMemory)?;
    fill(&mut *n, words_from_be(octets));
    let modulus = Modulus::new(n);
    *constants = [modulus.constant(), Word::from(exponent)];
    match n.len() {
        len if len <= WORDS_2048 => r_squared::<WORDS_2048>(&modulus, rr),
        len if len <= WORDS_3072 => r_squared::<WORDS_3072>(&modulus, rr),
        _ => r_squared::<WORDS_4096>(&modulus, rr),
    }
    Ok(())
}

/// R^2 mod n, with 2 N words on the stack.
#[inline(never)]
fn r_squared<const N: usize>(modulus: &Modulus<'_>, rr: &mut [Word]) {
    let mut wide = [[0; N]; 2];
    modulus.r_squared(rr, double_length(&mut wide, modulus));
}

/// The first words of `wide`, twice as many as the modulus has.
fn double_length<'w, const N: usize>(wide: &'w mut [[Word; N]; 2], modulus: &Modulus<'_>) -> &'w mut [Word] {
    let len = modulus.words().len().wrapping_mul(2);
    wide.as_flattened_mut().get_mut(..len).unwrap_or_default()
}

/// The octets of the modulus and the exponent of an RSA key that is in order.
fn check<'k>(key: &PublicKey<'k>) -> Result<(&'k [u8], u32), KeyFault> {
    let PublicKey::Rsa { n, e } = *key else { return Err(KeyFault::WrongKind) };
    check_modulus(n)?;
    let exponent = check_exponent(e)?;
    Ok((n, exponent))
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
        // One zero octet is how zero is written (RFC 7518, section 2), not a leading one.
        [] | [0] => return Err(KeyFault::ExponentTooSmall),
        [0, ..] => return Err(KeyFault::LeadingZero),
        _ if e.len() > MAX_EXPONENT_LEN => return Err(KeyFault::ExponentTooLarge),
        _ => {}
    }
    let exponent = e.iter().fold(0, |value: u32, &octet| (value << 8) | u32::from(octet));
    if exponent < 3 {
        return Err(KeyFault::ExponentTooSmall);
    }
    if exponent & 1 == 0 {
        return Err(KeyFault::ExponentEven);
    }
    Ok(exponent)
}

/// A view of the words of a prepared key.
pub(crate) struct RsaKey<'m> {
    modulus: Modulus<'m>,
    rr: &'m [Word],
    exponent: Word,
}

impl<'m> RsaKey<'m> {
    /// Reads what [`prepare`] laid out; nothing if the words are too few for any key.
    pub(super) fn view(words: &'m [Word]) -> Option<Self> {
        let (numbers, &[n0, exponent]) = words.split_last_chunk::<2>()?;
        let (n, rr) = numbers.split_at_checked(numbers.len() / 2)?;
        Some(Self { modulus: Modulus::with_constant(n, n0), rr, exponent })
    }

    /// Octets of the modulus, and so of a signature: k of RFC 8017.
    pub(super) fn modulus_len(&self) -> usize {
        let n = self.modulus.words();
        let unused =
            n.last().map_or(0, |top| top.to_be_bytes().iter().take_while(|&&octet| octet == 0).count());
        n.len().wrapping_mul(WORD_LEN).saturating_sub(unused)
    }

    /// Unused high bits of the modulus' first octet, 0 to 7.
    pub(super) fn unused_bits(&self) -> u32 {
        self.modulus.words().last().map_or(0, |top| top.leading_zeros() % 8)
    }

    /// The octets of a number below the modulus, most significant first: k of them (I2OSP of RFC 8017,
    /// section 4.1).
    pub(super) fn octets<'n>(&self, number: &'n [Word]) -> impl Iterator<Item = u8> + Clone + use<'n> {
        let padded = number.len().wrapping_mul(WORD_LEN);
        octets_be(number).skip(padded.saturating_sub(self.modulus_len()))
    }

    /// Raises `signature` to the public exponent (RSAVP1 of RFC 8017, section 5.2.2) and hands the words of the
    /// result to `check`.
    ///
    /// Stack: one number while `check` runs, three during the arithmetic; a number takes 256, 384 or 512 octets,
    /// whichever the modulus needs.
    ///
    /// # Errors
    /// [`BadSignature`] before any arithmetic if the signature is not exactly as long as the modulus (section
    /// 8.2.2, step 1) or not below it; else what `check` says.
    pub(super) fn open(
        &self,
        signature: &[u8],
        check: impl FnOnce(&[Word]) -> Result<(), BadSignature>,
    ) -> Result<(), BadSignature> {
        if signature.len() != self.modulus_len() {
            return Err(BadSignature);
        }
        let n = self.modulus.words();
        if words_from_be(signature).rev().ge(n.iter().rev().copied()) {
            return Err(BadSignature);
        }
        match n.len() {
            len if len <= WORDS_2048 => self.open_within::<WORDS_2048>(signature, check),
            len if len <= WORDS_3072 => self.open_within::<WORDS_3072>(signature, check),
            _ => self.open_within::<WORDS_4096>(signature, check),
        }
    }

    // Not inlined, as the next one: else a short key would take the stack of the longest.
    #[inline(never)]
    fn open_within<const N: usize>(
        &self,
        signature: &[u8],
        check: impl FnOnce(&[Word]) -> Result<(), BadSignature>,
    ) -> Result<(), BadSignature> {
        let mut message = [0; N];
        let message = message.get_mut(..self.modulus.words().len()).ok_or(BadSignature)?;
        self.power_within::<N>(signature, message);
        check(message)
    }

    // Its own frame, so that the check of the padding runs without the double-length number below it.
    #[inline(never)]
    fn power_within<const N: usize>(&self, signature: &[u8], message: &mut [Word]) {
        let mut wide = [[0; N]; 2];
        let wide = double_length(&mut wide, &self.modulus);
        self.modulus.power(signature, self.exponent, self.rr, message, wide);
    }
}
