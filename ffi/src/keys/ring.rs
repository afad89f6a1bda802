//! The keys of all issuers, immutable.

use crate::{
    memory::{In, Out, object},
    sizes::JOTGATE_KEY_RING_WORDS,
    status::Status,
};
use core::ffi::c_char;
use jotgate_core::KeyRing;

/// The keys of all issuers, immutable: to change a key, make a new ring beside the old one and swap them.
#[repr(C)]
pub struct JotgateKeyRing {
    opaque: [u64; JOTGATE_KEY_RING_WORDS],
}

object!(JotgateKeyRing, 4, KeyRing<'static>);

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
    let generation = generation.open(&[ring.span()]);
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
    let count = count.open(&[ring.span()]);
    Status::of(|| {
        count?.fill(ring.value()?.keys().count());
        Ok(())
    })
}

/// Which issuer of the ring has this exact name: its position, from 0, in the order of loading.
///
/// Parameters: `ring`; `issuer` of `issuer_len` bytes; `position` is written.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: the ring holds no keys of it; a misuse (11xx): correct the program.
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
    let position = position.open(&[ring.span(), issuer.span_of(issuer_len)]);
    Status::of(|| {
        let position = position?;
        let found = ring.value()?.issuer(issuer.text(issuer_len)?);
        position.fill(found.ok_or(Status::ABSENT)?.position());
        Ok(())
    })
}
