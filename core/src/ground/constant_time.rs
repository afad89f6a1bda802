//! Comparison whose time does not say where two values differ.

use core::hint::black_box;

/// Whether two digests are equal. Looks at every byte; only a difference of lengths, which are public, ends
/// it early.
pub(crate) fn equal(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    // The optimiser must not find out that the rest does not matter once one byte differs.
    let ((words, tail), (other_words, other_tail)) = (one.as_chunks::<8>(), other.as_chunks::<8>());
    let words = words.iter().zip(other_words).map(|(a, b)| u64::from_ne_bytes(*a) ^ u64::from_ne_bytes(*b));
    let bytes = tail.iter().zip(other_tail).map(|(a, b)| u64::from(a ^ b));
    black_box(words.chain(bytes).fold(0, |sum, difference| black_box(sum | difference))) == 0
}

#[cfg(test)]
mod tests {
    use super::equal;

    #[test]
    fn every_bit_counts() {
        let longest = [0x5a; 33];
        assert!(!equal(&longest, &longest[..32]));
        for len in 0..=longest.len() {
            let one = &longest[..len];
            assert!(equal(one, one.to_vec().as_slice()));
            for bit in 0..8 * len {
                let mut other = one.to_vec();
                other[bit / 8] ^= 1 << (bit % 8);
                assert!(!equal(one, &other), "{bit} of {len} bytes");
            }
        }
    }
}
