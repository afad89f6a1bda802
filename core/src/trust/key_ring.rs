//! The keys of all issuers: (section, key id, algorithm) to one verifying key.

use super::{
    packed::Packed,
    section::{self, IssuerSlot, Section, SectionIndex},
    thumbprint::Thumbprint,
};
use crate::{
    Denied,
    ground::{fingerprint::Fingerprint, sort::heap_sort},
    limits::MAX_KID_LEN,
    meaning::header::Header,
};
use jotgate_crypto::{AlgorithmName, VerifyingKey, Word};

/// Room for one key, to be lent as an array.
#[derive(Clone, Copy)]
pub struct KeySlot<'m> {
    pub(super) key: Option<TrustedKey<'m>>,
}

impl KeySlot<'_> {
    /// Room that nobody uses yet.
    pub const EMPTY: Self = Self { key: None };
}

/// A verifying key with what it is bound to: one section and its issuer, one key id, one algorithm, for life.
#[derive(Clone, Copy)]
pub struct TrustedKey<'m> {
    pub(super) section: SectionIndex,
    /// Which key of the ring it is.
    pub(super) position: u16,
    pub(super) issuer: Packed<'m>,
    pub(super) kid: Option<Packed<'m>>,
    pub(super) verifying: VerifyingKey<'m>,
    pub(super) thumbprint: Thumbprint,
    pub(super) standing: Standing,
}

/// Whether a key id leads to one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Sole,
    /// A set that is being loaded holds another key under the same key id and algorithm: ambiguous, unless the set is
    /// refused.
    Doubted,
    /// The section has another key under the same key id and algorithm: neither is used.
    Ambiguous,
}

impl<'m> TrustedKey<'m> {
    /// The section that the key belongs to.
    #[must_use]
    pub fn section(&self) -> SectionIndex {
        self.section
    }

    /// Whether `issuer` is the one whose tokens the key verifies: no search.
    pub(crate) fn serves(&self, issuer: &str) -> bool {
        self.issuer.equals(issuer.as_bytes())
    }

    /// The one algorithm that the key serves.
    #[must_use]
    pub fn algorithm(&self) -> AlgorithmName {
        self.verifying.algorithm()
    }

    /// Whether tokens that name the key's id and algorithm are verified with it: another key of the same set may have made
    /// it ambiguous after it was reported as used.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// The key's thumbprint (RFC 7638).
    #[must_use]
    pub fn thumbprint(&self) -> Thumbprint {
        self.thumbprint
    }

    /// Which key of the ring it is, to be found again by [`KeyRing::select_again`].
    pub(crate) fn position(&self) -> u16 {
        self.position
    }

    /// Copies the key id, if the key has one.
    pub(crate) fn copy_kid<'b>(&self, buffer: &'b mut [u8; MAX_KID_LEN]) -> Option<&'b [u8]> {
        self.kid?.copy(buffer)
    }

    pub(crate) fn verifying(&self) -> &VerifyingKey<'m> {
        &self.verifying
    }

    /// Keys without an id are in the index as well: they are looked for by their algorithm.
    fn entry(&self, position: u16) -> Word {
        entry(self.kid.map_or(0, |kid| kid.fingerprint()), position)
    }

    pub(super) fn has_kid(&self, kid: Option<&str>) -> bool {
        match (self.kid, kid) {
            (None, None) => true,
            (Some(own), Some(kid)) => own.equals(kid.as_bytes()),
            _ => false,
        }
    }
}

/// The keys of all issuers, in memory that the host lends. Immutable: to change a key, build a new ring
/// beside the old one and swap them between requests.
#[derive(Clone, Copy)]
pub struct KeyRing<'m> {
    generation: u64,
    sections: &'m [IssuerSlot<'m>],
    keys: &'m [KeySlot<'m>],
    /// A word for each key, section by section, those of a section by key id: an [`entry`] each. What one issuer
    /// publishes lies apart from what the others do, and no key id makes a search longer.
    index: &'m [Word],
}

impl<'m> KeyRing<'m> {
    /// `index` has a word for each key.
    pub(super) fn new(
        generation: u64,
        sections: &'m mut [IssuerSlot<'m>],
        keys: &'m [KeySlot<'m>],
        index: &'m mut [Word],
    ) -> Option<Self> {
        let mut rest = &mut *index;
        let mut start = 0_u16;
        for (number, slot) in sections.iter_mut().enumerate() {
            let of_it = |key: &TrustedKey<'_>| key.section.position() == number;
            let own = keys.iter().zip(0_u16..).filter_map(|(slot, position)| {
                slot.key.as_ref().filter(|key| of_it(key)).map(|key| key.entry(position))
            });
            let count = rest.iter_mut().zip(own).map(|(place, entry)| *place = entry).count();
            heap_sort(rest.split_off_mut(..count)?);
            (slot.start, slot.count) = (start, u16::try_from(count).ok()?);
            start = start.checked_add(slot.count)?;
        }
        Some(Self { generation, sections, keys, index })
    }

    /// The number that the host gave to this ring.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The usable keys, in the order of loading.
    pub fn keys(&self) -> impl Iterator<Item = &'m TrustedKey<'m>> {
        self.keys.iter().filter_map(|slot| slot.key.as_ref())
    }

    /// The section of this label, which is the issuer's name where the host gave no other; if the ring has one.
    #[must_use]
    pub fn section(&self, label: &str) -> Option<SectionIndex> {
        section::find(self.sections, label)
    }

    /// Whether the keys of this section verify tokens of `issuer`, the exact value of `iss`: no search.
    #[must_use]
    pub fn serves(&self, section: SectionIndex, issuer: &str) -> bool {
        self.sections.get(section.position()).is_some_and(|slot| slot.serves(issuer))
    }

    /// The section of this label, if it serves this issuer.
    pub(crate) fn section_of(&self, section: &Section<'_>) -> Option<SectionIndex> {
        self.section(section.label).filter(|index| self.serves(*index, section.issuer))
    }

    /// Whether `key` is one of this very ring, in the section of this label. Another ring may have the same section at
    /// another position, and another key there.
    pub(crate) fn holds(&self, key: &TrustedKey<'_>, label: &str) -> bool {
        let slot = self.sections.get(key.section.position());
        slot.is_some_and(|slot| slot.keeps(&key.issuer) && slot.is_labelled(label))
    }

    /// Picks the one key of a section that may verify a token with this header. Never tries a second one.
    ///
    /// The key decides (RFC 8725, section 3.1): its section, its key id and its algorithm must all be the
    /// header's. A key id that is known, but to another algorithm, is [`Denied::AlgorithmMismatch`].
    pub(crate) fn select(
        &self,
        section: SectionIndex,
        header: &Header<&str>,
    ) -> Result<&'m TrustedKey<'m>, Denied> {
        match header.kid {
            Some(kid) => self.by_kid(section, kid, header.algorithm),
            None => self.by_algorithm(section, header.algorithm),
        }
    }

    /// The key at this position, if it is the one that [`section`](Self::section) and [`select`](Self::select) lead to:
    /// no search. A ring holds one key of a section, key id and algorithm.
    pub(crate) fn select_again(
        &self,
        position: u16,
        label: &str,
        header: &Header<&str>,
    ) -> Option<&'m TrustedKey<'m>> {
        let key = self.keys.get(usize::from(position))?.key.as_ref()?;
        let section = self.sections.get(key.section.position())?;
        let is_selected = key.kid?.equals(header.kid?.as_bytes())
            && key.algorithm() == header.algorithm
            && key.standing == Standing::Sole
            && section.is_labelled(label);
        is_selected.then_some(key)
    }

    fn by_kid(
        &self,
        section: SectionIndex,
        kid: &str,
        algorithm: AlgorithmName,
    ) -> Result<&'m TrustedKey<'m>, Denied> {
        let mut denied = Denied::UnknownKid;
        let entries = self.entries(section);
        let first = entry(Fingerprint::of(kid.as_bytes()), 0);
        let start = entries.partition_point(|entry| *entry < first);
        let alike = entries.iter().skip(start).take_while(|entry| **entry ^ first <= POSITION);
        for key in alike.filter_map(|entry| self.key_of(*entry)) {
            if !key.has_kid(Some(kid)) {
                continue;
            }
            if key.algorithm() != algorithm {
                denied = Denied::AlgorithmMismatch;
            } else if key.standing == Standing::Sole {
                return Ok(key);
            } else {
                return Err(Denied::AmbiguousKey);
            }
        }
        Err(denied)
    }

    /// Without a key id: only when exactly one key of the section serves the algorithm.
    fn by_algorithm(
        &self,
        section: SectionIndex,
        algorithm: AlgorithmName,
    ) -> Result<&'m TrustedKey<'m>, Denied> {
        let own = self.entries(section).iter().filter_map(|entry| self.key_of(*entry));
        let mut fitting = own.filter(|key| key.algorithm() == algorithm);
        match (fitting.next(), fitting.next()) {
            (Some(key), None) if key.standing == Standing::Sole => Ok(key),
            _ => Err(Denied::NoKeyFits),
        }
    }

    fn entries(&self, section: SectionIndex) -> &'m [Word] {
        let own = self.sections.get(section.position()).and_then(|slot| {
            let start = usize::from(slot.start);
            self.index.get(start..start.checked_add(usize::from(slot.count))?)
        });
        own.unwrap_or_default()
    }

    fn key_of(&self, entry: Word) -> Option<&'m TrustedKey<'m>> {
        let position = usize::try_from(entry & POSITION).ok()?;
        self.keys.get(position)?.key.as_ref()
    }
}

/// The bits of an entry that say which key it is.
const POSITION: Word = 0xffff;

/// What the index holds of a key: in front as much of its key id's fingerprint as fits a word, then its position.
fn entry(fingerprint: u64, position: u16) -> Word {
    let front = fingerprint.to_le_bytes().last_chunk().map_or(0, |front| Word::from_le_bytes(*front));
    front & !POSITION | Word::from(position)
}
