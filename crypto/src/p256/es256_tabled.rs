//! ES256 with tables: of the generator, one for all keys, and of each key that gets one.

use super::curve::{Affine, Comb, Combs, Joint, build, verify};
use super::{CombShape, generator_kib4, key};
use crate::{
    Algorithm, AlgorithmName, Backend, BadSignature, CacheLine, KeyFault, Prepared, PublicKey, SigningInput,
    Word,
};

/// The table of the curve's generator, to be built once and shared by all keys.
#[derive(Clone, Copy)]
pub struct GeneratorTable<'g> {
    pub(super) comb: Comb<'g>,
}

impl GeneratorTable<'static> {
    /// 4 KiB of constants, to be linked where there is more flash than RAM.
    pub const LINKED: Self = match Comb::new(CombShape::Kib4, &generator_kib4::LINES) {
        Some(comb) => Self { comb },
        None => panic!("the lines are as many as the shape has"),
    };
}

impl<'g> GeneratorTable<'g> {
    /// Builds it in lines taken from the front of `memory`, as many as the shape says; none where fewer are left.
    pub fn build(memory: &mut &'g mut [CacheLine], shape: CombShape) -> Option<Self> {
        let lines = memory.split_off_mut(..shape.lines())?;
        build(lines, shape, &Affine::GENERATOR);
        Some(Self { comb: Comb::new(shape, lines)? })
    }

    /// Its shape.
    pub fn shape(&self) -> CombShape {
        self.comb.shape()
    }
}

/// ECDSA with P-256 and SHA-256, with tables; signatures of 64 bytes.
///
/// A key takes 64 bytes, and its table as many cache lines as the shape says. A key without a table is verified
/// without any, as by [`ES256`](crate::ES256).
pub struct Es256Tabled<'g> {
    pub(super) generator: GeneratorTable<'g>,
    /// Of the tables of keys.
    pub(super) shape: CombShape,
    pub(super) backend: Backend,
}

impl<'g> Es256Tabled<'g> {
    /// With this table of the generator, and tables of `shape` for keys.
    pub fn new(generator: GeneratorTable<'g>, shape: CombShape) -> Self {
        Self { generator, shape, backend: Backend::detected() }
    }

    /// With the instructions of `backend`, for tests and measurements; portable ones where the processor lacks them.
    #[must_use]
    pub fn with_backend(self, backend: Backend) -> Self {
        Self { backend, ..self }
    }
}

impl Algorithm for Es256Tabled<'_> {
    fn name(&self) -> AlgorithmName {
        AlgorithmName::Es256
    }

    fn words(&self, key: &PublicKey<'_>) -> Result<usize, KeyFault> {
        key::words(key)
    }

    fn prepare(&self, key: &PublicKey<'_>, words: &mut [Word]) -> Result<(), KeyFault> {
        key::prepare(key, words)
    }

    fn table_lines(&self) -> usize {
        self.shape.lines()
    }

    fn build_table(&self, words: &[Word], table: &mut [CacheLine]) {
        if let Ok(point) = key::point(words) {
            build(table, self.shape, &point);
        }
    }

    fn signature_len(&self, _: Prepared<'_>) -> usize {
        super::SIGNATURE_LEN
    }

    fn verify(
        &self,
        key: Prepared<'_>,
        input: &SigningInput<'_>,
        signature: &[u8],
    ) -> Result<(), BadSignature> {
        let (point, hash, backend) = (key::point(key.words())?, input.sha256(), self.backend);
        match key.table() {
            [] => verify(&Joint { backend }, &point, hash, signature),
            lines => {
                let key = Comb::new(self.shape, lines).ok_or(BadSignature)?;
                let way = Combs { backend, generator: self.generator.comb, key };
                verify(&way, &point, hash, signature)
            }
        }
    }
}
