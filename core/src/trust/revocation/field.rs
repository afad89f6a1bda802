//! One value of a line: its escapes, and what it must not look like.

use super::{fault::RevocationFault, index::Hash};

/// A value as it stands in the line, its escapes lawful and not resolved.
#[derive(Clone, Copy)]
pub(super) struct Field<'t> {
    raw: &'t [u8],
}

impl<'t> Field<'t> {
    /// No value, for kinds of entry that have none there.
    pub(super) const NONE: Self = Self { raw: b"" };

    pub(super) fn read(raw: &'t [u8]) -> Result<Self, RevocationFault> {
        if raw.is_empty() {
            return Err(RevocationFault::EmptyField);
        }
        // Whoever quotes a name means the name, and no token has quotes around its own.
        if matches!(raw.first(), Some(b'"' | b'\'')) {
            return Err(RevocationFault::Quoted);
        }
        // A list has few escapes: what stands between them is not looked at.
        let mut character = Escaped::default();
        for behind in raw.split(|byte| *byte == b'%').skip(1) {
            let (byte, plain) = escape(behind).ok_or(RevocationFault::EscapeMalformed)?;
            if !character.takes(byte) || !(plain.is_empty() || character.is_whole()) {
                return Err(RevocationFault::EscapeMalformed);
            }
        }
        if character.is_whole() { Ok(Self { raw }) } else { Err(RevocationFault::EscapeMalformed) }
    }

    pub(super) fn digest(raw: &'t [u8]) -> Result<Self, RevocationFault> {
        let is_hex = raw.len() == 64 && raw.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if is_hex { Ok(Self { raw }) } else { Err(RevocationFault::DigestMalformed) }
    }

    /// The value in pieces, escapes resolved: what stands before the first escape, then each with what follows it.
    fn pieces(&self) -> impl Iterator<Item = (Option<u8>, &'t [u8])> {
        let mut parts = self.raw.split(|byte| *byte == b'%');
        let first = parts.next().map(|plain| (None, plain));
        first.into_iter().chain(parts.filter_map(escape).map(|(byte, behind)| (Some(byte), behind)))
    }

    fn bytes(&self) -> impl Iterator<Item = u8> {
        self.pieces().flat_map(|(byte, plain)| byte.into_iter().chain(plain.iter().copied()))
    }

    pub(super) fn feed(&self, hash: &mut Hash) {
        for (byte, plain) in self.pieces() {
            if let Some(byte) = byte {
                hash.write(&[byte]);
            }
            hash.write(plain);
        }
    }

    /// Whether two fields stand for the same bytes, whatever their escapes.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.raw == other.raw || self.bytes().eq(other.bytes())
    }

    pub(super) fn equals(&self, bytes: &[u8]) -> bool {
        let mut rest = bytes;
        for (byte, plain) in self.pieces() {
            if let Some(byte) = byte {
                let Some((first, behind)) = rest.split_first() else { return false };
                if *first != byte {
                    return false;
                }
                rest = behind;
            }
            let Some(behind) = rest.strip_prefix(plain) else { return false };
            rest = behind;
        }
        rest.is_empty()
    }
}

/// The byte that two hexadecimal digits stand for, and what follows them.
fn escape(behind: &[u8]) -> Option<(u8, &[u8])> {
    let (digits, rest) = behind.split_first_chunk::<2>()?;
    let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
    let byte = high?.checked_mul(16)?.checked_add(low?)?;
    Some((u8::try_from(byte).ok()?, rest))
}

/// The character that escapes beyond ASCII stand for together: half a character would name nothing.
#[derive(Default)]
struct Escaped {
    bytes: [u8; 4],
    len: usize,
}

impl Escaped {
    fn is_whole(&self) -> bool {
        self.len == 0
    }

    /// Whether the byte may stand there. NUL must not: tokens with NUL are refused anyway.
    fn takes(&mut self, byte: u8) -> bool {
        let Some(place) = self.bytes.get_mut(self.len) else { return false };
        *place = byte;
        self.len = self.len.saturating_add(1);
        match core::str::from_utf8(self.bytes.get(..self.len).unwrap_or_default()) {
            Ok(_) => self.len = 0,
            Err(fault) if fault.error_len().is_none() => {}
            Err(_) => return false,
        }
        byte != 0
    }
}
