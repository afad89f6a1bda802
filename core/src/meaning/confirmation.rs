//! `cnf`: what the sender of a token must prove (RFC 7800, section 3.1).

use crate::{
    Denied,
    wire::{digest::sha256_of_text, json::Object},
};

/// The methods of confirmation that a token names; at least one.
#[derive(Clone, Copy)]
pub(crate) struct Confirmation {
    /// `jkt`: thumbprint of the key that signs DPoP proofs (RFC 9449, section 6.1).
    pub(crate) key: Option<[u8; 32]>,
    /// `x5t#S256`: SHA-256 of the client's certificate in DER (RFC 8705, section 3.1).
    pub(crate) certificate: Option<[u8; 32]>,
}

impl Confirmation {
    /// Reads `cnf`, whose names are known to be unique. Methods that are not known do not count: a token that
    /// names no other cannot be proven.
    pub(crate) fn read(object: Object<'_>) -> Result<Self, Denied> {
        let print = |name| match object.get(name) {
            None => Ok(None),
            Some(value) => {
                let print = value.as_str().and_then(sha256_of_text);
                print.map(Some).ok_or(Denied::ConfirmationMalformed)
            }
        };
        let (key, certificate) = (print("jkt")?, print("x5t#S256")?);
        if key.is_none() && certificate.is_none() {
            return Err(Denied::ConfirmationUnknown);
        }
        Ok(Self { key, certificate })
    }
}
