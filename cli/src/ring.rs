//! Key sets from files into a key ring.

use crate::failure::Failure;
use jotgate_core::{
    AlgorithmName, KeyReport, KeyRing, KeyRingBuilder, KeySource, LoadError, Scratch, Section, SkipReason,
    crypto::{ALL_ALGORITHMS, Algorithm},
    json::{Members, Value},
};
use jotgate_gate::{Capacity, KeyFileError, PolicyFile, Tabled, Tables, in_key_ring};
use std::path::{Path, PathBuf};

/// The key set of one section, read from its file.
pub(crate) struct KeySet {
    path: PathBuf,
    label: String,
    issuer: String,
    text: Result<Vec<u8>, KeyFileError>,
    algorithms: Vec<&'static dyn Algorithm>,
    /// Algorithms that RSA keys without a name are loaded for, one after the other.
    default_rsa_algorithms: Vec<AlgorithmName>,
}

impl KeySet {
    /// Reads a key set for all algorithms; keys that name none serve `default_rsa_algorithms`.
    pub(crate) fn read(
        path: &Path,
        issuer: &str,
        default_rsa_algorithms: &[AlgorithmName],
    ) -> Result<Self, Failure> {
        Ok(Self {
            path: path.to_owned(),
            label: issuer.to_owned(),
            issuer: issuer.to_owned(),
            text: Ok(KeyFileError::read(path)?),
            algorithms: ALL_ALGORITHMS.to_vec(),
            default_rsa_algorithms: default_rsa_algorithms.to_vec(),
        })
    }

    /// The same, where a single JWK is taken as a set of one.
    pub(crate) fn read_set_or_key(
        path: &Path,
        issuer: &str,
        default_rsa_algorithms: &[AlgorithmName],
    ) -> Result<Self, Failure> {
        let mut set = Self::read(path, issuer, default_rsa_algorithms)?;
        if is_single_key(set.bytes()) {
            set.text = Ok([b"{\"keys\":[", set.bytes(), b"]}"].concat());
        }
        Ok(set)
    }

    /// The key sets of all issuers of a policy file.
    pub(crate) fn of_policy(policy: &PolicyFile) -> Vec<Self> {
        let read = |source: &jotgate_gate::IssuerSource| Self {
            path: source.keys().path.clone(),
            label: source.label().to_owned(),
            issuer: source.issuer().name().to_owned(),
            text: KeyFileError::read(&source.keys().path),
            algorithms: source.algorithms().to_vec(),
            default_rsa_algorithms: source.keys().default_rsa_algorithm.into_iter().collect(),
        };
        policy.issuers().iter().map(read).collect()
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// What was read; nothing where it could not be.
    fn bytes(&self) -> &[u8] {
        self.text.as_deref().unwrap_or_default()
    }

    fn section(&self) -> Section<'_> {
        Section { label: &self.label, issuer: &self.issuer }
    }

    /// What keys without a name are loaded as, one after the other.
    fn default_rsa_algorithms(&self) -> impl Iterator<Item = Option<AlgorithmName>> {
        let none = self.default_rsa_algorithms.is_empty().then_some(None);
        self.default_rsa_algorithms.iter().copied().map(Some).chain(none)
    }
}

/// An object that has `kty` and no `keys`.
fn is_single_key(text: &[u8]) -> bool {
    let mut names = [0; jotgate_core::limits::MAX_KEY_MEMBERS];
    let Ok(mut members) = Members::open(text, &mut names) else { return false };
    let (mut has_kty, mut has_keys) = (false, false);
    while let Ok(Some((name, value))) = members.next() {
        has_kty |= name == *"kty" && matches!(value, Value::String(_));
        has_keys |= name == *"keys";
    }
    has_kty && !has_keys
}

/// Tables for whoever has many tokens; one token would wait for them longer than they save.
pub(crate) fn tables_for(lines: bool) -> Tables {
    if lines { Tables::Build } else { Tables::Omit }
}

/// What happens while key sets are loaded.
pub(crate) enum Event<'e> {
    /// A key is used or skipped.
    Key(&'e KeySet, &'e KeyReport<'e>),
    /// A set cannot be loaded.
    Broken(&'e KeySet, Failure),
}

/// For whoever has one set: without it nothing can be judged.
pub(crate) fn fail_if_broken(event: Event<'_>) -> Result<(), Failure> {
    match event {
        Event::Key(_, _) => Ok(()),
        Event::Broken(_, failure) => Err(failure),
    }
}

/// Loads `sets`, tells `hear` what becomes of them, and lends the ring to `with`. A set that is broken leaves its section
/// without keys, unless `hear` makes it an error.
pub(crate) fn in_ring<T>(
    sets: Vec<KeySet>,
    tables: Tables,
    hear: &mut dyn FnMut(Event<'_>) -> Result<(), Failure>,
    with: impl FnOnce(&KeyRing<'_>) -> T,
) -> Result<T, Failure> {
    let capacity = sets.iter().fold(Capacity::default(), |capacity, set| {
        capacity.and(&set.section(), set.bytes(), set.default_rsa_algorithms().count())
    });
    in_key_ring(
        capacity,
        1,
        tables,
        |builder, tabled, scratch| {
            for mut set in sets {
                let text = std::mem::replace(&mut set.text, Ok(Vec::new()));
                let loaded = match text {
                    Ok(text) => load(builder, tabled, scratch, &set, &text, hear),
                    Err(error) => Err(error.into()),
                };
                loaded.or_else(|failure| hear(Event::Broken(&set, failure)))?;
            }
            Ok(())
        },
        with,
    )
}

/// Loads one set.
fn load<'m>(
    builder: &mut KeyRingBuilder<'m>,
    tabled: &'m Tabled<'m>,
    scratch: &mut Scratch<'_>,
    set: &KeySet,
    text: &[u8],
    hear: &mut dyn FnMut(Event<'_>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let algorithms = tabled.instead_of(&set.algorithms);
    let (mut usable, mut nameless) = (false, false);
    for default_rsa_algorithm in set.default_rsa_algorithms() {
        let source = KeySource { algorithms: &algorithms, default_rsa_algorithm };
        let mut heard = Ok(());
        let mut report = |key: &KeyReport<'_>| {
            nameless |= key.outcome == Err(SkipReason::AlgorithmNotNamed);
            if heard.is_ok() {
                heard = hear(Event::Key(set, key));
            }
        };
        let loaded = builder.load_section(set.section(), text, &source, scratch, &mut report);
        heard?;
        match loaded {
            Ok(_) => usable = true,
            // With several algorithms to try, a key may be used under one of them only.
            Err(LoadError::NoUsableKey) => {}
            Err(error) => return Err(KeyFileError::Refused(set.path.clone(), error).into()),
        }
    }
    match (usable, nameless) {
        (true, _) => Ok(()),
        (false, true) => Err(Failure::NamelessKeys(set.path.clone())),
        (false, false) => Err(KeyFileError::Refused(set.path.clone(), LoadError::NoUsableKey).into()),
    }
}
