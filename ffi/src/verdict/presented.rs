//! A token as one request brought it.

use crate::{
    memory::{In, Out, Span, Text, object},
    sizes::JOTGATE_PRESENTED_WORDS,
    status::{Misuse, Status},
};
use core::ffi::c_char;
use jotgate_core::{Authorization, DpopNonces, DpopRequest, Presented, RequestUri, Scheme};

/// A token as one request brought it.
#[repr(C)]
pub struct JotgatePresented {
    opaque: [u64; JOTGATE_PRESENTED_WORDS],
}

/// The request, kept in parts: the whole refers to some of them.
pub(crate) struct Request {
    presented: Presented<'static>,
    pub(crate) scheme: Scheme,
    pub(crate) certificate: Option<[u8; 32]>,
    pub(crate) dpop: Option<Dpop>,
    /// The bytes of the request, which nothing may overwrite: of the token first.
    pub(crate) bytes: [Span; 10],
}

/// What one request brought for DPoP.
pub(crate) struct Dpop {
    pub(crate) fields: [&'static [u8]; 2],
    pub(crate) count: usize,
    pub(crate) method: &'static [u8],
    pub(crate) uri: RequestUri<'static>,
    pub(crate) query: Option<Option<&'static [u8]>>,
    pub(crate) body: Option<Option<[u8; 32]>>,
    pub(crate) nonces: Option<DpopNonces<'static>>,
}

impl Request {
    fn new(presented: Presented<'static>, scheme: Scheme, token: &[u8]) -> Self {
        let mut bytes = [Span::NOTHING; 10];
        bytes[0] = Span::of_slice(token);
        Self { presented, scheme, certificate: None, dpop: None, bytes }
    }

    /// Where the bytes of the request lie.
    #[inline]
    pub(crate) fn bytes(&self) -> &[Span] {
        let used = if self.dpop.is_some() { self.bytes.len() } else { 1 };
        self.bytes.get(..used).unwrap_or(&self.bytes)
    }

    /// The token with all that is known of its sender.
    #[inline]
    pub(crate) fn presented(&self) -> Presented<'_> {
        let mut presented: Presented<'_> = self.presented;
        if let Some(certificate) = &self.certificate {
            presented = presented.with_certificate(certificate);
        }
        if let Some(dpop) = &self.dpop {
            presented = presented.with_dpop(dpop.request());
        }
        presented
    }
}

impl Dpop {
    fn request(&self) -> DpopRequest<'_> {
        let fields = self.fields.get(..self.count).unwrap_or(&self.fields);
        let mut request = DpopRequest::new(fields, self.method, self.uri);
        if let Some(query) = self.query {
            request = request.with_query(query);
        }
        if let Some(body) = &self.body {
            request = request.with_body_digest(body.as_ref());
        }
        match self.nonces {
            Some(nonces) => request.with_nonces(nonces),
            None => request,
        }
    }
}

object!(JotgatePresented, 7, Request);

/// Most `Authorization` fields that are looked at: more than one are refused anyway.
const MAX_FIELDS: usize = 2;

/// A token that was sent under the scheme `Bearer`. Nothing is judged yet.
///
/// Parameters: `presented` is written; `token` of `token_len` bytes.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program, deny the request.
///
/// Memory: `token` must stay, unchanged, as long as `presented` is used. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_presented_bearer(
    presented: Out<JotgatePresented>,
    token: In<c_char>,
    token_len: usize,
) -> Status {
    let presented = presented.open(&[token.span_of(token_len)]);
    Status::of(|| {
        let (presented, token) = (presented?, token.bytes(token_len)?);
        presented.fill_object(Request::new(Presented::bearer(token), Scheme::Bearer, token));
        Ok(())
    })
}

/// The credentials of one request: the values of all its `Authorization` fields, as the host received them. `Bearer`
/// and `DPoP` are read (RFC 6750, section 2.1; RFC 9449, section 7.1).
///
/// Parameters: `presented` is written; `fields`, `field_count` values; none for a request without.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_NO_CREDENTIALS`, `JOTGATE_OTHER_SCHEME`, `JOTGATE_BAD_AUTHORIZATION_HEADER` (also
/// for more than one field), `JOTGATE_AUTHORIZATION_HEADER_TOO_LONG`: deny the request (`jotgate_validator_answer`);
/// a misuse (11xx): correct the program, deny the request.
///
/// Memory: the value must stay, unchanged, as long as `presented` is used; the list may go. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_presented_from_authorization(
    presented: Out<JotgatePresented>,
    fields: In<Text>,
    field_count: usize,
) -> Status {
    let output = presented.span();
    let presented = presented.open(&[fields.span_of(field_count)]);
    Status::of(|| {
        let presented = presented?;
        let mut values: [&[u8]; MAX_FIELDS] = [&[]; MAX_FIELDS];
        for (value, field) in values.iter_mut().zip(fields.list(field_count)?) {
            *value = field.bytes()?;
            output.apart_from(&[Span::of_slice(value)])?;
        }
        let count = field_count.min(MAX_FIELDS);
        let authorization = Authorization::read(values.get(..count).ok_or(Misuse::TooMany)?)?;
        let (scheme, token) = (authorization.scheme(), authorization.token());
        presented.fill_object(Request::new(authorization.into(), scheme, token));
        Ok(())
    })
}
