//! The strict JSON reader: the only one that sees what a stranger sends.
//!
//! RFC 8259 grammar and nothing else, UTF-8 only, no recursion, no float, no allocation. A document is read
//! once, member by member ([`Members`]); nested values come out as slices whose grammar was checked on the
//! way, so that looking into them later cannot fail. Strings keep their escapes until somebody asks.

mod cursor;
mod de;
mod members;
mod number;
mod string;
mod value;

use crate::ground::fingerprint::{AddError, Twice};
pub use de::DeError;
pub use members::Members;
pub use number::Number;
pub(crate) use number::OutOfRange;
pub use string::{Chars, Str};
pub use value::{Array, Items, MemberIter, Object, Value};

/// Why a text is not the JSON that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonError {
    /// Not UTF-8 (RFC 8259, section 8.1).
    NotUtf8,
    /// Not the grammar of RFC 8259; the byte at which the reader stopped.
    Syntax(usize),
    /// The document is not an object.
    NotObject,
    /// Nested deeper than [`MAX_DEPTH`](crate::limits::MAX_DEPTH).
    TooDeep,
    /// A number has more than [`MAX_DIGITS`](crate::limits::MAX_DIGITS) digits.
    NumberTooLong,
    /// A member name stands twice in the object, escapes resolved.
    DuplicateMember,
    /// More members than names were lent for, or than [`MAX_INNER_MEMBERS`](crate::limits::MAX_INNER_MEMBERS).
    TooManyMembers,
    /// A string that was asked for holds half of a surrogate pair.
    LoneSurrogate,
}

impl From<AddError> for JsonError {
    fn from(error: AddError) -> Self {
        match error {
            AddError::Twice => Self::DuplicateMember,
            AddError::Full => Self::TooManyMembers,
        }
    }
}

impl From<Twice> for JsonError {
    fn from(Twice: Twice) -> Self {
        Self::DuplicateMember
    }
}
