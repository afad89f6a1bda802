//! Status list tokens (draft-ietf-oauth-status-list-20, section 5.1): signed like any token, then inflated.

use super::jws::Jws;
use crate::{
    Denied, KeyRing, Scratch, Section, UnixSeconds,
    ground::reasons::reasons,
    limits::{MAX_CLAIMS, MAX_STATUS_LIST_LEN},
    meaning::media_type,
    trust::status_list::{StatusBits, StatusList},
    wire::{
        base64url,
        inflate::{InflateFault, inflate_zlib},
        json::{JsonError, Members, Number, Object, Str, Value},
    },
};

/// Where a status list token comes from, and when.
#[derive(Clone, Copy, Debug)]
pub struct StatusListSource<'a> {
    /// The section of the ring whose keys verify it, and the issuer whose tokens may refer to it.
    pub section: Section<'a>,
    /// The address that it was fetched from, exactly as tokens spell it.
    pub uri: &'a str,
    /// When it was fetched: the host's time, which must be trusted.
    pub received_at: UnixSeconds,
    /// Tolerance for clocks that differ, seconds.
    pub leeway: u32,
}

reasons! {
    [phrase]
    /// Why a status list token is refused. The list in force stays in force.
    pub enum StatusListError {
        /// It cannot be read, no key of the issuer fits it, or its signature is not valid.
        8401 Token(Denied) "token"
            "The status list token is refused."
            => (denied) "the status list token is refused: {denied}"
        8402 NoKeysForIssuer "no_keys_for_issuer"
            "No keys of the issuer are loaded."
        8403 WrongType "wrong_type"
            "typ is not statuslist+jwt."
        8404 NotClaims "not_claims"
            "The payload is not a JSON object, or a name stands twice in it."
        /// It is required, of the wrong type, or out of range.
        8405 ClaimMalformed "claim_malformed"
            "A claim is missing or malformed."
        8406 IssuerMismatch "issuer_mismatch"
            "iss names another issuer."
        8407 SubjectMismatch "subject_mismatch"
            "sub is not the address of the list."
        8408 Expired "expired"
            "The list expired."
        8409 IssuedInFuture "issued_in_future"
            "The list was issued in the future."
        8410 BitsNotSupported "bits_not_supported"
            "bits is none of 1, 2, 4, 8."
        8411 NotBase64url "not_base64url"
            "lst is not canonical base64url."
        8412 NotInflated(InflateFault) "not_inflated"
            "lst cannot be inflated."
            => (fault) "lst cannot be inflated: {fault:?}"
        /// It holds the names of issuer and address, too.
        8413 OutOfMemory "out_of_memory"
            "The lent memory is too small for the list."
        8414 ScratchTooSmall "scratch_too_small"
            "The lent scratch is too small."
        8415 TooManyBlocks "too_many_blocks"
            "lst has more than " FREE_INFLATED_BLOCKS " blocks and one for each " MIN_INFLATED_BLOCK_LEN
            " bytes that it inflates to."
    }
}

impl From<Denied> for StatusListError {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::ScratchTooSmall => Self::ScratchTooSmall,
            denied => Self::Token(denied),
        }
    }
}

impl<'m> StatusList<'m> {
    /// Verifies a status list token of at most [`MAX_STATUS_LIST_LEN`] bytes and inflates it into the front of `memory`:
    /// a byte for each 8, 4, 2 statuses or for each one, and the bytes of the two names. `scratch` needs
    /// [`Scratch::text_len`] bytes of the token. Nothing is taken from `memory` when it fails.
    ///
    /// # Errors
    /// Why the token is refused.
    pub fn load(
        token: &[u8],
        source: &StatusListSource<'_>,
        ring: &KeyRing<'_>,
        scratch: &mut Scratch<'_>,
        memory: &mut &'m mut [u8],
    ) -> Result<Self, StatusListError> {
        let mut scratch = scratch.reborrow();
        let jws = Jws::read_within(token, MAX_STATUS_LIST_LEN, &mut scratch)?;
        let section = ring.section_of(&source.section).ok_or(StatusListError::NoKeysForIssuer)?;
        let signed = jws.verify(jws.select(ring, section)?)?;
        if !jws.header.typ.is_some_and(|typ| media_type::same(typ, "statuslist+jwt")) {
            return Err(StatusListError::WrongType);
        }
        let claims = Claims::read(signed.bytes(), scratch.for_object(MAX_CLAIMS).0)?;
        let (issued_at, good_until) = claims.judge(source)?;

        let compressed = decoded(claims.list.text, &mut scratch)?;
        let len = inflate_zlib(compressed, memory).map_err(|fault| match fault {
            InflateFault::OutOfMemory => StatusListError::OutOfMemory,
            InflateFault::TooManyBlocks => StatusListError::TooManyBlocks,
            fault => StatusListError::NotInflated(fault),
        })?;
        let [bytes, issuer, uri] = rooms(memory, [len, source.section.issuer.len(), source.uri.len()])?;
        Ok(Self {
            issuer: kept(source.section.issuer, issuer),
            uri: kept(source.uri, uri),
            bytes,
            bits: claims.list.bits,
            issued_at,
            received_at: source.received_at,
            good_until,
        })
    }
}

impl StatusList<'_> {
    /// Bytes of memory that the list and its names fill.
    #[must_use]
    pub fn memory_len(&self) -> usize {
        [self.bytes.len(), self.issuer.len(), self.uri.len()].into_iter().fold(0, usize::saturating_add)
    }

    /// The same list in the front of other memory, of which it takes [`memory_len`](Self::memory_len) bytes: a host that
    /// does not know how long a list is has it inflated into memory that is longer, and gives that back.
    ///
    /// # Errors
    /// [`StatusListError::OutOfMemory`]; nothing is taken then.
    pub fn copied_into<'n>(&self, memory: &mut &'n mut [u8]) -> Result<StatusList<'n>, StatusListError> {
        let lens = [self.bytes.len(), self.issuer.len(), self.uri.len()];
        let [bytes, issuer, uri] = rooms(memory, lens)?;
        bytes.copy_from_slice(self.bytes);
        let (issuer, uri) = (kept(self.issuer, issuer), kept(self.uri, uri));
        let Self { bits, issued_at, received_at, good_until, .. } = *self;
        Ok(StatusList { issuer, uri, bytes, bits, issued_at, received_at, good_until })
    }
}

/// Three slices of these lengths off the front, or nothing.
fn rooms<'m>(memory: &mut &'m mut [u8], lens: [usize; 3]) -> Result<[&'m mut [u8]; 3], StatusListError> {
    let [first, second, third] = lens;
    let whole = first.saturating_add(second).saturating_add(third);
    let taken = memory.split_off_mut(..whole).ok_or(StatusListError::OutOfMemory)?;
    let (first, rest) = taken.split_at_mut_checked(first).ok_or(StatusListError::OutOfMemory)?;
    let (second, third) = rest.split_at_mut_checked(second).ok_or(StatusListError::OutOfMemory)?;
    Ok([first, second, third])
}

/// The claims of a status list token, as far as they matter.
struct Claims<'s> {
    issuer: Option<Str<'s>>,
    subject: Str<'s>,
    issued_at: UnixSeconds,
    expires: Option<UnixSeconds>,
    /// Seconds.
    ttl: Option<i64>,
    list: Packed<'s>,
}

/// The claim `status_list`.
struct Packed<'s> {
    bits: StatusBits,
    text: &'s str,
}

impl<'s> Claims<'s> {
    fn read(payload: &'s [u8], names: &mut [u64]) -> Result<Self, StatusListError> {
        let mut members = Members::open(payload, names).map_err(not_claims)?;
        let (mut iss, mut sub, mut iat, mut exp, mut ttl, mut list) = (None, None, None, None, None, None);
        while let Some((name, value)) = members.next().map_err(not_claims)? {
            let place = [
                ("iss", &mut iss),
                ("sub", &mut sub),
                ("iat", &mut iat),
                ("exp", &mut exp),
                ("ttl", &mut ttl),
                ("status_list", &mut list),
            ]
            .into_iter()
            .find(|(own, _)| name == **own);
            if let Some((_, place)) = place {
                *place = Some(value);
            }
        }
        let required = StatusListError::ClaimMalformed;
        let ttl = optional(ttl, |ttl| number(ttl)?.floor().ok())?;
        if ttl.is_some_and(|ttl| ttl <= 0) {
            return Err(StatusListError::ClaimMalformed);
        }
        Ok(Self {
            issuer: optional(iss, |iss| iss.as_str())?,
            subject: optional(sub, |sub| sub.as_str())?.ok_or(required)?,
            // Rounded so that a fraction never lengthens the list's life.
            issued_at: optional(iat, |iat| number(iat)?.ceil().ok())?.map(UnixSeconds).ok_or(required)?,
            expires: optional(exp, |exp| number(exp)?.floor().ok())?.map(UnixSeconds),
            ttl,
            list: Packed::read(optional(list, |list| list.as_object())?.ok_or(required)?)?,
        })
    }

    /// Section 8.3: whose list it is, and whether it is current. Answers `iat`, and the last second of its life.
    fn judge(
        &self,
        source: &StatusListSource<'_>,
    ) -> Result<(UnixSeconds, Option<UnixSeconds>), StatusListError> {
        if self.issuer.is_some_and(|issuer| issuer != *source.section.issuer) {
            return Err(StatusListError::IssuerMismatch);
        }
        if self.subject != *source.uri {
            return Err(StatusListError::SubjectMismatch);
        }
        if self.issued_at > source.received_at.plus(source.leeway) {
            return Err(StatusListError::IssuedInFuture);
        }
        if self.expires.is_some_and(|expires| source.received_at >= expires.plus(source.leeway)) {
            return Err(StatusListError::Expired);
        }
        let last = self.expires.map(|expires| UnixSeconds(expires.0.saturating_sub(1)));
        let kept = self.ttl.map(|ttl| UnixSeconds(source.received_at.0.saturating_add(ttl)));
        Ok((self.issued_at, last.into_iter().chain(kept).min()))
    }
}

impl<'s> Packed<'s> {
    fn read(object: Object<'s>) -> Result<Self, StatusListError> {
        let mut names = [0; 8];
        let mut members = Members::open(object.text().as_bytes(), &mut names).map_err(not_claims)?;
        let (mut bits, mut lst) = (None, None);
        while let Some((name, value)) = members.next().map_err(not_claims)? {
            if name == *"bits" {
                bits = Some(value);
            } else if name == *"lst" {
                lst = Some(value);
            }
        }
        let bits = optional(bits, |bits| number(bits)?.as_u64())?.ok_or(StatusListError::ClaimMalformed)?;
        let text = optional(lst, |lst| lst.as_str())?.ok_or(StatusListError::ClaimMalformed)?;
        Ok(Self {
            bits: StatusBits::from_number(bits).ok_or(StatusListError::BitsNotSupported)?,
            // No character of the alphabet needs an escape.
            text: text.as_plain().ok_or(StatusListError::NotBase64url)?,
        })
    }
}

fn not_claims(_: JsonError) -> StatusListError {
    StatusListError::NotClaims
}

fn number(value: Value<'_>) -> Option<Number<'_>> {
    value.as_number()
}

/// `None` for a claim that is not there; a claim that is there must be what is asked for.
fn optional<'s, T>(
    value: Option<Value<'s>>,
    read: impl FnOnce(Value<'s>) -> Option<T>,
) -> Result<Option<T>, StatusListError> {
    value.map(|value| read(value).ok_or(StatusListError::ClaimMalformed)).transpose()
}

fn decoded<'s>(text: &str, scratch: &mut Scratch<'s>) -> Result<&'s [u8], StatusListError> {
    let len = base64url::decoded_len(text.len()).ok_or(StatusListError::NotBase64url)?;
    let bytes = scratch.text().take(len)?;
    base64url::decode(text.as_bytes(), bytes).ok_or(StatusListError::NotBase64url)?;
    Ok(bytes)
}

/// Copies a name into memory of its length.
fn kept<'m>(name: &str, memory: &'m mut [u8]) -> &'m str {
    for (place, byte) in memory.iter_mut().zip(name.bytes()) {
        *place = byte;
    }
    core::str::from_utf8(memory).unwrap_or_default()
}
