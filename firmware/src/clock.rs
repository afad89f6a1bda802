//! Counts ticks of the processor's clock. QEMU with `-icount shift=0` runs one instruction per nanosecond, so that a
//! tick of the 25 MHz (Cortex-M4) or 16 MHz (Cortex-M0) clock stands for 40 or 62.5 instructions.

use cortex_m::peripheral::{SYST, syst::SystClkSource};

/// The counter wraps after 24 bits: 671 million instructions of a Cortex-M4.
const MASK: u32 = 0x00ff_ffff;

/// A clock that runs.
pub(crate) struct Clock(());

impl Clock {
    pub(crate) fn start(mut counter: SYST) -> Self {
        counter.set_clock_source(SystClkSource::Core);
        counter.set_reload(MASK);
        counter.clear_current();
        counter.enable_counter();
        Self(())
    }

    pub(crate) fn now(&self) -> Ticks {
        Ticks(SYST::get_current())
    }
}

/// The counter at one moment. It counts down.
#[derive(Clone, Copy)]
pub(crate) struct Ticks(u32);

impl Ticks {
    pub(crate) fn until(self, later: Self) -> u32 {
        self.0.wrapping_sub(later.0) & MASK
    }
}
