//! Status lists (draft-ietf-oauth-status-list-20): a few bits for each token, at a place that the token names.

use crate::{UnixSeconds, meaning::status::StatusReference};

/// A status list that was verified and inflated, in memory that the host lends.
#[derive(Clone, Copy)]
pub struct StatusList<'m> {
    pub(crate) issuer: &'m str,
    pub(crate) uri: &'m str,
    pub(crate) bytes: &'m [u8],
    pub(crate) bits: StatusBits,
    pub(crate) issued_at: UnixSeconds,
    pub(crate) received_at: UnixSeconds,
    /// `exp`, or the end of `ttl` if that is earlier.
    pub(crate) good_until: Option<UnixSeconds>,
}

/// Bits of one status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StatusBits {
    One,
    Two,
    Four,
    Eight,
}

impl StatusBits {
    pub(crate) fn from_number(bits: u64) -> Option<Self> {
        match bits {
            1 => Some(Self::One),
            2 => Some(Self::Two),
            4 => Some(Self::Four),
            8 => Some(Self::Eight),
            _ => None,
        }
    }

    /// Binary logarithm of how many fit a byte.
    fn shift(self) -> u32 {
        match self {
            Self::One => 3,
            Self::Two => 2,
            Self::Four => 1,
            Self::Eight => 0,
        }
    }
}

impl StatusList<'_> {
    // Statuses with a meaning (section 7.1).
    pub(crate) const VALID: u8 = 0;
    pub(crate) const INVALID: u8 = 1;
    pub(crate) const SUSPENDED: u8 = 2;

    /// The issuer whose tokens may refer to it.
    #[must_use]
    pub fn issuer(&self) -> &str {
        self.issuer
    }

    /// The address by which tokens refer to it.
    #[must_use]
    pub fn uri(&self) -> &str {
        self.uri
    }

    /// When it was issued, a fraction rounded up. A list that replaces another should not be older.
    #[must_use]
    pub fn issued_at(&self) -> UnixSeconds {
        self.issued_at
    }

    /// Until when it may be kept: `exp`, or the end of `ttl` if that is earlier. `None` when it names neither.
    #[must_use]
    pub fn good_until(&self) -> Option<UnixSeconds> {
        self.good_until
    }

    /// How many statuses it holds; the last ones may be there only because bytes are whole.
    #[must_use]
    pub fn len(&self) -> u64 {
        let bytes = u64::try_from(self.bytes.len()).unwrap_or(u64::MAX);
        bytes.saturating_mul(1_u64.wrapping_shl(self.bits.shift()))
    }

    /// Whether it holds no status at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The status at `index`, the lowest bits of a byte first (section 4.1); `None` beyond the end.
    #[must_use]
    pub fn status(&self, index: u64) -> Option<u8> {
        let shift = self.bits.shift();
        let byte = *self.bytes.get(usize::try_from(index.wrapping_shr(shift)).ok()?)?;
        let place = u32::try_from(index & 1_u64.wrapping_shl(shift).wrapping_sub(1)).ok()?;
        let bits = 8_u32.wrapping_shr(shift);
        let mask = u8::MAX.wrapping_shr(8_u32.saturating_sub(bits));
        Some(byte.wrapping_shr(place.wrapping_mul(bits)) & mask)
    }
}

impl core::fmt::Debug for StatusList<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("StatusList").field("uri", &self.uri).field("len", &self.len()).finish_non_exhaustive()
    }
}

/// The status lists in force. Immutable: to change one, make a new array beside the old one and swap them between
/// requests; lists that stay are copied, not loaded again.
#[derive(Clone, Copy, Debug)]
pub struct StatusLists<'m> {
    lists: &'m [StatusList<'m>],
}

impl<'m> StatusLists<'m> {
    /// These lists, each by its issuer and its address; of two alike the first one counts. They are searched one by one:
    /// dozens are few, thousands are not.
    #[must_use]
    pub fn new(lists: &'m [StatusList<'m>]) -> Self {
        Self { lists }
    }

    pub(crate) fn find(&self, issuer: &str, reference: &StatusReference<'_>) -> Option<&'m StatusList<'m>> {
        self.lists.iter().find(|list| reference.uri == *list.uri && list.issuer == issuer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(bytes: &'static [u8], bits: u64) -> StatusList<'static> {
        StatusList {
            issuer: "",
            uri: "",
            bytes,
            bits: StatusBits::from_number(bits).unwrap(),
            issued_at: UnixSeconds(0),
            received_at: UnixSeconds(0),
            good_until: None,
        }
    }

    /// Section 4.1, both examples.
    #[test]
    fn statuses_of_the_draft() {
        let one = list(&[0xb9, 0xa3], 1);
        let expected = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1];
        assert!((0..16).map(|index| one.status(index)).eq(expected.map(Some)));
        let two = list(&[0xc9, 0x44, 0xf9], 2);
        let expected = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3];
        assert!((0..12).map(|index| two.status(index)).eq(expected.map(Some)));
        assert_eq!((one.len(), two.len(), two.is_empty()), (16, 12, false));
    }

    #[test]
    fn wider_statuses_and_the_end() {
        let (four, eight) = (list(&[0xc1, 0x0f], 4), list(&[0xff, 2], 8));
        assert_eq!([0, 1, 2, 3].map(|index| four.status(index)), [Some(1), Some(0xc), Some(0xf), Some(0)]);
        assert_eq!([0, 1].map(|index| eight.status(index)), [Some(0xff), Some(2)]);
        for list in [four, eight, list(&[], 1), list(&[1], 2)] {
            assert_eq!(list.status(list.len()), None);
            assert_eq!(list.status(u64::MAX), None);
        }
        assert!([0, 3, 5, 16].iter().all(|bits| StatusBits::from_number(*bits).is_none()));
    }
}
