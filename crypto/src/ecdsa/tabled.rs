//! ECDSA with tables: of the generator, one for all keys, and of each key that gets one.

use super::key;
use super::suite::{Shape, Suite};
use crate::comb::Comb;
use crate::hash::SignatureHash;
use crate::number::Number;
use crate::p256::{Es256Shape, P256, generator_kib4};
use crate::weierstrass::{Affine, Combs, Joint, build, verify};
use crate::{
    Algorithm, AlgorithmName, Backend, BadSignature, CacheLine, KeyFault, Prepared, PublicKey, SigningInput,
    Word,
};

/// The table of the generator of the curve `S`, to be built once and shared by all keys.
#[derive(Clone, Copy)]
pub struct EcdsaGenerator<'g, S: Suite> {
    shape: S::Shape,
    pub(super) comb: Comb<'g, S>,
}

impl EcdsaGenerator<'static, P256> {
    /// 4 KiB of constants, to be linked where there is more flash than RAM.
    pub const CONST_TABLE: Self =
        Self { shape: Es256Shape::Kib4, comb: Comb::new(Es256Shape::Kib4.layout(), &generator_kib4::LINES) };
}

impl<'g, S: Suite> EcdsaGenerator<'g, S> {
    /// Builds it in lines taken from the front of `memory`, as many as the shape says; none where fewer are left.
    pub fn build(memory: &mut &'g mut [CacheLine], shape: S::Shape) -> Option<Self> {
        let lines = memory.split_off_mut(..shape.lines())?;
        build::<S>(lines, shape.layout(), &Affine::GENERATOR);
        Some(Self { shape, comb: Comb::new(shape.layout(), lines) })
    }

    /// Its shape.
    pub fn shape(&self) -> S::Shape {
        self.shape
    }
}

/// ECDSA over the curve `S`, with tables.
///
/// The table of a key takes as many cache lines as the shape says. A key without a table is verified without any, as
/// by [`Ecdsa`](super::Ecdsa).
pub struct EcdsaTabled<'g, S: Suite> {
    pub(super) generator: EcdsaGenerator<'g, S>,
    /// Of the tables of keys.
    pub(super) shape: S::Shape,
    pub(super) backend: Backend,
}

impl<'g, S: Suite> EcdsaTabled<'g, S> {
    /// With this table of the generator, and tables of `shape` for keys.
    pub fn new(generator: EcdsaGenerator<'g, S>, shape: S::Shape) -> Self {
        Self { generator, shape, backend: Backend::detected() }
    }

    /// With the instructions of `backend`, for tests and measurements; portable ones where the processor lacks them.
    #[must_use]
    pub fn with_backend(self, backend: Backend) -> Self {
        Self { backend, ..self }
    }
}

impl<S: Suite> Algorithm for EcdsaTabled<'_, S> {
    fn name(&self) -> AlgorithmName {
        S::NAME
    }

    fn words(&self, key: &PublicKey<'_>) -> Result<usize, KeyFault> {
        key::words::<S>(key)
    }

    fn prepare(&self, key: &PublicKey<'_>, words: &mut [Word]) -> Result<(), KeyFault> {
        key::prepare::<S>(key, words)
    }

    fn table_lines(&self) -> usize {
        self.shape.lines()
    }

    fn build_table(&self, words: &[Word], table: &mut [CacheLine]) {
        if let Ok(point) = key::point::<S>(words) {
            build(table, self.shape.layout(), &point);
        }
    }

    fn signature_len(&self, _: Prepared<'_>) -> usize {
        S::Number::LEN.wrapping_mul(2)
    }

    fn verify(
        &self,
        key: Prepared<'_>,
        input: &SigningInput<'_>,
        signature: &[u8],
    ) -> Result<(), BadSignature> {
        let (point, hash) = (key::point::<S>(key.words())?, S::Hash::hash(input));
        let backend = self.backend;
        match key.table() {
            [] => verify(&Joint { backend }, &point, &hash, signature),
            lines if lines.len() == self.shape.lines() => {
                let key = Comb::new(self.shape.layout(), lines);
                let way = Combs { backend, generator: self.generator.comb, key };
                verify(&way, &point, &hash, signature)
            }
            _ => Err(BadSignature),
        }
    }
}
