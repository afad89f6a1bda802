//! Ed25519 with tables: of the base point, one for all keys, and of each key that gets one.

use super::curve::{Affine, Comb, Combs, Joint, build, verify};
use super::{EdDsaShape, key};
use crate::{
    Algorithm, AlgorithmName, Backend, BadSignature, CacheLine, KeyFault, Prepared, PublicKey, SigningInput,
    Word,
};

/// The table of the curve's base point, to be built once and shared by all keys.
#[derive(Clone, Copy)]
pub struct EdDsaGeneratorTable<'g> {
    shape: EdDsaShape,
    comb: Comb<'g>,
}

impl<'g> EdDsaGeneratorTable<'g> {
    /// Builds it in lines taken from the front of `memory`, as many as the shape says; none where fewer are left.
    pub fn build(memory: &mut &'g mut [CacheLine], shape: EdDsaShape) -> Option<Self> {
        let lines = memory.split_off_mut(..shape.lines())?;
        build(lines, shape, &Affine::BASE);
        Some(Self { shape, comb: Comb::new(shape.layout(), lines) })
    }

    /// Its shape.
    pub fn shape(&self) -> EdDsaShape {
        self.shape
    }
}

/// Pure Ed25519, strict as [`EdDsa`](crate::EdDsa), with tables; signatures of 64 bytes.
///
/// A key takes 64 bytes, and its table as many cache lines as the shape says. A key without a table is verified
/// without any, as by [`EDDSA`](crate::EDDSA).
pub struct EdDsaTabled<'g> {
    base: EdDsaGeneratorTable<'g>,
    /// Of the tables of keys.
    shape: EdDsaShape,
    backend: Backend,
}

impl<'g> EdDsaTabled<'g> {
    /// With this table of the base point, and tables of `shape` for keys.
    pub fn new(base: EdDsaGeneratorTable<'g>, shape: EdDsaShape) -> Self {
        Self { base, shape, backend: Backend::detected() }
    }

    /// With the instructions of `backend`, for tests and measurements; portable ones where the processor lacks them.
    #[must_use]
    pub fn with_backend(self, backend: Backend) -> Self {
        Self { backend, ..self }
    }
}

impl Algorithm for EdDsaTabled<'_> {
    fn name(&self) -> AlgorithmName {
        AlgorithmName::EdDsa
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
        if let Ok(minus_a) = key::minus_point(words) {
            build(table, self.shape, &minus_a);
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
        let (minus_a, backend) = (key::minus_point(key.words())?, self.backend);
        match key.table() {
            [] => verify(&Joint { backend }, &minus_a, input.bytes(), signature),
            lines => {
                let way = Combs { backend, base: self.base.comb, key: Comb::new(self.shape.layout(), lines) };
                verify(&way, &minus_a, input.bytes(), signature)
            }
        }
    }
}
