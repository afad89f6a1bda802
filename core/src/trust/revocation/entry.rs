//! One line of a revocation list.

use super::{fault::RevocationFault, index::Hash};
use crate::UnixSeconds;

/// What an entry names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Digest,
    TokenId,
    Client,
    Subject,
    Key,
    IssuerBefore,
    ClientBefore,
}

impl Kind {
    pub(super) fn bit(self) -> u8 {
        1 << self.number()
    }

    pub(super) fn number(self) -> u8 {
        match self {
            Self::Digest => 0,
            Self::TokenId => 1,
            Self::Client => 2,
            Self::Subject => 3,
            Self::Key => 4,
            Self::IssuerBefore => 5,
            Self::ClientBefore => 6,
        }
    }
}

/// An entry, borrowed from its line. What a kind does not have is empty.
#[derive(Clone, Copy)]
pub(super) struct Entry<'t> {
    pub(super) kind: Kind,
    pub(super) issuer: Field<'t>,
    pub(super) id: Field<'t>,
    pub(super) before: UnixSeconds,
}

impl<'t> Entry<'t> {
    /// Reads a line without its end; `None` for one that says nothing.
    pub(super) fn read(line: &'t [u8]) -> Result<Option<Self>, RevocationFault> {
        if line.iter().any(|octet| octet.is_ascii_control()) {
            return Err(RevocationFault::ControlCharacter);
        }
        if line.is_empty() || line.first() == Some(&b'#') {
            return Ok(None);
        }
        let mut fields = line.split(|octet| *octet == b' ');
        let mut next = || fields.next().ok_or(RevocationFault::FieldCount);
        let none = Field { raw: b"" };
        let mut entry = Self { kind: Kind::Client, issuer: none, id: none, before: UnixSeconds(0) };
        match next()? {
            b"digest" => {
                entry.kind = Kind::Digest;
                entry.id = Field::digest(next()?)?;
            }
            b"client" => entry.id = Field::read(next()?)?,
            b"issued-before" => {
                entry.before = seconds(next()?)?;
                match next()? {
                    b"issuer" => {
                        entry.kind = Kind::IssuerBefore;
                        entry.issuer = Field::read(next()?)?;
                    }
                    b"client" => {
                        entry.kind = Kind::ClientBefore;
                        entry.id = Field::read(next()?)?;
                    }
                    b"" => return Err(RevocationFault::EmptyField),
                    _ => return Err(RevocationFault::UnknownKind),
                }
            }
            word => {
                entry.kind = match word {
                    b"jti" => Kind::TokenId,
                    b"subject" => Kind::Subject,
                    b"kid" => Kind::Key,
                    b"" => return Err(RevocationFault::EmptyField),
                    _ => return Err(RevocationFault::UnknownKind),
                };
                entry.issuer = Field::read(next()?)?;
                entry.id = Field::read(next()?)?;
            }
        }
        match fields.next() {
            None => Ok(Some(entry)),
            Some(b"") => Err(RevocationFault::EmptyField),
            Some(_) => Err(RevocationFault::FieldCount),
        }
    }

    /// Whether it names this, octet for octet.
    pub(super) fn names(&self, kind: Kind, issuer: &[u8], id: &[u8]) -> bool {
        self.kind == kind && self.issuer.equals(issuer) && self.id.equals(id)
    }
}

/// A value as it stands in the line, its escapes lawful and not resolved.
#[derive(Clone, Copy)]
pub(super) struct Field<'t> {
    raw: &'t [u8],
}

impl<'t> Field<'t> {
    fn read(raw: &'t [u8]) -> Result<Self, RevocationFault> {
        if raw.is_empty() {
            return Err(RevocationFault::EmptyField);
        }
        // A list has few escapes: what stands between them is not looked at.
        for behind in raw.split(|octet| *octet == b'%').skip(1) {
            match escape(behind) {
                // Beyond ASCII an escape might stand for half a character. Tokens with NUL are refused anyway.
                Some((1..=0x7f, _)) => {}
                _ => return Err(RevocationFault::EscapeMalformed),
            }
        }
        Ok(Self { raw })
    }

    fn digest(raw: &'t [u8]) -> Result<Self, RevocationFault> {
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

    fn equals(&self, octets: &[u8]) -> bool {
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

fn seconds(digits: &[u8]) -> Result<UnixSeconds, RevocationFault> {
    let lawful = match digits {
        [] => return Err(RevocationFault::EmptyField),
        [b'0'] => true,
        [b'0', ..] => false,
        digits => digits.len() <= 18 && digits.iter().all(u8::is_ascii_digit),
    };
    if !lawful {
        return Err(RevocationFault::SecondsMalformed);
    }
    // Eighteen digits stay below 2^63.
    let add =
        |value: i64, digit: &u8| value.saturating_mul(10).saturating_add(i64::from(digit.wrapping_sub(b'0')));
    Ok(UnixSeconds(digits.iter().fold(0, add)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_of_a_line() {
        for (line, fault) in [
            ("clients a", RevocationFault::UnknownKind),
            ("CLIENT a", RevocationFault::UnknownKind),
            ("issued-before 1 subject a", RevocationFault::UnknownKind),
            (" client a", RevocationFault::EmptyField),
            ("client ", RevocationFault::EmptyField),
            ("client  a", RevocationFault::EmptyField),
            ("client a ", RevocationFault::EmptyField),
            ("issued-before 1  a", RevocationFault::EmptyField),
            ("issued-before  client a", RevocationFault::EmptyField),
            ("client", RevocationFault::FieldCount),
            ("client a b", RevocationFault::FieldCount),
            ("client a # leaked", RevocationFault::FieldCount),
            ("jti a", RevocationFault::FieldCount),
            ("subject a b c", RevocationFault::FieldCount),
            ("issued-before 1 client", RevocationFault::FieldCount),
            ("client a\tb", RevocationFault::ControlCharacter),
            ("client a\r", RevocationFault::ControlCharacter),
            ("# a\u{0}", RevocationFault::ControlCharacter),
            ("client a%", RevocationFault::EscapeMalformed),
            ("client a%2", RevocationFault::EscapeMalformed),
            ("client a%2g", RevocationFault::EscapeMalformed),
            ("client a%+2", RevocationFault::EscapeMalformed),
            ("client a%00", RevocationFault::EscapeMalformed),
            ("client a%80", RevocationFault::EscapeMalformed),
            ("jti https://a/%zz b", RevocationFault::EscapeMalformed),
            ("digest 0g", RevocationFault::DigestMalformed),
            ("issued-before 01 client a", RevocationFault::SecondsMalformed),
            ("issued-before -1 client a", RevocationFault::SecondsMalformed),
            ("issued-before 1.5 client a", RevocationFault::SecondsMalformed),
            ("issued-before 1234567890123456789 client a", RevocationFault::SecondsMalformed),
        ] {
            assert_eq!(Entry::read(line.as_bytes()).err(), Some(fault), "{line:?}");
        }
        let digest = "0123456789abcdef".repeat(4);
        for (text, lawful) in [(digest.clone(), true), (digest.to_uppercase(), false), (digest + "0", false)]
        {
            assert_eq!(Entry::read(std::format!("digest {text}").as_bytes()).is_ok(), lawful, "{text}");
        }
    }

    #[test]
    fn values_are_compared_with_escapes_resolved() {
        let entry = |line: &'static str| Entry::read(line.as_bytes()).unwrap().unwrap();
        assert!(entry("client a%20b%25").names(Kind::Client, b"", b"a b%"));
        assert!(entry("client %41").names(Kind::Client, b"", b"A"));
        assert!(entry("client %7e%7E").names(Kind::Client, b"", b"~~"));
        assert!(entry("client #1").names(Kind::Client, b"", b"#1"));
        assert!(entry("jti i j").names(Kind::TokenId, b"i", b"j"));
        for (kind, issuer, id) in [
            (Kind::Subject, "i", "j"),
            (Kind::TokenId, "j", "i"),
            (Kind::TokenId, "i", "j "),
            (Kind::TokenId, "i", ""),
            (Kind::TokenId, "", "j"),
            (Kind::TokenId, "i/", "j"),
            (Kind::TokenId, "I", "j"),
        ] {
            assert!(!entry("jti i j").names(kind, issuer.as_bytes(), id.as_bytes()));
        }
        assert_eq!(entry("issued-before 999999999999999999 client a").before.0, 999_999_999_999_999_999);
        assert!(Entry::read(b"").unwrap().is_none() && Entry::read(b"#client a").unwrap().is_none());
    }
}
