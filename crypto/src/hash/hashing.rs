//! SHA-256, a block at a time.

use crate::SigningInput;
use sha2::block_api::compress256;

/// Bytes of a block.
const BLOCK: usize = 64;

/// Bytes at the end of the padding that hold the length.
const LENGTH: usize = 8;

/// The state before the first block (FIPS 180-4, section 5.3.3).
const INITIAL: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// SHA-256 (FIPS 180-4, section 6.2) of bytes that are all there, computed step by step.
///
/// Each round waits for the one before, in hardware too, so that a processor that hashes has most of its units idle. Who
/// has other work to do with the same bytes hashes a block between its parts, and gets most of one for nothing: the
/// processor looks far enough ahead to do both at once, but not farther than a block or two.
#[derive(Clone, Copy)]
pub struct Hashing<'t> {
    bytes: &'t [u8],
    /// What is not hashed yet.
    rest: &'t [u8],
    state: [u32; 8],
}

impl<'t> Hashing<'t> {
    /// Nothing is hashed yet.
    #[inline]
    pub const fn of(bytes: &'t [u8]) -> Self {
        Self { bytes, rest: bytes, state: INITIAL }
    }

    /// Hashes one block of 64 bytes, if there is a whole one.
    #[inline]
    pub fn advance(&mut self) {
        if let Some((block, rest)) = self.rest.split_first_chunk::<BLOCK>() {
            compress256(&mut self.state, core::slice::from_ref(block));
            self.rest = rest;
        }
    }

    /// A block of each.
    #[inline]
    pub fn advance_each(all: &mut [Self]) {
        all.iter_mut().for_each(Self::advance);
    }

    /// The hashing of `longer`, of which these bytes are the beginning, from where this one stands; `None` when they are
    /// others, be they equal.
    pub fn continued<'l>(&self, longer: &'l [u8]) -> Option<Hashing<'l>> {
        let done = self.bytes.len().checked_sub(self.rest.len())?;
        let is_same = core::ptr::eq(longer.as_ptr(), self.bytes.as_ptr()) && longer.len() >= self.bytes.len();
        let rest = longer.get(done..).filter(|_| is_same)?;
        Some(Hashing { bytes: longer, rest, state: self.state })
    }

    /// Hashes what is left; the digest has 32 bytes.
    // Where memory is scarce, the caller's stack does not hold the padding while it goes on.
    #[cfg_attr(not(target_pointer_width = "64"), inline(never))]
    pub fn digest(&self) -> [u8; 32] {
        let mut state = self.state;
        let (blocks, tail) = self.rest.as_chunks::<BLOCK>();
        compress256(&mut state, blocks);
        // Section 5.1.1: one bit, zeros, and the number of bits.
        let mut padded = [[0; BLOCK]; 2];
        if let Some((text, [mark, ..])) = padded.as_flattened_mut().split_at_mut_checked(tail.len()) {
            text.copy_from_slice(tail);
            *mark = 0x80;
        }
        let bits = u64::try_from(self.bytes.len()).unwrap_or(u64::MAX).wrapping_mul(8);
        let [first, second] = &mut padded;
        let last = if tail.len() < BLOCK - LENGTH { &mut *first } else { &mut *second };
        if let Some(length) = last.last_chunk_mut::<LENGTH>() {
            *length = bits.to_be_bytes();
        }
        compress256(&mut state, core::slice::from_ref(first));
        if tail.len() >= BLOCK - LENGTH {
            compress256(&mut state, core::slice::from_ref(second));
        }
        let mut digest = [0; 32];
        for (bytes, word) in digest.as_chunks_mut().0.iter_mut().zip(state) {
            *bytes = word.to_be_bytes();
        }
        digest
    }

    /// Hashes what is left of a signing input.
    pub fn finish(&self) -> SigningInput<'t> {
        SigningInput::of_digest(self.bytes, self.digest())
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn goes_on_with_more_of_the_same() {
        let bytes = [7; 200];
        for len in 0..bytes.len() {
            let mut hashing = Hashing::of(&bytes[..len]);
            for _ in 0..4 {
                let longer = hashing.continued(&bytes).expect("begins with them");
                assert_eq!(longer.digest(), Hashing::of(&bytes).digest());
                assert!(hashing.continued(&bytes[..len.saturating_sub(1)]).is_none() || len == 0);
                hashing.advance();
            }
            let others = [8; 200];
            assert!(hashing.continued(&others).is_none());
        }
    }

    #[test]
    fn every_length_in_every_number_of_steps() {
        let bytes: std::vec::Vec<u8> = (0..=255).collect();
        for len in 0..bytes.len() {
            let expected: [u8; 32] = Sha256::digest(&bytes[..len]).into();
            let mut hashings = [Hashing::of(&bytes[..len]); 2];
            for step in 0..6 {
                assert_eq!(
                    hashings.map(|hashing| hashing.digest()),
                    [expected; 2],
                    "{len} bytes, step {step}"
                );
                Hashing::advance_each(&mut hashings);
            }
        }
    }
}
