//! One line of a revocation list.

use super::{fault::RevocationFault, field::Field};
use crate::{UnixSeconds, ground::invisible::is_invisible};

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

/// What one line says.
pub(super) enum Line<'t> {
    /// Nothing: it is empty, or a comment.
    Nothing,
    Entry(Entry<'t>),
    /// How many lines before it are entries, and that it is the last one.
    Count(u64),
}

/// An entry, borrowed from its line. What a kind does not have is empty.
#[derive(Clone, Copy)]
pub(super) struct Entry<'t> {
    pub(super) kind: Kind,
    pub(super) issuer: Field<'t>,
    pub(super) id: Field<'t>,
    pub(super) before: UnixSeconds,
}

impl<'t> Line<'t> {
    /// Reads a line without its end. The whole list is UTF-8.
    pub(super) fn read(line: &'t [u8]) -> Result<Self, RevocationFault> {
        if line.iter().any(|byte| byte.is_ascii_control()) {
            return Err(RevocationFault::ControlCharacter);
        }
        if line.is_empty() || line.first() == Some(&b'#') {
            return Ok(Self::Nothing);
        }
        if !line.is_ascii() && core::str::from_utf8(line).is_ok_and(|line| line.chars().any(is_invisible)) {
            return Err(RevocationFault::InvisibleCharacter);
        }
        let mut fields = line.split(|byte| *byte == b' ');
        let mut next = || fields.next().ok_or(RevocationFault::FieldCount);
        let mut entry =
            Entry { kind: Kind::Client, issuer: Field::NONE, id: Field::NONE, before: UnixSeconds(0) };
        let mut count = None;
        match next()? {
            b"entries" => count = Some(number(next()?, RevocationFault::CountMalformed)?.unsigned_abs()),
            b"digest" => {
                entry.kind = Kind::Digest;
                entry.id = Field::digest(next()?)?;
            }
            b"client" => entry.id = Field::read(next()?)?,
            b"issued-before" => {
                entry.before = UnixSeconds(number(next()?, RevocationFault::SecondsMalformed)?);
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
            None => Ok(count.map_or(Self::Entry(entry), Self::Count)),
            Some(b"") => Err(RevocationFault::EmptyField),
            Some(_) => Err(RevocationFault::FieldCount),
        }
    }
}

impl Entry<'_> {
    /// Whether it names this, byte for byte.
    pub(super) fn names(&self, kind: Kind, issuer: &[u8], id: &[u8]) -> bool {
        self.kind == kind && self.issuer.equals(issuer) && self.id.equals(id)
    }
}

/// A whole number of at most 18 digits, none of them a zero in front; `fault` for what is none.
fn number(digits: &[u8], fault: RevocationFault) -> Result<i64, RevocationFault> {
    let lawful = match digits {
        [] => return Err(RevocationFault::EmptyField),
        [b'0'] => true,
        [b'0', ..] => false,
        digits => digits.len() <= 18 && digits.iter().all(u8::is_ascii_digit),
    };
    if !lawful {
        return Err(fault);
    }
    // Eighteen digits stay below 2^63.
    let add =
        |value: i64, digit: &u8| value.saturating_mul(10).saturating_add(i64::from(digit.wrapping_sub(b'0')));
    Ok(digits.iter().fold(0, add))
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
            ("client %e2%82", RevocationFault::EscapeMalformed),
            ("client %e2%82a%ac", RevocationFault::EscapeMalformed),
            ("client %e2%41", RevocationFault::EscapeMalformed),
            ("client %ed%a0%80", RevocationFault::EscapeMalformed),
            ("client \"a\"", RevocationFault::Quoted),
            ("jti 'i' j", RevocationFault::Quoted),
            ("\u{feff}client a", RevocationFault::InvisibleCharacter),
            ("\u{feff}# a", RevocationFault::InvisibleCharacter),
            ("client\u{a0}a", RevocationFault::InvisibleCharacter),
            ("client a\u{200b}", RevocationFault::InvisibleCharacter),
            ("subject https://a\u{2009}b c", RevocationFault::InvisibleCharacter),
            ("digest 0g", RevocationFault::DigestMalformed),
            ("issued-before 01 client a", RevocationFault::SecondsMalformed),
            ("issued-before -1 client a", RevocationFault::SecondsMalformed),
            ("issued-before 1.5 client a", RevocationFault::SecondsMalformed),
            ("issued-before 1234567890123456789 client a", RevocationFault::SecondsMalformed),
            ("entries", RevocationFault::FieldCount),
            ("entries ", RevocationFault::EmptyField),
            ("entries 1 2", RevocationFault::FieldCount),
            ("entries 1 ", RevocationFault::EmptyField),
            ("entries 01", RevocationFault::CountMalformed),
            ("entries -1", RevocationFault::CountMalformed),
            ("entries 1,000", RevocationFault::CountMalformed),
            ("entries many", RevocationFault::CountMalformed),
            ("Entries 1", RevocationFault::UnknownKind),
        ] {
            assert_eq!(Line::read(line.as_bytes()).err(), Some(fault), "{line:?}");
        }
        let digest = "0123456789abcdef".repeat(4);
        for (text, lawful) in [(digest.clone(), true), (digest.to_uppercase(), false), (digest + "0", false)]
        {
            assert_eq!(Line::read(std::format!("digest {text}").as_bytes()).is_ok(), lawful, "{text}");
        }
    }

    #[test]
    fn values_are_compared_with_escapes_resolved() {
        let entry = |line: &'static str| match Line::read(line.as_bytes()) {
            Ok(Line::Entry(entry)) => entry,
            _ => panic!("{line}"),
        };
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
        assert!(entry("client %e2%82%Ac%f0%9f%99%82%20").names(
            Kind::Client,
            b"",
            "\u{20ac}\u{1f642} ".as_bytes()
        ));
        for nothing in ["", "#client a", "#\u{a0}entries 1"] {
            assert!(matches!(Line::read(nothing.as_bytes()), Ok(Line::Nothing)), "{nothing}");
        }
        assert!(matches!(
            Line::read(b"entries 999999999999999999"),
            Ok(Line::Count(999_999_999_999_999_999))
        ));
    }
}
