//! ES256, up to eight signatures at a time.

use super::curve::{BATCH, Comb, Entry, verify_batch};
use super::{Es256Tabled, key};
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
    /// `signature` over `input`, to be verified under `key`.
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

impl Es256Tabled<'_> {
    /// Verifies all entries, each by itself: none has any influence on the answer to another.
    ///
    /// With [`Backend::Ifma`], those under keys of this value that have tables are taken eight at a time; all others,
    /// one by one.
    pub fn verify_batch(&self, batch: &mut [BatchEntry<'_>]) {
        for entries in batch.chunks_mut(BATCH) {
            let mut together = [None; BATCH];
            for (place, entry) in together.iter_mut().zip(&*entries) {
                *place = self.prepare_entry(entry);
            }
            let answers = self.verify_together(&together);
            for (at, entry) in entries.iter_mut().enumerate() {
                entry.answer = match (together.get(at), answers.as_ref().and_then(|answers| answers.get(at)))
                {
                    (Some(Some(_)), Some(answer)) => *answer,
                    _ => entry.key.verify(entry.input, entry.signature),
                };
            }
        }
    }

    /// Nothing where that is not possible, or takes longer than one by one.
    fn verify_together(
        &self,
        entries: &[Option<Entry<'_>>; BATCH],
    ) -> Option<[Result<(), BadSignature>; BATCH]> {
        let is_worth_it = self.backend == Backend::Ifma && entries.iter().flatten().count() >= FEWEST;
        if is_worth_it { verify_batch(self.generator.comb, entries) } else { None }
    }

    /// Nothing if the key is not of this value, or has no table.
    fn prepare_entry<'a>(&self, entry: &BatchEntry<'a>) -> Option<Entry<'a>> {
        let key = entry.key.prepared_by(self)?;
        Some(Entry {
            point: key::point(key.words()).ok()?,
            table: Comb::new(self.shape, key.table())?,
            hash: entry.input.sha256(),
            signature: entry.signature,
        })
    }
}

/// From so many on eight at once take less time than one by one.
const FEWEST: usize = 5;
