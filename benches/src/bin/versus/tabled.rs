//! Keys with tables in a key ring.
//!
//! A ring lends its keys no memory for tables yet. Until it does, an algorithm value stands in that keeps a whole
//! key, table included, beside each key of the ring.

use crate::ours;
use jotgate_core::{
    AlgorithmName, KeyFault, Word,
    crypto::{Algorithm, BadSignature, Prepared, PublicKey, SigningInput, VerifyingKey},
};
use std::sync::{
    OnceLock,
    atomic::{AtomicUsize, Ordering},
};

/// Keys that one ring may hold.
const MAX_KEYS: usize = 8;

/// An algorithm whose keys have tables, wherever they are prepared.
pub(crate) struct Tabled {
    value: &'static dyn Algorithm,
    keys: [OnceLock<VerifyingKey<'static>>; MAX_KEYS],
    count: AtomicUsize,
}

impl Tabled {
    /// Stands in for a value that has tables; others are what they are.
    pub(crate) fn or_plain(value: &'static dyn Algorithm) -> &'static dyn Algorithm {
        if value.table_lines() == 0 {
            return value;
        }
        let keys = [const { OnceLock::new() }; MAX_KEYS];
        Box::leak(Box::new(Self { value, keys, count: AtomicUsize::new(0) }))
    }

    fn key(&self, words: &[Word]) -> &VerifyingKey<'static> {
        let index = usize::try_from(words[0]).unwrap();
        self.keys[index].get().unwrap()
    }
}

impl Algorithm for Tabled {
    fn name(&self) -> AlgorithmName {
        self.value.name()
    }

    fn words(&self, _: &PublicKey<'_>) -> Result<usize, KeyFault> {
        Ok(1)
    }

    /// The one word is the index of the key.
    fn prepare(&self, key: &PublicKey<'_>, words: &mut [Word]) -> Result<(), KeyFault> {
        let index = self.count.fetch_add(1, Ordering::Relaxed);
        self.keys[index].get_or_init(|| ours::prepare(self.value, key));
        words[0] = Word::try_from(index).unwrap();
        Ok(())
    }

    fn signature_len(&self, key: Prepared<'_>) -> usize {
        self.key(key.words()).signature_len()
    }

    fn verify(
        &self,
        key: Prepared<'_>,
        input: &SigningInput<'_>,
        signature: &[u8],
    ) -> Result<(), BadSignature> {
        self.key(key.words()).verify(input, signature)
    }
}
