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
    let steps = Steps {
        // SAFETY: the processor has BMI2 and ADX, as was just asked; likewise the next two.
        product: |wide, a, b| unsafe { product(wide, a.iter().copied(), b) },
        // SAFETY: as above.
        square: |wide, x| unsafe { square(wide, x) },
        // SAFETY: as above.
        reduce: |modulus, wide, out| unsafe { reduce(modulus, wide, out) },
    };
    steps.assert_every_pair();
}
