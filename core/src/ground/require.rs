//! A condition that must hold, as a result.

use crate::Denied;

/// `Ok` when the condition holds, this reason when it does not.
#[inline]
pub(crate) fn require(holds: bool, otherwise: Denied) -> Result<(), Denied> {
    if holds { Ok(()) } else { Err(otherwise) }
}
