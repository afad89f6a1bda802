//! A value, and the memory that it was lent.

use super::Span;
use core::ops::{Deref, DerefMut};

/// A value that lies, in part, in memory that C lent for it: what else comes there is refused where both meet in a call.
pub(crate) struct WithMemory<V, const N: usize = 1> {
    pub(crate) value: V,
    pub(crate) memory: [Span; N],
}

impl<V, const N: usize> Deref for WithMemory<V, N> {
    type Target = V;

    #[inline]
    fn deref(&self) -> &V {
        &self.value
    }
}

impl<V, const N: usize> DerefMut for WithMemory<V, N> {
    fn deref_mut(&mut self) -> &mut V {
        &mut self.value
    }
}
