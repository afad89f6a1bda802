//! JWK Sets (RFC 7517, section 5), loaded into lent memory and bound to their issuers.

use super::{
    jwk::{Jwk, Remarks, Shown},
    key_ring::{KeyRing, KeySlot, Standing, TrustedKey},
    packed::Packed,
    section::{self, IssuerSlot, Named, Section, SectionIndex},
    thumbprint::Thumbprint,
};
use crate::{
    AlgorithmName, LoadError, Scratch, SkipReason,
    limits::{MAX_KEY_SET_LEN, MAX_KEYS},
    wire::json::{Array, JsonError, Members, Str, Value},
};
use jotgate_crypto::{Algorithm, CacheLine, KeyFault, PublicKey, VerifyingKey, Word};

/// Builds a [`KeyRing`] in memory that the host lends. What fails leaves it as it was; the ring in force is not
/// touched.
///
/// Words that a key takes (64-bit words; twice as many of 32 bits): RSA 2 for each 64 bits of the modulus
/// and 2 more (123, 195 or 243 with AVX-512 IFMA, by the size of the modulus), P-256 8, P-384 12, P-521 18, Ed25519 8;
/// besides, one for each 8 bytes of a key id, an issuer's name or a label that is another one, and one word of any size for
/// each key for the index.
pub struct KeyRingBuilder<'m> {
    generation: u64,
    sections: &'m mut [IssuerSlot<'m>],
    keys: &'m mut [KeySlot<'m>],
    words: &'m mut [Word],
    tables: &'m mut [CacheLine],
    count: usize,
}

/// Where one issuer's keys come from, and which of them are taken.
#[derive(Clone, Copy)]
pub struct KeySource<'a, 'm> {
    /// The algorithms that keys may serve. A key of another one is skipped.
    pub algorithms: &'a [&'m dyn Algorithm],
    /// The algorithm of RSA keys that name none, as Microsoft Entra's. Without it they are skipped: the
    /// token's header never decides.
    pub default_rsa_algorithm: Option<AlgorithmName>,
}

/// What became of one key of a set.
#[derive(Clone, Copy)]
pub struct KeyReport<'a> {
    /// Position in `keys`, from 0.
    pub position: usize,
    /// `kid` as it stands there.
    pub kid: Option<Str<'a>>,
    /// `kty` as it stands there.
    pub kind: Option<Str<'a>>,
    /// `alg` as it stands there.
    pub named_algorithm: Option<Str<'a>>,
    /// Used, or skipped with the reason.
    pub outcome: Result<UsedKey, SkipReason>,
}

/// A key that is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsedKey {
    /// The one algorithm that it serves.
    pub algorithm: AlgorithmName,
    /// Bits of the modulus or of the field.
    pub bits: usize,
    /// The thumbprint (RFC 7638).
    pub thumbprint: Thumbprint,
    /// What is odd about it.
    pub remarks: Remarks,
    /// Another key stands under the same key id and algorithm: tokens that name it are refused.
    pub ambiguous: bool,
    /// Whether verification under it is faster.
    pub table: KeyTable,
}

/// Whether a key has a table in the memory lent to [`KeyRingBuilder::with_tables`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyTable {
    /// It has none: its algorithm uses none, too few lines were left, or it is never used.
    Absent,
    /// It has one.
    Built,
}

/// How many keys of a set are used and skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Keys in force.
    pub used: usize,
    /// Keys passed over; each was reported with its reason.
    pub skipped: usize,
}

impl<'m> KeyRingBuilder<'m> {
    /// Begins a ring with a number of the host's choice, which tells it from other rings. The slots lent are
    /// overwritten.
    pub fn new(
        generation: u64,
        issuers: &'m mut [IssuerSlot<'m>],
        keys: &'m mut [KeySlot<'m>],
        words: &'m mut [Word],
    ) -> Self {
        issuers.fill(IssuerSlot::EMPTY);
        keys.fill(KeySlot::EMPTY);
        Self { generation, sections: issuers, keys, words, tables: &mut [], count: 0 }
    }

    /// Lends memory for tables of keys, whose algorithms say how many lines each takes. They are built as the keys
    /// are loaded, for the first that want one while lines last; the others are verified as well, only slower.
    #[must_use]
    pub fn with_tables(self, tables: &'m mut [CacheLine]) -> Self {
        Self { tables, ..self }
    }

    /// Adds the keys of `key_set` (a JWK Set in UTF-8) for `issuer`, the exact value of `iss`. An issuer
    /// may have several sets. Each key is reported.
    ///
    /// # Errors
    /// Why the set is refused as a whole. Single keys that cannot be used are skipped; a set without any
    /// usable key is an error. A set that is refused leaves the ring as it was before; what its keys took of the lent
    /// words and tables until slots or words ran out stays taken.
    pub fn load(
        &mut self,
        issuer: &str,
        key_set: &[u8],
        source: &KeySource<'_, 'm>,
        scratch: &mut Scratch<'_>,
        report: &mut dyn FnMut(&KeyReport<'_>),
    ) -> Result<Loaded, LoadError> {
        self.load_section(Section::of_issuer(issuer), key_set, source, scratch, report)
    }

    /// The same for a section that has a label of its own: its keys verify tokens of its issuer for policies that name
    /// this label, and for no others.
    ///
    /// # Errors
    /// As [`load`](Self::load); [`LoadError::SectionOfAnotherIssuer`] when the label came before with another issuer.
    pub fn load_section(
        &mut self,
        section: Section<'_>,
        key_set: &[u8],
        source: &KeySource<'_, 'm>,
        scratch: &mut Scratch<'_>,
        report: &mut dyn FnMut(&KeyReport<'_>),
    ) -> Result<Loaded, LoadError> {
        let keys = keys_of(key_set, scratch)?;
        let (index, named) = section::place_of(self.sections, &section)?;
        let before = self.count;
        let mut open = Open { section, index, named, source };
        let loaded = self.add_all(keys, &mut open, scratch, report);
        if let (Ok(_), Some(named)) = (&loaded, open.named) {
            section::put(self.sections, index, &section, named);
        }
        self.settle(before, &loaded);
        loaded
    }

    fn add_all(
        &mut self,
        keys: Array<'_>,
        open: &mut Open<'_, 'm>,
        scratch: &mut Scratch<'_>,
        report: &mut dyn FnMut(&KeyReport<'_>),
    ) -> Result<Loaded, LoadError> {
        let mut loaded = Loaded::default();
        for (position, entry) in keys.items().enumerate() {
            if position >= MAX_KEYS {
                return Err(LoadError::TooManyKeys);
            }
            let (shown, outcome) = match Jwk::read(entry, &mut scratch.reborrow()) {
                Ok(jwk) => (jwk.shown, self.add(&jwk, open)),
                Err((SkipReason::Fault(KeyFault::OutOfMemory), _)) => return Err(LoadError::ScratchTooSmall),
                Err((reason, shown)) => (shown, Err(Refused::Skip(reason))),
            };
            let outcome = match outcome {
                Ok(used) => Ok(used),
                Err(Refused::Skip(reason)) => Err(reason),
                Err(Refused::Stop(error)) => return Err(error),
            };
            let count = if outcome.is_ok() { &mut loaded.used } else { &mut loaded.skipped };
            *count = count.saturating_add(1);
            let Shown { kid, kind, algorithm } = shown;
            report(&KeyReport { position, kid, kind, named_algorithm: algorithm, outcome });
        }
        if loaded.used == 0 { Err(LoadError::NoUsableKey) } else { Ok(loaded) }
    }

    /// Keeps what a set brought, or takes it back: its keys, and the doubts that it cast on others.
    fn settle(&mut self, before: usize, loaded: &Result<Loaded, LoadError>) {
        let doubted = match loaded {
            Ok(_) => Standing::Ambiguous,
            Err(_) => {
                self.keys.iter_mut().skip(before).for_each(|slot| *slot = KeySlot::EMPTY);
                self.count = before;
                Standing::Sole
            }
        };
        for key in self.keys.iter_mut().filter_map(|slot| slot.key.as_mut()) {
            if key.standing == Standing::Doubted {
                key.standing = doubted;
            }
        }
    }

    fn add(&mut self, jwk: &Jwk<'_, '_>, open: &mut Open<'_, 'm>) -> Result<UsedKey, Refused> {
        let algorithm = algorithm_of(jwk, open.source)?;
        let thumbprint = Thumbprint::of(&jwk.public);
        let name = algorithm.name();
        let section = open.index;
        let twin = self.keys.iter_mut().filter_map(|slot| slot.key.as_mut()).find(|key| {
            let same_name = key.section == section && key.algorithm() == name && key.has_kid(jwk.kid);
            same_name && (jwk.kid.is_some() || key.thumbprint == thumbprint)
        });
        let used = |ambiguous, table| UsedKey {
            algorithm: name,
            bits: bits(&jwk.public),
            thumbprint,
            remarks: jwk.remarks,
            ambiguous,
            table,
        };
        let need = algorithm.words(&jwk.public).map_err(fault)?;
        if let Some(known) = twin {
            if known.thumbprint == thumbprint {
                return Err(Refused::Skip(SkipReason::KnownAlready));
            }
            // Judged as a key first: what cannot be used makes nothing ambiguous. Its words stay free.
            let words = self.words.get_mut(..need).ok_or(Refused::Stop(LoadError::OutOfWords))?;
            algorithm.prepare(&jwk.public, words).map_err(fault)?;
            if known.standing == Standing::Sole {
                known.standing = Standing::Doubted;
            }
            return Ok(used(true, KeyTable::Absent));
        }
        let count = self.count.saturating_add(1);
        let out_of_slots = Refused::Stop(LoadError::OutOfSlots);
        let Ok(position) = u16::try_from(self.count) else { return Err(out_of_slots) };
        let slot = self.keys.get_mut(self.count).filter(|_| position < u16::MAX).ok_or(out_of_slots)?;
        // So that the ring can be closed whatever comes: each key leaves the word that the index needs for it.
        let names = if open.named.is_some() { 0 } else { Named::words(&open.section) };
        let kid = jwk.kid.map_or(0, |kid| Packed::words(kid.len()));
        let taken = need.saturating_add(names).saturating_add(kid);
        if self.words.len() < taken.saturating_add(count) {
            return Err(OUT_OF_WORDS);
        }
        let mut verifying = VerifyingKey::prepare(algorithm, &jwk.public, &mut self.words).map_err(fault)?;
        let mut store = |text: &str| Packed::store(text.as_bytes(), &mut self.words).ok_or(OUT_OF_WORDS);
        let kid = jwk.kid.map(&mut store).transpose()?;
        let named = match open.named {
            Some(named) => named,
            None => Named::store(&open.section, &mut self.words).ok_or(OUT_OF_WORDS)?,
        };
        open.named = Some(named);
        let table = if verifying.add_table(&mut self.tables) { KeyTable::Built } else { KeyTable::Absent };
        let (issuer, standing) = (named.issuer, Standing::Sole);
        slot.key = Some(TrustedKey { section, position, issuer, kid, verifying, thumbprint, standing });
        self.count = count;
        Ok(used(false, table))
    }

    /// Closes the ring.
    ///
    /// # Errors
    /// [`LoadError::NoUsableKey`] when no key was loaded.
    pub fn finish(self) -> Result<KeyRing<'m>, LoadError> {
        if self.count == 0 { Err(LoadError::NoUsableKey) } else { self.finish_even_empty() }
    }

    /// Closes the ring, which may have no keys: while no key set can be had, every token is denied with
    /// [`Denied::NoKeysForIssuer`](crate::Denied::NoKeysForIssuer).
    ///
    /// # Errors
    /// [`LoadError::OutOfWords`], [`LoadError::OutOfSlots`].
    pub fn finish_even_empty(self) -> Result<KeyRing<'m>, LoadError> {
        let index = self.words.get_mut(..self.count).ok_or(LoadError::OutOfWords)?;
        let keys = self.keys.get(..self.count).ok_or(LoadError::OutOfSlots)?;
        KeyRing::new(self.generation, self.sections, keys, index).ok_or(LoadError::OutOfWords)
    }
}

/// A section while a set is loaded into it.
struct Open<'a, 'm> {
    section: Section<'a>,
    index: SectionIndex,
    /// Kept with the first key, so that a set without any takes nothing.
    named: Option<Named<'m>>,
    source: &'a KeySource<'a, 'm>,
}

const OUT_OF_WORDS: Refused = Refused::Stop(LoadError::OutOfWords);

enum Refused {
    /// This key only.
    Skip(SkipReason),
    /// The whole set.
    Stop(LoadError),
}

fn fault(fault: KeyFault) -> Refused {
    match fault {
        KeyFault::OutOfMemory => Refused::Stop(LoadError::OutOfWords),
        fault => Refused::Skip(SkipReason::Fault(fault)),
    }
}

/// The array `keys` of a JWK Set.
fn keys_of<'t>(text: &'t [u8], scratch: &mut Scratch<'_>) -> Result<Array<'t>, LoadError> {
    if text.len() > MAX_KEY_SET_LEN {
        return Err(LoadError::KeySetTooLong);
    }
    let fail = |error| match error {
        JsonError::NotUtf8 => LoadError::NotUtf8,
        JsonError::Syntax(at) => LoadError::NotJson(at),
        JsonError::TooDeep => LoadError::NestedTooDeep,
        JsonError::DuplicateMember => LoadError::DuplicateMember,
        JsonError::NotObject | JsonError::TooManyMembers => LoadError::NotKeySet,
        JsonError::NumberTooLong | JsonError::LoneSurrogate => LoadError::NotKeySet,
    };
    let mut keys = None;
    let mut members = Members::open(text, scratch.for_object(usize::MAX).0).map_err(fail)?;
    while let Some((name, value)) = members.next().map_err(fail)? {
        if name == *"keys" {
            keys = Some(value);
        }
    }
    match keys {
        Some(Value::Array(keys)) => Ok(keys),
        _ => Err(LoadError::NotKeySet),
    }
}

/// The one algorithm of a key: the one it names, else the only one of its kind, else the one that the
/// source names for RSA keys.
fn algorithm_of<'m>(jwk: &Jwk<'_, '_>, source: &KeySource<'_, 'm>) -> Result<&'m dyn Algorithm, Refused> {
    let by_kind = match jwk.public {
        PublicKey::Ec { curve, .. } => Some(match curve {
            jotgate_crypto::Curve::P256 => AlgorithmName::Es256,
            jotgate_crypto::Curve::P384 => AlgorithmName::Es384,
            jotgate_crypto::Curve::P521 => AlgorithmName::Es512,
        }),
        PublicKey::Ed25519 { .. } => Some(AlgorithmName::EdDsa),
        PublicKey::Rsa { .. } => None,
    };
    let name = match (jwk.algorithm, by_kind) {
        (None, Some(kind)) => kind,
        (None, None) => source.default_rsa_algorithm.ok_or(Refused::Skip(SkipReason::AlgorithmNotNamed))?,
        (Some(named), Some(kind)) if named != kind => {
            return Err(Refused::Skip(SkipReason::AlgorithmMismatch));
        }
        (Some(named), _) => named,
    };
    let enabled = source.algorithms.iter().find(|algorithm| algorithm.name() == name);
    let algorithm = *enabled.ok_or(Refused::Skip(SkipReason::AlgorithmNotEnabled))?;
    match algorithm.words(&jwk.public) {
        Err(KeyFault::WrongKind) => Err(Refused::Skip(SkipReason::AlgorithmMismatch)),
        _ => Ok(algorithm),
    }
}

/// Bits of the modulus or of the field.
fn bits(key: &PublicKey<'_>) -> usize {
    match key {
        PublicKey::Rsa { n: [first, rest @ ..], .. } => {
            let top =
                usize::try_from(first.checked_ilog2().map_or(0, |log| log.saturating_add(1))).unwrap_or(0);
            rest.len().saturating_mul(8).saturating_add(top)
        }
        PublicKey::Rsa { .. } => 0,
        PublicKey::Ec { curve, .. } => match curve {
            jotgate_crypto::Curve::P256 => 256,
            jotgate_crypto::Curve::P384 => 384,
            jotgate_crypto::Curve::P521 => 521,
        },
        PublicKey::Ed25519 { .. } => 255,
    }
}
