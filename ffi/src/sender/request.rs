//! What one request brought of its sender.

use crate::{
    memory::{In, InOut, Plain, Span, Text},
    status::{Misuse, Status},
    verdict::presented::{Dpop, JotgatePresented},
};
use jotgate_core::{DpopNonces, RequestUri};

/// What is here does not exist: for `query_state` and `body_state`, and before the host has said anything 0.
pub const JOTGATE_PART_ABSENT: u32 = 1;
/// What is here is the part.
pub const JOTGATE_PART_PRESENT: u32 = 2;

/// What one request brought for DPoP (RFC 9449, section 4.3).
#[derive(Clone, Copy)]
#[repr(C)]
pub struct JotgateDpopRequest {
    /// The values of all `DPoP` fields as they were received.
    pub fields: In<Text>,
    /// How many.
    pub field_count: usize,
    /// The method.
    pub method: Text,
    /// `https`. Behind a proxy scheme, authority and path are those that the client used, before any rewriting.
    pub scheme: Text,
    /// The `Host` field or `:authority`.
    pub authority: Text,
    /// The path; what stands behind `?` or `#` does not count.
    pub path: Text,
    /// Whether there is a query: one of `JOTGATE_PART_*`, or 0 while the host does not say. Needed where the policy demands
    /// `camara:qh`.
    pub query_state: u32,
    /// Whether there is a body: likewise, for `camara:bh`.
    pub body_state: u32,
    /// The query exactly as it was received, without its question mark.
    pub query: Text,
    /// SHA-256 of the body exactly as it was received, 32 bytes; may be NULL where there is no body.
    pub body_sha256: In<u8>,
    /// The nonce that the host gives out now; empty where it gives none.
    pub nonce: Text,
    /// The one that it gave out before, while it is still accepted; else empty.
    pub previous_nonce: Text,
}

// SAFETY: pointers and numbers, of which nothing is promised.
unsafe impl Plain for JotgateDpopRequest {}

/// The client has authenticated in TLS with a certificate (RFC 8705). Behind a proxy the host must know that the proxy,
/// and nobody else, has written this. A failure empties `presented`.
///
/// Parameters: `presented`; `sha256_of_der`, 32 bytes.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program, deny the request.
///
/// Memory: the digest is copied. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_presented_set_certificate(
    presented: InOut<JotgatePresented>,
    sha256_of_der: In<u8>,
) -> Status {
    Status::of(|| {
        presented.change(|mut request| {
            request.certificate = Some(digest(sha256_of_der)?);
            Ok(request)
        })
    })
}

fn digest(bytes: In<u8>) -> Result<[u8; 32], Misuse> {
    bytes.list(32)?.first_chunk().copied().ok_or(Misuse::NullPointer)
}

/// The `DPoP` fields of the request, and what their proof is about. To be said of every request of a host that takes
/// proofs, also of those without such a field. A failure empties `presented`.
///
/// Parameters: `presented`; `request`.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE` and other misuse (11xx): correct the program, deny the request.
///
/// Memory: all texts must stay, unchanged, as long as `presented` is used; the list and `request` may go. Threads: one at
/// a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_presented_set_dpop(
    presented: InOut<JotgatePresented>,
    request: In<JotgateDpopRequest>,
) -> Status {
    Status::of(|| {
        presented.change(|mut own| {
            let request = request.plain()?;
            let listed = request.fields.list(request.field_count)?;
            let mut fields: [&[u8]; 2] = [&[]; 2];
            for (place, field) in fields.iter_mut().zip(listed) {
                *place = field.bytes()?;
            }
            let (scheme, authority, path) =
                (request.scheme.bytes()?, request.authority.bytes()?, request.path.bytes()?);
            let query = match request.query_state {
                0 => None,
                JOTGATE_PART_ABSENT => Some(None),
                JOTGATE_PART_PRESENT => Some(Some(request.query.bytes()?)),
                _ => return Err(Misuse::UnknownValue.into()),
            };
            let body = match request.body_state {
                0 => None,
                JOTGATE_PART_ABSENT => Some(None),
                JOTGATE_PART_PRESENT => Some(Some(digest(request.body_sha256)?)),
                _ => return Err(Misuse::UnknownValue.into()),
            };
            let present = |bytes: &'static [u8]| (!bytes.is_empty()).then_some(bytes);
            let previous = present(request.previous_nonce.bytes()?);
            let nonces = present(request.nonce.bytes()?).map(|current| DpopNonces { current, previous });
            let method = request.method.bytes()?;
            let [first, second] = fields;
            let texts = [first, second, scheme, authority, path, method, query.flatten().unwrap_or_default()];
            let (nonce, previous) = (request.nonce.bytes()?, request.previous_nonce.bytes()?);
            for (place, text) in own.bytes.iter_mut().skip(1).zip(texts.into_iter().chain([nonce, previous]))
            {
                *place = Span::of_slice(text);
                presented.span().apart_from(&[*place])?;
            }
            let uri = RequestUri::of_parts(scheme, authority, path);
            // More than one is refused, however many they are.
            let count = listed.len().min(fields.len());
            own.dpop = Some(Dpop { fields, count, method, uri, query, body, nonces });
            Ok(own)
        })
    })
}
