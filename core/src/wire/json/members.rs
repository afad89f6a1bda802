//! Reads a document that must be one object, member by member, once.

use super::{JsonError, Object, Str, Value, cursor::Cursor};
use crate::ground::fingerprint::{AddError, NameSet, Twice};

/// The members of an object that is being read. Strict to the end only when [`next`](Self::next) has
/// answered `None`: until then what came may still be followed by an error.
pub struct Members<'a, 'n> {
    text: &'a str,
    cursor: Cursor<'a>,
    names: Option<NameSet<'n>>,
    first: bool,
}

impl<'a, 'n> Members<'a, 'n> {
    /// Begins to read `text`. `names` bounds how many members the object may have.
    ///
    /// # Errors
    /// [`JsonError::NotUtf8`], [`JsonError::NotObject`], or [`JsonError::Syntax`] for an empty text.
    pub fn open(text: &'a [u8], names: &'n mut [u64]) -> Result<Self, JsonError> {
        let text = core::str::from_utf8(text).map_err(|_| JsonError::NotUtf8)?;
        let mut cursor = Cursor::new(text);
        cursor.space();
        if !cursor.accept('{') {
            // What is lawful JSON of another kind is told apart from what is none.
            cursor.value(0)?;
            cursor.end()?;
            return Err(JsonError::NotObject);
        }
        cursor.space();
        Ok(Self { text, cursor, names: Some(NameSet::new(names)), first: true })
    }

    /// The next member, or `None` when the object has ended well and nothing follows it.
    ///
    /// # Errors
    /// What is wrong with the text.
    #[expect(clippy::should_implement_trait, reason = "fallible: a member read is not the text accepted")]
    pub fn next(&mut self) -> Result<Option<(Str<'a>, Value<'a>)>, JsonError> {
        let Some(names) = &mut self.names else { return Ok(None) };
        if self.cursor.accept('}') {
            self.cursor.end()?;
            return match self.names.take().map(NameSet::finish) {
                Some(Err(Twice)) => Err(JsonError::DuplicateMember),
                _ => Ok(None),
            };
        }
        if !self.first {
            self.cursor.expect(',')?;
            self.cursor.space();
        }
        self.first = false;
        let name = self.cursor.name()?;
        names.add(name.fingerprint()).map_err(|error| match error {
            AddError::Twice => JsonError::DuplicateMember,
            AddError::Full => JsonError::TooManyMembers,
        })?;
        let value = self.cursor.value(1)?;
        self.cursor.space();
        Ok(Some((name, value)))
    }

    /// The whole object, to look into again. To be asked for after `next` has answered `None`.
    pub(crate) fn object(&self) -> Object<'a> {
        Object::of_checked(self.text)
    }
}
