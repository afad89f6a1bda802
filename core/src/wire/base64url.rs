//! base64url without padding, canonical form only (RFC 7515 section 2, RFC 4648 sections 3.5 and 5).
//!
//! Reads what strangers send. (What is secret, rare or written goes through `base64ct`, which takes six
//! times as long and looks at no table.)

/// Bytes that `len` characters decode to, or `None` for a length that no encoding has.
pub(crate) const fn decoded_len(len: usize) -> Option<usize> {
    let tail = match len % 4 {
        0 => 0,
        2 => 1,
        3 => 2,
        _ => return None,
    };
    Some((len / 4).saturating_mul(3).saturating_add(tail))
}

/// Decodes all of `text` into `out`, which has exactly [`decoded_len`] bytes.
///
/// `None` when a character is not of the alphabet, when the unused bits of the last character are not zero
/// (they would give one token several spellings), or when a length does not fit.
pub(crate) fn decode(text: &[u8], out: &mut [u8]) -> Option<()> {
    if decoded_len(text.len()) != Some(out.len()) {
        return None;
    }
    // From the front and as far as the processor's wide registers go.
    let taken = jotgate_crypto::base64url::decode(text, out).ok()?;
    decode_portable(text.get(taken..)?, out.get_mut((taken / 4).saturating_mul(3)..)?)
}

/// The same on every processor, behind the check of the lengths.
fn decode_portable(text: &[u8], out: &mut [u8]) -> Option<()> {
    let (blocks, text) = text.as_chunks::<16>();
    let (blocks_out, out) = out.split_at_mut_checked(blocks.len().saturating_mul(12))?;
    let mut faults = 0;
    for (block, target) in blocks.iter().zip(blocks_out.as_chunks_mut::<12>().0) {
        faults |= sixteen(block, target);
    }

    let (quads, tail) = text.as_chunks::<4>();
    let (quads_out, tail_out) = out.split_at_mut_checked(quads.len().saturating_mul(3))?;
    for (four, target) in quads.iter().zip(quads_out.as_chunks_mut::<3>().0) {
        let value = quad(*four);
        faults |= value;
        let [a, b, c, _] = value.to_le_bytes();
        *target = [a, b, c];
    }

    if !tail.is_empty() {
        // `A` stands for zero bits: behind a canonical tail the bytes that are not wanted are zero.
        let mut four = [b'A'; 4];
        four.get_mut(..tail.len())?.copy_from_slice(tail);
        let value = quad(four);
        faults |= value;
        let bytes = value.to_le_bytes();
        let (wanted, unused) = bytes.split_at_checked(tail_out.len())?;
        tail_out.copy_from_slice(wanted);
        if unused.iter().take(3_usize.saturating_sub(wanted.len())).any(|byte| *byte != 0) {
            return None;
        }
    }
    (faults & FAULT == 0).then_some(())
}

/// Sixteen characters to twelve bytes, written as one store of eight and one of four.
#[inline]
fn sixteen(text: &[u8; 16], out: &mut [u8; 12]) -> u32 {
    let ([t0, t1, t2, t3], _) = text.as_chunks::<4>() else { return FAULT };
    let (v0, v1, v2, v3) = (quad(*t0), quad(*t1), quad(*t2), quad(*t3));
    let low = u64::from(v0) | u64::from(v1) << 24 | u64::from(v2) << 48;
    let high = v2 >> 16 | v3 << 8;
    let (eight, four) = out.split_at_mut(8);
    eight.copy_from_slice(&low.to_le_bytes());
    four.copy_from_slice(&high.to_le_bytes());
    v0 | v1 | v2 | v3
}

/// Set in the value of a quad when one of its characters is not of the alphabet.
const FAULT: u32 = 1 << 31;

/// Three bytes of four characters, the first byte lowest.
#[cfg(target_pointer_width = "64")]
#[inline]
fn quad([a, b, c, d]: [u8; 4]) -> u32 {
    at(&tables::FIRST, a) | at(&tables::SECOND, b) | at(&tables::THIRD, c) | at(&tables::FOURTH, d)
}

/// Three bytes of four characters, the first byte lowest. One table instead of four: flash is scarce.
#[cfg(not(target_pointer_width = "64"))]
#[inline]
fn quad([a, b, c, d]: [u8; 4]) -> u32 {
    use tables::{ILLEGAL, SIX_BITS, place};
    let bits = [a, b, c, d].map(|character| at(&SIX_BITS, character));
    if bits.iter().any(|six| six & ILLEGAL != 0) {
        return FAULT;
    }
    let [a, b, c, d] = bits.map(u32::from);
    place(a, 0) | place(b, 1) | place(c, 2) | place(d, 3)
}

#[inline]
fn at<T: Copy>(table: &[T; 256], character: u8) -> T {
    #[expect(clippy::indexing_slicing, reason = "a table of 256 has every byte")]
    table[usize::from(character)]
}

mod tables {
    //! Where the six bits of a character go, by its position in a quad.
    #![expect(
        clippy::as_conversions,
        clippy::arithmetic_side_effects,
        clippy::indexing_slicing,
        reason = "evaluated at compile time, where a wrong index is an error"
    )]

    #[cfg(target_pointer_width = "64")]
    use super::FAULT;

    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// Six bits of position `position` in a quad whose bytes stand in little-endian order.
    pub(super) const fn place(bits: u32, position: usize) -> u32 {
        match position {
            0 => bits << 2,
            1 => bits >> 4 | (bits & 15) << 12,
            2 => bits >> 2 << 8 | (bits & 3) << 22,
            _ => bits << 16,
        }
    }

    #[cfg(target_pointer_width = "64")]
    const fn table(position: usize) -> [u32; 256] {
        let mut table = [FAULT; 256];
        let mut bits = 0;
        while bits < 64 {
            table[ALPHABET[bits] as usize] = place(bits as u32, position);
            bits += 1;
        }
        table
    }

    #[cfg(target_pointer_width = "64")]
    pub(super) static FIRST: [u32; 256] = table(0);
    #[cfg(target_pointer_width = "64")]
    pub(super) static SECOND: [u32; 256] = table(1);
    #[cfg(target_pointer_width = "64")]
    pub(super) static THIRD: [u32; 256] = table(2);
    #[cfg(target_pointer_width = "64")]
    pub(super) static FOURTH: [u32; 256] = table(3);

    #[cfg(not(target_pointer_width = "64"))]
    pub(super) const ILLEGAL: u8 = 0x80;

    /// Six bits of each character of the alphabet.
    #[cfg(not(target_pointer_width = "64"))]
    pub(super) static SIX_BITS: [u8; 256] = {
        let mut table = [ILLEGAL; 256];
        let mut bits = 0;
        while bits < 64 {
            table[ALPHABET[bits] as usize] = bits as u8;
            bits += 1;
        }
        table
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64ct::{Base64UrlUnpadded, Encoding};
    use proptest::prelude::*;
    use std::vec::Vec;

    fn ours(text: &[u8]) -> Option<Vec<u8>> {
        let mut out = std::vec![0; decoded_len(text.len())?];
        let decoded = decode(text, &mut out);
        // What the processor's wide registers say, the portable decoder says, too.
        let mut portable = std::vec![0; out.len()];
        assert_eq!(decode_portable(text, &mut portable), decoded);
        if decoded.is_some() {
            assert_eq!(portable, out);
        }
        decoded.map(|()| out)
    }

    proptest! {
        #[test]
        fn decodes_what_base64ct_encodes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let text = Base64UrlUnpadded::encode_string(&bytes);
            prop_assert_eq!(ours(text.as_bytes()), Some(bytes));
        }

        #[test]
        fn agrees_with_base64ct_on_any_text(text in "[A-Za-z0-9_=+/. -]{0,70}") {
            prop_assert_eq!(ours(text.as_bytes()), Base64UrlUnpadded::decode_vec(&text).ok());
        }
    }

    #[test]
    fn every_byte_at_every_position() {
        // Beyond two blocks of 64 every length repeats.
        for len in (1..40).chain(62..72).chain(126..150) {
            for position in 0..len {
                for byte in 0..=255_u8 {
                    let mut text = std::vec![b'A'; len];
                    text[position] = byte;
                    let expected = core::str::from_utf8(&text)
                        .ok()
                        .and_then(|text| Base64UrlUnpadded::decode_vec(text).ok());
                    assert_eq!(ours(&text), expected, "{byte:#x} at {position} of {len}");
                }
            }
        }
    }
}
