//! ECDSA, up to eight signatures at a time.

use super::key;
use super::suite::{Shape, Suite};
use super::tabled::EcdsaTabled;
use crate::comb::Comb;
use crate::hash::SignatureHash;
use crate::weierstrass::{BATCH, Entry, verify_batch};
use crate::{Backend, BadSignature, SigningInput, VerifyingKey};

/// A signature to be verified among others, and the answer to it.
#[derive(Clone, Copy)]
pub struct BatchEntry<'a> {
    key: VerifyingKey<'a>,
    input: &'a SigningInput<'a>,
    signature: &'a [u8],
    answer: Result<(), BadSignature>,
}

impl<'a> BatchEntry<'a> {
    /// `signature` over `input`, to be verified under `key`, whatever algorithm that serves.
    pub fn new(key: VerifyingKey<'a>, input: &'a SigningInput<'a>, signature: &'a [u8]) -> Self {
        Self { key, input, signature, answer: Err(BadSignature) }
    }

    /// What [`VerifyingKey::verify`] answers.
    ///
    /// # Errors
    /// [`BadSignature`], as long as the entry was not verified, too.
    pub fn answer(&self) -> Result<(), BadSignature> {
        self.answer
    }
}

impl<S: Suite> EcdsaTabled<'_, S> {
    /// Verifies all entries, each by itself: none has any influence on the answer to another.
    ///
    /// With [`Backend::Ifma`], those under keys of this value that have tables are taken eight at a time; all others,
    /// and fewer than six that are left over, one by one. The order of the entries stays; nothing of them is kept.
    pub fn verify_batch(&self, batch: &mut [BatchEntry<'_>]) {
        for entries in batch.chunks_mut(BATCH) {
            let mut together = [None; BATCH];
            if self.backend == Backend::Ifma && entries.len() >= FEWEST {
                for (place, entry) in together.iter_mut().zip(&*entries) {
                    *place = self.prepare_entry(entry);
                }
            }
            let answers = self.verify_together(&together);
            for (at, entry) in entries.iter_mut().enumerate() {
                let answer = answers.as_ref().and_then(|answers| answers.get(at));
                entry.answer = match (together.get(at), answer) {
                    (Some(Some(_)), Some(answer)) => *answer,
                    _ => entry.key.verify(entry.input, entry.signature),
                };
            }
        }
    }

    /// Nothing where that is not possible, or takes longer than one by one.
    fn verify_together(
        &self,
        entries: &[Option<Entry<'_, S>>; BATCH],
    ) -> Option<[Result<(), BadSignature>; BATCH]> {
        let is_worth_it = entries.iter().flatten().count() >= FEWEST;
        if is_worth_it { verify_batch(self.generator.comb, entries) } else { None }
    }

    /// Nothing if the key is not of this value, or has no table, or the signature is out of range.
    fn prepare_entry<'a>(&self, entry: &BatchEntry<'a>) -> Option<Entry<'a, S>> {
        let key = entry.key.prepared_by(self)?;
        if key.table().is_empty() || key.table().len() != self.shape.lines() {
            return None;
        }
        let table = Comb::new(self.shape.layout(), key.table());
        Entry::new(key::point(key.words()).ok()?, table, &S::Hash::hash(entry.input), entry.signature)
    }
}

/// From so many on eight at once take no more time than one by one: also with tables that suit one sum in eight lanes,
/// where eight take 5.2 times the time of one (ES256, 256 KiB) to 6.0 times (ES384, 96 KiB).
const FEWEST: usize = 6;
