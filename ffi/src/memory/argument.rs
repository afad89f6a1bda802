//! Pointers as arguments. Each knows which memory it names and checks it before anything is read.

use super::{Span, Text};
use crate::status::{Misuse, Status};
use core::{
    ffi::c_char,
    sync::atomic::{AtomicPtr, Ordering::SeqCst},
};

/// What a function reads: `const T *`.
#[derive(Debug)]
#[repr(transparent)]
pub struct In<T>(pub(super) *const T);

/// What a function changes: `T *`, to something that is valid already.
#[derive(Debug)]
#[repr(transparent)]
pub struct InOut<T>(pub(super) *mut T);

/// What a function writes: `T *`. Zeroed at once, filled only on success.
#[derive(Debug)]
#[repr(transparent)]
pub struct Out<T>(pub(super) *mut T);

macro_rules! copies {
    ($($name:ident)*) => {
        $(
            impl<T> Clone for $name<T> {
                fn clone(&self) -> Self {
                    *self
                }
            }

            impl<T> Copy for $name<T> {}

            impl<T> $name<T> {
                /// The memory that one `T` takes there.
                #[inline]
                pub(crate) fn span(self) -> Span {
                    Span::of_one(self.0)
                }

                /// Neither NULL nor out of line.
                #[inline]
                pub(super) fn usable(self) -> Result<(), Misuse> {
                    if self.0.is_null() {
                        return Err(Misuse::NullPointer);
                    }
                    if self.0.is_aligned() { Ok(()) } else { Err(Misuse::Misaligned) }
                }
            }
        )*
    };
}

copies!(In InOut Out);

impl<T> In<T> {
    /// The memory that `count` of them take there.
    pub(crate) fn span_of(self, count: usize) -> Span {
        Span::of(self.0, count.saturating_mul(size_of::<T>()))
    }

    /// The address of something that was read as plain data, to be read as what it is.
    pub(crate) fn at(place: &T) -> Self {
        Self(place)
    }

    /// The address, to be kept where several threads look.
    pub(crate) fn shared(self) -> AtomicPtr<T> {
        AtomicPtr::new(self.0.cast_mut())
    }

    /// The address that is kept there.
    pub(crate) fn loaded(place: &AtomicPtr<T>) -> Self {
        Self(place.load(SeqCst))
    }

    /// One structure of plain data.
    pub(crate) fn plain<'a>(self) -> Result<&'a T, Misuse>
    where
        T: Plain,
    {
        self.list(1)?.first().ok_or(Misuse::NullPointer)
    }

    /// `count` of them. No pointer is needed for none.
    ///
    /// `T` is plain data of this header, for which all bytes are valid.
    pub(crate) fn list<'a>(self, count: usize) -> Result<&'a [T], Misuse>
    where
        T: Plain,
    {
        if count == 0 {
            return Ok(&[]);
        }
        self.usable()?;
        self.span_of(count).lawful()?;
        // SAFETY: neither NULL nor out of line, and of a lawful length: checked above. That so many lie there and do
        // not change is the caller's promise; `Plain` promises that all bytes are valid.
        Ok(unsafe { core::slice::from_raw_parts(self.0, count) })
    }
}

impl In<c_char> {
    /// `len` bytes, whatever they are.
    #[inline]
    pub(crate) fn bytes<'a>(self, len: usize) -> Result<&'a [u8], Misuse> {
        In::<u8>(self.0.cast()).list(len)
    }

    /// `len` bytes, which must be UTF-8.
    pub(crate) fn text<'a>(self, len: usize) -> Result<&'a str, Misuse> {
        core::str::from_utf8(self.bytes(len)?).map_err(|_| Misuse::NotUtf8)
    }
}

/// Data without a hidden rule: every pattern of its bytes is a valid value, all zeros above all.
///
/// # Safety
/// That must be so.
pub(crate) unsafe trait Plain: Copy {}

// SAFETY: bytes and numbers.
unsafe impl Plain for u8 {}
// SAFETY: as above.
unsafe impl Plain for u32 {}
// SAFETY: as above.
unsafe impl Plain for i64 {}
// SAFETY: as above.
unsafe impl Plain for usize {}
// SAFETY: a raw pointer and a length, nothing promised of either.
unsafe impl Plain for Text {}
// SAFETY: a raw pointer.
unsafe impl<T> Plain for In<T> {}

/// An output that was checked and zeroed, not filled yet.
pub(crate) struct Opened<T>(*mut T);

impl<T> Out<T> {
    /// The memory that `count` of them take there.
    pub(crate) fn span_of(self, count: usize) -> Span {
        Span::of(self.0, count.saturating_mul(size_of::<T>()))
    }

    /// Refuses an output that shares memory with any of `others`, untouched: others may be reading there. Zeroes
    /// every other one.
    #[inline]
    pub(crate) fn open(self, others: &[Span]) -> Result<Opened<T>, Misuse> {
        self.usable()?;
        self.span().apart_from(others)?;
        // SAFETY: neither NULL nor out of line: checked above. That memory for one `T` is there and nobody else's is
        // the caller's promise.
        unsafe { self.0.write_bytes(0, 1) };
        Ok(Opened(self.0))
    }

    /// The same for room for `count` of them.
    pub(crate) fn open_list<'a>(self, count: usize, others: &[Span]) -> Result<&'a mut [T], Misuse>
    where
        T: Plain,
    {
        if count == 0 {
            return Ok(&mut []);
        }
        self.usable()?;
        self.span_of(count).lawful()?.apart_from(others)?;
        // SAFETY: neither NULL nor out of line, and of a lawful length: checked above. That memory for so many is
        // there and nobody else's is the caller's promise.
        unsafe { self.0.write_bytes(0, count) };
        // SAFETY: as above; it was just written, and `Plain` promises that zeros are valid.
        Ok(unsafe { core::slice::from_raw_parts_mut(self.0, count) })
    }
}

impl Out<u8> {
    /// Room for a digest of 32 bytes.
    pub(crate) fn open_digest<'a>(self, others: &[Span]) -> Result<&'a mut [u8; 32], Misuse> {
        self.open_list(32, others)?.first_chunk_mut().ok_or(Misuse::NullPointer)
    }
}

impl Out<c_char> {
    /// Room for `len` bytes of text, zeroed.
    pub(crate) fn open_buffer<'a>(self, len: usize, others: &[Span]) -> Result<&'a mut [u8], Misuse> {
        Out::<u8>(self.0.cast()).open_list(len, others)
    }
}

impl<T> Opened<T> {
    /// Writes the output.
    #[inline]
    pub(crate) fn fill(self, value: T) {
        // SAFETY: `Out::open` checked it and the caller promised the memory.
        unsafe { self.0.write(value) };
    }

    pub(super) fn at(place: *mut T) -> Self {
        Self(place)
    }

    pub(super) fn place(&self) -> *mut T {
        self.0
    }
}

impl Opened<Text> {
    /// Writes a view of the text, if there is one.
    pub(crate) fn fill_optional(self, text: Option<&str>) -> Result<(), Status> {
        self.fill(Text::of(text.ok_or(Status::ABSENT)?));
        Ok(())
    }
}
