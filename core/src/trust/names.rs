//! Lists of names that guard something: none is empty, and no name in them is.

use crate::PolicyError;

/// # Errors
/// [`PolicyError::EmptyList`], [`PolicyError::EmptyName`].
pub(super) fn not_empty<S: AsRef<str>>(names: &[S]) -> Result<(), PolicyError> {
    if names.is_empty() {
        return Err(PolicyError::EmptyList);
    }
    if names.iter().any(|name| name.as_ref().is_empty()) { Err(PolicyError::EmptyName) } else { Ok(()) }
}
