//! Every value of every algorithm: each backend, and each shape of table.

use jotgate_core::{
    AlgorithmName, Word,
    crypto::{
        self, ALL_ALGORITHMS, Algorithm, Backend, CacheLine, EdDsa, EdDsaGeneratorTable, EdDsaShape,
        EdDsaTabled, Es256, Es256GeneratorTable, Es256Shape, Es256Tabled, Es384GeneratorTable, Es384Shape,
        Es384Tabled,
    },
};
use std::collections::BTreeMap;

/// Every backend. Where an algorithm has no code for one, that is the next lower.
const BACKENDS: [Backend; 3] = [Backend::Portable, Backend::Bmi2, Backend::Ifma];

/// An algorithm value, and what tells it from others of its algorithm.
pub struct AlgorithmValue {
    pub name: String,
    pub algorithm: &'static dyn Algorithm,
}

/// The values of each algorithm that this processor can run.
pub struct Values {
    by_name: BTreeMap<&'static str, Vec<AlgorithmValue>>,
    /// How many it cannot run.
    pub skipped: usize,
}

impl Values {
    /// Makes the values of the named algorithms, and says aloud which it leaves out.
    pub fn of(names: &[AlgorithmName]) -> Self {
        let mut made = Self { by_name: BTreeMap::new(), skipped: 0 };
        for name in names {
            let own = ALL_ALGORITHMS.iter().find(|value| value.name() == *name).expect("it is one of all");
            made.by_name
                .insert(name.as_jose(), vec![AlgorithmValue { name: "default".into(), algorithm: *own }]);
            for backend in BACKENDS {
                let count = made.add(*name, backend);
                if !backend.is_available() {
                    made.skipped += count;
                    let (name, backend) = (name.as_jose(), backend.name());
                    eprintln!("SKIPPED: {count} values of {name}, because this processor lacks {backend}");
                }
            }
        }
        made
    }

    /// The values of one algorithm.
    pub fn named(&self, name: AlgorithmName) -> &[AlgorithmValue] {
        &self.by_name[name.as_jose()]
    }

    /// Adds what the algorithm has for a backend, if the processor has it; answers how many values that are.
    fn add(&mut self, name: AlgorithmName, backend: Backend) -> usize {
        use AlgorithmName::{Es384, Es512, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512};
        let others = self.by_name.get_mut(name.as_jose()).expect("the default value is there");
        let before = others.len();
        let mut count = 0;
        let mut add = |table: String, value: Option<&'static dyn Algorithm>| {
            count += 1;
            let runs = value.filter(|_| backend.is_available());
            let name = format!("{}, {table}", backend.name());
            others.extend(runs.map(|algorithm| AlgorithmValue { name, algorithm }));
        };
        let none = || "no table".to_owned();
        match name {
            Rs256 => add(none(), kept(crypto::RS256.with_backend(backend))),
            Rs384 => add(none(), kept(crypto::RS384.with_backend(backend))),
            Rs512 => add(none(), kept(crypto::RS512.with_backend(backend))),
            Ps256 => add(none(), kept(crypto::PS256.with_backend(backend))),
            Ps384 => add(none(), kept(crypto::PS384.with_backend(backend))),
            Ps512 => add(none(), kept(crypto::PS512.with_backend(backend))),
            AlgorithmName::Es256 => {
                add(none(), kept(Some(Es256::with_backend(backend))));
                for shape in Es256Shape::ALL {
                    let generator = Es256GeneratorTable::build(&mut lines(shape.lines()), shape);
                    let value = Es256Tabled::new(generator.expect("enough lines"), shape);
                    add(format!("{shape:?}"), kept(Some(value.with_backend(backend))));
                }
            }
            Es384 => {
                add(none(), kept(Some(crypto::Es384::with_backend(backend))));
                for shape in Es384Shape::ALL {
                    let generator = Es384GeneratorTable::build(&mut lines(shape.lines()), shape);
                    let value = Es384Tabled::new(generator.expect("enough lines"), shape);
                    add(format!("{shape:?}"), kept(Some(value.with_backend(backend))));
                }
            }
            AlgorithmName::EdDsa => {
                add(none(), kept(Some(EdDsa::with_backend(backend))));
                for shape in EdDsaShape::ALL {
                    let base = EdDsaGeneratorTable::build(&mut lines(shape.lines()), shape);
                    let value = EdDsaTabled::new(base.expect("enough lines"), shape);
                    add(format!("{shape:?}"), kept(Some(value.with_backend(backend))));
                }
            }
            // Of RustCrypto, which chooses for itself.
            Es512 => {}
        }
        assert_eq!(others.len() - before, if backend.is_available() { count } else { 0 });
        count
    }

    /// Memory for one key under every value of an algorithm.
    pub fn memory(&self) -> Memory {
        let tables = |values: &Vec<AlgorithmValue>| {
            values.iter().map(|value| value.algorithm.table_lines()).sum::<usize>()
        };
        let lines: usize = self.by_name.values().map(tables).sum();
        let words: usize = self.by_name.values().map(|values| values.len() * MOST_WORDS).sum();
        Memory { words: vec![0x5a5a_5a5a; words], lines: vec![CacheLine::EMPTY; lines] }
    }
}

/// Words of the largest key, RSA of 4096 bits.
const MOST_WORDS: usize = 2 * 128 + 2;

/// Lent to one key after the other; what the last one left is still there.
pub struct Memory {
    pub words: Vec<Word>,
    pub lines: Vec<CacheLine>,
}

fn kept(value: Option<impl Algorithm + 'static>) -> Option<&'static dyn Algorithm> {
    Some(Box::leak(Box::new(value?)))
}

fn lines(count: usize) -> &'static mut [CacheLine] {
    vec![CacheLine::EMPTY; count].leak()
}
