//! Key sets from files into a key ring.

use crate::failure::Failure;
use jotgate_core::{
    AlgorithmName, KeyReport, KeyRing, KeySource, LoadError, Section, SkipReason,
    crypto::{ALL_ALGORITHMS, Algorithm},
    json::{Members, Value},
};
use jotgate_gate::{Capacity, KeyFileError, PolicyFile, Tables, in_key_ring};
use std::path::{Path, PathBuf};

/// The key set of one section, read from its file.
pub(crate) struct KeySet {
    path: PathBuf,
    label: String,
    issuer: String,
    text: Vec<u8>,
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
            text: KeyFileError::read(path)?,
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
        if is_single_key(&set.text) {
            set.text = [b"{\"keys\":[", set.text.as_slice(), b"]}"].concat();
        }
        Ok(set)
    }

    /// The key sets of all issuers of a policy file.
    pub(crate) fn of_policy(policy: &PolicyFile) -> Result<Vec<Self>, Failure> {
        let read = |source: &jotgate_gate::IssuerSource| {
            Ok(Self {
                path: source.keys().path.clone(),
                label: source.label().to_owned(),
                issuer: source.issuer().name().to_owned(),
                text: KeyFileError::read(&source.keys().path)?,
                algorithms: source.algorithms().to_vec(),
                default_rsa_algorithms: source.keys().default_rsa_algorithm.into_iter().collect(),
            })
        };
        policy.issuers().iter().map(read).collect()
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

/// Loads `sets`, reports each key, and lends the ring to `with`.
pub(crate) fn in_ring<T>(
    sets: &[KeySet],
    tables: Tables,
    report: &mut dyn FnMut(&KeyReport<'_>),
    with: impl FnOnce(&KeyRing<'_>) -> T,
) -> Result<T, Failure> {
    let capacity = sets.iter().fold(Capacity::default(), |capacity, set| {
        capacity.and(&set.section(), &set.text, set.default_rsa_algorithms().count())
    });
    in_key_ring(
        capacity,
        1,
        tables,
        |builder, tabled, scratch| {
            for set in sets {
                let algorithms = tabled.instead_of(&set.algorithms);
                let (mut usable, mut nameless) = (false, false);
                for default_rsa_algorithm in set.default_rsa_algorithms() {
                    let source = KeySource { algorithms: &algorithms, default_rsa_algorithm };
                    let mut report = |key: &KeyReport<'_>| {
                        nameless |= key.outcome == Err(SkipReason::AlgorithmNotNamed);
                        report(key);
                    };
                    match builder.load_section(set.section(), &set.text, &source, scratch, &mut report) {
                        Ok(_) => usable = true,
                        // With several algorithms to try, a key may be used under one of them only.
                        Err(LoadError::NoUsableKey) => {}
                        Err(error) => return Err(KeyFileError::Refused(set.path.clone(), error).into()),
                    }
                }
                if !usable && nameless {
                    return Err(Failure::NamelessKeys(set.path.clone()));
                }
                if !usable {
                    return Err(KeyFileError::Refused(set.path.clone(), LoadError::NoUsableKey).into());
                }
            }
            Ok(())
        },
        with,
    )
}
