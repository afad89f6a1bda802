//! The claims of a DPoP proof (RFC 9449, section 4.2).

use super::text::text;
use crate::{
    Denied, UnixSeconds,
    ground::scratch::Scratch,
    limits::{MAX_PROOF_CLAIMS, MAX_PROOF_ID_LEN},
    wire::json::{JsonError, Members, Str, Value},
};
use jotgate_crypto::Hashing;

/// What a proof says. A stranger may have written all of it.
#[derive(Clone, Copy)]
pub(crate) struct ProofClaims<'s> {
    pub(crate) id: &'s str,
    pub(crate) method: &'s str,
    pub(crate) uri: &'s str,
    /// Rounded up: a fraction never lengthens a proof's life by more than it had.
    pub(crate) issued_at: UnixSeconds,
    /// `ath`, which a proof at a resource must have.
    pub(crate) token_digest: Str<'s>,
    pub(crate) nonce: Option<&'s str>,
    /// CAMARA's `camara:qh`.
    pub(crate) query_digest: Option<Str<'s>>,
    /// CAMARA's `camara:bh`.
    pub(crate) body_digest: Option<Str<'s>>,
}

/// The claims that matter, as they stand there.
#[derive(Default)]
struct Seen<'s> {
    jti: Option<Value<'s>>,
    htm: Option<Value<'s>>,
    htu: Option<Value<'s>>,
    iat: Option<Value<'s>>,
    ath: Option<Value<'s>>,
    nonce: Option<Value<'s>>,
    query: Option<Value<'s>>,
    body: Option<Value<'s>>,
}

/// The longest name in the match below: `camara:qh`.
const LONGEST_NAME: usize = 9;

impl<'s> ProofClaims<'s> {
    /// Reads a decoded payload, once, and hashes meanwhile.
    pub(crate) fn read(
        json: &'s [u8],
        scratch: &mut Scratch<'s>,
        meanwhile: &mut [Hashing<'_>],
    ) -> Result<Self, Denied> {
        let mut seen = Seen::default();
        let names = scratch.for_object(MAX_PROOF_CLAIMS).0;
        seen.read(json, names, meanwhile).map_err(|_| Denied::ProofMalformed)?;
        let iat = seen.iat.ok_or(Denied::ProofClaimMissing)?;
        let seconds = iat.as_number().and_then(|number| number.ceil().ok()).ok_or(Denied::ProofMalformed)?;
        let id = required(seen.jti)?;
        let id = resolved(id, scratch)?;
        if id.is_empty() {
            return Err(Denied::ProofClaimMissing);
        }
        if id.len() > MAX_PROOF_ID_LEN {
            return Err(Denied::ProofIdTooLong);
        }
        Ok(Self {
            id,
            method: resolved(required(seen.htm)?, scratch)?,
            uri: resolved(required(seen.htu)?, scratch)?,
            issued_at: UnixSeconds(seconds),
            token_digest: required(seen.ath)?,
            nonce: string(seen.nonce)?.map(|nonce| resolved(nonce, scratch)).transpose()?,
            query_digest: string(seen.query)?,
            body_digest: string(seen.body)?,
        })
    }
}

impl<'s> Seen<'s> {
    fn read(
        &mut self,
        json: &'s [u8],
        names: &mut [u64],
        meanwhile: &mut [Hashing<'_>],
    ) -> Result<(), JsonError> {
        let mut members = Members::open(json, names)?;
        let mut buffer = [0; LONGEST_NAME];
        while let Some((name, value)) = members.next()? {
            Hashing::advance_each(meanwhile);
            match name.resolve(&mut buffer).unwrap_or_default().as_bytes() {
                b"jti" => self.jti = Some(value),
                b"htm" => self.htm = Some(value),
                b"htu" => self.htu = Some(value),
                b"iat" => self.iat = Some(value),
                b"ath" => self.ath = Some(value),
                b"nonce" => self.nonce = Some(value),
                b"camara:qh" => self.query = Some(value),
                b"camara:bh" => self.body = Some(value),
                _ => {}
            }
        }
        Ok(())
    }
}

fn string(value: Option<Value<'_>>) -> Result<Option<Str<'_>>, Denied> {
    value.map(|value| value.as_str().ok_or(Denied::ProofMalformed)).transpose()
}

fn required(value: Option<Value<'_>>) -> Result<Str<'_>, Denied> {
    string(value)?.ok_or(Denied::ProofClaimMissing)
}

fn resolved<'s>(string: Str<'s>, scratch: &mut Scratch<'s>) -> Result<&'s str, Denied> {
    text(string, scratch.text()).map_err(|denied| match denied {
        Denied::ScratchTooSmall => denied,
        _ => Denied::ProofMalformed,
    })
}
