//! What the host saw of the sender of a token, besides the token.

use crate::{Scheme, wire::authorization::Authorization, wire::uri::RequestUri};

/// A token as one request brought it.
#[derive(Clone, Copy)]
pub struct Presented<'t> {
    pub(super) token: &'t [u8],
    pub(super) scheme: Scheme,
    pub(super) certificate: Option<&'t [u8; 32]>,
    pub(super) dpop: Option<DpopRequest<'t>>,
}

impl<'t> Presented<'t> {
    /// A token that was sent under the scheme `Bearer`.
    #[must_use]
    pub fn bearer(token: &'t [u8]) -> Self {
        Self::under(Scheme::Bearer, token)
    }

    pub(super) fn under(scheme: Scheme, token: &'t [u8]) -> Self {
        Self { token, scheme, certificate: None, dpop: None }
    }

    /// The client has authenticated in TLS with a certificate; 32 bytes of SHA-256 over its DER (RFC 8705,
    /// section 3.1). Behind a proxy the host must know that the proxy, and nobody else, has written this.
    #[must_use]
    pub fn with_certificate(mut self, sha256_of_der: &'t [u8; 32]) -> Self {
        self.certificate = Some(sha256_of_der);
        self
    }

    /// The `DPoP` fields of the request, and what their proof is about. To be said of every request of a host
    /// that takes proofs, also of those without such a field.
    #[must_use]
    pub fn with_dpop(mut self, request: DpopRequest<'t>) -> Self {
        self.dpop = Some(request);
        self
    }
}

impl<'t> From<Authorization<'t>> for Presented<'t> {
    fn from(authorization: Authorization<'t>) -> Self {
        Self::under(authorization.scheme(), authorization.token())
    }
}

/// What one request brought for DPoP (RFC 9449, section 4.3).
#[derive(Clone, Copy)]
pub struct DpopRequest<'t> {
    pub(super) fields: &'t [&'t [u8]],
    pub(super) method: &'t [u8],
    pub(super) uri: RequestUri<'t>,
    /// `None` while the host has not said whether there is one; likewise the next.
    pub(super) query: Option<Option<&'t [u8]>>,
    pub(super) body: Option<Option<&'t [u8; 32]>>,
    pub(super) nonces: Option<DpopNonces<'t>>,
}

/// The nonces that the host accepts now (RFC 9449, section 8).
#[derive(Clone, Copy)]
pub struct DpopNonces<'t> {
    /// The one that it gives out.
    pub current: &'t [u8],
    /// The one that it gave out before, while it is still accepted.
    pub previous: Option<&'t [u8]>,
}

impl<'t> DpopRequest<'t> {
    /// The values of all `DPoP` fields as they were received, the method, and the URI.
    #[must_use]
    pub fn new(fields: &'t [&'t [u8]], method: &'t [u8], uri: RequestUri<'t>) -> Self {
        Self { fields, method, uri, query: None, body: None, nonces: None }
    }

    /// The query exactly as it was received, without its question mark, or that there is none. Needed where
    /// the policy demands `camara:qh`.
    #[must_use]
    pub fn with_query(mut self, query: Option<&'t [u8]>) -> Self {
        self.query = Some(query);
        self
    }

    /// SHA-256 of the body exactly as it was received, 32 bytes, or that there is none. Needed where the
    /// policy demands `camara:bh`.
    #[must_use]
    pub fn with_body_digest(mut self, sha256: Option<&'t [u8; 32]>) -> Self {
        self.body = Some(sha256);
        self
    }

    /// The nonces that are good now. Needed where the policy demands one.
    #[must_use]
    pub fn with_nonces(mut self, nonces: DpopNonces<'t>) -> Self {
        self.nonces = Some(nonces);
        self
    }
}
