//! Tables of reasons: a row has a number, the variant's name, its name in snake case, and one sentence.
//!
//! An enumeration, its numbers, names, sentences and documentation, and the statuses of the C header all come from the
//! row, so that they cannot contradict each other.

use core::fmt::{Formatter, Result, Write};

/// Declares an enumeration of reasons by its table. Numbers are only ever added, and never given to another reason.
///
/// In front stands the function that `Display` calls: [`phrase`] or [`numbered`]. A row is
/// `number Variant "snake_case" "A sentence."`, by rising number. Where a sentence has a limit in it, the limit's name
/// stands between two texts: `"More than " MAX_KEYS " keys."`. A variant with fields ends in `=> (fields) "message"`,
/// which is what `Display` writes instead. Documentation in front of a row is added to the sentence.
///
/// Behind the rows and a semicolon, one variant may stand for all reasons of another crate's type.
macro_rules! reasons {
    (
        [$show:ident]
        $(#[$attribute:meta])*
        pub enum $Reason:ident {
            $(
                $(#[$note:meta])*
                $code:literal $Variant:ident $(($Field:ty))? $({$($member:tt)*})? $(= $discriminant:literal)?
                $name:literal $sentence:literal $($limit:ident $rest:literal)* $(=> $fields:tt $message:literal)?
            )*
            $(
                ; $(#[$other_doc:meta])*
                $Other:ident($Foreign:ident) { $($other_code:literal $OtherVariant:ident $other_name:literal)* }
            )?
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $Reason {
            $(
                #[doc = concat!(
                    $sentence, $("[`", stringify!($limit), "`](crate::limits::", stringify!($limit), ")", $rest,)*
                )]
                $(#[doc = ""] #[$note])*
                $Variant $(($Field))? $({$($member)*})? $(= $discriminant)?,
            )*
            $($(#[$other_doc])* $Other($Foreign),)?
        }

        impl $Reason {
            /// Number, name and sentence of every reason, by number.
            pub const TABLE: &'static [(u16, &'static str, &'static str)] = &[
                $(($code, $name, $crate::ground::reasons::sentence!($sentence $($limit $rest)*)),)*
                $($(($other_code, $other_name, $Foreign::$OtherVariant.sentence()),)*)?
            ];

            /// Name and sentence of the reason that has this number, for hosts that keep numbers alone: smaller than a
            /// search in the table, whose pointers a loader has to relocate.
            #[must_use]
            pub const fn described(code: u16) -> Option<(&'static str, &'static str)> {
                match code {
                    $($code => Some(($name, $crate::ground::reasons::sentence!($sentence $($limit $rest)*))),)*
                    $($($other_code => Some(($other_name, $Foreign::$OtherVariant.sentence())),)*)?
                    _ => None,
                }
            }

            /// The names of the variants, in the order of the table.
            #[cfg(test)]
            pub(crate) const VARIANTS: &'static [&'static str] =
                &[$(stringify!($Variant),)* $($(stringify!($OtherVariant),)*)?];

            /// The number, four digits.
            #[must_use]
            pub const fn code(self) -> u16 {
                match self {
                    $(Self::$Variant { .. } => $code,)*
                    $($(Self::$Other($Foreign::$OtherVariant) => $other_code,)*)?
                }
            }

            /// The name in snake case, for logs and metrics.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$Variant { .. } => $name,)*
                    $($(Self::$Other($Foreign::$OtherVariant) => $other_name,)*)?
                }
            }

            /// One sentence for a person: printable ASCII without quotation marks or backslashes.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self {
                    $(Self::$Variant { .. } => $crate::ground::reasons::sentence!($sentence $($limit $rest)*),)*
                    $(Self::$Other(other) => other.sentence(),)?
                }
            }
        }

        impl core::fmt::Display for $Reason {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match *self {
                    $($(Self::$Variant $fields => write!(f, $message),)?)*
                    reason => $crate::ground::reasons::$show(
                        (reason.code(), reason.name(), reason.sentence()),
                        f,
                    ),
                }
            }
        }

        impl core::error::Error for $Reason {}
    };
}

/// A sentence with the limits in it as numbers, put together when the program is compiled.
macro_rules! sentence {
    ($sentence:literal) => { $sentence };
    ($first:literal $($limit:ident $rest:literal)+) => {{
        use $crate::ground::reasons::{Piece, join, joined_len};
        const PIECES: &[Piece] =
            &[Piece::Text($first), $(Piece::Number($crate::limits::$limit), Piece::Text($rest),)+];
        const JOINED: [u8; joined_len(PIECES)] = join(PIECES);
        const SENTENCE: &str = match core::str::from_utf8(&JOINED) {
            Ok(sentence) => sentence,
            Err(_) => unreachable!(),
        };
        SENTENCE
    }};
}

pub(crate) use {reasons, sentence};

/// Writes the sentence as part of a longer message: `keys.json: the key set is not UTF-8`.
pub(crate) fn phrase((_, _, sentence): (u16, &str, &str), f: &mut Formatter<'_>) -> Result {
    let mut rest = sentence.strip_suffix('.').unwrap_or(sentence).chars();
    if let Some(first) = rest.next() {
        f.write_char(first.to_ascii_lowercase())?;
    }
    f.write_str(rest.as_str())
}

/// Writes all of a row: `4001 expired: The token expired.`
pub(crate) fn numbered((code, name, sentence): (u16, &str, &str), f: &mut Formatter<'_>) -> Result {
    write!(f, "{code} {name}: {sentence}")
}

/// A part of a sentence.
pub(crate) enum Piece {
    Text(&'static str),
    Number(usize),
}

impl Piece {
    const fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Number(number) => {
                let (mut digits, mut rest) = (1_usize, *number / 10);
                while rest > 0 {
                    (digits, rest) = (digits.wrapping_add(1), rest / 10);
                }
                digits
            }
        }
    }

    /// Fills `place`, which has the length of the piece.
    const fn write(&self, place: &mut [u8]) {
        match self {
            Self::Text(text) => place.copy_from_slice(text.as_bytes()),
            Self::Number(number) => {
                let (mut number, mut rest) = (*number, place);
                while let [front @ .., digit] = rest {
                    let [low, ..] = (number % 10).to_le_bytes();
                    (*digit, number) = (b'0'.wrapping_add(low), number / 10);
                    rest = front;
                }
            }
        }
    }
}

/// Bytes of the joined pieces.
pub(crate) const fn joined_len(pieces: &[Piece]) -> usize {
    let (mut len, mut rest) = (0_usize, pieces);
    while let [piece, others @ ..] = rest {
        (len, rest) = (len.wrapping_add(piece.len()), others);
    }
    len
}

/// Joins the pieces, whose [`joined_len`] is `LEN`.
pub(crate) const fn join<const LEN: usize>(pieces: &[Piece]) -> [u8; LEN] {
    let mut joined = [0; LEN];
    let (mut room, mut rest): (&mut [u8], _) = (&mut joined, pieces);
    while let [piece, others @ ..] = rest
        && let Some((place, behind)) = room.split_at_mut_checked(piece.len())
    {
        piece.write(place);
        (room, rest) = (behind, others);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::{Piece, join, joined_len};
    use crate::{Denied, KeyFault, LoadError, PolicyError, RevocationFault, SkipReason, StatusListError};
    use std::{
        collections::BTreeSet,
        format,
        string::{String, ToString},
    };

    const TABLES: [&[(u16, &str, &str)]; 6] = [
        Denied::TABLE,
        LoadError::TABLE,
        SkipReason::TABLE,
        PolicyError::TABLE,
        RevocationFault::TABLE,
        StatusListError::TABLE,
    ];

    #[test]
    fn numbers_rise() {
        for pair in TABLES.concat().windows(2) {
            assert!(pair[0].0 < pair[1].0, "{pair:?}");
        }
    }

    #[test]
    fn names_and_sentences_are_unique_in_their_table() {
        for table in TABLES {
            let names: BTreeSet<&str> = table.iter().map(|(_, name, _)| *name).collect();
            let sentences: BTreeSet<&str> = table.iter().map(|(_, _, sentence)| *sentence).collect();
            assert_eq!([names.len(), sentences.len()], [table.len(); 2], "{table:?}");
        }
    }

    #[test]
    fn names_are_those_of_the_variants_in_snake_case() {
        let variants = [
            Denied::VARIANTS,
            LoadError::VARIANTS,
            SkipReason::VARIANTS,
            PolicyError::VARIANTS,
            RevocationFault::VARIANTS,
            StatusListError::VARIANTS,
        ];
        for ((_, name, _), variant) in TABLES.concat().iter().zip(variants.concat()) {
            let mut snake = String::new();
            for (at, letter) in variant.char_indices() {
                if at > 0 && letter.is_ascii_uppercase() {
                    snake.push('_');
                }
                snake.push(letter.to_ascii_lowercase());
            }
            assert_eq!(*name, snake);
        }
    }

    /// They stand in challenges (RFC 6750, section 3), in logs, and in comments of the C header.
    #[test]
    fn sentences_are_sentences_of_plain_characters() {
        for (code, _, sentence) in TABLES.concat() {
            assert!(sentence.bytes().all(|b| matches!(b, 0x20..=0x21 | 0x23..=0x5b | 0x5d..=0x7e)), "{code}");
            assert!(sentence.len() > 5 && sentence.ends_with('.') && !sentence.contains("*/"), "{code}");
        }
    }

    #[test]
    fn the_list_of_all_is_that_of_the_table() {
        let rows = Denied::ALL.iter().map(|denied| (denied.code(), denied.name(), denied.sentence()));
        assert!(rows.eq(Denied::TABLE.iter().copied()));
    }

    #[test]
    fn numbers_lead_to_their_rows() {
        let of_any = |code| {
            let described = [
                Denied::described,
                LoadError::described,
                SkipReason::described,
                PolicyError::described,
                RevocationFault::described,
                StatusListError::described,
            ];
            described.map(|described| described(code)).into_iter().flatten().next()
        };
        for code in 0..=u16::MAX {
            let row = TABLES.iter().copied().flatten().find(|row| row.0 == code);
            assert_eq!(of_any(code), row.map(|(_, name, sentence)| (*name, *sentence)), "{code}");
        }
    }

    #[test]
    fn messages_are_sentences_within_others_or_say_what_was_found() {
        let roca = "the modulus comes from a generator whose keys can be factored (ROCA, CVE-2017-15361)";
        for (message, expected) in [
            (Denied::Expired.to_string(), "4001 expired: The token expired."),
            (LoadError::NotUtf8.to_string(), "the key set is not UTF-8"),
            (LoadError::KeySetTooLong.to_string(), "the key set is longer than 262144 bytes"),
            (LoadError::NotJson(7).to_string(), "the key set is not JSON (at byte 7)"),
            (SkipReason::Symmetric.to_string(), "a symmetric key has no place among public keys"),
            (SkipReason::NotForSignatures.to_string(), "use is not sig"),
            (SkipReason::Fault(KeyFault::ModulusRoca).to_string(), roca),
            (
                RevocationFault::WrongCount { said: 3, found: 2 }.to_string(),
                "3 entries are said to stand before this line, and 2 do",
            ),
            (
                StatusListError::TooManyBlocks.to_string(),
                "lst has more than 64 blocks and one for each 640 bytes that it inflates to",
            ),
        ] {
            assert_eq!(message, expected);
        }
    }

    #[test]
    fn numbers_in_sentences() {
        const PIECES: &[Piece] = &[Piece::Number(0), Piece::Text(" to "), Piece::Number(usize::MAX)];
        assert_eq!(join::<{ joined_len(PIECES) }>(PIECES), *format!("0 to {}", usize::MAX).as_bytes());
    }
}
