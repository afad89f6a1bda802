//! Which addresses something takes.

use crate::status::Misuse;

/// Some bytes of memory, by address. They were not looked at.
#[derive(Clone, Copy)]
pub(crate) struct Span {
    start: usize,
    len: usize,
}

impl Span {
    /// No memory at all.
    pub(crate) const NOTHING: Self = Self { start: 0, len: 0 };

    /// `len` bytes from `start`.
    pub(crate) fn of<T>(start: *const T, len: usize) -> Self {
        Self { start: start.addr(), len }
    }

    /// The bytes of a slice.
    pub(crate) fn of_slice<T>(slice: &[T]) -> Self {
        Self::of(slice.as_ptr(), size_of_val(slice))
    }

    /// A length that memory can have (at most PTRDIFF_MAX), at a place where it does not wrap around.
    #[inline]
    pub(crate) fn lawful(self) -> Result<Self, Misuse> {
        let is_short = isize::try_from(self.len).is_ok() && self.start.checked_add(self.len).is_some();
        if is_short { Ok(self) } else { Err(Misuse::LengthOutOfRange) }
    }

    /// Whether both have a byte in common. What has no lawful length is refused when it is read, and overlaps nothing.
    #[inline]
    pub(crate) fn overlaps(self, other: Self) -> bool {
        let (Some(end), Some(other_end)) =
            (self.start.checked_add(self.len), other.start.checked_add(other.len))
        else {
            return false;
        };
        let are_lawful = isize::try_from(self.len | other.len).is_ok();
        are_lawful && self.len != 0 && other.len != 0 && self.start < other_end && other.start < end
    }

    /// That it has no byte in common with any of `others`.
    #[inline]
    pub(crate) fn apart_from(self, others: &[Self]) -> Result<(), Misuse> {
        if others.iter().any(|other| self.overlaps(*other)) { Err(Misuse::Overlap) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlaps_are_found_at_every_edge() {
        let span = |start, len| Span { start, len };
        for (one, other, expected) in [
            (span(10, 10), span(20, 1), false),
            (span(10, 10), span(19, 1), true),
            (span(10, 10), span(9, 1), false),
            (span(10, 10), span(9, 2), true),
            (span(10, 10), span(0, 100), true),
            (span(10, 10), span(15, 0), false),
            (span(10, 10), Span::NOTHING, false),
        ] {
            assert_eq!(one.overlaps(other), expected);
            assert_eq!(other.overlaps(one), expected);
        }
    }

    #[test]
    fn lengths_that_no_memory_has() {
        let lawful = |start, len| Span { start, len }.lawful().is_ok();
        assert!(lawful(8, usize::MAX / 2 - 8) && lawful(0, 0));
        assert!(!lawful(8, usize::MAX / 2 + 1) && !lawful(usize::MAX, 1) && !lawful(usize::MAX - 3, 8));
    }
}
