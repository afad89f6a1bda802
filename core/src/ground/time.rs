//! Time is an argument. Nothing here reads a clock.

/// Seconds since 1970-01-01T00:00:00Z, leap seconds ignored (RFC 7519, section 2, NumericDate).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnixSeconds(pub i64);

impl UnixSeconds {
    /// This time and `seconds` more; stays at the end of time instead of wrapping.
    #[must_use]
    pub fn plus(self, seconds: u32) -> Self {
        Self(self.0.saturating_add(i64::from(seconds)))
    }

    /// Seconds from `earlier` to this time, negative when `earlier` is later; saturates.
    #[must_use]
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// What the host knows of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now {
    /// The host's clock is set.
    Trusted(UnixSeconds),
    /// The host has no clock, or one that was not set since it booted. Nothing is granted.
    NotTrusted,
}
