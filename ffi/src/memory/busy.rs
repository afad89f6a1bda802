//! A mark on what one call at a time may change.

use crate::status::Misuse;
use core::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// Set while a call changes what is marked. No lock: two calls that begin at the very same moment may both find it
/// unset. Another thread's call, or one out of a signal handler, that comes any later is refused.
pub(crate) struct Busy(AtomicU32);

/// For as long as the call takes.
pub(crate) struct Entered<'b>(&'b Busy);

impl Busy {
    /// Nobody is there.
    pub(crate) const fn new() -> Self {
        Self(AtomicU32::new(0))
    }

    /// Sets the mark until what it gives is dropped.
    #[inline]
    pub(crate) fn enter(&self) -> Result<Entered<'_>, Misuse> {
        if self.0.load(Relaxed) != 0 {
            return Err(Misuse::Busy);
        }
        self.0.store(1, Relaxed);
        Ok(Entered(self))
    }
}

impl Drop for Entered<'_> {
    #[inline]
    fn drop(&mut self) {
        self.0.0.store(0, Relaxed);
    }
}
