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
        for behind in raw.split(|octet| *octet == b'%').skip(1) {
            let (octet, plain) = escape(behind).ok_or(RevocationFault::EscapeMalformed)?;
            if !character.takes(octet) || !(plain.is_empty() || character.is_whole()) {
                return Err(RevocationFault::EscapeMalformed);
            }
        }
        if character.is_whole() { Ok(Self { raw }) } else { Err(RevocationFault::EscapeMalformed) }
    }

    pub(super) fn digest(raw: &'t [u8]) -> Result<Self, RevocationFault> {
        let is_hex = raw.len() == 64 && raw.iter().all(|octet| matches!(octet, b'0'..=b'9' | b'a'..=b'f'));
        if is_hex { Ok(Self { raw }) } else { Err(RevocationFault::DigestMalformed) }
    }

    /// The value in pieces, escapes resolved: what stands before the first escape, then each with what follows it.
    fn pieces(&self) -> impl Iterator<Item = (Option<u8>, &'t [u8])> {
        let mut parts = self.raw.split(|octet| *octet == b'%');
        let first = parts.next().map(|plain| (None, plain));
        first.into_iter().chain(parts.filter_map(escape).map(|(octet, behind)| (Some(octet), behind)))
    }

    fn octets(&self) -> impl Iterator<Item = u8> {
        self.pieces().flat_map(|(octet, plain)| octet.into_iter().chain(plain.iter().copied()))
    }

    pub(super) fn feed(&self, hash: &mut Hash) {
        for (octet, plain) in self.pieces() {
            if let Some(octet) = octet {
                hash.write(&[octet]);
            }
            hash.write(plain);
        }
    }

    /// Whether two fields stand for the same octets, whatever their escapes.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.raw == other.raw || self.octets().eq(other.octets())
    }

    pub(super) fn equals(&self, octets: &[u8]) -> bool {
        let mut rest = octets;
        for (octet, plain) in self.pieces() {
            if let Some(octet) = octet {
                let Some((first, behind)) = rest.split_first() else { return false };
                if *first != octet {
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

/// The octet that two hexadecimal digits stand for, and what follows them.
fn escape(behind: &[u8]) -> Option<(u8, &[u8])> {
    let (digits, rest) = behind.split_first_chunk::<2>()?;
    let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
    let octet = high?.checked_mul(16)?.checked_add(low?)?;
    Some((u8::try_from(octet).ok()?, rest))
}

/// The character that escapes beyond ASCII stand for together: half a character would name nothing.
#[derive(Default)]
struct Escaped {
    octets: [u8; 4],
    len: usize,
}

impl Escaped {
    fn is_whole(&self) -> bool {
        self.len == 0
    }

    /// Whether the octet may stand there. NUL must not: tokens with NUL are refused anyway.
    fn takes(&mut self, octet: u8) -> bool {
        let Some(place) = self.octets.get_mut(self.len) else { return false };
        *place = octet;
        self.len = self.len.saturating_add(1);
        match core::str::from_utf8(self.octets.get(..self.len).unwrap_or_default()) {
            Ok(_) => self.len = 0,
            Err(fault) if fault.error_len().is_none() => {}
            Err(_) => return false,
        }
        octet != 0
    }
}

/// Whether a character is seen by nobody who reads the list: spaces beyond ASCII, what joins, what turns the direction.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{80}'..='\u{a0}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{1680}'
            | '\u{180e}'
            | '\u{2000}'..='\u{200f}'
            | '\u{2028}'..='\u{202f}'
            | '\u{205f}'..='\u{206f}'
            | '\u{3000}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}
