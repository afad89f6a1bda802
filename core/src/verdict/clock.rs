//! Dates against the host's time: the same rules for access tokens, DPoP proofs and ID tokens.

use crate::{Denied, Now, UnixSeconds};

/// The host's time, and how far it is believed.
#[derive(Clone, Copy)]
pub(super) struct Clock {
    pub(super) now: Now,
    /// No time before it is believed.
    pub(super) floor: UnixSeconds,
    /// Tolerance for clocks that differ, seconds.
    pub(super) leeway: u32,
}

impl Clock {
    /// The host's time, if it may be believed.
    pub(super) fn time(&self) -> Result<UnixSeconds, Denied> {
        match self.now {
            Now::NotTrusted => Err(Denied::ClockNotTrusted),
            Now::Trusted(now) if now < self.floor => Err(Denied::ClockBelowFloor),
            Now::Trusted(now) => Ok(now),
        }
    }

    /// Whether it is before `end`, leeway included.
    pub(super) fn is_before(&self, end: UnixSeconds) -> Result<bool, Denied> {
        Ok(self.time()? < end.plus(self.leeway))
    }

    /// Whether it is `begin` or later, leeway included.
    pub(super) fn has_come(&self, begin: UnixSeconds) -> Result<bool, Denied> {
        Ok(self.time()?.plus(self.leeway) >= begin)
    }

    /// Whether `since` is at most `seconds` ago, leeway included.
    pub(super) fn is_within(&self, seconds: u32, since: UnixSeconds) -> Result<bool, Denied> {
        Ok(self.time()? <= since.plus(seconds).plus(self.leeway))
    }
}
