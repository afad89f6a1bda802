//! Reads a document that must be one object, member by member, once.

use super::{JsonError, Object, Str, Value, cursor::Cursor};
use crate::ground::fingerprint::NameSet;

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
    // Where flash is scarce, one copy is enough.
    #[cfg_attr(target_pointer_width = "64", inline(always))]
    pub fn next(&mut self) -> Result<Option<(Str<'a>, Value<'a>)>, JsonError> {
        let Some(names) = &mut self.names else { return Ok(None) };
        if self.cursor.accept('}') {
            self.cursor.end()?;
            self.names.take().map_or(Ok(()), NameSet::finish)?;
            return Ok(None);
        }
        if !self.first {
            self.cursor.expect(',')?;
            self.cursor.space();
        }
        self.first = false;
        let (name, fingerprint) = self.cursor.fingerprinted_name()?;
        names.add(fingerprint)?;
        let value = self.cursor.value(1)?;
        self.cursor.space();
        Ok(Some((name, value)))
    }

    /// The whole object, to look into once `next` has answered `None`.
    pub(crate) fn object(&self) -> Object<'a> {
        Object::of_checked(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{format, string::String, vec, vec::Vec};

    fn read(text: &str) -> Result<Vec<String>, JsonError> {
        let mut names = [0; 8];
        let mut members = Members::open(text.as_bytes(), &mut names)?;
        let mut read = vec![];
        while let Some((name, _)) = members.next()? {
            let mut buffer = vec![0; name.max_len()];
            read.push(String::from(name.resolve(&mut buffer)?));
        }
        Ok(read)
    }

    /// Fingerprints are taken in two ways, and names end in the last bytes of a text or far before them.
    #[test]
    fn names_of_every_length_are_the_same_in_every_spelling() {
        for len in 0..40 {
            let name = "n".repeat(len);
            let longer = format!("{name}n");
            let escaped = name.replacen('n', "\\u006e", 1);
            assert_eq!(read(&format!(r#"{{"{name}":0}}"#)), Ok(vec![name.clone()]));
            assert_eq!(
                read(&format!(r#"{{"{name}":0,"{longer}":0}}"#)),
                Ok(vec![name.clone(), longer.clone()])
            );
            for second in [&name, &escaped] {
                for end in ["}", "}                "] {
                    let text = format!(r#"{{"{name}":0,"{second}":0{end}"#);
                    assert_eq!(read(&text), Err(JsonError::DuplicateMember), "{text}");
                }
            }
        }
    }
}
