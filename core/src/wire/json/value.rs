//! Values whose grammar was checked when they were read; looking into them cannot fail.

use super::{JsonError, Number, Str, cursor::Cursor};
use crate::{ground::fingerprint::NameSet, limits::MAX_INNER_MEMBERS};

/// One JSON value, borrowed from the text.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(Number<'a>),
    /// A string, escapes not resolved.
    String(Str<'a>),
    /// An array.
    Array(Array<'a>),
    /// An object.
    Object(Object<'a>),
}

impl<'a> Value<'a> {
    pub(super) fn array(text: &'a str) -> Self {
        Self::Array(Array { text })
    }

    pub(super) fn object(text: &'a str) -> Self {
        Self::Object(Object { text })
    }

    /// Reads a whole document of any kind: grammar, UTF-8 and limits, not duplicate names inside.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn read(text: &'a [u8]) -> Result<Self, JsonError> {
        let mut cursor = Cursor::new(core::str::from_utf8(text).map_err(|_| JsonError::NotUtf8)?);
        cursor.space();
        let value = cursor.value(0)?;
        cursor.end()?;
        Ok(value)
    }

    /// The string, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<Str<'a>> {
        if let Self::String(string) = self { Some(*string) } else { None }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<Number<'a>> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// The array, if it is one.
    #[must_use]
    pub fn as_array(&self) -> Option<Array<'a>> {
        if let Self::Array(array) = self { Some(*array) } else { None }
    }

    /// The object, if it is one.
    #[must_use]
    pub fn as_object(&self) -> Option<Object<'a>> {
        if let Self::Object(object) = self { Some(*object) } else { None }
    }
}

/// An array; its text from bracket to bracket.
#[derive(Clone, Copy)]
pub struct Array<'a> {
    text: &'a str,
}

impl<'a> Array<'a> {
    pub(crate) fn of_checked(text: &'a str) -> Self {
        Self { text }
    }

    /// The values, in order.
    #[must_use]
    pub fn items(&self) -> Items<'a> {
        Items { cursor: Inside::open(self.text, '[') }
    }

    /// The text, brackets included.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }
}

/// An object; its text from brace to brace.
#[derive(Clone, Copy)]
pub struct Object<'a> {
    text: &'a str,
}

impl<'a> Object<'a> {
    pub(crate) fn of_checked(text: &'a str) -> Self {
        Self { text }
    }

    /// The members as they stand there, in order: two of one name are two. Whoever looks for a name asks [`get`](Self::get).
    #[must_use]
    pub fn members(&self) -> MemberIter<'a> {
        MemberIter { cursor: Inside::open(self.text, '{') }
    }

    /// The value of the member of this name.
    ///
    /// # Errors
    /// [`JsonError::DuplicateMember`] when any name stands twice in the object, [`JsonError::TooManyMembers`] when it has
    /// more than [`MAX_INNER_MEMBERS`].
    pub fn get(&self, name: &str) -> Result<Option<Value<'a>>, JsonError> {
        self.find(|member| member == *name)
    }

    /// The same by what `is_it` says of a name.
    pub(crate) fn find(&self, is_it: impl Fn(Str<'a>) -> bool) -> Result<Option<Value<'a>>, JsonError> {
        let mut memory = [0; MAX_INNER_MEMBERS];
        let mut names = NameSet::new(&mut memory);
        let mut found = None;
        for (member, value) in self.members() {
            names.add(member.fingerprint())?;
            if is_it(member) {
                found = Some(value);
            }
        }
        names.finish()?;
        Ok(found)
    }

    /// The same for an object in which no name stands twice, because [`Members`](super::Members) read it.
    pub(crate) fn first(&self, name: &str) -> Option<Value<'a>> {
        self.members().find_map(|(member, value)| (member == *name).then_some(value))
    }

    /// No name stands twice. Only objects that are looked into are checked: reading past one needs no memory.
    // By itself, so that the memory is free again when the members are visited.
    #[inline(never)]
    pub(super) fn check_names(&self) -> Result<(), JsonError> {
        self.get("").map(drop)
    }

    /// The text, braces included.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }
}

impl core::fmt::Debug for Array<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Array({} bytes)", self.text.len())
    }
}

impl core::fmt::Debug for Object<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Object({} bytes)", self.text.len())
    }
}

/// Behind the opening bracket; the text is known to be well formed, so an error can only mean its end.
#[derive(Clone)]
struct Inside<'a> {
    cursor: Cursor<'a>,
}

impl<'a> Inside<'a> {
    fn open(text: &'a str, bracket: char) -> Self {
        let mut cursor = Cursor::new(text);
        cursor.space();
        cursor.accept(bracket);
        cursor.space();
        Self { cursor }
    }

    fn value(&mut self) -> Option<Value<'a>> {
        let value = self.cursor.checked_value().ok()?;
        self.cursor.space();
        self.cursor.accept(',');
        self.cursor.space();
        Some(value)
    }
}

/// The values of an array.
#[derive(Clone)]
pub struct Items<'a> {
    cursor: Inside<'a>,
}

impl Items<'_> {
    /// Bytes that were not read yet.
    pub(crate) fn text_len(&self) -> usize {
        self.cursor.cursor.rest_len()
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.cursor.value()
    }
}

/// The members of an object.
#[derive(Clone)]
pub struct MemberIter<'a> {
    cursor: Inside<'a>,
}

impl<'a> Iterator for MemberIter<'a> {
    type Item = (Str<'a>, Value<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let name = self.cursor.cursor.name().ok()?;
        Some((name, self.cursor.value()?))
    }
}
