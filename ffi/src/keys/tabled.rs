//! Algorithms with tables, in memory that the host lends: hosted gateways, and boards with RAM to spare.

use super::algorithm::JotgateAlgorithm;
use crate::{
    memory::{Arena, Out},
    status::{Misuse, Status},
};
use core::ffi::c_void;
use jotgate_core::crypto::{
    Algorithm, CacheLine, EdDsaGeneratorTable, EdDsaShape, EdDsaTabled, Es256GeneratorTable, Es256Shape,
    Es256Tabled, Es384GeneratorTable, Es384Shape, Es384Tabled,
};

// Shapes are numbered from 1, for each curve by itself; how much memory one takes, `jotgate_*_tabled_len` says.

/// Tables of P-256 with 1 KiB: 64 additions a product.
pub const JOTGATE_ES256_KIB1: u32 = 1;
/// Tables of P-256 with 4 KiB: 52 additions.
pub const JOTGATE_ES256_KIB4: u32 = 2;
/// Tables of P-256 with 16 KiB: 32 additions.
pub const JOTGATE_ES256_KIB16: u32 = 3;
/// Tables of P-256 with 64 KiB: 32 additions, fewer doublings.
pub const JOTGATE_ES256_KIB64: u32 = 4;
/// Tables of P-256 with 256 KiB: 32 additions without a doubling, fastest where the processor has AVX-512 IFMA.
pub const JOTGATE_ES256_KIB256: u32 = 5;
/// Tables of P-256 with 512 KiB: 24 additions.
pub const JOTGATE_ES256_KIB512: u32 = 6;
/// The 4 KiB of constants that are linked: for the generator only, where flash is cheaper than RAM.
pub const JOTGATE_ES256_CONST_TABLE: u32 = 7;

/// Tables of P-384 with 1.5 KiB: 96 additions a product.
pub const JOTGATE_ES384_BYTES1536: u32 = 1;
/// Tables of P-384 with 7.5 KiB: 77 additions.
pub const JOTGATE_ES384_BYTES7680: u32 = 2;
/// Tables of P-384 with 30 KiB: 55 additions.
pub const JOTGATE_ES384_KIB30: u32 = 3;
/// Tables of P-384 with 96 KiB: 43 additions.
pub const JOTGATE_ES384_KIB96: u32 = 4;
/// Tables of P-384 with 96 KiB: 64 additions and one doubling, for processors with AVX-512 IFMA.
pub const JOTGATE_ES384_KIB96_COLUMNS2: u32 = 5;
/// Tables of P-384 with 288 KiB: 48 additions and one doubling, likewise.
pub const JOTGATE_ES384_KIB288: u32 = 6;
/// Tables of P-384 with 768 KiB: 32 additions.
pub const JOTGATE_ES384_KIB768: u32 = 7;

/// Tables of Ed25519 with 768 bytes: 86 additions.
pub const JOTGATE_EDDSA_BYTES768: u32 = 1;
/// Tables of Ed25519 with 3.75 KiB: 65 additions.
pub const JOTGATE_EDDSA_BYTES3840: u32 = 2;
/// Tables of Ed25519 with 15 KiB: 45 additions.
pub const JOTGATE_EDDSA_KIB15: u32 = 3;
/// Tables of Ed25519 with 60 KiB: 35 additions.
pub const JOTGATE_EDDSA_KIB60: u32 = 4;
/// Tables of Ed25519 with 96 KiB: 32 additions, for processors with AVX-512 IFMA.
pub const JOTGATE_EDDSA_KIB96: u32 = 5;
/// Tables of Ed25519 with 384 KiB: 24 additions.
pub const JOTGATE_EDDSA_KIB384: u32 = 6;
/// Tables of Ed25519 with 768 KiB: 23 additions, for processors with AVX-512 IFMA.
pub const JOTGATE_EDDSA_KIB768: u32 = 7;

fn es256_shape(shape: u32) -> Result<Es256Shape, Misuse> {
    Ok(match shape {
        JOTGATE_ES256_KIB1 => Es256Shape::Kib1,
        JOTGATE_ES256_KIB4 => Es256Shape::Kib4,
        JOTGATE_ES256_KIB16 => Es256Shape::Kib16,
        JOTGATE_ES256_KIB64 => Es256Shape::Kib64,
        JOTGATE_ES256_KIB256 => Es256Shape::Kib256,
        JOTGATE_ES256_KIB512 => Es256Shape::Kib512,
        _ => return Err(Misuse::UnknownValue),
    })
}

fn es384_shape(shape: u32) -> Result<Es384Shape, Misuse> {
    Ok(match shape {
        JOTGATE_ES384_BYTES1536 => Es384Shape::Bytes1536,
        JOTGATE_ES384_BYTES7680 => Es384Shape::Bytes7680,
        JOTGATE_ES384_KIB30 => Es384Shape::Kib30,
        JOTGATE_ES384_KIB96 => Es384Shape::Kib96,
        JOTGATE_ES384_KIB96_COLUMNS2 => Es384Shape::Kib96Columns2,
        JOTGATE_ES384_KIB288 => Es384Shape::Kib288,
        JOTGATE_ES384_KIB768 => Es384Shape::Kib768,
        _ => return Err(Misuse::UnknownValue),
    })
}

fn eddsa_shape(shape: u32) -> Result<EdDsaShape, Misuse> {
    Ok(match shape {
        JOTGATE_EDDSA_BYTES768 => EdDsaShape::Bytes768,
        JOTGATE_EDDSA_BYTES3840 => EdDsaShape::Bytes3840,
        JOTGATE_EDDSA_KIB15 => EdDsaShape::Kib15,
        JOTGATE_EDDSA_KIB60 => EdDsaShape::Kib60,
        JOTGATE_EDDSA_KIB96 => EdDsaShape::Kib96,
        JOTGATE_EDDSA_KIB384 => EdDsaShape::Kib384,
        JOTGATE_EDDSA_KIB768 => EdDsaShape::Kib768,
        _ => return Err(Misuse::UnknownValue),
    })
}

/// Bytes of a table with this many lines, and of an algorithm beside it, wherever the memory begins.
fn table_len(lines: usize, beside: usize) -> usize {
    lines
        .saturating_mul(size_of::<CacheLine>())
        .saturating_add(align_of::<CacheLine>())
        .saturating_add(beside)
}

/// An algorithm that `make` builds at the front of the memory, and that is kept behind.
fn tabled<A: Algorithm + 'static>(
    algorithm: Out<JotgateAlgorithm>,
    memory: Out<c_void>,
    memory_len: usize,
    make: impl FnOnce(&mut Arena<'static>) -> Result<A, Misuse>,
) -> Status {
    let arena = Arena::of(memory, memory_len, &[algorithm.span()]);
    let algorithm = algorithm.open(&[]);
    Status::of(|| {
        let (algorithm, mut arena) = (algorithm?, arena?);
        let whole = arena.span();
        let made = make(&mut arena)?;
        algorithm.fill_algorithm(arena.keep(made)?, whole);
        Ok(())
    })
}

/// ES256 with tables: of the curve's generator, built here and shared by all keys, and one for each key that gets
/// one (`jotgate_key_ring_builder_lend_tables`). Keys without are right, only slower.
///
/// Parameters: `algorithm` is written; `generator` and `keys` are shapes, `JOTGATE_ES256_*`; `memory` of `memory_len`
/// bytes, as many as `jotgate_es256_tabled_len` says for `generator`.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_MEMORY_TOO_SMALL`: lend more, or take a smaller shape; another misuse (11xx):
/// correct the program.
///
/// Memory: `memory` and `algorithm` must stay, unchanged, as long as any key ring that was loaded with the algorithm.
///
/// Threads: one at a time; what was written may be shared. Building takes some milliseconds for 512 KiB.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_es256_tabled(
    algorithm: Out<JotgateAlgorithm>,
    generator: u32,
    keys: u32,
    memory: Out<c_void>,
    memory_len: usize,
) -> Status {
    tabled(algorithm, memory, memory_len, |arena| {
        let keys = es256_shape(keys)?;
        if generator == JOTGATE_ES256_CONST_TABLE {
            return Ok(Es256Tabled::new(Es256GeneratorTable::CONST_TABLE, keys));
        }
        let shape = es256_shape(generator)?;
        let mut lines = arena.take(shape.lines(), CacheLine::EMPTY)?;
        let table = Es256GeneratorTable::build(&mut lines, shape).ok_or(Misuse::MemoryTooSmall)?;
        Ok(Es256Tabled::new(table, keys))
    })
}

/// Bytes that `jotgate_es256_tabled` needs.
///
/// Parameters: `generator`, a shape, `JOTGATE_ES256_*`.
///
/// Returns: bytes, or 0 where `generator` is no shape.
///
/// Memory: none. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_es256_tabled_len(generator: u32) -> usize {
    let beside = size_of::<Es256Tabled<'_>>();
    if generator == JOTGATE_ES256_CONST_TABLE {
        return table_len(0, beside);
    }
    es256_shape(generator).map_or(0, |shape| table_len(shape.lines(), beside))
}

/// ES384 with tables: of the curve's generator, built here and shared by all keys, and one for each key that gets
/// one (`jotgate_key_ring_builder_lend_tables`). Keys without are right, only slower.
///
/// Parameters: `algorithm` is written; `generator` and `keys` are shapes, `JOTGATE_ES384_*`; `memory` of `memory_len`
/// bytes, as many as `jotgate_es384_tabled_len` says for `generator`.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_MEMORY_TOO_SMALL`: lend more, or take a smaller shape; another misuse (11xx):
/// correct the program.
///
/// Memory: `memory` and `algorithm` must stay, unchanged, as long as any key ring that was loaded with the algorithm.
///
/// Threads: one at a time; what was written may be shared.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_es384_tabled(
    algorithm: Out<JotgateAlgorithm>,
    generator: u32,
    keys: u32,
    memory: Out<c_void>,
    memory_len: usize,
) -> Status {
    tabled(algorithm, memory, memory_len, |arena| {
        let (shape, keys) = (es384_shape(generator)?, es384_shape(keys)?);
        let mut lines = arena.take(shape.lines(), CacheLine::EMPTY)?;
        let table = Es384GeneratorTable::build(&mut lines, shape).ok_or(Misuse::MemoryTooSmall)?;
        Ok(Es384Tabled::new(table, keys))
    })
}

/// Bytes that `jotgate_es384_tabled` needs.
///
/// Parameters: `generator`, a shape, `JOTGATE_ES384_*`.
///
/// Returns: bytes, or 0 where `generator` is no shape.
///
/// Memory: none. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_es384_tabled_len(generator: u32) -> usize {
    es384_shape(generator).map_or(0, |shape| table_len(shape.lines(), size_of::<Es384Tabled<'_>>()))
}

/// Ed25519 with tables: of the curve's base point, built here and shared by all keys, and one for each key that gets
/// one (`jotgate_key_ring_builder_lend_tables`). Keys without are right, only slower.
///
/// Parameters: `algorithm` is written; `base` and `keys` are shapes, `JOTGATE_EDDSA_*`; `memory` of `memory_len`
/// bytes, as many as `jotgate_eddsa_tabled_len` says for `base`.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_MEMORY_TOO_SMALL`: lend more, or take a smaller shape; another misuse (11xx):
/// correct the program.
///
/// Memory: `memory` and `algorithm` must stay, unchanged, as long as any key ring that was loaded with the algorithm.
///
/// Threads: one at a time; what was written may be shared.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_eddsa_tabled(
    algorithm: Out<JotgateAlgorithm>,
    base: u32,
    keys: u32,
    memory: Out<c_void>,
    memory_len: usize,
) -> Status {
    tabled(algorithm, memory, memory_len, |arena| {
        let (shape, keys) = (eddsa_shape(base)?, eddsa_shape(keys)?);
        let mut lines = arena.take(shape.lines(), CacheLine::EMPTY)?;
        let table = EdDsaGeneratorTable::build(&mut lines, shape).ok_or(Misuse::MemoryTooSmall)?;
        Ok(EdDsaTabled::new(table, keys))
    })
}

/// Bytes that `jotgate_eddsa_tabled` needs.
///
/// Parameters: `base`, a shape, `JOTGATE_EDDSA_*`.
///
/// Returns: bytes, or 0 where `base` is no shape.
///
/// Memory: none. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_eddsa_tabled_len(base: u32) -> usize {
    eddsa_shape(base).map_or(0, |shape| table_len(shape.lines(), size_of::<EdDsaTabled<'_>>()))
}
