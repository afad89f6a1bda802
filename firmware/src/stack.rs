//! How deep a call reaches into the stack: what lies below is painted before, and looked at after.

const PAINT: u32 = 0xcccc_cccc;

/// Bytes below the caller's frame that are left as they are, because the painter's own frame lies there. So no call
/// measures less.
const FLOOR: usize = 64;

unsafe extern "C" {
    /// The lowest word of the stack, by the linker's script. Its address is what counts.
    static mut _stack_end: u32;
}

/// Painted stack: from the linker's end of it up to the frame of the painter.
pub(crate) struct Painted {
    top: usize,
}

/// Paints all that lies below the caller's frame.
#[inline(never)]
pub(crate) fn paint() -> Painted {
    let top = stack_pointer();
    let mut word = &raw mut _stack_end;
    while word.addr() < top.saturating_sub(FLOOR) {
        // SAFETY: between the linker's end of the stack and this frame nobody keeps anything; no interrupt is enabled.
        // The linker aligns the end to words.
        unsafe { word.write_volatile(PAINT) };
        word = word.wrapping_add(1);
    }
    Painted { top }
}

impl Painted {
    /// Bytes below the painter's frame that were written since, at least [`FLOOR`].
    #[inline(never)]
    pub(crate) fn depth(&self) -> usize {
        let mut word = &raw mut _stack_end;
        // SAFETY: as when painting.
        while word.addr() < self.top.saturating_sub(FLOOR) && unsafe { word.read_volatile() } == PAINT {
            word = word.wrapping_add(1);
        }
        self.top.saturating_sub(word.addr())
    }
}

fn stack_pointer() -> usize {
    usize::try_from(cortex_m::register::msp::read()).unwrap_or(usize::MAX)
}
