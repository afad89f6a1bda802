//! The compact form (RFC 7515, section 7.1): three segments with a dot between them.

use super::base64url;
use crate::{
    Denied,
    ground::{scan, scratch::Text},
    limits::MAX_HEADER_LEN,
};
use jotgate_crypto::Hashing;

/// A token cut at its dots. Nothing is decoded.
///
/// The segments hold no dot but in the payload or the signature of a token with more than two; those do not
/// decode ([`shape_fault`] then says what it was).
#[derive(Clone, Copy)]
pub(crate) struct Compact<'t> {
    /// First segment.
    pub(crate) header: &'t [u8],
    /// Second segment.
    pub(crate) payload: &'t [u8],
    /// Third segment.
    pub(crate) signature: &'t [u8],
    /// Header and payload with their dot, exactly as received (RFC 7515, section 5.2, step 8).
    pub(crate) signing_input: &'t [u8],
}

impl<'t> Compact<'t> {
    /// Cuts `token` at its first dot and at one near its end: the payload, which is most of it, is not
    /// searched.
    pub(crate) fn split(token: &'t [u8], max_len: usize) -> Result<Self, Denied> {
        if token.len() > max_len {
            return Err(Denied::TokenTooLong);
        }
        let first = scan::position(token, b'.').ok_or(Denied::NotJwt)?;
        let second = dot_before_signature(token, first).ok_or(Denied::NotJwt)?;
        let (signing_input, dot_signature) = token.split_at_checked(second).ok_or(Denied::NotJwt)?;
        let (header, dot_payload) = signing_input.split_at_checked(first).ok_or(Denied::NotJwt)?;
        let [_, payload @ ..] = dot_payload else { return Err(Denied::NotJwt) };
        let [_, signature @ ..] = dot_signature else { return Err(Denied::NotJwt) };
        Ok(Self { header, payload, signature, signing_input })
    }
}

/// Characters of signatures of 64, 256, 96, 384, 512 and 132 bytes, in the order of their use.
const USUAL_SIGNATURES: [usize; 6] = [86, 342, 128, 512, 683, 176];

/// A dot behind the `first`: where a signature of a usual length would begin, without a search, else the last.
/// Of two dots it is the second.
fn dot_before_signature(token: &[u8], first: usize) -> Option<usize> {
    let usual = USUAL_SIGNATURES.iter().find_map(|len| {
        let dot = token.len().checked_sub(len.saturating_add(1))?;
        (dot > first && token.get(dot) == Some(&b'.')).then_some(dot)
    });
    usual.or_else(|| scan::last_position(token, b'.'))
}

impl Compact<'_> {
    /// Where no token was cut yet.
    pub(crate) const UNREAD: Self = Self { header: &[], payload: &[], signature: &[], signing_input: &[] };
}

/// A token whose header is decoded.
#[derive(Clone, Copy)]
pub(crate) struct Opened<'s> {
    pub(crate) compact: Compact<'s>,
    pub(crate) header: &'s [u8],
}

/// The bytes of all three segments, in lent memory.
#[derive(Clone, Copy)]
pub(crate) struct Segments<'s> {
    pub(crate) compact: Compact<'s>,
    pub(crate) header: &'s [u8],
    pub(crate) payload: &'s [u8],
    pub(crate) signature: &'s [u8],
}

impl Segments<'_> {
    /// Where nothing was decoded yet.
    pub(crate) const UNREAD: Self =
        Self { compact: Compact::UNREAD, header: &[], payload: &[], signature: &[] };
}

impl<'s> Opened<'s> {
    /// Decodes the header.
    pub(crate) fn read(compact: Compact<'s>, scratch: &mut Text<'s>) -> Result<Self, Denied> {
        // RFC 8725, section 3.2; said before anything is decoded.
        if compact.signature.is_empty() {
            return Err(Denied::UnsignedToken);
        }
        if base64url::decoded_len(compact.header.len()).is_some_and(|len| len > MAX_HEADER_LEN) {
            return Err(Denied::HeaderTooLong);
        }
        Ok(Self { compact, header: decoded(compact.header, scratch)? })
    }

    /// Decodes the rest, and hashes meanwhile.
    pub(crate) fn segments(
        self,
        scratch: &mut Text<'s>,
        meanwhile: &mut [Hashing<'_>],
    ) -> Result<Segments<'s>, Denied> {
        let Self { compact, header } = self;
        let payload = decoded(compact.payload, scratch)?;
        Hashing::advance_each(meanwhile);
        let signature = decoded(compact.signature, scratch)?;
        Ok(Segments { compact, header, payload, signature })
    }
}

/// Decodes a segment into lent memory.
pub(crate) fn decoded<'s>(segment: &[u8], scratch: &mut Text<'s>) -> Result<&'s [u8], Denied> {
    let len = base64url::decoded_len(segment.len()).ok_or(Denied::NotBase64url)?;
    let bytes = scratch.take(len)?;
    base64url::decode(segment, bytes).ok_or(Denied::NotBase64url)?;
    Ok(bytes)
}

/// The reason to refuse `token` when its reading found `denied`: a wrong number of segments is told before whatever is
/// wrong inside them.
#[cold]
pub(crate) fn prefer_shape_error(token: &[u8], denied: Denied) -> Denied {
    match denied {
        Denied::TokenTooLong | Denied::ScratchTooSmall => denied,
        _ => shape_fault(token).unwrap_or(denied),
    }
}

/// What is wrong with the number of segments, if anything: asked only once a token is refused, so that a
/// good token is not searched for dots. One pass, however many dots there are.
pub(crate) fn shape_fault(token: &[u8]) -> Option<Denied> {
    match token.iter().filter(|byte| **byte == b'.').count() {
        2 => None,
        // RFC 7516, section 9: five segments are a JWE; a JSON text with four dots in it is not.
        4 if token.iter().all(|byte| is_legal(*byte)) => Some(Denied::EncryptedToken),
        _ => Some(Denied::NotJwt),
    }
}

fn is_legal(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_first_and_last_dot() {
        let compact =
            Compact::split(b"aa.bbb.c", 100).map(|c| (c.header, c.payload, c.signature, c.signing_input));
        assert_eq!(compact, Ok((&b"aa"[..], &b"bbb"[..], &b"c"[..], &b"aa.bbb"[..])));
    }

    #[test]
    fn two_dots_are_found_wherever_they_stand() {
        let mut token = std::vec![b'A'; 700];
        for len in 3..token.len() {
            let token = &mut token[..len];
            for (first, second) in [(0, 1), (1, len - 1), (len / 2, len / 2 + 1), (len / 3, len - len / 3)] {
                if first < second {
                    (token[first], token[second]) = (b'.', b'.');
                    let cut = Compact::split(token, 700).map(|c| (c.header.len(), c.signing_input.len()));
                    assert_eq!(cut, Ok((first, second)));
                    (token[first], token[second]) = (b'A', b'A');
                }
            }
        }
    }

    #[test]
    fn one_dot_or_none_is_no_jwt() {
        for token in [&b""[..], b"opaque", b".", b"a.b", b"a.", b".b"] {
            assert_eq!(Compact::split(token, 100).err(), Some(Denied::NotJwt), "{token:?}");
        }
    }

    #[test]
    fn shapes() {
        assert_eq!(shape_fault(b"a.b.c"), None);
        assert_eq!(shape_fault(b"a.b.c.d"), Some(Denied::NotJwt));
        assert_eq!(shape_fault(b"a.b.c.d.e"), Some(Denied::EncryptedToken));
        assert_eq!(shape_fault(b"{\"payload\":\"a.b.c.d.e\"}"), Some(Denied::NotJwt));
        assert_eq!(shape_fault(b"......"), Some(Denied::NotJwt));
    }

    #[test]
    fn token_at_the_limit_and_one_beyond() {
        assert!(Compact::split(b"a.b.c", 5).is_ok());
        assert_eq!(Compact::split(b"a.b.cd", 5).err(), Some(Denied::TokenTooLong));
    }
}
