//! Why a revocation list is refused.

use crate::ground::reasons::reasons;

/// Why a list is refused, and at which line. The list in force stays in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevocationListError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub fault: RevocationFault,
}

reasons! {
    [phrase]
    /// What is wrong with a line of a revocation list.
    pub enum RevocationFault {
        /// A file has none that could not be written.
        8301 NoLine "no_line"
            "The list has no line; a comment says that nothing is revoked."
        8302 TooLong "too_long"
            "The list is longer than " MAX_REVOCATION_LIST_LEN " bytes."
        8303 NotUtf8 "not_utf8"
            "Not UTF-8."
        8304 LineNotEnded "line_not_ended"
            "The last line has no end: the list was cut off."
        8305 ControlCharacter "control_character"
            "A control character; lines end with a line feed alone."
        8306 UnknownKind "unknown_kind"
            "A line begins with jti, digest, client, subject, kid, issued-before or entries."
        8307 FieldCount "field_count"
            "Too many fields or too few; a space inside a field is written %20."
        8308 EmptyField "empty_field"
            "A field is empty: fields have one space between them and none around."
        /// NUL must not be escaped, either.
        8309 EscapeMalformed "escape_malformed"
            "A percent sign stands before two hexadecimal digits, and not for part of a character."
        8310 DigestMalformed "digest_malformed"
            "A digest has 64 hexadecimal digits in lower case."
        /// It has at most 18 digits.
        8311 SecondsMalformed "seconds_malformed"
            "A time is a whole number of seconds since 1970."
        8312 OutOfBuckets "out_of_buckets"
            "More entries than memory was lent for."
        /// Such as a byte order mark or a no-break space.
        8313 InvisibleCharacter "invisible_character"
            "A character that nobody sees; where it is meant it is escaped."
        8314 Quoted "quoted"
            "Values have no quotation marks around them; one that is meant is escaped."
        8315 CountMalformed "count_malformed"
            "The number of entries has at most 18 digits, and nothing else."
        /// The list was cut off, or put together.
        8316 WrongCount {
            /// The number that the line says.
            said: u64,
            /// Lines before it that are entries.
            found: u64,
        } "wrong_count"
            "The last line says another number of entries than stand before it."
            => { said, found } "{said} entries are said to stand before this line, and {found} do"
        8317 BehindCount "behind_count"
            "Something stands behind the number of entries, which is the last line."
        /// Answered only where a number of entries was asked for.
        8318 NotCounted "not_counted"
            "The last line does not say how many entries there are: the list may be cut off."
    }
}

impl core::fmt::Display for RevocationListError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "line {}: {}", self.line, self.fault)
    }
}

impl core::error::Error for RevocationListError {}
