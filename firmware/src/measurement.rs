//! Measures calls and reports them to the host, a line for each: what, decision, bytes of stack, ticks.

use core::hint::black_box;

use cortex_m::Peripherals;
use cortex_m_semihosting::{debug, hio};
use jotgate_core::Denied;

use crate::{clock::Clock, stack};

/// A measurement that is under way.
pub struct Measurement {
    clock: Clock,
    out: hio::HostStream,
    all_as_expected: bool,
}

impl Measurement {
    /// Starts the clock; ends the run when the host gives no stream to write to.
    #[must_use]
    pub fn start() -> Self {
        match (Peripherals::take(), hio::hstdout()) {
            (Some(peripherals), Ok(out)) => {
                Self { clock: Clock::start(peripherals.SYST), out, all_as_expected: true }
            }
            _ => end(debug::EXIT_FAILURE),
        }
    }

    /// Calls `subject` and reports what it cost.
    #[inline(never)]
    pub fn load<T>(&mut self, subject: impl FnOnce() -> Option<T>) -> T {
        let painted = stack::paint();
        let start = self.clock.now();
        let result = apart(subject);
        let ticks = start.until(self.clock.now());
        let depth = painted.depth();
        let Some(result) = result else {
            self.line("load", "failed", depth, ticks);
            end(debug::EXIT_FAILURE)
        };
        self.line("load", "loaded", depth, ticks);
        result
    }

    /// Calls `subject`, which has to give `expected`, and reports what it cost.
    #[inline(never)]
    pub fn check(
        &mut self,
        name: &str,
        expected: Result<(), Denied>,
        subject: impl FnOnce() -> Result<(), Denied>,
    ) {
        let painted = stack::paint();
        let start = self.clock.now();
        let decision = apart(subject);
        let ticks = start.until(self.clock.now());
        let depth = painted.depth();
        self.all_as_expected &= decision == expected;
        match decision {
            Ok(()) => self.line(name, "granted", depth, ticks),
            Err(denied) => {
                let mut code = itoa::Buffer::new();
                self.line(name, code.format(denied.code()), depth, ticks);
            }
        }
    }

    /// Ends the run: successfully if every decision was the expected one.
    pub fn finish(self) -> ! {
        end(if self.all_as_expected { debug::EXIT_SUCCESS } else { debug::EXIT_FAILURE })
    }

    /// Ends the run, which could not be measured.
    pub fn fail(self) -> ! {
        end(debug::EXIT_FAILURE)
    }

    fn line(&mut self, name: &str, decision: &str, depth: usize, ticks: u32) {
        let (mut depth_text, mut ticks_text) = (itoa::Buffer::new(), itoa::Buffer::new());
        let words = [name, " ", decision, " ", depth_text.format(depth), " ", ticks_text.format(ticks), "\n"];
        for word in words {
            self.all_as_expected &= self.out.write_all(word.as_bytes()).is_ok();
        }
    }
}

/// Not inlined, so that all that the subject puts on the stack lies below the painter's frame.
#[inline(never)]
fn apart<T>(subject: impl FnOnce() -> T) -> T {
    black_box(subject())
}

fn end(status: debug::ExitStatus) -> ! {
    loop {
        debug::exit(status);
    }
}
