//! Judges nothing: the harness, the key set and the tokens by themselves.
#![no_std]
#![no_main]

use core::hint::black_box;

use cortex_m_rt::entry;
use jotgate_firmware::{
    measurement::Measurement,
    tokens::{CASES, KEY_SET},
};

#[entry]
fn main() -> ! {
    let mut measurement = Measurement::start();
    measurement.load(|| Some(black_box(KEY_SET)));
    for case in &CASES {
        measurement.check(case.name, case.expected, || {
            black_box(case.token);
            black_box(case.expected)
        });
    }
    measurement.finish()
}
