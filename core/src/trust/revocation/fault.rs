//! Why a revocation list is refused.

use crate::ground::load_code::numbered;

/// Why a list is refused, and at which line. The list in force stays in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevocationListError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub fault: RevocationFault,
}

/// What is wrong with a line of a revocation list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RevocationFault {
    /// The list has no line, as a file has that could not be written. A comment is enough to say that nothing is
    /// revoked.
    NoLine,
    /// The list is longer than [`MAX_REVOCATION_LIST_LEN`](crate::limits::MAX_REVOCATION_LIST_LEN) bytes.
    TooLong,
    /// The line is not UTF-8.
    NotUtf8,
    /// The last line does not end: the list was cut off.
    LineNotEnded,
    /// The line holds a control character other than its end.
    ControlCharacter,
    /// The line begins with none of the words that entries begin with.
    UnknownKind,
    /// The line has more or fewer fields than its kind of entry.
    FieldCount,
    /// A field is empty: two spaces, or one at an end of the line.
    EmptyField,
    /// A percent sign is not followed by two hexadecimal digits, or they stand for NUL or for part of a character.
    EscapeMalformed,
    /// A digest is not 64 hexadecimal digits in lower case.
    DigestMalformed,
    /// A time is not a whole number of seconds of at most 18 digits.
    SecondsMalformed,
    /// More entries than buckets were lent for.
    OutOfBuckets,
    /// The line holds a character that nobody sees, such as a byte order mark or a no-break space. Where it is meant it
    /// is escaped.
    InvisibleCharacter,
    /// A value begins with a quotation mark. Where it is meant it is escaped.
    Quoted,
    /// The number of entries is not a whole number of at most 18 digits.
    CountMalformed,
    /// The last line says another number of entries than there are before it: the list was cut off, or put together.
    WrongCount {
        /// The number that the line says.
        said: u64,
        /// Lines before it that are entries.
        found: u64,
    },
    /// Something stands behind the line that says how many entries there are, which is the last one.
    BehindCount,
    /// The list does not say how many entries it has, and that was asked for: it may have been cut off.
    NotCounted,
}

// Beside the numbers of what else can go wrong at load.
numbered!(RevocationFault {
    8301 Self::NoLine => "no_line",
    8302 Self::TooLong => "too_long",
    8303 Self::NotUtf8 => "not_utf8",
    8304 Self::LineNotEnded => "line_not_ended",
    8305 Self::ControlCharacter => "control_character",
    8306 Self::UnknownKind => "unknown_kind",
    8307 Self::FieldCount => "field_count",
    8308 Self::EmptyField => "empty_field",
    8309 Self::EscapeMalformed => "escape_malformed",
    8310 Self::DigestMalformed => "digest_malformed",
    8311 Self::SecondsMalformed => "seconds_malformed",
    8312 Self::OutOfBuckets => "out_of_buckets",
    8313 Self::InvisibleCharacter => "invisible_character",
    8314 Self::Quoted => "quoted",
    8315 Self::CountMalformed => "count_malformed",
    8316 Self::WrongCount { .. } => "wrong_count",
    8317 Self::BehindCount => "behind_count",
    8318 Self::NotCounted => "not_counted",
});

impl core::fmt::Display for RevocationFault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NoLine => "the list has no line; a comment says that nothing is revoked",
            Self::TooLong => "the list is longer than 1073741824 bytes",
            Self::NotUtf8 => "not UTF-8",
            Self::LineNotEnded => "the last line has no end: the list was cut off",
            Self::ControlCharacter => "a control character; lines end with a line feed alone",
            Self::UnknownKind => {
                "a line begins with jti, digest, client, subject, kid, issued-before or entries"
            }
            Self::FieldCount => "too many fields or too few; a space inside a field is written %20",
            Self::EmptyField => "a field is empty: fields have one space between them and none around",
            Self::EscapeMalformed => {
                "a percent sign stands before two hexadecimal digits, and not for part of a character"
            }
            Self::DigestMalformed => "a digest has 64 hexadecimal digits in lower case",
            Self::SecondsMalformed => "a time is a whole number of seconds since 1970",
            Self::OutOfBuckets => "more entries than memory was lent for",
            Self::InvisibleCharacter => "a character that nobody sees; where it is meant it is escaped",
            Self::Quoted => "values have no quotation marks around them; one that is meant is escaped",
            Self::CountMalformed => "the number of entries has at most 18 digits, and nothing else",
            Self::WrongCount { said, found } => {
                return write!(f, "{said} entries are said to stand before this line, and {found} do");
            }
            Self::BehindCount => "something stands behind the number of entries, which is the last line",
            Self::NotCounted => {
                "the last line does not say how many entries there are: the list may be cut off"
            }
        })
    }
}

impl core::fmt::Display for RevocationListError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "line {}: {}", self.line, self.fault)
    }
}

impl core::error::Error for RevocationListError {}
