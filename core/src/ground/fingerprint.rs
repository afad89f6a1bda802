//! 64-bit fingerprints of names, and a set of them that finds a name given twice.
//!
//! Equal names always share a fingerprint. Different names share one by chance with probability 2^-64 a
//! pair, otherwise only when somebody constructs them: whoever does loses his own token, nobody else's.
//! So a fingerprint decides alone, and no text is compared, however many names a stranger sends.

use super::{sort::heap_sort, swar};

/// Up to this many names are compared in pairs as they come; more are sorted once, at the end, so that
/// the work for `n` names stays in the order of `n log n` whatever the names are.
const PAIRWISE: usize = 32;

/// Builds the fingerprint of a text from its bytes.
#[derive(Clone, Copy)]
pub(crate) struct Fingerprint(u64);

// Odd constants with well spread bits: the fractional parts of the golden ratio and of the square root of 3.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
const SEED: u64 = 0xbb67_ae85_84ca_a73b;

impl Fingerprint {
    /// The fingerprint of bytes in a row.
    #[inline]
    pub(crate) fn of(bytes: &[u8]) -> u64 {
        // Where flash is scarce, one way is enough.
        if cfg!(not(target_pointer_width = "64")) {
            return Self::of_iter(bytes.iter().copied());
        }
        let mut state = Self::BEGIN;
        for chunk in bytes.as_chunks::<8>().0 {
            state.absorb(u64::from_le_bytes(*chunk));
        }
        state.absorb(swar::tail(bytes));
        state.finish(bytes.len())
    }

    /// The fingerprint of the bytes that `bytes` yields: the same as [`of`](Self::of) of them in a row.
    pub(crate) fn of_iter(bytes: impl Iterator<Item = u8>) -> u64 {
        let mut bytewise = Bytewise::BEGIN;
        bytes.for_each(|byte| bytewise.absorb(byte));
        bytewise.finish()
    }

    /// Nothing absorbed yet.
    pub(crate) const BEGIN: Self = Self(SEED);

    /// Eight bytes, the first lowest. The last zero to seven come filled up with zeros.
    #[inline]
    pub(crate) fn absorb(&mut self, chunk: u64) {
        let mixed = (self.0 ^ chunk).wrapping_mul(MULTIPLIER);
        self.0 = mixed ^ (mixed >> 29);
    }

    #[inline]
    pub(crate) fn finish(mut self, len: usize) -> u64 {
        self.absorb(u64::try_from(len).unwrap_or(u64::MAX));
        self.0
    }
}

/// Builds the fingerprint of a text a byte at a time.
pub(crate) struct Bytewise {
    state: Fingerprint,
    len: usize,
    /// What was not absorbed yet, the last byte highest.
    chunk: u64,
}

impl Bytewise {
    pub(crate) const BEGIN: Self = Self { state: Fingerprint::BEGIN, len: 0, chunk: 0 };

    pub(crate) fn absorb(&mut self, byte: u8) {
        // The first byte ends lowest, as in a little-endian word.
        self.chunk = self.chunk >> 8 | u64::from(byte) << 56;
        self.len = self.len.wrapping_add(1);
        if self.len.is_multiple_of(8) {
            self.state.absorb(self.chunk);
            self.chunk = 0;
        }
    }

    pub(crate) fn finish(mut self) -> u64 {
        let missing = 8_u32.saturating_sub(u32::try_from(self.len % 8).unwrap_or(0));
        self.state.absorb(self.chunk.checked_shr(missing.saturating_mul(8)).unwrap_or(0));
        self.state.finish(self.len)
    }
}

/// The same name stands twice in one object.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Twice;

/// Why a name could not be added.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum AddError {
    Twice,
    Full,
}

/// The names of one object, as fingerprints in lent memory.
pub(crate) struct NameSet<'n> {
    names: &'n mut [u64],
    len: usize,
    /// One bit for each of 64 classes of fingerprints: a class not seen before needs no comparison.
    classes: u64,
}

impl<'n> NameSet<'n> {
    pub(crate) fn new(names: &'n mut [u64]) -> Self {
        Self { names, len: 0, classes: 0 }
    }

    pub(crate) fn add(&mut self, fingerprint: u64) -> Result<(), AddError> {
        let (known, free) = self.names.split_at_mut_checked(self.len).ok_or(AddError::Full)?;
        let slot = free.first_mut().ok_or(AddError::Full)?;
        let class = 1_u64 << (fingerprint >> 58);
        if self.len < PAIRWISE && self.classes & class != 0 && known.contains(&fingerprint) {
            return Err(AddError::Twice);
        }
        *slot = fingerprint;
        self.classes |= class;
        self.len = self.len.saturating_add(1);
        Ok(())
    }

    /// Finds what `add` left for the end.
    pub(crate) fn finish(self) -> Result<(), Twice> {
        if self.len <= PAIRWISE {
            return Ok(());
        }
        let names = self.names.get_mut(..self.len).unwrap_or_default();
        heap_sort(names);
        let twice = names.windows(2).any(|pair| pair.first() == pair.last());
        if twice { Err(Twice) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn both_ways_to_a_fingerprint_agree(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            prop_assert_eq!(Fingerprint::of(&bytes), Fingerprint::of_iter(bytes.iter().copied()));
        }

        #[test]
        fn set_finds_exactly_the_duplicates(values in proptest::collection::vec(0..400_u64, 0..120)) {
            let mut memory = [0; 120];
            let mut set = NameSet::new(&mut memory);
            let added = values.iter().try_for_each(|v| set.add(*v));
            let found = added.is_err() || set.finish().is_err();
            let mut sorted = values.clone();
            sorted.sort_unstable();
            sorted.dedup();
            prop_assert_eq!(found, sorted.len() != values.len());
        }
    }

    #[test]
    fn full_set_says_so() {
        let mut memory = [0; 2];
        let mut set = NameSet::new(&mut memory);
        assert_eq!((set.add(1), set.add(2), set.add(3)), (Ok(()), Ok(()), Err(AddError::Full)));
    }
}
