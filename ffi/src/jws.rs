//! Signed objects other than access tokens (RFC 7515).

use crate::{
    keys::ring::JotgateKeyRing,
    memory::{In, InOut, Out, Text},
    scratch::JotgateScratch,
    status::Status,
};
use core::ffi::c_char;
use jotgate_core::{Denied, Jws};

/// Verifies the signature of a JWS in compact form, whatever its payload, under the keys of one issuer. It answers for
/// the signature and for nothing else: whether the payload is current, or meant for you, is yours to judge. Not for
/// access tokens: `jotgate_validator_check` judges those.
///
/// Parameters: `ring`; `issuer` of `issuer_len` bytes, whose keys may have signed (the label of their section, where they
/// are kept apart); `jws` of `jws_len` bytes, at most
/// 16384; `scratch`, used until the payload is done with; `payload` is written: a view into the scratch; `digest` is
/// written: SHA-256 of the signing input, `JOTGATE_DIGEST_LEN` (32) bytes.
///
/// Returns: `JOTGATE_OK`: the signature is good; 2xxx: malformed; `JOTGATE_NO_KEYS_FOR_ISSUER`; 3xxx: the key or the
/// signature; a misuse (1xxx): correct the program.
///
/// Memory: the view is good until the scratch is used again. Threads: `ring` may be shared; all else is one thread's
/// own.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_jws_verify(
    ring: In<JotgateKeyRing>,
    issuer: In<c_char>,
    issuer_len: usize,
    jws: In<c_char>,
    jws_len: usize,
    scratch: InOut<JotgateScratch>,
    payload: Out<Text>,
    digest: Out<u8>,
) -> Status {
    let ([own, keys, tables], [used, read, _]) = (ring.regions(), scratch.regions());
    let (name, token) = (issuer.span_of(issuer_len), jws.span_of(jws_len));
    let payload_span = payload.span();
    let payload = payload.open(&[own, keys, tables, name, token, used, read]);
    let digest = digest.open_digest(&[own, keys, tables, name, token, used, read, payload_span]);
    Status::of(|| {
        let (payload, digest) = (payload?, digest?);
        let ring = ring.value()?;
        let issuer = ring.section(issuer.text(issuer_len)?).ok_or(Denied::NoKeysForIssuer)?;
        let bytes = jws.bytes(jws_len)?;
        let (mut lent, _) = scratch.begin(&[own, keys, tables, name, token])?;
        let read = Jws::read(bytes, jotgate_core::limits::MAX_TOKEN_LEN_RAISED, &mut lent)?;
        let signed = read.verify(read.select(ring, issuer)?)?;
        *digest = *signed.signing_input_digest();
        payload.fill(Text::of_bytes(signed.bytes()));
        Ok(())
    })
}
