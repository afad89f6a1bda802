//! Which addresses something takes.

use crate::status::Misuse;

/// Some bytes of memory, by address: from `start` up to `end`. They were not looked at.
///
/// Made so that two comparisons say whether two spans overlap, because each check of a token compares some twenty: what
/// has no byte starts behind all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// No memory at all.
    pub(crate) const NOTHING: Self = Self { start: usize::MAX, end: 0 };
    /// More than memory can have. It is refused when it is read, and overlaps nothing.
    const UNLAWFUL: Self = Self { start: usize::MAX, end: 1 };

    /// `len` bytes from `start`.
    #[inline]
    pub(crate) fn of<T>(start: *const T, len: usize) -> Self {
        Self::at(start.addr(), len)
    }

    /// One `T`. Where its bytes would wrap around the end of memory there is none, and it overlaps nothing below that.
    #[inline]
    pub(crate) fn of_one<T>(start: *const T) -> Self {
        const { assert!(size_of::<T>() > 0) }
        Self { start: start.addr(), end: start.addr().wrapping_add(size_of::<T>()) }
    }

    /// The address of its first byte.
    pub(crate) fn start(self) -> usize {
        self.start
    }

    /// The bytes of a slice.
    #[inline]
    pub(crate) fn of_slice<T>(slice: &[T]) -> Self {
        Self::of(slice.as_ptr(), size_of_val(slice))
    }

    /// A length that memory can have is at most PTRDIFF_MAX, and does not wrap around.
    // Wanted in many places and in no check of a token: once in flash.
    #[inline(never)]
    fn at(start: usize, len: usize) -> Self {
        match (isize::try_from(len), start.checked_add(len)) {
            (Ok(0), _) => Self::NOTHING,
            (Ok(_), Some(end)) => Self { start, end },
            _ => Self::UNLAWFUL,
        }
    }

    /// That memory can have so many bytes at this place.
    #[inline]
    pub(crate) fn lawful(self) -> Result<Self, Misuse> {
        if self == Self::UNLAWFUL { Err(Misuse::LengthOutOfRange) } else { Ok(self) }
    }

    /// Whether both have a byte in common.
    #[inline]
    pub(crate) fn overlaps(self, other: Self) -> bool {
        // Not `&&`: no branch.
        (self.start < other.end) & (other.start < self.end)
    }

    /// That it has no byte in common with any of `others`.
    // Once in flash where that is what counts.
    #[cfg_attr(target_pointer_width = "64", inline)]
    #[cfg_attr(not(target_pointer_width = "64"), inline(never))]
    pub(crate) fn apart_from(self, others: &[Self]) -> Result<(), Misuse> {
        let any = others.iter().fold(false, |any, other| any | self.overlaps(*other));
        if any { Err(Misuse::Overlap) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlaps_are_found_at_every_edge() {
        let span = Span::at;
        for (one, other, expected) in [
            (span(10, 10), span(20, 1), false),
            (span(10, 10), span(19, 1), true),
            (span(10, 10), span(9, 1), false),
            (span(10, 10), span(9, 2), true),
            (span(10, 10), span(0, 100), true),
            (span(10, 10), span(15, 0), false),
            (span(10, 10), Span::NOTHING, false),
            (span(0, 1), span(0, 0), false),
            (span(usize::MAX - 1, 1), span(0, usize::MAX / 2), false),
            (span(usize::MAX - 1, 1), span(usize::MAX - 1, 1), true),
            (span(usize::MAX - 1, 1), Span::UNLAWFUL, false),
            (Span::UNLAWFUL, Span::UNLAWFUL, false),
            (Span::NOTHING, Span::UNLAWFUL, false),
            // What wraps around is refused where it is read.
            (span(usize::MAX - 3, 8), span(usize::MAX - 2, 1), false),
        ] {
            assert_eq!(one.overlaps(other), expected);
            assert_eq!(other.overlaps(one), expected);
        }
    }

    #[test]
    fn lengths_that_no_memory_has() {
        let lawful = |start, len| Span::at(start, len).lawful().is_ok();
        assert!(lawful(8, usize::MAX / 2 - 8) && lawful(0, 0));
        assert!(!lawful(8, usize::MAX / 2 + 1) && !lawful(usize::MAX, 1) && !lawful(usize::MAX - 3, 8));
    }
}
