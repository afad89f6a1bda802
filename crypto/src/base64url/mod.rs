//! Decodes base64url in SIMD registers, where the processor has them.
//!
//! Here because this is the one crate that may hold SIMD; the portable decoder is the core's.

#[cfg(all(target_arch = "x86_64", not(jotgate_word = "32")))]
mod avx2;
#[cfg(all(target_arch = "x86_64", not(jotgate_word = "32")))]
mod vbmi;

/// A character is not of the alphabet, or unused bits of the last one are not zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotBase64url;

/// Decodes from the front of `text` (RFC 4648, section 5, without padding, canonical form only) into `out`, which must
/// have exactly the bytes that so many characters decode to: `text.len() * 3 / 4`, and `text.len() % 4` is not 1.
///
/// Answers how many characters it took: all, where the processor has AVX-512 VBMI; a multiple of 32, where it has AVX2;
/// else none. The rest is the caller's to decode.
///
/// # Errors
/// [`NotBase64url`] for what it looked at; also when the lengths do not fit.
#[inline]
pub fn decode(text: &[u8], out: &mut [u8]) -> Result<usize, NotBase64url> {
    #[cfg(all(target_arch = "x86_64", not(jotgate_word = "32")))]
    {
        if let Some(decoded) = vbmi::decode(text, out) {
            return decoded.map(|()| text.len()).ok_or(NotBase64url);
        }
        avx2::decode(text, out).ok_or(NotBase64url)
    }
    #[cfg(any(not(target_arch = "x86_64"), jotgate_word = "32"))]
    {
        let _nothing_here: (&[u8], &mut [u8]) = (text, out);
        Ok(0)
    }
}
