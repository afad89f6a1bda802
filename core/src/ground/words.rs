//! Lists that are written as words with spaces between them: scopes, and what policies name.

use super::scan;

/// The words of such a list. Runs of spaces count as one; spaces around the list do not count.
#[derive(Clone)]
pub(crate) struct Words<'a> {
    rest: &'a str,
}

impl<'a> Words<'a> {
    pub(crate) const fn of(list: &'a str) -> Self {
        Self { rest: list }
    }

    /// Bytes that were not read yet.
    pub(crate) fn text_len(&self) -> usize {
        self.rest.len()
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        while let Some(behind) = self.rest.strip_prefix(' ') {
            self.rest = behind;
        }
        if self.rest.is_empty() {
            return None;
        }
        let end = scan::position(self.rest.as_bytes(), b' ').unwrap_or(self.rest.len());
        let (word, behind) = self.rest.split_at_checked(end)?;
        self.rest = behind;
        Some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::vec::Vec;

    proptest! {
        #[test]
        fn agrees_with_the_standard_library(list in "[a \u{e4}]{0,40}") {
            let expected: Vec<&str> = list.split(' ').filter(|word| !word.is_empty()).collect();
            prop_assert_eq!(Words::of(&list).collect::<Vec<_>>(), expected);
        }
    }
}
