//! The strips' steps, where the processor has the instructions.
#![allow(unsafe_code)]

extern crate std;

use std::eprintln;

use super::{product, reduce, square};
use crate::Backend;
use crate::rsa::steps::Steps;

#[test]
fn every_pair() {
    if !Backend::Bmi2.is_available() {
        eprintln!("SKIPPED: this processor has no BMI2 and ADX");
        return;
    }
    // SAFETY, three times: the processor has BMI2 and ADX, as was just asked.
    let steps = Steps {
        product: |wide, a, b| unsafe { product(wide, a.iter().copied(), b) },
        square: |wide, x| unsafe { square(wide, x) },
        reduce: |modulus, wide, out| unsafe { reduce(modulus, wide, out) },
    };
    steps.assert_every_pair();
}
