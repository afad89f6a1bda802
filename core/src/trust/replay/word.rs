//! One word of lent memory that several workers share.

/// Tests let other workers go first here.
#[cfg(test)]
use super::tests::interleave;

#[cfg(all(not(test), target_has_atomic = "32"))]
fn interleave() {}

/// 32 bits with compare and swap.
///
/// Every operation is sequentially consistent: the argument in [`super`] needs one order of all of them, and
/// they cost nothing beside the signature that stands before them.
#[cfg(target_has_atomic = "32")]
#[derive(Debug)]
#[repr(transparent)]
pub(super) struct Word(core::sync::atomic::AtomicU32);

#[cfg(target_has_atomic = "32")]
impl Word {
    pub(super) const fn zero() -> Self {
        Self(core::sync::atomic::AtomicU32::new(0))
    }

    pub(super) fn load(&self) -> u32 {
        interleave();
        self.0.load(core::sync::atomic::Ordering::SeqCst)
    }

    pub(super) fn store(&self, value: u32) {
        interleave();
        self.0.store(value, core::sync::atomic::Ordering::SeqCst);
    }

    /// Replaces `old`, if it stands here, by `new`; whether it did.
    pub(super) fn replace(&self, old: u32, new: u32) -> bool {
        use core::sync::atomic::Ordering::SeqCst;
        interleave();
        self.0.compare_exchange(old, new, SeqCst, SeqCst).is_ok()
    }

    /// Stores the greater of the two.
    pub(super) fn raise(&self, value: u32) {
        interleave();
        self.0.fetch_max(value, core::sync::atomic::Ordering::SeqCst);
    }
}

/// 32 bits that one worker owns: where the processor has no compare and swap (Cortex-M0), a window is not
/// `Sync`, so that the compiler allows one worker and no other.
#[cfg(not(target_has_atomic = "32"))]
#[derive(Debug)]
#[repr(transparent)]
pub(super) struct Word(core::cell::Cell<u32>);

#[cfg(not(target_has_atomic = "32"))]
impl Word {
    pub(super) const fn zero() -> Self {
        Self(core::cell::Cell::new(0))
    }

    pub(super) fn load(&self) -> u32 {
        self.0.get()
    }

    pub(super) fn store(&self, value: u32) {
        self.0.set(value);
    }

    /// Replaces `old`, if it stands here, by `new`; whether it did.
    pub(super) fn replace(&self, old: u32, new: u32) -> bool {
        let stands = self.0.get() == old;
        if stands {
            self.0.set(new);
        }
        stands
    }

    /// Stores the greater of the two.
    pub(super) fn raise(&self, value: u32) {
        self.0.set(self.0.get().max(value));
    }
}
