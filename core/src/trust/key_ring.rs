//! The keys of all issuers: (issuer, key id, algorithm) to one verifying key.

use super::{packed::Packed, thumbprint::Thumbprint};
use crate::{
    Denied, LoadError,
    ground::fingerprint::Fingerprint,
    limits::{MAX_ISSUERS, MAX_KID_LEN},
    meaning::header::Header,
};
use jotgate_crypto::{AlgorithmName, VerifyingKey, Word};

/// Which issuer of a ring: the order in which they were added, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IssuerIndex(pub(crate) u16);

impl IssuerIndex {
    /// The position in the order in which the issuers were added.
    #[must_use]
    pub fn position(self) -> usize {
        usize::from(self.0)
    }
}

/// Which key of a ring: the order in which they were loaded, from 0.
#[derive(Clone, Copy)]
pub(crate) struct KeyPosition(u16);

impl KeyPosition {
    pub(super) fn of(position: usize) -> Option<Self> {
        u16::try_from(position).ok().map(Self)
    }
}

/// Room for one issuer, to be lent as an array.
#[derive(Clone, Copy)]
pub struct IssuerSlot<'m> {
    fingerprint: u64,
    name: Option<Packed<'m>>,
}

impl IssuerSlot<'_> {
    /// Room that nobody uses yet.
    pub const EMPTY: Self = Self { fingerprint: 0, name: None };
}

/// Room for one key, to be lent as an array.
#[derive(Clone, Copy)]
pub struct KeySlot<'m> {
    pub(super) key: Option<TrustedKey<'m>>,
}

impl KeySlot<'_> {
    /// Room that nobody uses yet.
    pub const EMPTY: Self = Self { key: None };
}

/// A verifying key with what it is bound to: one issuer, one key id, one algorithm, for life.
#[derive(Clone, Copy)]
pub struct TrustedKey<'m> {
    pub(super) position: KeyPosition,
    pub(super) issuer: IssuerIndex,
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
    /// The issuer publishes another key under the same key id and algorithm: neither is used.
    Ambiguous,
}

impl<'m> TrustedKey<'m> {
    /// The issuer that the key belongs to.
    #[must_use]
    pub fn issuer(&self) -> IssuerIndex {
        self.issuer
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

    /// Copies the key id, if the key has one.
    pub(crate) fn copy_kid<'b>(&self, buffer: &'b mut [u8; MAX_KID_LEN]) -> Option<&'b [u8]> {
        self.kid?.copy(buffer)
    }

    pub(crate) fn verifying(&self) -> &VerifyingKey<'m> {
        &self.verifying
    }

    pub(crate) fn position(&self) -> KeyPosition {
        self.position
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
    issuers: &'m [IssuerSlot<'m>],
    keys: &'m [KeySlot<'m>],
    /// Open addressing by key id: position in `keys` plus one, or 0. At least half of it is 0.
    index: &'m [Word],
}

impl<'m> KeyRing<'m> {
    pub(super) fn new(
        generation: u64,
        issuers: &'m [IssuerSlot<'m>],
        keys: &'m [KeySlot<'m>],
        index: &'m mut [Word],
    ) -> Option<Self> {
        for (position, slot) in keys.iter().enumerate() {
            let (Some(key), Ok(entry)) = (slot.key, Word::try_from(position.saturating_add(1))) else {
                continue;
            };
            let Some(kid) = key.kid else { continue };
            let place = probes(index.len(), kid_hash(key.issuer, kid.fingerprint()))
                .find(|place| index.get(*place) == Some(&0))?;
            *index.get_mut(place)? = entry;
        }
        Some(Self { generation, issuers, keys, index })
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

    /// The issuer of this exact name, if the ring holds keys of it.
    #[must_use]
    pub fn issuer(&self, name: &str) -> Option<IssuerIndex> {
        find_issuer(self.issuers, name)
    }

    /// Whether `name` is the issuer at `index`: no search.
    pub(crate) fn is_issuer(&self, index: IssuerIndex, name: &str) -> bool {
        let slot = self.issuers.get(index.position());
        slot.and_then(|slot| slot.name).is_some_and(|own| own.equals(name.as_bytes()))
    }

    /// Picks the one key that may verify a token of `issuer` with this header. Never tries a second one.
    ///
    /// The key decides (RFC 8725, section 3.1): its issuer, its key id and its algorithm must all be the
    /// header's. A key id that is known, but to another algorithm, is [`Denied::AlgorithmMismatch`].
    pub(crate) fn select(
        &self,
        issuer: IssuerIndex,
        header: &Header<&str>,
    ) -> Result<&'m TrustedKey<'m>, Denied> {
        match header.kid {
            Some(kid) => self.by_kid(issuer, kid, header.algorithm),
            None => self.by_algorithm(issuer, header.algorithm),
        }
    }

    fn by_kid(
        &self,
        issuer: IssuerIndex,
        kid: &str,
        algorithm: AlgorithmName,
    ) -> Result<&'m TrustedKey<'m>, Denied> {
        let mut denied = Denied::UnknownKid;
        let hash = kid_hash(issuer, Fingerprint::of(kid.as_bytes()));
        for place in probes(self.index.len(), hash) {
            let Some(key) = self.at(place) else { break };
            if key.issuer != issuer || !key.has_kid(Some(kid)) {
                continue;
            }
            if key.algorithm() != algorithm {
                denied = Denied::AlgorithmMismatch;
            } else if key.standing == Standing::Ambiguous {
                return Err(Denied::AmbiguousKey);
            } else {
                return Ok(key);
            }
        }
        Err(denied)
    }

    /// The key that stands at this position, if its thumbprint is this one.
    pub(crate) fn key_at(
        &self,
        position: KeyPosition,
        thumbprint: &Thumbprint,
    ) -> Option<&'m TrustedKey<'m>> {
        let key = self.keys.get(usize::from(position.0))?.key.as_ref()?;
        (key.thumbprint == *thumbprint).then_some(key)
    }

    fn at(&self, place: usize) -> Option<&'m TrustedKey<'m>> {
        let position = usize::try_from(*self.index.get(place)?).ok()?.checked_sub(1)?;
        self.keys.get(position)?.key.as_ref()
    }

    /// Without a key id: only when exactly one key of the issuer serves the algorithm.
    fn by_algorithm(
        &self,
        issuer: IssuerIndex,
        algorithm: AlgorithmName,
    ) -> Result<&'m TrustedKey<'m>, Denied> {
        let mut fitting = self.keys().filter(|key| key.issuer == issuer && key.algorithm() == algorithm);
        match (fitting.next(), fitting.next()) {
            (Some(key), None) if key.standing == Standing::Sole => Ok(key),
            _ => Err(Denied::NoKeyFits),
        }
    }
}

pub(super) fn find_issuer(issuers: &[IssuerSlot<'_>], name: &str) -> Option<IssuerIndex> {
    let fingerprint = Fingerprint::of(name.as_bytes());
    let is_it = |slot: &IssuerSlot<'_>| {
        slot.fingerprint == fingerprint && slot.name.is_some_and(|own| own.equals(name.as_bytes()))
    };
    let position = issuers.iter().position(is_it)?;
    u16::try_from(position).ok().map(IssuerIndex)
}

pub(super) fn add_issuer<'m>(
    issuers: &mut [IssuerSlot<'m>],
    name: &str,
    arena: &mut &'m mut [Word],
) -> Result<IssuerIndex, LoadError> {
    if name.is_empty() {
        return Err(LoadError::EmptyIssuer);
    }
    if let Some(known) = find_issuer(issuers, name) {
        return Ok(known);
    }
    let position = issuers.iter().position(|slot| slot.name.is_none()).ok_or(LoadError::TooManyIssuers)?;
    let index =
        u16::try_from(position).ok().filter(|_| position < MAX_ISSUERS).ok_or(LoadError::TooManyIssuers)?;
    let packed = Packed::store(name.as_bytes(), arena).ok_or(LoadError::OutOfWords)?;
    let slot = issuers.get_mut(position).ok_or(LoadError::TooManyIssuers)?;
    *slot = IssuerSlot { fingerprint: Fingerprint::of(name.as_bytes()), name: Some(packed) };
    Ok(IssuerIndex(index))
}

fn kid_hash(issuer: IssuerIndex, fingerprint: u64) -> u64 {
    Fingerprint::within(fingerprint, issuer.0)
}

/// The places of an index of `len` entries in the order in which a hash looks at them; each once.
fn probes(len: usize, hash: u64) -> impl Iterator<Item = usize> {
    // The upper half, which a word of every target holds: a division of 64 bits is a long routine where words have 32.
    let start = usize::try_from(hash >> 32).ok().and_then(|hash| hash.checked_rem(len)).unwrap_or(0);
    (start..len).chain(0..start)
}

/// Entries of the index for `keys` keys: at most half of them are used, so that probing stays short.
pub(super) fn index_len(keys: usize) -> usize {
    keys.saturating_mul(2).saturating_add(1)
}
