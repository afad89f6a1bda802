//! Comparison whose time does not say where two values differ.

use core::hint::black_box;

/// Whether two digests are equal. Looks at every octet; only a difference of lengths, which are public, ends
/// it early.
pub(crate) fn equal(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    // The optimiser must not find out that the rest does not matter once one octet differs.
    let difference = one.iter().zip(other).fold(0, |sum, (a, b)| black_box(sum | (a ^ b)));
    black_box(difference) == 0
}

#[cfg(test)]
mod tests {
    use super::equal;

    #[test]
    fn every_bit_counts() {
        let one = [0x5a; 32];
        assert!(equal(&one, &one.clone()) && equal(&[], &[]));
        assert!(!equal(&one, &one[..31]));
        for bit in 0..256 {
            let mut other = one;
            other[bit / 8] ^= 1 << (bit % 8);
            assert!(!equal(&one, &other), "{bit}");
        }
    }
}
