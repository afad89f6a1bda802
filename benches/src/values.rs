//! Algorithm values of jotgate, made at run time and never given back.

use jotgate_core::{
    AlgorithmName,
    crypto::{
        self, Algorithm, Backend, CacheLine, EdDsa, EdDsaGeneratorTable, EdDsaShape, EdDsaTabled, Es256,
        Es256GeneratorTable, Es256Shape, Es256Tabled, Es384, Es384GeneratorTable, Es384Shape, Es384Tabled,
    },
};

/// A value that this processor can run, or none.
pub type Made = Option<&'static dyn Algorithm>;

/// The value that a program names which does not choose.
pub fn algorithm(name: AlgorithmName) -> &'static dyn Algorithm {
    match name {
        AlgorithmName::EdDsa => &crypto::EDDSA,
        AlgorithmName::Es256 => &crypto::ES256,
        AlgorithmName::Es384 => &crypto::ES384,
        AlgorithmName::Es512 => &crypto::ES512,
        AlgorithmName::Ps256 => &crypto::PS256,
        AlgorithmName::Ps384 => &crypto::PS384,
        AlgorithmName::Ps512 => &crypto::PS512,
        AlgorithmName::Rs256 => &crypto::RS256,
        AlgorithmName::Rs384 => &crypto::RS384,
        AlgorithmName::Rs512 => &crypto::RS512,
    }
}

/// RS256.
pub fn rs256(backend: Backend) -> Made {
    kept(backend, crypto::RS256.with_backend(backend)?)
}

/// PS256.
pub fn ps256(backend: Backend) -> Made {
    kept(backend, crypto::PS256.with_backend(backend)?)
}

/// ES256 without tables.
pub fn es256(backend: Backend) -> Made {
    kept(backend, Es256::with_backend(backend))
}

/// ES256 with a table of the generator of 512 KiB, or of 256 KiB where eight points are added at a time: it needs no
/// doublings.
pub fn es256_tabled(backend: Backend, shape: Es256Shape) -> Made {
    let generator = if backend == Backend::Ifma { Es256Shape::Kib256 } else { Es256Shape::Kib512 };
    let generator = Es256GeneratorTable::build(&mut lines(generator.lines()), generator)?;
    kept(backend, Es256Tabled::new(generator, shape).with_backend(backend))
}

/// ES384 without tables.
pub fn es384(backend: Backend) -> Made {
    kept(backend, Es384::with_backend(backend))
}

/// ES384 with a table of the generator of 768 KiB, or of 288 KiB where eight points are added at a time: its columns are
/// two, as those of the keys' tables.
pub fn es384_tabled(backend: Backend, shape: Es384Shape) -> Made {
    let generator = if backend == Backend::Ifma { Es384Shape::Kib288 } else { Es384Shape::Kib768 };
    let generator = Es384GeneratorTable::build(&mut lines(generator.lines()), generator)?;
    kept(backend, Es384Tabled::new(generator, shape).with_backend(backend))
}

/// EdDSA without tables.
pub fn eddsa(backend: Backend) -> Made {
    kept(backend, EdDsa::with_backend(backend))
}

/// EdDSA with a table of the base point of 384 KiB, or of 768 KiB where eight points are added at a time: its columns
/// are few.
pub fn eddsa_tabled(backend: Backend, shape: EdDsaShape) -> Made {
    let base = if backend == Backend::Ifma { EdDsaShape::Kib768 } else { EdDsaShape::Kib384 };
    let base = EdDsaGeneratorTable::build(&mut lines(base.lines()), base)?;
    kept(backend, EdDsaTabled::new(base, shape).with_backend(backend))
}

/// None where this processor lacks the backend: the value would take another one.
fn kept(backend: Backend, value: impl Algorithm + 'static) -> Made {
    if backend.is_available() { Some(Box::leak(Box::new(value))) } else { None }
}

fn lines(count: usize) -> &'static mut [CacheLine] {
    vec![CacheLine::EMPTY; count].leak()
}
