//! Dates against the host's time: the same rules for access tokens, DPoP proofs and ID tokens.

use super::time::{Now, UnixSeconds};
use crate::Denied;

/// The host's time, and how far it is believed.
#[derive(Clone, Copy)]
pub(crate) struct Clock {
    pub(crate) now: Now,
    /// No time before it is believed.
    pub(crate) floor: UnixSeconds,
    /// Tolerance for clocks that differ, seconds.
    pub(crate) leeway: u32,
}

impl Clock {
    /// The host's time, if it may be believed.
    pub(crate) fn time(&self) -> Result<UnixSeconds, Denied> {
        match self.now {
            Now::NotTrusted => Err(Denied::ClockNotTrusted),
            Now::Trusted(now) if now < self.floor => Err(Denied::ClockBelowFloor),
            Now::Trusted(now) => Ok(now),
        }
    }

    /// Whether it is before `end`, leeway included.
    pub(crate) fn is_before(&self, end: UnixSeconds) -> Result<bool, Denied> {
        Ok(self.time()? < end.plus(self.leeway))
    }

    /// Whether it is `begin` or later, leeway included.
    pub(crate) fn has_come(&self, begin: UnixSeconds) -> Result<bool, Denied> {
        Ok(self.time()?.plus(self.leeway) >= begin)
    }

    /// Whether `since` is at most `seconds` ago, leeway included.
    pub(crate) fn is_within(&self, seconds: u32, since: UnixSeconds) -> Result<bool, Denied> {
        Ok(self.time()? <= since.plus(seconds).plus(self.leeway))
    }
}
