//! The keys of all issuers, immutable.

use crate::{
    memory::{Arena, In, Out, Span, Text, object},
    sizes::JOTGATE_KEY_RING_WORDS,
    status::{Misuse, Status},
};
use core::{ffi::c_char, ops::Deref};
use jotgate_core::KeyRing;

/// The keys of all issuers, immutable: to change a key, make a new ring beside the old one and swap them.
#[repr(C)]
pub struct JotgateKeyRing {
    opaque: [u64; JOTGATE_KEY_RING_WORDS],
}

/// The ring; where its keys lie, and their tables.
pub(crate) struct Keys {
    ring: KeyRing<'static>,
    seal: Seal,
    memory: [Span; 2],
}

object!(JotgateKeyRing, 4, Keys, |keys| keys.memory, keys.seal.is(keys.ring.generation()));

impl Keys {
    pub(crate) fn new(ring: KeyRing<'static>, seal: Seal, memory: [Span; 2]) -> Self {
        Self { ring, seal, memory }
    }
}

impl Deref for Keys {
    type Target = KeyRing<'static>;

    #[inline]
    fn deref(&self) -> &KeyRing<'static> {
        &self.ring
    }
}

/// The front of the memory of a ring, which says whose it is. Who begins another ring there breaks it: keys that are
/// replaced under a check would be read half.
#[derive(Clone, Copy)]
pub(crate) struct Seal(*const u64);

impl Seal {
    /// Marks memory as that of a ring of this generation.
    pub(crate) fn set(arena: &mut Arena<'static>, generation: u64) -> Result<Self, Misuse> {
        Ok(Self(arena.keep(Self::of(generation))?))
    }

    /// Whether the memory is still that of a ring of this generation.
    #[inline]
    fn is(self, generation: u64) -> bool {
        // SAFETY: `set` wrote it there; that the memory stays is the caller's promise. Who breaks it and writes there is
        // found out because it is read anew each time.
        let found = unsafe { self.0.read_volatile() };
        found == Self::of(generation)
    }

    /// Not what zeroed memory holds, whatever the generation.
    const fn of(generation: u64) -> u64 {
        generation ^ 0x7365_616c_6b65_7973
    }
}

/// The number that the host gave to this ring.
///
/// Parameters: `ring`; `generation` is written.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_key_ring_generation(ring: In<JotgateKeyRing>, generation: Out<u64>) -> Status {
    let generation = generation.open(&ring.regions());
    Status::of(|| {
        generation?.fill(ring.value()?.generation());
        Ok(())
    })
}

/// How many keys are in force.
///
/// Parameters: `ring`; `count` is written.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_key_ring_count(ring: In<JotgateKeyRing>, count: Out<usize>) -> Status {
    let count = count.open(&ring.regions());
    Status::of(|| {
        count?.fill(ring.value()?.keys().count());
        Ok(())
    })
}

/// One key of a ring.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct JotgateKey {
    /// The position of its section in the ring, from 0: as `jotgate_key_ring_find_issuer` has it.
    pub issuer: usize,
    /// The algorithm that it serves: a constant.
    pub algorithm: Text,
    /// The thumbprint, SHA-256 (RFC 7638).
    pub thumbprint: [u8; 32],
}

/// One key after the other: to compare what is in force with what was loaded, and for metrics.
///
/// Parameters: `ring`; `position`, from 0; `key` is written.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: the ring has fewer keys; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_key_ring_key(
    ring: In<JotgateKeyRing>,
    position: usize,
    key: Out<JotgateKey>,
) -> Status {
    let key = key.open(&ring.regions());
    Status::of(|| {
        let key = key?;
        let found = ring.value()?.keys().nth(position).ok_or(Status::ABSENT)?;
        key.fill(JotgateKey {
            issuer: found.section().position(),
            algorithm: Text::of(found.algorithm().as_jose()),
            thumbprint: found.thumbprint().0,
        });
        Ok(())
    })
}

/// Which section of the ring has this label, the issuer's exact name where it was given no other: its position, from 0, in
/// the order of loading.
///
/// Parameters: `ring`; `issuer` of `issuer_len` bytes; `position` is written.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: there is none; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_key_ring_find_issuer(
    ring: In<JotgateKeyRing>,
    issuer: In<c_char>,
    issuer_len: usize,
    position: Out<usize>,
) -> Status {
    let position = position.open(&ring.regions_and(issuer.span_of(issuer_len)));
    Status::of(|| {
        let position = position?;
        let found = ring.value()?.section(issuer.text(issuer_len)?);
        position.fill(found.ok_or(Status::ABSENT)?.position());
        Ok(())
    })
}
