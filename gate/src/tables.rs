//! Tables of keys on the heap: what makes ES256, ES384 and EdDSA several times faster for those who verify many tokens.
//!
//! A curve's own table takes 768 KiB or less, a key's 96 KiB or less. Those of P-256 and Ed25519 are built in about a
//! millisecond and 0.2 ms, and pay after about 100 tokens.

use jotgate_core::crypto::{
    Algorithm, CacheLine, EdDsaGeneratorTable, EdDsaShape, EdDsaTabled, Es256GeneratorTable, Es256Shape,
    Es256Tabled, Es384GeneratorTable, Es384Shape, Es384Tabled,
};

/// Keys of a ring that get tables at the most, in the order of loading: 6 MiB. The others are verified as well, only
/// slower.
pub const TABLED_KEYS: usize = 64;

/// Whether a ring is worth tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tables {
    /// For many tokens.
    Build,
    /// For a few.
    Omit,
}

/// How many keys may want tables, by curve.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wanted {
    p256: usize,
    p384: usize,
    ed25519: usize,
}

/// A table of a curve and the tables of its keys, of a size from which on more memory gains little.
const GENERATOR: Es256Shape = Es256Shape::Kib512;
const P256_KEY: Es256Shape = Es256Shape::Kib64;
const P384_GENERATOR: Es384Shape = Es384Shape::Kib768;
const P384_KEY: Es384Shape = Es384Shape::Kib96;
const BASE: EdDsaShape = EdDsaShape::Kib384;
const ED25519_KEY: EdDsaShape = EdDsaShape::Kib60;

impl Wanted {
    /// What a key set of this text can want at the most. Curves that are spelled with escapes are not seen: their keys
    /// are right, only slower.
    pub(crate) fn and(self, key_set: &[u8]) -> Self {
        let count = |name: &[u8]| key_set.windows(name.len()).filter(|text| *text == name).count();
        Self {
            p256: self.p256.saturating_add(count(b"\"P-256\"")),
            p384: self.p384.saturating_add(count(b"\"P-384\"")),
            ed25519: self.ed25519.saturating_add(count(b"\"Ed25519\"")),
        }
    }

    /// Memory for the tables of curves and of keys; none for a curve that no key is on.
    pub(crate) fn memory(self, tables: Tables) -> TableMemory {
        let Self { p256, p384, ed25519 } = if tables == Tables::Build { self } else { Self::default() };
        let (mut left, mut lines) = (TABLED_KEYS, 0_usize);
        let mut curve = |keys: usize, key: usize, own: usize| {
            let keys = keys.min(left);
            left = left.saturating_sub(keys);
            lines = lines.saturating_add(keys.saturating_mul(key));
            if keys > 0 { vec![CacheLine::EMPTY; own] } else { vec![] }
        };
        let p256 = curve(p256, P256_KEY.lines(), GENERATOR.lines());
        let p384 = curve(p384, P384_KEY.lines(), P384_GENERATOR.lines());
        let ed25519 = curve(ed25519, ED25519_KEY.lines(), BASE.lines());
        TableMemory { p256, p384, ed25519, keys: vec![CacheLine::EMPTY; lines] }
    }
}

/// Memory of one ring's tables.
pub(crate) struct TableMemory {
    p256: Vec<CacheLine>,
    p384: Vec<CacheLine>,
    ed25519: Vec<CacheLine>,
    keys: Vec<CacheLine>,
}

/// The values of one ring that have tables.
pub struct Tabled<'m> {
    es256: Option<Es256Tabled<'m>>,
    es384: Option<Es384Tabled<'m>>,
    eddsa: Option<EdDsaTabled<'m>>,
}

impl<'m> Tabled<'m> {
    /// Builds the tables of the curves for which there is memory; and lends what is for keys.
    pub(crate) fn build(memory: &'m mut TableMemory) -> (Self, &'m mut [CacheLine]) {
        let TableMemory { p256, p384, ed25519, keys } = memory;
        let p256 = Es256GeneratorTable::build(&mut p256.as_mut_slice(), GENERATOR);
        let p384 = Es384GeneratorTable::build(&mut p384.as_mut_slice(), P384_GENERATOR);
        let ed25519 = EdDsaGeneratorTable::build(&mut ed25519.as_mut_slice(), BASE);
        let tabled = Self {
            es256: p256.map(|table| Es256Tabled::new(table, P256_KEY)),
            es384: p384.map(|table| Es384Tabled::new(table, P384_KEY)),
            eddsa: ed25519.map(|table| EdDsaTabled::new(table, ED25519_KEY)),
        };
        (tabled, keys)
    }

    /// The same algorithms, with tables where there are some. Every value of an algorithm gives the same answers.
    #[must_use]
    pub fn instead_of(&'m self, enabled: &[&'static dyn Algorithm]) -> Vec<&'m dyn Algorithm> {
        let tabled = [
            self.es256.as_ref().map(|value| -> &'m dyn Algorithm { value }),
            self.es384.as_ref().map(|value| -> &'m dyn Algorithm { value }),
            self.eddsa.as_ref().map(|value| -> &'m dyn Algorithm { value }),
        ];
        let with_tables = |plain: &&'static dyn Algorithm| {
            let same = tabled.into_iter().flatten().find(|value| value.name() == plain.name());
            same.unwrap_or(*plain)
        };
        enabled.iter().map(with_tables).collect()
    }
}
