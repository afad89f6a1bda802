//! Working memory that C lends as bytes, from which arrays are taken, each where its alignment wants it.

use super::{Out, Span};
use crate::status::Misuse;
use core::{ffi::c_void, marker::PhantomData};

/// Memory that nobody else uses until the object that it was lent to is done with.
pub(crate) struct Arena<'m> {
    start: *mut u8,
    len: usize,
    lent: PhantomData<&'m mut [u8]>,
}

impl Arena<'_> {
    /// `len` bytes, apart from `others`.
    pub(crate) fn of(memory: Out<c_void>, len: usize, others: &[Span]) -> Result<Self, Misuse> {
        if len != 0 && memory.0.is_null() {
            return Err(Misuse::NullPointer);
        }
        Span::of(memory.0, len).lawful()?.apart_from(others)?;
        Ok(Self { start: memory.0.cast(), len, lent: PhantomData })
    }
}

impl<'m> Arena<'m> {
    /// The addresses of what is left.
    pub(crate) fn span(&self) -> Span {
        Span::of(self.start, self.len)
    }

    /// How many `T` still fit.
    pub(crate) fn room<T>(&self) -> usize {
        let gap = self.gap::<T>();
        self.len.saturating_sub(gap).checked_div(size_of::<T>()).unwrap_or(0)
    }

    /// `count` of `empty`.
    pub(crate) fn take<T: Copy>(&mut self, count: usize, empty: T) -> Result<&'m mut [T], Misuse> {
        if count == 0 {
            return Ok(&mut []);
        }
        let place = self.reserve::<T>(count)?;
        for position in 0..count {
            // SAFETY: as `reserve` says.
            unsafe { place.wrapping_add(position).write(empty) };
        }
        // SAFETY: as `reserve` says, and each was just written.
        Ok(unsafe { core::slice::from_raw_parts_mut(place, count) })
    }

    /// `count` of what `make` makes, never dropped.
    pub(crate) fn take_each<T>(&mut self, count: usize, make: impl Fn() -> T) -> Result<&'m [T], Misuse> {
        if count == 0 {
            return Ok(&[]);
        }
        let place = self.reserve::<T>(count)?;
        for position in 0..count {
            // SAFETY: as `reserve` says.
            unsafe { place.wrapping_add(position).write(make()) };
        }
        // SAFETY: as `reserve` says, and each was just written.
        Ok(unsafe { core::slice::from_raw_parts(place, count) })
    }

    /// Room for `capacity` of `T`, which come one after the other.
    pub(crate) fn row<T>(&mut self, capacity: usize) -> Result<Row<'m, T>, Misuse> {
        let start = if capacity == 0 { core::ptr::dangling_mut() } else { self.reserve(capacity)? };
        Ok(Row { start, capacity, len: 0, lent: PhantomData })
    }

    /// All that is left, as bytes.
    pub(crate) fn rest(mut self) -> Result<&'m mut [u8], Misuse> {
        self.take(self.len, 0)
    }

    /// One value, never dropped.
    pub(crate) fn keep<T>(&mut self, value: T) -> Result<&'m T, Misuse> {
        let place = self.reserve::<T>(1)?;
        // SAFETY: as `reserve` says.
        unsafe {
            place.write(value);
            Ok(&*place)
        }
    }

    /// Room for `count` of `T`, taken off the front: aligned, inside of the arena, and no later part reaches back to
    /// it. That the arena is there and nobody else's is the caller's promise.
    fn reserve<T>(&mut self, count: usize) -> Result<*mut T, Misuse> {
        if count > self.room::<T>() {
            return Err(Misuse::MemoryTooSmall);
        }
        let gap = self.gap::<T>();
        let place = self.start.wrapping_add(gap);
        let taken = gap.saturating_add(count.saturating_mul(size_of::<T>()));
        self.start = self.start.wrapping_add(taken);
        self.len = self.len.saturating_sub(taken);
        Ok(place.cast())
    }

    fn gap<T>(&self) -> usize {
        // An address and one less than a power of two.
        let mask = align_of::<T>().wrapping_sub(1);
        self.start.addr().wrapping_neg() & mask
    }
}

/// An array in the making: what is in it stays where it is and as it is.
pub(crate) struct Row<'m, T> {
    start: *mut T,
    capacity: usize,
    len: usize,
    lent: PhantomData<&'m mut [T]>,
}

impl<'m, T> Row<'m, T> {
    /// Adds one, and gives all that are there.
    pub(crate) fn push(&mut self, value: T) -> Result<&'m [T], Misuse> {
        if self.len >= self.capacity {
            return Err(Misuse::TooMany);
        }
        // SAFETY: one of the places that `Arena::reserve` gave; no slice that was given out reaches it.
        unsafe { self.start.wrapping_add(self.len).write(value) };
        self.len = self.len.saturating_add(1);
        Ok(self.all())
    }

    /// All that are there.
    pub(crate) fn all(&self) -> &'m [T] {
        // SAFETY: each of them was written, and none is written again.
        unsafe { core::slice::from_raw_parts(self.start, self.len) }
    }
}
