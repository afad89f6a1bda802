//! Judges by ES256 alone.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use jotgate_core::crypto::ES256;
use jotgate_firmware::gate::{Buffers, Slots, run};

#[entry]
fn main() -> ! {
    static mut SLOTS: Slots = Slots::EMPTY;
    static mut BUFFERS: Buffers = Buffers::EMPTY;
    run(SLOTS, BUFFERS, &[&ES256])
}
