//! JWK thumbprints (RFC 7638; RFC 8037, section 2).

use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_crypto::{Curve, PublicKey};
use sha2::{Digest, Sha256};

/// SHA-256 of the key's required members in their canonical form, 32 bytes.
///
/// Built from the decoded bytes, so that no spelling of a JWK changes the thumbprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thumbprint(pub [u8; 32]);

/// Characters of a thumbprint in base64url.
const TEXT_LEN: usize = 43;

impl Thumbprint {
    /// Computes the thumbprint of `key`.
    #[must_use]
    pub fn of(key: &PublicKey<'_>) -> Self {
        let mut hash = Members(Sha256::new());
        match key {
            PublicKey::Rsa { n, e } => {
                hash.text("{\"e\":\"").bytes(e).text("\",\"kty\":\"RSA\",\"n\":\"").bytes(n).text("\"}")
            }
            PublicKey::Ec { curve, x, y } => hash
                .text(match curve {
                    Curve::P256 => "{\"crv\":\"P-256\"",
                    Curve::P384 => "{\"crv\":\"P-384\"",
                    Curve::P521 => "{\"crv\":\"P-521\"",
                })
                .text(",\"kty\":\"EC\",\"x\":\"")
                .bytes(x)
                .text("\",\"y\":\"")
                .bytes(y)
                .text("\"}"),
            PublicKey::Ed25519 { x } => {
                hash.text("{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"").bytes(x).text("\"}")
            }
        };
        Self(hash.0.finalize().into())
    }

    /// Writes the thumbprint in base64url, 43 characters.
    #[must_use]
    pub fn encode<'b>(&self, buffer: &'b mut [u8; TEXT_LEN]) -> &'b str {
        Base64UrlUnpadded::encode(&self.0, buffer).unwrap_or_default()
    }
}

struct Members(Sha256);

impl Members {
    fn text(&mut self, text: &str) -> &mut Self {
        self.0.update(text);
        self
    }

    /// base64url of `bytes`, 48 at a time: a multiple of three, so that only the last piece has a tail.
    fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        let mut buffer = [0; 64];
        for chunk in bytes.chunks(48) {
            self.0.update(Base64UrlUnpadded::encode(chunk, &mut buffer).unwrap_or_default());
        }
        self
    }
}
