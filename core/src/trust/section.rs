//! Sections of a key ring: the keys that one label leads to, all of one issuer.

use super::packed::Packed;
use crate::{LoadError, ground::fingerprint::Fingerprint, limits::MAX_ISSUERS};
use jotgate_crypto::Word;

/// A section of a key ring: what policies call it, and the issuer whose tokens its keys verify.
///
/// An issuer has one section, which is called as the issuer itself, unless the host keeps some of its keys apart: for
/// two kinds of its tokens, or for the tables of a policy file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section<'a> {
    /// Tells the sections of a ring apart.
    pub label: &'a str,
    /// The exact value of `iss`.
    pub issuer: &'a str,
}

impl<'a> Section<'a> {
    /// The section that is called as its issuer.
    #[must_use]
    pub const fn of_issuer(issuer: &'a str) -> Self {
        Self { label: issuer, issuer }
    }
}

/// Which section of a ring: the order in which they were added, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SectionIndex(u16);

impl SectionIndex {
    /// The position in the order in which the sections were added.
    #[must_use]
    pub fn position(self) -> usize {
        usize::from(self.0)
    }
}

/// Room for one section, to be lent as an array: one for each issuer, or more where an issuer's keys are kept apart.
#[derive(Clone, Copy)]
pub struct IssuerSlot<'m> {
    /// Of the label.
    fingerprint: u64,
    named: Option<Named<'m>>,
    /// Where the index of the ring has its keys, and how many.
    pub(super) start: u16,
    pub(super) count: u16,
}

impl IssuerSlot<'_> {
    /// Room that nobody uses yet.
    pub const EMPTY: Self = Self { fingerprint: 0, named: None, start: 0, count: 0 };
}

/// The names of a section, kept.
#[derive(Clone, Copy)]
pub(super) struct Named<'m> {
    label: Packed<'m>,
    pub(super) issuer: Packed<'m>,
}

impl<'m> Named<'m> {
    /// Words that [`store`](Self::store) takes.
    pub(super) fn words(section: &Section<'_>) -> usize {
        let issuer = Packed::words(section.issuer.len());
        if section.label == section.issuer {
            return issuer;
        }
        issuer.saturating_add(Packed::words(section.label.len()))
    }

    /// `None` when too few words are left.
    pub(super) fn store(section: &Section<'_>, arena: &mut &'m mut [Word]) -> Option<Self> {
        let issuer = Packed::store(section.issuer.as_bytes(), arena)?;
        let label = if section.label == section.issuer {
            issuer
        } else {
            Packed::store(section.label.as_bytes(), arena)?
        };
        Some(Self { label, issuer })
    }
}

/// The section of this label.
pub(super) fn find(sections: &[IssuerSlot<'_>], label: &str) -> Option<SectionIndex> {
    let fingerprint = Fingerprint::of(label.as_bytes());
    let is_it = |slot: &IssuerSlot<'_>| {
        slot.fingerprint == fingerprint && slot.named.is_some_and(|own| own.label.equals(label.as_bytes()))
    };
    let position = sections.iter().position(is_it)?;
    u16::try_from(position).ok().map(SectionIndex)
}

/// Where the keys of `section` go, and its names if they are kept already.
///
/// # Errors
/// [`LoadError::EmptyIssuer`], [`LoadError::SectionOfAnotherIssuer`], [`LoadError::TooManyIssuers`].
pub(super) fn place_of<'m>(
    sections: &[IssuerSlot<'m>],
    section: &Section<'_>,
) -> Result<(SectionIndex, Option<Named<'m>>), LoadError> {
    if section.issuer.is_empty() || section.label.is_empty() {
        return Err(LoadError::EmptyIssuer);
    }
    if let Some(index) = find(sections, section.label) {
        let named = sections.get(index.position()).and_then(|slot| slot.named);
        let is_same = named.is_some_and(|own| own.issuer.equals(section.issuer.as_bytes()));
        return if is_same { Ok((index, named)) } else { Err(LoadError::SectionOfAnotherIssuer) };
    }
    let vacant = sections.iter().take(MAX_ISSUERS).position(|slot| slot.named.is_none());
    let index = vacant.and_then(|position| u16::try_from(position).ok()).ok_or(LoadError::TooManyIssuers)?;
    Ok((SectionIndex(index), None))
}

/// Takes a section in.
pub(super) fn put<'m>(
    sections: &mut [IssuerSlot<'m>],
    index: SectionIndex,
    section: &Section<'_>,
    named: Named<'m>,
) {
    if let Some(slot) = sections.get_mut(index.position()) {
        let fingerprint = Fingerprint::of(section.label.as_bytes());
        *slot = IssuerSlot { fingerprint, named: Some(named), ..IssuerSlot::EMPTY };
    }
}

impl IssuerSlot<'_> {
    pub(super) fn is_labelled(&self, label: &str) -> bool {
        self.named.is_some_and(|own| own.label.equals(label.as_bytes()))
    }

    pub(super) fn serves(&self, issuer: &str) -> bool {
        self.named.is_some_and(|own| own.issuer.equals(issuer.as_bytes()))
    }

    /// The name of its issuer lies where this one lies: in the memory of this very ring.
    pub(super) fn keeps(&self, issuer: &Packed<'_>) -> bool {
        self.named.is_some_and(|own| own.issuer.lies_where(issuer))
    }
}
