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
    /// A percent sign is not followed by two hexadecimal digits, or they stand for none of the octets 01 to 7F.
    EscapeMalformed,
    /// A digest is not 64 hexadecimal digits in lower case.
    DigestMalformed,
    /// A time is not a whole number of seconds of at most 18 digits.
    SecondsMalformed,
    /// More entries than buckets were lent for.
    OutOfBuckets,
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
});

impl core::fmt::Display for RevocationFault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NoLine => "the list has no line; a comment says that nothing is revoked",
            Self::TooLong => "the list is longer than 1073741824 bytes",
            Self::NotUtf8 => "not UTF-8",
            Self::LineNotEnded => "the last line has no end: the list was cut off",
            Self::ControlCharacter => "a control character; lines end with a line feed alone",
            Self::UnknownKind => "an entry begins with jti, digest, client, subject, kid or issued-before",
            Self::FieldCount => "too many fields or too few; a space inside a field is written %20",
            Self::EmptyField => "a field is empty: fields have one space between them and none around",
            Self::EscapeMalformed => "a percent sign stands before two hexadecimal digits, 01 to 7F",
            Self::DigestMalformed => "a digest has 64 hexadecimal digits in lower case",
            Self::SecondsMalformed => "a time is a whole number of seconds since 1970",
            Self::OutOfBuckets => "more entries than memory was lent for",
        })
    }
}

impl core::fmt::Display for RevocationListError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "line {}: {}", self.line, self.fault)
    }
}

impl core::error::Error for RevocationListError {}
