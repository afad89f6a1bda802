//! Tables of keys on the heap: what makes ES256 and EdDSA several times faster for those who verify many tokens.
//!
//! A curve's own table takes 0.5 MiB or less and about a millisecond to build, a key's 64 KiB or less and about 0.2 ms. They
//! pay after about 100 tokens.

use jotgate_core::crypto::{
    Algorithm, BaseTable, CacheLine, CombShape, EdDsaShape, EdDsaTabled, Es256Tabled, GeneratorTable,
};

/// Keys of a ring that get tables at the most, in the order of loading: 4 MiB. The others are verified as well, only
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
    ed25519: usize,
}

/// A table of a curve and the tables of its keys. 64 KiB for a key is where more memory gains little.
const GENERATOR: CombShape = CombShape::Kib512;
const P256_KEY: CombShape = CombShape::Kib64;
const BASE: EdDsaShape = EdDsaShape::Kib384;
const ED25519_KEY: EdDsaShape = EdDsaShape::Kib60;

impl Wanted {
    /// What a key set of this text can want at the most. Curves that are spelled with escapes are not seen: their keys
    /// are right, only slower.
    pub(crate) fn and(self, key_set: &[u8]) -> Self {
        let count = |name: &[u8]| key_set.windows(name.len()).filter(|text| *text == name).count();
        Self {
            p256: self.p256.saturating_add(count(b"\"P-256\"")),
            ed25519: self.ed25519.saturating_add(count(b"\"Ed25519\"")),
        }
    }

    /// Memory for the tables of curves and of keys; none for a curve that no key is on.
    pub(crate) fn memory(self, tables: Tables) -> TableMemory {
        let Self { p256, ed25519 } = if tables == Tables::Build { self } else { Self::default() };
        let [p256, ed25519] = [p256.min(TABLED_KEYS), ed25519.min(TABLED_KEYS.saturating_sub(p256))];
        let keys =
            p256.saturating_mul(P256_KEY.lines()).saturating_add(ed25519.saturating_mul(ED25519_KEY.lines()));
        let curve = |keys: usize, lines: usize| if keys > 0 { vec![CacheLine::EMPTY; lines] } else { vec![] };
        TableMemory {
            p256: curve(p256, GENERATOR.lines()),
            ed25519: curve(ed25519, BASE.lines()),
            keys: vec![CacheLine::EMPTY; keys],
        }
    }
}

/// Memory of one ring's tables.
pub(crate) struct TableMemory {
    pub(crate) p256: Vec<CacheLine>,
    pub(crate) ed25519: Vec<CacheLine>,
    pub(crate) keys: Vec<CacheLine>,
}

/// The values of one ring that have tables.
pub struct Tabled<'m> {
    es256: Option<Es256Tabled<'m>>,
    eddsa: Option<EdDsaTabled<'m>>,
}

impl<'m> Tabled<'m> {
    /// Builds the tables of the curves for which there is memory.
    pub(crate) fn build(mut p256: &'m mut [CacheLine], mut ed25519: &'m mut [CacheLine]) -> Self {
        let generator = GeneratorTable::build(&mut p256, GENERATOR);
        let base = BaseTable::build(&mut ed25519, BASE);
        Self {
            es256: generator.map(|table| Es256Tabled::new(table, P256_KEY)),
            eddsa: base.map(|table| EdDsaTabled::new(table, ED25519_KEY)),
        }
    }

    /// The same algorithms, with tables where there are some. Every value of an algorithm gives the same answers.
    #[must_use]
    pub fn instead_of(&'m self, enabled: &[&'static dyn Algorithm]) -> Vec<&'m dyn Algorithm> {
        let tabled = [
            self.es256.as_ref().map(|value| -> &'m dyn Algorithm { value }),
            self.eddsa.as_ref().map(|value| -> &'m dyn Algorithm { value }),
        ];
        let with_tables = |plain: &&'static dyn Algorithm| {
            let same = tabled.into_iter().flatten().find(|value| value.name() == plain.name());
            same.unwrap_or(*plain)
        };
        enabled.iter().map(with_tables).collect()
    }
}
