//! Opaque objects: a word of magic, then the value. Zeros are an empty object.

use super::{In, InOut, Opened, Out, Span};
use crate::status::{Misuse, Status};

/// An object that lives in the caller's memory.
///
/// # Safety
/// The type has room for a [`Filled`] of its value at its own alignment, and no other type has the same magic.
pub(crate) unsafe trait Object: Sized {
    /// What lies behind the magic.
    type Value;
    /// Which type the object is, and of which version of the layout.
    const MAGIC: u64;

    /// The memory that the object was lent, or looks into.
    fn memory(_: &Self::Value) -> [Span; 2] {
        [Span::NOTHING; 2]
    }

    /// Whether that memory is still the object's, as far as it tells.
    #[inline]
    fn is_there(_: &Self::Value) -> bool {
        true
    }
}

/// Makes a type of the header an object: its value, a number of its own, never used again, and what memory the value
/// was lent, if any, and whether that is still there, if it tells.
macro_rules! object {
    ($type:ty, $number:literal, $value:ty $(, |$own:ident| $memory:expr $(, $is_there:expr)?)?) => {
        // SAFETY: room and alignment are asserted below; the numbers are told apart by a test.
        unsafe impl $crate::memory::Object for $type {
            type Value = $value;
            const MAGIC: u64 = $crate::version::magic($number);
            $(
                fn memory($own: &$value) -> [$crate::memory::Span; 2] {
                    $memory
                }
                $(
                    #[inline]
                    fn is_there($own: &$value) -> bool {
                        $is_there
                    }
                )?
            )?
        }

        const _: () = {
            type Filled = $crate::memory::Constant<$value>;
            assert!(size_of::<Filled>() <= size_of::<$type>(), "the object has room for its value");
            assert!(size_of::<$type>() <= size_of::<Filled>() + 32, "and hardly more than it needs");
            assert!(align_of::<Filled>() <= align_of::<$type>(), "the value is aligned");
        };
    };
}
pub(crate) use object;

/// What an object holds that is not empty.
#[repr(C)]
pub(crate) struct Constant<V> {
    magic: u64,
    value: V,
}

impl<V> Constant<V> {
    /// An object that the library keeps itself.
    pub(crate) const fn new<T: Object<Value = V>>(value: V) -> Self {
        Self { magic: T::MAGIC, value }
    }

    /// Its address, as C knows it.
    pub(crate) fn as_argument<T: Object<Value = V>>(&'static self) -> In<T> {
        In(core::ptr::from_ref(self).cast())
    }
}

impl<T: Object> In<T> {
    /// What the object holds.
    #[inline]
    pub(crate) fn value<'a>(self) -> Result<&'a T::Value, Misuse> {
        let value = self.written()?;
        if T::is_there(value) { Ok(value) } else { Err(Misuse::BadState) }
    }

    /// What was written into the object, whether or not its memory is still there.
    #[inline]
    fn written<'a>(self) -> Result<&'a T::Value, Misuse> {
        self.usable()?;
        let filled: *const Constant<T::Value> = self.0.cast();
        // SAFETY: neither NULL nor out of line: checked above. That memory of the object's size is there is the
        // caller's promise. Only the word of magic is read, of which all values are valid.
        let magic = unsafe { (&raw const (*filled).magic).read() };
        if magic != T::MAGIC {
            return Err(Misuse::BadState);
        }
        // SAFETY: the magic says that this library wrote the value. That it lives as long as it is used is the
        // caller's promise.
        Ok(unsafe { &(*filled).value })
    }

    /// All that the object takes: its own bytes, and the memory that it was lent.
    // Wanted in many places and in no check of a token.
    #[inline(never)]
    pub(crate) fn regions(self) -> [Span; 3] {
        let [one, other] = self.written().map_or([Span::NOTHING; 2], T::memory);
        [self.span(), one, other]
    }

    /// The same, and something else.
    pub(crate) fn regions_and(self, other: Span) -> [Span; 4] {
        let [own, one, two] = self.regions();
        [own, one, two, other]
    }
}

impl<T: Object> InOut<T> {
    pub(crate) fn read(self) -> In<T> {
        In(self.0)
    }

    /// All that the object takes: its own bytes, and the memory that it was lent.
    pub(crate) fn regions(self) -> [Span; 3] {
        self.read().regions()
    }

    /// What the object holds, to be changed.
    #[inline]
    pub(crate) fn value_mut<'a>(self) -> Result<&'a mut T::Value, Misuse> {
        self.read().value()?;
        let filled: *mut Constant<T::Value> = self.0.cast();
        // SAFETY: as in `In::value`; that the object is nobody else's meanwhile is the caller's promise.
        Ok(unsafe { &mut (*filled).value })
    }

    /// Replaces what the object holds by what `change` makes of it. The object is empty if that fails: a rule that
    /// could not be added must not be forgotten.
    pub(crate) fn change(
        self,
        change: impl FnOnce(T::Value) -> Result<T::Value, Status>,
    ) -> Result<(), Status> {
        let changed = change(self.take()?)?;
        Opened::of(self).fill_object(changed);
        Ok(())
    }

    /// Takes out what the object holds; it is empty then.
    pub(crate) fn take(self) -> Result<T::Value, Misuse> {
        let value: *mut T::Value = self.value_mut()?;
        // SAFETY: a valid reference until here, and read once: the object is made empty.
        let value = unsafe { value.read() };
        self.empty();
        Ok(value)
    }

    /// Makes the object empty.
    pub(crate) fn empty(self) {
        if self.usable().is_ok() {
            // SAFETY: neither NULL nor out of line; that the memory is there is the caller's promise.
            unsafe { self.0.write_bytes(0, 1) };
        }
    }
}

impl<T: Object> Opened<T> {
    fn of(object: InOut<T>) -> Self {
        // The caller has just read from it.
        Self::at(object.0)
    }

    /// Writes the object.
    #[inline]
    pub(crate) fn fill_object(self, value: T::Value) {
        let filled: *mut Constant<T::Value> = self.place().cast();
        // SAFETY: `Out::open` checked the pointer and the caller promised the memory; `object!` asserts that it is
        // large enough and aligned.
        unsafe {
            (&raw mut (*filled).value).write(value);
            (&raw mut (*filled).magic).write(T::MAGIC);
        }
    }
}

impl<T: Object> Out<T> {
    /// What the object held before, if it held anything: for an object whose second life must differ from its first.
    /// The memory is not changed.
    pub(crate) fn before<'a>(self) -> Option<&'a T::Value> {
        In(self.0.cast_const()).value().ok()
    }
}
