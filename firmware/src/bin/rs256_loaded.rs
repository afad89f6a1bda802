//! Judges by RS256 with keys that were loaded elsewhere.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use jotgate_core::crypto::RS256;
use jotgate_firmware::gate::{Judging, run_without_loading};

#[entry]
fn main() -> ! {
    static mut JUDGING: Judging = Judging::EMPTY;
    run_without_loading(JUDGING, &[&RS256])
}
