//! A chain of additions or subtractions on limbs of 64 bits.

/// The carry of a sum, or the borrow of a difference, on its way from limb to limb: 0 or 1.
///
/// On x86-64 by the instruction itself: what the compiler makes of `carrying_add` there keeps carries in registers
/// between chains, which costs a product of the field 6 % of its time.
#[derive(Clone, Copy, Default)]
pub(crate) struct Carry(u8);

impl Carry {
    /// The lowest limb of a + b + carry, which keeps what does not fit.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    pub(crate) fn add(&mut self, a: u64, b: u64) -> u64 {
        let mut sum = 0;
        self.0 = core::arch::x86_64::_addcarry_u64(self.0, a, b, &mut sum);
        sum
    }

    /// The lowest limb of a + b + carry, which keeps what does not fit.
    #[cfg(not(target_arch = "x86_64"))]
    #[inline(always)]
    pub(crate) fn add(&mut self, a: u64, b: u64) -> u64 {
        let (sum, carry) = a.carrying_add(b, self.is_set());
        self.0 = u8::from(carry);
        sum
    }

    /// The lowest limb of a - b - borrow, which keeps what is missing.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    pub(crate) fn subtract(&mut self, a: u64, b: u64) -> u64 {
        let mut difference = 0;
        self.0 = core::arch::x86_64::_subborrow_u64(self.0, a, b, &mut difference);
        difference
    }

    /// The lowest limb of a - b - borrow, which keeps what is missing.
    #[cfg(not(target_arch = "x86_64"))]
    #[inline(always)]
    pub(crate) fn subtract(&mut self, a: u64, b: u64) -> u64 {
        let (difference, borrow) = a.borrowing_sub(b, self.is_set());
        self.0 = u8::from(borrow);
        difference
    }

    #[cfg(not(target_arch = "x86_64"))]
    #[inline(always)]
    fn is_set(self) -> bool {
        self.0 != 0
    }

    /// Whether this one is set and the other is not, in one condition: each alone is as good as random where both
    /// together are rare, and the compiler would branch on each.
    #[inline(always)]
    pub(crate) fn is_set_without(self, other: Self) -> bool {
        core::hint::black_box(self.mask() & !other.mask()) != 0
    }

    /// All bits, or none.
    #[inline(always)]
    pub(crate) fn mask(self) -> u64 {
        u64::from(self.0).wrapping_neg()
    }
}
